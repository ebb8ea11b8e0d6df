"""The bar of a length: round, as long as fits, and never invented."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.figures.style import drawing
from softcam_core.plates.draw import drawn
from softcam_core.plates.make import plate_of
from softcam_core.plates.ruler import SHARE, ruler
from softcam_core.plates.values import Asked, Page, Picture


@given(st.integers(8, 8000), st.floats(1e-3, 5))
def test_the_bar_is_round_and_fits(width: int, spacing: float) -> None:
    pixels, text = ruler(width, spacing)
    assert SHARE / 2.6 <= pixels / width <= SHARE * 1.0001
    number, unit = text.split()
    assert number.strip("0.") in ("1", "2", "5")
    millimetres = float(number) * {"mm": 1, "\N{MICRO SIGN}m": 1e-3, "nm": 1e-6}[unit]
    assert millimetres == pytest.approx(pixels * spacing)


@pytest.mark.parametrize("spacing", [0.2, None])
def test_the_drawn_bar_has_its_length_on_paper(cases, models, explainer, spacing) -> None:
    plate = plate_of(Asked("methods", cases[:1], models[1:2], ("evidence",)), explainer)
    first, *rest = plate.rows[0].cells
    shown = replace(first, picture=replace(first.picture, spacing=spacing))
    row = replace(plate.rows[0], cells=(shown, *rest))
    with drawing():
        figure = drawn(replace(plate, rows=(row,)), Page())
    axes = figure.axes[0]
    words = [text.get_text() for text in axes.texts]
    if spacing is None:
        assert not any(word.endswith(" mm") for word in words)
        return
    assert "5 mm" in words
    bars = [line for line in axes.lines if line.get_color() == "white"]
    length = float(bars[0].get_xdata()[1] - bars[0].get_xdata()[0])
    image = axes.images[0].get_extent()
    assert length / (image[1] - image[0]) == pytest.approx(5 / (120 * 0.2))
    assert isinstance(shown.picture, Picture)
