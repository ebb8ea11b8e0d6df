"""File > Case report: what goes in, how the first page looks, and the making of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.jobs.client import JobClient
from app.language import in_language
from app.output.making import MakingDialog
from app.output.report_form import ReportForm
from app.output.report_preview import Preview
from app.output.report_run import ReportRun
from app.output.report_write import Target
from app.output.targets import proposed_name
from app.saving import why_kept
from app.settings import Settings
from app.state import Case, ViewerState
from app.theme import fitting

REPORT_WRITTEN = "report written"
PAGE = QSize(340, 481)
"""Least room of the preview, px."""
Place = Callable[[str, str, str, str], Path | None]
"""(title, kinds, name, suffix) -> where to save, None for nowhere; asks before it replaces."""


class ReportDialog(MakingDialog):
    """Asks for the contents of a report, shows its first page and makes it.

    Signals:
        written: the path of a report.
    """

    written = Signal(Path)

    def __init__(
        self,
        state: ViewerState,
        jobs: JobClient,
        settings: Settings,
        place: Place,
        parent: QWidget | None = None,
    ) -> None:
        """Report on the study of ``state``; ``place`` asks where to."""
        super().__init__("report", parent)
        self.setWindowTitle(self.tr("Case report"))
        self._state, self._jobs, self._place = state, jobs, place
        self._pages: list[QImage] = []
        self._number = 0
        self._cases: list[Case] = []
        self.form = ReportForm(state, settings)
        self.form.changed.connect(self._preview)
        self.preview: Preview = Preview(state, jobs, self)
        self.preview.ready.connect(self._show_pages)
        self.preview.failed.connect(self._on_no_page)
        self._build()
        self._lay_out()
        self._turn(0)
        self._preview()

    def _build(self) -> None:
        self.shown.setText(self.tr("Drawing the first page…"))
        self.shown.setAccessibleName(self.tr("Preview of the first page"))
        self.shown.setMinimumSize(PAGE)
        self.before = self._turner("reportBefore", Qt.ArrowType.LeftArrow, -1)
        self.before.setAccessibleName(self.tr("Previous page"))
        self.after = self._turner("reportAfter", Qt.ArrowType.RightArrow, 1)
        self.after.setAccessibleName(self.tr("Next page"))
        self.which = QLabel()
        self.which.setObjectName("reportWhich")
        self.which.setProperty("role", "secondary")
        self.which.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar.setFormat("%v / %m")

    def _turner(self, name: str, arrow: Qt.ArrowType, by: int) -> QToolButton:
        made = QToolButton()
        made.setObjectName(name)
        made.setArrowType(arrow)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda: self._turn(self._number + by))
        return made

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.form, 1)
        turning = QHBoxLayout()
        turning.addStretch(1)
        for widget in (self.before, self.which, self.after):
            turning.addWidget(widget)
        turning.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.shown, 1)
        right.addLayout(turning)
        row.addLayout(right, 1)
        self.lay_out(row)
        self.resize(fitting(920, 660))

    # The first page

    def _preview(self) -> None:
        cases = self._cases = self.form.chosen()
        if cases:
            self.preview.show(cases[0], len(cases), self.form.choices(), self.form.sheet())

    def _note_seen(self, cases: Sequence[Case]) -> None:
        """Take down of which cases the reader sees now what models say."""
        for case in cases:
            if self._state.models_for(case):
                self._state.sight.note_seen(case.id, "report")

    def _show_pages(self, pages: list[QImage]) -> None:
        self._note_seen(self._cases[:1])
        self._pages = pages
        self._turn(self._number)

    def _turn(self, number: int) -> None:
        """Show another page of the preview, as near as there is one."""
        self._number = max(0, min(number, len(self._pages) - 1))
        several = len(self._pages) > 1
        self.before.setEnabled(several and self._number > 0)
        self.after.setEnabled(several and self._number < len(self._pages) - 1)
        text = self.tr("Page {0} of {1}").format(self._number + 1, len(self._pages))
        self.which.setText(text if self._pages else "")
        self._fit()

    def _on_no_page(self, sentence: str) -> None:
        self._pages = []
        self._turn(0)
        self.shown.setText(in_language(sentence))

    def _fit(self) -> None:
        if self._pages:
            self.show_picture(self._pages[self._number])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page into the dialog."""
        super().resizeEvent(event)
        self._fit()

    # The report

    def start(self) -> None:
        """Ask where to, and make the report behind the dialog."""
        cases, kind = self.form.chosen(), self.form.kind()
        if self.run is not None or not cases:
            return
        kinds = {
            "pdf": self.tr("PDF document (*.pdf)"),
            "html": self.tr("HTML page (*.html)"),
        }
        every = ";;".join([kinds.pop(kind), *kinds.values()])
        name = proposed_name(self._state, cases, "report")
        path = self._place(self.tr("Save the report"), every, name, f".{kind}")
        if path is None:
            return
        kind = path.suffix.lower().removeprefix(".")
        kept = why_kept(self._state, path)
        if kept:
            self.tell(kept)
            return
        self.preview.stop()
        self.tell("")
        target = Target(path, kind, self.form.sheet())
        run = ReportRun(self._state, self._jobs, cases, self.form.choices(), target, self)
        run.progressed.connect(self._show_progress)
        run.written.connect(self._on_written)
        run.failed.connect(self._on_failed)
        run.cancelled.connect(self._on_cancelled)
        self.run, self._cases = run, cases
        self.bar.setRange(0, 0)
        self.bar.show()
        self._refresh()
        run.start()

    def _refresh(self) -> None:
        self.form.setEnabled(self.run is None)
        self.save.setEnabled(self.run is None)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _over(self, sentence: str, again: bool = True) -> None:
        stays = self.finish()
        self.tell(sentence)
        self._refresh()
        if stays and again:
            self._preview()  # It stopped for the file.

    def _on_failed(self, sentence: str) -> None:
        self._over(sentence)

    def _on_cancelled(self) -> None:
        self._over(self.tr("The report was cancelled; nothing was written."))

    def _on_written(self, path: Path) -> None:
        self.form.remember()
        self._note_seen(self._cases)
        self._state.journal.note(REPORT_WRITTEN, cases=len(self._cases))
        self._over("", again=False)
        self.written.emit(path)
        self.accept()
