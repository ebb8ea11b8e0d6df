"""What lies over the panes' maps: several classes, limits of one's own, fields, cells, regions."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.annotate.annotator import Annotator
from app.canvas.class_maps import class_maps, classes_together, hues, set_opacity_of, toggle
from app.compare.grid import CompareGrid
from app.state import Cell, PaneContent, ReceptiveField, ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.colormap_classes import MOST_CLASSES, OTHER
from softcam_core.imaging.preprocess import InputSpec

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")
MANY = replace(
    synthetic.model("many"),
    spec=replace(SOFT.spec, classes=tuple(f"class {n}" for n in range(10))),
)


@pytest.fixture
def grid(qtbot: Any, state: ViewerState) -> CompareGrid:
    """Evidence and Grad-CAM of a case, side by side."""
    made = CompareGrid(state, Annotator(state))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    state.limits.update({(SOFT.id, "evidence"): 8.0, (BLACK.id, "gradcam"): 0.1})
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    gradcam = np.abs(synthetic.evidence()) / 100
    synthetic.tell(state, synthetic.analysis(1, BLACK, gradcam=gradcam))
    qtbot.waitUntil(lambda: state.painted)
    qtbot.wait(20)
    return made


def several(state: ViewerState, **settings: Any) -> None:
    state.set_overlay(**({"classes": "several"} | settings))


# Several classes


def test_several_classes_are_drawn_in_every_pane_that_has_their_maps(
    grid: CompareGrid, state: ViewerState
) -> None:
    several(state)
    shown = [pane.canvas.evidence.classes for pane in grid.panes]
    assert [found.names for found in shown if found] == [synthetic.CLASSES] * 2
    assert "normal, mild, severe" in grid.panes[0].legend.accessibleDescription()
    state.set_overlay(classes="one")
    assert [pane.canvas.evidence.classes for pane in grid.panes] == [None, None]
    assert "−8 to +8" in grid.panes[0].legend.accessibleDescription()


def test_a_pane_that_keeps_to_a_class_shows_that_one(
    qtbot: Any, grid: CompareGrid, state: ViewerState
) -> None:
    state.set_pane(0, class_name="mild")
    several(state)
    qtbot.wait(20)
    assert grid.panes[0].canvas.evidence.classes is None
    assert grid.panes[1].canvas.evidence.classes is not None


def test_what_the_protocol_hides_is_not_drawn(
    qtbot: Any, grid: CompareGrid, state: ViewerState, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(state, field=True)
    state.set_cell(Cell(SOFT.id, 0, 0))
    monkeypatch.setattr(state.sight, "hides_model", lambda _case: True)
    for content in state.panes:
        assert class_maps(state, content) is None
    state.models_changed.emit()
    qtbot.wait(20)
    for pane in grid.panes:
        assert pane.canvas.evidence.classes is None
        assert pane.canvas.outlines.field is None
        assert pane.legend.accessibleDescription() == ""


def test_chosen_classes_are_drawn_in_the_hues_they_always_have(
    grid: CompareGrid, state: ViewerState
) -> None:
    every = hues(state, SOFT)
    several(state, several=("severe", "normal"))
    assert hues(state, SOFT) == {name: every[name] for name in ("normal", "severe")}
    found = grid.panes[0].canvas.evidence.classes
    assert found is not None
    assert np.array_equal(found.maps, synthetic.evidence()[[0, 2]])


def test_the_winner_may_be_a_class_that_is_left_out(grid: CompareGrid, state: ViewerState) -> None:
    several(state, classes="winner", several=("normal", "mild"))
    found = grid.panes[0].canvas.evidence.classes
    assert found is not None
    assert found.names[:2] == ("normal", "mild")
    assert found.colours[2] == OTHER
    assert np.array_equal(found.maps[2], synthetic.evidence()[2])


def test_of_many_classes_the_most_probable_are_drawn(state: ViewerState) -> None:
    synthetic.show_case(state)
    synthetic.load(state, MANY)
    probabilities = np.arange(10) / 45
    maps = np.zeros((10, 2, 4), np.float32)
    found = synthetic.analysis(1, MANY, evidence=maps)
    synthetic.tell(state, replace(found, probabilities=probabilities))
    assert classes_together(state, MANY) == MANY.spec.classes[2:]
    assert len(set(hues(state, MANY).values())) == MOST_CLASSES
    assert not toggle(state, MANY, "class 0")
    assert toggle(state, MANY, "class 9")
    assert toggle(state, MANY, "class 0")
    assert classes_together(state, MANY) == ("class 0", *MANY.spec.classes[2:9])


def test_a_class_fades_alone(grid: CompareGrid, state: ViewerState) -> None:
    several(state)
    set_opacity_of(state, "mild", 0.25)
    found = grid.panes[0].canvas.evidence.classes
    assert found is not None
    assert found.opacities == (1.0, 0.25, 1.0)
    set_opacity_of(state, "mild", 1.0)
    assert state.overlay.class_opacity == ()


# Limits


def test_another_limit_is_the_maps_of_one_method_and_model_alone(
    qtbot: Any, grid: CompareGrid, state: ViewerState
) -> None:
    legend = grid.panes[0].legend
    legend.limit_chosen.emit(2.0)
    qtbot.wait(20)
    assert state.own_limits == {(SOFT.id, "evidence"): 2.0}
    assert "−2 to +2 logit; own limit" in legend.accessibleDescription()
    assert "own" not in grid.panes[1].legend.accessibleDescription()
    legend.reset_chosen.emit()
    qtbot.wait(20)
    assert legend.accessibleDescription() == "−8 to +8 logit"


def test_a_pane_without_a_map_has_no_limit_to_change(
    qtbot: Any, grid: CompareGrid, state: ViewerState
) -> None:
    state.set_panes([PaneContent("")])
    qtbot.wait(20)
    assert not grid.panes[0].legend.adjustable


# Opacity


def test_a_pane_may_have_its_own_opacity(grid: CompareGrid, state: ViewerState) -> None:
    state.set_pane(1, opacity=0.25)
    state.set_overlay(opacity=0.5)
    assert [pane.canvas.opacity for pane in grid.panes] == [0.5, 0.25]
    grid.set_hidden(True)
    assert [pane.canvas.opacity for pane in grid.panes] == [0, 0]
    grid.set_hidden(False)
    assert [pane.canvas.opacity for pane in grid.panes] == [0.5, 0.25]


def test_opacity_colours_nothing_anew(
    grid: CompareGrid, state: ViewerState, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pane in grid.panes:
        pane.canvas.repaint()
    monkeypatch.setattr("app.canvas.evidence.colorize", None)
    state.set_overlay(opacity=0.3)
    state.set_pane(1, opacity=0.9)
    for pane in grid.panes:
        pane.canvas.repaint()


def test_an_opacity_drag_leaves_several_classes_as_they_are(
    grid: CompareGrid, state: ViewerState, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(state)
    QApplication.processEvents()  # The headers name what is drawn by now.
    monkeypatch.setattr("app.compare.overlaid.class_maps", None)
    state.set_overlay(opacity=0.3)
    assert grid.panes[0].canvas.opacity == 0.3


# Fields and regions

FIELD = ReceptiveField(first=(-4.0, -4.0), stride=(16.0, 8.0), size=(24.0, 16.0))


def test_the_field_of_the_cell_under_the_cursor_is_outlined(
    grid: CompareGrid, state: ViewerState
) -> None:
    assert SOFT.spec.input == InputSpec(size=(32, 32))
    state.fields[SOFT.id] = FIELD
    state.set_overlay(field=True)
    state.set_cell(Cell(SOFT.id, 1, 2))
    outlined = grid.panes[0].canvas.outlines.field
    assert outlined is not None
    assert outlined.cell.getRect() == (32, 24, 16, 24)
    # Rows 12 to 36 and columns 12 to 28 of 32, in an image of 64 x 48, cut at its lower edge.
    assert outlined.sees is not None
    assert outlined.sees.getRect() == (24, 18, 32, 30)
    assert outlined.note == ""
    assert grid.panes[1].canvas.outlines.field is None
    state.set_cell(None)
    assert grid.panes[0].canvas.outlines.field is None


def test_a_field_that_is_not_known_yet_leaves_the_cell(
    grid: CompareGrid, state: ViewerState
) -> None:
    state.set_overlay(field=True)
    state.set_cell(Cell(SOFT.id, 0, 0))
    outlined = grid.panes[0].canvas.outlines.field
    assert outlined is not None
    assert outlined.sees is None
    state.fields[SOFT.id] = FIELD
    state.fields_changed.emit()
    outlined = grid.panes[0].canvas.outlines.field
    assert outlined is not None
    assert outlined.sees is not None


def test_a_cell_that_sees_everything_says_so(grid: CompareGrid, state: ViewerState) -> None:
    state.fields[SOFT.id] = ReceptiveField((-200.0, -200.0), (16.0, 8.0), (500.0, 500.0))
    state.set_overlay(field=True)
    state.set_cell(Cell(SOFT.id, 0, 0))
    outlined = grid.panes[0].canvas.outlines.field
    assert outlined is not None
    assert outlined.note == "this cell sees the whole image"
    assert outlined.sees is not None
    assert outlined.sees.getRect() == (0, 0, synthetic.WIDTH, synthetic.HEIGHT)


def test_without_the_wish_nothing_is_outlined(grid: CompareGrid, state: ViewerState) -> None:
    state.fields[SOFT.id] = FIELD
    state.set_cell(Cell(SOFT.id, 0, 0))
    assert grid.panes[0].canvas.outlines.field is None


def test_cells_that_stand_out_and_a_lasso_lie_over_the_maps(
    qtbot: Any, grid: CompareGrid, state: ViewerState
) -> None:
    cells = np.zeros((2, 4), bool)
    cells[0, 1] = True
    state.set_highlight(cells)
    lasso = Shape("box", [[5, 5], [20, 20]])
    state.set_lasso(lasso)
    for pane in grid.panes:
        assert len(pane.canvas.outlines._cells) == 4
        assert pane.canvas.outlines.lasso is lasso
    state.set_highlight(None)
    state.set_lasso(None)
    assert grid.panes[0].canvas.outlines._cells == []
    assert grid.panes[0].canvas.outlines.lasso is None


def test_top_patches_are_of_one_class_and_the_legend_lists_no_others(
    qtbot: Any, grid: CompareGrid, state: ViewerState
) -> None:
    several(state)
    qtbot.wait(20)
    assert grid.panes[0].canvas.evidence.classes is not None
    state.set_overlay(style="patches")
    qtbot.wait(20)
    assert grid.panes[0].canvas.evidence.classes is None
    state.set_overlay(style="blend")
    qtbot.wait(20)
    assert grid.panes[0].canvas.evidence.classes is not None
