"""The docks around the panes: worklist and model on the left, the case in view on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from app.annotate.annotator import Annotator
from app.annotate.panels.details import Details
from app.annotate.panels.grades import GradeBar
from app.annotate.panels.history import HistoryPanel
from app.annotate.panels.labels import LabelPalette
from app.annotate.panels.list import AnnotationList
from app.evidence.class_list import ClassList
from app.evidence.metrics_panel import MetricsPanel
from app.evidence.model_card import ModelCardPanel
from app.image_info import ImageInfo
from app.state import ViewerState
from app.theme import Colours
from app.worklist.panel import WorklistPanel

WIDTHS = {"worklist": 248, "classes": 312}
LEFT_HEIGHTS = {"worklist": 620, "card": 150}
RIGHT_HEIGHTS = {"classes": 345, "annotations": 475}


class Docks:
    """Makes the docks, gives them their places, and finds them by name."""

    def __init__(
        self, window: QMainWindow, state: ViewerState, annotator: Annotator, colours: Colours
    ) -> None:
        """Add every dock to ``window``."""
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        window.setDockNestingEnabled(True)
        self.worklist = WorklistPanel(state, colours)
        self.classes = ClassList(state)
        self.metrics = MetricsPanel(state)
        self.labels = LabelPalette(state)
        self.grades = GradeBar(state, annotator)
        self.annotations = AnnotationList(state, annotator)
        self.details = Details(state, annotator)
        self.history = HistoryPanel(state, annotator)
        self.info = ImageInfo(state)
        self.card = ModelCardPanel(state)
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        marks = QWidget()
        column = QVBoxLayout(marks)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.grades)
        column.addWidget(self.labels)
        column.addWidget(self.annotations, 1)
        column.addWidget(self.details)
        self._add("worklist", window.tr("Worklist"), self.worklist, left)
        self._add("classes", window.tr("Classes and evidence"), self.classes, right)
        marks_agree = _scrolling(self.metrics, "metricsScroll")
        self._add("metrics", window.tr("Agreement"), marks_agree, right)
        self._add("annotations", window.tr("Annotations"), marks, right)
        self._add("history", window.tr("History"), self.history, right)
        # Each pane says how its map agrees as well, so the table may lie behind the marks.
        window.tabifyDockWidget(self._docks["annotations"], self._docks["metrics"])
        window.tabifyDockWidget(self._docks["metrics"], self._docks["history"])
        self._docks["annotations"].raise_()
        self._add("card", window.tr("Model"), _scrolling(self.card, "cardScroll"), left)
        self._add("info", window.tr("Image"), _scrolling(self.info, "infoScroll"), left)
        window.tabifyDockWidget(self._docks["card"], self._docks["info"])
        self._docks["card"].raise_()

    def arrange(self) -> None:
        """Give the docks their first sizes; the window has its own by now."""
        for sizes, direction in (
            (WIDTHS, Qt.Orientation.Horizontal),
            (LEFT_HEIGHTS, Qt.Orientation.Vertical),
            (RIGHT_HEIGHTS, Qt.Orientation.Vertical),
        ):
            docks = [self._docks[name] for name in sizes]
            self._window.resizeDocks(docks, list(sizes.values()), direction)

    def _add(self, name: str, title: str, content: QWidget, area: Qt.DockWidgetArea) -> None:
        if not isinstance(content, QScrollArea):
            content.setObjectName("dockContent")
            content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock_{name}")
        dock.setWidget(content)
        self._window.addDockWidget(area, dock)
        self._docks[name] = dock

    def bring_up(self, name: str) -> None:
        """Show a dock and bring it to the front."""
        self._docks[name].show()
        self._docks[name].raise_()

    def toggles(self) -> list[QAction]:
        """Return the actions that show and hide each dock."""
        return [dock.toggleViewAction() for dock in self._docks.values()]


def _scrolling(content: QWidget, name: str) -> QScrollArea:
    content.setObjectName("dockContent")
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setWidget(content)
    return area
