"""Readers against a model, which the child process runs while the window has the study open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.agreement.dialog import AgreementDialog
from app.jobs.client import JobClient
from app.state import LoadedModel, ViewerState
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study
from softcam_core.models.spec import ModelSpec

CLASSES = ["normal", "mild", "severe"]


@pytest.fixture(scope="module")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch

    import softcam_core
    from softcam_core.imaging.preprocess import InputSpec

    torch.manual_seed(3)
    built = softcam_core.build_model(
        "shufflenet_v2_x0_5", classes=CLASSES, input=InputSpec((64, 64))
    )
    path = tmp_path_factory.mktemp("models") / "net.safetensors"
    softcam_core.save_model(built, path)
    return path


@pytest.fixture(scope="module")
def jobs(qapp: QApplication) -> Iterator[JobClient]:
    """A child process with torch."""
    client = JobClient()
    client.start()
    while client.pid is None:
        qapp.processEvents()
    yield client
    client.close()


@pytest.fixture
def loaded(
    qtbot: Any, jobs: JobClient, open_study: ViewerState, model_file: Path
) -> Callable[[], None]:
    """Open the model."""
    told: list[Any] = []
    payload = {"path": str(model_file), "device": "cpu"}
    jobs.submit("load_model", payload, on_done=told.append, on_failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    spec = ModelSpec.from_json(told[0]["spec_json"])
    open_study.models = [LoadedModel(told[0]["id"], model_file, spec, "CPU", told[0]["refused"])]
    open_study.models_changed.emit()


def ask(dialog: AgreementDialog, ended: Any, **choices: Any) -> None:
    """Tick the model and compare."""
    dialog.stop()
    dialog.choices.models.item(0).setCheckState(Qt.CheckState.Checked)
    for name, data in choices.items():
        box = getattr(dialog.choices, name)
        box.setCurrentIndex(box.findData(data))
    dialog.start()
    ended(dialog)


def test_the_child_compares_as_the_core_does(make_dialog, ended, loaded, study: Study, model_file):
    import softcam_core
    from softcam_core.agreement.evidence import agreement_with_model

    dialog = make_dialog()
    ask(dialog, ended, class_="mild")
    net = softcam_core.load_model(model_file)
    expected = agreement_with_model(study, net, class_="mild", name=net.spec.title)
    found = [row for row in dialog.numbers.rows if row.other == net.spec.title]
    assert [(r.reader, r.measure, r.n) for r in found] == [
        (r.reader, r.measure, r.n) for r in expected.rows
    ]
    assert [r.value for r in found] == pytest.approx([r.value for r in expected.rows], nan_ok=True)
    assert {row.other for row in dialog.numbers.rows} == {"B", "C", "B, C", net.spec.title}
    # The window goes on writing to the study that the child has read.
    study.set_label(1, "severe", "A")


def test_what_the_child_refuses_is_told(make_dialog, ended, loaded, qtbot):
    dialog = make_dialog()
    dialog.choices.threshold.setText("much")
    ask(dialog, ended)
    assert "The threshold 'much' cannot be meant" in dialog.status.text()
    dialog.choices.threshold.clear()
    ask(dialog, ended, method="guided_backprop")
    refused = [line for line in dialog.status.text().splitlines() if "softcam shuffle" in line]
    assert refused or any(row.other.startswith("softcam") for row in dialog.numbers.rows)


def test_ai_second_keeps_the_model_back(make_dialog, ended, loaded, study, open_study):
    set_protocol(study, Protocol("ai-second"), "A")
    study.lock_read(study.start_read(3, "A", "ai-second"))
    open_study.sight.forget()
    dialog = make_dialog()
    ask(dialog, ended)
    title = open_study.models[0].spec.title
    assert {case.case for case in dialog._all_cases if case.other == title} == {3}
    assert {case.case for case in dialog._all_cases if case.other == "B"} == {1, 2, 3, 4}
    assert dialog.status.text().startswith("3 cases are left out")
