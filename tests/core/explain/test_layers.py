"""Any module's output can be explained, by its name, in any classifier."""

import threading
import warnings
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


def seen_through(net: nn.Module, z: Tensor, x: Tensor) -> Tensor:
    """Score-CAM of one image by its definition, a channel at a time: (1, C, h, w)."""
    scores = []
    for a in z[0]:
        span = a.max() - a.min()
        scaled = (a - a.min()) / span if span > 0 else torch.zeros_like(a)
        large = nn.functional.interpolate(scaled[None, None], size=x.shape[2:], mode="bilinear")
        scores.append(net(large * x)[0])
    return torch.einsum("dc,dhw->chw", torch.stack(scores).softmax(0), z[0]).relu()[None]


@pytest.mark.parametrize("layer", ["bn1", "layer1.1.bn2", "stem", "block"])
def test_an_output_that_is_changed_afterwards_is_explained_as_it_was(
    users: Users, layer: str
) -> None:
    """An in-place ReLU or sum comes after these."""
    net = users if layer in ("stem", "block") else varied_classifier("resnet18", 3).double()
    x = images(1, 32, 24).double()
    z, _ = gradients(net, layer, x)
    assert float(z.min()) < 0
    found = attribute(net, x, "scorecam", layer=layer)
    with torch.no_grad():
        assert torch.allclose(found, seen_through(net, z, x), rtol=1e-8, atol=1e-12)
    mixed = attribute(net, x, "opticam", 0, layer=layer, iterations=1, learning_rate=1e-9)
    assert torch.allclose(mixed[:, 0], z.mean(dim=1), atol=1e-7)


@pytest.mark.parametrize("number", range(6))
def test_the_middle_of_a_convnext_block_has_its_channels_last(number: int) -> None:
    net = nn.Sequential(varied_classifier("convnext_tiny", 3).double())
    x = images(1, 64, 96).double()
    layer = f"0.features.7.2.block.{number}"
    z, every = gradients(net, layer, x)
    if number:
        z, every = z.permute(0, 3, 1, 2), [g.permute(0, 3, 1, 2) for g in every]
    assert z.shape[2:] == (2, 3)
    found = attribute(net, x, "gradcam", layer=layer)
    for target, g in enumerate(every):
        assert torch.allclose(found[:, target], by_definition("gradcam", g, z), atol=1e-12)


def test_a_swin_transformer_is_known_inside_another_module() -> None:
    net = varied_classifier("swin_t", 3)
    x = images(1, 64, 96)
    for layer in ("norm", "features.5.1.mlp.1", "features.0.0", "permute"):
        expected = attribute(net, x, layer=layer)
        assert expected.shape[2:] in ((2, 3), (4, 6), (16, 24))
        assert torch.equal(attribute(nn.Sequential(net), x, layer=f"0.{layer}"), expected)


class Last(nn.Module):
    """A network that keeps its channels last, as timm's do in places."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 16, 4, stride=4)
        self.mix = nn.Linear(16, 16)
        self.act = nn.GELU()
        self.norm = nn.LayerNorm(16)
        self.pool = nn.AdaptiveAvgPool2d((2, 2))
        self.fc = nn.Linear(16 * 4, 3)

    def forward(self, x: Tensor) -> Tensor:
        z = self.norm(self.act(self.mix(self.conv(x).permute(0, 2, 3, 1))))
        return self.fc(self.pool(z.permute(0, 3, 1, 2)).flatten(1))


def test_channels_that_come_last_are_seen_or_refused() -> None:
    torch.manual_seed(0)
    net = Last().eval()
    for size in ((24, 24), (16, 40), (20, 12)):
        x = images(1, *size)
        cells = (size[0] // 4, size[1] // 4)
        for layer in ("conv", "mix", "norm"):
            assert attribute(net, x, layer=layer).shape[2:] == cells
        assert attribute(net, x, layer="pool").shape[2:] == (2, 2)
        for method in AT_LAYER:
            with pytest.raises(MethodError, match=r"'act' gives shape .* seem to come last"):
                attribute(net, x, method, layer="act")


class Tiles(nn.Module):
    """Cuts every image in four, as windows of attention do."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.fc = nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        tiles = self.conv(x.unfold(2, 4, 4).unfold(3, 4, 4).flatten(2, 3).transpose(1, 2)[0])
        return self.fc(tiles.mean(dim=(0, 2, 3)))[None]


def test_an_output_of_another_number_of_images_is_refused() -> None:
    with pytest.raises(MethodError, match=r"'conv' gives shape \(4, 4, 4, 4\)"):
        attribute(Tiles(), images(1, 8, 8), layer="conv")


def test_a_scripted_layer_and_a_layer_that_is_no_name_are_one_sentence() -> None:
    inner = nn.Sequential(nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        net = torch.jit.script(inner)
    with pytest.raises(MethodError, match="'0' is scripted"):
        attribute(net, images(1, 12, 12), layer="0")
    assert attribute(inner, images(1, 12, 12), layer="0").shape == (1, 4, 10, 10)
    with pytest.raises(MethodError, match="by its dotted name, a text"):
        attribute(inner, images(1, 12, 12), layer=inner[0])
