"""A whole window over a folder of photographs, with a model's word that no child computed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QAbstractListModel, QEvent, QSortFilterProxyModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QWidget,
)

from app.main_window import MainWindow
from app.settings import Settings
from app.state import PaneContent, PaneMetrics, Prediction
from app.worklist.model import Role
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

MODEL = synthetic.model("oracle")
CASES = 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(CASES):
        pixels = np.random.default_rng(number).integers(0, 255, (48, 64, 3), np.uint8)
        Image.fromarray(pixels).save(photos / f"eye{number}.png")
    return photos


@pytest.fixture
def window(qtbot: Any, folder: Path) -> Iterator[MainWindow]:
    """The photographs are open; nothing is computed behind the window."""
    # What earlier windows left must not be collected while the loop is watched.
    gc.collect()
    gc.freeze()
    window = MainWindow(Settings())
    window.jobs.start = lambda: None  # type: ignore[method-assign]
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.resize(1300, 850)
    window.show()
    window.open_paths([folder])
    qtbot.waitUntil(
        lambda: len(window.state.cases) == CASES and window.state.painted, timeout=10_000
    )
    qtbot.waitUntil(lambda: window.controller._finished, timeout=10_000)
    # No read begins on its own while a slow machine is at a test: it would keep its mode.
    window.readers.reading.tick_timer.setInterval(3_600_000)
    yield window
    window.close()


def study_of(window: MainWindow) -> Study:
    study = window.state.study
    assert study is not None
    return study


def let_the_model_speak(window: MainWindow) -> None:
    """A model says of every case that it is severe, and has maps of the case in view."""
    state = window.state
    state.set_panes([PaneContent("evidence"), PaneContent("gradcam"), PaneContent("", "")])
    synthetic.load(state, MODEL)
    state.limits.update({(MODEL.id, "evidence"): 8.0, (MODEL.id, "gradcam"): 8.0})
    for case in state.cases:
        state.predictions[case.id] = Prediction("severe", 0.87, MODEL.id)
    maps = synthetic.evidence()
    for case in state.cases:
        found = synthetic.analysis(case.id, MODEL, evidence=maps, gradcam=np.abs(maps))
        synthetic.tell(state, found)
    state.predictions_changed.emit([case.id for case in state.cases])
    settle()
    measure(window)


def measure(window: MainWindow) -> None:
    """Numbers for two maps, as if they had been computed."""
    window.state.metrics = [PaneMetrics(0.123, 0.456), PaneMetrics(0.123, 0.456), None]
    window.state.metrics_changed.emit()


def set_mode(window: MainWindow, mode: str, order: str = "fixed", seed: int = 0) -> None:
    set_protocol(study_of(window), Protocol(mode, order, seed), "head")  # type: ignore[arg-type]
    window.state.look_again()


def lock_first_read(window: MainWindow, reader: str | None = None, mode: str = "ai-second") -> None:
    """As another program would: without the window's own button."""
    case, study = window.state.case, study_of(window)
    assert case is not None
    reader = reader or window.state.reader
    read = study.open_read(case.id, reader)
    number = study.start_read(case.id, reader, mode) if read is None else read.id
    study.lock_read(number)
    window.state.look_again()


def everything_said(window: MainWindow) -> str:
    """All texts that a widget, an action or a list of the window has to tell, seen or spoken."""
    said: list[str] = [window.windowTitle()]
    for widget in [window, *window.findChildren(QWidget)]:
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QComboBox):
            said += [widget.itemText(n) for n in range(widget.count())]
        elif hasattr(widget, "text") and not isinstance(widget, QAbstractItemView):
            text = widget.text() if callable(widget.text) else widget.text.text()
            said.append(str(text))
        if isinstance(widget, QLabel):
            said.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            said += _cells(widget.model())
    for action in window.findChildren(QAction):
        said += [action.text(), action.toolTip()]
    for pane in window.grid.panes:
        said += [pane.canvas.notice]
    return "\n".join(said)


def _cells(model: Any) -> list[str]:
    roles = [
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
        Qt.ItemDataRole.EditRole,
        *Role,
    ]
    found = []
    columns = 1 if isinstance(model, QAbstractListModel | QSortFilterProxyModel) else 5
    for row in range(model.rowCount()):
        for column in range(columns):
            index = model.index(row, column)
            if not index.isValid():
                continue
            found += [str(index.data(role)) for role in roles if index.data(role) is not None]
    return found


def settle() -> None:
    """Let what was set in motion come to rest."""
    for _ in range(5):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
