"""Checkpoints as people have them become SoftCAM models with the same logits."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.backbones import backbone, torchvision_classifier
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import load_model, save_model
from softcam_core.models.foreign import from_checkpoint
from softcam_core.models.foreign.finding import find_classifier
from softcam_core.models.foreign.from_checkpoint import Converted, convert_checkpoint, default_input
from softcam_core.models.foreign.released import ReleasedNetwork
from tests.core.models.networks import images, varied_classifier

CLASSES = ["a", "b", "c"]
ARCH = "shufflenet_v2_x0_5"
State = dict[str, Tensor]


@pytest.fixture(scope="module")
def net() -> nn.Module:
    return varied_classifier(ARCH, 3)


def save(path: Path, content: object) -> Path:
    torch.save(content, path)
    return path


def same(converted: Converted, net: nn.Module, size: tuple[int, int] = (64, 96)) -> bool:
    """Whether the logits are those of the original, and really differ between images."""
    x = images(3, *size)
    with torch.no_grad():
        expected, found = net(x), converted.model(x).logits
    assert expected.std(dim=0).max() > 0.1
    return torch.allclose(found, expected, atol=1e-4 * max(1, float(expected.abs().max())))


def prefixed(prefix: str) -> Callable[[State], object]:
    return lambda state: {prefix + name: tensor for name, tensor in state.items()}


def renamed(old: str, new: str) -> Callable[[State], State]:
    return lambda state: {n.replace(old, new, 1): t for n, t in state.items()}


WRAPPED: dict[str, Callable[[State], object]] = {
    "plain": lambda state: state,
    "DataParallel": prefixed("module."),
    "compiled DataParallel": prefixed("module._orig_mod."),
    "Lightning": lambda state: {
        "state_dict": prefixed("model.")(state) | {"criterion.weight": torch.ones(3)},
        "hyper_parameters": {"lr": 0.1, "root": Path("/data")},
        "optimizer_states": [{"state": {0: {"momentum_buffer": torch.ones(3)}}}],
        "pytorch-lightning_version": "2.5.0",
        "epoch": 9,
    },
    "Lightning, deep": lambda state: {"state_dict": prefixed("net.model.encoder.")(state)},
    "Kaggle model": lambda state: {"model": state, "epoch": 3, "best_score": 0.91, "preds": None},
    "Kaggle net": lambda state: {"net": state, "optimizer": {"state": {}}, "acc": 0.9},
    "Kaggle weights": lambda state: {"weights": prefixed("backbone.")(state)},
    "Kaggle model_state": lambda state: {"model_state": state, "scaler": {}, "auc": [0.1]},
    "average alone": lambda state: {"ema": state, "epoch": 3},
    "dropout in the head": renamed("fc.", "fc.1."),
    "dropout in a deep head": renamed("fc.", "fc.head.1."),
    "old, no batch counts": lambda s: {n: t for n, t in s.items() if "num_batches" not in n},
    "half precision": lambda s: {n: t.half() if t.is_floating_point() else t for n, t in s.items()},
    "auxiliary heads": lambda state: state | {"aux1.fc.weight": torch.ones(3, 7)},
    "beside the network": lambda state: (
        prefixed("model.")(state) | {"neck.weight": torch.ones(1024), "best": torch.ones(1)}
    ),
    "what a training leaves": lambda state: (
        state
        | {"optimizer": {"state": {0: {"exp_avg": torch.ones(1024)}}}}
        | {"val_metrics.confusion": torch.ones(3, 3), "center_loss.weight": torch.ones(1024)}
        | {"n_averaged": torch.tensor(3), "class_weights": torch.ones(3)}
    ),
    "the same twice": lambda state: state | prefixed("copy.")(state),
    "head outside": lambda s: renamed("encoder.fc.", "classifier.")(prefixed("encoder.")(s)),
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_checkpoints_as_people_save_them(tmp_path: Path, net: nn.Module, kind: str) -> None:
    path = save(tmp_path / "run.ckpt", WRAPPED[kind](net.state_dict()))
    converted = convert_checkpoint(path, ARCH, CLASSES)
    assert converted.report.exact
    assert converted.layout == "torchvision"
    assert converted.notes == ()
    if kind != "half precision":
        assert same(converted, net)
    assert not any(module.training for module in converted.model.modules())


def test_children_in_a_sequential_have_numbers(tmp_path: Path, net: nn.Module) -> None:
    """``nn.Sequential(*list(resnet.children())[:-1])`` and a linear layer: much copied code."""
    own = nn.Module()
    own.features = nn.Sequential(*list(net.children())[:-1])
    own.head = nn.Sequential(nn.Dropout(), nn.Linear(1024, 3))
    own.head[1].load_state_dict(net.fc.state_dict())
    converted = convert_checkpoint(save(tmp_path / "n.pth", own.state_dict()), ARCH, CLASSES)
    assert same(converted, net)
    whole = nn.Sequential(*net.children())
    assert same(
        convert_checkpoint(save(tmp_path / "w.pth", whole.state_dict()), ARCH, CLASSES), net
    )


def test_safetensors_and_a_black_box_of_ours(tmp_path: Path, net: nn.Module) -> None:
    save_file(net.state_dict(), tmp_path / "net.safetensors")
    assert same(convert_checkpoint(tmp_path / "net.safetensors", ARCH, CLASSES), net)
    box = build_model(ARCH, CLASSES, "blackbox", weights=tmp_path / "net.safetensors")
    save_model(box, tmp_path / "box.safetensors")
    assert same(convert_checkpoint(tmp_path / "box.safetensors", ARCH, CLASSES), net)


def test_a_linear_layer_without_bias_has_a_bias_of_zero(tmp_path: Path) -> None:
    net = varied_classifier(ARCH, 3)
    nn.init.zeros_(net.fc.bias)
    state = {name: tensor for name, tensor in net.state_dict().items() if name != "fc.bias"}
    assert same(convert_checkpoint(save(tmp_path / "n.pth", state), ARCH, CLASSES), net)


@pytest.mark.parametrize("arch", ["mnasnet0_5", "squeezenet1_1", "regnet_x_400mf"])
def test_other_families_from_a_file(tmp_path: Path, arch: str) -> None:
    net = varied_classifier(arch, 3)
    assert same(convert_checkpoint(save(tmp_path / "n.pth", net.state_dict()), arch, CLASSES), net)


@pytest.mark.parametrize(("arch", "side"), [("googlenet", 64), ("inception_v3", 96)])
def test_auxiliary_heads_are_left_out(tmp_path: Path, arch: str, side: int) -> None:
    from torchvision import models

    net = getattr(models, arch)(num_classes=3, aux_logits=True, init_weights=False).eval()
    nn.init.normal_(net.fc.weight)
    path = save(tmp_path / "n.pth", net.state_dict())
    assert any("aux" in name.lower() for name in net.state_dict())
    converted = convert_checkpoint(path, arch, CLASSES)
    assert converted.report.exact
    x = images(2, side, side)
    with torch.no_grad():
        assert torch.allclose(converted.model(x).logits, net(x), atol=1e-4)


def test_densenets_old_names(tmp_path: Path) -> None:
    net = varied_classifier("densenet121", 3)
    old = {}
    for name, tensor in net.state_dict().items():
        if "denselayer" in name:
            for part in ("norm", "conv"):
                name = name.replace(f".{part}1.", f".{part}.1.").replace(
                    f".{part}2.", f".{part}.2."
                )
        old[name] = tensor
    assert any(".norm.1." in name for name in old)
    assert same(convert_checkpoint(save(tmp_path / "d.pth", old), "densenet121", CLASSES), net)


def test_a_vit_of_larger_images_keeps_their_positions(tmp_path: Path) -> None:
    net = torchvision_classifier("vit_b_32", 3, image_size=256)
    found = convert_checkpoint(save(tmp_path / "v.pth", net.state_dict()), "vit_b_32", CLASSES)
    assert found.model.spec.options["image_size"] == "256"
    assert found.model.spec.input.size == (256, 256)
    assert not found.report.exact
    assert "approximate" in found.model.spec.card["conversion"]


def test_real_images_are_measured_too(tmp_path: Path, net: nn.Module) -> None:
    path = save(tmp_path / "n.pth", net.state_dict())
    converted = convert_checkpoint(path, ARCH, CLASSES, samples=images(2, 64, 64))
    assert converted.report.real_max_abs_difference is not None
    assert converted.report.real_max_abs_difference < 1e-3


# The authors' own checkpoints


def released(arch: str, classes: int = 3) -> ReleasedNetwork:
    """The authors' network as theirs are after training: logits vary, batch norm is set."""
    torch.manual_seed(0)
    net = ReleasedNetwork(backbone(arch), classes)
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
            module.momentum = None
    with torch.no_grad():
        net.train()(images(4, 64, 64))
        net.eval()
        net.classifier.weight *= 2 / float(net(images(4, 64, 64)).std(dim=0).mean())
    return net


AUTHORS: dict[str, dict[str, tuple[int, ...]]] = {
    "resnet50": {
        "backbone.0.weight": (64, 3, 7, 7),
        "backbone.1.running_mean": (64,),
        "backbone.4.0.conv1.weight": (64, 64, 1, 1),
        "backbone.4.0.downsample.1.weight": (256,),
        "backbone.7.2.bn3.bias": (2048,),
        "classifier.weight": (3, 2048, 1, 1),
        "classifier.bias": (3,),
    },
    "vgg16": {
        "backbone.0.0.weight": (64, 3, 3, 3),
        "backbone.0.28.bias": (512,),
        "backbone.1.0.weight": (4096, 512, 1, 1),
        "backbone.1.3.weight": (4096, 4096, 1, 1),
        "classifier.weight": (3, 4096, 1, 1),
        "classifier.bias": (3,),
    },
    "densenet121": {
        "backbone.0.conv0.weight": (64, 3, 7, 7),
        "backbone.0.norm5.weight": (1024,),
        "classifier.weight": (3, 1024, 1, 1),
    },
}


@pytest.mark.parametrize("arch", AUTHORS)
def test_what_the_authors_state_dicts_look_like(arch: str) -> None:
    """Names and shapes as their ``FullyConvModel`` gives them to ``torch.save``."""
    with torch.device("meta"):
        state = ReleasedNetwork(backbone(arch), 3).state_dict()
    for name, shape in AUTHORS[arch].items():
        assert tuple(state[name].shape) == shape
    children = [n for n, _ in torchvision_classifier("resnet18", 1).named_children()]
    assert children.index("layer1") == 4  # hence backbone.4


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure on small images: VGG is slow."""
    monkeypatch.setattr(from_checkpoint, "SIZES", ((64, 64), (64, 96)))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("arch", "prefix"),
    [
        ("resnet18", ""),
        ("resnet18", "module."),
        ("vgg11", ""),
        ("densenet121", ""),
        ("efficientnet_b0", ""),
    ],
)
def test_the_authors_checkpoints_are_taken_as_they_are(
    tmp_path: Path, arch: str, prefix: str
) -> None:
    net = released(arch)
    path = save(tmp_path / "best_validation_weights_acc.pt", prefixed(prefix)(net.state_dict()))
    converted = convert_checkpoint(path, arch, CLASSES)
    report = converted.report
    assert converted.layout == "softcam"
    assert report.exact
    assert report.max_abs_difference < 1e-4
    assert "already is a SoftCAM" in str(report)
    assert converted.model.spec.input == InputSpec(size=(512, 512))
    assert same(converted, net)
    assert "exact: the checkpoint already is" in converted.model.spec.card["conversion"]
    if arch.startswith("vgg"):
        assert converted.model.spec.options == {"vgg_head": "released"}
        assert "million parameters fewer" in converted.model.spec.card["limits"]


def test_the_authors_densenet_has_no_last_relu(tmp_path: Path) -> None:
    arch, least = "densenet121", []
    for net in (released(arch), varied_classifier(arch, 3)):
        path = save(tmp_path / "d.pt", net.state_dict())
        save_model(convert_checkpoint(path, arch, CLASSES).model, tmp_path / "d.safetensors")
        with torch.no_grad():
            least.append(
                float(load_model(tmp_path / "d.safetensors").features(images(1, 64, 64)).min())
            )
    assert least[0] < 0
    assert least[1] == 0


def test_a_convolution_under_torchvisions_names_is_a_softcam_too(tmp_path: Path) -> None:
    net = varied_classifier(ARCH, 3)
    state = net.state_dict() | {"fc.weight": net.fc.weight.detach()[:, :, None, None]}
    converted = convert_checkpoint(save(tmp_path / "n.pth", state), ARCH, CLASSES)
    assert converted.layout == "softcam"
    assert same(converted, net)


@pytest.mark.usefixtures("small")
def test_vggs_head_of_convolutions_under_torchvisions_names(tmp_path: Path) -> None:
    net = released("vgg11")
    state = {
        name.replace("backbone.0.", "features.")
        .replace("backbone.1.", "classifier.")
        .replace("classifier.weight", "classifier.6.weight")
        .replace("classifier.bias", "classifier.6.bias"): tensor
        for name, tensor in net.state_dict().items()
    }
    converted = convert_checkpoint(save(tmp_path / "n.pth", state), "vgg11", CLASSES)
    assert converted.model.spec.options == {"vgg_head": "released"}
    assert same(converted, net)


def test_the_authors_black_box_is_torchvisions(tmp_path: Path) -> None:
    """Their networks without a convolution are torchvision's own, under its names."""
    net = varied_classifier("resnet18", 3)
    converted = convert_checkpoint(save(tmp_path / "b.pt", net.state_dict()), "resnet18", CLASSES)
    assert converted.layout == "torchvision"
    assert same(converted, net)


# What does not fit


def without(*words: str) -> Callable[[State], State]:
    return lambda state: {n: t for n, t in state.items() if not any(w in n for w in words)}


def hidden_head(state: State) -> State:
    plain = without("fc.")(state)
    plain |= {"fc.0.weight": torch.ones(64, 1024), "fc.0.bias": torch.ones(64)}
    return plain | {"fc.2.weight": torch.ones(3, 64), "fc.2.bias": torch.ones(3)}


BAD: dict[str, tuple[Callable[[State], object], str]] = {
    "a stage missing": (
        without("stage3."),
        r"expected shape \(48, 1, 3, 3\) for stage3\.0\.branch1\.0\.weight, found nothing "
        r"\(so also .* and \d+ more\); choose the weights of this architecture",
    ),
    "another shape": (
        lambda s: s | {"conv5.0.weight": torch.ones(9, 192, 1, 1)},
        r"\(1024, 192, 1, 1\) for conv5\.0\.weight, found shape \(9, 192, 1, 1\)",
    ),
    "too much": (
        lambda s: s | {"stage2.0.attention.weight": torch.ones(3)},
        r"that has no stage2\.0\.attention\.weight",
    ),
    "no head": (without("fc."), r"but no classifier \(expected fc\.weight\)"),
    "another head": (
        hidden_head,
        r"fc\.0\.weight \(64, 1024\), fc\.2\.weight \(3, 64\), expected 1",
    ),
    "norm in the head": (
        lambda s: renamed("fc.", "fc.1.")(s) | {"fc.0.weight": torch.ones(1024)},
        "have another head than shufflenet",
    ),
    "five outputs": (
        lambda s: s | {"fc.weight": torch.ones(5, 1024), "fc.bias": torch.ones(5)},
        r"have 5 outputs, but 3 classes are named \(a, b, c\)",
    ),
    "one output": (
        lambda s: s | {"fc.weight": torch.ones(1, 1024), "fc.bias": torch.ones(1)},
        "have one output, a sigmoid's, .* row of zeros",
    ),
    "two networks": (
        lambda s: {"left": s, "right": {n: t + 1 for n, t in s.items()}},
        r"two networks .* 'left\.' and one under 'right\.'; choose one",
    ),
    "nothing of it": (lambda s: {"x": torch.ones(3)}, "found nothing"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_fit_is_one_sentence(tmp_path: Path, net: nn.Module, case: str) -> None:
    spoil, words = BAD[case]
    path = save(tmp_path / "w.pth", spoil(net.state_dict()))
    with pytest.raises(ModelError, match=words) as error:
        convert_checkpoint(path, ARCH, CLASSES)
    text = str(error.value)
    assert str(path) in text
    assert "\n" not in text
    assert text.endswith(".")


def test_the_network_that_is_meant_can_be_named(tmp_path: Path, net: nn.Module) -> None:
    plain = {name: tensor * 1.01 for name, tensor in net.state_dict().items()}
    path = save(tmp_path / "w.pth", {"model": plain, "model_ema": net.state_dict()})
    first = convert_checkpoint(path, ARCH, CLASSES)
    assert "not those under 'model_ema.'" in first.notes[0]
    assert not same(first, net)
    assert same(convert_checkpoint(path, ARCH, CLASSES, part="model_ema"), net)
    with pytest.raises(ModelError, match=r"no part 'best'; the parts are model, model_ema"):
        convert_checkpoint(path, ARCH, CLASSES, part="best")


@pytest.mark.parametrize(
    ("arch", "size", "words"),
    [("vgg11", 128, "at least 224"), ("vit_b_32", 256, "takes 224 x 224 pixels only")],
)
def test_an_input_that_cannot_be_is_one_sentence(arch: str, size: int, words: str) -> None:
    with torch.device("meta"):
        state = torchvision_classifier(arch, 3).state_dict()
    from softcam_core.models.foreign.finding import Found
    from softcam_core.models.foreign.from_checkpoint import convert_found

    found = Found(state, False, False, 3, ())
    with pytest.raises(ModelError, match=words):
        convert_found(
            *(found, "w.pth", arch, CLASSES),
            input=InputSpec(size=(size, size)),
            samples=torch.zeros(1, 3, size, size),
        )


def test_default_inputs(tmp_path: Path, net: nn.Module) -> None:
    found = find_classifier(save(tmp_path / "w.pth", net.state_dict()), ARCH)
    assert default_input(found, ARCH).size == (224, 224)
    assert default_input(found, "inception_v3").size == (299, 299)
    assert default_input(found, "maxvit_t").size == (224, 224)
