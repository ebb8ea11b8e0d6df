"""Evidence is the prediction, at any size; the black box is torchvision's own network."""

import pytest
import torch
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import BACKBONES, backbone, recognise, torchvision_classifier
from softcam_core.models.build import build_model
from softcam_core.models.softcam import BlackBox, SoftCAM
from tests.core.models.networks import SMALL, images

CLASSES = ["healthy", "mild", "severe"]
HEADS = [
    *((name, {}) for name in BACKBONES),
    ("squeezenet1_0", {"squeezenet_head": "exact"}),
    ("vgg16", {"vgg_head": "exact"}),
]


@pytest.mark.parametrize(("arch", "options"), HEADS)
def test_the_mean_of_the_evidence_is_the_logit(arch: str, options: dict[str, str]) -> None:
    row = BACKBONES[arch]
    model = build_model(arch, CLASSES, options=options).eval()
    rows, columns = max(model.min_size, 96), max(model.min_size, 131)
    with torch.no_grad():
        x = images(2, rows, columns)
        features = model.features(x)
        out = model(x)
    assert features.shape[1] == row.channels
    assert out.evidence is not None
    assert out.evidence.shape[:2] == (2, 3)
    assert torch.allclose(out.evidence.mean((2, 3)), out.logits, rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("arch", "cells"),
    [
        *((name, 16) for name, row in BACKBONES.items() if row.stride == 32),
        ("squeezenet1_0", 31),
        ("squeezenet1_1", 31),
    ],
)
def test_512_pixels_give_the_papers_grid(arch: str, cells: int) -> None:
    """16 x 16 for ResNet-50 and VGG-16 (paper, 3.3); shapes alone, so nothing is computed."""
    with torch.device("meta"):
        model = build_model(arch, CLASSES)
        out = model.eval()(torch.zeros(1, 3, 512, 512))
    assert out.evidence is not None
    assert out.evidence.shape == (1, 3, cells, cells)


def test_496_pixels_give_16_cells_of_resnet_and_15_of_vgg() -> None:
    for arch, cells in (("resnet50", 16), ("vgg16", 15)):
        with torch.device("meta"):
            out = build_model(arch, CLASSES).eval()(torch.zeros(1, 3, 496, 496))
        assert out.evidence is not None
        assert out.evidence.shape[2:] == (cells, cells)


def test_vgg_exact_has_one_cell_at_224_and_10_at_512() -> None:
    with torch.device("meta"):
        model = build_model("vgg16", CLASSES, options={"vgg_head": "exact"}).eval()
        for side, cells in ((224, 1), (512, 10)):
            out = model(torch.zeros(1, 3, side, side))
            assert out.evidence is not None
            assert out.evidence.shape[2:] == (cells, cells)


@pytest.mark.parametrize(("arch", "options"), HEADS)
def test_the_smallest_input_works_and_a_smaller_one_is_a_clear_error(
    arch: str, options: dict[str, str]
) -> None:
    with torch.device("meta"):
        model = build_model(arch, CLASSES, options=options).eval()
        side = model.min_size
        assert min(model.features(torch.zeros(1, 3, side, side)).shape[2:]) >= 1
        model(torch.zeros(1, 3, side, side + 9))
        if side > 1:
            # Without the check the network itself would fail at this size.
            with pytest.raises((RuntimeError, ValueError)):
                model.head(model.backbone(torch.zeros(1, 3, side - 1, side)))
            with pytest.raises(ValueError, match=rf"x: expected at least {side}.*{side - 1}"):
                model(torch.zeros(1, 3, side - 1, 200))


@pytest.mark.parametrize("shape", [(3, 64, 64), (1, 1, 64, 64), (1, 3, 64)])
def test_a_wrong_shape_names_argument_received_and_expected(shape: tuple[int, ...]) -> None:
    model = build_model("shufflenet_v2_x0_5", CLASSES).eval()
    with pytest.raises(ValueError, match=r"x: expected shape \(B, 3, H, W\), got") as error:
        model(torch.zeros(shape))
    assert str(shape) in str(error.value)


@pytest.mark.parametrize("arch", [*SMALL, "resnet50"])
def test_the_black_box_is_torchvisions_own_network(arch: str) -> None:
    theirs = torchvision_classifier(arch, 3).eval()
    ours = build_model(arch, CLASSES, head="blackbox").eval()
    row = BACKBONES[arch]
    names = {
        f"head.{n}" if n.startswith(row.classifier) else f"backbone.{n}": n
        for n in theirs.state_dict()
    }
    ours.load_state_dict({own: theirs.state_dict()[n] for own, n in names.items()})
    with torch.no_grad():
        out = ours(images(2, 75, 64))
        assert torch.equal(out.logits, theirs(images(2, 75, 64)))
    assert out.evidence is None


def test_output_unpacks_as_logits_and_evidence() -> None:
    logits, evidence = build_model("shufflenet_v2_x0_5", CLASSES).eval()(images(1, 64, 64))
    assert logits.shape == (1, 3)
    assert evidence is not None


def test_dropout_after_pooling_drops_whole_channels_of_the_features() -> None:
    model = build_model("resnet18", CLASSES, options={"dropout": "0.5"})
    box = build_model("resnet18", CLASSES, head="blackbox", options={"dropout": "0.5"})
    (drop,) = [m for m in model.head.modules() if isinstance(m, nn.Dropout2d)]
    dropped = drop.train()(torch.ones(1, 512, 4, 4))
    assert set(dropped.mean((2, 3)).unique().tolist()) == {0.0, 2.0}
    assert [m.p for m in box.head.modules() if isinstance(m, nn.Dropout)] == [0.5]


def test_heads_for_training_are_the_papers() -> None:
    vgg = build_model("vgg16", CLASSES)
    shapes = [tuple(m.weight.shape) for m in vgg.head.modules() if isinstance(m, nn.Conv2d)]
    assert shapes == [(4096, 512, 1, 1), (4096, 4096, 1, 1), (3, 4096, 1, 1)]
    assert "parameters fewer" in vgg.spec.card["limits"]
    squeeze = build_model("squeezenet1_0", CLASSES)
    assert not any(isinstance(m, nn.ReLU) for m in squeeze.head.modules())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"arch": "resnet5"}, "resnet5.*resnet50"),
        ({"head": "dense"}, "dense.*softcam, blackbox, dual-branch"),
        ({"classes": []}, "distinct names"),
        ({"classes": ["a", "a"]}, "distinct names"),
        ({"classes": "ab"}, "distinct names"),
        ({"options": {"vgg": "exact"}}, "vgg_head"),
        ({"options": {"vgg_head": "mine"}}, "released, exact"),
        ({"options": {"dropout": "1.5"}}, "number in"),
        ({"options": {"dropout": "much"}}, "number in"),
        ({"weights": "imagenet"}, "softcam train"),
    ],
)
def test_what_cannot_be_built_is_one_sentence(change: dict, words: str) -> None:
    arguments = {"arch": "shufflenet_v2_x0_5", "classes": CLASSES} | change
    with pytest.raises(ModelError, match=words) as error:
        build_model(**arguments)
    assert str(error.value).count(". ") == 0


def test_a_subclass_is_not_taken_for_torchvisions_network() -> None:
    from torchvision.models import ResNet
    from torchvision.models.resnet import BasicBlock

    class Mine(ResNet):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return super().forward(x) * 2

    assert recognise(Mine(BasicBlock, [1, 1, 1, 1])) is None
    assert recognise(ResNet(BasicBlock, [1, 1, 1, 1])) is backbone("resnet18")
    assert recognise(nn.Linear(1, 1)) is None


def test_kinds() -> None:
    assert isinstance(build_model("resnet18", CLASSES), SoftCAM)
    assert isinstance(build_model("resnet18", CLASSES, head="blackbox"), BlackBox)
