"""The numbers of runs over their epochs, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSaveFile, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.legend import CurveLegend, LibraryLoader
from app.evaluation.views import fill_box, filter_box
from app.saving import ask_where
from app.state import ViewerState
from app.training.live.curve_figures import (
    KINDS,
    csv_of,
    figure_of,
    hidden_of,
    kinds_of,
    legend_of,
    slots_of,
)
from app.training.live.words import tr
from softcam_core.training.runs import RunRecord

if TYPE_CHECKING:
    from app.training.live.chart import LiveChart


class CurvesView(QWidget):
    """One number at a time, of one run or of several on top of each other.

    Signals:
        told: one sentence: where a figure was saved, or why not.
    """

    told = Signal(str)

    def __init__(self, state: ViewerState, parent: QWidget | None = None) -> None:
        """Start empty; nothing of the study of ``state`` is replaced by curves."""
        super().__init__(parent)
        self._state = state
        self.setObjectName("trainingCurves")
        self.setAccessibleName(self.tr("Curves of the runs"))
        self._runs: list[RunRecord] = []
        self._slots: dict[str, int] = {}
        self._hidden: set[str] = set()
        self._named: tuple[object, ...] = ()
        self.chart: LiveChart | None = None
        self._loader: LibraryLoader | None = None
        self.kind = filter_box("curvesKind", self.tr("Which curves"), 16)
        self.log = QCheckBox(self.tr("&Logarithmic"))
        self.log.setObjectName("curvesLog")
        self.log.setAccessibleName(self.tr("Logarithmic axis"))
        self.save = QPushButton(self.tr("&Save…"))
        self.save.setObjectName("curvesSave")
        self.save.setAccessibleName(self.tr("Save the curves"))
        self.save.setToolTip(self.tr("Save the figure (PNG, SVG), or all its numbers (CSV)"))
        self.save.setAutoDefault(False)
        self.legend = CurveLegend("curvesLegend")
        self.empty = QLabel()
        self.empty.setObjectName("curvesEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pointed = QLabel(" ")
        self.pointed.setObjectName("curvesPointed")
        self.note = QLabel()
        self.note.setObjectName("curvesNote")
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.kind, 1)
        top.addWidget(self.log)
        top.addWidget(self.save)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.pages, 1)
        middle.addWidget(self.legend)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        layout.addWidget(self.pointed)
        layout.addWidget(self.note)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.log.toggled.connect(self._draw)
        self.legend.hidden_changed.connect(self._on_legend)
        self.save.clicked.connect(self._ask_where)
        self._draw()

    def show_runs(self, runs: Sequence[RunRecord]) -> None:
        """Show these runs; called again while they go on, it only adds their new epochs."""
        self._runs = list(runs)
        self._slots = slots_of(self._runs, self._slots)
        names = kinds_of(self._runs)
        if names != [self.kind.itemData(n) for n in range(self.kind.count())]:
            fill_box(self.kind, [(name, tr(KINDS[name].title)) for name in names])
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what draws when the view is first looked at."""
        super().showEvent(event)
        if self.chart is None and self._loader is None:
            self._loader = LibraryLoader(self)
            self._loader.loaded.connect(self._on_loaded)
            self._loader.start()

    def _on_loaded(self) -> None:
        from app.training.live.chart import LiveChart

        self.chart = LiveChart()
        self.chart.setObjectName("curvesChart")
        self.chart.pointed.connect(lambda text: self.pointed.setText(text or " "))
        self.pages.addWidget(self.chart)
        QWidget.setTabOrder(self.save, self.chart.view)
        QWidget.setTabOrder(self.chart.view, self.legend)
        # The first figure takes as long as the chart: the window moves in between.
        QTimer.singleShot(0, self, self._draw)

    def _on_kind(self) -> None:
        self._hidden = set()
        self._draw()

    def _on_legend(self, hidden: set[str]) -> None:
        self._hidden = hidden
        self._draw()

    def _draw(self) -> None:
        name = self.kind.currentData() or ""
        kind = KINDS.get(name)
        self.kind.setEnabled(kind is not None)
        self.save.setEnabled(kind is not None)
        self.log.setEnabled(kind is not None and kind.log)
        if kind is None:
            self.legend.hide()
            self.note.clear()
            self.pointed.setText(" ")
            if self.chart is not None:
                self.chart.forget()
            self.empty.setText(self._nothing())
            self.pages.setCurrentWidget(self.empty)
            return
        figure = figure_of(name, self._runs, self._slots, self.log.isChecked())
        entries = legend_of(figure)
        named = tuple((one.name, one.look) for one in entries), set(self._hidden)
        if named != self._named:
            self._named = named
            self.legend.fill(entries, self._hidden)
        self.legend.show()
        self.note.setText(figure.note)
        if self.chart is not None:
            self.chart.show_live(figure, tr(kind.title), hidden_of(figure, self._hidden))
            self.pages.setCurrentWidget(self.chart)

    def _nothing(self) -> str:
        if not self._runs:
            return self.tr("Tick one run or several to see their curves.")
        if any(run.alive for run in self._runs):
            return self.tr("The first epoch is under way; its numbers come when it is finished.")
        return self.tr("No epoch of this run was finished, so there is nothing to draw.")

    # Saving

    def _ask_where(self) -> None:
        title = self.kind.currentData() or "curves"
        path = ask_where(
            self,
            self.tr("Save curves"),
            Path.home() / f"{title}.png",
            self.tr("Pictures (*.png);;Drawings (*.svg);;Numbers of all curves (*.csv)"),
            self._state,
        )
        if path is not None:
            self.save_as(path)

    def save_as(self, path: Path) -> None:
        """Save the figure as PNG or SVG, or all numbers of the runs as CSV."""
        if path.suffix.lower() == ".csv":
            content = csv_of(self._runs).encode("utf-8")
        elif self.chart is not None:
            content = self.chart.picture(path.suffix.lower())
        else:
            return
        file = QSaveFile(str(path))
        done = file.open(QSaveFile.OpenModeFlag.WriteOnly)
        if done and file.write(content) == len(content) and file.commit():
            self.told.emit(self.tr("Saved {0}.").format(path))
        else:
            self.told.emit(self.tr("{0} cannot be written: {1}.").format(path, file.errorString()))
