"""The window: a run from its start to its end, and what lies between."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from app.jobs.train import DataSummary
from app.training.places import folder_of
from app.training.run import Run
from app.training.sweep_options import SweepOptions
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.training.config import load_config
from softcam_core.training.runs import runs_in
from softcam_core.training.status import RunStatus, write_status


def press(qtbot, dialog, button):
    qtbot.mouseClick(getattr(dialog, button), Qt.MouseButton.LeftButton)


def halfway(qtbot, dialog):
    qtbot.waitUntil(lambda: "2 / 4" in dialog.told.label.text(), timeout=20_000)


def ended(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._run is None, timeout=20_000)


@pytest.fixture
def waiting(data_dir):
    """Have runs wait in their second epoch until this file is removed."""
    path = data_dir / "wait"
    path.touch()
    return path


def test_a_run_from_start_to_end(qtbot, dialog, open_study, waiting):
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    text = dialog.told.label.text()
    assert "Epoch 2 of 20" in text
    assert "loss 0.5000" in text
    assert "best accuracy 0.750 in epoch 1" in text
    assert "min left" in text
    assert "Started from nothing." in text
    # What stands in the form is not said again.
    assert "does not name patients" not in text
    assert not dialog.train.isEnabled()
    assert not dialog.form.inside.isEnabled()
    assert not dialog.view.isEnabled()
    waiting.unlink()
    ended(qtbot, dialog)
    assert "Done: best validation accuracy 0.750 in epoch 1." in dialog.told.label.text()
    assert "One image was lost." in dialog.told.label.text()
    assert dialog.train.isEnabled()
    assert dialog.form.inside.isEnabled()
    (run,) = runs_in(folder_of(open_study))
    assert run.standing == "finished"
    assert run.config.data.cases == (1, 2, 3, 4)
    assert run.config.output.dir == str(run.folder)
    assert load_config(run.folder / "config.toml") == run.config
    with qtbot.waitSignal(dialog.model_wanted) as wanted:
        press(qtbot, dialog, "view")
    assert wanted.args == [run.folder / "best.safetensors"]


def test_a_paused_run_goes_on(qtbot, dialog, open_study, waiting):
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    press(qtbot, dialog, "pause")
    assert not dialog.pause.isEnabled()
    ended(qtbot, dialog)
    assert dialog.told.label.text() == "Paused; Resume goes on from this very step."
    assert dialog.pause.text() == "Resume"
    assert dialog.pause.isDefault()
    (run,) = runs_in(folder_of(open_study))
    assert run.standing == "paused"
    waiting.unlink()
    press(qtbot, dialog, "pause")
    ended(qtbot, dialog)
    assert "Done" in dialog.told.label.text()
    (again,) = runs_in(folder_of(open_study))
    assert (again.folder, again.standing) == (run.folder, "finished")
    assert not dialog.pause.isEnabled()


def test_a_cancelled_run_stays_in_the_list(qtbot, dialog, open_study, waiting):
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    press(qtbot, dialog, "cancel")
    ended(qtbot, dialog)
    assert dialog.told.label.text().startswith("Cancelled; the run stays in the list")
    assert [run.standing for run in runs_in(folder_of(open_study))] == ["paused"]


def test_a_run_of_an_earlier_start_goes_on(qtbot, dialog, open_study, waiting, make_dialog):
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    dialog._run.stop()  # The program is killed.
    dialog._run = None
    waiting.unlink()
    (run,) = runs_in(folder_of(open_study))
    assert run.standing == "interrupted"
    again = make_dialog()
    again.views.runs.resume.emit(run.folder)
    ended(qtbot, again)
    assert "Done" in again.told.label.text()
    assert "Resuming." not in again.told.label.text()
    assert [one.standing for one in runs_in(folder_of(open_study))] == ["finished"]


def test_what_went_wrong_is_said_in_place(qtbot, dialog, data_dir):
    (data_dir / "fail").touch()
    press(qtbot, dialog, "train")
    qtbot.waitUntil(
        lambda: dialog.told.label.text() == "There is not enough memory; try a batch of 4.",
        timeout=20_000,
    )
    assert dialog.train.isEnabled()
    assert dialog.pause.text() == "Resume"


def test_a_child_that_dies_can_be_resumed(qtbot, dialog, data_dir):
    (data_dir / "die").touch()
    press(qtbot, dialog, "train")
    qtbot.waitUntil(lambda: "ended from outside" in dialog.told.label.text(), timeout=20_000)
    assert dialog.pause.text() == "Resume"
    assert dialog.pause.isEnabled()


def test_closing_the_program_pauses(qtbot, dialog, open_study, waiting):
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    dialog.stop()
    assert dialog._run is None
    assert [run.standing for run in runs_in(folder_of(open_study))] == ["paused"]


def test_closing_the_program_waits_for_no_run_that_has_not_begun(
    qtbot, dialog, waiting, monkeypatch
):
    asked = []
    monkeypatch.setattr(Run, "pause", asked.append)
    press(qtbot, dialog, "train")
    dialog.stop()
    assert asked == []
    assert dialog._run is None


def test_another_study_resets_the_form_and_not_the_run(qtbot, dialog, open_study, waiting):
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    run = dialog._run
    open_study.study, open_study.cases, open_study.case = None, [], None
    open_study.study_changed.emit()
    assert dialog._run is run
    assert dialog.form.images.source.value() == "files"
    assert dialog.cancel.isEnabled()
    waiting.unlink()
    ended(qtbot, dialog)
    assert "Done" in dialog.told.label.text()


def test_who_does_not_look_is_told(qtbot, dialog, waiting):
    said, progress = [], []
    dialog.noticed.connect(lambda sentence, good: said.append((sentence, good)))
    dialog.progressed.connect(progress.append)
    press(qtbot, dialog, "train")
    halfway(qtbot, dialog)
    dialog.close()
    assert not dialog.isVisible()
    assert "Training: epoch 2 of 20" in progress
    waiting.unlink()
    ended(qtbot, dialog)
    assert said == [("The training is done; Ctrl+Shift+T shows it.", True)]
    assert progress[-1] == ""


def test_the_time_is_told(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.time.text().startswith("About"), timeout=20_000)
    assert dialog.time.text() == "About 14 minutes for 20 epochs on this machine."
    assert dialog.form.summary.balance.lines[0] == ("mild", [3, 1, 0])
    assert "4 images have drawn lesions." in dialog.form.summary.notes.text()


def test_images_that_an_epoch_leaves_out_are_told(qtbot, dialog):
    assert dialog.form.recipe.batch.value() == 6  # of twelve
    dialog.form.recipe.batch.setValue(8)
    wanted = "An epoch uses 8 of 12 images, for it takes whole batches; a batch of 6 uses 12."
    qtbot.waitUntil(lambda: wanted in dialog.time.text(), timeout=20_000)


def test_what_another_readers_labels_hold_is_not_left_in_view(dialog, open_study, study):
    assert dialog.form.summary.balance.lines
    open_study.sight_changed.emit()
    assert dialog.form.summary.balance.lines  # The same reader, who sees the same.
    set_protocol(study, Protocol("blinded"), "A")
    open_study.sight.forget()
    open_study.sight_changed.emit()
    assert not dialog.form.summary.balance.lines
    assert not dialog.form.summary.notes.text()


def test_images_that_cannot_be_trained_on_are_refused_in_place(dialog):
    sentence = "The study holds one class only, 'mild'; two or more are needed."
    dialog.planner.summarised.emit(DataSummary(problem=sentence))
    assert dialog.form.summary.problem.text() == sentence
    assert not dialog.train.isEnabled()
    assert dialog.train.toolTip() == sentence


def test_a_blinded_reader_sees_no_maps_and_resumes_nothing(qtbot, dialog, open_study, study):
    press(qtbot, dialog, "train")
    ended(qtbot, dialog)
    (run,) = runs_in(folder_of(open_study))
    write_status(run.folder, RunStatus("paused", 1, 20))
    shown = []
    dialog.views.maps.show_run = shown.append
    dialog.views.show_runs([run])
    set_protocol(study, Protocol("blinded"), "A")
    open_study.sight.forget()
    open_study.sight_changed.emit()
    assert shown == [run.folder, None]
    dialog.resume(run.folder)
    assert dialog._run is None
    assert "not locked" in dialog.told.label.text()
    assert not dialog.train.isEnabled()


def test_maps_of_a_tables_run_are_hidden_where_it_names_hidden_images(
    qtbot, dialog, open_study, study, tmp_path
):
    press(qtbot, dialog, "train")
    ended(qtbot, dialog)
    (run,) = runs_in(folder_of(open_study))
    data = replace(run.config.data, study="", csv="table.csv", cases=())
    run = replace(run, config=replace(run.config, data=data))
    shown = []
    dialog.views.maps.show_run = shown.append
    for image in (tmp_path / "other.png", open_study.cases[0].path):
        (run.folder / "split.csv").write_text(f"path,label\n{image},a\n", encoding="utf-8")
        os.utime(run.folder / "split.csv", (len(shown), len(shown)))
        dialog.views.show_runs([run])
        set_protocol(study, Protocol("blinded"), "A")
        open_study.sight.forget()
        open_study.sight_changed.emit()
    assert shown == [run.folder, run.folder, None, None]


def test_a_blinded_reader_trains_no_value_that_others_labels_chose(
    qtbot, dialog, open_study, study, tmp_path
):
    path = tmp_path / "chosen.toml"
    path.write_text(dialog.form.config().to_toml(), encoding="utf-8")
    set_protocol(study, Protocol("blinded"), "A")
    open_study.sight.forget()
    open_study.sight_changed.emit()
    dialog.views.sweep.train_chosen.emit(path)
    assert dialog._run is None
    assert "not locked" in dialog.told.label.text()
    assert not list(folder_of(open_study).glob("*"))


def test_the_command_can_be_copied(qtbot, dialog, open_study):
    press(qtbot, dialog, "train")
    ended(qtbot, dialog)
    press(qtbot, dialog, "copy")
    (run,) = runs_in(folder_of(open_study))
    command = QApplication.clipboard().text()
    assert command == f"softcam train {run.folder}/config.toml --set output.dir={run.folder}-again"


def test_a_sweep_tries_what_was_asked_for(qtbot, dialog, open_study, monkeypatch, waiting):
    def accept(options):
        options.values["l1"].setText("1e-5, 1e-4")
        options.seeds.setValue(2)
        options.halving.setChecked(True)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(SweepOptions, "exec", accept)
    dialog.form.sweep_asked.emit()
    halfway(qtbot, dialog)
    assert dialog.views.currentWidget() is dialog.views.sweep
    (folder,) = folder_of(open_study).iterdir()
    config = load_config(folder / "sweep.toml")
    assert (config.sweep.over, config.sweep.l1) == (("l1",), (1e-5, 1e-4))
    assert (config.sweep.seeds, config.sweep.halving) == ((0, 1), 3)
    assert config.loss.l1 == 0.0
    waiting.unlink()
    ended(qtbot, dialog)
    assert "The sweep is done" in dialog.told.label.text()


@pytest.mark.parametrize(("text", "right"), [("", 1), ("1e-4; 2e-4", 1), ("a", 0), ("0, 1", 0)])
def test_values_of_a_sweep_are_numbers(qtbot, text, right):
    options = SweepOptions(("l1", "l2"))
    qtbot.addWidget(options)
    options.values["l2"].setText(text)
    assert options.start.isEnabled() == bool(right)
    assert bool(options.wrong.text()) == (not right)
