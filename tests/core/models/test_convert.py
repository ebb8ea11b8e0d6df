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
from softcam_core.models import measure
from softcam_core.models.backbones import BACKBONES, torchvision_classifier
from softcam_core.models.checkpoint import load_model, save_model
from softcam_core.models.convert import TOLERANCE, from_classifier
from tests.core.models.networks import (
    FAMILIES,
    bits,
    by_size,
    changed,
    images,
    sizes,
    varied_classifier,
)

CLASSES = ["a", "b", "c"]
TORCHVISIONS = [name for name, row in BACKBONES.items() if row.build is None]
GIANTS = ("regnet_y_128gf", "vit_h_14")
"""Gigabytes each; the smaller ones of their families have the same parts."""


@pytest.fixture
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures a conversion at small sizes."""
    monkeypatch.setattr(measure, "SIZES", ((96, 96), (96, 128)))


def seen(rows: int, columns: int) -> torch.Tensor:
    return images(2 if rows > 200 else 4, rows, columns, seed=9)


def difference(net: nn.Module, model: nn.Module, rows: int, columns: int) -> tuple[float, float]:
    """Largest difference of a logit, and what is allowed; the logits must differ by image."""
    x = seen(rows, columns)
    with torch.no_grad():
        expected = net(x)
        found = model(x).logits
    assert expected.std(dim=0).mean() >= 1
    allowed = TOLERANCE * max(1.0, float(expected.abs().max()))
    return float((found - expected).abs().max()), allowed


@pytest.mark.parametrize("arch", by_size(name for name in TORCHVISIONS if name not in GIANTS))
def test_the_table_says_which_conversions_are_exact(
    arch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At two sizes, one not square; a row that is wrong in either direction fails."""
    row = BACKBONES[arch]
    monkeypatch.setattr(measure, "SIZES", sizes(arch))
    net = varied_classifier(arch, 3, std=5)
    final = [m for m in net.modules() if isinstance(m, nn.Linear | nn.Conv2d)][-1]
    with torch.no_grad():
        spread = min(float(net(seen(*size)).std(dim=0).mean()) for size in sizes(arch))
        final.weight *= max(1.0, 2 / spread)
    before = bits(net)
    model, report = from_classifier(net, arch, CLASSES)
    found = [difference(net, model, *size) for size in sizes(arch)]
    assert report.exact == row.exact == all(worst <= allowed for worst, allowed in found)
    assert row.reason in str(report)
    if row.cells:  # exact at the native size, and only there
        assert found[0][0] <= found[0][1]
    if row.exact:
        assert "approximate" not in str(report)
        assert "limits" not in model.spec.card
    else:
        assert report.max_abs_difference > 0
        assert "approximate" in str(report)
        assert str(report) in model.spec.card["limits"]
    assert str(report) in model.spec.card["conversion"]
    assert changed(net, before) == []
    assert not model.training


def test_every_family_is_tested_at_every_change_and_at_a_size_that_is_not_square() -> None:
    families = {BACKBONES[name].family for name in TORCHVISIONS}
    assert {BACKBONES[name].family for name in FAMILIES} == families
    assert len(measure.SIZES) == 2
    assert any(rows != columns for rows, columns in measure.SIZES)


def test_the_released_vgg_head_cannot_be_converted_to() -> None:
    net = torchvision_classifier("alexnet", 3)
    with pytest.raises(ModelError, match="released head of a AlexNet has no counterpart"):
        from_classifier(net, "alexnet", CLASSES, options={"vgg_head": "released"})


def test_the_linear_squeezenet_head_is_reported_as_approximate(quick: None) -> None:
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


def test_the_exact_squeezenet_head_is_never_negative(quick: None) -> None:
    model, _ = from_classifier(varied_classifier("squeezenet1_1", 3), "squeezenet1_1", CLASSES)
    with torch.no_grad():
        evidence = model(images(2, 64, 64)).evidence
    assert evidence is not None
    assert evidence.min() >= 0


def test_convnexts_evidence_is_scaled_by_the_pooled_vector(quick: None) -> None:
    """evidence = W (gamma (z - mean_c z) / sigma(pooled) + beta) + b, by its definition."""
    net = varied_classifier("convnext_tiny", 3)
    model, _ = from_classifier(net, "convnext_tiny", CLASSES)
    norm, _, linear = net.classifier
    with torch.no_grad():
        x = images(2, 64, 96)
        z = net.features(x)
        sigma = (z.mean((2, 3)).var(dim=1, correction=0) + norm.eps).sqrt()[:, None, None, None]
        centred = (z - z.mean(dim=1, keepdim=True)) / sigma
        normed = norm.weight[:, None, None] * centred + norm.bias[:, None, None]
        expected = torch.einsum("cd,bdhw->bchw", linear.weight, normed)
        expected += linear.bias[:, None, None]
        evidence = model(x).evidence
    assert evidence is not None
    assert torch.allclose(evidence, expected, atol=1e-4 * float(expected.abs().max()))


@pytest.mark.parametrize("arch", ["googlenet", "inception_v3"])
def test_the_transform_of_pretrained_networks_is_kept(
    tmp_path: Path, arch: str, quick: None
) -> None:
    """torchvision sets it with its ImageNet weights; without it every number is another."""
    net = varied_classifier(arch, 3)
    x = images(2, 96, 96)
    with torch.no_grad():
        plain = net(x)
        net.transform_input = True
        expected = net(x)
    model, report = from_classifier(net, arch, CLASSES)
    assert report.exact
    assert model.spec.options["transform_input"] == "true"
    save_model(model, tmp_path / "model.safetensors")
    with torch.no_grad():
        found = load_model(tmp_path / "model.safetensors")(x).logits
    assert torch.allclose(found, expected, atol=1e-4 * float(expected.abs().max()))
    assert not torch.allclose(found, plain, atol=1e-2)


def test_auxiliary_heads_are_left_out(quick: None) -> None:
    from torchvision.models import googlenet

    net = googlenet(num_classes=3, init_weights=False, aux_logits=True).eval()
    model, report = from_classifier(net, "googlenet", CLASSES)
    assert report.exact
    assert not any("aux" in name for name in model.state_dict())


def test_a_classifier_with_dropout_before_its_linear_layer_is_converted(quick: None) -> None:
    net = varied_classifier("resnet18", 3)
    net.fc = nn.Sequential(nn.Dropout(0.25), net.fc)
    model, report = from_classifier(net, "resnet18", CLASSES)
    assert report.exact
    assert [m.p for m in model.head.modules() if isinstance(m, nn.Dropout2d)] == [0.25]


@pytest.mark.parametrize(
    ("arch", "rate"), [("mobilenet_v2", 0.2), ("googlenet", 0.2), ("efficientnet_b0", 0.2)]
)
def test_the_architectures_own_dropout_becomes_dropout_of_channels(arch: str, rate: float) -> None:
    with torch.device("meta"):
        from softcam_core.models.build import build_model

        model = build_model(arch, CLASSES)
        other = build_model(arch, CLASSES, options={"dropout": "0.6"})
        box = build_model(arch, CLASSES, "blackbox", options={"dropout": "0.6"})
    assert [m.p for m in model.head.modules() if isinstance(m, nn.Dropout2d)] == [rate]
    assert [m.p for m in other.head.modules() if isinstance(m, nn.Dropout2d)] == [0.6]
    assert [m.p for m in box.head.modules() if isinstance(m, nn.Dropout)] == [0.6]


def test_the_classifier_is_left_as_it_was_even_in_training(quick: None) -> None:
    net = varied_classifier("resnet18", 3).train()
    net.layer1.eval()
    flags = [m.training for m in net.modules()]
    before = bits(net)
    _, report = from_classifier(net, "resnet18", CLASSES)
    assert report.exact
    assert [m.training for m in net.modules()] == flags
    assert changed(net, before) == []


def test_the_model_shares_no_memory_with_the_classifier(quick: None) -> None:
    net = varied_classifier("shufflenet_v2_x0_5", 3)
    model, _ = from_classifier(net, "shufflenet_v2_x0_5", CLASSES)
    before = bits(model)
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.zero_()
    assert changed(model, before) == []


def test_double_precision_stays(quick: None) -> None:
    net = varied_classifier("resnet18", 3).double()
    model, report = from_classifier(net, "resnet18", CLASSES)
    assert next(model.parameters()).dtype == torch.float64
    assert report.max_abs_difference < 1e-9


def test_real_images_are_measured_when_given(quick: None) -> None:
    net = varied_classifier("mobilenet_v3_small", 3)
    _, report = from_classifier(net, "mobilenet_v3_small", CLASSES)
    assert report.real_max_abs_difference is None
    samples = images(2, 80, 112, seed=4)
    model, report = from_classifier(net, "mobilenet_v3_small", CLASSES, samples=samples)
    with torch.no_grad():
        expected = float((model(samples).logits - net(samples)).abs().max())
    assert report.real_max_abs_difference == pytest.approx(expected, rel=1e-3)
    assert f"{report.real_max_abs_difference:.2g} on real images" in str(report)
    with pytest.raises(ValueError, match=r"samples: expected shape \(B, 3, H, W\), got \(3, 9, 9"):
        from_classifier(net, "mobilenet_v3_small", CLASSES, samples=torch.zeros(3, 9, 9))


def test_a_difference_on_real_images_alone_is_enough_not_to_be_exact(quick: None) -> None:
    net = varied_classifier("resnet18", 3)

    class Odd(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return nn.functional.adaptive_avg_pool2d(x, 1) * (1 + (x.shape[-1] == 2))

    net.avgpool = Odd()
    assert from_classifier(net, "resnet18", CLASSES)[1].exact
    _, report = from_classifier(net, "resnet18", CLASSES, samples=images(1, 64, 64))
    assert not report.exact


def two_layers(net: nn.Module) -> nn.Module:
    net.fc = nn.Sequential(nn.Linear(512, 8), nn.ReLU(), nn.Linear(8, 3))
    return net


def no_relu(net: nn.Module) -> nn.Module:
    net.classifier = nn.Sequential(net.classifier[1], nn.AdaptiveAvgPool2d(1))
    return net


@pytest.mark.parametrize(
    ("arch", "change", "as_arch", "classes", "words"),
    [
        ("resnet18", lambda net: net, "resnet18", ["a", "b"], "3 outputs, but 2 classes"),
        ("resnet18", lambda net: net, "resnet34", CLASSES, "resnet34: expected shape"),
        ("resnet18", lambda net: net, "vgg16", CLASSES, "ResNet cannot be converted as vgg16"),
        ("resnet18", lambda net: nn.Flatten(), "resnet18", CLASSES, "Flatten cannot"),
        ("resnet18", two_layers, "resnet18", CLASSES, r"Linear, ReLU, Linear.*only dropout"),
        ("squeezenet1_1", no_relu, "squeezenet1_1", CLASSES, "only dropout"),
        ("resnet18", lambda net: net, None, CLASSES, "needs arch"),
        ("resnet18", lambda net: net, "resnet", CLASSES, "'resnet' is not known; did you mean"),
    ],
)
def test_what_cannot_be_converted_is_one_sentence(
    arch: str, change: Callable[[nn.Module], nn.Module], as_arch: str, classes: list, words: str
) -> None:
    with pytest.raises(ModelError, match=words) as error:
        from_classifier(change(torchvision_classifier(arch, 3)), as_arch, classes)
    assert str(error.value).count(". ") == 0


def test_a_difference_beyond_rounding_is_never_called_exact(quick: None) -> None:
    """The report is measured, not read from the table: here the pooling is another one."""
    net = varied_classifier("resnet18", 3)
    net.avgpool = nn.AdaptiveMaxPool2d(1)
    _, report = from_classifier(net, "resnet18", CLASSES)
    assert not report.exact
    assert "more than rounding" in report.reason


def nan_weight(net: nn.Module) -> None:
    nn.init.constant_(net.fc.weight, float("nan"))


def negative_variance(net: nn.Module) -> None:
    net.layer4[1].bn2.running_var.fill_(-1)


def infinite_bias(net: nn.Module) -> None:
    nn.init.constant_(net.fc.bias, float("inf"))


@pytest.mark.parametrize("spoil", [nan_weight, negative_variance, infinite_bias])
def test_logits_that_are_no_numbers_are_one_sentence(
    spoil: Callable[[nn.Module], None], quick: None
) -> None:
    net = torchvision_classifier("resnet18", 3).eval()
    spoil(net)
    with pytest.raises(ModelError, match="ResNet gives logits that are no finite numbers for ima"):
        from_classifier(net, "resnet18", CLASSES)


def test_one_output_is_one_sentence() -> None:
    net = torchvision_classifier("resnet18", 1)
    for names in (["DR"], ["healthy", "DR"]):
        with pytest.raises(ModelError, match="classifier has one output, a sigmoid's") as error:
            from_classifier(net, "resnet18", names)
        assert "\n" not in str(error.value)


def no_bias(net: nn.Module) -> None:
    weight = net.fc.weight
    net.fc = nn.Linear(512, 3, bias=False)
    net.fc.weight = weight


def weight_norm(net: nn.Module) -> None:
    nn.utils.parametrizations.weight_norm(net.fc)


def spectral_norm_and_dropout(net: nn.Module) -> None:
    net.fc = nn.Sequential(nn.Dropout(), nn.utils.parametrizations.spectral_norm(net.fc))


def pruned(net: nn.Module) -> None:
    nn.utils.prune.l1_unstructured(net.fc, "weight", 0.5)


def weight_norm_by_hooks(net: nn.Module) -> None:
    with pytest.warns(FutureWarning, match="weight_norm"):
        nn.utils.weight_norm(net.fc)
    with torch.no_grad():
        net.fc.weight_g *= 2  # as load_state_dict does: the weight itself is older


def normed_convolution(net: nn.Module) -> None:
    nn.utils.parametrizations.weight_norm(net.conv1)


def frozen_batch_norm(net: nn.Module) -> None:
    from torchvision.ops import FrozenBatchNorm2d

    for name, module in list(net.named_modules()):
        if isinstance(module, nn.BatchNorm2d):
            frozen = FrozenBatchNorm2d(module.num_features)
            frozen.load_state_dict(module.state_dict())
            parent, _, last = name.rpartition(".")
            setattr(net.get_submodule(parent), last, frozen)


@pytest.mark.parametrize(
    "change",
    [
        *(no_bias, weight_norm, spectral_norm_and_dropout, pruned, weight_norm_by_hooks),
        *(normed_convolution, frozen_batch_norm),
    ],
)
def test_weights_that_are_made_of_others_are_taken_as_they_are(
    change: Callable[[nn.Module], None], quick: None
) -> None:
    net = varied_classifier("resnet18", 3)
    change(net)
    net.eval()
    names = set(net.state_dict())
    model, report = from_classifier(net, "resnet18", CLASSES)
    assert report.exact
    x = seen(64, 96)
    with torch.no_grad():
        expected, found = net(x), model(x).logits
    assert expected.std(dim=0).mean() > 0.3  # a spectral norm makes the weights small
    assert torch.allclose(found, expected, atol=TOLERANCE)
    assert set(net.state_dict()) == names
    assert "head.fc.weight" in model.state_dict()


def test_another_norm_is_named(quick: None) -> None:
    net = torchvision_classifier("resnet18", 3)
    net.bn1 = nn.GroupNorm(8, 64)
    with pytest.raises(ModelError, match=r"bn1.running_mean, found nothing in the GroupNorm there"):
        from_classifier(net, "resnet18", CLASSES)


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
