"""What is drawn: a map between its limits, marks where they are, and nothing in the file beside."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.shapes import Shape
from softcam_core.case_report.pictures import (
    LONGEST_SIDE,
    OPACITY,
    Drawn,
    bar,
    canvas,
    encoded,
    marked,
    overlaid,
    rgb,
)
from softcam_core.imaging.colormap import colour_table
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.stored import StoredImage


def image(rows: int, columns: int, colour: bool = False) -> StoredImage:
    shape, value = ((rows, columns, 3), (160, 128, 96)) if colour else ((rows, columns), 128)
    return StoredImage(np.full(shape, value, np.uint8), (0.0, 255.0), None, None, "PNG")


@pytest.mark.parametrize("size", [(3000, 2000), (200, 900), (40, 40)])
def test_a_picture_is_fine_enough_for_paper_and_keeps_its_proportions(size):
    base = canvas(image(*size))
    rows, columns = base.pixels.shape[:2]
    assert 700 <= max(rows, columns) <= LONGEST_SIDE
    assert rows / columns == pytest.approx(size[0] / size[1], rel=0.01)


def test_zero_is_transparent_and_the_limit_is_full_colour():
    base = canvas(image(800, 800, colour=True))
    region = Region(0, 0, 800, 800)
    assert np.array_equal(overlaid(base, np.zeros((8, 8)), region, 1.0).pixels, base.pixels)
    full = overlaid(base, np.full((8, 8), 2.5), region, 2.5).pixels[400, 400]
    strong = colour_table("fundus")[-1, :3]
    expected = np.array([160, 128, 96]) * (1 - OPACITY) + strong * OPACITY
    assert np.abs(full - expected).max() <= 1
    beyond = overlaid(base, np.full((8, 8), 99.0), region, 2.5).pixels[400, 400]
    assert np.array_equal(full, beyond)


def test_a_film_of_three_equal_channels_has_the_colours_of_a_grey_one():
    grey = image(800, 800)
    film = StoredImage(np.repeat(grey.pixels[..., None], 3, 2), (0.0, 255.0), None, None, "JPEG")
    pictures = [
        overlaid(canvas(one), np.ones((8, 8)), Region(0, 0, 800, 800), 1.0).pixels
        for one in (grey, film)
    ]
    assert np.array_equal(*pictures)


def test_a_map_lies_on_its_region_alone():
    base = canvas(image(800, 800))
    drawn = overlaid(base, np.ones((4, 4)), Region(200, 0, 600, 400), 1.0)
    changed = (drawn.pixels != base.pixels).any(axis=2)
    assert changed[5:395, 205:595].all()
    assert not changed[405:].any()
    assert not changed[:, :195].any()
    assert not changed[:, 605:].any()


def test_the_other_sign_is_never_invented_beside_a_lone_cell():
    values = np.zeros((8, 8), np.float32)
    values[4, 4] = 1.0
    base = canvas(image(800, 800))
    drawn = overlaid(base, values, Region(0, 0, 800, 800), 1.0).pixels.astype(int)
    bluer = drawn[..., 2] - drawn[..., 0]
    assert bluer.max() <= 0


@pytest.mark.parametrize(
    "shape",
    [
        Shape("box", [[100, 200], [300, 260]]),
        Shape("ellipse", [[400, 400], [50, 20]], 30),
        Shape("point", [[500, 100]]),
        Shape("length", [[10, 10], [90, 10]]),
        Shape("mask", (), mask=np.pad(np.ones((30, 30), bool), ((100, 670), (50, 720)))),
    ],
)
def test_a_mark_is_drawn_around_where_it_is_in_its_labels_colour(shape):
    base = canvas(image(800, 800))
    drawn = marked(base, [Drawn(shape, "#00ff00", 1)], numbers=False)
    rows, columns = np.nonzero((drawn != base.pixels).any(axis=2))
    x0, y0, x1, y1 = (value * base.scale[0] for value in shape.bounds)
    assert columns.min() == pytest.approx(x0, abs=14)
    assert columns.max() == pytest.approx(x1, abs=14)
    assert rows.min() == pytest.approx(y0, abs=14)
    assert rows.max() == pytest.approx(y1, abs=14)
    assert (drawn == (0, 255, 0)).all(axis=2).any()


def test_numbers_stay_inside_the_picture():
    base = canvas(image(800, 800))
    corner = Drawn(Shape("box", [[780, 0], [800, 10]]), "#ff0000", 188)
    with_number = marked(base, [corner])
    without = marked(base, [corner], numbers=False)
    rows, columns = np.nonzero((with_number != without).any(axis=2))
    assert len(rows) > 50
    assert columns.max() < base.pixels.shape[1] - 1


def test_marks_far_outside_the_image_do_no_harm():
    base = canvas(image(800, 800))
    marked(base, [Drawn(Shape("box", [[-1e9, -1e9], [1e9, 5e8]]), "no colour", 1)])


def test_a_bar_runs_from_one_full_colour_to_the_other():
    signed = np.asarray(Image.open(io.BytesIO(bar("grey", signed=True).data)))
    assert signed[0, 0, 2] > signed[0, 0, 0]
    assert signed[0, -1, 0] > signed[0, -1, 2]
    plain = np.asarray(Image.open(io.BytesIO(bar("grey", signed=False).data)))
    assert plain[0, 0].tolist() == [96, 96, 96]


def test_a_picture_carries_nothing_beside_its_pixels():
    made = encoded(np.zeros((30, 40, 3), np.uint8))
    stored = Image.open(io.BytesIO(made.data))
    assert (made.width, made.height) == (40, 30) == stored.size
    assert not stored.getexif()


def test_a_colour_that_is_none_is_white():
    assert rgb("#0a0b0c") == (10, 11, 12)
    assert rgb("teal") == (255, 255, 255)
