"""A search that finds nothing says so in the list's place."""

from __future__ import annotations

from pathlib import Path

from app.colours import DARK
from app.state import Case, ViewerState
from app.worklist.panel import WorklistPanel


def test_a_search_without_a_hit_says_so(qtbot, state: ViewerState) -> None:
    panel = WorklistPanel(state, DARK)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.none.isVisible()
    state.cases = [Case(1, Path("a.png"), "a.png")]
    state.study_changed.emit()
    qtbot.waitUntil(lambda: panel.filter.rowCount() == 1)
    panel.search.setText("zebra")
    qtbot.waitUntil(panel.none.isVisible)
    assert "fits" in panel.none.text()
    panel.search.clear()
    qtbot.waitUntil(lambda: not panel.none.isVisible())


def test_a_case_in_view_that_the_search_hides_is_no_row_of_the_list(
    qtbot, state: ViewerState
) -> None:
    """As undo shows it, for a step of a case that is not listed."""
    panel = WorklistPanel(state, DARK)
    qtbot.addWidget(panel)
    panel.show()
    state.cases = [Case(n, Path(f"{name}.png"), name) for n, name in enumerate(("oct", "eye"), 1)]
    state.study_changed.emit()
    panel.search.setText("oct")
    qtbot.waitUntil(lambda: panel.filter.rowCount() == 1)
    state.case = state.cases[0]
    state.case_changed.emit()
    assert panel.view.selectedIndexes()
    assert panel.count.text() == "1 / 1 of 2"
    state.case = state.cases[1]
    state.case_changed.emit()
    assert not panel.view.currentIndex().isValid()
    assert not panel.view.selectedIndexes()
    assert panel.count.text() == "\N{EN DASH} / 1 of 2"
