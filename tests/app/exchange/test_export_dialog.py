"""Export from the window: fields, the thread behind it, files in the way, and the report."""

import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMessageBox, QPushButton

from app.exchange import export_dialog as module
from app.exchange.export_dialog import ExportDialog, report_dialog
from app.exchange.report import Notes, Section
from app.settings import Settings
from softcam_core.annotations.formats import FORMATS, format_of
from softcam_core.annotations.study import Study


def choose(dialog: ExportDialog, format_id: str) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(format_id))


def run(qtbot, dialog: ExportDialog) -> None:
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=15_000)


def test_every_format_says_what_it_cannot_hold(export_dialog: ExportDialog) -> None:
    offered = [export_dialog.format.itemData(n) for n in range(export_dialog.format.count())]
    assert offered == list(FORMATS)
    for format_id in FORMATS:
        choose(export_dialog, format_id)
        assert export_dialog.cannot.text() == format_of(format_id).cannot


def test_marks_are_written_and_told(qtbot, export_dialog, tmp_path: Path) -> None:
    choose(export_dialog, "coco")
    run(qtbot, export_dialog)
    assert export_dialog.result() == ExportDialog.DialogCode.Accepted
    content = json.loads((tmp_path / "out" / "annotations.json").read_text())
    assert len(content["annotations"]) == 3
    assert export_dialog.report.shapes == 3


def test_one_readers_marks_are_written_alone(qtbot, export_dialog, tmp_path: Path) -> None:
    choose(export_dialog, "coco")
    export_dialog.reader.setCurrentIndex(export_dialog.reader.findData("bert"))
    run(qtbot, export_dialog)
    content = json.loads((tmp_path / "out" / "annotations.json").read_text())
    assert len(content["annotations"]) == 1


def test_identity_is_offered_for_dicom_alone_and_never_remembered(
    qtbot, export_dialog, study: Study, settings: Settings
) -> None:
    choose(export_dialog, "coco")
    assert not export_dialog.keep.isEnabled()
    choose(export_dialog, "dicom-seg")
    assert export_dialog.keep.isEnabled()
    assert not export_dialog.keep.isChecked()
    assert export_dialog.identity.property("role") == "secondary"
    export_dialog.keep.setChecked(True)
    assert export_dialog.identity.property("role") == "warning"
    assert "Names, numbers and dates" in export_dialog.identity.text()
    run(qtbot, export_dialog)
    again = ExportDialog(study, [], settings, None)
    qtbot.addWidget(again)
    assert again.format_id == "dicom-seg"
    assert not again.keep.isChecked()
    choose(export_dialog, "coco")
    assert not export_dialog.keep.isChecked()


def test_images_that_the_format_cannot_hold_are_in_the_report(qtbot, export_dialog, qapp) -> None:
    choose(export_dialog, "dicom-sr")
    run(qtbot, export_dialog)
    told = report_dialog(export_dialog.report, export_dialog)
    assert "0 marks of 0 images" in told.headline.text()
    assert "one.png" in told.text()
    assert "no DICOM file" in told.text()
    qtbot.mouseClick(told.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == told.text()


def test_losses_are_in_the_report_with_counts_and_images(qtbot, export_dialog) -> None:
    choose(export_dialog, "voc")
    run(qtbot, export_dialog)
    told = report_dialog(export_dialog.report, export_dialog)
    left_out, changed = told.notes.sections
    assert (left_out.title, changed.title) == ("Left out", "Changed")
    assert ("1 × ellipse written as its enclosing box", "one.png") in changed.rows
    assert ("2 × reader anna left out", "one.png, two.png") in left_out.rows
    assert told.notes.topLevelItemCount() == 2
    assert told.notes.topLevelItem(1).childCount() == len(changed.rows)


def test_what_was_written_and_left_out_adds_up_in_the_headline(
    qtbot, export_dialog, study: Study
) -> None:
    for case in study.cases()[1:]:
        for mark in study.annotations(case.id):
            study.delete_annotation(mark.id)
    study.add_annotation(study.cases()[0].id, "length", [[1, 1], [9, 9]], "MA", "anna")
    choose(export_dialog, "rsna-csv")
    run(qtbot, export_dialog)
    told = report_dialog(export_dialog.report, export_dialog)
    assert told.headline.text() == "2 marks of 1 image written, in 1 file; 1 mark left out"
    assert "1 × length left out" in told.text()


def test_a_reason_is_not_cut_off(qtbot) -> None:
    notes = Notes("notes")
    qtbot.addWidget(notes)
    notes.resize(400, 300)
    notes.show()
    reason = "the file has been replaced by another image since it was marked " * 4
    notes.fill([Section("Failed", (("a.dcm", reason), ("b.dcm", "short")))])
    qtbot.wait(20)
    top = notes.topLevelItem(0)
    long, short = (notes.visualItemRect(top.child(row)) for row in (0, 1))
    assert long.height() > 3 * short.height()


def test_nothing_lost_is_said(qtbot, export_dialog) -> None:
    choose(export_dialog, "coco")
    run(qtbot, export_dialog)
    told = report_dialog(export_dialog.report, export_dialog)
    told.show()
    qtbot.addWidget(told)
    lost = told.findChild(type(told.headline), "nothingLost")
    assert lost.isVisible() == (not told.notes.sections)


@pytest.mark.parametrize("answer", ["replaceYes", None])
def test_files_in_the_way_are_replaced_only_when_the_user_agrees(
    qtbot, export_dialog, tmp_path: Path, answer: str | None
) -> None:
    there = tmp_path / "out" / "annotations.json"
    there.parent.mkdir()
    there.write_text("mine")
    choose(export_dialog, "coco")
    run(qtbot, export_dialog)
    question = export_dialog.findChild(QMessageBox, "replaceFiles")
    qtbot.waitUntil(question.isVisible)
    assert there.read_text() == "mine"
    if answer:
        qtbot.mouseClick(question.findChild(QAbstractButton, answer), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: export_dialog.report is not None, timeout=15_000)
        qtbot.waitUntil(lambda: not export_dialog.busy)
        assert "annotations" in json.loads(there.read_text())
    else:
        question.reject()
        qtbot.wait(50)
        assert not export_dialog.busy
        assert there.read_text() == "mine"
        assert export_dialog.isVisible()


def test_a_cancelled_export_leaves_nothing(
    qtbot, export_dialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()
    real = module.export_study

    def slow(*args, cancelled, **more):
        going.set()
        while not cancelled():
            pass
        return real(*args, cancelled=cancelled, **more)

    monkeypatch.setattr(module, "export_study", slow)
    choose(export_dialog, "coco")
    qtbot.mouseClick(export_dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(going.is_set)
    export_dialog.reject()
    qtbot.waitUntil(lambda: not export_dialog.busy, timeout=15_000)
    assert export_dialog.isVisible()
    assert "cancelled" in export_dialog.error.text()
    assert not (tmp_path / "out").exists()


def test_an_error_is_one_sentence_and_the_dialog_stays(
    qtbot, export_dialog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    export_dialog.folder.setText(str(tmp_path / "file" / "below"))
    choose(export_dialog, "coco")
    run(qtbot, export_dialog)
    assert export_dialog.isVisible()
    assert export_dialog.error.isVisible()
    assert export_dialog.error.text().count(".") >= 1
    assert export_dialog.export.isEnabled()


def test_while_others_are_hidden_only_ones_own_marks_are_offered(
    qtbot, study: Study, settings: Settings, tmp_path: Path
) -> None:
    dialog = ExportDialog(study, study.readers(), settings, None, only="bert")
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.show()
    assert [dialog.reader.itemData(n) for n in range(dialog.reader.count())] == ["bert"]
    assert dialog.blinded.isVisible()
    choose(dialog, "coco")
    run(qtbot, dialog)
    content = json.loads((tmp_path / "out" / "annotations.json").read_text())
    assert len(content["annotations"]) == 1


def test_each_study_goes_to_its_own_folder_and_never_to_the_images(
    qtbot, export_dialog, study: Study, settings: Settings, tmp_path: Path, monkeypatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr("app.places.own_folder", lambda: home)
    settings.set("last/folder", str(tmp_path / "photos"))
    run(qtbot, export_dialog)

    def proposed(opened: Study) -> str:
        dialog = ExportDialog(opened, [], settings, None)
        qtbot.addWidget(dialog)
        return dialog.folder.text()

    assert proposed(study) == str(tmp_path / "out")
    with Study.open(tmp_path / "other-0123456789ab.softcam") as other:
        assert proposed(other) == str(home / "other-annotations")
    (tmp_path / "out" / "annotations.json").unlink()
    (tmp_path / "out").rmdir()
    assert proposed(study) == str(home / "s-annotations"), "that folder is gone"


def test_without_a_folder_nothing_can_be_started(export_dialog) -> None:
    export_dialog.folder.setText("  ")
    assert not export_dialog.export.isEnabled()


def test_every_field_has_a_name(export_dialog) -> None:
    for kind in (QComboBox, QLineEdit, QPushButton):
        for widget in export_dialog.findChildren(kind):
            assert widget.objectName(), widget
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget
