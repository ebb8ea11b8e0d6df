"""File > Case report: what goes in, how the first page looks, and the making of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.jobs.client import JobClient
from app.language import in_language
from app.output.report_form import ReportForm
from app.output.report_preview import Preview
from app.output.report_run import ReportRun
from app.output.report_write import Target
from app.output.targets import proposed_name, why_kept
from app.settings import Settings
from app.state import ViewerState
from app.theme import fitting

PAGE = QSize(340, 481)
"""Least room of the preview, px."""
MARGIN = 8
"""Room between its frame and the page, px."""
Place = Callable[[str, str, str, str], Path | None]
"""(title, kinds, name, suffix) -> where to save, None for nowhere; asks before it replaces."""


class ReportDialog(QDialog):
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
        super().__init__(parent)
        self.setObjectName("reportDialog")
        self.setWindowTitle(self.tr("Case report"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._state, self._jobs, self._place = state, jobs, place
        self.run: ReportRun | None = None
        self._closing = False
        self._pages: list[QImage] = []
        self._number = 0
        self.form = ReportForm(state, settings)
        self.form.changed.connect(self._preview)
        self.preview = Preview(state, jobs, self)
        self.preview.ready.connect(self._show_pages)
        self.preview.failed.connect(self._on_no_page)
        self._build()
        self._lay_out()
        self._turn(0)
        self._preview()

    def _build(self) -> None:
        self.page = QLabel(self.tr("Drawing the first page…"))
        self.page.setObjectName("reportPreview")
        self.page.setAccessibleName(self.tr("Preview of the first page"))
        self.page.setProperty("role", "preview")
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setWordWrap(True)
        self.page.setMinimumSize(PAGE)
        self.page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.before = self._turner("reportBefore", Qt.ArrowType.LeftArrow, -1)
        self.before.setAccessibleName(self.tr("Previous page"))
        self.after = self._turner("reportAfter", Qt.ArrowType.RightArrow, 1)
        self.after.setAccessibleName(self.tr("Next page"))
        self.which = QLabel()
        self.which.setObjectName("reportWhich")
        self.which.setProperty("role", "secondary")
        self.which.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.bar = QProgressBar()
        self.bar.setObjectName("reportProgress")
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setFormat("%v / %m")
        self.bar.hide()
        self.error = QLabel()
        self.error.setObjectName("reportError")
        self.error.setAccessibleName(self.tr("What went wrong"))
        self.error.setProperty("role", "warning")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("reportCancel")
        cancel.setAutoDefault(False)
        self.save = self.buttons.addButton(
            self.tr("&Save…"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.save.setObjectName("reportSave")
        self.save.setDefault(True)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)

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
        right.addWidget(self.page, 1)
        right.addLayout(turning)
        row.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.bar, 1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(row, 1)
        column.addWidget(self.error)
        column.addLayout(foot)
        self.resize(fitting(920, 660))

    # The first page

    def _preview(self) -> None:
        cases = self.form.chosen()
        if cases:
            self.preview.show(cases[0], len(cases), self.form.choices(), self.form.sheet())

    def _show_pages(self, pages: list[QImage]) -> None:
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
        self.page.setText(in_language(sentence))

    def _fit(self) -> None:
        if not self._pages:
            return
        drawn = self._pages[self._number]
        ratio = self.devicePixelRatioF()
        room = self.page.size() - QSize(2 * MARGIN, 2 * MARGIN)
        shown = QPixmap.fromImage(
            drawn.scaled(
                (room * ratio).boundedTo(drawn.size()),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        shown.setDevicePixelRatio(ratio)
        self.page.setPixmap(shown)

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
            self._tell(kept)
            return
        self.preview.stop()
        self._tell("")
        target = Target(path, kind, self.form.sheet())
        run = self.run = ReportRun(
            self._state, self._jobs, cases, self.form.choices(), target, self
        )
        run.progressed.connect(self._show_progress)
        run.written.connect(self._on_written)
        run.failed.connect(self._on_failed)
        run.cancelled.connect(self._on_cancelled)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._refresh()
        run.start()

    def reject(self) -> None:
        """Stop the report that is being made; close where there is none."""
        if self.run is not None:
            self.run.cancel()
            return
        self.preview.stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close as soon as the report has stopped."""
        if self.run is None:
            self.preview.stop()
            super().closeEvent(event)
            return
        event.ignore()
        self._closing = True
        self.run.cancel()

    def _tell(self, sentence: str) -> None:
        self.error.setText(in_language(sentence))
        self.error.setVisible(bool(sentence))

    def _refresh(self) -> None:
        self.form.setEnabled(self.run is None)
        self.save.setEnabled(self.run is None)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _over(self, sentence: str, again: bool = True) -> None:
        run, self.run = self.run, None
        if run is not None:
            run.deleteLater()
        self.bar.hide()
        self._tell(sentence)
        self._refresh()
        if self._closing:
            self.close()
        elif again:
            self._preview()  # It stopped for the file.

    def _on_failed(self, sentence: str) -> None:
        self._over(sentence)

    def _on_cancelled(self) -> None:
        self._over(self.tr("The report was cancelled; nothing was written."))

    def _on_written(self, path: Path) -> None:
        self.form.remember()
        self._over("", again=False)
        self.written.emit(path)
        self.accept()
