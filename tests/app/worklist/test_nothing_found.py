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
