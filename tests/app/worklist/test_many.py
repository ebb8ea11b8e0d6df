"""Ten thousand cases: whatever the list is told, it shows within 100 ms.

What the state itself takes to look through reads and grades is not measured here.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from app.state import Case, Prediction, ViewerState
from app.theme import DARK
from app.worklist.panel import WorklistPanel
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study

MANY = 10_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    folder = tmp_path_factory.mktemp("many")
    study = Study.open(folder / "many.softcam")
    study.add_cases([folder / f"eye{n * 7919 % MANY:05}.png" for n in range(MANY)])
    yield study
    study.close()


@pytest.fixture
def panel(qtbot: Any, state: ViewerState, many: Study) -> Iterator[WorklistPanel]:
    """The list of all cases, each with a prediction, while the protocol hides nothing."""
    set_protocol(many, Protocol(), "head")
    state.set_reader("A")
    state.study = many
    state.cases = [Case(c.id, c.path, c.name) for c in many.cases()]
    state.predictions = {
        c.id: Prediction("mild" if c.id % 3 else "severe", c.id % 997 / 997, "m")
        for c in state.cases
    }
    state.case = state.cases[0]
    panel = WorklistPanel(state, DARK)
    qtbot.addWidget(panel)
    panel.resize(250, 700)
    panel.show()
    # What was made for the test must not be looked through while the loop is watched.
    gc.collect()
    gc.freeze()
    yield panel
    panel.stop()
    gc.unfreeze()


def in_the_loop(qtbot: Any, act: Any) -> None:
    """Act as an event does, where `heartbeat` measures, and let the list paint itself."""
    QTimer.singleShot(0, act)
    qtbot.wait(120)


def look_again(qtbot: Any, state: ViewerState, case: int | None = None) -> None:
    """Let the list alone follow, in the loop, what `ViewerState.look_again` tells."""
    state.blockSignals(True)
    state.look_again(case)
    state.blockSignals(False)

    def tell() -> None:
        state.sight_changed.emit()
        state.models_changed.emit()
        ids = [c.id for c in state.cases if case in (None, c.id)]
        state.predictions_changed.emit(ids)
        for number in ids:
            state.case_updated.emit(number)

    in_the_loop(qtbot, tell)


def names(panel: WorklistPanel) -> list[str]:
    return [panel.filter.case_at(n).name for n in range(panel.filter.rowCount())]


def test_sorting(qtbot: Any, panel: WorklistPanel) -> None:
    for order in (1, 2, 3, 4, 0, 1):
        in_the_loop(qtbot, lambda order=order: panel.order.setCurrentIndex(order))
    assert names(panel) == [f"eye{n:05}.png" for n in range(MANY)]
    assert panel.view.currentIndex().row() == panel.filter.index_of(0).row() == 0


def test_searching(qtbot: Any, panel: WorklistPanel) -> None:
    for text in ("eye09", "eye0", "class:severe", "p>0.5", "status:unread", ""):
        in_the_loop(qtbot, lambda text=text: panel.search.setText(text))
    assert panel.filter.rowCount() == MANY


def test_protocol(qtbot: Any, panel: WorklistPanel, state: ViewerState, many: Study) -> None:
    panel.order.setCurrentIndex(3)
    shuffled = Protocol("ai-second", "shuffled", 3)

    set_protocol(many, shuffled, "head")
    look_again(qtbot, state)
    assert [panel.filter.case_at(n).id for n in range(MANY)] == state.sight.order(
        [c.id for c in state.cases]
    )
    assert panel.model.prediction_of(1) is None
    set_protocol(many, Protocol(), "head")
    look_again(qtbot, state)
    assert [panel.filter.case_at(n).id for n in range(3)] == [1, 2, 3]
    assert panel.model.prediction_of(1) is not None


def test_reader(qtbot: Any, panel: WorklistPanel, state: ViewerState, many: Study) -> None:
    set_protocol(many, Protocol("ai-second", "shuffled", 3), "head")
    state.look_again()
    before = names(panel)
    state.reader = "B"
    in_the_loop(qtbot, state.reader_changed.emit)
    look_again(qtbot, state)
    assert sorted(names(panel)) == sorted(before)
    assert names(panel) != before


def test_lock(qtbot: Any, panel: WorklistPanel, state: ViewerState, many: Study) -> None:
    set_protocol(many, Protocol("ai-second", "shuffled", 3), "head")
    state.look_again()
    before = names(panel)
    many.lock_read(many.start_read(1, "A", "ai-second"))
    look_again(qtbot, state, 1)
    assert panel.model.prediction_of(1) == state.predictions[1]
    assert panel.model.prediction_of(2) is None
    assert names(panel) == before
