"""File > Export figure: what goes in, how it will look, and the making of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QGuiApplication, QImage, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app import texts
from app.canvas.pane import ImagePane
from app.jobs.client import JobClient
from app.language import in_language
from app.output.figure_choices import why_not
from app.output.figure_form import FigureForm
from app.output.figure_preview import FigurePreview
from app.output.figure_request import payload
from app.output.figure_run import FigureRun
from app.output.making import MakingDialog
from app.output.targets import proposed_name
from app.saving import may_replace, why_kept
from app.settings import Settings
from app.state import ViewerState
from app.theme import fitting, scaled
from softcam_core.plates.values import Asked

LEAST_PICTURE = QSize(420, 260)
CAPTION_HEIGHT = 96
INCH = 25.4
FIGURE_WRITTEN = "figure written"
Place = Callable[[str, str, str, str], Path | None]
"""(title, kinds, name, suffix) -> where to save, None for nowhere; asks before it replaces."""


class FigureDialog(MakingDialog):
    """Asks for the contents of a figure, shows it small, and writes it.

    Signals:
        written: the path of a figure, and sentences on what could not be shown.
    """

    written = Signal(Path, list)

    def __init__(
        self,
        state: ViewerState,
        jobs: JobClient,
        settings: Settings,
        panes: list[ImagePane],
        place: Place,
        listed: Callable[[], list[int]],
        parent: QWidget | None = None,
    ) -> None:
        """Make figures of what ``state`` has open; ``panes`` are the window's."""
        super().__init__("figure", parent)
        self.setWindowTitle(self.tr("Export figure"))
        self._state, self._jobs, self._panes, self._place = state, jobs, panes, place
        self._picture = QImage()
        self._asked: Asked | None = None
        self.form = FigureForm(state, settings, listed)
        self.preview: FigurePreview = FigurePreview(jobs, self)
        self._build()
        self._lay_out()
        self.form.changed.connect(self._refresh)
        self.preview.ready.connect(self._show)
        self.preview.failed.connect(self._on_no_preview)
        state.sight_changed.connect(self._refresh)
        self._refresh()

    def _build(self) -> None:
        self.shown.setAccessibleName(self.tr("Preview of the figure"))
        self.shown.setMinimumSize(LEAST_PICTURE)
        self.note = QLabel()
        self.note.setObjectName("figureNote")
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        # Nothing moves when it has something to say.
        self.note.setMinimumHeight(self.note.fontMetrics().height())
        self.caption = QPlainTextEdit()
        self.caption.setObjectName("figureCaption")
        self.caption.setAccessibleName(self.tr("Caption for the figure"))
        self.caption.setReadOnly(True)
        self.caption.setTabChangesFocus(True)
        self.caption.setPlaceholderText(self.tr("The caption appears here with the figure."))
        self.caption.setFixedHeight(scaled(CAPTION_HEIGHT))
        self.beside = QCheckBox(self.tr("Write the ca&ption beside the figure"))
        self.beside.setObjectName("figureBeside")
        self.beside.setChecked(True)
        self.copy = QPushButton(self.tr("Cop&y caption"))
        self.copy.setObjectName("figureCopyCaption")
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.caption.toPlainText())
        )

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(0, 8, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.shown, 1)
        right.addWidget(self.note)
        right.addWidget(self.caption)
        line = QHBoxLayout()
        line.addWidget(self.beside, 1)
        line.addWidget(self.copy)
        right.addLayout(line)
        row = QHBoxLayout()
        row.setSpacing(24)
        size = fitting(1160, 680)
        # Large text on a small screen leaves the figure its half.
        self.form.setFixedWidth(min(scaled(424), size.width() * 2 // 5))
        row.addWidget(self.form)
        row.addLayout(right, 1)
        self.lay_out(row)
        self.resize(size)

    # The preview

    def _refresh(self) -> None:
        """Look again at what is chosen: say why there is no figure, or show it."""
        if self.run is not None:
            return
        choices = self.form.choices()
        why = why_not(self._state, choices)
        self.tell(why)
        self.save.setEnabled(not why)
        self.preview.stop()
        if why:
            self._clear(self.tr("The figure appears here."))
            return
        width = max(self.shown.width(), LEAST_PICTURE.width()) * self.devicePixelRatioF()
        dpi = round(min(max(width / (choices.width / INCH), 60), 200))
        if self._picture.isNull():
            self.shown.setText(self.tr("Drawing the figure…"))
        else:
            self.note.setText(self.tr("Drawing…"))
        self.preview.show(lambda: self._payload(quick=True, dpi=dpi))

    def _payload(self, *, quick: bool, dpi: int | None = None) -> dict[str, Any]:
        found = payload(self._state, self.form.choices(), self._panes, quick=quick, dpi=dpi)
        self._asked = found["asked"]
        return {**found, "kind": "png"} if quick else found

    def _note_seen(self) -> None:
        """Take down of which cases the reader sees now what models say."""
        if self._asked is None or not _tells_of_models(self._asked):
            return
        for case in self.form.choices().cases:
            if self._state.models_for(case):
                self._state.sight.note_seen(case.id, "figure")

    def _clear(self, sentence: str) -> None:
        self._picture = QImage()
        self.shown.setText(sentence)
        self.note.setText("")
        self.caption.clear()

    def _show(self, made: dict[str, Any]) -> None:
        # A protocol that was changed meanwhile may hide what was drawn.
        if why_not(self._state, self.form.choices()):
            return
        self._note_seen()
        self._picture = QImage.fromData(made["data"])
        self._fit()
        self.caption.setPlainText(made["caption"])
        words = [in_language(problem) for problem in made["problems"]]
        if self.form.layout_id == "screen" and self._panes[0].viewport.turns:
            words.append(self.tr("The view is turned on screen: the figure has all of the image."))
        if made["waiting"]:
            slow = self.tr("{0} slow maps are not computed yet; saving computes them.")
            words.insert(0, slow.format(made["waiting"]))
        self.note.setText(" ".join(words))

    def _fit(self) -> None:
        if not self._picture.isNull():
            self.show_picture(self._picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the preview into the dialog."""
        super().resizeEvent(event)
        self._fit()

    def _on_no_preview(self, sentence: str) -> None:
        self._clear("")
        self.tell(sentence)

    # The file

    def start(self) -> None:
        """Ask where to, and make the figure behind the dialog."""
        choices = self.form.choices()
        if self.run is not None or why_not(self._state, choices):
            return
        kinds = {
            "png": self.tr("PNG picture (*.png)"),
            "svg": self.tr("SVG drawing (*.svg)"),
            "pdf": self.tr("PDF document (*.pdf)"),
        }
        kind = choices.kind
        every = ";;".join([kinds.pop(kind), *kinds.values()])
        name = proposed_name(self._state, choices.cases, f"figure-{choices.layout}")
        path = self._place(self.tr("Save the figure"), every, name, f".{kind}")
        if path is None:
            return
        kind = path.suffix.lower().removeprefix(".")
        kept = why_kept(self._state, path)
        if kept:
            self.tell(kept)
            return
        caption = path.with_name(f"{path.name}.txt") if self.beside.isChecked() else None
        title = self.windowTitle()
        if caption is not None and not may_replace(self, title, caption):
            return
        self.preview.stop()
        self.tell("")
        asked = {**self._payload(quick=False), "kind": kind}
        run = FigureRun(self._jobs, asked, path, caption, self)
        run.progressed.connect(self._show_progress)
        run.written.connect(self._on_written)
        run.failed.connect(self._over)
        run.cancelled.connect(
            lambda: self._over(self.tr("The figure was cancelled; nothing was written."))
        )
        self.run = run
        self.bar.setRange(0, 0)
        self.bar.show()
        self.note.setText(self.tr("Computing the maps…"))
        self._enable(False)
        run.start()

    def _enable(self, enabled: bool) -> None:
        for widget in (self.form, self.save, self.beside):
            widget.setEnabled(enabled)

    def _show_progress(self, done: int, total: int, left: float | None) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if done >= total:
            self.note.setText(self.tr("Drawing…"))
            return
        computing = self.tr("Computing the maps…")
        self.note.setText(computing if left is None else f"{computing} {texts.time_left(left)}")

    def _over(self, sentence: str, again: bool = True) -> None:
        self.note.setText("")
        self._enable(True)
        if self.finish() and again:
            self._refresh()  # The preview stopped for the file.
            self.tell(sentence or self.error.text())

    def _on_written(self, path: Path, problems: list[str]) -> None:
        self.form.remember()
        self._note_seen()
        choices = self.form.choices()
        self._state.journal.note(
            FIGURE_WRITTEN,
            layout=choices.layout,
            cases=len(choices.cases),
            models=[model.spec.title for model in self._asked.models] if self._asked else [],
        )
        self._over("", again=False)
        self.written.emit(path, problems)
        self.accept()


def _tells_of_models(asked: Asked) -> bool:
    """Return whether a figure shows anything that a model says; one of the screen may not."""
    if asked.layout != "screen":
        return bool(asked.models)
    return any(pane.model or pane.drawn or pane.together for pane in asked.panes)
