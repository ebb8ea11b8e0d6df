"""Evidence is the prediction, at any size; the black box is torchvision's own network."""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import BACKBONES
from softcam_core.models.build import build_model
from softcam_core.models.softcam import BlackBox, SoftCAM
from softcam_core.models.weights import load_weights
from tests.core.models.networks import FAMILIES, images, varied_classifier

CLASSES = ["healthy", "mild", "severe"]
HEADS = [
    *((name, {}) for name in FAMILIES),
    ("squeezenet1_1", {"squeezenet_head": "exact"}),
    ("alexnet", {"vgg_head": "exact"}),
]


def a_size(model: SoftCAM | BlackBox) -> tuple[int, int]:
    """A small input size, not square where the network takes such."""
    fixed = model.row.fixed_size
    return (fixed, fixed) if fixed else (max(model.min_size, 96), max(model.min_size, 131))


@pytest.mark.parametrize(("arch", "options"), HEADS)
def test_the_mean_of_the_evidence_is_the_logit(arch: str, options: dict[str, str]) -> None:
    model = build_model(arch, CLASSES, options=options).eval()
    with torch.no_grad():
        x = images(2, *a_size(model))
        features = model.features(x)
        out = model(x)
    assert features.shape[1] == model.row.channels
    assert out.evidence is not None
    assert out.evidence.shape[:2] == (2, 3)
    if "vgg_head" not in options:
        assert out.evidence.shape[2:] == features.shape[2:]
    mean = out.evidence.double().mean((2, 3))
    assert (mean - out.logits).abs().max() <= 1e-6 * max(1.0, float(mean.abs().max()))


@pytest.fixture(scope="module")
def two_models() -> list[SoftCAM | BlackBox]:
    return [build_model(name, CLASSES).eval() for name in ("shufflenet_v2_x0_5", "squeezenet1_1")]


@settings(max_examples=25, deadline=None)
@given(rows=st.integers(17, 90), columns=st.integers(17, 90), count=st.integers(1, 3))
def test_evidence_averages_to_the_logit_at_any_shape(
    two_models: list[SoftCAM | BlackBox], rows: int, columns: int, count: int
) -> None:
    for model in two_models:
        with torch.no_grad():
            out = model(images(count, rows, columns))
        assert out.logits.shape == (count, 3)
        mean = out.evidence.double().mean((2, 3))
        assert (mean - out.logits).abs().max() <= 1e-6 * max(1.0, float(mean.abs().max()))


@pytest.mark.parametrize(
    ("arch", "cells"),
    [
        *((name, 16) for name in ("resnet50", "vgg16", "densenet121", "convnext_tiny", "swin_t")),
        *(("squeezenet1_0", 31), ("squeezenet1_1", 31), ("vit_b_16", 32), ("vit_b_32", 16)),
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
        assert min(model(torch.zeros(1, 3, side, side)).evidence.shape[2:]) >= 1
        if model.row.fixed_size or side == 1:
            return
        # Without the check the network itself would fail at this size.
        with pytest.raises((RuntimeError, ValueError)):
            model.head(model.backbone(torch.zeros(1, 3, side - 1, side)))
        with pytest.raises(ValueError, match=rf"x: expected at least {side}.*{side - 1}"):
            model(torch.zeros(1, 3, side - 1, 300))


def test_an_architecture_of_one_size_says_so_when_built_and_when_run() -> None:
    with torch.device("meta"):
        model = build_model("maxvit_t", CLASSES)
        assert model.spec.input.size == (224, 224)
        with pytest.raises(ValueError, match=r"224 x 224 pixels, the only size that maxvit_t"):
            model(torch.zeros(1, 3, 448, 448))
        with pytest.raises(ModelError, match=r"224 x 224 pixels only, not 512 x 512") as error:
            build_model("maxvit_t", CLASSES, input=InputSpec())
    assert str(error.value).count(". ") == 0


@pytest.mark.parametrize("shape", [(3, 64, 64), (1, 1, 64, 64), (1, 3, 64)])
def test_a_wrong_shape_names_argument_received_and_expected(shape: tuple[int, ...]) -> None:
    model = build_model("shufflenet_v2_x0_5", CLASSES).eval()
    with pytest.raises(ValueError, match=r"x: expected shape \(B, 3, H, W\), got") as error:
        model(torch.zeros(shape))
    assert str(shape) in str(error.value)


@pytest.mark.parametrize("arch", FAMILIES)
def test_the_black_box_is_torchvisions_own_network(arch: str) -> None:
    theirs = varied_classifier(arch, 3)
    ours = build_model(arch, CLASSES, head="blackbox").eval()
    row = BACKBONES[arch]
    names = {
        f"head.{n}" if n.startswith(f"{row.classifier}.") else f"backbone.{n}": n
        for n in theirs.state_dict()
    }
    assert set(ours.state_dict()) == set(names)
    assert load_weights(ours, theirs.state_dict()).fresh == ()
    native = row.fixed_size or (224 if row.head == "class_token" else 0)
    x = images(2, native, native) if native else images(2, *a_size(ours))
    with torch.no_grad():
        out = ours(x)
        expected = theirs(x)
    assert expected.std(dim=0).mean() > 0.01
    assert torch.equal(out.logits, expected)
    assert out.evidence is None


def test_a_vit_takes_other_sizes_than_its_own() -> None:
    """Positions are resampled (bicubic), and the same at the native size."""
    options = {"image_size": "64"}
    model = build_model("vit_b_32", CLASSES, options=options).eval()
    tokens = model.backbone
    learned = tokens.encoder.pos_embedding
    assert learned.shape == (1, 5, 768)
    assert tokens.positions(2, 2) is learned
    wide = tokens.positions(3, 4)
    assert wide.shape == (1, 13, 768)
    assert torch.equal(wide[:, 0], learned[:, 0])
    grid = learned[0, 1:].T.reshape(1, 768, 2, 2)
    expected = nn.functional.interpolate(grid, (3, 4), mode="bicubic", align_corners=False)
    assert torch.allclose(wide[0, 1:].T.reshape(768, 3, 4), expected[0], atol=1e-6)
    with torch.no_grad():
        out = model(images(1, 96, 130))
    assert out.evidence is not None
    assert out.evidence.shape == (1, 3, 3, 4)


def test_a_vits_patch_tokens_are_where_their_patches_are() -> None:
    """Without attention and positions a cell depends on its own patch alone."""
    model = build_model("vit_b_32", CLASSES, options={"image_size": "64"}).eval()
    with torch.no_grad():
        model.backbone.encoder.pos_embedding.zero_()
        for block in model.backbone.encoder.layers:
            block.self_attention.out_proj.weight.zero_()
        x = images(1, 64, 96)
        changed = x.clone()
        changed[:, :, 32:, 64:] += 1
        moved = (model(x).evidence - model(changed).evidence).abs().amax(dim=(0, 1))
    assert (moved > 1e-6).tolist() == [[False, False, False], [False, False, True]]


def test_the_class_token_of_a_vits_black_box_is_no_feature_map() -> None:
    box = build_model("vit_b_32", CLASSES, "blackbox", options={"image_size": "64"}).eval()
    nn.init.normal_(box.head.heads.head.weight)
    z = box.features(images(1, 64, 64)).detach().requires_grad_()
    assert z.shape == (1, 2 * 768, 2, 2)
    (gradient,) = torch.autograd.grad(box.head(z)[0, 0], z)
    assert gradient[:, :768].abs().max() > 0
    assert gradient[:, 768:].abs().max() == 0
    box.train()(images(1, 64, 64)).logits.sum().backward()  # but it is trained
    assert box.backbone.class_token.grad.abs().max() > 0


def test_a_copied_head_of_a_vit_uses_the_same_backbone() -> None:
    box = build_model("vit_b_32", CLASSES, "blackbox", options={"image_size": "64"}).eval()
    assert copy.deepcopy(box.head).block.module is box.backbone.encoder.layers[-1]
    twin = copy.deepcopy(box)
    assert twin.head.block.module is twin.backbone.encoder.layers[-1]
    assert twin.head.block.module is not box.head.block.module


def test_output_unpacks_as_logits_and_evidence() -> None:
    logits, evidence = build_model("shufflenet_v2_x0_5", CLASSES).eval()(images(1, 64, 64))
    assert logits.shape == (1, 3)
    assert evidence is not None


@pytest.mark.parametrize("arch", ["vgg11", "squeezenet1_1"])
@pytest.mark.parametrize("head", ["softcam", "blackbox"])
def test_the_option_dropout_is_that_of_a_head_of_several_layers_too(arch: str, head: str) -> None:
    with torch.device("meta"):
        model = build_model(arch, CLASSES, head=head, options={"dropout": "0.1"})
    rates = {m.p for m in model.head.modules() if isinstance(m, nn.Dropout | nn.Dropout2d)}
    assert rates == {0.1}


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
    assert "100.7 million parameters fewer" in vgg.spec.card["limits"]
    alexnet = build_model("alexnet", CLASSES)
    shapes = [tuple(m.weight.shape) for m in alexnet.head.modules() if isinstance(m, nn.Conv2d)]
    assert shapes == [(4096, 256, 1, 1), (4096, 4096, 1, 1), (3, 4096, 1, 1)]
    assert "36.7 million parameters fewer" in alexnet.spec.card["limits"]
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
        ({"options": {"transform_input": "yes"}}, "false, true"),
        ({"options": {"image_size": "big"}}, "side in pixels"),
        ({"options": {"image_size": "64"}}, "shufflenet_v2_x0_5 has no option image_size"),
        ({"options": {"transform_input": "true"}}, "has no option transform_input"),
        ({"weights": "imagenet"}, "softcam train"),
    ],
)
def test_what_cannot_be_built_is_one_sentence(change: dict, words: str) -> None:
    arguments = {"arch": "shufflenet_v2_x0_5", "classes": CLASSES} | change
    with pytest.raises(ModelError, match=words) as error:
        build_model(**arguments)
    assert str(error.value).count(". ") == 0


def test_kinds() -> None:
    assert isinstance(build_model("resnet18", CLASSES), SoftCAM)
    assert isinstance(build_model("resnet18", CLASSES, head="blackbox"), BlackBox)
