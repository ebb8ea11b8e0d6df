"""The selection of a lambda: accuracy and AUC, or kappa, against its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.legend import CurveLegend, LibraryLoader
from app.evaluation.views import ReadOnlyView, fill_box, filter_box, small_print
from app.jobs.training_spoken import for_form
from app.language import in_language
from app.tables import Column, Table
from app.training.live.follow import Follower
from app.training.live.sweep_figure import (
    LAMBDAS,
    RED,
    ValueRow,
    columns_of,
    figure_of,
    panel_name,
    rows_of,
)
from app.training.live.words import number, plain_name, tr
from softcam_core.annotations.claim import is_claimed
from softcam_core.errors import ConfigError
from softcam_core.paths import exists
from softcam_core.training.runs import RunsFolder, validation_counts
from softcam_core.training.sweep.plan import RUNS
from softcam_core.training.sweep.records import CHOSEN, STATE, SweepPanel, SweepRecord, load_sweep

if TYPE_CHECKING:
    from app.training.live.sweep_chart import SweepChart

CHOSEN_SIGN = "\N{BLACK DIAMOND}"


@dataclass(frozen=True)
class Seen:
    """What a look found: the sweep, or one sentence on why there is none to show.

    Attributes:
        alive: whether a program is at it.
        others: sweeps of the same study, the newest first.
        files: names of the configurations with chosen values.
        images: of the validation set; 0 where unknown.
    """

    record: SweepRecord | None = None
    reason: str = ""
    alive: bool = False
    others: tuple[Path, ...] = ()
    files: frozenset[str] = frozenset()
    images: int = 0


def look_at(folder: Path) -> Seen:
    """Read a sweep's folder, and which other sweeps lie beside it."""
    alive = is_claimed(folder / STATE)
    others = RunsFolder(folder.parent).sweeps()
    try:
        record = load_sweep(folder)
    except ConfigError as error:
        # What is there no sweep yet is one that begins.
        reason = for_form(str(error)) if exists(folder / STATE) else ""
        return Seen(None, reason, alive, others)
    files = frozenset(path.name for path in folder.glob("chosen*.toml"))
    images = _images(folder) if record.finished else 0
    return Seen(record, "", alive, others, files if record.finished else frozenset(), images)


def _images(folder: Path) -> int:
    """Return how many validation images the runs of a sweep share."""
    counts = (validation_counts(run) for run in (folder / RUNS).glob("*"))
    return next((sum(found.values()) for found in counts if found), 0)


def in_words(sentence: str) -> str:
    """Return a sentence on a sweep without the names of settings."""
    sentence = for_form(sentence).replace(" (l1 = l2 = 0)", "").replace("architecture", "network")
    return re.sub(r"\bl([12])\b", lambda found: LAMBDAS[found.group()], sentence)


def doubt(tolerance: float, images: int) -> str:
    """Return why a choice means little: one image weighs more than what may be lost."""
    if not images or tolerance >= 1 / images:
        return ""
    text = tr("One of the {0} validation images is {1} of the accuracy: this choice means little.")
    return text.format(images, number(1 / images))


class ValuesModel(Table[ValueRow]):
    """The values of a lambda; the chosen one is red and bold."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__((), tr)

    def show_values(self, columns: tuple[Column[ValueRow], ...], rows: list[ValueRow]) -> None:
        """Show the values of another panel, or more of the same."""
        self.columns = columns
        self.show(rows)

    def sign(self, row: ValueRow, column: Column[ValueRow]) -> str:
        """Point the chosen value out."""
        return CHOSEN_SIGN if row.chosen and column is self.columns[0] else ""

    def colour(self, row: ValueRow) -> Any:
        """Write the chosen value in the plot's red."""
        return QColor(RED) if row.chosen else None

    def tip(self, row: ValueRow, column: Column[ValueRow]) -> str | None:
        """Say why a value failed."""
        del column
        return row.point.failed or None


class SweepView(QWidget):
    """The plot, the table of values, and the rule in words.

    Signals:
        train_chosen: path of the configuration with the chosen value.
    """

    train_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingSweep")
        self.setAccessibleName(self.tr("Selection of lambda"))
        self._folder: Path | None = None
        self._seen = self._unseen = Seen()
        self._hidden: set[str] = set()
        self._drawn: object = None
        self.chart: SweepChart | None = None
        self._loader: LibraryLoader | None = None
        self.where = filter_box("sweepWhich", self.tr("Which sweep"), 16)
        self.panel = filter_box("sweepPanel", self.tr("Which network and penalty"), 16)
        self.legend = CurveLegend("sweepLegend")
        self.pages = QStackedWidget()
        self.waiting = QLabel()
        self.waiting.setObjectName("sweepWaiting")
        self.pages.addWidget(self.waiting)
        self.model = ValuesModel()
        self.view = ReadOnlyView(
            self.model, "sweepTable", self.tr("Values of lambda, a row for each")
        )
        self.view.let_sort()
        self.pointed = QLabel(" ")
        self.pointed.setObjectName("sweepPointed")
        self.sentence = QLabel()
        self.sentence.setObjectName("sweepSentence")
        self.sentence.setWordWrap(True)
        self.rule = small_print("sweepRule")
        self.train = QPushButton(self.tr("&Train with the chosen value"))
        self.train.setObjectName("sweepTrain")
        self.train.setAccessibleName(self.tr("Train with the chosen value"))
        self.train.setAutoDefault(False)
        self.empty = QLabel()
        self.empty.setObjectName("sweepEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._lay_out()
        self._follower = Follower(self)
        self._follower.found.connect(self._on_found)
        self.where.activated.connect(lambda: self.show_sweep(Path(self.where.currentData())))
        self.panel.currentIndexChanged.connect(self._on_panel)
        self.legend.hidden_changed.connect(self._on_legend)
        self.train.clicked.connect(self._train)
        self._on_found(self._unseen)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.where, 1)
        top.addWidget(self.panel, 1)
        drawn = QWidget()
        drawn.setMinimumHeight(150)
        beside = QHBoxLayout(drawn)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.pages, 1)
        beside.addWidget(self.legend)
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self.parts.setObjectName("sweepParts")
        self.parts.setChildrenCollapsible(False)
        self.parts.addWidget(drawn)
        self.parts.addWidget(self.view)
        self.parts.setStretchFactor(0, 3)
        self.parts.setStretchFactor(1, 2)
        self.parts.setSizes([300, 180])
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.sentence, 1)
        bottom.addWidget(self.train)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.parts, 1)
        column.addWidget(self.pointed)
        column.addLayout(bottom)
        column.addWidget(self.rule)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.empty)
        self.whole.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.whole, 1)

    @property
    def folder(self) -> Path | None:
        """The folder of the sweep that is shown."""
        return self._folder

    @property
    def is_following(self) -> bool:
        """Whether it looks each second, while it is seen."""
        return self._follower.is_following

    def show_sweep(self, folder: Path | None) -> None:
        """Show the selection in a folder; None shows nothing.

        The same folder again looks for changes at once, and keeps the panel and place.
        """
        if folder is not None and folder == self._folder:
            self._follower.ask()
            return
        self._folder, self._hidden = folder, set()
        self._on_found(self._unseen)
        self._follower.look_with((lambda: look_at(folder)) if folder is not None else None)

    def look(self) -> None:
        """Look for what has changed, at once."""
        self._follower.ask()

    def show_newest(self, folder: Path | None) -> None:
        """Show the newest sweep of a study's folder of runs, unless one of it is shown."""
        if folder is None:
            self.show_sweep(None)
        elif self._folder is None or self._folder.parent != folder:
            newest = RunsFolder(folder).sweeps()[:1]
            self.show_sweep(newest[0] if newest else None)

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what draws when the view is first looked at."""
        super().showEvent(event)
        if self.chart is None and self._loader is None:
            self._loader = LibraryLoader(self)
            self._loader.loaded.connect(self._on_loaded)
            self._loader.start()

    def _on_loaded(self) -> None:
        from app.training.live.sweep_chart import SweepChart

        self.chart = SweepChart()
        self.chart.setObjectName("sweepChart")
        self.chart.pointed.connect(lambda text: self.pointed.setText(text or " "))
        self.pages.addWidget(self.chart)
        self.pages.setCurrentWidget(self.chart)
        QWidget.setTabOrder(self.panel, self.chart.view)
        QWidget.setTabOrder(self.chart.view, self.legend)
        self._drawn = None
        # The first figure takes as long as the chart: the window moves in between.
        QTimer.singleShot(0, self, self._draw)

    def _on_found(self, seen: Seen) -> None:
        changed = seen != self._seen or seen.record is None
        self._seen = seen
        self._follower.go_on(seen.alive)
        others = seen.others if self._folder in seen.others else ()
        if [str(one) for one in others] != [
            self.where.itemData(n) for n in range(self.where.count())
        ]:
            fill_box(self.where, [(str(one), plain_name(one.name)) for one in others])
        self.where.setCurrentIndex(self.where.findData(str(self._folder)))
        self.where.setVisible(len(others) > 1)
        if not changed:
            return
        record = seen.record
        names = [panel_name(panel) for panel in record.panels] if record is not None else []
        if names != [self.panel.itemText(n) for n in range(self.panel.count())]:
            fill_box(self.panel, enumerate(names))
        self.panel.setVisible(len(names) > 1)
        self.empty.setText(self._nothing())
        self.whole.setCurrentIndex(1 if names else 0)
        self._draw()

    def _nothing(self) -> str:
        if self._folder is None:
            return self.tr("No sweep was made in this study yet: it tries values of a lambda.")
        if self._seen.alive:
            return self.tr("The sweep begins; its values come when the first one is trained.")
        if self._seen is self._unseen:
            return self.tr("Looking…")
        return in_language(self._seen.reason) or self.tr("The sweep begins…")

    def current(self) -> SweepPanel | None:
        """Return the panel that is shown."""
        record, place = self._seen.record, self.panel.currentData()
        if record is None or not record.panels:
            return None
        return record.panels[min(int(place or 0), len(record.panels) - 1)]

    def _on_panel(self) -> None:
        self._hidden = set()
        self._draw()

    def _on_legend(self, hidden: set[str]) -> None:
        self._hidden = hidden
        if self.chart is not None:
            self.chart.set_hidden(hidden)

    def _draw(self) -> None:
        record, panel = self._seen.record, self.current()
        self.train.setEnabled(self.chosen_file() is not None)
        if record is None or panel is None:
            self._drawn = None
            self.model.show([])
            self.legend.fill([], set())
            if self.chart is not None:
                self.chart.forget()
            return
        figure = figure_of(record, panel)
        count = self.model.rowCount()
        scrolled = self.view.verticalScrollBar().value()
        self.model.show_values(columns_of(record, panel), rows_of(record, panel))
        self.view.verticalScrollBar().setValue(scrolled)
        if count != self.model.rowCount():
            self.view.fit_columns()
        self.legend.fill(figure.series, self._hidden)
        waits = self.tr("Nothing is chosen until every value is trained.")
        doubted = doubt(record.tolerance, self._seen.images) if panel.sentence else ""
        self.sentence.setText(
            f"{in_language(in_words(panel.sentence)) or waits} {doubted}".rstrip()
        )
        self.rule.setText(in_words(record.rule))
        if self.chart is not None and self._drawn != (panel, record.finished):
            self._drawn = panel, record.finished
            self.chart.show_figure(figure, panel_name(panel), self._hidden)

    def chosen_file(self) -> Path | None:
        """Return the configuration with the value that was chosen in this panel."""
        panel = self.current()
        if self._folder is None or panel is None or panel.chosen is None:
            return None
        own = f"chosen-{panel.arch}-{panel.penalty}.toml"  # Where there are several panels.
        name = own if own in self._seen.files else CHOSEN
        return self._folder / name if name in self._seen.files else None

    def _train(self) -> None:
        path = self.chosen_file()
        if path is not None:
            self.train_chosen.emit(path)
