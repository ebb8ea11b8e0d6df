"""A real window, with synthetic cases and models that no child computed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).parent.parent))
import synthetic

from app.main_window import MainWindow
from app.settings import Settings
from app.theme import apply_theme


@pytest.fixture
def window(qtbot: Any) -> Iterator[MainWindow]:
    """A window with nothing open, of a common size."""
    made = MainWindow(Settings())
    qtbot.addWidget(made, before_close_func=lambda w: w.close())
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "dark")


@pytest.fixture
def reading(window: MainWindow) -> MainWindow:
    """The same window with a case and two models, which find it severe."""
    softcam, black = synthetic.model("soft"), synthetic.model("black", "blackbox")
    synthetic.load(window.state, softcam, black)
    synthetic.show_case(window.state)
    window.state.study_changed.emit()
    window.state.cases_added.emit(window.state.cases)
    maps = {"evidence": synthetic.evidence()}
    synthetic.tell(window.state, synthetic.analysis(1, softcam, **maps))
    return window
