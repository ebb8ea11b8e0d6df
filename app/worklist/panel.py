"""The worklist dock's content: search line, order, cards, and the count."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.state import BLINDED, OPEN, Case, ViewerState
from app.theme import Colours
from app.worklist.delegate import CaseDelegate
from app.worklist.filter import WorklistFilter
from app.worklist.model import Role, WorklistModel
from app.worklist.thumbnails import Thumbnails

_SETTLE_MS = 60

LEAST = 216
"""Width of the narrowest list, in screen pixels."""


_OWN_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class _SearchLine(QLineEdit):
    """A search line that Enter and Escape leave: for the first hit, or as it was before."""

    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _CaseView(QListView):
    """A list that keeps the keys for walking in it and leaves all others to the window."""

    resized = Signal()
    walked = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OWN_KEYS:
            super().keyPressEvent(event)
            self.walked.emit(self.currentIndex())
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class WorklistPanel(QWidget):
    """Shows the cases of the study and asks for one when it is chosen."""

    case_chosen = Signal(int)

    def __init__(self, state: ViewerState, colours: Colours, parent: QWidget | None = None) -> None:
        """Observe ``state``."""
        super().__init__(parent)
        self.setObjectName("dockContent")
        self._state = state
        self.model = WorklistModel()
        self.filter = WorklistFilter(self.model)
        self.thumbnails = Thumbnails(self)
        self.delegate = CaseDelegate(colours)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._build()
        self._connect()
        self._on_study()

    def _build(self) -> None:
        self.search = _SearchLine()
        self.search.setObjectName("worklistSearch")
        self.search.setAccessibleName(self.tr("Search the worklist"))
        self.search.setPlaceholderText(self.tr("Search, e.g. status:unread p>0.8"))
        self.search.setToolTip(
            self.tr("Words of the name; status:unread, label:…, class:…, p>0.8 or p<0.6")
        )
        self.search.setClearButtonEnabled(True)
        self.order = QComboBox()
        self.order.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.order.setMinimumContentsLength(6)
        self.order.setObjectName("worklistOrder")
        self.order.setAccessibleName(self.tr("Order of the worklist"))
        for name in WorklistFilter.ORDERS:
            self.order.addItem(self.tr(name), name)
        self.count = QLabel()
        self.count.setObjectName("worklistCount")
        self.count.setProperty("role", "secondary")
        self.why = QLabel()
        self.why.setObjectName("worklistWhy")
        self.why.setProperty("role", "secondary")
        self.why.setWordWrap(True)
        self.why.hide()
        self.none = QLabel(self.tr("No case fits the search."))
        self.none.setObjectName("worklistNone")
        self.none.setProperty("role", "secondary")
        self.none.setWordWrap(True)
        self.none.setContentsMargins(4, 4, 4, 0)
        self.none.hide()
        self.view = _CaseView()
        self.view.setObjectName("worklist")
        self.view.setAccessibleName(self.tr("Worklist"))
        self.view.setModel(self.filter)
        self.view.setItemDelegate(self.delegate)
        self.view.setUniformItemSizes(True)
        self.view.setMouseTracking(True)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row = QHBoxLayout()
        row.addWidget(self.order, 1)
        row.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addLayout(row)
        layout.addWidget(self.why)
        layout.addWidget(self.none)
        layout.addWidget(self.view, 1)

    def minimumSizeHint(self) -> QSize:
        """Names are shortened in a narrow list, however large the text."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def _connect(self) -> None:
        state = self._state
        state.study_changed.connect(self._on_study)
        state.cases_added.connect(self._on_cases_added)
        state.case_updated.connect(self._on_case_updated)
        state.case_changed.connect(self._on_case)
        state.image_failed.connect(self.model.set_error)
        state.predictions_changed.connect(self._on_predictions)
        state.annotations_changed.connect(self._on_annotations)
        state.reader_changed.connect(lambda: self._read_marks([case.id for case in state.cases]))
        state.sight_changed.connect(self._on_sight)
        for signal in (state.models_changed, state.loading_changed, state.sight_changed):
            signal.connect(self._show_references)
        self._show_references()
        self.search.textChanged.connect(self.filter.set_query)
        self.search.taken.connect(self._take_first)
        self.search.left.connect(self.view.setFocus)
        self.order.currentIndexChanged.connect(
            lambda: self.filter.set_order(self.order.currentData())
        )
        self.view.pressed.connect(self._on_chosen)
        self.view.walked.connect(self._on_chosen)
        self.view.verticalScrollBar().valueChanged.connect(self._settle.start)
        self.view.resized.connect(self._settle.start)
        for signal in (
            self.filter.rowsInserted,
            self.filter.rowsRemoved,
            self.filter.rowsMoved,
            self.filter.layoutChanged,
            self.filter.modelReset,
        ):
            signal.connect(self._follow)
        self._settle.timeout.connect(self._ask_thumbnails)
        self.thumbnails.made.connect(self._on_thumbnail)
        self.thumbnails.failed.connect(self.model.set_error)
        self.thumbnails.dropped.connect(self.model.drop_thumbnail)

    def set_colours(self, colours: Colours) -> None:
        """Paint in another theme's colours."""
        self.delegate.set_colours(colours)
        self.view.viewport().update()

    def neighbour(self, step: int, status: str = "") -> int | None:
        """Return the case ``step`` rows away in the order shown.

        With a status it is the nearest one of that status, from the end it starts over.
        """
        current = self._shown_index()
        row = current.row() + step if current.isValid() else self._hidden_place(step)
        rows = self.filter.rowCount()
        for _ in range(rows if status else 1):
            if status and rows:
                row %= rows
            if not 0 <= row < rows:
                return None
            case = self.filter.case_at(row)
            if not status or case.status == status:
                return case.id
            row += step
        return None

    def found(self) -> tuple[int, int]:
        """Return how many cases the search leaves, and how many there are."""
        return self.filter.rowCount(), self.model.rowCount()

    def _hidden_place(self, step: int) -> int:
        """Return the row after (or before) a case that the filter hides, in folder order."""
        case = self._state.case
        hidden = self.model.row_of(case.id) if case else None
        if hidden is None:
            return 0 if step > 0 else self.filter.rowCount() - 1
        before = self.filter.shown_before(hidden)
        return before if step > 0 else before - 1

    def stop(self) -> None:
        """End the work behind the list."""
        self._settle.stop()
        self.thumbnails.stop()

    def _on_study(self) -> None:
        self.thumbnails.clear()
        cases = [case.id for case in self._state.cases]
        with self.filter.at_once():
            self.model.reset(self._state.cases)
            self._read_marks(cases)
            self._on_predictions(cases)
            self._put_in_order()
        self._show_place_in_reading()
        self._show_count()
        self._settle.start()

    def _on_cases_added(self, cases: list[Case]) -> None:
        with self.filter.at_once():
            self.model.append(cases)
            self._read_marks([case.id for case in cases])
            self._on_predictions([case.id for case in cases])
            self._put_in_order()
        self._show_place_in_reading()
        self._show_count()
        self._on_case()

    def _on_sight(self) -> None:
        """Show the progress that may be seen now, in the protocol's order.

        Of which cases a prediction may be seen or hides now, `predictions_changed` tells after it.
        """
        with self.filter.at_once():
            self.model.update(self._state.cases)
            self._put_in_order()
        self._show_place_in_reading()

    def _show_references(self) -> None:
        """Show labels where no model is going to speak; the protocol leaves one's own grades."""
        state = self._state
        self.model.set_own_grades(state.sight.mode != OPEN)
        if state.sight.mode != OPEN:
            self.model.set_references(self.tr("your grade: {0}"))
        else:
            silent = not state.models and not state.models_loading
            self.model.set_references(self.tr("reference: {0}") if silent else "")

    def _put_in_order(self) -> None:
        """Follow the reading protocol: an order of its own leaves nothing to choose."""
        order = self._state.sight.order([case.id for case in self._state.cases])
        self.filter.set_places(order)
        self.order.setEnabled(order is None)
        self.order.setItemText(
            0, self.tr(WorklistFilter.ORDERS[0]) if order is None else self.tr("Shuffled")
        )
        if order is not None:
            self.order.setCurrentIndex(0)
        self.order.setToolTip("" if order is None else self.tr("The reading protocol says so"))

    def _offer_orders(self) -> None:
        """Offer no order by what may be seen of no case, and leave it."""
        hidden = self._state.sight.mode != OPEN and not self.model.predicted
        items = self.order.model()
        assert isinstance(items, QStandardItemModel)
        for row in range(items.rowCount()):
            if row >= WorklistFilter.BY_MODEL:
                items.item(row).setEnabled(not hidden)
        if hidden and self.order.currentIndex() >= WorklistFilter.BY_MODEL:
            self.order.setCurrentIndex(0)

    def _show_place_in_reading(self) -> None:
        """Bring the case in view into the list's view where the protocol orders the list."""
        index = self._shown_index()
        if index.isValid() and not self.order.isEnabled():
            self.view.scrollTo(index)

    def _on_case_updated(self, case_id: int) -> None:
        row = self.model.row_of(case_id)
        cases = self._state.cases
        if row is not None and row < len(cases) and cases[row].id == case_id:
            self.model.update([cases[row]])
        else:
            self.model.update(case for case in cases if case.id == case_id)

    def _shown_index(self) -> QModelIndex:
        case = self._state.case
        return self.filter.index_of(self.model.row_of(case.id) if case else None)

    def _on_case(self) -> None:
        index = self._shown_index()
        if index.isValid() and index != self.view.currentIndex():
            self.view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            self.view.scrollTo(index)
        elif not index.isValid():
            self.view.selectionModel().clear()  # The search hides the case in view.
        self._show_count()

    def _on_chosen(self, index: QModelIndex) -> None:
        case = index.data(Role.CASE)
        if case is not None and (self._state.case is None or case.id != self._state.case.id):
            self.case_chosen.emit(case.id)

    def _take_first(self) -> None:
        """Go to the first case found, unless the one in view is among them."""
        first = self.filter.index(0, 0)
        if first.isValid() and not self._shown_index().isValid():
            self._on_chosen(first)
        self.view.setFocus()

    def _follow(self) -> None:
        # A row that a filter hides must not take the reader to another case.
        index = self._shown_index()
        if index != self.view.currentIndex():
            self.view.setCurrentIndex(index)
        self._show_count()
        self._settle.start()

    def _on_predictions(self, cases: list[int]) -> None:
        # Only where something is known it is asked whether that may be seen: that takes longer.
        state = self._state
        known, why = state.predictions, state.not_predicted
        self.model.set_predictions({c: state.prediction(c) if c in known else None for c in cases})
        self.model.set_not_predicted(
            {c: state.why_not_predicted(c) if c in why else "" for c in cases}
        )
        self._offer_orders()
        self._show_count()

    def _on_annotations(self, case_id: int) -> None:
        self._read_marks([c.id for c in self._state.cases] if case_id < 0 else [case_id])

    def _read_marks(self, cases: list[int]) -> None:
        study = self._state.study
        if study is None:
            return
        counts = study.annotation_counts(reader=self._state.reader)
        self.model.set_marks({case: counts.get(case, 0) for case in cases})

    def _on_thumbnail(self, case: int, image: QImage) -> None:
        self.model.set_thumbnail(case, QPixmap.fromImage(image))

    def listed(self) -> list[int]:
        """Return the cases whose rows are on screen."""
        if not self.view.isVisible():
            return []
        area = self.view.viewport().rect()
        top, bottom = self.view.indexAt(area.topLeft()), self.view.indexAt(area.bottomLeft())
        if not top.isValid():
            return []
        last = bottom.row() if bottom.isValid() else self.filter.rowCount() - 1
        return [self.filter.case_at(row).id for row in range(top.row(), last + 1)]

    def _ask_thumbnails(self) -> None:
        top = self.view.indexAt(self.view.viewport().rect().topLeft())
        first = max(top.row(), 0)
        height = max(self.view.sizeHintForRow(0), 1)
        rows = self.view.viewport().height() // height + 3
        last = min(first + rows, self.filter.rowCount())
        seen = [self.filter.case_at(row) for row in range(first, last)]
        self.thumbnails.request(seen, self.devicePixelRatioF())

    def _show_count(self) -> None:
        total, shown = self.model.rowCount(), self.filter.rowCount()
        current = self.view.currentIndex().row() + 1
        hidden = self._state.case is not None and not current
        number = "\N{EN DASH}" if hidden else f"{current}"
        place = f"{number} / {shown}" if shown and (current or hidden) else f"{shown}"
        self.count.setText(place if shown == total else self.tr("{0} of {1}").format(place, total))
        mode = self._state.sight.mode
        hides = mode != OPEN and self.model.predicted < total
        others = mode == BLINDED and self.filter.asks_others
        self.why.setText(
            self.tr("What other readers say is hidden until your first read of a case is locked.")
            if others
            else self.tr("What models say is hidden until your first read of a case is locked.")
        )
        self.why.setVisible((hides and self.filter.asks_model) or others)
        self.none.setVisible(total > 0 and shown == 0)
