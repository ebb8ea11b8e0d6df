"""Figures from the window: what is asked of the child, and what is kept from it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton

from app.canvas.pane import ImagePane
from app.jobs.figure import _with_agreement
from app.output.copying import caption_of, copy_panes, copy_text_in_focus, picture_of
from app.output.figure_choices import TYPED, Choices, typed_cases, why_not
from app.output.figure_dialog import FIGURE_WRITTEN, FigureDialog
from app.output.figure_request import payload
from app.output.figure_run import write_file
from app.settings import Settings
from app.state import Analysis, LoadedModel, PaneContent
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.seen import MODEL_SEEN
from softcam_core.errors import SoftcamError
from softcam_core.explain.comparing import agreement
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.read import read_image
from softcam_core.models.spec import ModelSpec


@dataclass(eq=False)
class Job:
    payload: dict[str, Any]
    answers: dict[str, Any]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class Drawing:
    """Stands in for the child: answers with a small picture, in the event loop."""

    parent: QObject
    holds: bool = False
    waiting: int = 0
    fails: str = ""
    asked: list[Job] = field(default_factory=list)

    def submit(self, kind: str, asked: dict[str, Any], *, priority: int = 0, **answers: Any) -> Job:
        assert kind == "figure"
        job = Job(asked, answers)
        self.asked.append(job)
        QTimer.singleShot(0, self.parent, lambda: self._answer(job))
        return job

    def _answer(self, job: Job) -> None:
        if job.cancelled or (self.holds and not job.payload["quick"]):
            return
        if self.fails:
            job.answers["on_failed"](self.fails)
            return
        if not job.payload["quick"]:
            job.answers["on_progress"](500, 1000)
        buffer = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(buffer, "PNG")
        made = {"data": buffer.getvalue(), "caption": "What is shown.", "problems": []}
        job.answers["on_done"]({**made, "waiting": self.waiting})


@pytest.fixture
def shown(reported):
    """The study with an image and two models, of which one refuses Grad-CAM."""
    case = reported.case
    reported.image = read_image(case.path)
    spec = ModelSpec("resnet18", "softcam", ("healthy", "ill"), map_limits={"evidence": 3.0})
    box = ModelSpec("resnet18", "blackbox", ("healthy", "ill"))
    reported.models = [
        LoadedModel("s" * 64, Path("s"), spec, "CPU", refused={"cam": "No."}),
        LoadedModel("b" * 64, Path("b"), box, "CPU", refused={"evidence": "A black box."}),
    ]
    maps = {"evidence": np.array([[[1.0, -1.0]], [[2.0, 0.5]]], np.float32)}
    reported.analyses[case.id, "s" * 64] = Analysis(
        *(case.id, "s" * 64, np.array([0.0, 1.25]), np.array([0.2, 0.8])),
        Region(0, 0, 80, 60),
        maps,
    )
    return reported


@pytest.fixture
def panes(qtbot, shown):
    made = [ImagePane(name=f"pane{number}") for number in (1, 2)]
    for pane in made:
        qtbot.addWidget(pane)
        pane.resize(200, 160)
        pane.set_image(shown.image)
    made[0].set_title("Evidence")
    return made


@pytest.fixture
def opened(qtbot, shown, panes, tmp_path):
    """Opens the dialog; files go to ``out``."""
    out = tmp_path / "out"
    out.mkdir()

    def open_dialog(**kinds: Any) -> tuple[FigureDialog, Drawing]:
        jobs = Drawing(panes[0], **kinds)
        dialog = FigureDialog(
            shown, jobs, Settings(), panes, lambda _t, _k, n, s: out / f"{n}{s}", lambda: [3, 1]
        )
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog, jobs

    return open_dialog


def choose(combo, data) -> None:
    combo.setCurrentIndex(combo.findData(data))


# The dialog


def test_the_preview_is_asked_quickly_and_shows_the_caption(qtbot, opened) -> None:
    dialog, jobs = opened(waiting=2)
    qtbot.waitUntil(lambda: dialog.caption.toPlainText() == "What is shown.")
    (job,) = jobs.asked
    assert job.payload["quick"]
    assert job.payload["kind"] == "png"
    assert not dialog.shown.pixmap().isNull()
    assert dialog.note.text().startswith("2 slow maps")


def test_changes_in_a_row_make_one_preview(qtbot, opened) -> None:
    dialog, jobs = opened()
    for layout in ("classes", "localization", "methods", "screen"):
        choose(dialog.form.layout_, layout)
    qtbot.waitUntil(lambda: not dialog.preview.busy and bool(dialog.caption.toPlainText()))
    assert [job.payload["asked"].layout for job in jobs.asked] == ["screen"]


def test_localization_has_marks_over_its_maps_and_methods_not(opened) -> None:
    dialog, _ = opened()
    assert not dialog.form.choices().marks
    choose(dialog.form.layout_, "localization")
    assert dialog.form.choices().marks


def test_saving_writes_the_figure_and_its_caption(qtbot, opened, tmp_path) -> None:
    dialog, jobs = opened()
    with qtbot.waitSignal(dialog.written) as written:
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert written.args == [tmp_path / "out" / "case-1-figure-methods.png", []]
    assert (tmp_path / "out" / "case-1-figure-methods.png.txt").read_text() == "What is shown.\n"
    assert Image.open(
        io.BytesIO((tmp_path / "out" / "case-1-figure-methods.png").read_bytes())
    ).size == (60, 40)
    assert not jobs.asked[-1].payload["quick"]
    assert jobs.asked[-1].payload["asked"].page.dpi == 300


def test_a_caption_that_is_there_is_asked_about(qtbot, opened, tmp_path, monkeypatch) -> None:
    dialog, _ = opened()
    (tmp_path / "out" / "case-1-figure-methods.png.txt").write_text("mine")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    dialog.start()
    assert dialog.run is None
    assert (tmp_path / "out" / "case-1-figure-methods.png.txt").read_text() == "mine"


def test_escape_cancels_and_writes_nothing(qtbot, opened, tmp_path) -> None:
    dialog, jobs = opened(holds=True)
    dialog.start()
    assert dialog.run is not None
    assert not dialog.save.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.run is None)
    assert jobs.asked[-1].cancelled
    assert dialog.isVisible()
    assert "nothing was written" in dialog.error.text()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failure_is_one_sentence_and_the_dialog_stays(qtbot, opened) -> None:
    dialog, _ = opened(fails="The columns do not fit.")
    qtbot.waitUntil(lambda: dialog.error.text() == "The columns do not fit.")
    assert dialog.isVisible()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SoftcamError, match="choose another folder"):
        write_file(tmp_path / "file" / "f.png", b"x")


def test_every_field_has_a_name_to_speak(opened) -> None:
    dialog, _ = opened()
    for widget in dialog.findChildren(QLineEdit):
        assert widget.objectName() or widget.parent().objectName()
    for widget in (dialog.form.layout_, dialog.form.models, dialog.shown, dialog.caption):
        assert widget.objectName()
        assert widget.accessibleName()


# What is asked


def test_cases_are_found_by_number_range_and_name(shown) -> None:
    assert [c.id for c in typed_cases(shown, "3, 1-2, MEIER_4")] == [3, 1, 2, 4]
    assert typed_cases(shown, "99, nobody, ") == []


def test_names_of_files_are_not_told_unless_asked(shown, panes) -> None:
    choices = Choices(cases=(shown.cases[0],), models=("s" * 64,), methods=("evidence",))
    (case,) = payload(shown, choices, panes, quick=True)["asked"].cases
    assert case.name == ""
    named = Choices(**{**choices.__dict__, "names": True})
    (case,) = payload(shown, named, panes, quick=True)["asked"].cases
    assert case.name == "MEIER_1"


def test_a_label_goes_with_who_gave_it_and_the_case_with_its_number(shown, panes) -> None:
    study, case = shown.study, replace(shown.cases[1], label="ill")
    shown.cases[1] = case

    def told():
        choices = Choices(cases=(case,), models=("s" * 64,), methods=("evidence",))
        (found,) = payload(shown, choices, panes, quick=True)["asked"].cases
        return found.number, found.label, found.label_of

    assert told() == (2, "ill", "")
    study.set_label(case.id, "ill", "given")
    assert told() == (2, "ill", "given")
    study.set_label(case.id, "well", "somebody else")
    study.set_label(case.id, "ill", "reader-1")
    assert told() == (2, "ill", "reader-1")


def test_figures_are_of_a_paper_that_is_named(opened) -> None:
    dialog, _ = opened()
    for layout, number in (("methods", 2), ("localization", 4), ("classes", 15)):
        choose(dialog.form.layout_, layout)
        assert f"Figure {number} of the SoftCAM paper" in dialog.form.about.text()
        assert "Figure" not in dialog.form.layout_.currentText()


def test_limits_are_the_windows(shown, panes) -> None:
    shown.limits["s" * 64, "gradcam"] = 0.5
    shown.own_limits["s" * 64, "evidence"] = 9.0
    choices = Choices(cases=(shown.cases[0],), models=("s" * 64,), methods=("evidence",))
    (model,) = payload(shown, choices, panes, quick=True)["asked"].models
    assert model.limits == {"gradcam": 0.5, "evidence": 9.0}


def test_the_readers_own_marks_are_shown_and_no_hidden_ones(shown, panes) -> None:
    both = Choices(layout="localization", cases=tuple(shown.cases[:2]))
    asked = payload(shown, both, panes, quick=True)
    assert asked["marks"] == [(1, "reader-1"), (2, "")]
    shown.truth = "somebody else"
    assert payload(shown, both, panes, quick=True)["marks"][1] == (2, "somebody else")
    set_protocol(shown.study, Protocol(mode="blinded"), "reader-1")
    shown.sight.forget()
    assert payload(shown, both, panes, quick=True)["marks"] == [(1, "reader-1"), (2, "")]


def test_a_blinded_reader_gets_a_sentence_and_no_figure(qtbot, shown, opened, panes) -> None:
    set_protocol(shown.study, Protocol(mode="ai-second"), "reader-1")
    shown.sight.forget()
    dialog, jobs = opened()
    for layout in ("methods", "screen"):
        choose(dialog.form.layout_, layout)
        assert "protocol hides" in dialog.error.text()
        assert not dialog.save.isEnabled()
        dialog.start()
        assert dialog.run is None
    qtbot.wait(400)
    assert jobs.asked == []
    asked = payload(shown, Choices(layout="screen", cases=(shown.cases[0],)), panes, quick=True)
    assert asked["asked"].models == ()
    assert all(not pane.model for pane in asked["asked"].panes)


def test_there_are_as_many_cases_as_fit(shown) -> None:
    many = tuple(shown.cases[:1] * 13)
    assert "too many" in why_not(shown, Choices(cases=many, models=("s",), methods=("evidence",)))
    assert why_not(shown, Choices()) == "No case is chosen."


def test_the_panes_of_the_window_are_asked_for_as_they_are(shown, panes) -> None:
    shown.panes = [PaneContent("evidence", opacity=0.3, class_name="ill"), PaneContent("image")]
    panes[0].viewport.look_at((40, 30), 5.0)
    choices = Choices(layout="screen", cases=(shown.cases[0],))
    asked = payload(shown, choices, panes, quick=True)["asked"]
    first, second = asked.panes
    assert (first.method, first.opacity, first.class_name) == ("evidence", 0.3, "ill")
    assert first.title == "Evidence"
    assert second.method == "image"
    x0, y0, x1, y1 = asked.cases[0].view
    assert x1 - x0 == pytest.approx(panes[0].canvas.width() / 5, abs=0.1)
    assert 0 <= y0 < y1 <= 60


def test_maps_that_are_switched_off_are_in_no_figure_of_the_screen(shown, panes) -> None:
    two = PaneContent("evidence"), PaneContent("evidence", class_name="healthy")
    shown.panes = [PaneContent("evidence"), PaneContent("difference", pair=two)]
    shown.panes.append(PaneContent("image"))
    shown.set_overlay(visible=False)
    choices = Choices(layout="screen", cases=(shown.cases[0],))
    asked = payload(shown, choices, [*panes, panes[1]], quick=True)
    first, second, third = asked["asked"].panes
    for pane in (first, second):
        assert (pane.title, pane.method, pane.model, pane.class_name) == ("Annotations", "", "", "")
        assert pane.drawn is None
        assert pane.together is None
    assert third.method == "image"
    assert asked["sides"] == [None, None, None]


def test_a_difference_and_classes_together_go_as_they_are_drawn(shown, panes) -> None:
    one, two = (
        PaneContent("evidence", class_name="ill"),
        PaneContent("evidence", class_name="healthy"),
    )
    shown.panes = [PaneContent("difference", pair=(one, two)), PaneContent("evidence")]
    shown.set_overlay(classes="several")
    asked = payload(shown, Choices(layout="screen", cases=(shown.cases[0],)), panes, quick=True)
    first, second = asked["asked"].panes
    assert np.allclose(first.drawn.values, [[1.0, 1.5]])
    assert first.drawn.scale.units == "logit"
    assert second.together.names == ("healthy", "ill")


# Copying


def test_the_copied_picture_is_the_panes_alone_in_device_pixels(qtbot, panes) -> None:
    panes[1].move(210, 0)
    picture = picture_of(panes)
    ratio = panes[0].devicePixelRatioF()
    assert picture.size().toTuple() == (round(410 * ratio), round(160 * ratio))
    copy_panes(panes[:1])
    assert QGuiApplication.clipboard().image().width() == round(200 * ratio)


def test_a_field_with_the_keyboard_copies_its_text(qtbot) -> None:
    line = QLineEdit("some text")
    qtbot.addWidget(line)
    line.show()
    line.setFocus()
    line.selectAll()
    qtbot.waitUntil(line.hasFocus)
    assert copy_text_in_focus()
    assert QGuiApplication.clipboard().text() == "some text"
    line.clearFocus()
    assert not copy_text_in_focus()


def test_typed_cases_show_their_line(opened) -> None:
    dialog, _ = opened()
    assert dialog.form.typed.isHidden()
    choose(dialog.form.cases, TYPED)
    assert not dialog.form.typed.isHidden()
    dialog.form.typed.setText("2-3")
    assert [case.id for case in dialog.form.choices().cases] == [2, 3]


def test_the_child_is_told_both_maps_of_a_difference_and_says_how_they_agree(shown, panes) -> None:
    one, two = (PaneContent("evidence", class_name=name) for name in ("ill", "healthy"))
    shown.panes = [PaneContent("difference", pair=(one, two)), PaneContent("evidence")]
    asked = payload(shown, Choices(layout="screen", cases=(shown.cases[0],)), panes, quick=True)
    pair, none = asked["sides"]
    assert none is None
    told = _with_agreement(asked["asked"], asked["sides"])
    found = agreement(*pair)
    assert told.panes[0].agreement == (found.correlation, found.overlap)
    set_protocol(shown.study, Protocol(mode="ai-second"), "reader-1")
    shown.sight.forget()
    asked = payload(shown, Choices(layout="screen", cases=(shown.cases[0],)), panes, quick=True)
    assert asked["sides"] == [None, None]


def test_a_pane_of_a_reader_who_marked_nothing_has_no_marks(shown, panes) -> None:
    shown.panes = [PaneContent("evidence", reader="reader-9"), PaneContent("evidence")]
    asked = payload(shown, Choices(layout="screen", cases=(shown.cases[0],)), panes, quick=True)
    assert asked["pane_marks"] == [(1, ""), None]


def test_the_models_on_screen_are_ticked_and_then_those_of_the_last_time(opened, shown) -> None:
    shown.panes = [PaneContent("evidence"), PaneContent("image")]
    dialog, _ = opened()
    assert dialog.form.models.ticked() == ["s" * 64]
    dialog.form.models.item(0).setCheckState(Qt.CheckState.Unchecked)
    dialog.form.models.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.form.remember()
    assert opened()[0].form.models.ticked() == ["b" * 64]


def test_a_typed_suffix_is_the_kind_of_file(qtbot, opened, tmp_path) -> None:
    dialog, jobs = opened()
    dialog._place = lambda *_: tmp_path / "mine.PDF"
    with qtbot.waitSignal(dialog.written):
        dialog.start()
    assert jobs.asked[-1].payload["kind"] == "pdf"
    assert (tmp_path / "mine.PDF.txt").exists()


def test_a_figure_never_replaces_an_image_of_the_study(opened, shown, tmp_path) -> None:
    dialog, _ = opened()
    before = shown.cases[2].path.read_bytes()
    for path in (shown.cases[2].path, tmp_path / "out" / ".." / shown.cases[2].path.name):
        dialog._place = lambda *_, path=path: path
        dialog.start()
        assert dialog.run is None
        assert "belongs to the open study" in dialog.error.text()
    assert shown.cases[2].path.read_bytes() == before


def test_the_preview_comes_again_after_a_cancelled_figure(qtbot, opened) -> None:
    dialog, _ = opened(holds=True)
    dialog.start()
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.run is None)
    assert "nothing was written" in dialog.error.text()
    qtbot.waitUntil(lambda: not dialog.shown.pixmap().isNull())
    assert "nothing was written" in dialog.error.text()


def test_a_copied_view_has_no_buttons_crosshair_or_frame_and_names_case_and_model(
    qtbot, panes, shown
) -> None:
    pane = panes[0]
    button = QPushButton("press me", pane)
    button.setStyleSheet("background: #ff00ff")
    button.setGeometry(40, 40, 60, 30)
    pane.show()
    plain_picture = picture_of([pane]).toImage()
    colours = {
        plain_picture.pixelColor(x, y).name() for x in range(40, 100, 4) for y in range(40, 70, 4)
    }
    assert "#ff00ff" not in colours
    pane.set_current(True)
    pane.activateWindow()
    pane.canvas.setFocus()
    pane.set_crosshair(20.0, 30.0)
    assert picture_of([pane]).toImage() == plain_picture
    assert pane.canvas.crosshair == (20.0, 30.0)
    assert not button.isHidden()
    caption = caption_of(shown, [PaneContent("evidence"), PaneContent("image")])
    assert caption.startswith("Case 1 ")
    assert shown.models[0].spec.title in caption
    assert shown.models[1].spec.title not in caption
    assert "MEIER" not in caption
    assert picture_of([pane], caption).height() > picture_of([pane]).height()
    set_protocol(shown.study, Protocol(mode="ai-second"), "reader-1")
    shown.sight.forget()
    assert shown.models[0].spec.title not in caption_of(shown, [PaneContent("evidence")])


def test_the_cases_of_a_preview_and_the_figure_are_in_the_audit_log(
    qtbot, opened, shown, study
) -> None:
    dialog, _ = opened()
    dialog.form.typed.setText("3")
    choose(dialog.form.cases, TYPED)
    qtbot.waitUntil(lambda: not dialog.preview.busy and bool(dialog.caption.toPlainText()))
    assert shown.journal.wait(5)
    (seen,) = study.events(MODEL_SEEN)
    assert (seen.case, seen.reader, seen.detail["place"]) == (3, "reader-1", "figure")
    assert not study.events(FIGURE_WRITTEN)
    with qtbot.waitSignal(dialog.written):
        qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert shown.journal.wait(5)
    (written,) = study.events(FIGURE_WRITTEN)
    assert written.detail["cases"] == 1
