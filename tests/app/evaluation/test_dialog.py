"""The dialog: what it measures, what it shows, what it keeps to itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QTableView,
    QTabWidget,
    QTreeWidget,
)

from app.evaluation.choices import new_folder
from app.evaluation.earlier import measured
from app.jobs.asked import read_asked
from app.jobs.runs import own
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.seen import MODEL_SEEN
from softcam_core.annotations.study import Study


def press(qtbot, dialog, button):
    qtbot.mouseClick(getattr(dialog, button), Qt.MouseButton.LeftButton)


def halfway(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 4, timeout=20_000)
    qtbot.waitUntil(lambda: dialog.bar.value() == 2, timeout=20_000)


def ended(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog.cancel.isEnabled(), timeout=20_000)


def runs(dialog):
    return [dialog.runs.box.itemText(n) for n in range(dialog.runs.box.count())]


def blind(study: Study, state, mode="ai-second", reader="A"):
    set_protocol(study, Protocol(mode), reader)
    state.look_again()


# Measuring


def test_results_of_an_evaluation_are_shown(finished):
    tabs = finished.tabs
    assert tabs.isVisible()
    assert tabs.results.model.rowCount() == len(finished._shown.summary.results)
    for n in range(tabs.count()):
        tabs.setCurrentIndex(n)
    assert tabs.cases.model.rowCount() > 50
    assert tabs.tables.which.count() == len(finished._shown.summary.tables)
    assert tabs.plots.kind.count() >= 6
    assert "The image cannot be read" in finished.status.text()
    assert finished.save.isEnabled()
    assert not finished.resume.isEnabled()


def test_the_cases_that_are_told_one_by_one_are_logged_as_seen(finished, open_study, study):
    def seen():
        assert open_study.journal.wait(5)
        return {event.case for event in study.events(MODEL_SEEN)}

    assert seen() == set()
    finished.tabs.setCurrentWidget(finished.tabs.cases)
    assert seen() == set(finished._shown.asked.cases) & {case.id for case in study.cases()}
    assert seen()


def test_what_is_chosen_is_what_is_measured(make_dialog, open_study, qtbot, study):
    dialog = make_dialog()
    form = dialog.choices
    assert form.chosen_methods() == ["evidence", "gradcam"]
    form.models.item(0).setCheckState(Qt.CheckState.Unchecked)
    form.truth.setCurrentIndex(form.truth.findData("union"))
    form.explained.setCurrentIndex(form.explained.findData("mild"))
    form.cases.setCurrentIndex(form.cases.findData("shown"))
    form.baselines.setChecked(False)
    press(qtbot, dialog, "evaluate")
    asked = dialog._run.asked
    assert [path.name for path in asked.models] == ["resnet-dense.safetensors"]
    assert asked.study == study.path.absolute()
    assert asked.reader == "union"
    assert asked.cases == (1, 2)
    assert asked.options == {"explained": "mild", "baselines": False}
    assert "activation_precision" in asked.metrics
    assert "model_randomization" not in asked.metrics
    ended(qtbot, dialog)
    assert read_asked(asked.folder) == asked


def test_methods_that_no_model_allows_cannot_be_ticked(make_dialog):
    form = make_dialog().choices
    form.models.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not form.methods.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert form.methods.item(0).toolTip() == "The model has no evidence."
    assert form.chosen_methods() == ["gradcam"]
    form.models.item(1).setCheckState(Qt.CheckState.Checked)
    assert form.chosen_methods() == ["evidence", "gradcam"]


def test_a_method_unticked_by_hand_stays_so(make_dialog):
    form = make_dialog().choices
    form.methods.item(2).setCheckState(Qt.CheckState.Unchecked)
    form.fill_models()
    assert form.chosen_methods() == ["evidence"]


@pytest.mark.parametrize("what", ["study", "model", "ticked", "method", "metric"])
def test_what_is_missing_is_said(make_dialog, open_study, what):
    dialog = make_dialog()
    form = dialog.choices
    assert dialog.evaluate.isEnabled()
    if what == "study":
        open_study.study = None
        open_study.cases = []
        open_study.study_changed.emit()
    elif what == "model":
        open_study.models = []
        open_study.models_changed.emit()
    elif what == "metric":
        for n in range(form.metrics.topLevelItemCount()):
            form.metrics.topLevelItem(n).setCheckState(0, Qt.CheckState.Unchecked)
    else:
        box = form.models if what == "ticked" else form.methods
        for n in range(box.count()):
            box.item(n).setCheckState(Qt.CheckState.Unchecked)
    expected = {"study": "No study is open", "model": "No model is open", "ticked": "Tick a model"}
    expected |= {"method": "Tick a method", "metric": "Tick a metric"}
    assert not dialog.evaluate.isEnabled()
    assert expected[what] in dialog.hint.text()
    assert dialog.evaluate.toolTip() == dialog.hint.text()


# Work behind the window


def test_progress_is_told(make_dialog, qtbot, tmp_path):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    press(qtbot, dialog, "evaluate")
    assert not dialog.evaluate.isEnabled()
    assert not dialog.choices.isEnabled()
    halfway(qtbot, dialog)
    assert dialog.status.text() == "2 of 4 images. 1 failed. About 30 s left."
    (tmp_path / "wait").unlink()
    qtbot.waitUntil(lambda: dialog._shown is not None, timeout=20_000)
    assert dialog.evaluate.isEnabled()


def test_the_other_child_does_not_measure(make_dialog, qtbot, tmp_path, jobs):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    dialog.start()
    halfway(qtbot, dialog)
    assert dialog._run.pid not in (None, jobs.pid)


def test_a_cancelled_evaluation_ends_at_once_and_is_resumed(make_dialog, qtbot, tmp_path):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    press(qtbot, dialog, "evaluate")
    halfway(qtbot, dialog)
    client, folder = dialog._run._client, dialog._run.asked.folder
    press(qtbot, dialog, "cancel")
    assert dialog.status.text().startswith("Cancelled; Resume goes on")
    qtbot.waitUntil(lambda: not client._server.is_alive(), timeout=5_000)
    qtbot.waitUntil(dialog.resume.isEnabled, timeout=5_000)
    assert "not finished" in runs(dialog)[0]
    (tmp_path / "wait").unlink()
    press(qtbot, dialog, "resume")
    assert dialog._run.asked.folder == folder
    assert dialog._run._resume
    qtbot.waitUntil(lambda: dialog._shown is not None, timeout=20_000)
    qtbot.waitUntil(lambda: "not finished" not in runs(dialog)[0], timeout=5_000)


def test_closing_the_study_ends_the_work(make_dialog, qtbot, open_study, tmp_path):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    told = []
    dialog.progressed.connect(told.append)
    dialog.start()
    halfway(qtbot, dialog)
    client = dialog._run._client
    open_study.study_closing.emit()
    open_study.study = None
    open_study.cases = []
    open_study.study_changed.emit()
    assert dialog._run is None
    assert dialog.status.text() == ""
    assert told[-1] == ""
    qtbot.waitUntil(lambda: not client._server.is_alive(), timeout=5_000)
    assert dialog.hint.text() == "No study is open; open a folder first."
    assert runs(dialog) == []


def test_a_run_goes_on_when_the_window_is_closed(make_dialog, qtbot, tmp_path):
    (tmp_path / "wait").touch()
    dialog = make_dialog()
    told, noticed = [], []
    dialog.progressed.connect(told.append)
    dialog.noticed.connect(lambda *notice: noticed.append(notice))
    dialog.start()
    halfway(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog._run is not None
    assert told[-1] == "Evaluating 2 of 4"
    (tmp_path / "wait").unlink()
    qtbot.waitUntil(lambda: dialog._shown is not None, timeout=20_000)
    assert noticed == [("The evaluation is done; Ctrl+Shift+E shows it.", True)]
    assert told[-1] == ""
    dialog.show()
    assert dialog.tabs.isVisible()


def test_a_run_that_fails_behind_a_closed_window_is_told(make_dialog, qtbot, tmp_path):
    (tmp_path / "fail").touch()
    dialog = make_dialog()
    noticed = []
    dialog.noticed.connect(lambda *notice: noticed.append(notice))
    dialog.start()
    dialog.close()
    qtbot.waitUntil(lambda: bool(noticed), timeout=20_000)
    assert noticed == [("The evaluation has ended: The disk is gone.", False)]


def test_a_run_without_an_image_is_gone_when_cancelled(make_dialog, qtbot, tmp_path):
    (tmp_path / "wait-at-first").touch()
    dialog = make_dialog()
    press(qtbot, dialog, "evaluate")
    qtbot.waitUntil(lambda: dialog.bar.maximum() == 4, timeout=20_000)
    assert dialog.status.text() == "0 of 4 images."
    folder = dialog._run.asked.folder
    assert read_asked(folder).cases == (1, 2, 3, 4)
    press(qtbot, dialog, "cancel")
    assert dialog.status.text() == "Cancelled before the first image was done."
    qtbot.waitUntil(lambda: not folder.exists(), timeout=10_000)
    qtbot.waitUntil(lambda: runs(dialog) == [], timeout=10_000)
    assert not dialog.resume.isEnabled()


def test_the_death_of_the_child_is_one_sentence(make_dialog, qtbot, tmp_path):
    (tmp_path / "die").touch()
    dialog = make_dialog()
    dialog.start()
    ended(qtbot, dialog)
    assert dialog.status.text().startswith("The background process ended unexpectedly")
    assert dialog.evaluate.isEnabled()
    qtbot.waitUntil(dialog.resume.isEnabled, timeout=5_000)


def test_an_error_is_one_sentence(make_dialog, qtbot, tmp_path):
    (tmp_path / "fail").touch()
    dialog = make_dialog()
    dialog.start()
    ended(qtbot, dialog)
    assert dialog.status.text() == "The disk is gone."


# Earlier evaluations


def test_an_earlier_evaluation_opens_again(finished, make_dialog, qtbot):
    other = make_dialog()
    qtbot.waitUntil(lambda: other.runs.box.count() == 1, timeout=5_000)
    assert other._shown is None
    assert "Press Evaluate, or choose an earlier run" in other.hint.text()
    other.runs.box.setFocus()
    qtbot.keyClick(other.runs.box, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: other._shown is not None, timeout=20_000)
    assert other.tabs.results.model.rowCount() == finished.tabs.results.model.rowCount()


def test_damaged_results_are_one_sentence(finished, qtbot):
    folder = finished._shown.asked.folder
    (folder / "results.json").write_text("{", encoding="utf-8")
    finished._open(finished.runs.current())
    qtbot.waitUntil(lambda: "missing or damaged" in finished.status.text(), timeout=20_000)
    assert finished._shown is None
    (folder / "asked.json").write_text("{", encoding="utf-8")
    finished._list()
    qtbot.waitUntil(lambda: finished.runs.box.count() == 0, timeout=5_000)


def test_the_line_below_says_what_a_run_measured(finished, qtbot):
    qtbot.waitUntil(lambda: finished.runs.box.count() == 1, timeout=5_000)
    line = finished.runs.measured
    metrics = len(finished._shown.asked.metrics)
    assert line.text() == (
        f"Evidence, Grad-CAM · {metrics} metrics · marks: A · class: label, else predicted · "
        "with chance"
    )
    union = replace(
        finished._shown.asked,
        reader="union",
        metrics=("accuracy",),
        options={"explained": "mild", "baselines": False},
    )
    assert measured(union) == (
        "Evidence, Grad-CAM · Accuracy · marks: what any reader marked (union) · class: mild · "
        "without chance"
    )
    assert "Activation precision" in line.toolTip()


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_a_run_is_removed_when_that_is_meant(finished, qtbot, monkeypatch, answer):
    qtbot.waitUntil(lambda: finished.runs.remove.isEnabled(), timeout=5_000)
    folder = finished._shown.asked.folder
    asked = []

    def question(*args):
        asked.append(args[2])
        return getattr(QMessageBox.StandardButton, answer)

    monkeypatch.setattr(QMessageBox, "question", question)
    qtbot.mouseClick(finished.runs.remove, Qt.MouseButton.LeftButton)
    assert finished.runs.box.itemText(0) in asked[0]
    if answer == "Yes":
        assert finished._shown is None
        qtbot.waitUntil(lambda: not folder.exists(), timeout=5_000)
        qtbot.waitUntil(lambda: runs(finished) == [], timeout=5_000)
    else:
        assert finished._shown is not None
        assert folder.exists()


def test_what_another_window_measures_is_not_resumed_here(make_dialog, qtbot, tmp_path):
    (tmp_path / "wait").touch()
    one, other = make_dialog(), make_dialog()
    one.start()
    halfway(qtbot, one)
    with own(one._run.asked.folder):
        other._list()
        qtbot.waitUntil(lambda: other.runs.box.count() == 1, timeout=5_000)
        other.runs.box.setCurrentIndex(0)
        other._open(other.runs.current())
        assert "under way" in runs(other)[0]
        assert not other.resume.isEnabled()
        assert not other.runs.remove.isEnabled()
        assert other.status.text().startswith("Another window is measuring")


def test_a_run_without_a_report_is_not_finished(finished, qtbot):
    (finished._shown.asked.folder / "report.html").unlink()
    finished._list()
    qtbot.waitUntil(lambda: finished.resume.isEnabled(), timeout=5_000)
    assert "not finished" in runs(finished)[0]


def test_two_that_begin_in_the_same_second_have_folders_of_their_own(tmp_path):
    folders = {new_folder(tmp_path / "runs") for _ in range(3)}
    assert len(folders) == 3
    assert all(folder.is_dir() for folder in folders)


# What is hidden stays hidden


def test_only_cases_that_may_be_seen_are_measured(make_dialog, open_study, study, qtbot):
    blind(study, open_study)
    dialog = make_dialog()
    dialog.start()
    assert dialog._run is None
    assert "until your first read of a case is locked" in dialog.status.text()
    study.lock_read(study.start_read(3, "A", "ai-second"))
    open_study.look_again()
    asked, left_out = dialog.choices.asked(lambda study: study.parent)
    assert (asked.cases, left_out) == ((3,), 3)
    dialog.start()
    assert dialog.status.text().splitlines()[1].startswith("3 cases left out: your first")
    ended(qtbot, dialog)
    qtbot.waitUntil(lambda: dialog._shown is not None, timeout=20_000)
    for case in (1, 2, 4):
        study.lock_read(study.start_read(case, "A", "ai-second"))
    open_study.look_again()
    assert "evaluate again to take them in" in dialog.status.text()
    assert "until then" not in dialog.status.text()


def test_a_change_of_reader_does_not_stop_the_reading_of_results(
    finished, make_dialog, open_study, study, qtbot
):
    dialog = make_dialog()
    qtbot.waitUntil(lambda: dialog.runs.box.count() == 1, timeout=5_000)
    dialog.runs.box.setCurrentIndex(0)
    dialog._open(dialog.runs.current())
    open_study.set_reader("B")
    assert dialog._reading is not None
    qtbot.waitUntil(lambda: dialog._shown is not None, timeout=20_000)


def test_blinded_the_marks_of_others_are_no_truth_before_the_lock(make_dialog, open_study, study):
    blind(study, open_study, "blinded")
    study.lock_read(study.start_read(1, "A", "blinded"))
    open_study.look_again()
    form = make_dialog().choices
    form.truth.setCurrentIndex(form.truth.findData("B"))
    assert form.asked(lambda study: study.parent)[0].cases == (1,)


@pytest.mark.parametrize("running", [False, True])
def test_what_the_protocol_hides_now_is_taken_back(
    make_dialog, open_study, study, qtbot, tmp_path, running
):
    dialog = make_dialog()
    dialog.tabs.setCurrentWidget(dialog.tabs.cases)
    if running:
        (tmp_path / "wait").touch()
        dialog.start()
        halfway(qtbot, dialog)
    else:
        dialog.start()
        qtbot.waitUntil(lambda: dialog._shown is not None, timeout=20_000)
        assert dialog.tabs.cases.model.rowCount()
    study.add_reader("C")
    blind(study, open_study)
    open_study.set_reader("C")
    assert dialog._run is None
    assert dialog._shown is None
    assert dialog.tabs.results.model.rowCount() == 0
    assert dialog.tabs.cases.model.rowCount() == 0
    assert "holds 4 cases of which your first read is not locked" in dialog.status.text()
    qtbot.waitUntil(lambda: dialog.runs.box.count() == 1, timeout=5_000)
    dialog.runs.box.setCurrentIndex(0)
    dialog._open(dialog.runs.current())
    assert dialog._reading is None
    assert "holds 4 cases" in dialog.status.text()
    dialog._resume()
    assert dialog._run is None


def test_a_lock_that_hides_nothing_leaves_the_results(finished, open_study):
    open_study.look_again()
    assert finished._shown is not None


# Saving


def test_the_report_is_saved(finished, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    press(qtbot, finished, "save")
    qtbot.waitUntil(lambda: "Saved" in finished.status.text(), timeout=5_000)
    (saved,) = target.iterdir()
    names = {path.relative_to(saved).as_posix() for path in saved.rglob("*")}
    assert {"report.html", "results.csv", "per_image.csv", "figures/topk.svg"} <= names
    assert not {"asked.json", "finished"} & names
    (saved / "report.html").write_text("an earlier one", encoding="utf-8")
    press(qtbot, finished, "save")
    again = target / f"{saved.name}-2" / "report.html"
    qtbot.waitUntil(lambda: str(again) in finished.status.text(), timeout=5_000)
    assert again.is_file()
    assert (saved / "report.html").read_text(encoding="utf-8") == "an earlier one"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/proc/none")
    press(qtbot, finished, "save")
    qtbot.waitUntil(lambda: "cannot be saved" in finished.status.text(), timeout=5_000)


def test_a_report_that_is_gone_is_not_saved(finished, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    (finished._shown.asked.folder / "report.html").unlink()
    press(qtbot, finished, "save")
    qtbot.waitUntil(lambda: "has no report any more" in finished.status.text(), timeout=5_000)
    assert list(target.iterdir()) == []


# Craft


def test_the_dialog_fits_a_small_screen(finished):
    assert finished.minimumSizeHint().width() <= 1180
    assert finished.minimumSizeHint().height() <= 700


def test_every_widget_has_a_name_for_tests_and_for_screen_readers(finished):
    kinds = (QCheckBox, QComboBox, QLineEdit, QListWidget, QProgressBar, QPushButton, QTableView)
    found = [w for kind in (*kinds, QTabWidget, QTreeWidget) for w in finished.findChildren(kind)]
    assert len(found) >= 20
    for widget in found:
        assert widget.objectName(), widget
        spoken = widget.accessibleName() or getattr(widget, "text", lambda: "")()
        assert spoken, widget.objectName()
    names = [widget.objectName() for widget in found]
    assert len(set(names)) == len(names)


def test_no_folder_to_write_to_is_one_sentence(make_dialog, qtbot, monkeypatch):
    monkeypatch.setenv("SOFTCAM_DATA_DIR", "/proc/none")
    dialog = make_dialog()
    dialog.start()
    ended(qtbot, dialog)
    assert "cannot be written to" in dialog.status.text()
    assert Path("/proc/none").exists() is False
