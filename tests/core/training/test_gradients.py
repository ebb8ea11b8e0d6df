"""Gradients of the losses against differences, in float64; a zero map; released variants."""

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import Tensor

from softcam_core.training.augment import SCHEMES, augment, draw_matrix, jitter_colour
from softcam_core.training.loss import (
    balanced_bce,
    evidence_penalties,
    guidance_penalty,
    softcam_loss,
)

VARIANTS = [(r, p) for r in ("mean", "first_sample") for p in ("norm", "squared")]
shapes = st.tuples(st.integers(1, 3), st.integers(2, 4), st.integers(1, 3), st.integers(1, 3))


def evidence_of(shape: tuple[int, ...], seed: int) -> Tensor:
    """Numbers of a normal distribution, away from the corner of |A| at 0."""
    values = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    return (values + 0.1 * values.sign()).requires_grad_()


@pytest.mark.parametrize(("reduction", "ridge"), VARIANTS)
@settings(deadline=None, max_examples=15)
@given(shapes, st.integers(0, 2**20))
def test_penalties_have_the_gradient_of_their_differences(
    reduction: Any, ridge: Any, shape: tuple[int, ...], seed: int
) -> None:
    def penalties(evidence: Tensor) -> tuple[Tensor, Tensor]:
        return evidence_penalties(evidence, reduction=reduction, ridge=ridge)

    evidence = evidence_of(shape, seed)
    assert all(p.dtype == torch.float64 for p in penalties(evidence))
    assert torch.autograd.gradcheck(penalties, (evidence,))


@settings(deadline=None, max_examples=15)
@given(shapes, st.integers(0, 2**20))
def test_whole_losses_have_the_gradient_of_their_differences(
    shape: tuple[int, ...], seed: int
) -> None:
    evidence = evidence_of(shape, seed)
    rng = torch.Generator().manual_seed(seed)
    target = torch.randint(shape[1], shape[:1], generator=rng)
    lesions = torch.rand((shape[0], 6, 6), generator=rng) > 0.8
    drawn = torch.rand(shape[0], generator=rng) > 0.3

    def loss(maps: Tensor) -> Tensor:
        return softcam_loss(
            maps.mean((2, 3)),
            maps,
            target,
            l1=0.3,
            l2=0.2,
            guidance=0.7,
            lesions=lesions,
            drawn=drawn,
        ).total

    assert torch.autograd.gradcheck(loss, (evidence,))
    assert torch.autograd.gradcheck(lambda maps: balanced_bce(maps[..., 0, 0], target), (evidence,))


@pytest.mark.parametrize(("reduction", "ridge"), VARIANTS)
@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_a_zero_map_has_no_penalty_and_no_gradient(reduction, ridge, kind):
    """Alone, among others, and with the guidance: zero, never NaN."""
    evidence = torch.zeros(3, 2, 4, 4, dtype=kind)
    evidence[1] = 1.0
    evidence.requires_grad_()
    p1, p2 = evidence_penalties(evidence, reduction=reduction, ridge=ridge)
    guided = guidance_penalty(
        evidence, torch.tensor([0, 1, 1]), torch.zeros(3, 8, 8, dtype=torch.bool), torch.ones(3) > 0
    )
    (p1 + p2 + guided).backward()
    assert evidence.grad is not None
    assert evidence.grad.isfinite().all()
    assert not evidence.grad[0].any()
    assert not evidence.grad[2].any()
    nothing = evidence_penalties(evidence[:1].detach(), reduction=reduction, ridge=ridge)
    assert [float(penalty) for penalty in nothing] == [0.0, 0.0]


@settings(deadline=None, max_examples=25)
@given(shapes, st.integers(0, 2**20), st.floats(0.1, 9))
def test_penalties_scale_as_norms_do(shape: tuple[int, ...], seed: int, factor: float) -> None:
    evidence = evidence_of(shape, seed).detach()
    p1, p2 = evidence_penalties(evidence)
    q1, q2 = evidence_penalties(factor * evidence)
    assert float(q1) == pytest.approx(factor * float(p1))
    assert float(q2) == pytest.approx(factor * float(p2))
    squared = evidence_penalties(factor * evidence, ridge="squared")[1]
    assert float(squared) == pytest.approx(
        factor**2 * float(evidence_penalties(evidence, ridge="squared")[1])
    )
    cells = evidence[0].numel()
    assert float(p2) <= float(p1) * (1 + 1e-12) <= cells**0.5 * float(p2) * (1 + 1e-9)
    # The order of the images counts for the released reduction alone.
    assume(shape[0] > 1)
    turned = evidence_penalties(evidence.flip(0))
    assert [float(p) for p in turned] == pytest.approx([float(p1), float(p2)])
    first = evidence_penalties(evidence, reduction="first_sample")
    assert [float(p) for p in first] == [float(p) for p in evidence_penalties(evidence[:1])]


def drawn_angles(name: str, count: int = 4000) -> np.ndarray:
    """Angles in degrees of drawn rotations alone, None where there was none."""
    still = {"crop": 0.0, "horizontal": 0.0, "vertical": 0.0, "translate": 0.0}
    scheme = type(SCHEMES[name])(**{**vars(SCHEMES[name]), **still})
    rng = np.random.default_rng(0)
    matrices = [draw_matrix(scheme, (50, 50), rng) for _ in range(count)]
    return np.array(
        [np.nan if m is None else np.degrees(np.arctan2(m[0, 1], m[0, 0])) for m in matrices]
    )


@pytest.mark.parametrize(
    ("name", "share", "limit"), [("released-fundus", 0.5, 180), ("released-cxr", 1.0, 30)]
)
def test_released_rotations_are_even_between_their_ends(name, share, limit):
    angles = drawn_angles(name)
    turned = angles[~np.isnan(angles)]
    assert len(turned) / len(angles) == pytest.approx(share, abs=0.03)
    assert np.abs(turned).max() <= limit
    assert turned.min() < -0.98 * limit
    assert turned.max() > 0.98 * limit
    assert np.abs(turned).mean() == pytest.approx(limit / 2, rel=0.05)


@pytest.mark.parametrize("name", ["released-fundus", "released-cxr"])
def test_released_flips_are_tossed_for(name):
    still = {"crop": 0.0, "rotate": 0.0, "translate": 0.0}
    scheme = type(SCHEMES[name])(**{**vars(SCHEMES[name]), **still})
    rng = np.random.default_rng(0)
    found = [draw_matrix(scheme, (50, 50), rng) for _ in range(4000)]
    flips = np.array([(1, 1) if m is None else (m[0, 0], m[1, 1]) for m in found])
    assert (flips == -1).mean(0) == pytest.approx([0.5, 0.5], abs=0.03)
    # Each by itself: a quarter of the images is flipped both ways.
    assert (flips == -1).all(1).mean() == pytest.approx(0.25, abs=0.03)


def test_released_crops_of_the_fundus_have_the_authors_area_and_aspect():
    still = {"horizontal": 0.0, "vertical": 0.0, "rotate": 0.0, "translate": 0.0}
    scheme = type(SCHEMES["released-fundus"])(**{**vars(SCHEMES["released-fundus"]), **still})
    rng = np.random.default_rng(0)
    found = [draw_matrix(scheme, (500, 500), rng) for _ in range(3000)]
    cropped = np.array([(m[0, 0], m[1, 1]) for m in found if m is not None])
    assert len(cropped) / 3000 == pytest.approx(0.5, abs=0.03)
    area, aspect = 1 / cropped.prod(1), cropped[:, 1] / cropped[:, 0]
    # An area above 1 cannot be cut out: torchvision draws again.
    assert area.min() == pytest.approx(0.87, abs=0.01)
    assert area.max() == pytest.approx(1.0, abs=0.01)
    assert aspect.min() * 1.01 >= 0.7
    assert aspect.max() <= 1.3 * 1.01
    assert np.ptp(aspect) > 0.2


def test_released_shifts_are_a_fifth_of_the_side_at_most():
    still = {"crop": 0.0, "horizontal": 0.0, "vertical": 0.0, "rotate": 0.0}
    scheme = type(SCHEMES["released-fundus"])(**{**vars(SCHEMES["released-fundus"]), **still})
    rng = np.random.default_rng(0)
    found = [draw_matrix(scheme, (100, 200), rng) for _ in range(4000)]
    moved = np.array([m[:2, 2] for m in found if m is not None])
    assert len(moved) / 4000 == pytest.approx(0.5, abs=0.03)
    assert np.abs(moved).max(0) == pytest.approx([40, 20], rel=0.02)


def test_released_brightness_and_contrast_of_the_chest_reach_their_ends():
    flat = np.full((8, 8), 0.5, np.float32)
    halves = np.repeat(np.float32([0.4, 0.6]), 32).reshape(8, 8)
    rng = np.random.default_rng(0)
    levels = [float(jitter_colour(flat, SCHEMES["released-cxr"], rng)[0, 0]) for _ in range(2000)]
    assert min(levels) == pytest.approx(0.5 * 0.8, abs=2e-3)
    assert max(levels) == pytest.approx(0.5 * 1.1, abs=2e-3)
    ratios = []
    for _ in range(2000):
        changed = jitter_colour(halves, SCHEMES["released-cxr"], rng)
        # The spread over the mean knows nothing of the brightness.
        ratios.append(float(np.ptp(changed) / changed.mean()) / 0.4)
    assert min(ratios) == pytest.approx(0.8, abs=5e-3)
    assert max(ratios) == pytest.approx(1.4, abs=5e-3)
    same = [
        np.array_equal(augment(flat, SCHEMES["released-fundus"], np.random.default_rng(i)), flat)
        for i in range(50)
    ]
    assert not all(same)


def test_released_hue_of_the_fundus_turns_a_tenth_at_most():
    import cv2

    red = np.zeros((2, 2, 3), np.float32)
    red[..., 0] = 0.6
    rng = np.random.default_rng(0)
    turns = []
    for _ in range(2000):
        changed = jitter_colour(red, SCHEMES["released-fundus"], rng)
        turns.append(float(cv2.cvtColor(changed, cv2.COLOR_RGB2HSV)[0, 0, 0]))
    signed = (np.array(turns) + 180) % 360 - 180
    assert np.abs(signed).max() <= 36 + 1e-3
    assert signed.min() < -35
    assert signed.max() > 35
