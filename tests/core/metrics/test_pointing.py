"""Pointing game and mean IoU: the definitions written out, scikit-image, properties."""

import doctest
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from skimage.filters import threshold_otsu

from softcam_core.metrics import highest_pixel, mean_iou, pointing, pointing_game
from softcam_core.metrics.localization import UpsampledMap
from softcam_core.metrics.pointing import otsu_threshold
from tests.core.metrics import reference
from tests.core.metrics import reference_patches as slow
from tests.core.metrics.arrays import MAPS, MASKS

BOTH = (pointing_game, mean_iou)


def same(found: float, expected: float) -> bool:
    return found == pytest.approx(expected, abs=1e-9, nan_ok=True)


@settings(max_examples=120, deadline=None)
@given(image=MAPS, mask=MASKS, tolerance=st.sampled_from([0, 1, 1.5, 3, 15]))
def test_the_pointing_game_is_as_defined(image, mask, tolerance: float) -> None:
    exact = image.astype(np.float64)
    found = float(pointing_game(image[None], mask[None], tolerance)[0])
    assert same(found, slow.pointing(exact, mask, tolerance))
    assert highest_pixel(torch.from_numpy(image), mask.shape) == slow.highest(exact, mask.shape)


@settings(max_examples=120, deadline=None)
@given(image=MAPS, mask=MASKS)
def test_the_iou_is_as_defined(image, mask) -> None:
    exact = image.astype(np.float64)
    large = np.maximum(reference.upsample(exact, *mask.shape), 0)
    # A pixel on the threshold, or on the border of a bin, falls where rounding puts it.
    spread = large.max() - large.min()
    if spread > 0:
        places = (large - large.min()) / spread * 512
        if (
            spread < 1e-9
            or (np.abs(places - places.round()) < 1e-6)[(places > 1) & (places < 511)].any()
        ):
            return
    assert same(float(mean_iou(image[None], mask[None])[0]), slow.iou(exact, mask))


@pytest.mark.parametrize("seed", range(6))
def test_the_threshold_is_that_of_scikit_image(seed: int) -> None:
    image = np.random.default_rng(seed).normal(size=(5 + seed, 7)) ** 3
    large = np.maximum(reference.upsample(image, 60, 50), 0)
    scaled = (large - large.min()) / (large.max() - large.min())
    found = float(otsu_threshold(UpsampledMap(torch.from_numpy(image), (60, 50))))
    assert found == pytest.approx(threshold_otsu(scaled), abs=1e-9)
    mask = scaled > threshold_otsu(scaled)
    assert mean_iou(image[None], mask[None]).tolist() == [1]
    assert mean_iou(image[None], ~mask[None]).tolist() == [0]


# Properties


@settings(max_examples=60, deadline=None)
@given(image=MAPS, mask=MASKS, factor=st.sampled_from([2.0**-20, 0.25, 8.0, 2.0**30]))
def test_the_scale_of_a_map_changes_nothing(image, mask, factor: float) -> None:
    for metric in BOTH:
        scaled = metric(image[None].astype(np.float64) * factor, mask[None])
        assert same(float(scaled[0]), float(metric(image[None], mask[None])[0]))


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 1000))
def test_the_order_of_images_changes_nothing(order: list[int], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    maps = torch.randn(6, 4, 4, generator=generator)
    masks = torch.rand(6, 20, 20, generator=generator) > 0.9
    for metric in BOTH:
        assert torch.equal(metric(maps[order], masks[order]), metric(maps, masks)[order])


@settings(max_examples=40, deadline=None)
@given(image=MAPS, mask=MASKS, tolerance=st.floats(0, 20), more=st.floats(0, 5))
def test_a_wider_tolerance_loses_no_hit(image, mask, tolerance: float, more: float) -> None:
    narrow = float(pointing_game(image[None], mask[None], tolerance)[0])
    wide = float(pointing_game(image[None], mask[None], tolerance + more)[0])
    assert same(narrow, wide) or (narrow, wide) == (0, 1)


@settings(max_examples=40, deadline=None)
@given(image=MAPS, mask=MASKS)
def test_values_are_shares(image, mask) -> None:
    for metric in BOTH:
        value = float(metric(image[None], mask[None])[0])
        assert math.isnan(value) or 0 <= value <= 1
        if not mask.any():
            assert math.isnan(value)


# Single cases


def test_the_tolerance_is_a_distance_in_pixels() -> None:
    maps, masks = torch.zeros(1, 64, 64), torch.zeros(1, 64, 64, dtype=torch.bool)
    maps[0, 20, 30] = 1
    masks[0, 23, 34] = True
    for tolerance, hit in ((4.9, 0), (5, 1), (0, 0), (15, 1)):
        assert pointing_game(maps, masks, tolerance).tolist() == [hit]
    masks[0, 20, 30] = True
    assert pointing_game(maps, masks, 0).tolist() == [1]


def test_of_equal_pixels_the_first_counts() -> None:
    maps, masks = torch.zeros(1, 4, 8), torch.zeros(1, 64, 128, dtype=torch.bool)
    maps[0, 1:3, 2] = maps[0, 1:3, 5] = 1
    masks[0, 16:32, 32:48] = True
    assert pointing_game(maps, masks, 0).tolist() == [1]
    assert pointing_game(maps, masks.flip(1), 0).tolist() == [0]
    assert pointing_game(maps, masks.flip(2), 0).tolist() == [0]


def test_the_highest_pixel_of_a_map_below_zero_counts_too() -> None:
    maps = torch.full((1, 4, 4), -2.0)
    maps[0, 0, 0] = -1
    assert pointing_game(maps, LESION).tolist() == [1]
    assert mean_iou(maps, LESION).tolist() == [0]


def test_bands_of_rows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    maps, masks = torch.randn(2, 16, 12), torch.rand(2, 130, 77) > 0.7
    whole = [metric(maps, masks) for metric in BOTH]
    monkeypatch.setattr("softcam_core.metrics.upsample.BAND", 77 * 7)
    monkeypatch.setattr("softcam_core.metrics.upsample.STRIP", 10)
    for metric, expected in zip(BOTH, whole, strict=True):
        assert torch.allclose(metric(maps, masks), expected, rtol=0, atol=1e-12)


LESION = torch.zeros(1, 64, 64, dtype=torch.bool)
LESION[:, 8:24, 8:40] = True
NOTHING = torch.zeros_like(LESION)
ZERO = torch.zeros(1, 4, 4)
PEAK = torch.eye(4)[None]


@pytest.mark.parametrize(
    ("maps", "masks", "hit", "iou"),
    [
        (ZERO, LESION, math.nan, 0),
        (ZERO - 3, LESION, math.nan, 0),
        (ZERO + 3, LESION, math.nan, math.nan),
        (ZERO + 0.1, LESION, math.nan, math.nan),
        (PEAK, NOTHING, math.nan, math.nan),
        (ZERO, NOTHING, math.nan, math.nan),
        (ZERO + math.nan, LESION, math.nan, math.nan),
        (PEAK / PEAK, LESION, math.nan, math.nan),
        (ZERO + math.inf, LESION, math.nan, math.nan),
        (PEAK.double() * 1e-310, LESION, 1, None),
    ],
)
def test_undefined_is_nan(maps, masks, hit: float, iou: float | None) -> None:
    assert same(float(pointing_game(maps.double(), masks)[0]), hit)
    found = float(mean_iou(maps.double(), masks)[0])
    assert iou is None or same(found, iou)


def test_one_undefined_image_spoils_no_other() -> None:
    maps = torch.cat([ZERO + math.nan, PEAK, ZERO + 1])
    for metric in BOTH:
        found = metric(maps, LESION.expand(3, -1, -1))
        assert found.isnan().tolist() == [True, False, True]


# What goes in and out


@pytest.mark.parametrize("metric", BOTH)
def test_types(metric) -> None:
    maps, masks = torch.randn(3, 5, 4, requires_grad=True), torch.rand(3, 30, 41) > 0.5
    values = metric(maps, masks)
    assert values.dtype == torch.float64
    assert values.shape == (3,)
    assert not values.requires_grad
    array = metric(maps.detach().numpy(), masks.numpy().astype(np.uint8))
    assert torch.equal(array, values)
    assert metric(torch.zeros(0, 4, 4), torch.zeros(0, 8, 8, dtype=torch.bool)).shape == (0,)


@pytest.mark.parametrize("metric", BOTH)
def test_a_wrong_shape_names_argument_received_and_expected(metric) -> None:
    with pytest.raises(ValueError, match=r"^maps: expected shape \(N, h, w\), got \(4, 4\)"):
        metric(torch.zeros(4, 4), LESION)
    with pytest.raises(ValueError, match=r"^masks: expected shape .* N = 1, got \(2, 64, 64\)"):
        metric(ZERO, LESION.expand(2, -1, -1))


@pytest.mark.parametrize("tolerance", [-1, math.nan])
def test_a_tolerance_below_zero_is_an_error(tolerance: float) -> None:
    with pytest.raises(ValueError, match="tolerance: expected at least 0 pixels, got"):
        pointing_game(PEAK, LESION, tolerance)


def test_the_examples_in_the_documentation() -> None:
    result = doctest.testmod(pointing)
    assert result.failed == 0
    assert result.attempted > 0
