"""Masks of files that have another scale than their image."""

import numpy as np
import pytest

from softcam_core.annotations.mask_files import fitted


@pytest.mark.parametrize(
    ("own", "size"),
    [((1068, 1600), (684, 1024)), ((1200, 1600), (768, 1024)), ((300, 200), (600, 400))],
)
def test_a_mask_at_another_scale_is_laid_on_its_image(own, size):
    """The first two are sizes of real OpenImages masks and images."""
    mask = np.zeros(own, bool)
    mask[: own[0] // 2, own[1] // 4 :] = True
    found = fitted(mask, size)
    assert found.shape == size
    assert found.dtype == bool
    expected = np.zeros(size, bool)
    expected[: size[0] // 2, size[1] // 4 :] = True
    assert np.array_equal(found, expected)


def test_a_mask_of_the_size_is_itself():
    mask = np.random.default_rng(0).random((7, 9)) > 0.5
    assert fitted(mask, (7, 9)) is mask
    twice = fitted(mask, (14, 18))
    assert np.array_equal(twice, mask.repeat(2, 0).repeat(2, 1))
    assert np.array_equal(fitted(twice, (7, 9)), mask)


@pytest.mark.parametrize("size", [(100, 99), (90, 100), (100, 401), (410, 410), (24, 24)])
def test_any_other_mask_is_left_for_the_caller_to_refuse(size):
    mask = np.ones((100, 100), bool)
    assert fitted(mask, size) is mask
