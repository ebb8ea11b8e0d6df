"""Import into the window: a preview that changes nothing, then one undo step."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from app.annotate.annotator import Annotator
from app.exchange import import_dialog as module
from app.exchange.import_dialog import ImportDialog
from app.exchange.preview import show_imported
from app.settings import Settings
from app.state import Case, ViewerState
from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, StudyError


def look(qtbot, dialog: ImportDialog, path: Path) -> None:
    dialog.path.setText(str(path))
    qtbot.waitUntil(lambda: not dialog._stale and not dialog.busy, timeout=15_000)


def take(qtbot, dialog: ImportDialog) -> None:
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.busy, timeout=15_000)


def cells(dialog: ImportDialog) -> list[list[str]]:
    table = dialog.counts
    return [[table.item(row, c).text() for c in range(3)] for row in range(table.rowCount())]


def test_what_files_would_bring_is_shown_and_nothing_changed(
    qtbot, import_dialog: ImportDialog, study: Study, coco: Callable[..., Path]
) -> None:
    before = study.annotations()
    assert not import_dialog.take.isEnabled()
    look(qtbot, import_dialog, coco("one.png", "two.png", "three.png"))
    assert import_dialog.summary.text() == "2 of 3 images found. 2 marks to add."
    assert "COCO" in import_dialog.details.text()
    assert cells(import_dialog) == [["EX", "box", "2"]]
    (section,) = import_dialog.notes.sections
    assert section.title == "No such image in the study"
    assert section.rows == (("three.png", ""),)
    assert import_dialog.take.isEnabled()
    assert study.annotations() == before


def test_import_is_one_step_that_the_reader_at_work_can_undo(
    qtbot, import_dialog: ImportDialog, study: Study, coco: Callable[..., Path]
) -> None:
    look(qtbot, import_dialog, coco("one.png", "two.png"))
    take(qtbot, import_dialog)
    assert import_dialog.imported
    assert import_dialog.isVisible(), "nothing of it is in view yet"
    assert len(study.annotations(reader="imported")) == 2
    assert study.undo_text("anna").startswith("Import coco")
    study.undo("anna")
    assert study.annotations(reader="imported") == []


def test_the_window_shows_the_import_and_its_undo_stack_has_it(
    qtbot,
    state: ViewerState,
    import_dialog: ImportDialog,
    study: Study,
    coco: Callable[..., Path],
) -> None:
    state.study, state.reader = study, "anna"
    state.cases = [Case(c.id, c.path, c.name) for c in study.cases()]
    state.case = state.cases[0]
    annotator = Annotator(state)
    steps = len(annotator.steps.infos())
    seen: list[int] = []
    told: list[str] = []
    state.annotations_changed.connect(seen.append)
    state.succeeded.connect(told.append)
    import_dialog.reader.setCurrentIndex(import_dialog.reader.findData("anna"))
    look(qtbot, import_dialog, coco("one.png", "two.png"))
    take(qtbot, import_dialog)
    show_imported(state, annotator, import_dialog.plan)
    assert seen == [-1, state.case.id]
    assert told == ["2 marks imported into 2 images; Edit > Undo takes all of it back."]
    assert len(annotator.steps.infos()) == steps + 1
    assert [draft.label for draft in annotator.records()] == ["MA", "EX"]
    annotator.steps.undo()
    assert [draft.label for draft in annotator.records()] == ["MA"]
    assert len(study.annotations()) == 3
    annotator.steps.redo()
    assert len(study.annotations()) == 5


def test_marks_in_somebody_elses_layer_are_offered_to_be_shown(
    qtbot, import_dialog: ImportDialog, coco: Callable[..., Path]
) -> None:
    look(qtbot, import_dialog, coco("two.png"))
    with qtbot.waitSignal(import_dialog.taken):
        take(qtbot, import_dialog)
    assert import_dialog.summary.text().startswith("1 mark imported into 1 image;")
    assert "layer of “imported”" in import_dialog.details.text()
    assert not import_dialog.take.isVisible()
    show = import_dialog.findChild(QAbstractButton, "importShow")
    with qtbot.waitSignal(import_dialog.show_wanted) as wanted:
        qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert wanted.args == ["imported"]
    assert import_dialog.result() == ImportDialog.DialogCode.Accepted


def test_while_others_are_hidden_nothing_is_offered_to_be_shown(
    qtbot, study: Study, settings: Settings, coco: Callable[..., Path]
) -> None:
    dialog = ImportDialog(study, "anna", study.readers(), settings, None, others_hidden=True)
    qtbot.addWidget(dialog)
    dialog.show()
    look(qtbot, dialog, coco("one.png"))
    take(qtbot, dialog)
    assert "the protocol hides" in dialog.details.text()
    assert dialog.findChild(QAbstractButton, "importShow") is None
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == ImportDialog.DialogCode.Accepted


def test_the_choice_is_for_marks_of_which_the_files_name_no_reader(
    qtbot, import_dialog: ImportDialog, study: Study, tmp_path: Path, coco: Callable[..., Path]
) -> None:
    assert import_dialog.reader.currentData() == "imported"
    assert import_dialog.reader.accessibleName() == "Whose marks are these?"
    export_study(study, "coco", tmp_path / "own")
    for mark in study.annotations():
        study.delete_annotation(mark.id)
    import_dialog.reader.setCurrentIndex(import_dialog.reader.findData("anna"))
    look(qtbot, import_dialog, tmp_path / "own")
    assert import_dialog.plan.readers == ["anna", "bert"], "the file names both"
    look(qtbot, import_dialog, coco("one.png"))
    assert import_dialog.plan.readers == ["anna"]
    take(qtbot, import_dialog)
    assert import_dialog.result() == ImportDialog.DialogCode.Accepted, "they are in view"


def test_marks_that_are_there_are_counted_and_not_added(
    qtbot, import_dialog: ImportDialog, study: Study, tmp_path: Path
) -> None:
    export_study(study, "coco", tmp_path / "own")
    look(qtbot, import_dialog, tmp_path / "own")
    assert "0 marks to add, 3 are there already" in import_dialog.summary.text()
    assert not import_dialog.take.isEnabled()


def test_a_chosen_format_and_reader_count(
    qtbot, import_dialog: ImportDialog, coco: Callable[..., Path]
) -> None:
    file = coco("one.png")
    look(qtbot, import_dialog, file)
    assert "imported" in import_dialog.details.text()
    import_dialog.reader.setCurrentIndex(import_dialog.reader.findData("bert"))
    assert not import_dialog.take.isEnabled(), "the preview is not of this choice"
    qtbot.waitUntil(lambda: "bert" in import_dialog.details.text(), timeout=15_000)
    import_dialog.format.setCurrentIndex(import_dialog.format.findData("labelme"))
    qtbot.waitUntil(lambda: not import_dialog._stale and not import_dialog.busy, timeout=15_000)
    assert import_dialog.plan is None or not import_dialog.plan.added
    assert not import_dialog.take.isEnabled()


def test_images_of_another_size_are_named(
    qtbot, import_dialog: ImportDialog, coco: Callable[..., Path]
) -> None:
    look(qtbot, import_dialog, coco("one.png", size=(99, 60)))
    (section,) = import_dialog.notes.sections
    assert section.title == "Image of another size, so nothing is taken"
    assert "99 x 60" in section.rows[0][1]
    assert not import_dialog.take.isEnabled()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\x00\x01"])
def test_files_that_make_no_sense_are_one_sentence(
    qtbot, import_dialog: ImportDialog, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "torn.json"
    file.write_bytes(content)
    look(qtbot, import_dialog, file)
    assert import_dialog.error.isVisible()
    assert "torn.json" in import_dialog.error.text()
    assert "\n" not in import_dialog.error.text()
    assert not import_dialog.take.isEnabled()
    import_dialog.path.setText("")
    qtbot.waitUntil(lambda: not import_dialog.error.isVisible(), timeout=15_000)


def test_typing_on_while_files_are_read_shows_the_last_ones(
    qtbot, import_dialog: ImportDialog, coco: Callable[..., Path], tmp_path: Path
) -> None:
    file = coco("one.png")
    import_dialog.path.setText(str(tmp_path / "gone"))
    import_dialog.look()
    import_dialog.path.setText(str(file))
    qtbot.waitUntil(lambda: import_dialog.take.isEnabled(), timeout=15_000)
    assert import_dialog.plan.path == file
    assert not import_dialog.error.isVisible()


def test_a_failed_import_changes_nothing_and_says_so(
    qtbot,
    import_dialog: ImportDialog,
    study: Study,
    coco: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look(qtbot, import_dialog, coco("one.png"))

    def fail(*args: object, **more: object) -> None:
        raise StudyError("The disk of the study is full; free some space, then try again.")

    monkeypatch.setattr(module, "apply_import", fail)
    take(qtbot, import_dialog)
    assert import_dialog.isVisible()
    assert not import_dialog.imported
    assert "disk" in import_dialog.error.text()
    assert import_dialog.take.isEnabled()


def test_a_cancelled_import_changes_nothing(
    qtbot,
    import_dialog: ImportDialog,
    study: Study,
    coco: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = module.apply_import

    def stopped(*args, progress, **more):
        def cancel(done: int, total: int) -> None:
            raise CancelledError

        return real(*args, progress=cancel, **more)

    look(qtbot, import_dialog, coco("one.png", "two.png"))
    monkeypatch.setattr(module, "apply_import", stopped)
    take(qtbot, import_dialog)
    assert "cancelled" in import_dialog.error.text()
    assert len(study.annotations()) == 3
    assert not study.undo_text("anna").startswith("Import")


def test_closing_while_files_are_read_stops_the_reading(
    qtbot, import_dialog: ImportDialog, coco: Callable[..., Path]
) -> None:
    import_dialog.path.setText(str(coco("one.png")))
    import_dialog.look()
    import_dialog.close()
    qtbot.waitUntil(lambda: not import_dialog.isVisible(), timeout=15_000)
    assert not import_dialog.busy


def test_grades_are_counted_and_set(
    qtbot, import_dialog: ImportDialog, study: Study, tmp_path: Path
) -> None:
    case = study.cases()[0].id
    study.set_label(case, "severe", "bert")
    export_study(study, "coco", tmp_path / "own")
    study.undo("bert")
    look(qtbot, import_dialog, tmp_path / "own")
    assert "1 grade to set" in import_dialog.summary.text()
    take(qtbot, import_dialog)
    assert study.grades(case) == {"bert": "severe"}


def test_every_field_has_a_name(import_dialog: ImportDialog) -> None:
    for kind in (QComboBox, QLineEdit, QAbstractButton):
        for widget in import_dialog.findChildren(kind):
            if isinstance(widget, QAbstractButton) and not widget.text():
                continue  # Qt's own corner of a table
            assert widget.objectName(), widget
            assert widget.accessibleName() or widget.text(), widget


def test_a_file_of_many_marks_does_not_hold_up_the_window(
    qtbot, import_dialog: ImportDialog, study: Study, tmp_path: Path
) -> None:
    """The heartbeat watches."""
    boxes = [
        {"id": i, "image_id": 1, "category_id": 1, "bbox": [i % 70, 2, 3, 4 + i / 1e5]}
        for i in range(20_000)
    ]
    content = {
        "images": [{"id": 1, "file_name": "one.png", "width": 80, "height": 60}],
        "annotations": boxes,
        "categories": [{"id": 1, "name": "EX"}],
    }
    (tmp_path / "many.json").write_text(json.dumps(content))
    look(qtbot, import_dialog, tmp_path / "many.json")
    assert "20,000 marks to add" in import_dialog.summary.text()
