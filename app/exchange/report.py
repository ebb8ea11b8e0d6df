"""What an export or import did not do: a list to read, to search in and to copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.theme import fitting
from softcam_core.annotations.formats.exchange import ExportReport, Loss

_PADDING = 8
_MOST = 2000  # rows of a section on the screen; the copied text has them all


@dataclass(frozen=True)
class Section:
    """A heading with rows: what, and where.

    Attributes:
        numbered: the heading says how many rows there are; else each says its own number.
    """

    title: str
    rows: tuple[tuple[str, str], ...]
    numbered: bool = True


class _Wrapped(QStyledItemDelegate):
    """Makes a row as high as its text needs in the width of its column."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room of a cell, all its lines in view."""
        hint = super().sizeHint(option, index)
        view = self.parent()
        text = index.data()
        if not isinstance(view, QTreeWidget) or not index.parent().isValid() or not text:
            return hint
        indent = view.indentation() * 2 if index.column() == 0 else 0
        width = view.columnWidth(index.column()) - indent - _PADDING
        room = QRect(0, 0, max(width, 60), 10_000)
        lines = view.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        return QSize(hint.width(), max(hint.height(), lines.height() + 4))


class Notes(QTreeWidget):
    """Sections of notes, all open; each row says what and where."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Show nothing yet; ``name`` is for screen readers."""
        super().__init__(parent)
        self.setObjectName("exchangeNotes")
        self.setAccessibleName(name)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setRootIsDecorated(True)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self.scheduleDelayedItemsLayout)
        self.setItemDelegate(_Wrapped(self))
        self.sections: tuple[Section, ...] = ()

    def fill(self, sections: Iterable[Section]) -> None:
        """Show these sections; empty ones are left out."""
        self.sections = tuple(section for section in sections if section.rows)
        self.clear()
        for section in self.sections:
            count = f"  ({len(section.rows):,})" if section.numbered else ""
            top = QTreeWidgetItem([section.title + count, ""])
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            top.setFirstColumnSpanned(True)
            self.addTopLevelItem(top)
            top.setFirstColumnSpanned(True)
            for what, where in section.rows[:_MOST]:
                row = QTreeWidgetItem([what, where])
                row.setToolTip(0, what)
                row.setToolTip(1, where)
                top.addChild(row)
            hidden = len(section.rows) - _MOST
            if hidden > 0:
                more = _tr("{0} more; Copy takes them all").format(f"{hidden:,}")
                top.addChild(QTreeWidgetItem([more, ""]))
        self.expandAll()
        self.resizeColumnToContents(0)
        self.setColumnWidth(0, min(self.columnWidth(0) + 12, max(220, self.width() * 3 // 5)))

    def text(self) -> str:
        """Return everything as text, to copy."""
        lines = []
        for section in self.sections:
            lines.append(section.title)
            lines += ["\t" + "\t".join(filter(None, row)) for row in section.rows]
        return "\n".join(lines)


class ReportDialog(QDialog):
    """What was written, what could not be kept, and what failed."""

    def __init__(
        self, title: str, headline: str, sections: Sequence[Section], folder: Path, parent: QWidget
    ) -> None:
        """Show a report; ``folder`` is where the files lie."""
        super().__init__(parent)
        self.setObjectName("exportReport")
        self.setWindowTitle(title)
        self.resize(fitting(640, 420 if any(s.rows for s in sections) else 160))
        self._headline = headline
        self.headline = QLabel(headline)
        self.headline.setObjectName("reportHeadline")
        self.headline.setProperty("role", "title")
        self.headline.setWordWrap(True)
        place = QLabel(str(folder))
        place.setObjectName("reportFolder")
        place.setProperty("role", "secondary")
        place.setWordWrap(True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = Notes(self.tr("What could not be kept"))
        self.notes.fill(sections)
        nothing = QLabel(
            self.tr(
                "Nothing was lost: the format holds everything. Of a case that was read again it "
                "has the last read; the locked first one stays in the study."
            )
        )
        nothing.setWordWrap(True)
        nothing.setObjectName("nothingLost")
        nothing.setProperty("role", "good")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setObjectName("closeReport")
        buttons.rejected.connect(self.reject)
        self.copy = QPushButton(self.tr("&Copy report"))
        self.copy.setObjectName("copyReport")
        self.copy.clicked.connect(self._copy)
        open_folder = QPushButton(self.tr("&Open folder"))
        open_folder.setObjectName("openReportFolder")
        open_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
        )
        for plain in (self.copy, open_folder):
            plain.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(open_folder, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.headline)
        column.addWidget(place)
        column.addSpacing(4)
        column.addWidget(self.notes, 1)
        column.addWidget(nothing)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.notes.setVisible(bool(self.notes.sections))
        nothing.setVisible(not self.notes.sections)

    def text(self) -> str:
        """Return the whole report as text."""
        return "\n".join(filter(None, (self._headline, self.notes.text())))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy.setText(self.tr("Copied"))


def export_sections(report: ExportReport) -> list[Section]:
    """Return what an export report has to tell."""
    return [
        Section(_tr("Failed"), tuple((name, text) for name, text in report.problems)),
        Section(_tr("Images that the format cannot hold"), tuple(report.refused)),
        *loss_sections(report.losses, _tr("Left out")),
    ]


def loss_sections(losses: Sequence[Loss], left_out: str) -> list[Section]:
    """Return what is not there at all, under its heading, and what is there in another form."""
    gone = [loss for loss in losses if loss.omitted]
    changed = [loss for loss in losses if not loss.omitted]
    return [
        Section(left_out, loss_rows(gone), numbered=False),
        Section(_tr("Changed"), loss_rows(changed), numbered=False),
    ]


def loss_rows(losses: Iterable[Loss]) -> tuple[tuple[str, str], ...]:
    """Return losses as rows: how many of what, in which images."""
    rows = []
    for loss in losses:
        names = list(loss.cases)
        more = f" … +{len(names) - 3:,}" if len(names) > 3 else ""
        rows.append((f"{loss.count:,} × {loss.what}", ", ".join(names[:3]) + more))
    return tuple(rows)


def export_headline(report: ExportReport) -> str:
    """Return how many marks an export wrote and left out, in one line."""
    done = _tr("{0} of {1} written, in {2}").format(
        counted(report.shapes, "mark"),
        counted(report.marked, "image"),
        counted(len(report.files), "file"),
    )
    if not report.left_out:
        return done
    return _tr("{0}; {1} left out").format(done, counted(report.left_out, "mark"))


def counted(count: int, what: str) -> str:
    """Return a number with what is counted (``mark``, ``image``, ``file``, ``grade``)."""
    one, many = {
        "mark": (_tr("{0} mark"), _tr("{0} marks")),
        "image": (_tr("{0} image"), _tr("{0} images")),
        "file": (_tr("{0} file"), _tr("{0} files")),
        "grade": (_tr("{0} grade"), _tr("{0} grades")),
    }[what]
    return (one if count == 1 else many).format(f"{count:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Report", text)
