"""Maps agree with the definitions by full backpropagation, and the model stays bit-identical."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import CancelledError, ModelError
from softcam_core.explain import METHODS, MethodError, attribute, available_methods
from softcam_core.explain.attribution import check_applies
from softcam_core.explain.closed_form import gradcam_weights, weigh
from softcam_core.explain.feature_maps import CHUNK
from softcam_core.explain.methods import SLOW
from softcam_core.models.backbones import BACKBONES
from softcam_core.models.build import build_model
from softcam_core.models.convert import from_classifier
from softcam_core.models.softcam import Network
from softcam_core.models.weights import load_weights
from tests.core.models.networks import bits, changed, images, varied_classifier

CLASSES = ["healthy", "mild", "severe"]
QUICK = [method for method in METHODS if method not in SLOW]
"""Every method and every kind of model is in test_untouched.py, with fewer steps."""
KINDS = [
    (arch, kind)
    for arch in ("resnet18", "shufflenet_v2_x0_5", "squeezenet1_1")
    for kind in ("torchvision", "softcam", "blackbox")
] + [("squeezenet1_1", "linear")]


def make(arch: str, kind: str) -> nn.Module:
    """One of our models, or torchvision's, with the same varied weights."""
    net = varied_classifier(arch, 3)
    if kind == "torchvision":
        return net
    if kind == "softcam":
        return from_classifier(net, arch, CLASSES)[0]
    model = build_model(arch, CLASSES, "blackbox" if kind == "blackbox" else "softcam")
    load_weights(model, net.state_dict())
    return model.eval()


def features_module(model: nn.Module, arch: str) -> nn.Module:
    """The module whose output enters pooling, by its well-known name."""
    last = {"resnet18": "layer4", "shufflenet_v2_x0_5": "conv5", "squeezenet1_1": "features"}
    inner = model.backbone if isinstance(model, Network) else model
    return inner.get_submodule(last[arch])


def gradcam_by_definition(model: nn.Module, module: nn.Module, x: Tensor) -> Tensor:
    """Paper, eq. 2, by plain autograd through the whole network, one class at a time."""
    kept: list[Tensor] = []
    handle = module.register_forward_hook(lambda _m, _i, out: kept.append(out))
    try:
        maps = []
        for target in range(3):
            kept.clear()
            out = model(x)
            logits = out.logits if isinstance(model, Network) else out
            (gradient,) = torch.autograd.grad(logits[:, target].sum(), kept[0])
            weights = gradient.mean(dim=(2, 3), keepdim=True)
            maps.append((weights * kept[0]).sum(dim=1).detach())
    finally:
        handle.remove()
    return torch.stack(maps, dim=1)


def agree(found: Tensor, expected: Tensor) -> bool:
    scale = float(expected.abs().max())
    assert scale > 0
    return torch.allclose(found, expected, rtol=0, atol=1e-5 * scale)


@pytest.mark.parametrize(("arch", "kind"), KINDS)
def test_gradcam_is_its_definition_by_full_backpropagation(arch: str, kind: str) -> None:
    model = make(arch, kind)
    x = images(3, 96, 128)
    signed = gradcam_by_definition(model, features_module(model, arch), x)
    assert agree(attribute(model, x, "gradcam", signed=True), signed)
    assert agree(attribute(model, x, "gradcam"), signed.relu())


def test_gradcam_of_vgg_looks_at_the_last_max_pool() -> None:
    model = build_model("vgg16", CLASSES, "blackbox").eval()
    x = images(1, 224, 192)
    signed = gradcam_by_definition(model, model.backbone.features, x)
    assert signed.shape == (1, 3, 7, 6)
    assert agree(attribute(model, x, "gradcam", signed=True), signed)


@pytest.mark.parametrize(("arch", "layer"), [("resnet18", "layer4"), ("squeezenet1_1", "features")])
def test_torchcam_gives_the_same_gradcam(arch: str, layer: str) -> None:
    methods = pytest.importorskip("torchcam.methods")
    model = varied_classifier(arch, 3)
    x = images(2, 96, 128)
    found = attribute(model, x, "gradcam")
    for target in range(3):
        with methods.GradCAM(model, target_layer=layer) as cam:
            (theirs,) = cam(target, model(x), normalized=False)
        assert agree(found[:, target], theirs)


def test_pytorch_grad_cam_gives_the_same_gradcam() -> None:
    peer = pytest.importorskip("pytorch_grad_cam")
    targets = pytest.importorskip("pytorch_grad_cam.utils.model_targets")
    model = varied_classifier("squeezenet1_1", 3)
    x = images(2, 96, 96)
    found = attribute(model, x, "gradcam").numpy()
    for target in range(3):
        with peer.GradCAM(model, [model.features]) as cam:
            theirs = cam(x, [targets.ClassifierOutputTarget(target)] * 2)
        for ours, other in zip(found[:, target], theirs, strict=True):
            # The peer upsamples bilinearly and scales to [0, 1]; so does this, the same way.
            up = nn.functional.interpolate(
                torch.from_numpy(ours)[None, None], size=(96, 96), mode="bilinear"
            )[0, 0]
            low, high = ours.min(), ours.max()
            scaled = ((up - low) / (high - low + 1e-7)).numpy()
            assert np.corrcoef(scaled.ravel(), other.ravel())[0, 1] > 0.999


@pytest.mark.parametrize("arch", ["resnet18", "shufflenet_v2_x0_5"])
def test_cam_is_the_linear_layer_at_every_cell(arch: str) -> None:
    net = varied_classifier(arch, 3)
    x = images(2, 64, 96)
    cam = attribute(net, x, "cam")
    assert cam.min() < 0
    with torch.no_grad():
        assert torch.allclose(cam.mean((2, 3)) + net.fc.bias, net(x), atol=1e-4)


def test_evidence_is_the_models_own_map() -> None:
    model = make("resnet18", "softcam")
    x = images(2, 64, 96)
    with torch.no_grad():
        assert torch.equal(attribute(model, x, "evidence"), model(x).evidence)


@pytest.mark.parametrize(
    ("arch", "kind"),
    [("resnet18", "softcam"), ("shufflenet_v2_x0_5", "softcam"), ("squeezenet1_1", "linear")],
)
def test_gradcam_of_a_linear_softcam_is_its_rectified_evidence_without_the_bias(
    arch: str, kind: str
) -> None:
    model = make(arch, kind)
    x = images(2, 64, 96)
    evidence = attribute(model, x, "evidence")
    bias = [p for n, p in model.head.named_parameters() if n.endswith("bias")][-1].detach()
    expected = (evidence - bias[:, None, None]).relu()
    gradcam = attribute(model, x, "gradcam")
    factor = float((gradcam * expected).sum() / (expected * expected).sum())
    assert factor > 0
    assert agree(gradcam, factor * expected)


@settings(max_examples=30, deadline=None)
@given(
    channels=st.integers(1, 6),
    classes=st.integers(1, 4),
    rows=st.integers(1, 5),
    columns=st.integers(1, 5),
    seed=st.integers(0, 1000),
)
def test_the_closed_form_equals_autograd(
    channels: int, classes: int, rows: int, columns: int, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(classes, channels, generator=generator, dtype=torch.float64)
    z = torch.randn(2, channels, rows, columns, generator=generator, dtype=torch.float64)
    leaf = z.clone().requires_grad_()
    logits = leaf.mean((2, 3)) @ weight.T
    for target in range(classes):
        (g,) = torch.autograd.grad(logits[:, target].sum(), leaf, retain_graph=True)
        expected = (g.mean((2, 3), keepdim=True) * z).sum(1)
        found = weigh(gradcam_weights(weight, z), z)[:, target]
        assert torch.allclose(found, expected, rtol=1e-12, atol=1e-14)


# Which methods, which classes


@pytest.mark.parametrize(("arch", "kind"), KINDS)
def test_every_available_method_gives_a_map_per_class(arch: str, kind: str) -> None:
    model = make(arch, kind)
    x = images(2, 64, 96)
    available = available_methods(model)
    assert "gradcam" in available
    assert ("evidence" in available) == (kind in ("softcam", "linear"))
    assert ("cam" in available) == (BACKBONES[arch].head == "gap_linear" or kind == "linear")
    for method in QUICK:
        if method in available:
            maps = attribute(model, x, method)
            assert maps.shape[:2] == (2, 3)
            assert not maps.requires_grad
            assert not maps.is_inference()
        else:
            with pytest.raises(MethodError, match=method):
                attribute(model, x, method)
            with pytest.raises(MethodError, match=method):
                check_applies(model, method)


@pytest.mark.parametrize("method", ["vibecam", "GradCAM", ""])
def test_an_unknown_method_lists_what_is_available(method: str) -> None:
    with pytest.raises(ValueError, match="evidence, cam, gradcam") as error:
        attribute(build_model("resnet18", CLASSES), images(1, 64, 64), method)
    assert repr(method) in str(error.value)


def test_classes_are_indices_or_names_in_the_order_asked_for() -> None:
    model = make("shufflenet_v2_x0_5", "softcam")
    x = images(2, 64, 64)
    every = attribute(model, x)
    assert torch.equal(attribute(model, x, classes=["severe", "healthy"]), every[:, [2, 0]])
    assert torch.equal(attribute(model, x, classes=[2, "healthy"]), every[:, [2, 0]])
    assert torch.equal(attribute(model, x, classes="mild"), every[:, 1:2])
    assert torch.equal(attribute(model, x, classes=np.array([1])), every[:, 1:2])
    net = make("squeezenet1_1", "torchvision")
    # The head is computed for these classes alone, so rounding may differ.
    assert agree(attribute(net, x, classes=[2, 2]), attribute(net, x)[:, [2, 2]])


@pytest.mark.parametrize("classes", [[], [3], [-1], ["none"]])
@pytest.mark.parametrize("kind", ["softcam", "torchvision"])
def test_classes_that_are_not_there_are_an_error(kind: str, classes: list) -> None:
    with pytest.raises(ValueError, match="classes: expected"):
        attribute(make("shufflenet_v2_x0_5", kind), images(1, 64, 64), classes=classes)


@pytest.mark.parametrize("shape", [(3, 64, 64), (2, 1, 64, 64), (0, 3, 64, 64)])
def test_a_wrong_shape_is_an_error(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"x: expected shape \(B, 3, H, W\), got") as error:
        attribute(make("resnet18", "torchvision"), torch.zeros(shape))
    assert str(shape) in str(error.value)


def test_a_foreign_model_is_one_sentence() -> None:
    with pytest.raises(ModelError, match=r"Sequential cannot be explained.*ResNet"):
        attribute(nn.Sequential(nn.Flatten()), images(1, 8, 8))


def test_a_network_without_its_last_layer_is_one_sentence() -> None:
    net = varied_classifier("resnet18", 3)
    net.fc = nn.Identity()
    with pytest.raises(ModelError, match="no classification layer"):
        attribute(net, images(1, 64, 64))


def test_a_network_with_more_layers_at_its_end_has_no_closed_form() -> None:
    net = varied_classifier("resnet18", 4)
    net.fc = nn.Sequential(net.fc, nn.ReLU(), nn.Linear(4, 3))
    x = images(2, 64, 96)
    assert not {"evidence", "cam"} & set(available_methods(net))
    signed = gradcam_by_definition(net, net.layer4, x)
    assert agree(attribute(net, x, "gradcam", signed=True), signed)


def test_a_network_with_another_pooling_has_no_closed_form() -> None:
    net = varied_classifier("resnet18", 3)
    net.avgpool = nn.AdaptiveMaxPool2d(1)
    x = images(2, 64, 96)
    assert not {"evidence", "cam"} & set(available_methods(net))
    signed = gradcam_by_definition(net, net.layer4, x)
    assert agree(attribute(net, x, "gradcam", signed=True), signed)


def test_arrays_and_doubles_are_taken() -> None:
    net = make("shufflenet_v2_x0_5", "torchvision")
    x = images(2, 64, 64)
    expected = attribute(net, x)
    array = x.numpy().copy()
    array.flags.writeable = False
    assert torch.equal(attribute(net, array), expected)
    assert torch.equal(attribute(net, x.double()), expected)


# The model afterwards


@pytest.mark.parametrize("method", QUICK)
@pytest.mark.parametrize(("arch", "kind"), KINDS)
def test_the_model_is_bit_identical_afterwards(arch: str, kind: str, method: str) -> None:
    model = make(arch, kind).train()
    last = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d | nn.Conv2d)][-1]
    last.eval()
    flags = [m.training for m in model.modules()]
    before = bits(model)
    x = images(2, 64, 64)
    if method in available_methods(model):
        assert torch.equal(attribute(model, x, method), attribute(model, x, method))
    else:
        with pytest.raises(MethodError):
            attribute(model, x, method)
    assert changed(model, before) == []
    assert [m.training for m in model.modules()] == flags
    assert x.grad is None


def test_a_failure_leaves_the_model_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    model = make("squeezenet1_1", "blackbox").train()
    before = bits(model)

    def breaks(self: nn.Module, z: Tensor) -> Tensor:
        raise RuntimeError("out of memory")

    with monkeypatch.context() as patch:
        patch.setattr(nn.AdaptiveAvgPool2d, "forward", breaks)
        with pytest.raises(RuntimeError, match="out of memory"):
            attribute(model, images(1, 64, 64), "gradcam")
    assert changed(model, before) == []
    assert all(m.training for m in model.modules())


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_cancelled_call_stops_and_leaves_the_model_as_it_was(after: int) -> None:
    model = make("squeezenet1_1", "torchvision").train()
    before = bits(model)
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > after

    with pytest.raises(CancelledError):
        attribute(model, images(1, 64, 64), "gradcam", cancelled=cancelled)
    assert len(asked) == after + 1
    assert changed(model, before) == []
    assert all(m.training for m in model.modules())


@pytest.mark.parametrize("method", list(METHODS))
def test_methods_without_a_backward_pass_are_cancelled_too(method: str) -> None:
    model = make("shufflenet_v2_x0_5", "softcam")
    with pytest.raises(CancelledError):
        attribute(model, images(1, 64, 64), method, cancelled=lambda: True)


def test_a_long_batch_goes_in_chunks_and_reports() -> None:
    model = make("shufflenet_v2_x0_5", "softcam")
    x = images(CHUNK + 3, 64, 64)
    steps: list[tuple[int, int]] = []
    maps = attribute(model, x, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(CHUNK, CHUNK + 3), (CHUNK + 3, CHUNK + 3)]
    assert agree(maps[-2:], attribute(model, x[-2:]))


def test_it_works_inside_inference_mode_and_no_grad() -> None:
    net = make("squeezenet1_1", "torchvision")
    x = images(2, 64, 64)
    expected = attribute(net, x, "gradcam")
    with torch.inference_mode():
        assert torch.equal(attribute(net, x.clone(), "gradcam"), expected)
    with torch.no_grad():
        assert torch.equal(attribute(net, x, "gradcam"), expected)
