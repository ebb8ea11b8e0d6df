"""What an evaluation found, in tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from app.evaluation.cases_table import CasesTab
from app.evaluation.differences_tab import DifferencesTab
from app.evaluation.figures import Plots
from app.evaluation.plots_tab import PlotsTab
from app.evaluation.results_table import ResultsTab
from app.evaluation.tables_tab import TablesTab
from app.jobs.evaluate import Finished


class FoundTabs(QTabWidget):
    """Results, differences, tables of the report, plots, and cases.

    Signals:
        chosen: a row of `Cases` whose image and map the user wants to see.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("evaluationTabs")
        self.setAccessibleName(self.tr("What was found"))
        self.setDocumentMode(True)
        self.results, self.tables = ResultsTab(), TablesTab()
        self.differences = DifferencesTab()
        self.plots, self.cases = PlotsTab(), CasesTab()
        for tab, name in (
            (self.results, self.tr("Results")),
            (self.differences, self.tr("Differences")),
            (self.tables, self.tr("Tables")),
            (self.plots, self.tr("Plots")),
            (self.cases, self.tr("Cases")),
        ):
            self.addTab(tab, name)
        self._found: Finished | None = None
        self._row: int | None = None
        self._stale: set[int] = set()
        self.currentChanged.connect(self._fill)
        for chosen in (self.plots.chosen, self.cases.chosen):
            chosen.connect(self._mark)
            chosen.connect(self.chosen)

    def show_found(self, found: Finished | None) -> None:
        """Show an evaluation, or none; a tab is filled when it is looked at."""
        self._found, self._row = found, None
        self._stale = set(range(self.count()))
        for place in sorted(self._stale) if found is None else (self.currentIndex(),):
            self._fill(place)

    def shows_cases(self) -> bool:
        """Return whether the tab in front tells of single cases what models say."""
        return self.currentWidget() in (self.plots, self.cases)

    def _fill(self, place: int) -> None:
        if place not in self._stale:
            return
        self._stale.discard(place)
        tab = self.widget(place)
        found = self._found
        if tab is self.results:
            self.results.show_results(found.summary.results if found else ())
        elif tab is self.differences:
            self.differences.show_differences(found.summary.differences if found else ())
        elif tab is self.tables:
            self.tables.show_tables(found.summary.tables if found else ())
        elif tab is self.plots:
            self.plots.show_plots(Plots(found.summary.curves, found.cases) if found else None)
        else:
            self.cases.show_cases(found.cases if found else None)
        if self._row is not None:
            self._mark(self._row)

    def _mark(self, row: int) -> None:
        """Point out the image that was chosen, in the plots and in the table."""
        self._row = row
        self.plots.mark(row)
        self.cases.mark(row)
