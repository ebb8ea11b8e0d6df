"""Equal maps are told from different ones, in the sense that each peer allows."""

import pytest
import torch
from torch import Tensor, nn

from softcam_core.bench import equality
from softcam_core.bench.equality import compare


@pytest.fixture
def maps() -> Tensor:
    return torch.rand(1, 3, 4, 5, generator=torch.Generator().manual_seed(0)) - 0.2


def test_a_factor_per_map_does_not_matter(maps: Tensor) -> None:
    factors = torch.tensor([1.0, 7.0, 1e-4])[:, None, None]
    same = compare("layercam", "torchcam", maps, maps * factors, "32")
    assert same.equal
    assert same.difference == pytest.approx(0, abs=1e-6)
    assert same.meaning == equality.SCALED


@pytest.mark.parametrize("change", [0.01, -0.01])
def test_one_wrong_cell_is_seen(maps: Tensor, change: float) -> None:
    other = maps.clone()
    other[0, 1, 2, 3] += change
    assert compare("gradcam", "torchcam", maps, other, "32").equal is False
    assert compare("gradcam", "torchcam", maps, other, "bf16").equal is True


def test_a_gradient_at_the_image_may_differ_a_little_more(maps: Tensor) -> None:
    other = maps + 0.004
    assert compare("guided_backprop", "captum", maps, other, "32").equal is True
    assert compare("guided_backprop", "captum", maps, other + 0.02, "32").equal is False
    assert compare("gradcam", "torchcam", maps, other, "32").equal is False


def test_the_sign_matters(maps: Tensor) -> None:
    assert compare("integrated_gradients", "captum", maps, -maps, "32").equal is False


def test_maps_for_display_are_compared_as_displayed(maps: Tensor) -> None:
    large = nn.functional.interpolate(maps.clamp_min(0), (32, 40), mode="bilinear")
    low, high = large.amin((2, 3), keepdim=True), large.amax((2, 3), keepdim=True)
    shown = (large - low) / (high - low)
    same = compare("gradcam", "grad-cam", maps, shown, "32")
    assert same.equal
    assert same.meaning == equality.DISPLAYED
    assert compare("gradcam", "grad-cam", maps.flip(-1), shown, "32").equal is False


def test_evidence_is_compared_with_the_logits_of_the_original(maps: Tensor) -> None:
    logits = maps.mean(dim=(2, 3))
    assert compare("evidence", "forward", maps, logits, "32").equal
    assert compare("evidence", "forward", maps, logits + 0.01, "32").equal is False


def test_a_map_of_another_shape_is_different(maps: Tensor) -> None:
    assert compare("gradcam", "torchcam", maps, maps[..., :3], "32").equal is False


def test_not_compared_is_not_called_equal(maps: Tensor) -> None:
    nothing = torch.zeros_like(maps)
    assert compare("gradcam", "torchcam", nothing, nothing, "32").equal is None
    assert compare("gradcam", "forward", maps, maps.mean(dim=(2, 3)), "32").equal is None
    other = compare("gradcam++", "torchcam", maps, maps, "32")
    assert (other.equal, other.meaning) == (None, equality.NO_ORACLE)
