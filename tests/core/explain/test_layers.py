"""Any module's output can be explained, by its name, in any classifier."""

import threading
from typing import NamedTuple

import pytest
import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.explain import MethodError, attribute, attribution
from softcam_core.explain.registry import REGISTRY
from softcam_core.models.build import build_model
from tests.core.explain.small import CHANNEL_METHODS, by_definition
from tests.core.models.networks import bits, changed, images, varied_classifier

AT_LAYER = [name for name, row in REGISTRY.items() if row.at_layer]


class Output(NamedTuple):
    logits: Tensor
    evidence: Tensor | None


class Users(nn.Module):
    """A network of nobody's but its user's: in-place, residual, one module used twice."""

    def __init__(self, named: bool = False) -> None:
        super().__init__()
        self.stem = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.block = nn.Sequential(nn.Conv2d(6, 6, 3, padding=1), nn.BatchNorm2d(6))
        self.act = nn.ReLU(inplace=True)
        self.last = nn.Conv2d(6, 5, 3, padding=1)
        self.hidden = nn.Linear(5 * 4, 7)
        self.fc = nn.Linear(7, 3)
        self.spare = nn.Conv2d(6, 6, 1)
        self.named = named
        self.grown: list[bool] = []

    def forward(self, x: Tensor) -> Tensor | Output:
        x = self.act(self.stem(x))
        x = self.act(x + self.block(x))
        self.grown.append(x.requires_grad)
        x = self.last(x).relu_()
        x = nn.functional.adaptive_avg_pool2d(x, 2).flatten(1)
        logits = self.fc(torch.tanh(self.hidden(x)))
        return Output(logits, None) if self.named else logits


@pytest.fixture
def users() -> Users:
    torch.manual_seed(0)
    return Users().double().eval()


def gradients(model: nn.Module, layer: str, x: Tensor) -> tuple[Tensor, list[Tensor]]:
    """Output of a module and the gradients of each logit at it, by plain autograd."""
    kept: list[Tensor] = []

    def keep(_m: nn.Module, _i: object, out: Tensor) -> Tensor:
        kept.append(out)
        return out.clone()  # in-place layers come after it

    handle = model.get_submodule(layer).register_forward_hook(keep)
    try:
        out = model(x)
    finally:
        handle.remove()
    logits = out if isinstance(out, Tensor) else out.logits
    found = [
        torch.autograd.grad(logits[:, c].sum(), kept[0], retain_graph=True)[0]
        for c in range(logits.shape[1])
    ]
    return kept[0].detach(), found


@pytest.mark.parametrize("method", CHANNEL_METHODS)
@pytest.mark.parametrize("layer", ["stem", "block", "block.0", "last"])
def test_a_users_own_network_is_explained_at_a_layer(users: Users, layer: str, method: str) -> None:
    x = images(2, 12, 10).double()
    z, every = gradients(users, layer, x)
    found = attribute(users, x, method, layer=layer)
    for target, g in enumerate(every):
        expected = by_definition(method, g, z)
        assert float(expected.abs().max()) > 0
        assert torch.allclose(found[:, target], expected, rtol=1e-9, atol=1e-13)
    users.named = True
    assert torch.equal(attribute(users, x, method, layer=layer), found)
    assert torch.equal(attribute(users, x, method, [2, 0], layer=layer), found[:, [2, 0]])


def test_what_comes_before_the_layer_stays_out_of_the_graph(users: Users) -> None:
    users.grown.clear()
    attribute(users, images(1, 12, 12), layer="last")
    assert set(users.grown) == {False}
    attribute(users, images(1, 12, 12), layer="block")
    assert users.grown[-1]


@pytest.mark.parametrize("arch", ["resnet18", "squeezenet1_1"])
def test_the_layer_that_enters_pooling_gives_the_maps_of_no_layer(arch: str) -> None:
    net = varied_classifier(arch, 3)
    x = images(2, 64, 48)
    name = "layer4" if arch == "resnet18" else "features"
    for method in CHANNEL_METHODS:
        expected = attribute(net, x, method)
        found = attribute(net, x, method, layer=name)
        assert torch.allclose(found, expected, atol=1e-5 * float(expected.max()))


def test_captum_gives_the_same_gradcam_at_a_layer() -> None:
    captum = pytest.importorskip("captum.attr")
    net = varied_classifier("resnet18", 3)
    x = images(2, 64, 48)
    for layer in ("layer2", "layer3.0.conv1"):
        found = attribute(net, x, layer=layer)
        explainer = captum.LayerGradCam(net, net.get_submodule(layer))
        for target in range(3):
            theirs = explainer.attribute(x, target, relu_attributions=True).detach()
            scale = float(theirs.max())
            assert torch.allclose(found[:, target], theirs[:, 0], atol=1e-5 * scale)


def test_a_layer_of_our_models_may_go_by_torchvisions_name() -> None:
    model = build_model("resnet18", ["a", "b"]).eval()
    x = images(1, 64, 64)
    record = attribution.attribution(model, x, layer="backbone.layer3", classes="b")
    assert record.maps.shape == (1, 1, 4, 4)
    assert record.layer == "backbone.layer3"
    assert torch.equal(attribute(model, x, layer="layer3", classes="b"), record.maps)
    assert attribution.attribution(model, x).layer is None


def test_of_a_dual_branch_model_a_layer_explains_the_sigmoid_logits() -> None:
    model = build_model("squeezenet1_1", ["a", "b"], "dual-branch").eval()
    x = images(1, 64, 64)
    for method in CHANNEL_METHODS:
        for branch in ("auto", "softmax"):
            expected = attribute(model, x, method, branch=branch)
            found = attribute(model, x, method, layer="features", branch=branch)
            assert torch.allclose(found, expected, atol=1e-5 * float(expected.max()))


@pytest.mark.parametrize("method", AT_LAYER)
def test_every_method_of_feature_maps_takes_a_layer(users: Users, method: str) -> None:
    x = images(2, 12, 10).double()
    maps = attribute(users, x, method, layer="stem")
    assert maps.shape == (2, 3, 6, 5)
    with pytest.raises(ModelError, match=r"Users cannot be explained without the name of a layer"):
        attribute(users, x, method)


@pytest.mark.parametrize("method", [name for name in REGISTRY if name not in AT_LAYER])
def test_other_methods_take_no_layer(users: Users, method: str) -> None:
    with pytest.raises(MethodError, match=r"takes no layer.*gradcam"):
        attribute(users, images(1, 12, 12), method, layer="stem")


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("nothing", "no layer 'nothing'.*stem, block, act"),
        ("", "no layer ''"),
        ("act", "runs more than once"),
        ("spare", "does not run"),
        ("hidden", r"gives shape \(1, 7\)"),
    ],
)
def test_a_layer_that_cannot_be_explained_is_one_sentence(
    users: Users, layer: str, words: str
) -> None:
    before = bits(users)
    for method in AT_LAYER:
        with pytest.raises(MethodError, match=words):
            attribute(users, images(1, 12, 12), method, layer=layer)
    assert changed(users, before) == []


def test_another_threads_pass_is_left_alone(users: Users) -> None:
    """While this thread's hook stands, the same network runs in another thread."""
    x = images(1, 12, 12).double()
    expected = users(x).detach()
    found: list[Tensor] = []

    def other(*_: object) -> None:
        def run() -> None:
            with torch.no_grad():
                found.append(users(x))

        if threading.current_thread() is threading.main_thread():
            thread = threading.Thread(target=run)
            thread.start()
            thread.join()

    handle = users.fc.register_forward_hook(other)
    attribute(users, x, layer="block")
    handle.remove()
    assert found
    assert all(torch.equal(one, expected) and not one.requires_grad for one in found)
