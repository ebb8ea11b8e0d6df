"""One real training, as the window's own child does it: paused, killed, and gone on with."""

from __future__ import annotations

import csv
import shutil

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from app.controller.opening import cases_of
from app.jobs.client import JobClient
from app.settings import Settings
from app.state import LoadedModel
from app.training.dialog import TrainingDialog
from app.training.places import folder_of
from app.training.sweep_options import SweepOptions
from softcam_core.annotations.study import Study
from softcam_core.models.header import model_id, read_spec
from softcam_core.training.runs import runs_in


@pytest.fixture
def graded(state, tmp_path, data_dir):
    """A study of sixteen small images, bright where they are ill."""
    paths = [tmp_path / f"{number:02}.png" for number in range(16)]
    for number, path in enumerate(paths):
        pixels = np.random.default_rng(number).integers(0, 80, (32, 32, 3), np.uint8)
        pixels[8:24, 8:24] += 100 * np.uint8(number % 2)
        Image.fromarray(pixels).save(path)
    with Study.open(tmp_path / "s.softcam") as study:
        for number, case in enumerate(study.add_cases(paths, "fundus")):
            study.set_label(case, "ill" if number % 2 else "healthy", "A")
            if number % 2:
                study.add_annotation(case, "box", [[8, 8], [24, 24]], "lesion", "A")
        state.study, state.reader, state.cases = study, "A", cases_of(study)
        yield state
        state.study = None


@pytest.fixture
def dialog(qtbot, graded, tmp_path):
    clients: list[JobClient] = []

    def client() -> JobClient:
        clients.append(JobClient())
        return clients[-1]

    quiet = JobClient()  # Nobody looks at the images beforehand.
    made = TrainingDialog(graded, quiet, lambda: [("cpu", "CPU")], Settings(tmp_path / "s"), client)
    qtbot.addWidget(made, before_close_func=lambda shown: shown.stop())
    made.show()
    recipe = made.form.recipe
    recipe.arch.choose("squeezenet1_1")
    recipe.weights.choose("none")
    recipe.side.setValue(32)
    recipe.batch.setValue(4)
    recipe.epochs.setValue(500)
    yield made
    made.stop()
    made.views.fill(None)
    quiet.close()
    for one in clients:
        one._server.join(10)


def test_a_training_is_paused_killed_and_gone_on_with(qtbot, dialog, graded):
    dialog.start()
    qtbot.waitUntil(lambda: "Epoch 2" in dialog.told.label.text(), timeout=60_000)
    dialog.pause.click()
    qtbot.waitUntil(lambda: dialog._run is None, timeout=30_000)
    assert "Paused" in dialog.told.label.text()
    folder = folder_of(graded)
    (run,) = runs_in(folder)
    assert run.standing == "paused"
    assert run.config.data.as_of == graded.study.last_edit() > 0
    done = len(run.rows)
    assert done >= 1
    assert (run.folder / "maps" / "epoch-0001.npz").exists()
    # What is drawn meanwhile changes nothing.
    graded.study.set_label(1, "ill", "A")

    dialog.pause.click()
    wanted = f"Epoch {done + 2} "
    qtbot.waitUntil(lambda: wanted in dialog.told.label.text(), timeout=60_000)
    dialog._run.stop()  # As SIGKILL does.
    dialog._run = None
    QApplication.processEvents()
    qtbot.waitUntil(lambda: runs_in(folder)[0].standing == "interrupted", timeout=10_000)
    (run,) = runs_in(folder)
    assert len(run.rows) >= done + 1
    assert [row["epoch"] for row in run.rows] == list(range(1, len(run.rows) + 1))
    spec = read_spec(run.folder / "best.safetensors")
    assert spec.classes == ("healthy", "ill")


@pytest.mark.slow
def test_a_sweep_is_followed_and_its_value_trained(qtbot, dialog, graded, monkeypatch):
    def accept(options):
        options.values["l1"].setText("1e-5, 1e-4")
        options.tolerance.set_value(1)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SweepOptions, "exec", accept)
    dialog.form.recipe.epochs.setValue(1)
    dialog.form.recipe.l1.setText("")  # Not known yet: hence the sweep.
    view = dialog.views.sweep
    dialog.form.sweep_asked.emit()
    qtbot.waitUntil(lambda: view.model.rowCount() > 0, timeout=60_000)
    assert dialog._run is not None
    assert view.is_following
    qtbot.waitUntil(lambda: view.train.isEnabled(), timeout=120_000)
    qtbot.waitUntil(lambda: dialog._run is None, timeout=30_000)
    assert "1e-4" in view.sentence.text()

    dialog.form.recipe.recipe.choose("dense")
    qtbot.mouseClick(view.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Done" in dialog.told.label.text(), timeout=60_000)
    (run,) = runs_in(folder_of(graded))
    assert (run.standing, run.kind) == ("finished", "sparse")
    assert run.config.loss.l1 == 1e-4
    assert run.folder.name.endswith("-sparse")
    assert run.config.output.dir == str(run.folder)
    assert list((run.folder / "maps").glob("epoch-*.npz"))


@pytest.mark.slow
def test_a_folder_of_real_films_is_trained_on(qtbot, dialog, shared_data, tmp_path):
    data = shared_data / "train_kermany_cxr224"
    with (data / "labels.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    for label in {row["label"] for row in rows}:
        for row in [row for row in rows if row["label"] == label][:20]:
            (tmp_path / "films" / label).mkdir(parents=True, exist_ok=True)
            shutil.copy(data / row["path"], tmp_path / "films" / label)
    form = dialog.form
    form.images.source.choose("files")
    form.images.path.setText(str(tmp_path / "films"))
    form.recipe.arch.choose("squeezenet1_1")
    form.recipe.side.setValue(64)
    form.recipe.epochs.setValue(2)
    dialog.start()
    qtbot.waitUntil(lambda: "Done" in dialog.told.label.text(), timeout=90_000)
    (run,) = runs_in(folder_of(dialog._state))
    assert run.standing == "finished"
    assert read_spec(run.folder / "best.safetensors").classes == ("normal", "pneumonia")
    split = (run.folder / "split.csv").read_text(encoding="utf-8")
    assert len(split.splitlines()) == 41
    assert list((run.folder / "maps").glob("epoch-*.npz"))


@pytest.mark.slow
def test_hard_cases_are_drawn_more_often_in_a_real_run(qtbot, dialog, graded):
    form = dialog.form
    form.recipe.epochs.setValue(1)
    dialog.start()
    qtbot.waitUntil(lambda: "Done" in dialog.told.label.text(), timeout=60_000)
    (first,) = runs_in(folder_of(graded))
    model = first.folder / "best.safetensors"
    spec = read_spec(model)
    graded.models = [LoadedModel("first", model, spec, "CPU", {})]
    graded.models_changed.emit()
    study, known = graded.study, model_id(model)
    for case in study.cases():
        # It calls all ill, and is wrong for one of two.
        study.store_result(case.id, known, ["healthy", "ill"], [0.0, 2.0], [0.12, 0.88])
    form.more.hard.choose(str(model))
    dialog.start()
    qtbot.waitUntil(lambda: dialog._run is None, timeout=60_000)
    assert "Done" in dialog.told.label.text()
    assert "drawn 3 times" in dialog.told.label.text()
    second = runs_in(folder_of(graded))[0]
    assert second.folder != first.folder
    assert second.config.data.hard_model == str(model)
