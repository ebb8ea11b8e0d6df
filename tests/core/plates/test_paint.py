"""Pixels of a cell: fixed limits, zero transparent, cells where they lie."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.colormap import colorize
from softcam_core.imaging.geometry import Region
from softcam_core.plates.paint import (
    bar,
    map_lines,
    painted,
    pair_of,
    strength,
    tile,
    tile_png,
)
from softcam_core.plates.values import Cell, Look, MapShown, Mark, Picture, Scale

GREY = np.full((40, 40), 100, np.uint8)
WHOLE = Region(0, 0, 40, 40)
CELLS = Look(smooth=False, opacity=1.0)


def cell(values, look: Look = CELLS, limit: float = 1.0) -> Cell:
    scale = Scale(limit, "logit", "grey")
    shown = MapShown(np.asarray(values, np.float32), WHOLE, scale, (64, 64))
    return Cell(Picture(GREY, (0, 0, 40, 40)), shown, look)


def test_native_cells_have_the_colour_of_their_value_and_zero_none() -> None:
    found = painted(cell([[1.0, 0.0], [-1.0, 5.0]]), (80, 80))
    full, against = (colorize(v, 1.0)[:3].tolist() for v in (1.0, -1.0))
    assert found[10, 10].tolist() == full
    assert found[10, 70].tolist() == [100, 100, 100]
    assert found[70, 10].tolist() == against
    assert found[70, 70].tolist() == full


def test_the_same_value_has_the_same_colour_beside_any_other() -> None:
    alone = painted(cell([[0.3, 0.0], [0.0, 0.0]]), (80, 80))
    beside = painted(cell([[0.3, 0.0], [0.0, 90.0]]), (80, 80))
    assert alone[10, 10].tolist() == beside[10, 10].tolist()


def test_smooth_maps_invent_no_evidence_of_the_other_sign() -> None:
    values = np.zeros((5, 5), np.float32)
    values[2, 2] = 1.0
    found = painted(cell(values, Look(opacity=1.0)), (100, 100))
    blue = found[..., 2].astype(int) - found[..., 0]
    assert blue.max() <= 0


def test_a_threshold_leaves_what_lies_below_it() -> None:
    look = Look(smooth=False, opacity=1.0, style="threshold", threshold=0.5)
    found = painted(cell([[0.4, 0.6], [0.0, -0.6]], look), (80, 80))
    assert found[10, 10].tolist() == [100, 100, 100]
    assert found[10, 70].tolist() != [100, 100, 100]
    assert found[70, 70].tolist() != [100, 100, 100]


def test_contours_are_lines_on_both_sides_of_zero() -> None:
    values = np.zeros((8, 8), np.float32)
    values[1:3, 1:3], values[5:7, 5:7] = 1.0, -1.0
    look = Look(style="contour", threshold=0.5)
    lines = map_lines(cell(values, look))
    assert {line.positive for line in lines} == {True, False}
    inside = next(line for line in lines if line.positive and line.thick).points
    assert inside.min() > 2
    assert inside.max() < 18
    assert (painted(cell(values, look), (80, 80)) == 100).all()


def test_patches_lie_where_the_map_is_highest() -> None:
    values = np.zeros((2, 2), np.float32)
    values[1, 1] = 1.0
    lines = map_lines(cell(values, Look(style="patches", top_k=1)))
    assert len(lines) == 1
    assert lines[0].points.min() >= 20 * 33 / 32 - 1


def test_a_view_beyond_the_image_is_black_there() -> None:
    shown = Cell(Picture(GREY, (-40, 0, 40, 40)))
    found = painted(shown, (40, 80))
    assert found[:, :40].max() == 0
    assert (found[:, 40:] == 100).all()


def test_a_tile_has_marks_and_the_same_bytes_each_time() -> None:
    marks = (Mark(Shape("box", [[10, 10], [30, 30]]), colour="#ff0000"),)
    values = np.ones((2, 2), np.float32)
    plain = tile(GREY, values=values, longest=200)
    marked = tile(GREY, values=values, marks=marks, longest=200)
    assert plain.shape == (200, 200, 3)
    assert (marked[50, 100] == [255, 0, 0]).all()
    first = tile_png(GREY, values=values, marks=marks)
    assert first == tile_png(GREY, values=values, marks=marks)
    assert Image.open(io.BytesIO(first)).size == (900, 900)


@pytest.mark.parametrize("rectified", [True, False])
def test_a_bar_ends_in_the_full_colour(rectified: bool) -> None:
    found = bar(Scale(3.0, "logit", "grey", rectified), (101, 2))
    assert found.shape == (2, 101, 3)
    assert found[0, -1].tolist() == colorize(1.0, 1.0)[:3].tolist()
    zero = 0 if rectified else 50
    assert found[0, zero].tolist() == [96, 96, 96]


def test_three_equal_channels_have_no_colour() -> None:
    grey = np.random.default_rng(0).integers(0, 255, (300, 200, 1)).astype(np.uint8)
    film = np.repeat(grey, 3, axis=2)
    assert pair_of(Look(), film) == pair_of(Look(), film[..., 0]) == "grey"
    film[..., 0] = np.minimum(film[..., 0], 200) + 55
    assert pair_of(Look(), film) == "fundus"
    assert pair_of(Look(colours="print"), film) == "print"


def test_a_bar_has_the_colours_that_the_pictures_have_over_grey() -> None:
    look = Look(smooth=False, opacity=0.4)
    shown = painted(cell([[1.0, -1.0]], look), (4, 8))[0]
    found = bar(Scale(1.0, "logit", "grey"), (9, 1), strength(look), ground=100)[0]
    assert found[-1].tolist() == shown[0].tolist()
    assert found[0].tolist() == shown[-1].tolist()
    assert strength(Look(style="contour", opacity=0.4)) == 1.0


def test_a_part_that_cuts_through_pixels_is_drawn_where_it_is() -> None:
    pixels = np.zeros((40, 40), np.uint8)
    pixels[12, 12] = 255
    view = (10.4, 10.4, 13.6, 13.6)
    found = painted(Cell(Picture(pixels, view)), (320, 320))[..., 0].astype(float)
    centre = (found.sum(axis=0) * (np.arange(320) + 0.5)).sum() / found.sum()
    assert 10.4 + centre / 100 == pytest.approx(12.5, abs=0.01)
    small = painted(Cell(Picture(pixels, (0.5, 0.5, 40.0, 40.0))), (5, 5))
    assert small.shape == (5, 5, 3)


def test_pixels_that_are_not_square_are_drawn_to_scale() -> None:
    assert Picture(GREY, (0, 0, 40, 20), 0.1, tall=4.0).aspect == 2.0
