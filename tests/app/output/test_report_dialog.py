"""The dialog: what it offers, what it shows, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import synthetic
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QListWidget, QWidget

from app.output.report_cases import ALL, Choices, case_payload, front_payload
from app.output.report_dialog import REPORT_WRITTEN, ReportDialog
from app.settings import Settings
from app.state import Analysis, PaneContent
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.seen import MODEL_SEEN
from softcam_core.imaging.geometry import Region


@pytest.fixture
def opened(qtbot, reported, jobs, tmp_path):
    """Opens the dialog over the study as it is now; it saves to ``r`` in the test's folder."""
    kept: list[ReportDialog] = []

    def open_dialog() -> ReportDialog:
        def place(_title: str, _kind: str, _name: str, suffix: str) -> Path:
            return tmp_path / f"r{suffix}"

        dialog = ReportDialog(reported, jobs, Settings(), place, None)
        qtbot.addWidget(dialog)
        kept.append(dialog)
        dialog.show()
        return dialog

    return open_dialog


def names(widget: QListWidget) -> list[str]:
    return [widget.item(row).text() for row in range(widget.count())]


def tick(widget: QListWidget, *wanted: str) -> None:
    for row in range(widget.count()):
        item = widget.item(row)
        ticked = item.text() in wanted
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)


def test_it_shows_the_first_page_and_makes_the_report(qtbot, opened, tmp_path):
    dialog = opened()
    qtbot.waitUntil(lambda: not dialog.shown.pixmap().isNull(), timeout=10_000)
    with qtbot.waitSignal(dialog.written, timeout=10_000) as written:
        dialog.save.click()
    assert written.args == [tmp_path / "r.pdf"]
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert dialog.result() == ReportDialog.DialogCode.Accepted


def test_cases_are_offered_with_their_numbers(opened):
    cases = opened().form.cases
    offered = [cases.itemText(n) for n in range(cases.count())]
    assert offered == ["This case", "Flagged cases (1)", "Done cases (2)", "All cases (4)"]


def test_names_are_left_out_each_time_anew(qtbot, opened):
    dialog = opened()
    assert not dialog.form.names.isChecked()
    assert "no file name" in dialog.form.identity.text()
    dialog.form.names.setChecked(True)
    assert "may tell who" in dialog.form.identity.text()
    with qtbot.waitSignal(dialog.written, timeout=10_000):
        dialog.save.click()
    assert not opened().form.names.isChecked()


def test_format_and_maps_come_back_the_next_time(qtbot, opened, reported, jobs):
    synthetic.load(reported, synthetic.model("oracle"))
    dialog = opened()
    tick(dialog.form.methods, "Grad-CAM", "Layer-CAM")
    dialog.form.format.setCurrentIndex(dialog.form.format.findData("html"))
    assert not dialog.form.paper.isEnabled()
    dialog.form.remember()
    dialog.reject()
    again = opened().form
    assert again.kind() == "html"
    assert again.choices().methods == ("gradcam", "layercam")


def test_models_and_classes_that_are_hidden_are_not_even_named(opened, reported, study):
    synthetic.load(reported, synthetic.model("oracle"))
    assert "severe" in names(opened().form.classes)
    set_protocol(study, Protocol("ai-second"), "reader-1")
    reported.sight.forget()
    form = opened().form
    assert names(form.classes) == []
    assert names(form.methods) == []
    assert "hides what models say" in form.hint.text()


def test_maps_and_classes_are_those_of_the_chosen_cases(opened, reported):
    eyes = synthetic.model("eyes", modality="fundus")
    chest = synthetic.model("chest", "blackbox", modality="cxr")
    synthetic.load(reported, eyes, chest)
    modalities = "fundus", "cxr", "fundus", "fundus"
    reported.cases = [
        replace(case, modality=modality)
        for case, modality in zip(reported.cases, modalities, strict=True)
    ]
    reported.case = reported.cases[0]
    form = opened().form
    tick(form.classes, "severe")
    assert "Evidence" in names(form.methods)
    form.cases.setCurrentIndex(form.cases.findData("flagged"))
    assert "Evidence" not in names(form.methods)
    assert form.choices().methods == ("cam",)
    assert form.choices().classes == ("severe",)


def test_slow_maps_say_so_and_the_prediction_is_told_without_any(opened, reported):
    synthetic.load(reported, synthetic.model("box", "blackbox"), synthetic.model("oracle"))
    reported.limits["oracle", "evidence"] = 3.5
    dialog = opened()
    assert "Occlusion (takes minutes)" in names(dialog.form.methods)
    tick(dialog.form.methods, "Evidence", "Grad-CAM")
    payload = case_payload(reported, reported.cases[0], dialog.form.choices())
    assert [(one["id"], one["methods"]) for one in payload["models"]] == [
        ("box", ["gradcam"]),
        ("oracle", ["evidence"]),
    ]
    assert payload["models"][1]["limits"] == {"evidence": 3.5}
    tick(dialog.form.methods)
    payload = case_payload(reported, reported.cases[0], dialog.form.choices())
    assert [(one["id"], one["methods"]) for one in payload["models"]] == [("box", [])]
    dialog.reject()


def test_cancel_stops_the_report_first_and_closes_then(qtbot, opened, jobs, tmp_path):
    dialog = opened()
    jobs.holds = True
    dialog.save.click()
    assert not dialog.save.isEnabled()
    assert not dialog.form.isEnabled()
    dialog.reject()
    assert dialog.isVisible()
    assert "nothing was written" in dialog.error.text()
    assert dialog.save.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()
    assert not (tmp_path / "r.pdf").exists()


def test_a_place_that_cannot_be_written_is_told_and_the_dialog_stays(qtbot, reported, jobs):
    place = Path("/nowhere/at/all/r.pdf")
    dialog = ReportDialog(reported, jobs, Settings(), lambda *_: place, None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(dialog.error.text()), timeout=10_000)
    assert "cannot be written" in dialog.error.text()
    assert dialog.isVisible()
    dialog.reject()


def test_every_field_has_its_names_and_is_reached_by_keyboard(opened):
    form = opened().form
    for widget in (form.cases, form.methods, form.classes, form.format, form.paper):
        assert isinstance(widget, QWidget)
        assert widget.objectName().startswith("report")
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_page_that_cannot_be_drawn_says_why(opened):
    dialog = opened()
    dialog.preview.stop()
    dialog.preview.failed.emit("The image is gone.")
    assert dialog.shown.text() == "The image is gone."
    assert dialog.shown.pixmap().isNull()
    dialog.reject()


def test_the_page_grows_with_the_dialog(qtbot, opened):
    dialog = opened()
    qtbot.waitUntil(lambda: not dialog.shown.pixmap().isNull(), timeout=10_000)
    before = dialog.shown.pixmap().height()
    dialog.resize(dialog.width() + 200, dialog.height() + 200)
    qtbot.waitUntil(lambda: dialog.shown.pixmap().height() > before)
    dialog.reject()


def test_the_marks_chosen_in_the_window_count_unless_they_are_hidden(opened, reported, study):
    reported.set_truth("union")
    form = opened().form
    asked = case_payload(reported, reported.cases[0], form.choices())["asked"]
    assert asked.truth == asked.measured == "union"
    set_protocol(study, Protocol("blinded"), "reader-1")
    reported.sight.forget()
    asked = case_payload(reported, reported.cases[0], form.choices())["asked"]
    assert asked.truth == ""


def test_the_pages_of_the_preview_can_be_turned(qtbot, opened):
    dialog = opened()
    qtbot.waitUntil(lambda: bool(dialog.which.text()), timeout=10_000)
    pages = [QImage(100, 141, QImage.Format.Format_RGB32) for _ in range(3)]
    for number, page in enumerate(pages):
        page.fill(QColor(80 * number, 0, 0))
    dialog.preview.ready.emit(pages)
    assert dialog.which.text() == "Page 1 of 3"
    assert not dialog.before.isEnabled()
    for _ in range(2):
        qtbot.keyClick(dialog.after, Qt.Key.Key_Space)
    assert dialog.which.text() == "Page 3 of 3"
    assert not dialog.after.isEnabled()
    shown = dialog.shown.pixmap().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).red() == 160
    dialog.preview.ready.emit(pages[:2])
    assert dialog.which.text() == "Page 2 of 2"
    dialog.reject()


def test_the_preview_comes_again_after_a_cancelled_report(qtbot, opened, jobs):
    dialog = opened()
    jobs.holds = True
    dialog.save.click()
    dialog.reject()
    jobs.holds = False
    assert "nothing was written" in dialog.error.text()
    qtbot.waitUntil(lambda: not dialog.shown.pixmap().isNull(), timeout=10_000)
    assert "nothing was written" in dialog.error.text()
    dialog.reject()


def test_a_typed_suffix_is_the_format_and_no_image_is_replaced(qtbot, reported, jobs, tmp_path):
    place = tmp_path / "mine.HTML"
    dialog = ReportDialog(reported, jobs, Settings(), lambda *_: place, None)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.written, timeout=10_000):
        dialog.start()
    assert place.read_text("utf-8").lstrip().lower().startswith("<!doctype html")
    image = reported.cases[2].path
    dialog = ReportDialog(reported, jobs, Settings(), lambda *_: image, None)
    qtbot.addWidget(dialog)
    dialog.start()
    assert dialog.run is None
    assert "belongs to the open study" in dialog.error.text()
    dialog.reject()


def test_the_maps_on_screen_are_ticked_and_stored_ones_say_so(opened, reported):
    model = synthetic.model("box", "blackbox")
    synthetic.load(reported, model)
    reported.panes = [PaneContent("occlusion"), PaneContent("gradcam")]
    found = Analysis(
        *(reported.case.id, "box", np.array([0.0, 1.0, 0.0]), np.array([0.2, 0.6, 0.2])),
        Region(0, 0, 80, 60),
        {name: np.ones((3, 2, 2), np.float32) for name in ("occlusion", "gradcam")},
    )
    reported.analyses[reported.case.id, "box"] = found
    form = opened().form
    assert form.choices().methods == ("gradcam", "occlusion")
    assert "Occlusion (stored)" in names(form.methods)
    assert "Score-CAM (takes minutes)" in names(form.methods)
    form.cases.setCurrentIndex(form.cases.findData("all"))
    assert "Occlusion (takes minutes)" in names(form.methods)


def test_a_report_tells_its_language(reported):
    front = front_payload(reported, 1, Choices(()))["front"]
    assert front["language"] == "en"


def test_the_cases_of_a_report_and_the_report_are_in_the_audit_log(
    qtbot, opened, reported, study, tmp_path
):
    dialog = opened()
    qtbot.waitUntil(lambda: not dialog.shown.pixmap().isNull(), timeout=10_000)
    reported.models = [synthetic.model("oracle")]
    dialog.preview.ready.emit([])
    assert reported.journal.wait(5)
    assert [(e.case, e.detail["place"]) for e in study.events(MODEL_SEEN)] == [(1, "report")]
    dialog.form.cases.setCurrentIndex(dialog.form.cases.findData(ALL))
    dialog._on_written(tmp_path / "r.pdf")
    dialog.preview.stop()
    assert reported.journal.wait(5)
    assert [event.case for event in study.events(MODEL_SEEN)] == [1, 2, 3, 4]
    (written,) = study.events(REPORT_WRITTEN)
    assert written.detail == {"cases": 4}
