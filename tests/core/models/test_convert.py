"""Conversion keeps the logits where the table says so, and says so where it does not."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.read import read_image
from softcam_core.models.backbones import BACKBONES, torchvision_classifier
from softcam_core.models.convert import TOLERANCE, from_classifier
from tests.core.models.networks import bits, changed, images, varied_classifier

CLASSES = ["a", "b", "c"]
EXACT = [name for name, row in BACKBONES.items() if row.exact]


def difference(net: nn.Module, model: nn.Module, rows: int, columns: int) -> tuple[float, float]:
    """Largest difference of a logit, and what is allowed; the logits must differ by image."""
    with torch.no_grad():
        x = images(4, rows, columns, seed=9)
        expected = net(x)
        found = model(x).logits
    assert expected.std(dim=0).mean() >= 1
    allowed = TOLERANCE * max(1.0, float(expected.abs().max()))
    return float((found - expected).abs().max()), allowed


@pytest.mark.parametrize("arch", EXACT)
def test_exact_architectures_keep_the_logits_at_two_sizes(arch: str) -> None:
    net = varied_classifier(arch, 3)
    before = bits(net)
    model, report = from_classifier(net, arch, CLASSES)
    for rows, columns in ((96, 96), (64, 128)):
        worst, allowed = difference(net, model, rows, columns)
        assert worst <= allowed
    assert report.exact
    assert str(report) in model.spec.card["conversion"]
    assert "limits" not in model.spec.card
    assert "exact" in str(report)
    assert "approximate" not in str(report)
    assert changed(net, before) == []
    assert not model.training


def test_vgg_is_exact_at_its_native_size_and_approximate_elsewhere() -> None:
    net = varied_classifier("vgg16", 3, std=8)
    model, report = from_classifier(net, "vgg16", CLASSES)
    worst, allowed = difference(net, model, 224, 224)
    assert worst <= allowed
    worst, allowed = difference(net, model, 224, 288)
    assert worst > allowed
    assert not report.exact
    assert report.max_abs_difference > 0
    assert "approximate" in str(report)
    assert "224" in report.reason
    assert str(report) in model.spec.card["limits"]
    with pytest.raises(ModelError, match="released"):
        from_classifier(net, "vgg16", CLASSES, options={"vgg_head": "released"})


def test_the_linear_squeezenet_head_is_reported_as_approximate() -> None:
    net = varied_classifier("squeezenet1_1", 3)
    model, report = from_classifier(
        net, "squeezenet1_1", CLASSES, options={"squeezenet_head": "linear"}
    )
    assert not report.exact
    assert "ReLU" in report.reason
    with torch.no_grad():
        evidence = model(images(2, 64, 64)).evidence
    assert evidence is not None
    assert evidence.min() < 0


def test_the_exact_squeezenet_head_is_never_negative() -> None:
    model, _ = from_classifier(varied_classifier("squeezenet1_1", 3), "squeezenet1_1", CLASSES)
    with torch.no_grad():
        evidence = model(images(2, 64, 64)).evidence
    assert evidence is not None
    assert evidence.min() >= 0


def test_a_classifier_with_dropout_before_its_linear_layer_is_converted() -> None:
    net = varied_classifier("resnet18", 3)
    net.fc = nn.Sequential(nn.Dropout(0.25), net.fc)
    model, report = from_classifier(net, "resnet18", CLASSES)
    assert report.exact
    assert [m.p for m in model.head.modules() if isinstance(m, nn.Dropout2d)] == [0.25]


def test_the_classifier_is_left_as_it_was_even_in_training() -> None:
    net = varied_classifier("resnet18", 3).train()
    net.layer1.eval()
    flags = [m.training for m in net.modules()]
    before = bits(net)
    _, report = from_classifier(net, "resnet18", CLASSES)
    assert report.exact
    assert [m.training for m in net.modules()] == flags
    assert changed(net, before) == []


def test_the_model_shares_no_memory_with_the_classifier() -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    model, _ = from_classifier(net, "shufflenet_v2_x0_5", CLASSES)
    before = bits(model)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.zero_()
    assert changed(model, before) == []


def test_double_precision_stays() -> None:
    net = varied_classifier("resnet18", 3).double()
    model, report = from_classifier(net, "resnet18", CLASSES)
    assert next(model.parameters()).dtype == torch.float64
    assert report.max_abs_difference < 1e-9


def two_layers(net: nn.Module) -> nn.Module:
    net.fc = nn.Sequential(nn.Linear(512, 8), nn.ReLU(), nn.Linear(8, 3))
    return net


def no_relu(net: nn.Module) -> nn.Module:
    net.classifier = nn.Sequential(net.classifier[1], nn.AdaptiveAvgPool2d(1))
    return net


@pytest.mark.parametrize(
    ("arch", "change", "as_arch", "classes", "words"),
    [
        ("resnet18", lambda net: net, "resnet18", ["a"], "3 outputs, but 1 classes"),
        ("resnet18", lambda net: net, "resnet34", CLASSES, "resnet34: expected shape"),
        ("resnet18", lambda net: net, "vgg16", CLASSES, "ResNet cannot be converted as vgg16"),
        ("resnet18", lambda net: nn.Flatten(), "resnet18", CLASSES, "Flatten cannot"),
        ("resnet18", two_layers, "resnet18", CLASSES, r"Linear, ReLU, Linear.*only dropout"),
        ("squeezenet1_1", no_relu, "squeezenet1_1", CLASSES, "only dropout"),
    ],
)
def test_what_cannot_be_converted_is_one_sentence(
    arch: str, change: Callable[[nn.Module], nn.Module], as_arch: str, classes: list, words: str
) -> None:
    with pytest.raises(ModelError, match=words):
        from_classifier(change(torchvision_classifier(arch, 3)), as_arch, classes)


def test_a_difference_beyond_rounding_is_never_called_exact() -> None:
    """The report is measured, not read from the table: here the pooling is another one."""
    net = varied_classifier("resnet18", 3)
    net.avgpool = nn.AdaptiveMaxPool2d(1)
    _, report = from_classifier(net, "resnet18", CLASSES)
    assert not report.exact
    assert "more than rounding" in report.reason


def test_logits_that_are_no_numbers_are_never_called_exact() -> None:
    net = torchvision_classifier("resnet18", 3)
    nn.init.constant_(net.fc.bias, float("nan"))
    _, report = from_classifier(net, "resnet18", CLASSES)
    assert not report.exact
    assert report.max_abs_difference == float("inf")


def test_the_real_squeezenet_is_converted_exactly(shared_data: Path) -> None:
    """ImageNet weights and chest films: 1000 logits, and every one the mean of its evidence."""
    folder = shared_data / "weights_squeezenet1_0"
    net = torchvision_classifier("squeezenet1_0", 1000).eval()
    net.load_state_dict(load_file(folder / "squeezenet1_0_imagenet.safetensors"))
    model, report = from_classifier(net, "squeezenet1_0", [str(n) for n in range(1000)])
    assert report.exact
    films = sorted((shared_data / "train_kermany_cxr224").rglob("*.jp*g"))[::400][:3]
    pixels = [model_input(read_image(film), model.spec.input)[0] for film in films]
    with torch.no_grad():
        x = torch.from_numpy(np.stack(pixels))
        expected, out = net(x), model(x)
    assert expected.std(dim=0).max() >= 1
    assert (out.logits - expected).abs().max() <= TOLERANCE * expected.abs().max()
    assert out.evidence is not None
    assert torch.allclose(out.evidence.mean((2, 3)), out.logits, atol=1e-6)
