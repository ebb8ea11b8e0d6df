"""Pictures of single cases: one scale of colour, zero transparent, marks outlined."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from softcam_core.errors import SoftcamError
from softcam_core.evaluation.report.cases import Chosen, Ranking
from softcam_core.evaluation.report.examples import LONGEST_SIDE, Shown, draw_examples
from softcam_core.imaging.geometry import Region


def ranking(count=3, method="evidence"):
    kinds = ("best", "median", "worst")
    cases = tuple(Chosen(kinds[i], i, f"{i}.png", "ill", {}) for i in range(count))
    return Ranking("m", method, "activation_precision", cases, count)


def shown(values, side=300, mask=None, colour=False):
    picture = np.full((side, side, 3) if colour else (side, side), 128, np.uint8)
    return Shown(picture, Region(0, 0, side, side), np.asarray(values, np.float32), "ill", mask)


def pixels(example):
    head, data = example.uri.split(",", 1)
    assert head == "data:image/jpeg;base64"
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"), int)


def test_one_value_has_one_colour_on_all_images_of_a_method():
    strong, weak = np.full((4, 4), 8.0), np.full((4, 4), 4.0)
    maps = [strong, weak, strong]
    (row,) = draw_examples([ranking()], lambda i, *_: shown(maps[i]))
    assert row.limit == 8
    first, second, third = (pixels(one)[100:200, 100:200].mean((0, 1)) for one in row.pictures)
    np.testing.assert_allclose(first, third, atol=2)
    background = np.full(3, 128)
    assert np.abs(first - background).sum() > 1.5 * np.abs(second - background).sum() > 30


def test_each_method_has_its_own_limit():
    rows = draw_examples(
        [ranking(1), ranking(1, "gradcam")],
        lambda _i, _m, method: shown(np.full((4, 4), 2.0 if method == "evidence" else 50.0)),
    )
    assert [row.limit for row in rows] == [2, 50]


@pytest.mark.parametrize("colour", [False, True])
def test_a_map_of_zeros_leaves_the_image_as_it_is(colour):
    (row,) = draw_examples([ranking(1)], lambda *_: shown(np.zeros((4, 4)), colour=colour))
    assert row.limit == 0
    np.testing.assert_allclose(pixels(row.pictures[0]), 128, atol=2)


def test_nan_in_a_map_is_transparent():
    values = np.full((4, 4), np.nan)
    (row,) = draw_examples([ranking(1)], lambda *_: shown(values))
    np.testing.assert_allclose(pixels(row.pictures[0]), 128, atol=2)


def test_marks_are_outlined_and_not_covered():
    mask = np.zeros((300, 300), bool)
    mask[100:200, 100:200] = True
    (row,) = draw_examples([ranking(1)], lambda *_: shown(np.zeros((4, 4)), mask=mask))
    assert row.pictures[0].marked
    drawn = pixels(row.pictures[0])
    assert drawn[99, 150].min() > 180, "a white line around the marks"
    np.testing.assert_allclose(drawn[110:190, 110:190], 128, atol=3)


def test_a_mark_smaller_than_a_pixel_of_the_picture_is_outlined():
    mask = np.zeros((4000, 4000), bool)
    mask[2001, 2001] = True
    (row,) = draw_examples([ranking(1)], lambda *_: shown(np.zeros((4, 4)), 4000, mask))
    assert (pixels(row.pictures[0]).min(2) > 170).any()


@pytest.mark.parametrize("mask", [None, np.zeros((300, 300), bool)])
def test_without_marks_there_is_no_outline(mask):
    (row,) = draw_examples([ranking(1)], lambda *_: shown(np.zeros((4, 4)), mask=mask))
    assert not row.pictures[0].marked
    assert np.ptp(pixels(row.pictures[0])) <= 2


@pytest.mark.parametrize(("side", "expected"), [(2000, LONGEST_SIDE), (300, 300), (28, 240)])
def test_pictures_are_small_but_large_enough_to_see(side, expected):
    (row,) = draw_examples([ranking(1)], lambda *_: shown(np.ones((4, 4)), side))
    (picture,) = row.pictures
    assert pixels(picture).shape[:2] == (expected, expected) == (picture.height, picture.width)


def test_the_map_lies_over_its_region_alone():
    def show(*_):
        picture = np.full((300, 300), 128, np.uint8)
        return Shown(picture, Region(150, 0, 300, 300), np.ones((4, 4), np.float32), "ill")

    (row,) = draw_examples([ranking(1)], show)
    drawn = pixels(row.pictures[0])
    np.testing.assert_allclose(drawn[:, :140], 128, atol=3)
    assert np.abs(drawn[:, 160:] - 128).max(2).min() > 20


def test_an_image_that_cannot_be_read_any_more_says_so_and_the_others_stand():
    def show(index, *_):
        if index == 1:
            raise SoftcamError("The image 1.png cannot be read.")
        return shown(np.ones((4, 4)))

    (row,) = draw_examples([ranking()], show)
    assert [bool(picture.uri) for picture in row.pictures] == [True, False, True]
    assert row.pictures[1].error == "The image 1.png cannot be read."


def test_all_that_fail_leave_no_scale():
    def show(*_):
        raise SoftcamError("Gone.")

    (row,) = draw_examples([ranking()], show)
    assert row.bar == ""
    assert not any(picture.uri for picture in row.pictures)


def test_each_image_is_asked_for_once_and_all_of_an_image_together():
    asked = []

    def show(*place):
        asked.append(place)
        return shown(np.ones((4, 4)))

    draw_examples([ranking(2), ranking(2, "gradcam")], show)
    assert asked == [
        (0, "m", "evidence"),
        (0, "m", "gradcam"),
        (1, "m", "evidence"),
        (1, "m", "gradcam"),
    ]


def test_the_scale_begins_at_zero_where_nothing_is_below_it():
    signed, unsigned = (
        draw_examples([ranking(1)], lambda *_, low=low: shown([[low, 1.0]]))[0]
        for low in (-1.0, 0.0)
    )
    assert (signed.signed, unsigned.signed) == (True, False)
    assert signed.bar != unsigned.bar
