"""The docks around the panes: worklist and model on the left, the case in view on the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from app.annotate.annotator import Annotator
from app.annotate.panels.details import Details
from app.annotate.panels.grades import GradeBar
from app.annotate.panels.history import HistoryPanel
from app.annotate.panels.labels import LabelPalette
from app.annotate.panels.list import AnnotationList
from app.evidence.class_list import ClassList
from app.evidence.keeping_scroll import KeepingScroll
from app.evidence.ledger.panel import LedgerPanel
from app.evidence.metrics_panel import MetricsPanel
from app.evidence.model_card import ModelCardPanel
from app.image_info import ImageInfo
from app.jobs.client import JobClient
from app.state import ViewerState
from app.theme import Colours, scaled
from app.worklist.panel import WorklistPanel

WIDTHS = {"worklist": 248, "classes": 336}
WIDE = 1700
"""Width of a window, as `TALL`, from which the ledger's table has room for all its columns."""
WIDE_WIDTHS = {"worklist": 280, "classes": 432}
LEFT_SHARE, RIGHT_SHARE = 0.19, 0.34
"""Shares of the window's width that docks take at most, however large the text."""
HIGHEST = 0.32
"""Share of the screen's height that the classes may ask for, however large the text."""
ON_THE_LEFT = frozenset({"worklist", "card", "info"})
LEFT_HEIGHTS = {"worklist": 450, "card": 160}
RIGHT_HEIGHTS = {"classes": 330, "annotations": 250}
TALL = 860
"""Height of a window, in pixels at the usual size of text, from which the ledger has a place of
its own below the classes; in a lower one it lies before the annotations."""
TALL_HEIGHTS = {"classes": 300, "ledger": 300, "annotations": 260}


class Docks:
    """Makes the docks, gives them their places, and finds them by name."""

    def __init__(
        self,
        window: QMainWindow,
        state: ViewerState,
        annotator: Annotator,
        jobs: JobClient,
        colours: Colours,
    ) -> None:
        """Add every dock to ``window``."""
        self._window = window
        self._docks: dict[str, QDockWidget] = {}
        window.setDockNestingEnabled(True)
        self.worklist = WorklistPanel(state, colours)
        self.classes = ClassList(state)
        self.ledger = LedgerPanel(state, annotator, jobs)
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
        classes = _Scrolling()
        _fill(classes, self.classes, "classesScroll")
        self.classes.row_wanted.connect(classes.keep)
        self._add("classes", window.tr("Classes and evidence"), classes, right)
        ledger = _scrolling(self.ledger, "ledgerScroll")
        self.ledger.told.connect(lambda: ledger.verticalScrollBar().setValue(0))
        self._add("ledger", window.tr("Ledger"), ledger, right)
        marks_agree = _scrolling(self.metrics, "metricsScroll")
        self._add("metrics", window.tr("Agreement"), marks_agree, right)
        self._add("annotations", window.tr("Annotations"), _scrolling(marks, "marksScroll"), right)
        self._add("history", window.tr("History"), self.history, right)
        # Each pane says how its map agrees as well, so the table may lie behind the marks.
        window.tabifyDockWidget(self._docks["ledger"], self._docks["annotations"])
        window.tabifyDockWidget(self._docks["annotations"], self._docks["metrics"])
        window.tabifyDockWidget(self._docks["metrics"], self._docks["history"])
        self._docks["ledger"].raise_()
        self._add("card", window.tr("Model"), _scrolling(self.card, "cardScroll"), left)
        self._add("info", window.tr("Image"), _scrolling(self.info, "infoScroll"), left)
        window.tabifyDockWidget(self._docks["card"], self._docks["info"])
        self._docks["card"].raise_()

    def arrange(self) -> None:
        """Give the docks their first places and sizes; the window has its own size by now."""
        widths = WIDE_WIDTHS if self._window.width() >= scaled(WIDE) else WIDTHS
        heights = RIGHT_HEIGHTS
        if self._window.height() >= scaled(TALL):
            heights, down = TALL_HEIGHTS, Qt.Orientation.Vertical
            self._window.splitDockWidget(self._docks["classes"], self._docks["ledger"], down)
            self._docks["annotations"].raise_()
        for sizes, direction in (
            (widths, Qt.Orientation.Horizontal),
            (LEFT_HEIGHTS, Qt.Orientation.Vertical),
            (heights, Qt.Orientation.Vertical),
        ):
            lengths = {name: scaled(length) for name, length in sizes.items()}
            across = direction == Qt.Orientation.Horizontal
            self.resize(self.within(lengths) if across else lengths, direction)

    def within(self, widths: Mapping[str, int]) -> dict[str, int]:
        """Return widths that leave the images room: names are shortened and lists scroll first."""
        room = self._window.width()
        return {
            name: min(width, round(room * (LEFT_SHARE if name in ON_THE_LEFT else RIGHT_SHARE)))
            for name, width in widths.items()
        }

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
        """Show a dock, if there is one of that name, and bring it to the front."""
        dock = self._docks.get(name)
        if dock is not None:
            dock.show()
            dock.raise_()

    def widget(self, name: str) -> QDockWidget | None:
        """Return a dock, if there is one of that name."""
        return self._docks.get(name)

    def show_only(self, names: Iterable[str]) -> None:
        """Show the docks of these names, and hide all others."""
        wanted = set(names)
        for name, dock in self._docks.items():
            dock.setVisible(name in wanted)

    def resize(self, sizes: Mapping[str, int], direction: Qt.Orientation) -> None:
        """Give some docks sizes, in screen pixels."""
        there = [name for name in sizes if name in self._docks]
        docks = [self._docks[name] for name in there]
        self._window.resizeDocks(docks, [sizes[name] for name in there], direction)

    def lengths(self, direction: Qt.Orientation) -> dict[str, int]:
        """Return the widths or heights of the docks in view, in screen pixels."""
        across = direction == Qt.Orientation.Horizontal
        return {
            name: dock.width() if across else dock.height()
            for name, dock in self._docks.items()
            if dock.isVisible() and not dock.isFloating()
        }

    def places(self) -> str:
        """Return which docks are in view and on which side, whatever their sizes."""
        return " ".join(
            f"{name}:{'floats' if dock.isFloating() else self._window.dockWidgetArea(dock).name}"
            for name, dock in self._docks.items()
            if not dock.isHidden()
        )

    def names(self) -> dict[str, str]:
        """Return the titles of the docks by name."""
        return {name: dock.windowTitle() for name, dock in self._docks.items()}

    def toggles(self) -> list[QAction]:
        """Return the actions that show and hide each dock."""
        return [dock.toggleViewAction() for dock in self._docks.values()]


class _AsWide(KeepingScroll):
    """Never narrower than what it holds: it scrolls up and down alone."""

    def minimumSizeHint(self) -> QSize:
        content, least = self.widget(), super().minimumSizeHint()
        if content is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        needed = max(content.minimumSizeHint().width(), content.minimumWidth())
        return QSize(needed + bar + 2 * self.frameWidth(), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # It needs another size by now.
        return super().eventFilter(watched, event)


class _Scrolling(_AsWide):
    """Keeps what it holds whole, as long as that leaves the docks beside it room."""

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        if content is None:
            return super().minimumSizeHint()
        needed, layout = content.minimumSizeHint().height(), content.layout()
        if layout is not None and layout.hasHeightForWidth():
            needed = max(needed, layout.totalMinimumHeightForWidth(self.viewport().width()))
        most = round(self.screen().availableSize().height() * HIGHEST)
        return QSize(super().minimumSizeHint().width(), min(needed + 2, most))


def _scrolling(content: QWidget, name: str) -> QScrollArea:
    area = _AsWide()
    _fill(area, content, name)
    return area


def _fill(area: QScrollArea, content: QWidget, name: str) -> None:
    content.setObjectName("dockContent")
    content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setWidget(content)
    for inner in (area.viewport(), content):
        inner.setAutoFillBackground(False)  # The dock's own background shows through.
