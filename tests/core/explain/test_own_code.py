"""Users' own layers, hooks and forwards in a known network: what runs is what is explained."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrizations, prune

from softcam_core.errors import ModelError
from softcam_core.explain import attribute
from softcam_core.explain.class_rows import class_rows
from softcam_core.explain.identical import identical_groups
from softcam_core.explain.parts import known, may_differ
from softcam_core.models.build import build_model
from tests.core.explain.small import CHANNEL_METHODS, by_definition
from tests.core.models.networks import images, varied_classifier


class LowRank(nn.Linear):
    """A linear layer with an adapter, which its weight does not hold."""

    def __init__(self, inside: int, outside: int) -> None:
        super().__init__(inside, outside)
        self.down = nn.Parameter(torch.randn(2, inside))
        self.up = nn.Parameter(torch.randn(outside, 2))

    def forward(self, x: Tensor) -> Tensor:
        return super().forward(x) + x @ self.down.T @ self.up.T


class Cosine(nn.Linear):
    def forward(self, x: Tensor) -> Tensor:
        return 16 * functional.linear(functional.normalize(x), functional.normalize(self.weight))


class Bare(nn.Module):
    """Classes by a matrix of its own, stored the other way round."""

    def __init__(self) -> None:
        super().__init__()
        self.matrix = nn.Parameter(torch.randn(512, 3))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.matrix


class Noisy(nn.Dropout):
    """A dropout that does something in eval mode, too."""

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.linspace(-1, 2, x.shape[1], dtype=x.dtype)


def reweighed(_module: object, _inputs: object, out: Tensor) -> Tensor:
    return out * torch.tensor([1.0, -2.0, 3.0], dtype=out.dtype)


def own_forward(net: nn.Module) -> None:
    layer = net.fc
    layer.forward = lambda x: functional.linear(x, layer.weight**3)


def pruned(net: nn.Module) -> None:
    prune.l1_unstructured(net.fc, "weight", 0.5)


HEADS: dict[str, Callable[[nn.Module], object]] = {
    "adapter": lambda net: setattr(net, "fc", LowRank(512, 3)),
    "cosine": lambda net: setattr(net, "fc", Cosine(512, 3)),
    "own module": lambda net: setattr(net, "fc", Bare()),
    "hook": lambda net: net.fc.register_forward_hook(reweighed),
    "pre-hook": lambda net: net.fc.register_forward_pre_hook(lambda _m, given: (given[0] ** 2,)),
    "own forward": own_forward,
    "weight norm": lambda net: parametrizations.weight_norm(net.fc),
    "spectral norm": lambda net: parametrizations.spectral_norm(net.fc),
    "pruned": pruned,
    "prelu last": lambda net: setattr(net, "fc", nn.Sequential(nn.Linear(512, 3), nn.PReLU())),
    "norm last": lambda net: setattr(net, "fc", nn.Sequential(net.fc, nn.BatchNorm1d(3))),
    "own dropout": lambda net: setattr(net, "fc", nn.Sequential(Noisy(), nn.Linear(512, 3))),
    "max pooling": lambda net: setattr(net, "avgpool", nn.AdaptiveMaxPool2d(1)),
    "pooling hook": lambda net: net.avgpool.register_forward_hook(lambda _m, _i, out: out**2),
    "chain hook": lambda net: (
        setattr(net, "fc", nn.Sequential(nn.Linear(512, 3))),
        net.fc.register_forward_hook(reweighed),
    ),
}


def at_the_features(net: nn.Module, x: Tensor) -> tuple[Tensor, list[Tensor]]:
    """What layer4 gives, and the gradients of each logit there, by plain autograd."""
    kept: list[Tensor] = []
    handle = net.layer4.register_forward_hook(lambda _m, _i, out: kept.append(out))
    logits = net(x)
    handle.remove()
    return kept[0].detach(), [
        torch.autograd.grad(one.sum(), kept[0], retain_graph=True)[0] for one in logits.T
    ]


@pytest.mark.parametrize("kind", HEADS)
def test_a_head_of_the_users_own_is_explained_as_it_runs(kind: str) -> None:
    net = varied_classifier("resnet18", 3).double()
    torch.manual_seed(0)
    HEADS[kind](net)
    net.double().eval()
    x = images(2, 48, 64).double()
    z, every = at_the_features(net, x)
    assert len(every) == 3
    for method in CHANNEL_METHODS:
        found = attribute(net, x, method)
        assert found.shape[1] == 3
        for target, g in enumerate(every):
            expected = by_definition(method, g, z)
            # A ReLU, or a logit that nothing raises, may leave nothing.
            assert torch.allclose(found[:, target], expected, rtol=1e-7, atol=1e-12)
        assert torch.allclose(attribute(net, x, method, [2]), found[:, [2]], atol=1e-12)
    assert identical_groups(net) == []


def test_plain_heads_keep_their_closed_form_and_their_rows() -> None:
    net = varied_classifier("resnet18", 3)
    parts = known(net)
    assert parts is not None
    assert parts.linear is not None
    assert parts.outputs == 3
    assert not may_differ(net)
    assert len(class_rows(net.fc)) == 2
    assert class_rows(LowRank(4, 3)) == ()


@pytest.mark.parametrize("head", ["softcam", "blackbox", "dual-branch"])
def test_a_hook_on_the_last_layer_of_our_models_ends_the_closed_form(head: str) -> None:
    model = build_model("resnet18", ["a", "b"], head).eval()
    assert known(model).linear is not None
    for layer in model.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d) and layer.weight.shape[0] == 2:
            layer.register_forward_hook(lambda _m, _i, out: out * 2)
    parts = known(model)
    assert parts.linear is None
    assert parts.rows == ()
    assert parts.sigmoid is None or (parts.sigmoid.linear, parts.sigmoid.rows) == (None, ())


def test_a_hook_that_only_looks_changes_nothing() -> None:
    net = varied_classifier("resnet18", 3)
    x = images(2, 48, 48)
    expected = attribute(net, x)
    seen: list[Tensor] = []
    net.register_forward_hook(lambda _m, _i, out: seen.append(out))
    assert torch.equal(attribute(net, x), expected)
    assert seen


@pytest.mark.parametrize("how", ["pre-hook", "hook", "forward"])
def test_a_model_that_runs_other_code_needs_a_layer(how: str) -> None:
    net = varied_classifier("resnet18", 3).double()
    x = images(2, 48, 48).double()
    plain = attribute(net, x, "occlusion", window=24)
    if how == "pre-hook":
        net.register_forward_pre_hook(lambda _m, given: (given[0] * 0.5 + 0.1,))
    elif how == "hook":
        net.register_forward_hook(lambda _m, _i, out: -out)
    else:
        forward = net.forward
        net.forward = lambda x: forward(x.flip(3))
    with pytest.raises(ModelError, match=r"^This ResNet says something else[^.]*layer[^.]*\.$"):
        attribute(net, x)
    z, every = at_the_features(net, x)
    found = attribute(net, x, layer="layer4")
    for target, g in enumerate(every):
        assert torch.allclose(found[:, target], by_definition("gradcam", g, z), atol=1e-12)
    other = attribute(net, x, "occlusion", window=24)
    assert float((other - plain).abs().max()) > 1e-3
    if how == "hook":
        assert torch.allclose(other, -plain)
    assert attribute(net, x[:1], "scorecam", layer="conv1").shape == (1, 3, 24, 24)


def test_a_head_without_layers_is_one_sentence() -> None:
    net = varied_classifier("resnet18", 3)
    net.fc = nn.Identity()
    with pytest.raises(ModelError, match="no classification layer left"):
        attribute(net, images(1, 48, 48))
