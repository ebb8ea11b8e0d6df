"""A dialog over a study that three readers marked, and a child process that compares them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.agreement.dialog import AgreementDialog
from app.controller.opening import cases_of
from app.jobs.client import JobClient
from app.state import ViewerState
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
from comparer import Comparer


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Four images: A and B agree on the first, and less and less on the others; C grades."""
    paths = [tmp_path / f"eye-{number}.png" for number in (1, 2, 3, 4)]
    for number, path in enumerate(paths):
        pixels = np.random.default_rng(number).integers(0, 255, (48, 64, 3), np.uint8)
        Image.fromarray(pixels).save(path)
    with Study.open(tmp_path / "s.softcam") as opened:
        for number, case in enumerate(opened.add_cases(paths)):
            for reader, x in (("A", 5), ("B", 5 + 3 * number)):
                opened.add_annotation(case, "box", [[x, 5], [x + 20, 25]], "MA", reader)
            for reader, grade in zip("ABC", ("mild", "mild", "severe"), strict=True):
                opened.set_label(case, "normal" if number == 0 else grade, reader)
        yield opened


@pytest.fixture
def open_study(state: ViewerState, study: Study) -> ViewerState:
    """The window's state with the study open, read by A."""
    state.study = study
    state.reader = "A"
    state.cases = cases_of(study)
    state.study_changed.emit()
    return state


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[JobClient]:
    """A child process without torch, shared by a module's tests."""
    client = JobClient(make_worker=Comparer)
    client.start()
    while client.pid is None:  # Its threads must be there before a test counts them.
        qapp.processEvents()
    yield client
    client.close()


@pytest.fixture
def make_dialog(
    qtbot: Any, open_study: ViewerState, jobs: JobClient
) -> Callable[[], AgreementDialog]:
    """Show a dialog."""
    made = []  # qtbot itself does not keep it

    def make() -> AgreementDialog:
        dialog = AgreementDialog(open_study, jobs)
        qtbot.addWidget(dialog, before_close_func=lambda shown: shown.stop())
        made.append(dialog)
        dialog.show()
        return dialog

    return make


@pytest.fixture
def ended(qtbot: Any) -> Callable[[AgreementDialog], None]:
    """Wait until a dialog has nothing under way."""

    def wait(dialog: AgreementDialog) -> None:
        qtbot.waitUntil(lambda: not dialog.cancel.isEnabled(), timeout=30_000)

    return wait
