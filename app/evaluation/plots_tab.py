"""The tab of plots: which one, of which model, and a legend that hides curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.evaluation.figures import KINDS, Plots
from app.evaluation.legend import CurveLegend, LibraryLoader
from app.evaluation.views import fill_box, filter_box
from app.evaluation.words import tr

if TYPE_CHECKING:
    from app.evaluation.plots import Chart


class PlotsTab(QWidget):
    """One plot at a time.

    Signals:
        chosen: a row of `Cases` whose point was clicked.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationPlots")
        self._plots: Plots | None = None
        self._hidden: set[str] = set()
        self._model = ""
        self._row: int | None = None
        self.chart: Chart | None = None
        self._loader: LibraryLoader | None = None
        self.kind = filter_box("plotsKind", self.tr("Which plot"), 12)
        self.of_model = filter_box("plotsModel", self.tr("Of which model"), 12)
        self.legend = CurveLegend("plotsLegend")
        self.legend.hidden_changed.connect(self._on_legend)
        self.empty = QLabel()
        self.empty.setObjectName("plotsEmpty")
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.note = QLabel()
        self.note.setObjectName("plotsNote")
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        self.pointed = QLabel(" ")
        self.pointed.setObjectName("plotsPointed")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.kind, 1)
        top.addWidget(self.of_model, 1)
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
        self.of_model.currentIndexChanged.connect(self._draw)
        self.of_model.activated.connect(self._on_model)

    def show_plots(self, plots: Plots | None) -> None:
        """Show the plots of other results."""
        self._plots, self._hidden, self._model, self._row = plots, set(), "", None
        kinds = plots.kinds() if plots is not None else []
        fill_box(self.kind, [(kind, tr(KINDS[kind][0])) for kind in kinds])
        self._on_kind()

    def mark(self, row: int) -> None:
        """Point out the image that was chosen: a row of `Cases`."""
        self._row = row
        if self.chart is not None:
            self.chart.mark(row)

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what draws when the tab is first looked at."""
        super().showEvent(event)
        if self.chart is None and self._loader is None:
            self._loader = LibraryLoader(self)
            self._loader.loaded.connect(self._on_loaded)
            self._loader.start()

    def _on_loaded(self) -> None:
        from app.evaluation.plots import Chart

        self.chart = Chart()
        self.chart.chosen.connect(self.chosen)
        self.chart.pointed.connect(lambda text: self.pointed.setText(text or " "))
        self.pages.addWidget(self.chart)
        QWidget.setTabOrder(self.of_model, self.chart.view)
        QWidget.setTabOrder(self.chart.view, self.legend)
        # The first figure takes as long as the chart: the window moves in between.
        QTimer.singleShot(0, self, self._draw)

    def _on_kind(self) -> None:
        kind = self.kind.currentData() or ""
        models = self._plots.models(kind) if self._plots is not None and kind else []
        every = [("", self.tr("All models"))] if len(models) > 1 and kind != "confusion" else []
        fill_box(self.of_model, [*every, *((model, model) for model in models)])
        self.of_model.blockSignals(True)
        self.of_model.setCurrentIndex(max(0, self.of_model.findData(self._model)))
        self.of_model.blockSignals(False)
        self._hidden = set()
        self._draw()

    def _on_model(self) -> None:
        """Keep the model that was chosen by hand for the next plot."""
        self._model = self.of_model.currentData() or ""

    def _draw(self) -> None:
        kind = self.kind.currentData() or ""
        if self._plots is None or not kind:
            self.legend.clear()
            self.note.clear()
            self.pointed.setText(" ")
            if self.chart is not None:
                self.chart.forget()
            self.empty.setText(
                self.tr("Nothing that was measured can be drawn.") if self._plots else ""
            )
            self.pages.setCurrentWidget(self.empty)
            return
        figure = self._plots.figure(kind, self.of_model.currentData() or "")
        self.legend.fill(figure.series, self._hidden)
        self.note.setText(figure.note)
        self.pointed.setText(" ")
        if self.chart is not None:
            self.chart.show_figure(figure, tr(KINDS[kind][0]), self._hidden)
            self.chart.mark(self._row)
            self.pages.setCurrentWidget(self.chart)

    def _on_legend(self, hidden: set[str]) -> None:
        self._hidden = hidden
        if self.chart is not None:
            self.chart.set_hidden(hidden)
