"""A map lands on the pixels that its cells show, and zero leaves the picture alone."""

import numpy as np
import pytest

from softcam_core.explain.overlay import OPACITY, draw_overlay
from softcam_core.imaging.colormap import PAIRS
from softcam_core.imaging.geometry import GEOMETRIES, Region, model_region

GREY = np.full((40, 60), 100, np.uint8)
ALL = Region(0, 0, 60, 40)


def changed(picture: np.ndarray, base: np.ndarray = GREY) -> np.ndarray:
    return (picture != base[..., None]).any(axis=2)


def test_zero_leaves_the_picture_as_it_was() -> None:
    picture = draw_overlay(GREY, (40, 60), ALL, np.zeros((4, 6), np.float32), 1.0)
    assert not changed(picture).any()
    colour = np.random.default_rng(0).integers(0, 255, (40, 60, 3), np.uint8)
    same = draw_overlay(colour, (40, 60), ALL, np.zeros((4, 6), np.float32), 1.0)
    assert np.array_equal(same, colour)


def test_the_limit_gives_the_full_colour_of_either_sign() -> None:
    for sign, colours in zip((1, -1), PAIRS["grey"], strict=True):
        values = np.full((4, 6), sign * 7.0, np.float32)
        picture = draw_overlay(GREY, (40, 60), ALL, values, 7.0)
        expected = 100 * (1 - OPACITY) + np.array(colours[1]) * OPACITY
        assert np.abs(picture - expected).max() <= 1


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("scale", [1, 2])
def test_a_cell_is_drawn_where_its_region_lies(geometry: str, scale: int) -> None:
    """The centre of mass of one bright cell, to half a pixel, at odd sizes."""
    width, height = 121, 83
    region = model_region(width, height, geometry, (64, 64))
    values = np.zeros((5, 5), np.float32)
    values[2, 1] = 1
    base = np.zeros((height * scale, width * scale), np.uint8)
    picture = draw_overlay(base, (height, width), region, values, 1.0).astype(float)
    weight = picture.sum(axis=2)
    weight[weight < weight.max() / 2] = 0
    y, x = (np.indices(weight.shape) + 0.5) / scale
    found = [(x * weight).sum() / weight.sum(), (y * weight).sum() / weight.sum()]
    assert found == pytest.approx(region.from_grid([1.5, 2.5], (5, 5)), abs=0.5)


def test_outside_the_region_nothing_is_drawn() -> None:
    region = Region(20, 0, 40, 40)
    picture = draw_overlay(GREY, (40, 60), region, np.ones((4, 4), np.float32), 1.0)
    assert changed(picture)[:, 20:40].all()
    assert not changed(picture)[:, :20].any()
    assert not changed(picture)[:, 40:].any()
