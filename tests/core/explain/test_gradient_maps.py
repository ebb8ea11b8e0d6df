"""The maps of the Grad-CAM family are their definitions, by closed form and by gradient."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain import MethodError, attribute
from softcam_core.explain.gradient import head_graph
from softcam_core.explain.parts import take_apart
from softcam_core.explain.plain import Listener
from softcam_core.explain.request import Request
from softcam_core.models.backbones import torchvision_classifier
from tests.core.explain.small import (
    CHANNEL_METHODS,
    by_definition,
    explain,
    measured_gradient,
    noise,
    small,
    true_gradient,
)
from tests.core.models.networks import images, varied_classifier

HEADS = ("linear", "mlp", "conv")
SIGNED = ("gradcam", "gradcam++", "xgradcam")


@settings(max_examples=60, deadline=None)
@given(
    head=st.sampled_from(HEADS),
    method=st.sampled_from(CHANNEL_METHODS),
    closed_form=st.booleans(),
    count=st.integers(1, 3),
    channels=st.integers(1, 5),
    classes=st.integers(1, 4),
    rows=st.integers(1, 5),
    columns=st.integers(1, 5),
    seed=st.integers(0, 1000),
)
def test_maps_are_their_definition(
    head: str,
    method: str,
    closed_form: bool,
    count: int,
    channels: int,
    classes: int,
    rows: int,
    columns: int,
    seed: int,
) -> None:
    net = small(head, channels, classes, seed)
    x = noise(count, rows, columns, seed)
    found = explain(net.parts(), x, method, closed_form=closed_form)
    assert found.shape == (count, classes, rows, columns)
    with torch.no_grad():
        z = net.conv(x)
    for target in range(classes):
        expected = by_definition(method, true_gradient(net.head, z, target), z)
        assert torch.allclose(found[:, target], expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("method", CHANNEL_METHODS)
@pytest.mark.parametrize("head", HEADS)
def test_maps_are_their_definition_by_finite_differences(head: str, method: str) -> None:
    net = small(head)
    x = noise(2, 4, 3)
    found = explain(net.parts(), x, method)
    with torch.no_grad():
        z = net.conv(x)
    for target in range(3):
        expected = by_definition(method, measured_gradient(net.head, z, target), z)
        assert torch.allclose(found[:, target], expected, atol=1e-7)


def narrow_vgg() -> nn.Module:
    """VGG with a narrow classifier: the same layers, of which float64 needs no gigabyte."""
    net = torchvision_classifier("vgg11", 3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        net.classifier = nn.Sequential(
            nn.Linear(25088, 16),
            nn.ReLU(inplace=True),
            nn.Dropout(0.5),
            nn.Linear(16, 16),
            nn.ReLU(inplace=True),
            nn.Dropout(0.5),
            nn.Linear(16, 3),
        )
        for module in net.features:
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)
    return net


@pytest.mark.parametrize("arch", ["resnet18", "squeezenet1_1", "vgg11"])
def test_networks_agree_with_finite_differences(arch: str) -> None:
    net = (narrow_vgg() if arch == "vgg11" else varied_classifier(arch, 3)).double().eval()
    side = {"resnet18": 33, "squeezenet1_1": 33, "vgg11": 32}[arch]
    x = images(1, side, side).double()
    parts = take_apart(net)
    with torch.no_grad():
        z = parts.features(x)
    g = measured_gradient(parts.logits, z, 1)
    for method in CHANNEL_METHODS:
        expected = by_definition(method, g, z)
        scale = float(expected.max())
        assert scale > 0
        for closed_form in (True, False):
            found = attribute(net, x, method, classes=1, closed_form=closed_form)[:, 0]
            assert float((found - expected).abs().max()) < 1e-5 * scale


def third_order_map(logits: nn.Module, z: Tensor, target: int) -> Tensor:
    """Grad-CAM++ by its derivation: derivatives of exp(logit), taken cell by cell (B = 1)."""
    leaf = z.detach().clone().requires_grad_()
    score = logits(leaf * 1)[0, target].exp()
    (first,) = torch.autograd.grad(score, leaf, create_graph=True)
    alpha = torch.zeros_like(z)
    for index in torch.cartesian_prod(*map(torch.arange, z.shape[1:])).view(-1, 3).tolist():
        at = (0, *index)
        (second,) = torch.autograd.grad(first[at], leaf, create_graph=True)
        (third,) = torch.autograd.grad(second[at], leaf, retain_graph=True)
        under = 2 * second[at] + z[0, index[0]].sum() * third[at]
        alpha[at] = second[at].detach() / under.detach() if float(first[at].detach()) > 0 else 0
    weights = (alpha * first.detach().relu()).sum(dim=(2, 3))
    return torch.einsum("bd,bdhw->bhw", weights, z).relu()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("head", HEADS)
def test_gradcampp_has_the_weights_of_third_order_derivatives(head: str, seed: int) -> None:
    net = small(head, channels=3, seed=seed)
    x = noise(1, 3, 2, seed)
    found = explain(net.parts(), x, "gradcam++")
    with torch.no_grad():
        z = net.conv(x)
    compared = 0
    for target in range(3):
        expected = third_order_map(net.head, z, target)
        if float(expected.max()) > 0:
            scaled = found[:, target] / found[:, target].max()
            assert torch.allclose(scaled, expected / expected.max(), rtol=1e-9, atol=1e-12)
            compared += 1
        else:
            assert float(found[:, target].max()) == 0
    assert compared


@pytest.mark.parametrize("closed_form", [True, False])
def test_a_dead_channel_weighs_nothing(closed_form: bool) -> None:
    net = small("linear")
    with torch.no_grad():
        net.conv[0].weight[1] = 0
        net.conv[0].bias[1] = -1
        assert float(net.conv(noise(2, 4, 4))[:, 1].max()) == 0
    for method in CHANNEL_METHODS:
        found = explain(net.parts(), noise(2, 4, 4), method, closed_form=closed_form)
        assert bool(found.isfinite().all())


@pytest.mark.parametrize("method", SIGNED)
@pytest.mark.parametrize("head", HEADS)
def test_signed_leaves_out_the_last_relu(head: str, method: str) -> None:
    net = small(head, seed=1)
    x = noise(2, 4, 4)
    signed = explain(net.parts(), x, method, signed=True)
    assert torch.equal(signed.relu(), explain(net.parts(), x, method))
    if method != "gradcam++":
        assert float(signed.min()) < 0


def test_closed_forms_take_no_gradient(monkeypatch: pytest.MonkeyPatch) -> None:
    net = small("linear")

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a backward pass")

    monkeypatch.setattr(torch.autograd, "grad", refuse)
    for method in CHANNEL_METHODS:
        explain(net.parts(), noise(1, 4, 4), method)
        with pytest.raises(AssertionError, match="a backward pass"):
            explain(net.parts(), noise(1, 4, 4), method, closed_form=False)


@pytest.mark.parametrize("head", HEADS)
def test_backbone_and_parameters_stay_out_of_the_graph(head: str) -> None:
    net = small(head)
    parts = net.parts()
    request = Request(parts, noise(2, 4, 4), [0, 2], parts.forward)
    with torch.no_grad():
        graph = head_graph(request, request.images, parts.softmax, "softmax")
    assert graph.scores.shape == (2, 2)
    found, nodes = [], [graph.scores.grad_fn]
    while nodes:
        node = nodes.pop()
        if hasattr(node, "variable"):
            found.append(node.variable)
        nodes += [parent for parent, _ in node.next_functions if parent is not None]
    assert len(found) == 1
    assert found[0] is graph.leaf


@pytest.mark.parametrize("head", HEADS)
def test_all_classes_come_from_one_pass_and_one_backward(
    head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = small(head, classes=5)
    calls = {"features": 0, "head": 0, "backward": 0}
    count = Listener(lambda _out: calls.update(head=calls["head"] + 1))
    net.conv.register_forward_hook(lambda *_: calls.update(features=calls["features"] + 1))
    net.head.register_forward_hook(count)
    grad = torch.autograd.grad

    def counted(*args: object, **kwargs: object) -> object:
        calls["backward"] += 1
        return grad(*args, **kwargs)

    monkeypatch.setattr(torch.autograd, "grad", counted)
    explain(net.parts(), noise(2, 4, 4), "gradcam++", closed_form=False)
    assert calls == {"features": 1, "head": 1, "backward": 1}


@pytest.mark.parametrize("head", HEADS)
def test_little_memory_takes_classes_and_images_one_by_one(head: str) -> None:
    net = small(head)
    x = noise(3, 4, 4)
    for method in CHANNEL_METHODS:
        found = explain(net.parts(), x, method, memory=1, closed_form=False)
        assert torch.allclose(found, explain(net.parts(), x, method, closed_form=False))


def test_a_head_of_unknown_layers_is_explained_class_by_class() -> None:
    net = small("linear")
    net.head.append(nn.Softmax(dim=1))
    assert not net.branch().rows
    net.linear = None
    x = noise(2, 4, 4)
    with torch.no_grad():
        z = net.conv(x)
    found = explain(net.parts(), x, "gradcam", [2, 0])
    for place, target in enumerate((2, 0)):
        expected = by_definition("gradcam", true_gradient(net.head, z, target), z)
        assert torch.allclose(found[:, place], expected)


@pytest.mark.parametrize("head", ["mlp", "conv"])
def test_a_few_classes_need_their_own_rows_alone(head: str) -> None:
    net = small(head, classes=6)
    x = noise(2, 4, 4)
    every = explain(net.parts(), x, "layercam")
    assert torch.allclose(explain(net.parts(), x, "layercam", [4, 1, 4]), every[:, [4, 1, 4]])


@pytest.mark.parametrize("method", CHANNEL_METHODS)
def test_a_head_may_change_its_input_in_place(method: str) -> None:
    net = small("mlp")
    net.head.insert(0, nn.Hardtanh(-0.3, 0.3, inplace=True))
    x = noise(2, 4, 4)
    with torch.no_grad():
        z = net.conv(x)
    assert float(z.max()) > 0.3
    found = explain(net.parts(), x, method)
    for target in range(3):
        expected = by_definition(method, true_gradient(net.head, z, target), z)
        assert torch.allclose(found[:, target], expected, atol=1e-12)


@pytest.mark.parametrize("after", [0, 1, 3])
def test_every_class_group_asks_whether_to_go_on(after: int) -> None:
    net = small("mlp", classes=4)
    parts = net.parts()
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > after

    request = Request(parts, noise(1, 4, 4), [0, 1, 2, 3], parts.forward, 1, None, cancelled)
    from softcam_core.explain.feature_maps import layercam

    with torch.no_grad(), pytest.raises(CancelledError):
        layercam(request)
    assert len(asked) == after + 1


# The sigmoid branch of a dual-branch model


def test_of_a_linear_sigmoid_head_all_maps_agree_up_to_a_factor() -> None:
    net, second = small("linear"), small("linear", seed=5)
    x = noise(2, 5, 4)
    parts = net.parts(second.branch())
    cam = explain(parts, x, "cam")
    assert float(cam.min()) >= 0
    weight = second.linear.weight.detach()
    with torch.no_grad():
        z = net.conv(x)
    expected = torch.einsum("cd,bdhw->bcdhw", weight.clamp(min=0), z).mean(dim=2)
    assert torch.allclose(cam, expected)
    for method in ("gradcam", "xgradcam", "layercam"):
        for closed_form in (True, False):
            found = explain(parts, x, method, closed_form=closed_form)
            # cam is a mean over channels, the others have gradients of a mean over cells
            assert torch.allclose(found * (5 * 4) / 4, cam)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("method", CHANNEL_METHODS)
def test_the_sigmoid_branch_is_explained_with_clamped_weights(method: str, head: str) -> None:
    net, second = small(head), small(head, seed=5)
    x = noise(2, 5, 4)
    parts = net.parts(second.branch())
    with torch.no_grad():
        z = net.conv(x)
    for closed_form in (True, False):
        found = explain(parts, x, method, closed_form=closed_form)
        assert torch.equal(
            found, explain(parts, x, method, closed_form=closed_form, branch="sigmoid")
        )
        for target in range(3):
            g = true_gradient(second.head, z, target)
            expected = by_definition(method, g, z, clamp=True)
            assert torch.allclose(found[:, target], expected, atol=1e-12)
        softmax = explain(parts, x, method, closed_form=closed_form, branch="softmax")
        own = explain(net.parts(), x, method, closed_form=closed_form)
        assert torch.equal(softmax, own)
        assert not torch.allclose(softmax, found)


def test_a_branch_that_is_not_there_is_one_sentence() -> None:
    parts = small("linear").parts()
    for method in ("cam", *CHANNEL_METHODS):
        with pytest.raises(MethodError, match="dual-branch"):
            explain(parts, noise(1, 4, 4), method, branch="sigmoid")
        with pytest.raises(ValueError, match="branch: expected one of auto"):
            explain(parts, noise(1, 4, 4), method, branch="both")
