"""The history panel: what this reader has done, step by step; a click goes back or forward."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from app.annotate.annotator import Annotator
from app.annotate.history import StepInfo
from app.annotate.step_words import step_name
from app.state import ViewerState

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """A row for the beginning and one for each step; those undone are not enabled."""

    def __init__(self, state: ViewerState, annotator: Annotator) -> None:
        """Read the steps of ``annotator``."""
        super().__init__()
        self._state = state
        self._annotator = annotator
        self._infos: list[StepInfo] = []
        self._names: dict[int, str] = {}

    def refresh(self) -> None:
        """Read the steps again."""
        self.beginResetModel()
        self._infos = self._annotator.steps.infos()
        self._names = {case.id: case.name for case in self._state.cases}
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of steps and one."""
        return 0 if parent is not None and parent.isValid() else len(self._infos) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a row says."""
        row = index.row()
        present = row == self._annotator.steps.done
        if role == Qt.ItemDataRole.DisplayRole:
            if row == 0:
                return self.tr("Before these steps")
            info = self._infos[row - 1]
            time = info.time.astimezone().strftime("%H:%M")
            text = f"{time}  {step_name(info.text)}"
            here = self._state.case is not None and self._state.case.id == info.case
            return text if here else f"{text}  ·  {self._names.get(info.case, '')}"
        if role == Qt.ItemDataRole.FontRole and present:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ToolTipRole and row:
            info = self._infos[row - 1]
            when = info.time.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            undone = row > self._annotator.steps.done
            return self.tr("{0}, undone").format(when) if undone else when
        if role == Qt.ItemDataRole.ForegroundRole and row > self._annotator.steps.done:
            from PySide6.QtWidgets import QApplication

            return QApplication.palette().placeholderText()
        return None


class HistoryPanel(QWidget):
    """The list of steps, the present one in bold."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QWidget | None = None
    ) -> None:
        """Follow the steps of ``annotator``."""
        super().__init__(parent)
        self.setObjectName("historyPanel")
        self._annotator = annotator
        self.model = HistoryModel(state, annotator)
        self.model.setParent(self)
        self.view = QListView()
        self.view.setObjectName("historyView")
        self.view.setAccessibleName(self.tr("History of your edits"))
        self.view.setToolTip(self.tr("Click a step to go back to it, or forward"))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setUniformItemSizes(True)
        self.view.setModel(self.model)
        self.view.clicked.connect(lambda index: annotator.steps.go_to(index.row()))
        self.view.activated.connect(lambda index: annotator.steps.go_to(index.row()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        annotator.undo_changed.connect(self._refresh)
        state.case_changed.connect(self._refresh)
        state.reader_changed.connect(self._refresh)
        state.study_changed.connect(self._refresh)
        self._refresh()

    def showEvent(self, event: Any) -> None:
        """Read what was done while the panel was hidden."""
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        self.model.refresh()
        here = self.model.index(self._annotator.steps.done)
        self.view.setCurrentIndex(here)
        self.view.scrollTo(here)
