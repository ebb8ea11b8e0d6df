"""The rows of the annotation list: what, how large, locked or hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPalette

from app.annotate.annotator import Annotator
from app.annotate.panels.labels import swatch
from app.annotate.sizes import details, size_text
from app.annotate.step_words import kind_name
from app.annotate.unsaved import Draft
from app.canvas.marks import FALLBACK_COLOUR
from app.state import AnnotationId, ViewerState

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

LABEL, KIND, SIZE, LOCKED, HIDDEN = range(5)
FLAGS = (LOCKED, HIDDEN)
"""Columns with an icon that can be clicked."""


class AnnotationModel(QAbstractTableModel):
    """The reader's annotations of the case in view."""

    def __init__(self, state: ViewerState, annotator: Annotator) -> None:
        """Follow the case and its annotations."""
        super().__init__()
        self._state = state
        self._annotator = annotator
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.drafts: list[Draft] = []
        self.rows: dict[AnnotationId, int] = {}

    def refresh(self) -> None:
        """Read the annotations again."""
        drafts = self._annotator.records()
        old, new = list(self.rows), [draft.id for draft in drafts]
        if new == old:
            self._take(drafts)
            if drafts:
                self.dataChanged.emit(self.index(0, 0), self.index(len(drafts) - 1, HIDDEN))
        elif new[: len(old)] == old:
            # What was just drawn comes last: the rows before it stay as they are.
            self.beginInsertRows(QModelIndex(), len(old), len(new) - 1)
            self._take(drafts)
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._take(drafts)
            self.endResetModel()

    def _take(self, drafts: list[Draft]) -> None:
        self.drafts = drafts
        self.rows = {draft.id: row for row, draft in enumerate(drafts)}

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of annotations."""
        return 0 if parent is not None and parent.isValid() else len(self.drafts)

    def columnCount(self, parent: Index | None = None) -> int:
        """Label, kind, size, lock and visibility."""
        return 0 if parent is not None and parent.isValid() else HIDDEN + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.DisplayRole:
            return (self.tr("Label"), self.tr("Kind"), self.tr("Size"), "", "")[section]
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == SIZE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            names = (
                self.tr("Label"),
                self.tr("Kind"),
                self.tr("Size") if self._spacing else self._unknown(),
                self.tr("Locked shapes cannot be changed (Ctrl+L)"),
                self.tr("Hidden shapes are not drawn; they still count (Ctrl+H)"),
            )
            return names[section]
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows."""
        draft, column = self.drafts[index.row()], index.column()
        if role == Role.DisplayRole:
            if column == LABEL:
                return draft.label or self.tr("no label")
            if column == KIND:
                return kind_name(draft.kind)
            return size_text(draft.shape, self._spacing) if column == SIZE else None
        if role == Role.EditRole:
            return draft.label
        if role == Role.DecorationRole:
            return self._decoration(draft, column)
        if role == Role.TextAlignmentRole and column == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ForegroundRole and draft.hidden:
            return _colour(QPalette.ColorGroup.Disabled)
        if role == Role.ToolTipRole:
            return self._tip(draft, column)
        if role == Role.AccessibleTextRole and column in FLAGS:
            return self._flag_text(draft, column)
        if role == Role.AccessibleTextRole and column == KIND and draft.attributes.get("note"):
            return self.tr("{0}, with a note").format(kind_name(draft.kind))
        return None

    def _decoration(self, draft: Draft, column: int) -> QIcon | None:
        if column == LABEL:
            return swatch(self._annotator.colours().get(draft.label, FALLBACK_COLOUR))
        if column == KIND and draft.attributes.get("note"):
            return self._icon("ph.note", True)
        if column == LOCKED:
            return self._icon("ph.lock" if draft.locked else "ph.lock-open", draft.locked)
        if column == HIDDEN:
            return self._icon("ph.eye-slash" if draft.hidden else "ph.eye", draft.hidden)
        return None

    def _icon(self, name: str, strong: bool) -> QIcon:
        """Return an icon in the theme's colours: faint unless it says something unusual."""
        group = QPalette.ColorGroup.Active if strong else QPalette.ColorGroup.Disabled
        key = (name, _colour(group).name())
        if key not in self._icons:
            import qtawesome

            draw: Callable[..., QIcon] = qtawesome.icon
            self._icons[key] = draw(name, color=key[1])
        return self._icons[key]

    def _tip(self, draft: Draft, column: int) -> str:
        if column in FLAGS:
            return self._flag_text(draft, column)
        lines = [details(draft.shape, self._spacing), str(draft.attributes.get("note", ""))]
        if isinstance(draft.id, str):
            lines.append(self.tr("Not saved yet; kept and tried again."))
        return "\n".join(line for line in lines if line)

    def _flag_text(self, draft: Draft, column: int) -> str:
        if column == LOCKED:
            return self.tr("Locked: click to unlock") if draft.locked else self.tr("Click to lock")
        return self.tr("Hidden: click to show") if draft.hidden else self.tr("Click to hide")

    @property
    def _spacing(self) -> tuple[float, float] | None:
        image = self._state.image
        return image.spacing if image is not None else None

    def _unknown(self) -> str:
        return self.tr("Pixel spacing unknown: sizes are in image pixels.")

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let labels be changed in place."""
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == LABEL else Qt.ItemFlag(0)
        return super().flags(index) | editable

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Give an annotation another label, and all selected ones where it is one of them."""
        if role != Role.EditRole:
            return False
        self._annotator.set_label(self.meant(index.row()), str(value))
        return True

    def meant(self, row: int) -> tuple[AnnotationId, ...]:
        """Return the annotations that an act on a row means: all selected ones if it is one."""
        clicked = self.drafts[row].id
        return self._state.selection if clicked in self._state.selection else (clicked,)

    def toggle(self, row: int, column: int) -> None:
        """Lock or unlock, hide or show what an act on a row means."""
        draft = self.drafts[row]
        if column == LOCKED:
            value = None if draft.locked else True
            self._annotator.set_attributes(self.meant(row), locked=value)
        else:
            value = None if draft.hidden else True
            self._annotator.set_attributes(self.meant(row), hidden=value)


def _colour(group: QPalette.ColorGroup) -> Any:
    return QGuiApplication.palette().color(group, QPalette.ColorRole.Text)
