"""The dialog in the whole window: from the menu to a case."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.agreement.dialog import AgreementDialog
from app.main_window import MainWindow
from app.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def window(qtbot, study):
    made = MainWindow(Settings())
    made.jobs.start = lambda: None
    qtbot.addWidget(made, before_close_func=lambda w: w.close())
    made.show()
    made.open_study(study.path)
    qtbot.waitUntil(lambda: len(made.state.cases) == 4 and made.state.painted, timeout=20_000)
    yield made
    made.close()


def test_the_menu_opens_one_dialog_and_a_case_chosen_there_is_shown(window, qtbot):
    action = window.actions_table["agreement"]
    assert action in window.menuBar().findChild(QObject, "menu_Readers").actions()
    action.trigger()
    action.trigger()
    (dialog,) = window.findChildren(AgreementDialog)
    assert dialog.isVisible()
    last = window.state.cases[-1].id
    dialog.case_chosen.emit(last)
    assert window.state.case.id == last
    dialog.close()
    action.trigger()
    assert dialog.isVisible()
    dialog.close()


def test_the_window_starts_without_what_only_the_dialog_needs():
    code = (
        "import sys, app.main_window\n"
        "names = ('app.agreement', 'softcam_core.agreement', 'scipy', 'sklearn')\n"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "[]", done.stderr
