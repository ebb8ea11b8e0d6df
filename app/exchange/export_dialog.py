"""Export: which format, whose marks, where to; in a thread, with a report at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from app.exchange.base import (
    ExchangeDialog,
    button,
    combo,
    path_edit,
    plain_cancel,
    secondary,
    typed_path,
)
from app.exchange.report import ReportDialog, export_headline, export_sections
from app.exchange.work import Progress
from app.language import core_word, in_language
from app.places import export_folder, new_folder, own_folder, remember
from app.settings import Settings
from softcam_core.annotations.formats import FORMATS, format_of
from softcam_core.annotations.formats.exchange import ExportReport
from softcam_core.annotations.formats.exporting import FilesThereError, export_study
from softcam_core.annotations.study import Study
from softcam_core.errors import SoftcamError
from softcam_core.paths import is_folder

DICOM = ("dicom-seg", "dicom-sr")


class ExportDialog(ExchangeDialog):
    """Asks for a format, a reader and a folder, and writes the files."""

    def __init__(
        self,
        study: Study,
        readers: Sequence[str],
        settings: Settings,
        parent: QWidget | None,
        only: str | None = None,
    ) -> None:
        """Offer to export ``study``.

        ``readers`` are those whose marks it has. While the protocol hides other readers' marks
        from the one at work, ``only`` names that one: files would show what the window hides.
        """
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export annotations"))
        self.setMinimumWidth(560)
        self._study, self._settings = study, settings
        self.report: ExportReport | None = None
        self._in_the_way = False
        self._build_fields(readers, only)
        self._lay_out()
        self._restore()
        self._on_format()

    def _build_fields(self, readers: Sequence[str], only: str | None) -> None:
        self.format = combo("exportFormat", self.tr("Format"))
        for format_id in FORMATS:
            self.format.addItem(core_word(format_of(format_id).name), format_id)
        self.format.currentIndexChanged.connect(self._on_format)
        self.cannot = secondary("exportCannot")
        self.reader = combo("exportReader", self.tr("Whose marks"))
        if only is None:
            self.reader.addItem(self.tr("All readers"), None)
        for name in readers if only is None else [only]:
            self.reader.addItem(name, name)
        self.blinded: QLabel | None = None
        if only is not None:
            self.blinded = secondary("exportBlinded")
            self.blinded.setText(
                self.tr(
                    "The protocol hides other readers' marks from you until your reads are locked."
                )
            )
        self.folder = path_edit("exportFolder", self.tr("Folder to write into"))
        self.folder.textChanged.connect(self.refresh)
        self.browse = button("exportBrowse", self.tr("&Browse…"))
        self.browse.clicked.connect(self._browse)
        self.keep = QCheckBox(self.tr("&Keep the patient's identity in the files"))
        self.keep.setObjectName("exportKeepIdentity")
        self.keep.toggled.connect(self._on_format)
        self.identity = QLabel()
        self.identity.setObjectName("exportIdentityNote")
        self.identity.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.export = self.buttons.addButton(
            self.tr("&Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.export.setObjectName("exportStart")
        self.export.setDefault(True)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)
        plain_cancel(self.buttons, "exportCancel")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow("", self.cannot)
        form.addRow(self.tr("&Marks of"), self.reader)
        if self.blinded is not None:
            form.addRow("", self.blinded)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        form.addRow(self.tr("Fo&lder"), where)
        label = form.labelForField(where)
        if isinstance(label, QLabel):
            label.setBuddy(self.folder)
        form.addRow("", self.keep)
        form.addRow("", self.identity)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addWidget(self.bar)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def _restore(self) -> None:
        """Take the last format and this study's folder; never the permission to keep identity."""
        place = self.format.findData(self._settings.text("export/format", "coco"))
        self.format.setCurrentIndex(max(place, 0))
        last = export_folder(self._settings, self._study.path)
        self.folder.setText(str(last or new_folder(self._study.path)))

    @property
    def format_id(self) -> str:
        """The format that is chosen."""
        return str(self.format.currentData())

    def refresh(self) -> None:
        """Let nothing be changed while files are written."""
        fields = (self.format, self.reader, self.folder, self.browse, self.keep)
        for field in fields:
            field.setEnabled(not self.busy)
        self.keep.setEnabled(not self.busy and self.format_id in DICOM)
        self.export.setEnabled(not self.busy and typed_path(self.folder) is not None)

    def _on_format(self) -> None:
        self.cannot.setText(in_language(format_of(self.format_id).cannot))
        dicom = self.format_id in DICOM
        if not dicom:
            self.keep.setChecked(False)
        kept = dicom and self.keep.isChecked()
        self.identity.setText(
            self.tr("Names, numbers and dates of the patients go into the files: keep them safe.")
            if kept
            else self.tr("No patient's name, number or date goes into the files.")
        )
        self.identity.setProperty("role", "warning" if kept else "secondary")
        self.identity.style().unpolish(self.identity)
        self.identity.style().polish(self.identity)
        self.refresh()

    def _browse(self) -> None:
        typed = typed_path(self.folder)
        start = str(typed if typed is not None and is_folder(typed) else own_folder())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder to write into"), start)
        if chosen:
            self.folder.setText(chosen)

    def start(self, *, overwrite: bool = False) -> None:
        """Write the files, behind the dialog."""
        folder = typed_path(self.folder)
        if folder is None or self.busy:
            return
        study, format_id = self._study, self.format_id
        reader, keep = self.reader.currentData(), self.keep.isChecked()

        def task(progress: Progress, cancelled: Callable[[], bool]) -> ExportReport:
            return export_study(
                study,
                format_id,
                folder,
                reader=reader,
                keep_identity=keep,
                overwrite=overwrite,
                progress=progress,
                cancelled=cancelled,
            )

        self.begin(task, self._on_done, self._on_cancelled)

    def _on_failed(self, error: SoftcamError) -> None:
        if isinstance(error, FilesThereError):
            self._in_the_way = True
        else:
            super()._on_failed(error)

    def ended(self) -> None:
        """Close with a report, or ask what to do about files that are in the way."""
        if self.report is not None:
            self.accept()
        if not self._in_the_way:
            return
        self._in_the_way = False
        question = QMessageBox(self)
        question.setObjectName("replaceFiles")
        question.setIcon(QMessageBox.Icon.Question)
        question.setWindowTitle(self.tr("Export annotations"))
        question.setText(self.tr("Files of this export are in the folder already."))
        question.setInformativeText(
            self.tr("Replace them? Other files in the folder stay as they are.")
        )
        replace = question.addButton(self.tr("&Replace"), QMessageBox.ButtonRole.AcceptRole)
        replace.setObjectName("replaceYes")
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        question.setWindowModality(self.windowModality())
        replace.clicked.connect(self._replace)
        question.finished.connect(question.deleteLater)
        question.open()

    def _replace(self) -> None:
        self.start(overwrite=True)

    def _on_cancelled(self) -> None:
        self.tell(self.tr("The export was cancelled; nothing was written."))

    def _on_done(self, report: ExportReport) -> None:
        self.report = report
        self._settings.set("export/format", self.format_id)
        remember(self._settings, self._study.path, report.folder.absolute())


def report_dialog(report: ExportReport, parent: QWidget) -> ReportDialog:
    """Return the window that tells what an export wrote and what it lost."""
    return ReportDialog(
        QCoreApplication.translate("ExportDialog", "Export report"),
        export_headline(report),
        export_sections(report),
        report.folder,
        parent,
    )
