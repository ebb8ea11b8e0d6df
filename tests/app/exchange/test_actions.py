"""The two actions in the real window."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QPushButton, QToolButton

from app.exchange.export_dialog import ExportDialog
from app.exchange.import_dialog import ImportDialog
from app.exchange.report import ReportDialog
from app.main_window import MainWindow
from app.settings import Settings
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study


@pytest.fixture
def window(qtbot, study: Study):
    """The window on the study of this package."""
    path = study.path
    study.close()
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.show()
    window.open_study(path)
    qtbot.waitUntil(lambda: len(window.state.cases) == 2 and window.state.painted, timeout=15_000)
    window.state.set_reader("anna")
    yield window
    window.close()


def dialog_of(qtbot, window: MainWindow, kind: type[QDialog]) -> QDialog:
    def shown() -> None:
        assert [d for d in window.findChildren(kind) if d.isVisible()]

    qtbot.waitUntil(shown, timeout=15_000)
    return next(d for d in window.findChildren(kind) if d.isVisible())


def test_import_shows_up_in_list_worklist_and_undo(
    qtbot, window: MainWindow, coco: Callable[..., Path]
) -> None:
    window.actions_table["import_annotations"].trigger()
    dialog = dialog_of(qtbot, window, ImportDialog)
    dialog.reader.setCurrentIndex(dialog.reader.findData("anna"))
    dialog.path.setText(str(coco("one.png", "two.png")))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=15_000)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.annotator.records()) == 2, timeout=15_000)
    marks = window.worklist.model._marks
    second = window.state.cases[1].id
    assert marks[second] == 2, "the worklist counts marks of images that are not in view"
    assert "2 marks imported into 2 images" in window.messages.text()
    window.actions_table["undo"].trigger()
    assert len(window.annotator.records()) == 1


def test_an_import_into_another_layer_is_undone_and_redone_by_keys(
    qtbot, window: MainWindow, coco: Callable[..., Path]
) -> None:
    def imported() -> int:
        return len(window.state.study.annotations(reader="imported"))

    window.state.set_reader("reader-1")
    assert not window.actions_table["undo"].isEnabled()
    window.actions_table["import_annotations"].trigger()
    dialog = dialog_of(qtbot, window, ImportDialog)
    dialog.path.setText(str(coco("one.png", "two.png")))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=15_000)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.actions_table["undo"].isEnabled, timeout=15_000)
    assert imported() == 2
    dialog.reject()
    (step,) = window.annotator.steps.infos()
    assert step.text == "Import coco in.json"
    marks, (first, second) = window.worklist.model._marks, [c.id for c in window.state.cases]
    window.state.set_reader("imported")
    assert (marks.get(first, 0), marks.get(second, 0)) == (1, 1)
    window.state.set_reader("reader-1")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert imported() == 0
    again = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, again)
    assert imported() == 2


def test_imported_marks_are_shown_and_nothing_is_drawn_there_by_mistake(
    qtbot, window: MainWindow, coco: Callable[..., Path]
) -> None:
    first, second = (case.id for case in window.state.cases)
    assert window.state.case.id == first
    window.actions_table["import_annotations"].trigger()
    dialog = dialog_of(qtbot, window, ImportDialog)
    dialog.path.setText(str(coco("two.png")))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=15_000)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.findChild(QPushButton, "importShow") is not None, timeout=15_000)
    picker = window.findChild(QToolButton, "readerPicker")
    assert "no person" not in picker.toolTip()
    qtbot.mouseClick(dialog.findChild(QPushButton, "importShow"), Qt.MouseButton.LeftButton)
    assert window.state.reader == "imported"
    qtbot.waitUntil(lambda: window.state.case.id == second, timeout=15_000)
    assert [draft.label for draft in window.annotator.records()] == ["EX"]
    assert "“imported” is no person" in picker.toolTip()
    assert "change the reader (Ctrl+R) before you draw" in window.messages.text()
    window.state.study_changed.emit()  # as when the study is opened the next time
    assert window.state.reader == "anna", "a person goes on"


def test_undo_of_an_import_counts_the_marks_of_images_out_of_view(
    qtbot, window: MainWindow, coco: Callable[..., Path]
) -> None:
    second = window.state.cases[1].id
    before = window.worklist.model._marks[second]
    window.actions_table["import_annotations"].trigger()
    dialog = dialog_of(qtbot, window, ImportDialog)
    dialog.reader.setCurrentIndex(dialog.reader.findData("anna"))
    dialog.path.setText(str(coco("one.png", "two.png")))
    qtbot.waitUntil(dialog.take.isEnabled, timeout=15_000)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.worklist.model._marks[second] == before + 1, timeout=15_000)
    window.actions_table["undo"].trigger()
    assert window.worklist.model._marks[second] == before


def test_export_ends_with_a_report(qtbot, window: MainWindow, tmp_path: Path) -> None:
    window.actions_table["export_annotations"].trigger()
    dialog = dialog_of(qtbot, window, ExportDialog)
    dialog.format.setCurrentIndex(dialog.format.findData("labelme"))
    dialog.folder.setText(str(tmp_path / "out"))
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    report = dialog_of(qtbot, window, ReportDialog)
    assert "3 marks of 2 images written, in 2 files" in report.headline.text()
    report.reject()
    shapes = json.loads((tmp_path / "out" / "one.json").read_text())["shapes"]
    assert [shape["label"] for shape in shapes] == ["MA", "HE"]


def test_the_audit_log_goes_where_the_study_was_exported_last(
    qtbot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr("app.places.own_folder", lambda: home)
    window.settings.set("last/folder", str(tmp_path / "photos"))
    asked: list[str] = []

    def ask(_parent: object, _title: str, proposed: str, _kinds: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "log.csv"), "CSV (*.csv)"

    monkeypatch.setattr("app.saving.QFileDialog.getSaveFileName", ask)
    for _ in range(2):
        window.actions_table["export_audit"].trigger()
        qtbot.waitUntil(lambda: "audit log is in" in window.messages.text(), timeout=15_000)
    assert asked == [str(home / "audit-log.csv"), str(tmp_path / "audit-log.csv")]


def test_the_audit_log_replaces_no_file_unasked(
    qtbot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, asked = tmp_path / "my-log.csv", []
    there.write_text("precious")
    typed = (str(tmp_path / "my-log"), "CSV (*.csv)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: typed)
    answers = iter([QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes])
    monkeypatch.setattr(QMessageBox, "question", lambda *a: asked.append(a[2]) or next(answers))
    window.actions_table["export_audit"].trigger()
    assert asked == ["my-log.csv already exists. Replace it?"]
    assert not window.readers.audit.busy
    assert there.read_text() == "precious"
    window.actions_table["export_audit"].trigger()
    qtbot.waitUntil(lambda: "audit log is in" in window.messages.text(), timeout=15_000)
    assert there.read_text() != "precious"


def test_the_audit_log_replaces_neither_the_study_nor_an_image(window: MainWindow) -> None:
    for path in (window.state.cases[0].path, window.state.study.path):
        before = path.read_bytes()[:16]
        window.readers.export_audit(path)
        assert not window.readers.audit.busy
        assert "belongs to the open study" in window.messages.text()
        assert path.read_bytes()[:16] == before


def test_without_a_study_both_say_so(qtbot) -> None:
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.show()
    for name in ("import_annotations", "export_annotations"):
        window.actions_table[name].trigger()
        assert "No study is open" in window.messages.text()
    window.close()


def test_a_blinded_reader_is_offered_nobody_elses_marks(qtbot, window: MainWindow) -> None:
    set_protocol(window.state.study, Protocol("blinded", "fixed", 0), "anna")
    window.state.look_again()
    window.actions_table["export_annotations"].trigger()
    dialog = dialog_of(qtbot, window, ExportDialog)
    assert [dialog.reader.itemData(n) for n in range(dialog.reader.count())] == ["anna"]
    dialog.reject()
