"""A dialog over a study of six images, and children without torch."""

from __future__ import annotations

import gc
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from app.controller.opening import cases_of
from app.jobs.client import JobClient
from app.settings import Settings
from app.state import ViewerState
from app.training.dialog import TrainingDialog
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
from trainer import Trainer

HERE = Path(__file__).parent


def load(name: str, path: Path) -> Any:
    """Import a file that is no package's."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SYNTHETIC = load("synthetic_state", HERE.parent / "synthetic.py")


@pytest.fixture(scope="module", autouse=True)
def frozen(qapp: QApplication) -> Iterator[None]:
    """As the program does at its start: a full collection over all of it would stop the window."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(folder))
    return folder


@pytest.fixture
def study(tmp_path: Path, data_dir: Path) -> Iterator[Study]:
    """Four fundus images that came with grades and marks, and two scans."""
    paths = [tmp_path / f"eye-{number}.png" for number in range(1, 7)]
    for number, path in enumerate(paths):
        pixels = np.random.default_rng(number).integers(0, 255, (32, 32, 3), np.uint8)
        Image.fromarray(pixels).save(path)
    with Study.open(tmp_path / "s.softcam") as opened:
        for case in opened.add_cases(paths[:4], "fundus"):
            opened.add_annotation(case, "box", [[5, 5], [25, 25]], "MA", "given")
            opened.set_label(case, "mild", "given")
        opened.add_cases(paths[4:], "oct")
        yield opened


@pytest.fixture
def open_study(state: ViewerState, study: Study) -> ViewerState:
    """The window's state: the study open, read by A, with a black box and a SoftCAM."""
    state.study = study
    state.reader = "A"
    state.cases = cases_of(study)
    state.case = state.cases[0]
    state.models = [
        SYNTHETIC.model("resnet-blackbox", "blackbox"),
        SYNTHETIC.model("resnet-sparse", lambdas={"l1": 3e-5}),
    ]
    state.study_changed.emit()
    state.models_changed.emit()
    return state


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[JobClient]:
    """A child process without torch, shared by a module's tests, that looks at images."""
    client = JobClient(make_worker=Trainer)
    client.start()
    while client.pid is None:  # Its threads must be there before a test counts them.
        qapp.processEvents()
    yield client
    client.close()


@pytest.fixture
def make_dialog(
    qtbot: Any, open_study: ViewerState, jobs: JobClient, tmp_path: Path
) -> Iterator[Callable[[], TrainingDialog]]:
    """Show a dialog; the children that it started are gone after the test."""
    made: list[TrainingDialog] = []  # qtbot itself does not keep it
    clients: list[JobClient] = []
    settings = Settings(tmp_path / "settings")

    def client() -> JobClient:
        clients.append(JobClient(make_worker=Trainer))
        return clients[-1]

    def devices() -> list[tuple[str, str]]:
        return [("auto", "Automatic"), ("cpu", "CPU")]

    def make() -> TrainingDialog:
        dialog = TrainingDialog(open_study, jobs, devices, settings, client)
        qtbot.addWidget(dialog, before_close_func=lambda shown: shown.stop())
        made.append(dialog)
        dialog.show()
        return dialog

    yield make
    for dialog in made:
        dialog.stop()
        dialog.views.fill(None)
    for one in clients:
        one._server.join(10)
        assert not one._server.is_alive()


@pytest.fixture
def dialog(qtbot: Any, make_dialog: Any) -> TrainingDialog:
    """A dialog that has looked at its images."""
    made = make_dialog()
    qtbot.waitUntil(lambda: bool(made.form.notes()), timeout=20_000)
    return made
