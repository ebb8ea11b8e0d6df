"""The list of the case's annotations: what, how large, locked or hidden."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
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
from app.annotate.arrange import Arrange
from app.annotate.panels.labels import swatch
from app.annotate.panels.list_model import FLAGS, KIND, LABEL, SIZE, AnnotationModel, Index
from app.annotate.tools.edit import under
from app.canvas.pointer import PointerEvent
from app.state import AnnotationId, ViewerState
from app.theme import scaled
from softcam_core.errors import SoftcamError

ROW_HEIGHT = 28
FLAG_WIDTH = 30
PADDING = "QTableView::item { padding: 0 6px; } QHeaderView::section { padding: 4px 6px; }"


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
    """The rows; Delete deletes the selected ones, a click on an icon locks or hides."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, model: AnnotationModel, parent: QWidget
    ) -> None:
        """Show the annotations that ``annotator`` has."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._rows = model
        self._arrange = Arrange(state, annotator, self)
        self.setObjectName("annotationTable")
        self.setAccessibleName(self.tr("Annotations"))
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
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
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.setStyleSheet(PADDING)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(FLAG_WIDTH)
        # Two thousand rows are not to be measured at each change: those in view are enough.
        header.setResizeContentsPrecision(0)
        header.setSectionResizeMode(LABEL, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(SIZE, QHeaderView.ResizeMode.ResizeToContents)
        for column in FLAGS:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, FLAG_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete the selected annotations."""
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if event.key() in keys and self._state.selection:
            self._annotator.delete(self._state.selection)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lock or hide by a click on an icon, which leaves the selection as it is."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and index.isValid() and index.column() in FLAGS:
            self._rows.toggle(index.row(), index.column())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a quick second click on an icon as another click."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() in FLAGS:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def _show_menu(self, at: QPoint) -> None:
        if self._state.selection and self.indexAt(at).isValid():
            self.menu().popup(self.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """Return all that can be done to the selected annotations, as a menu."""
        menu = QMenu(self)
        menu.setObjectName("annotationMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        labels = menu.addMenu(self.tr("Label"))
        for name, colour in self._annotator.colours().items():
            action = labels.addAction(swatch(colour), name)
            action.triggered.connect(lambda _=False, n=name: self._relabel(n))
        arrange = self._arrange
        menu.addAction(self.tr("Duplicate"), arrange.duplicate)
        menu.addSeparator()
        menu.addAction(self.tr("Lock or unlock"), arrange.toggle_lock)
        menu.addAction(self.tr("Hide or show"), arrange.toggle_hidden)
        menu.addAction(self.tr("Show all hidden"), arrange.show_all)
        order = menu.addMenu(self.tr("Order"))
        order.addAction(self.tr("Raise"), arrange.up)
        order.addAction(self.tr("Lower"), arrange.down)
        order.addAction(self.tr("To the top"), arrange.to_top)
        order.addAction(self.tr("To the bottom"), arrange.to_bottom)
        form = menu.addMenu(self.tr("Turn and resize"))
        form.addAction(self.tr("Turn clockwise by 15°"), lambda: arrange.turn(15))
        form.addAction(self.tr("Turn counter-clockwise by 15°"), lambda: arrange.turn(-15))
        form.addAction(self.tr("Enlarge by a tenth"), lambda: arrange.resize(1.1))
        form.addAction(self.tr("Shrink by a tenth"), lambda: arrange.resize(1 / 1.1))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: self._annotator.delete(self._state.selection))
        return menu

    def _relabel(self, name: str) -> None:
        self._annotator.set_label(self._state.selection, name)

    # Selection

    def selected_ids(self) -> list[AnnotationId]:
        """Return the annotations whose rows are selected, the current row's last."""
        drafts = self._rows.drafts
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        current = self.currentIndex().row()
        return [drafts[row].id for row in sorted(rows, key=lambda row: (row == current, row))]

    def show_selected(self) -> None:
        """Select the rows of the selected annotations, and bring the last one into view."""
        rows = sorted(self._rows.rows[a] for a in self._state.selection if a in self._rows.rows)
        model, selection = self._rows, self.selectionModel()
        if rows == sorted(index.row() for index in selection.selectedRows()):
            return
        flags = QItemSelectionModel.SelectionFlag
        ranges, start = QItemSelection(), 0
        for place, row in enumerate(rows):
            # Runs of rows, of which a few say what two thousand rows would.
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                ranges.select(model.index(rows[start], 0), model.index(row, 0))
                start = place + 1
        selection.select(ranges, flags.ClearAndSelect | flags.Rows)
        last = self._state.selected
        if last is not None and last in model.rows:
            index = model.index(model.rows[last], 0)
            selection.setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)


class AnnotationList(QWidget):
    """The table, or a sentence on how to begin while it is empty."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QWidget | None = None
    ) -> None:
        """Follow ``state``; the selection goes both ways."""
        super().__init__(parent)
        self.setObjectName("annotationList")
        self._state = state
        self._following = False
        self.model = AnnotationModel(state, annotator)
        self.model.setParent(self)
        self.table = AnnotationTable(state, annotator, self.model, self)
        self.hint = QLabel(self)
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
        for signal in (state.reader_changed, state.sight_changed):
            signal.connect(self._say_what_to_do)
        self._refresh()

    def show_menu(self, event: PointerEvent, place: QPoint) -> None:
        """Select the shape under the mouse, unless it is selected, and show its menu."""
        found = under(self.model.drafts, event)
        if not found:
            return
        if not any(draft.id in self._state.selection for draft in found):
            self._state.set_selected(found[0].id)
        self.table.menu().popup(place)

    def _refresh(self) -> None:
        self._following = True
        try:
            self.model.refresh()
        finally:
            self._following = False
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        self._say_what_to_do()
        for column in (KIND, SIZE):
            self.table.resizeColumnToContents(column)  # a new row may need more room
        self._select_in_table()

    def _say_what_to_do(self) -> None:
        """Say how to begin, and whether somebody else has marked the image that may be seen."""
        if self.model.rowCount():
            return
        begin = self.tr(
            "Draw a box (B), an ellipse (O), a polygon (G), a freehand outline (D) or a point (K), "
            "or measure a length (J)."
        )
        others = self._marks_of_others()
        if not others:
            nothing = self.tr("Nothing is marked yet.")
            self.hint.setText(f"{nothing} {begin}")
            return
        there = (
            self.tr("1 mark of another reader is on this image (change reader: Ctrl+R).")
            if others == 1
            else self.tr("{0} marks of other readers are on this image (change reader: Ctrl+R).")
        )
        mine = self.tr("You have marked nothing here yet.")
        self.hint.setText(f"{mine} {there.format(f'{others:,}')}\n\n{begin}")

    def _marks_of_others(self) -> int:
        state = self._state
        if state.study is None or state.case is None or state.others_hidden():
            return 0
        try:
            return state.study.marks_of_others(state.case.id, state.reader)
        except SoftcamError:
            return 0

    def _select_in_table(self) -> None:
        self._following = True
        try:
            self.table.show_selected()
        finally:
            self._following = False

    def _select_in_state(self) -> None:
        if not self._following:
            self._state.set_selection(self.table.selected_ids())
