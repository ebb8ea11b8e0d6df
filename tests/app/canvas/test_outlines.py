"""Lines over the evidence: the model's cells, a cell and its field, cells that stand out."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from app.canvas.outlines import Field
from app.state import Overlay
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.geometry import Region

WHOLE = Region(0, 0, 70, 70)


@pytest.fixture
def dark(pane, show):
    show(np.zeros((70, 70), np.uint8))
    pane.set_overlay(np.zeros((7, 7), np.float32), WHOLE, 3, "logit")
    return pane


def changed(pane, painted, before):
    return (painted(pane.canvas) != before).any(axis=2)


def test_grid_lines_lie_between_the_cells(dark, painted):
    before = painted(dark.canvas)
    dark.set_overlay_settings(Overlay(grid=True))
    lines = changed(dark, painted, before)
    left, right = (dark.canvas.to_screen(x, 35).x() for x in (0, 70))
    middle = round(dark.canvas.to_screen(5, 35).y())
    xs = np.nonzero(lines[middle + 8])[0]
    expected = np.linspace(left, right, 8)
    assert all(np.abs(expected - x).min() <= 2 for x in xs)
    assert all(np.abs(xs - x).min() <= 2 for x in expected)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_grid_lines_are_seen_on_dark_and_bright(pane, show, painted, grey):
    show(np.full((70, 70), grey, np.uint8))
    pane.set_overlay(np.zeros((7, 7), np.float32), WHOLE, 3, "logit")
    before = painted(pane.canvas).astype(int)
    pane.set_overlay_settings(Overlay(grid=True))
    assert np.abs(painted(pane.canvas).astype(int) - before).max() > 60


def test_lines_of_cells_too_small_to_see_are_left_out(dark, painted):
    before = painted(dark.canvas)
    dark.set_overlay(np.zeros((224, 224), np.float32), WHOLE, 3, "logit")
    dark.set_overlay_settings(Overlay(grid=True))
    assert not changed(dark, painted, before).any()


def test_hidden_maps_have_no_grid(dark, painted):
    before = painted(dark.canvas)
    dark.set_overlay_settings(Overlay(grid=True, visible=False))
    assert not changed(dark, painted, before).any()


def test_a_field_and_its_cell_are_outlined(dark, painted):
    before = painted(dark.canvas)
    dark.canvas.outlines.field = Field(QRectF(30, 30, 10, 10), QRectF(10, 20, 50, 40))
    lines = changed(dark, painted, before)
    ys, xs = np.nonzero(lines)
    start, end = dark.canvas.to_screen(10, 20), dark.canvas.to_screen(60, 60)
    assert (xs.min(), ys.min()) == pytest.approx((start.x(), start.y()), abs=3)
    assert (xs.max(), ys.max()) == pytest.approx((end.x(), end.y()), abs=3)
    cell = dark.canvas.to_screen(30, 35)
    assert lines[round(cell.y()), round(cell.x()) - 2 : round(cell.x()) + 3].any()


def test_a_note_stays_inside_the_pane(dark, painted):
    before = painted(dark.canvas)
    dark.canvas.outlines.field = Field(QRectF(60, 30, 10, 10))
    plain = changed(dark, painted, before)
    dark.canvas.outlines.field = Field(QRectF(60, 30, 10, 10), None, "this cell sees everything")
    extra = changed(dark, painted, before) & ~plain
    xs = np.nonzero(extra.any(axis=0))[0]
    width = dark.fontMetrics().horizontalAdvance("this cell sees everything")
    assert xs.max() - xs.min() >= width
    assert xs.max() < dark.canvas.width() - 2


def test_cells_that_stand_out_share_one_outline(dark, painted):
    before = painted(dark.canvas)
    cells = np.zeros((7, 7), bool)
    cells[2:4, 3] = True
    dark.canvas.outlines.set_highlight(cells, WHOLE)
    lines = changed(dark, painted, before)
    ys, xs = np.nonzero(lines)
    start, end = dark.canvas.to_screen(30, 20), dark.canvas.to_screen(40, 40)
    assert (xs.min(), ys.min()) == pytest.approx((start.x(), start.y()), abs=4)
    assert (xs.max(), ys.max()) == pytest.approx((end.x(), end.y()), abs=4)
    between = dark.canvas.to_screen(35, 30)
    assert not lines[round(between.y()), round(between.x())]
    dark.canvas.outlines.set_highlight(None, WHOLE)
    assert not changed(dark, painted, before).any()


def test_a_lasso_is_dashed(dark, painted):
    before = painted(dark.canvas)
    dark.canvas.outlines.lasso = Shape("polygon", [[10, 10], [60, 10], [60, 60], [10, 60]])
    seen = painted(dark.canvas).astype(int) - before
    y = round(dark.canvas.to_screen(10, 10).y())
    left, right = (round(dark.canvas.to_screen(x, 10).x()) for x in (12, 58))
    bright = seen[y - 1 : y + 2, left:right].max(axis=(0, 2)) > 120
    assert 0.3 < bright.mean() < 0.9
