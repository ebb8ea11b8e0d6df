"""Guided backpropagation: its rule holds at every ReLU, however that is called."""

import warnings
from collections.abc import Callable
from copy import deepcopy

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from softcam_core.explain import MethodError, attribute, available_methods
from softcam_core.explain.attribution import check_applies
from softcam_core.explain.layers import whole_model
from softcam_core.explain.parts import Parts
from softcam_core.explain.pixels.guided import needs_relu
from tests.core.explain.pixels.pixel_nets import (
    GuidedReLU,
    GuidedRule,
    gradient,
    guided_copy,
    mixed,
    network,
    photos,
)

METHOD = "guided_backprop"


def same(found: Tensor, expected: Tensor) -> bool:
    scale = float(expected.abs().max())
    assert scale > 0
    return float((found - expected).abs().max()) <= 1e-10 * scale


@pytest.mark.parametrize("arch", ["resnet18", "mobilenet_v2", "squeezenet1_1", "densenet121"])
def test_it_is_the_rule_at_every_module_relu_reused_or_in_place(arch: str) -> None:
    net = network(arch)
    x = photos(2, 40, 48)
    if arch == "densenet121":
        # Its last ReLU is a function.
        guided = guided_copy(net)

        def whole(z: Tensor) -> Tensor:
            z = GuidedRule.apply(guided.features(z), 0.0, torch.inf)
            return guided.classifier(z.mean(dim=(2, 3)))

        forward: Callable[[Tensor], Tensor] = whole
    else:
        forward = guided_copy(net)
    found = attribute(net, x, METHOD, [0, 2])
    assert found.shape == (2, 2, 40, 48)
    for place, target in enumerate((0, 2)):
        assert same(found[:, place], gradient(forward, x, target).sum(dim=1))
        # captum's is the plain gradient for MobileNet's ReLU6, and fails on in-place ReLU.
        assert not torch.allclose(found[:, place], gradient(net, x, target).sum(1), rtol=0.1)


@pytest.mark.parametrize("arch", ["googlenet", "inception_v3"])
def test_it_is_the_rule_at_every_functional_relu(
    arch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    net = network(arch)
    x = photos(1, 80, 75)
    plain = gradient(net, x, 1)
    found = attribute(net, x, METHOD, 1)[:, 0]
    with monkeypatch.context() as patch:
        patch.setattr(F, "relu", lambda x, inplace=False: GuidedRule.apply(x, 0.0, torch.inf))
        assert same(found, gradient(net, x, 1).sum(dim=1))
    assert not torch.allclose(found, plain.sum(dim=1), rtol=0.1)
    if arch == "googlenet":
        peer = pytest.importorskip("captum.attr")
        with pytest.warns(UserWarning, match="hooks"):
            theirs = peer.GuidedBackprop(net).attribute(x.clone().requires_grad_(), target=1)
        assert torch.allclose(theirs, plain)  # so it is no oracle here


def test_captum_agrees_where_relus_are_modules_used_once_and_out_of_place() -> None:
    peer = pytest.importorskip("captum.attr")
    net = network("squeezenet1_1")
    x = photos(2, 48, 40)
    found = attribute(net, x, METHOD)
    plain = deepcopy(net)
    for module in plain.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
    for target in range(3):
        with pytest.warns(UserWarning, match="hooks"):
            theirs = peer.GuidedBackprop(plain).attribute(x.clone().requires_grad_(), target=target)
        assert same(found[:, target], theirs.detach().sum(dim=1))


def test_every_way_to_call_a_relu_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    net = mixed()
    x = photos(2, 14, 11)
    found = attribute(net, x, METHOD)

    def rule(x: Tensor, low: float = 0.0, high: float = torch.inf) -> Tensor:
        return GuidedRule.apply(x, low, high)

    def forward(x: Tensor) -> Tensor:
        """What `Mixed` does, with the oracle in every place."""
        z = rule(net.norm(net.first(x)))
        z = rule(net.second(z) * net.scale)
        z = z + rule(net.third(z) - 0.1)
        z = z + rule(3 * z - 0.2) + rule(0.1 - z)
        y = rule((z - 0.3) * 4)
        z = z + rule(y, 0.0, 6.0) - y / 2
        z = z + rule(z - 0.2)
        z = z + rule(z * 2, 0.0, 6.0) + rule(z - 0.5, 0.0, 2.0) + rule(z - 0.4)
        z = torch.cat([z, rule(z - 1)], dim=1).view(len(z), 2, -1).mean(dim=1)
        return net.fc(z.view(len(z), 4, -1).mean(dim=2))

    with torch.no_grad():
        assert torch.allclose(forward(x), net(x))
    for target in range(3):
        assert same(found[:, target], gradient(forward, x, target).sum(dim=1))


def replaced(relu: Callable[[Tensor], Tensor]) -> nn.Module:
    """A network with one module ReLU and another activation of any kind."""

    class Two(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            torch.manual_seed(0)
            self.first, self.second = nn.Conv2d(3, 4, 3), nn.Conv2d(4, 4, 3)
            self.relu, self.fc = nn.ReLU(), nn.Linear(4, 3)

        def forward(self, x: Tensor) -> Tensor:
            z = self.second(relu(self.first(x)))
            return self.fc(self.relu(z).mean(dim=(2, 3)))

    return Two().double().eval()


RELUS: dict[str, Callable[[Tensor], Tensor]] = {
    "x.clip": lambda z: z.clip(min=0),
    "clip": lambda z: torch.clip(z, 0.0),
    "x.clip_": lambda z: z.clip_(0),
    "clip_": lambda z: torch.clip_(z, 0),
    "maximum": lambda z: torch.maximum(z, torch.zeros((), dtype=z.dtype)),
    "x.maximum": lambda z: torch.zeros_like(z).maximum(z),
    "max": lambda z: torch.max(z, torch.zeros_like(z)),
    "x.max": lambda z: z.max(other=torch.zeros_like(z[:1])),
    "fmax": lambda z: torch.fmax(z, z.new_zeros(4, 1, 1)),
    "clamp to a tensor": lambda z: z.clamp(min=torch.tensor(0.0, dtype=z.dtype)),
    "F.threshold": lambda z: F.threshold(z, 0.0, 0.0),
    "F.threshold in place": lambda z: F.threshold(z, 0, 0, inplace=True),
    "threshold": lambda z: torch.threshold(z, 0, 0),
    "threshold_": lambda z: torch.threshold_(z, 0, 0),
    "nn.Threshold": nn.Threshold(0, 0, inplace=True),
    "aten.relu": lambda z: torch.ops.aten.relu(z),
    "aten.relu_": lambda z: torch.ops.aten.relu_(z),
}


@pytest.mark.parametrize("name", RELUS)
def test_rarer_ways_to_call_a_relu_count(name: str) -> None:
    x = photos(2, 12, 10)
    expected = attribute(replaced(F.relu), x, METHOD)
    plain = gradient(replaced(F.relu), x, 0).sum(dim=1)
    assert not torch.allclose(expected[:, 0], plain, rtol=0.1)
    assert same(attribute(replaced(RELUS[name]), x, METHOD), expected)


OTHERS: dict[str, Callable[[Tensor], Tensor]] = {
    "threshold at 0.1": lambda z: F.threshold(z, 0.1, 0.0),
    "threshold to -1": lambda z: F.threshold(z, 0.0, -1.0),
    "maximum of two": lambda z: torch.maximum(z, -2 * z),
    "maximum with what is 0 here": lambda z: torch.maximum(z, 0 * z),
    "maximum with 0.1": lambda z: torch.maximum(z, torch.full_like(z, 0.1)),
    "largest value": lambda z: z * z.max(),
    "largest of a dimension": lambda z: z * z.max(dim=1, keepdim=True).values,
    "largest of dimension 1": lambda z: z * torch.max(z, 1, True)[0],
    "maximum with more axes": lambda z: torch.maximum(z, z.new_zeros(1, 1, 1, 1, 1))[0],
    "clip between": lambda z: z.clip(-2, 2) * 3,
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_resembles_a_relu_keeps_its_gradient(name: str) -> None:
    net = replaced(OTHERS[name])
    x = photos(1, 12, 10)
    expected = gradient(guided_copy(net), x, 1).sum(dim=1)
    assert same(attribute(net, x, METHOD, 1)[:, 0], expected)


@pytest.mark.parametrize("how", ["whole", "one ReLU", "traced", "function"])
def test_a_scripted_network_is_one_sentence(how: str) -> None:
    x = photos(1, 12, 10)
    net = replaced(F.relu)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        if how == "whole":
            net = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Conv2d(4, 3, 3), Mean()).double()
            net = torch.jit.script(net)
        elif how == "one ReLU":
            net.relu = torch.jit.script(nn.ReLU())
        elif how == "traced":
            net = torch.jit.trace(net, x)
        else:
            net = replaced(torch.jit.trace(lambda z: z.relu(), torch.ones(2)))
    with pytest.raises(MethodError, match="cannot reach the ReLUs of a scripted") as error:
        attribute(net, x, METHOD)
    assert str(error.value).count(".") == 1


def test_by_hand() -> None:
    net = nn.Sequential(nn.Conv2d(3, 2, 1, bias=False), nn.ReLU(), nn.Conv2d(2, 1, 1), Mean())
    with torch.no_grad():
        net[0].weight[:] = torch.tensor([[1.0, 2, 3], [4, 5, 6]])[:, :, None, None]
        net[2].weight[:] = torch.tensor([[2.0, -7]])[:, :, None, None]
    x = torch.tensor([[1.0, -1], [1, -1], [1, -1]])[None, :, None]
    # The second channel's gradient is negative, the second pixel's activations are: both stop.
    expected = torch.tensor([[[[2 * (1 + 2 + 3) / 2, 0.0]]]])
    assert torch.equal(attribute(net, x, METHOD), expected)


class Mean(nn.Module):
    def forward(self, z: Tensor) -> Tensor:
        return z.mean(dim=(2, 3))


# Which networks


@pytest.mark.parametrize("arch", ["convnext_tiny", "efficientnet_b0", "swin_t"])
def test_a_network_without_relu_is_one_sentence(arch: str) -> None:
    net = network(arch).float().train()
    for explain in (
        lambda: attribute(net, photos(1, 64, 64).float(), METHOD),
        lambda: check_applies(net, METHOD),
    ):
        with pytest.raises(MethodError, match=r"needs ReLU activations, .*; choose") as error:
            explain()
        assert str(error.value).count(".") == 1
    assert METHOD not in available_methods(net)
    assert all(module.training for module in net.modules())


def test_a_mixed_network_has_the_rule_at_its_relus_alone() -> None:
    net = network("mobilenet_v3_small")
    x = photos(1, 48, 48)
    assert METHOD in available_methods(net)
    found = attribute(net, x, METHOD, 0)[:, 0]
    assert same(found, gradient(guided_copy(net), x, 0).sum(dim=1))


def test_functional_relus_are_found_before_anything_runs() -> None:
    net = network("googlenet").train()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    passes: list[int] = []
    net.inception3a.register_forward_pre_hook(lambda *_: passes.append(1))
    check_applies(net, METHOD)
    assert passes == []  # the first ReLU is enough
    assert all(torch.equal(before[name], value) for name, value in net.state_dict().items())
    assert all(module.training for module in net.modules())


class Gate(nn.Module):
    """A ReLU that no pass may ever meet, or only one of a certain size."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 2, 1)
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        if x.shape[2] != self.size:
            raise ValueError("another size")
        return self.conv(x).mean(dim=(2, 3))


def test_a_network_that_no_probe_fits_is_refused_by_the_pass_itself() -> None:
    with pytest.raises(MethodError, match="needs ReLU"):
        attribute(Gate(17), photos(1, 17, 17).float(), METHOD)


def test_the_probe_runs_once_for_a_model(monkeypatch: pytest.MonkeyPatch) -> None:
    net = nn.Sequential(nn.Conv2d(3, 2, 1), nn.GELU(), Mean())
    passes: list[int] = []
    net[0].register_forward_pre_hook(lambda *_: passes.append(1))
    x = photos(1, 8, 8).float()
    for _ in range(2):
        with pytest.raises(MethodError):
            attribute(net, x, METHOD)
    # One probe, and one pass of each call to learn the number of classes.
    assert len(passes) == 3


def test_a_threshold_is_a_relu_at_zero_alone() -> None:
    for threshold, value in ((0.5, 0.0), (0.0, -1.0)):
        net = nn.Sequential(nn.Conv2d(3, 2, 1), nn.Threshold(threshold, value), Mean())
        with pytest.raises(MethodError, match="needs ReLU"):
            needs_relu(whole_model(net, photos(1, 8, 8).float()))
    net[1].value = 0.0
    needs_relu(whole_model(net, photos(1, 8, 8).float()))


def test_parts_made_by_hand_go_without_a_probe() -> None:
    needs_relu(Parts(lambda x: x, lambda z: z, None, None, 1))


def test_progress_counts_images_and_batches_change_nothing() -> None:
    net = network("squeezenet1_1")
    x = photos(3, 48, 48)
    steps: list[tuple[int, int]] = []
    maps = attribute(net, x, METHOD, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (3, 3)]
    for image in range(3):
        assert same(maps[image : image + 1], attribute(net, x[image : image + 1], METHOD))


def test_the_oracle_differs_from_the_plain_gradient() -> None:
    relu = GuidedReLU()
    x = torch.tensor([[1.0, -1.0, 2.0]], requires_grad=True)
    (found,) = torch.autograd.grad((relu(x) * torch.tensor([-1.0, 1, 1])).sum(), x)
    assert found.tolist() == [[0, 0, 1]]
