"""Numbers with their units: never rounder than true, and right where pixels are not square."""

from __future__ import annotations

import math

import pytest

from softcam_core.annotations.shapes import Shape
from softcam_core.case_report.numbers import percent, signed, size, surface

THIN = "\N{NARROW NO-BREAK SPACE}"
BOX = Shape("box", [[10, 20], [40, 120]])


def test_rows_and_columns_have_spacings_of_their_own():
    assert size(BOX, (0.5, 0.2)) == f"6.0 × 50.0{THIN}mm"
    assert surface(BOX, (0.5, 0.2)) == f"300.00{THIN}mm²"
    assert size(Shape("length", [[0, 0], [30, 0]]), (0.5, 0.2)) == f"6.0{THIN}mm"
    assert size(Shape("length", [[0, 0], [0, 30]]), (0.5, 0.2)) == f"15.0{THIN}mm"


def test_without_spacing_they_are_pixels_and_angles_degrees():
    assert size(BOX, None) == f"30 × 100{THIN}px"
    assert size(Shape("angle", [[1, 0], [0, 0], [0, 1]]), None) == "90.0°"
    assert (size(Shape("point", [[1, 2]]), None), surface(Shape("point", [[1, 2]]), None)) == (
        "–",
        "–",
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, f"0.0{THIN}%"),
        (1e-9, f"<{THIN}0.1{THIN}%"),
        (0.5, f"50.0{THIN}%"),
        (1 - 1e-9, f">{THIN}99.9{THIN}%"),
        (1.0, f"100.0{THIN}%"),
        (math.nan, "–"),
    ],
)
def test_a_probability_is_certain_only_where_it_is(value, text):
    assert percent(value) == text


def test_a_sign_stands_where_there_is_something_to_sign():
    assert [signed(v) for v in (1.234, -1.234, -0.001, math.inf)] == [
        "+1.23",
        "\N{MINUS SIGN}1.23",
        "0.00",
        "–",
    ]
