"""A dialog over a study of four images, and children that copy what was measured before."""

from __future__ import annotations

import gc
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.controller.opening import cases_of
from app.evaluation.dialog import EvaluationDialog
from app.jobs.client import JobClient
from app.state import ViewerState
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
from measurer import PREPARED, Measurer

HERE = Path(__file__).parent
IMAGES = 12


def load(name: str, path: Path) -> Any:
    """Import a file that is no package's."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SYNTHETIC = load("synthetic_state", HERE.parent / "synthetic.py")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of drawn numbers, with its results.

    Another process makes it: what that takes (scikit-learn) is never in the window's, whose
    garbage collections it would make long.
    """
    folder = tmp_path_factory.mktemp("run") / PREPARED
    done = subprocess.run(
        [sys.executable, str(HERE / "prepare.py"), str(folder), str(IMAGES)],
        cwd=HERE.parents[2],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module", autouse=True)
def frozen(qapp: QApplication, prepared: Path) -> Iterator[None]:
    """As the program does at its start: a full collection over all of it would stop the window."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def study(tmp_path: Path, prepared: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """Four images; A marked all, B the first."""
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path / "data"))
    shutil.copytree(prepared, tmp_path / PREPARED)
    paths = [tmp_path / f"eye-{number}.png" for number in (1, 2, 3, 4)]
    for number, path in enumerate(paths):
        pixels = np.random.default_rng(number).integers(0, 255, (48, 64, 3), np.uint8)
        Image.fromarray(pixels).save(path)
    with Study.open(tmp_path / "s.softcam") as opened:
        for case in opened.add_cases(paths):
            opened.add_annotation(case, "box", [[5, 5], [25, 25]], "MA", "A")
        opened.add_annotation(1, "box", [[5, 5], [25, 25]], "MA", "B")
        yield opened


@pytest.fixture
def open_study(state: ViewerState, study: Study) -> ViewerState:
    """The window's state: the study open, read by A, with a black box and a SoftCAM."""
    state.study = study
    state.reader = "A"
    state.cases = cases_of(study)
    state.models = [
        SYNTHETIC.model("resnet-blackbox", "blackbox"),
        SYNTHETIC.model("resnet-dense"),
    ]
    state.study_changed.emit()
    state.models_changed.emit()
    return state


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[JobClient]:
    """A child process without torch, shared by a module's tests, that reads results."""
    client = JobClient(make_worker=Measurer)
    client.start()
    while client.pid is None:  # Its threads must be there before a test counts them.
        qapp.processEvents()
    yield client
    client.close()


@pytest.fixture
def make_dialog(
    qtbot: Any, open_study: ViewerState, jobs: JobClient
) -> Iterator[Callable[[], EvaluationDialog]]:
    """Show a dialog; the children that it started are gone after the test."""
    made: list[EvaluationDialog] = []  # qtbot itself does not keep it
    clients: list[JobClient] = []

    def client() -> JobClient:
        clients.append(JobClient(make_worker=Measurer))
        return clients[-1]

    def first_two() -> list[int]:
        return [case.id for case in open_study.cases[:2]]

    def make() -> EvaluationDialog:
        dialog = EvaluationDialog(open_study, jobs, first_two, make_client=client)
        qtbot.addWidget(dialog, before_close_func=lambda shown: shown.stop())
        made.append(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in made:
        dialog.stop()
    for one in clients:
        one._server.join(10)
        assert not one._server.is_alive()


@pytest.fixture
def finished(qtbot: Any, make_dialog: Any) -> EvaluationDialog:
    """A dialog with the results of an evaluation."""
    dialog = make_dialog()
    dialog.start()
    qtbot.waitUntil(lambda: dialog._shown is not None, timeout=30_000)
    return dialog


@pytest.fixture
def measured(finished: EvaluationDialog, open_study: ViewerState) -> EvaluationDialog:
    """A dialog whose study has the images that the results are of."""
    cases, first = finished._shown.cases, open_study.cases[0]
    names = {int(case): cases.text("image", row) for row, case in enumerate(cases.case)}
    folder = first.path.parent
    open_study.cases = [replace(first, id=n, path=folder / name) for n, name in names.items()]
    return finished
