"""The list of the case's annotations: what, where from, how large."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.annotate.annotator import Annotator
from app.annotate.labels import swatch
from app.annotate.unsaved import Draft
from app.canvas.marks import FALLBACK_COLOUR
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape

Index = QModelIndex | QPersistentModelIndex

LABEL, KIND, SIZE = range(3)
ROW_HEIGHT = 28
PADDING = "QTableView::item { padding: 0 10px; } QHeaderView::section { padding: 4px 10px; }"


def size_text(shape: Shape, spacing: tuple[float, float] | None) -> str:
    """Return width x height of a shape: mm where the spacing (row, column) is known, else px."""
    if shape.kind == "point":
        return ""
    x0, y0, x1, y1 = shape.bounds
    if spacing is None:
        return f"{x1 - x0:.0f} × {y1 - y0:.0f} px"
    return f"{(x1 - x0) * spacing[1]:.1f} × {(y1 - y0) * spacing[0]:.1f} mm"


class AnnotationModel(QAbstractTableModel):
    """The reader's annotations of the case in view."""

    def __init__(self, state: ViewerState, annotator: Annotator) -> None:
        """Follow the case and its annotations."""
        super().__init__()
        self._state = state
        self._annotator = annotator
        self.drafts: list[Draft] = []

    def refresh(self) -> None:
        """Read the annotations again."""
        drafts = self._annotator.records()
        if [d.id for d in drafts] == [d.id for d in self.drafts]:
            self.drafts = drafts
            if drafts:
                self.dataChanged.emit(self.index(0, 0), self.index(len(drafts) - 1, SIZE))
            return
        self.beginResetModel()
        self.drafts = drafts
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of annotations."""
        return 0 if parent is not None and parent.isValid() else len(self.drafts)

    def columnCount(self, parent: Index | None = None) -> int:
        """Label, kind and size."""
        return 0 if parent is not None and parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("Label"), self.tr("Kind"), self.tr("Size"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == SIZE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        draft, column = self.drafts[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            image = self._state.image
            spacing = image.spacing if image is not None else None
            size = size_text(draft.shape, spacing)
            return (draft.label or self.tr("no label"), draft.kind, size)[column]
        if role == Qt.ItemDataRole.EditRole:
            return draft.label
        if role == Qt.ItemDataRole.DecorationRole and column == LABEL:
            return swatch(self._annotator.colours().get(draft.label, FALLBACK_COLOUR))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == SIZE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(draft.id, str):
            return self.tr("Not saved yet; kept and tried again.")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let labels be changed in place."""
        editable = Qt.ItemFlag.ItemIsEditable if index.column() == LABEL else Qt.ItemFlag(0)
        return super().flags(index) | editable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Give an annotation another label."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._annotator.set_label(self.drafts[index.row()].id, str(value))
        return True


class LabelDelegate(QStyledItemDelegate):
    """Edits a label by choosing from the study's."""

    def __init__(self, annotator: Annotator, parent: QWidget) -> None:
        """Offer the labels that ``annotator`` knows."""
        super().__init__(parent)
        self._annotator = annotator

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        """Return a box of labels that is open at once."""
        box = QComboBox(parent)
        box.setObjectName("labelChoice")
        box.setAccessibleName(self.tr("Label"))
        for name, colour in self._annotator.colours().items():
            box.addItem(swatch(colour), name)
        box.activated.connect(lambda: self._finish(box))
        return box

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the present label."""
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the chosen label over."""
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentText())


class AnnotationTable(QTableView):
    """The rows; Delete deletes the selected one."""

    def __init__(self, state: ViewerState, annotator: Annotator, parent: QWidget) -> None:
        """Show the annotations that ``annotator`` has."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self.setObjectName("annotationTable")
        self.setAccessibleName(self.tr("Annotations"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setItemDelegateForColumn(LABEL, LabelDelegate(annotator, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.setStyleSheet(PADDING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete the selected annotation."""
        selected = self._state.selected
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and selected is not None:
            self._annotator.delete(selected)
        else:
            super().keyPressEvent(event)

    def _show_menu(self, at: QPoint) -> None:
        selected = self._state.selected
        if selected is None or not self.indexAt(at).isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        labels = menu.addMenu(self.tr("Label"))
        for name, colour in self._annotator.colours().items():
            action = labels.addAction(swatch(colour), name)
            action.triggered.connect(lambda _=False, n=name: self._annotator.set_label(selected, n))
        menu.addAction(self.tr("Delete"), lambda: self._annotator.delete(selected))
        menu.popup(self.viewport().mapToGlobal(at))


class AnnotationList(QWidget):
    """The table, or a sentence on how to begin while it is empty."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QWidget | None = None
    ) -> None:
        """Follow ``state``; the selection goes both ways."""
        super().__init__(parent)
        self.setObjectName("annotationList")
        self._state = state
        self.model = AnnotationModel(state, annotator)
        self.model.setParent(self)
        self.table = AnnotationTable(state, annotator, self)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SIZE, QHeaderView.ResizeMode.ResizeToContents)
        self.hint = QLabel(
            self.tr("Nothing is marked yet. Take the box (B) or the polygon (G) and draw."), self
        )
        self.hint.setObjectName("annotationHint")
        self.hint.setProperty("secondary", True)
        self.hint.setWordWrap(True)
        self.hint.setMargin(12)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.hint)
        self._stack.addWidget(self.table)
        self.table.selectionModel().selectionChanged.connect(self._select_in_state)
        for signal in (state.annotations_changed, state.case_changed, state.study_changed):
            signal.connect(self._refresh)
        state.image_changed.connect(self._refresh)  # the spacing comes with the image
        state.selection_changed.connect(self._select_in_table)
        self._refresh()

    def _refresh(self) -> None:
        self.model.refresh()
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        self._select_in_table()

    def _select_in_table(self) -> None:
        ids = [draft.id for draft in self.model.drafts]
        selection = self.table.selectionModel()
        if self._state.selected not in ids:
            if selection.hasSelection():
                selection.clear()
            return
        index = self.model.index(ids.index(self._state.selected), 0)
        if not selection.isSelected(index):
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.table.scrollTo(index)

    def _select_in_state(self) -> None:
        rows = self.table.selectionModel().selectedRows()
        if rows:
            self._state.set_selected(self.model.drafts[rows[0].row()].id)
