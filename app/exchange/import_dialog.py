"""Import: choose files, see what they would bring, then take it in as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
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
from app.exchange.preview import (
    headline,
    imported_line,
    kind_name,
    plan_sections,
    whose_line,
)
from app.exchange.report import Notes
from app.exchange.work import Progress
from app.language import core_word
from app.settings import Settings
from app.theme import scaled
from softcam_core.annotations.formats import FORMATS, format_of
from softcam_core.annotations.formats.importing import (
    IMPORTED,
    ImportPlan,
    apply_import,
    plan_import,
)
from softcam_core.annotations.study import Study
from softcam_core.errors import SoftcamError

SETTLE_MS = 300


class ImportDialog(ExchangeDialog):
    """Shows what files would bring into the study before anything is changed.

    Where the marks have come into somebody else's layer it stays open and says so: nothing would
    be seen of them else.

    Signals:
        taken: everything is in the study; an `ImportPlan` that says what was done.
        show_wanted: whose marks to show.
    """

    taken = Signal(object)
    show_wanted = Signal(str)

    def __init__(
        self,
        study: Study,
        reader: str,
        others: Sequence[str],
        settings: Settings,
        parent: QWidget | None,
        *,
        others_hidden: bool = False,
    ) -> None:
        """Offer to import into ``study``; undo by ``reader``, who is at work, takes it back.

        ``others_hidden``: the protocol keeps other readers' marks from the one at work.
        """
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import annotations"))
        self.resize(680, 560)
        self._study, self._by, self._settings = study, reader, settings
        self._others_hidden = others_hidden
        self.plan: ImportPlan | None = None
        self.imported = False
        self._stale = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self._build_fields(others)
        self._build_preview()
        self._lay_out()
        self.refresh()

    def _build_fields(self, others: Sequence[str]) -> None:
        self.path = path_edit("importPath", self.tr("File or folder to import"))
        self.path.setPlaceholderText(self.tr("A file, or a folder of files"))
        self.path.textChanged.connect(self._ask_again)
        self.file = button("importFile", self.tr("F&ile…"))
        self.file.clicked.connect(self._choose_file)
        self.folder = button("importFolder", self.tr("Fo&lder…"))
        self.folder.clicked.connect(self._choose_folder)
        self.format = combo("importFormat", self.tr("Format"))
        self.format.addItem(self.tr("As the files say"), None)
        for format_id in FORMATS:
            self.format.addItem(core_word(format_of(format_id).name), format_id)
        self.format.currentIndexChanged.connect(self._ask_again)
        self.reader = combo("importReader", self.tr("Whose marks are these?"))
        self.reader.setToolTip(self.tr("Whose marks they are where the files name no reader"))
        self.reader.addItem(self.tr("As the files say, else “imported”"), IMPORTED)
        self.reader.addItem(self.tr("As the files say, else mine: {0}").format(self._by), self._by)
        for name in dict.fromkeys(others):
            if name not in (self._by, IMPORTED):
                self.reader.addItem(self.tr("As the files say, else {0}").format(name), name)
        self.reader.currentIndexChanged.connect(self._ask_again)

    def _build_preview(self) -> None:
        self.summary = QLabel()
        self.summary.setObjectName("importSummary")
        self.summary.setAccessibleName(self.tr("What would be imported"))
        self.summary.setProperty("role", "title")
        self.summary.setWordWrap(True)
        self.details = secondary("importDetails")
        self.counts = QTableWidget(0, 3)
        self.counts.setObjectName("importCounts")
        self.counts.setAccessibleName(self.tr("Marks by label and kind"))
        self.counts.setHorizontalHeaderLabels([self.tr("Label"), self.tr("Kind"), self.tr("Marks")])
        self.counts.verticalHeader().hide()
        self.counts.setShowGrid(False)
        self.counts.setStyleSheet("QTableWidget::item { padding: 0 6px; }")
        self.counts.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.counts.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.counts.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        header = self.counts.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        for column, align in enumerate((_LEFT, _LEFT, _RIGHT)):
            title = self.counts.horizontalHeaderItem(column)
            if title is not None:
                title.setTextAlignment(align)
        self.counts.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.hint = secondary("importHint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setText(
            self.tr(
                "You see what files bring before anything is changed.\n"
                "Nothing that is there is overwritten."
            )
        )
        self.notes = Notes(self.tr("What will not be imported"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        plain_cancel(self.buttons, "importCancel")
        self.take = self.buttons.addButton(
            self.tr("&Import"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.take.setObjectName("importStart")
        self.take.setDefault(True)
        self.buttons.accepted.connect(self.start)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.path, 1)
        where.addWidget(self.file)
        where.addWidget(self.folder)
        form.addRow(self.tr("F&rom"), where)
        label = form.labelForField(where)
        if isinstance(label, QLabel):
            label.setBuddy(self.path)
        form.addRow(self.tr("&Format"), self.format)
        form.addRow(self.tr("&Whose marks are these?"), self.reader)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(form)
        column.addSpacing(8)
        for widget in (self.summary, self.details, self.error, self.bar):
            column.addWidget(widget)
        column.addWidget(self.hint, 1)
        column.addWidget(self.counts)
        column.addWidget(self.notes, 1)
        column.addStretch()
        column.addWidget(self.buttons)

    def refresh(self) -> None:
        """Show the plan as it stands, and enable what it allows."""
        plan = self.plan
        ready = plan is not None and not self.busy and not self._stale
        useful = plan is not None and any(case.marks or case.grades for case in plan.cases)
        self.take.setEnabled(ready and useful)
        self.counts.setVisible(plan is not None and bool(plan.counts))
        self.notes.setVisible(plan is not None and bool(self.notes.sections))
        empty = plan is None and not self.busy
        self.hint.setVisible(empty)
        self.summary.setVisible(not empty)
        self.details.setVisible(plan is not None)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("File to import"), self._start())
        if chosen:
            self.path.setText(chosen)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Folder to import"), self._start())
        if chosen:
            self.path.setText(chosen)

    def _start(self) -> str:
        typed = typed_path(self.path)
        if typed is not None:
            return str(typed)
        return self._settings.text("import/folder") or str(Path.home())

    def _ask_again(self) -> None:
        """Look anew when the fields have been still for a moment."""
        self._stale = True
        self._settle.start()
        self.refresh()

    def look(self) -> None:
        """Read the files and say what they would bring; nothing is changed."""
        self._settle.stop()
        path = typed_path(self.path)
        if self.work is not None:  # Its answer is to a question of before.
            self.work.cancel()
            self._settle.start()
            return
        self._stale = False
        self._show(None)
        if path is None:
            self.tell("")
            return
        study, chosen = self._study, self.format.currentData()
        nameless = self.reader.currentData()

        def task(progress: Progress, cancelled: Callable[[], bool]) -> ImportPlan:
            from softcam_core.annotations.formats.guessing import guess_format

            name = chosen or guess_format(path)
            if name is None:
                text = self.tr("What {0} holds cannot be told by its files; choose the format.")
                raise SoftcamError(text.format(path.name or path))
            return plan_import(
                study, path, name, nameless=nameless, progress=progress, cancelled=cancelled
            )

        self.summary.setText(self.tr("Reading…"))
        self.details.setText("")
        self.begin(task, self._show)

    def _show(self, plan: ImportPlan | None) -> None:
        self.plan = plan
        if plan is not None:
            self.summary.setText(headline(plan))
            read_as = self.tr("Read as {0}.").format(core_word(format_of(plan.format).name))
            self.details.setText(f"{read_as} {whose_line(plan)}".strip())
        rows = sorted(plan.counts.items()) if plan is not None else []
        self.counts.setRowCount(len(rows))
        for row, ((label, kind), count) in enumerate(rows):
            for column, text in enumerate((label or "–", kind_name(kind), f"{count:,}")):
                item = QTableWidgetItem(text)
                if column == 2:
                    item.setTextAlignment(_RIGHT)
                self.counts.setItem(row, column, item)
        shown = min(len(rows), _MOST_ROWS)
        self.counts.setFixedHeight(
            self.counts.horizontalHeader().sizeHint().height() + shown * scaled(_ROW)
        )
        self.notes.fill(plan_sections(plan) if plan is not None else [])
        self.refresh()

    def _on_failed(self, error: SoftcamError) -> None:
        super()._on_failed(error)
        self.summary.setText("")

    def start(self) -> None:
        """Take the marks into the study, behind the dialog."""
        plan, study, by = self.plan, self._study, self._by
        if plan is None or not self.take.isEnabled():
            return
        chosen = plan

        def task(progress: Progress, _cancelled: Callable[[], bool]) -> ImportPlan:
            apply_import(study, chosen, by=by, progress=progress)
            return chosen

        for field in (self.path, self.file, self.folder, self.format, self.reader):
            field.setEnabled(False)
        self.begin(task, self._on_done, self._on_cancelled)

    def ended(self) -> None:
        """Close where all is seen, say where it is if not, else let the fields be changed again."""
        if self.imported and self.plan is not None:
            self.taken.emit(self.plan)
            if set(self.plan.readers) <= {self._by}:
                self.accept()
            else:
                self._tell_where(self.plan)
            return
        for field in (self.path, self.file, self.folder, self.format, self.reader):
            field.setEnabled(True)

    def _tell_where(self, plan: ImportPlan) -> None:
        """Turn into the page that says what has come in, and leads to it."""
        layer = next(name for name in plan.readers if name != self._by)
        for widget in (self.counts, self.notes, self.take):
            widget.hide()
        self.summary.setText(imported_line(plan))
        self.details.setText(
            self.tr("They lie in the layer of “{0}”, which the protocol hides from you now.")
            if self._others_hidden
            else self.tr("They lie in the layer of “{0}”; you see your own, “{1}”.")
        )
        names = ", ".join(name for name in plan.readers if name != self._by)
        self.details.setText(self.details.text().format(names, self._by))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("&Close"))
        if not self._others_hidden:
            show = self.buttons.addButton(
                self.tr("&Show these marks"), QDialogButtonBox.ButtonRole.ActionRole
            )
            show.setObjectName("importShow")
            show.setToolTip(self.tr("Change to the layer of {0}").format(layer))
            show.clicked.connect(lambda: self._show_layer(layer))
            show.setDefault(True)
            show.setFocus()

    def _show_layer(self, layer: str) -> None:
        self.accept()
        self.show_wanted.emit(layer)

    def reject(self) -> None:
        """Close; what has been imported stays."""
        if self.imported and not self.busy:
            self.accept()
        else:
            super().reject()

    def _on_done(self, plan: ImportPlan) -> None:
        self.imported = True
        place = plan.path if plan.path.is_dir() else plan.path.parent
        self._settings.set("import/folder", str(place))

    def _on_cancelled(self) -> None:
        self.tell(self.tr("The import was cancelled; nothing was changed."))


_ROW = 24
_MOST_ROWS = 9
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
