"""Tables of agreement are saved over nothing that belongs to the study."""

from dataclasses import replace

from PySide6.QtWidgets import QFileDialog, QMessageBox


def test_a_table_replaces_neither_the_study_nor_an_image(
    make_dialog, ended, monkeypatch, open_study
):
    dialog = make_dialog()
    ended(dialog)
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *a: told.append(a[2]))
    case = replace(open_study.cases[0], path=open_study.study.path.with_name("numbers.csv"))
    case.path.write_bytes(b"pixels")
    open_study.cases[0] = case
    before = dialog.status.text()
    for place, button in ((case.path, "export"), (case.path.with_suffix(""), "export_cases")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, p=place: (str(p), ""))
        getattr(dialog, button).click()
    assert case.path.read_bytes() == b"pixels"
    assert told == ["numbers.csv belongs to the open study; choose another name."] * 2
    study = open_study.study.path
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(study), ""))
    dialog.export_cases.click()
    assert study.read_bytes().startswith(b"SQLite format 3")
    assert study.with_name(f"{study.name}.csv").exists()
    assert dialog.status.text() != before
