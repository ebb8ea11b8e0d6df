"""Fundus phantoms: what a grade holds, that masks are what was drawn, and repeatability."""

import numpy as np
import pytest

from softcam_core.phantoms.fundus import FUNDUS_GRADES, fundus

SIZE = 320


def test_a_seed_gives_the_same_phantom_again():
    first, second = fundus(3, 7, SIZE), fundus(3, 7, SIZE)
    assert np.array_equal(first.pixels, second.pixels)
    assert first.masks.keys() == second.masks.keys()
    assert all(np.array_equal(first.masks[k], second.masks[k]) for k in first.masks)


def test_another_seed_gives_another_eye():
    assert not np.array_equal(fundus(0, 7, SIZE).pixels, fundus(0, 8, SIZE).pixels)


@pytest.mark.parametrize("size", [256, 512])
def test_shape_and_type(size):
    phantom = fundus(2, 1, size)
    assert phantom.pixels.shape == (round(0.9 * size), size, 3)
    assert phantom.pixels.dtype == np.uint8
    assert all(mask.shape == phantom.pixels.shape[:2] for mask in phantom.masks.values())
    assert all(mask.dtype == np.bool_ for mask in phantom.masks.values())


@pytest.mark.parametrize("grade", range(5))
def test_masks_hold_every_pixel_that_a_lesion_changed(grade):
    diseased, healthy = fundus(grade, 5, SIZE), fundus(grade, 5, SIZE, lesions=False)
    changed = (diseased.pixels != healthy.pixels).any(axis=2)
    assert not (changed & ~diseased.lesion_mask).any()
    if grade:
        # And nearly all of what they hold was changed: the mask is no generous blanket.
        drawn = diseased.lesion_mask & ~diseased.masks.get("NV", np.zeros_like(changed))
        assert changed[drawn].mean() > 0.95


@pytest.mark.parametrize(
    ("grade", "needed", "allowed"),
    [
        (0, set(), set()),
        (1, {"MA"}, {"MA"}),
        (2, {"MA", "HE", "EX"}, {"MA", "HE", "EX"}),
        (3, {"MA", "HE", "SE"}, {"MA", "HE", "SE", "EX"}),
        (4, {"MA", "HE"}, {"MA", "HE", "EX", "NV", "PRH"}),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_a_grade_shows_its_lesions_and_no_others(grade, needed, allowed, seed):
    phantom = fundus(grade, seed, SIZE)
    found = set(phantom.masks)
    assert needed <= found <= allowed
    assert phantom.label == FUNDUS_GRADES[grade]
    if grade == 4:
        assert found & {"NV", "PRH"}


@pytest.mark.parametrize("seed", range(3))
def test_severe_disease_bleeds_in_every_quadrant(seed):
    mask = fundus(3, seed, SIZE).masks["HE"]
    rows, columns = mask.shape
    for part in (mask[: rows // 2], mask[rows // 2 :]):
        assert part[:, : columns // 2].any()
        assert part[:, columns // 2 :].any()


@pytest.mark.parametrize("seed", range(6))
def test_a_microaneurysm_is_three_pixels_wide_at_the_models_input(seed):
    import cv2

    mask = fundus(1, seed, 512).masks["MA"].astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    assert count > 3
    narrow = stats[1:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].min()
    assert narrow * 320 / 512 >= 3


def test_the_corners_lie_outside_the_round_field():
    pixels = fundus(0, 3, SIZE).pixels
    assert pixels[:8, :8].max() < 20
    assert pixels[100:180, 120:200].min(axis=2).mean() > 20


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="grade"):
        fundus(5, 0)
    with pytest.raises(ValueError, match="size"):
        fundus(0, 0, 64)
    with pytest.raises(ValueError, match="seed"):
        fundus(0, -1)
