"""Integrated gradients: complete, captum's at every pixel, within the memory."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain import attribute
from softcam_core.explain.attribution import attribution
from softcam_core.models.build import build_model
from tests.core.explain.pixels.pixel_nets import gradient, mixed, network, photos
from tests.core.models.networks import images

METHOD = "integrated_gradients"


def same(found: Tensor, expected: Tensor, tolerance: float = 1e-5) -> bool:
    scale = float(expected.abs().max())
    assert scale > 0
    return float((found - expected).abs().max()) <= tolerance * scale


@pytest.mark.parametrize("arch", ["resnet18", "squeezenet1_1", "convnext_tiny"])
def test_captum_gives_the_same(arch: str) -> None:
    peer = pytest.importorskip("captum.attr")
    # In float32 a ReLU near zero may open on one side only, since layouts round differently.
    net = network(arch)
    x = photos(2, 33, 36)
    steps = 50 if arch == "squeezenet1_1" else 6
    found = attribute(net, x, METHOD, [0, 2], steps=steps)
    assert found.shape == (2, 2, 33, 36)
    for place, target in enumerate((0, 2)):
        theirs = peer.IntegratedGradients(net).attribute(
            x, target=target, n_steps=steps, method="gausslegendre"
        )
        assert same(found[:, place], theirs.sum(dim=1))


@pytest.mark.parametrize("kind", ["softcam", "blackbox", "dual-branch"])
def test_a_map_sums_to_the_rise_of_the_softmax_logit(kind: str) -> None:
    net = build_model("squeezenet1_1", ["a", "b", "c"], kind).double().eval()
    x = photos(2, 40, 48)
    with torch.no_grad():
        rise = net(x).logits - net(torch.zeros_like(x)).logits
    found = attribute(net, x, METHOD, steps=100).sum(dim=(2, 3))
    assert torch.allclose(found, rise, rtol=0.02, atol=float(rise.abs().max()) * 0.02)


class Smooth(nn.Module):
    """A network without edges, for which quadrature is nearly exact."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.conv = nn.Conv2d(3, 5, 3)
        self.head = nn.Linear(5, 3)
        nn.init.normal_(self.head.weight)

    def forward(self, x: Tensor) -> Tensor:
        scores: Tensor = self.head(nn.functional.silu(self.conv(x)).mean(dim=(2, 3)))
        return scores


@settings(max_examples=20, deadline=None)
@given(count=st.integers(1, 3), rows=st.integers(3, 12), columns=st.integers(3, 12))
def test_it_is_complete_for_a_smooth_network(count: int, rows: int, columns: int) -> None:
    net = Smooth()
    x = images(count, rows, columns)
    with torch.no_grad():
        rise = net(x) - net(torch.zeros_like(x))
    found = attribute(net, x, METHOD)
    assert found.dtype == torch.float32
    assert torch.allclose(found.sum((2, 3)), rise, rtol=1e-3, atol=1e-4 * float(rise.abs().max()))


def test_it_is_a_plain_sum_over_the_nodes() -> None:
    net = mixed()
    x = photos(2, 12, 10)
    nodes, weights = np.polynomial.legendre.leggauss(7)
    expected = torch.zeros(2, 12, 10, dtype=torch.float64)
    for node, weight in zip(nodes, weights, strict=True):
        expected += weight / 2 * (x * gradient(net, x * (node + 1) / 2, 1)).sum(dim=1)
    assert same(attribute(net, x, METHOD, 1, steps=7)[:, 0], expected, 1e-10)


def test_chunks_batches_and_classes_change_nothing() -> None:
    net = network("squeezenet1_1")
    x = photos(2, 33, 33)
    seen: list[tuple[int, int]] = []
    whole = attribute(net, x, METHOD, steps=6, progress=lambda *step: seen.append(step))
    assert seen == [(1, 12), (12, 12)]
    seen.clear()
    small = attribute(
        net, x, METHOD, steps=6, memory_mb=0, progress=lambda *step: seen.append(step)
    )
    assert seen == [(done, 12) for done in range(1, 13)]
    assert same(small, whole, 1e-12)
    alone = attribute(net, x[1:], METHOD, [2, 2, 0], steps=6)
    assert same(alone, whole[1:, [2, 2, 0]], 1e-12)


def test_it_is_cancelled_between_backward_passes() -> None:
    net = network("squeezenet1_1")
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2  # at the beginning, and after the first class

    passes: list[int] = []
    handle = net.features.register_forward_hook(lambda *_: passes.append(1))
    with pytest.raises(CancelledError):
        attribute(net, photos(1, 33, 33), METHOD, cancelled=cancelled)
    handle.remove()
    assert passes == [1]


def test_bfloat16_gives_float32_maps_that_resemble() -> None:
    net = network("squeezenet1_1").float()
    x = photos(1, 48, 48).float()
    found = attribution(net, x, METHOD, 0, steps=3, precision="bf16").maps
    assert found.dtype == torch.float32
    full = attribute(net, x, METHOD, 0, steps=3)
    assert not torch.equal(found, full)
    assert nn.functional.cosine_similarity(found.ravel(), full.ravel(), dim=0) > 0.9


def test_steps_below_one_are_an_error() -> None:
    with pytest.raises(ValueError, match="steps: expected at least 1, got 0"):
        attribute(mixed(), photos(1, 8, 8), METHOD, steps=0)
