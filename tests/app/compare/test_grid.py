"""The grid: what each pane shows and says, and how the panes move together."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidgetAction

from app.annotate.annotator import Annotator
from app.compare import panes
from app.compare.grid import CompareGrid, Probe
from app.state import IMAGE, MARKS, Cell, PaneContent, PaneMetrics, ViewerState, Work
from softcam_core.imaging.window import Window

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")
GRADCAM = np.abs(synthetic.evidence()) / 100


@pytest.fixture
def grid(qtbot: Any, state: ViewerState) -> CompareGrid:
    grid = CompareGrid(state, Annotator(state))
    qtbot.addWidget(grid)
    grid.resize(900, 600)
    grid.show()
    return grid


@pytest.fixture
def filled(qtbot: Any, grid: CompareGrid, state: ViewerState) -> CompareGrid:
    """A case in view with the evidence of one model and the Grad-CAM of another."""
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    state.limits.update({(SOFT.id, "evidence"): 8.0, (BLACK.id, "gradcam"): 0.1})
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    synthetic.tell(state, synthetic.analysis(1, BLACK, gradcam=GRADCAM))
    qtbot.waitUntil(lambda: state.painted)
    qtbot.wait(20)
    return grid


def badges(grid: CompareGrid) -> list[str]:
    return [pane.badge.text() for pane in grid.panes]


def entries(menu: QMenu, *below: str) -> dict[str, QAction]:
    """The actions of a menu, or of one of its submenus, by their texts."""
    found = {action.text(): action for action in menu.actions()}
    for title in below:
        found = {action.text(): action for action in found[title].menu().actions()}
    return found


def values(grid: CompareGrid) -> list[Any]:
    return [pane.canvas.evidence.values for pane in grid.panes]


def legends(grid: CompareGrid) -> list[str]:
    return [pane.legend.accessibleDescription() for pane in grid.panes]


def test_each_pane_says_what_it_shows(filled: CompareGrid) -> None:
    assert [pane.title.text() for pane in filled.panes] == ["Evidence", "Grad-CAM"]
    assert "is the prediction" in badges(filled)[0]
    assert "soft" in badges(filled)[0]
    assert "post-hoc approximation" in badges(filled)[1]
    assert "black" in badges(filled)[1]


def test_the_panes_show_the_same_class(filled: CompareGrid, state: ViewerState, qtbot: Any) -> None:
    assert np.array_equal(values(filled)[0], synthetic.evidence()[2])
    assert np.array_equal(values(filled)[1], GRADCAM[2])
    state.set_class("mild")
    qtbot.waitUntil(lambda: np.array_equal(values(filled)[0], synthetic.evidence()[1]))
    assert np.array_equal(values(filled)[1], GRADCAM[1])


def test_an_image_never_chooses_its_own_limit(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    before = legends(filled)
    faint = synthetic.analysis(1, SOFT, evidence=synthetic.evidence() / 1000)
    synthetic.tell(state, faint)
    qtbot.waitUntil(lambda: values(filled)[0].max() < 1)
    assert legends(filled) == before


def test_units_are_logits_for_evidence_and_arbitrary_for_the_rest(filled: CompareGrid) -> None:
    assert legends(filled) == ["−8 to +8 logit", "0 to +0.1 a.u."]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 8])
def test_panes_come_and_go(filled: CompareGrid, state: ViewerState, qtbot: Any, count: int) -> None:
    state.set_panes([PaneContent("evidence"), *[PaneContent("gradcam")] * 7][:count])
    qtbot.waitUntil(lambda: state.painted)
    assert len(filled.panes) == count
    assert all(pane.isVisible() for pane in filled.panes)
    heights = {pane.height() for pane in filled.panes}
    assert max(heights) - min(heights) <= 1
    assert len({pane.viewport for pane in filled.panes}) == 1


def test_linked_panes_move_together_and_unlinked_ones_alone(
    filled: CompareGrid, state: ViewerState
) -> None:
    first, second = filled.panes
    first.viewport.zoom_at((10.0, 10.0), 2)
    assert second.viewport.scale == first.viewport.scale
    state.set_linked(False)
    before = second.viewport.scale, second.viewport.centre
    assert before == (first.viewport.scale, first.viewport.centre)
    first.viewport.zoom_at((10.0, 10.0), 2)
    assert (second.viewport.scale, second.viewport.centre) == before
    state.set_linked(True)
    assert second.viewport is first.viewport


def test_brightness_is_linked_too(filled: CompareGrid, state: ViewerState) -> None:
    first, second = filled.panes
    first.window_changed.emit(Window(10, 20))
    assert second.window_level == Window(10, 20)
    state.set_linked(False)
    first.window_changed.emit(Window(30, 40))
    assert second.window_level == Window(10, 20)
    filled.reset_window()
    assert second.window_level not in (Window(10, 20), Window(30, 40))
    assert second.window_level == first.window_level


def test_the_cursor_of_one_pane_is_read_out_in_all(filled: CompareGrid, qtbot: Any) -> None:
    with qtbot.waitSignal(filled.probed) as probed:
        filled.panes[0].cursor_moved.emit(5.5, 7.2)
    assert filled.panes[0].readout.text() == "cell +8.00 logit"
    assert filled.panes[1].readout.text() == "+0.08 a.u."
    probe = probed.args[0]
    assert isinstance(probe, Probe)
    assert (probe.x, probe.y, probe.pixel) == (5.5, 7.2, "95")
    # One of 8 cells holds 8: it adds 1 to the logit of 3.
    assert probe.evidence == "severe: cell +8.00 · adds +1.00 to the logit +3.00 (33.3 %)"
    with qtbot.waitSignal(filled.probed) as left:
        filled.panes[0].cursor_left.emit()
    assert left.args == [None]
    assert [pane.readout.text() for pane in filled.panes] == ["", ""]


def test_a_cursor_beside_the_image_reads_nothing(filled: CompareGrid) -> None:
    filled.panes[0].cursor_moved.emit(-5.0, 7.0)
    assert [pane.readout.text() for pane in filled.panes] == ["", ""]


def test_the_same_picture_is_called_so_and_a_black_box_offered(
    filled: CompareGrid, state: ViewerState, qtbot: Any, tmp_path: Path
) -> None:
    soft = replace(SOFT, path=tmp_path / "soft.safetensors")
    synthetic.load(state, soft)
    found = synthetic.analysis(1, soft, evidence=synthetic.evidence(), gradcam=GRADCAM)
    found.identical["gradcam"] = "Identical by construction: one linear layer."
    synthetic.tell(state, found)
    qtbot.waitUntil(lambda: "identical by construction" in badges(filled)[1])
    offer = filled.panes[1].findChild(object, "paneOffer")
    assert not offer.isVisible()
    assert "No black box" in filled.panes[1].badge.toolTip()
    assert not filled.panes[0].findChild(object, "paneOffer").isVisible()
    partner = tmp_path / "partner.safetensors"
    _write_header(partner, "blackbox")
    _write_header(tmp_path / "other.safetensors", "softcam")
    (tmp_path / "broken.safetensors").write_bytes(b"broken")
    filled._show_maps()
    assert offer.isVisible()
    assert "one linear layer" in offer.toolTip()
    assert not filled.panes[1].canvas.isAncestorOf(offer)
    with qtbot.waitSignal(state.model_wanted) as wanted:
        qtbot.mouseClick(offer.button, Qt.MouseButton.LeftButton)
    assert wanted.args == [partner]
    # Once it is open, the same button shows it.
    synthetic.load(state, soft, BLACK)
    state.set_panes([PaneContent("evidence"), PaneContent("gradcam", soft.id)])
    qtbot.waitUntil(lambda: offer.button.text() == "Show black box")
    qtbot.mouseClick(offer.button, Qt.MouseButton.LeftButton)
    assert state.panes[1] == PaneContent("gradcam", BLACK.id)


def _write_header(path: Path, head: str) -> None:
    from safetensors.numpy import save_file

    spec = synthetic.model("x", head).spec
    save_file({"weight": np.zeros(1, np.float32)}, path, {"softcam": spec.to_json()})


def test_a_black_box_without_evidence_says_so(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    synthetic.load(state, BLACK)
    qtbot.waitUntil(lambda: "no evidence of its own" in filled.panes[0].canvas.notice)
    assert values(filled)[0] is None


def test_a_model_without_the_class_says_so(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    other = replace(BLACK, spec=replace(BLACK.spec, classes=("a", "b", "c")))
    synthetic.load(state, SOFT, other)
    qtbot.waitUntil(lambda: "no class “severe”" in filled.panes[1].canvas.notice)
    assert values(filled)[1] is None
    assert values(filled)[0] is not None


def test_a_failed_map_and_an_unreadable_image_are_told_in_the_pane(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    state.failures[BLACK.id, "gradcam"] = "No map."
    state.analysis_changed.emit(1, BLACK.id)
    qtbot.waitUntil(lambda: filled.panes[1].canvas.notice == "No map.")
    assert filled.panes[0].canvas.notice == ""
    state.image = None
    state.image_error = "broken.png cannot be read."
    state.image_changed.emit()
    qtbot.waitUntil(lambda: filled.panes[0].canvas.notice == "broken.png cannot be read.")
    assert values(filled) == [None, None]


def test_progress_of_a_slow_map_is_shown(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    state.set_panes([PaneContent("evidence"), PaneContent("scorecam")])
    state.working[BLACK.id, "scorecam"] = Work(0.4)
    state.progress_changed.emit(BLACK.id, "scorecam")
    qtbot.waitUntil(lambda: "computing 40%" in badges(filled)[1])


def test_without_a_model_the_image_is_shown(
    grid: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    synthetic.show_case(state)
    qtbot.waitUntil(lambda: state.painted)
    assert values(grid) == [None, None]
    assert badges(grid) == ["no model is open"] * 2


def test_metrics_and_dashes(filled: CompareGrid, state: ViewerState) -> None:
    assert filled.panes[0].metrics.text() == ""  # Nothing is marked: dashes would be noise.
    assert "Draw marks" in filled.panes[0].metrics.toolTip()
    state.metrics = [PaneMetrics(0.612, 0.336), PaneMetrics(float("nan"), 0.0)]
    state.metrics_changed.emit()
    assert filled.panes[0].metrics.text() == "AP 0.612   AS 0.336"
    assert filled.panes[1].metrics.text() == "AP –   AS 0.000"


def test_hold_to_hide_shows_the_image_alone(filled: CompareGrid) -> None:
    with_map = filled.panes[0].grab().toImage()
    filled.set_hidden(True)
    assert [pane.canvas.opacity for pane in filled.panes] == [0, 0]
    assert filled.panes[0].grab().toImage() != with_map
    filled.set_hidden(False)
    assert filled.panes[0].grab().toImage() == with_map


def test_the_menu_chooses_method_and_model(filled: CompareGrid, state: ViewerState) -> None:
    menu = filled.panes[1].findChild(object, "paneMenu2")
    menu.fill()
    actions = {action.text(): action for action in menu.menu().actions()}
    assert actions["Grad-CAM"].isChecked()
    actions["CAM"].trigger()
    assert state.panes[1] == PaneContent("cam")
    menu.fill()
    entries(menu.menu(), "Model")["soft"].trigger()
    assert state.panes == [PaneContent("evidence"), PaneContent("cam", "soft")]
    menu.fill()
    entries(menu.menu())["Image only"].trigger()
    assert state.panes[1].method == IMAGE
    menu.fill()
    entries(menu.menu())["Annotations only"].trigger()
    assert state.panes[1].method == MARKS


def test_zoom_is_told(filled: CompareGrid, qtbot: Any) -> None:
    with qtbot.waitSignal(filled.zoomed) as zoomed:
        filled.one_to_one()
    assert zoomed.args == [1 / filled.devicePixelRatioF()]
    filled.fit()
    assert filled.panes[0].viewport.fitted


def test_a_cursor_over_a_pane_that_goes_leaves_nothing_behind(
    filled: CompareGrid, state: ViewerState
) -> None:
    gone = filled.panes[1]
    gone.cursor_moved.emit(5.5, 7.2)
    assert filled.panes[0].canvas._crosshair == (5.5, 7.2)
    state.set_panes(state.panes[:1])
    assert filled.panes[0].canvas._crosshair is None
    gone.cursor_moved.emit(5.5, 7.2)
    assert filled.panes[0].canvas._crosshair is None
    filled._cursor.read()


def test_a_class_that_is_not_predicted_is_not_called_the_prediction(filled):
    state = filled._state
    others = [c for c in state.models[0].spec.classes if c != state.shown_class()]
    assert "is the prediction" in badges(filled)[0]
    state.set_class(others[0])
    filled._show_maps()
    assert "is the prediction" not in badges(filled)[0]
    assert f"not predicted · {others[0]}" in badges(filled)[0]


def test_the_legend_says_while_its_limits_are_provisional(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    legend = filled.panes[0].legend
    assert "fixed limits" in legend.toolTip()
    model = state.pane_model(state.panes[0])
    assert model is not None
    state.provisional.add((model.id, "evidence"))
    state.limits_changed.emit()
    qtbot.waitUntil(lambda: "provisional limits" in legend.toolTip())
    state.provisional.clear()
    state.limits_changed.emit()
    qtbot.waitUntil(lambda: "provisional" not in legend.toolTip())


def test_the_menu_has_headings_and_marks_what_is_slow(filled: CompareGrid) -> None:
    menu = filled.panes[1].findChild(object, "paneMenu2")
    menu.fill()
    actions = menu.menu().actions()
    slow = {action.text() for action in actions if action.text().endswith("slow")}
    assert "Score-CAM  · slow" in slow
    assert all(name not in " ".join(slow) for name in ("Grad-CAM", "Evidence", "Layer-CAM"))
    headings = [a.defaultWidget().text() for a in actions if isinstance(a, QWidgetAction)]
    assert headings == ["Map"]


def test_the_tab_key_goes_through_one_pane_after_the_other(
    filled: CompareGrid, state: ViewerState
) -> None:
    state.set_panes([PaneContent("evidence")] * 4)
    chain, widget = [], filled.nextInFocusChain()
    while widget is not filled:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    stops = [
        stop
        for number, pane in enumerate(filled.panes, start=1)
        for stop in (
            pane.findChild(object, f"paneMenu{number}"),
            pane.canvas,
            pane.findChild(object, "paneOfferButton"),
        )
    ]
    assert [w for w in chain if w in stops] == stops


# Panes one by one


def test_a_pane_keeps_to_a_class_of_its_own(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    state.set_pane(0, class_name="mild")
    qtbot.waitUntil(lambda: np.array_equal(values(filled)[0], synthetic.evidence()[1]))
    assert np.array_equal(values(filled)[1], GRADCAM[2])
    assert filled.panes[0].title.text() == "Evidence: mild"
    assert "is the score of a class not predicted" in badges(filled)[0]
    state.set_class("normal")
    qtbot.waitUntil(lambda: np.array_equal(values(filled)[1], GRADCAM[0]))
    assert np.array_equal(values(filled)[0], synthetic.evidence()[1])


def test_an_opacity_of_its_own_draws_nothing_else_anew(
    filled: CompareGrid, state: ViewerState, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    painted: list[int] = []
    for number, slot in enumerate(filled._slots):
        show = slot.show_overlay
        monkeypatch.setattr(
            slot, "show_overlay", lambda h, n=number, s=show: (painted.append(n), s(h))
        )
        monkeypatch.setattr(slot.pane, "set_image", lambda *_: pytest.fail("drawn anew"))
    panes = filled.panes
    for step in range(10):
        state.set_pane(1, opacity=step / 10)
    assert painted == [1] * 10
    assert [pane.canvas.opacity for pane in filled.panes] == [state.overlay.opacity, 0.9]
    assert filled.panes == panes
    state.set_overlay(opacity=0.2)
    assert [pane.canvas.opacity for pane in filled.panes] == [0.2, 0.9]
    filled.set_hidden(True)
    assert [pane.canvas.opacity for pane in filled.panes] == [0, 0]
    filled.set_hidden(False)
    state.set_pane(1, opacity=None)
    assert filled.panes[1].canvas.opacity == 0.2


def test_panes_that_change_places_take_their_view_along(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    first, second = filled.panes
    state.set_pane(1, linked=False)
    second.viewport.zoom_at((10.0, 10.0), 3)
    scale = second.viewport.scale
    panes.swap(state, 1, 0)
    assert filled.panes == [second, first]
    assert [pane.objectName() for pane in filled.panes] == ["pane1", "pane2"]
    assert second.viewport.scale == scale != first.viewport.scale
    qtbot.waitUntil(lambda: second.x() < first.x())
    assert state.current == 0


def test_dragging_a_header_onto_another_pane_swaps_them(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    first, second = filled.panes
    hint = filled.findChild(object, "dropHint")
    start, end = QPoint(20, 10), second.mapTo(filled, second.rect().center())
    way = first.header.mapFrom(filled, end)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(first.header, left, none, start)
    QTest.mouseMove(first.header, way)
    assert hint.isVisible()
    assert hint.geometry() == second.geometry()
    QTest.mouseRelease(first.header, left, none, way)
    assert not hint.isVisible()
    assert [content.method for content in state.panes] == ["gradcam", "evidence"]
    assert filled.panes == [second, first]


def test_escape_and_a_drop_beside_every_pane_change_nothing(
    filled: CompareGrid, state: ViewerState
) -> None:
    header = filled.panes[0].header
    before = state.panes
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    way = header.mapFrom(filled, filled.panes[1].geometry().center())
    QTest.mousePress(header, left, none, QPoint(20, 10))
    QTest.mouseMove(header, way)
    QTest.keyClick(header, Qt.Key.Key_Escape)
    assert not filled.findChild(object, "dropHint").isVisible()
    QTest.mouseRelease(header, left, none, way)
    QTest.mousePress(header, left, none, QPoint(20, 10))
    QTest.mouseMove(header, QPoint(-500, -500))
    QTest.mouseRelease(header, left, none, QPoint(-500, -500))
    assert state.panes == before


def test_one_unlinked_pane_goes_its_own_way_and_says_so(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    state.set_panes([PaneContent("evidence"), PaneContent("gradcam"), PaneContent("")])
    marks = [filled.findChild(object, f"paneLink{number}") for number in (1, 2, 3)]
    assert not any(mark.isVisible() for mark in marks)
    state.set_pane(2, linked=False)
    first, second, third = filled.panes
    qtbot.waitUntil(lambda: [mark.isVisible() for mark in marks] == [False, False, True])
    first.viewport.zoom_at((5.0, 5.0), 2)
    assert second.viewport.scale == first.viewport.scale != third.viewport.scale
    first.window_changed.emit(Window(10, 20))
    assert second.window_level == Window(10, 20) != third.window_level
    first.cursor_moved.emit(5.5, 7.2)
    assert second.readout.text() != ""
    assert third.canvas._crosshair is None
    third.cursor_moved.emit(5.5, 7.2)
    assert first.canvas._crosshair is None
    assert first.readout.text() == ""
    marks[2].click()
    assert third.viewport is first.viewport
    assert third.window_level == Window(10, 20)


def test_the_cell_under_the_cursor_is_that_of_the_panes_evidence(
    filled: CompareGrid, state: ViewerState
) -> None:
    filled.panes[0].cursor_moved.emit(20.0, 30.0)
    assert state.cell == Cell(SOFT.id, 1, 1)
    filled.panes[1].cursor_moved.emit(63.0, 1.0)
    assert state.cell == Cell(SOFT.id, 0, 3)
    filled.panes[1].cursor_moved.emit(70.0, 1.0)
    assert state.cell is None
    filled.panes[0].cursor_moved.emit(20.0, 30.0)
    filled.panes[0].cursor_left.emit()
    assert state.cell is None


def test_no_cell_is_told_while_the_model_is_hidden(
    filled: CompareGrid, state: ViewerState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "model_hidden", lambda *_: True)
    filled.panes[0].cursor_moved.emit(20.0, 30.0)
    assert state.cell is None


def test_the_pane_that_has_the_focus_is_the_current_one(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    qtbot.waitUntil(filled.isActiveWindow)
    filled.panes[1].canvas.setFocus()
    assert state.current == 1
    filled.go_to(1)
    assert state.current == 0
    QTest.mouseClick(filled.panes[1].header, Qt.MouseButton.LeftButton)
    assert state.current == 1
    assert [pane._current for pane in filled.panes] == [False, True]
    state.set_panes(state.panes[:1])
    assert state.current == 0
    assert filled.panes[0].canvas.hasFocus()
    # A lone pane needs no mark.
    assert not filled.panes[0]._current


def test_the_image_alone_has_neither_map_nor_marks_nor_tool(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    state.set_tool("box")
    state.set_panes([PaneContent("evidence"), PaneContent(IMAGE), PaneContent(MARKS)])
    qtbot.waitUntil(lambda: values(filled)[1] is None)
    assert [pane.canvas.tool is None for pane in filled.panes] == [False, True, False]
    assert badges(filled)[1:] == ["the image alone", "annotations of reader-1"]
    state.set_panes([PaneContent("evidence"), PaneContent("gradcam"), PaneContent(MARKS)])
    assert filled.panes[1].canvas.tool is not None


def test_a_difference_is_drawn_and_read_out_with_its_units(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    panes.difference(state)
    qtbot.waitUntil(lambda: len(filled.panes) == 3 and values(filled)[2] is not None)
    assert filled.panes[2].title.text() == "Evidence − Grad-CAM"
    assert legends(filled)[2] == "−1 to +1 limits"
    filled.panes[0].cursor_moved.emit(5.5, 7.2)
    assert filled.panes[2].readout.text() == "+0.20 limits"
    assert "rank correlation" in filled.panes[2].metrics.toolTip()


def test_the_tip_of_the_numbers_says_how_far_the_maps_agree(
    filled: CompareGrid, state: ViewerState
) -> None:
    metrics = filled.panes[0].metrics
    help_event = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), QPoint(2, 2))
    QApplication.sendEvent(metrics, help_event)
    assert "With Grad-CAM (pane 2): rank correlation 1.00 · IoU of top 10 % 1.00" in (
        metrics.toolTip()
    )
    state.set_panes([PaneContent("evidence"), PaneContent(IMAGE)])
    QApplication.sendEvent(metrics, help_event)
    assert "rank correlation" not in metrics.toolTip()


def test_narrow_panes_have_two_lines_and_a_small_strip(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    filled.resize(760, 560)
    state.set_panes([PaneContent("evidence"), *[PaneContent("scorecam")] * 7])
    offer = filled.offers[1]
    qtbot.waitUntil(offer.isVisible)
    for pane in filled.panes:
        assert pane.header.two_lines
        assert pane.title.geometry().bottom() < pane.badge.geometry().top() + 4
        assert pane.badge.width() > pane.width() * 0.8
    pane = filled.panes[1]

    def is_below() -> bool:
        place = QRect(offer.mapTo(pane, QPoint()), offer.size())
        return pane.rect().contains(place) and not place.intersects(pane.canvas.geometry())

    qtbot.waitUntil(is_below)
    assert offer.button.width() >= offer.button.sizeHint().width()
    assert "many passes" in offer.toolTip()
    state.working[BLACK.id, "scorecam"] = Work(0.4, left=30.0)
    state.progress_changed.emit(BLACK.id, "scorecam")
    qtbot.waitUntil(offer.bar.isVisible)
    assert offer.button.text() == "Cancel"
    qtbot.waitUntil(is_below)
    state.working.clear()
    state.progress_changed.emit(BLACK.id, "scorecam")
    qtbot.waitUntil(offer.close_button.isVisible)
    offer.close_button.click()
    filled._show_maps()
    assert not offer.isVisible(), "what the user hid stays hidden"
    state.set_panes(state.panes[:1])
    assert not filled.panes[0].header.two_lines


def test_a_long_title_gives_every_header_two_lines_and_a_class_none(
    filled: CompareGrid, state: ViewerState, qtbot: Any
) -> None:
    filled.resize(660, 560)
    qtbot.wait(20)
    assert not any(pane.header.two_lines for pane in filled.panes)
    for pane in filled.panes:  # The value gives way to the words, into the picture.
        assert pane.readout.parent() is pane.canvas
    state.set_class("mild")  # "is the score of a class not predicted" moves nothing.
    qtbot.wait(20)
    assert not any(pane.header.two_lines for pane in filled.panes)
    panes.difference(state)
    state.set_panes(state.panes[1:])
    qtbot.waitUntil(lambda: all(pane.header.two_lines for pane in filled.panes))


def test_the_menu_pins_a_class_links_and_compares(filled: CompareGrid, state: ViewerState) -> None:
    menu = filled.panes[0].findChild(object, "paneMenu1")
    menu.fill()
    entries(menu.menu(), "Class")["mild"].trigger()
    assert state.panes[0].class_name == "mild"
    menu.fill()
    entries(menu.menu(), "Class")["Follows the class in view"].trigger()
    assert state.panes[0].class_name == ""
    menu.fill()
    entries(menu.menu())["Moves with the others"].trigger()
    assert not state.panes[0].linked
    menu.fill()
    entries(menu.menu(), "Difference to")["Grad-CAM  (pane 2)"].trigger()
    assert state.panes[2].pair == (PaneContent("evidence"), PaneContent("gradcam"))
    menu.fill()
    entries(menu.menu())["Move right"].trigger()
    assert state.panes[1].method == "evidence"
    menu = filled.panes[0].findChild(object, "paneMenu1")
    menu.fill()
    entries(menu.menu())["Close this pane"].trigger()
    assert [content.method for content in state.panes] == ["evidence", "difference"]


def test_the_menus_slider_sets_the_panes_own_opacity(
    filled: CompareGrid, state: ViewerState
) -> None:
    menu = filled.panes[1].findChild(object, "paneMenu2")
    menu.fill()
    slider = menu.menu().findChild(object, "paneOpacitySlider")
    slider.setValue(25)
    assert state.panes[1].opacity == 0.25
    common = entries(menu.menu(), "Opacity")["As in all panes"]
    assert not common.isChecked()
    common.trigger()
    assert state.panes[1].opacity is None


def test_filling_a_menu_again_and_again_leaves_nothing_behind(filled: CompareGrid) -> None:
    menu = filled.panes[1].findChild(object, "paneMenu2")
    counts = set()
    for _ in range(5):
        menu.fill()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        counts.add(len(menu.menu().findChildren(QObject)))
    assert len(counts) == 1
