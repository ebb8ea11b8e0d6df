"""Training runs as the rows of a table, each with a tick."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette

from app.language import in_language
from app.tables import Column, Index, Table
from app.texts import NO_VALUE, time_left
from app.training.live.words import STANDING, duration, names_of, number, plain_name, tr
from softcam_core.training.runs import Damaged, Found, RunRecord, validation_counts

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True)
class Entry:
    """A row: a run, or a folder that cannot be read."""

    folder: Path
    name: str
    run: RunRecord | None = None
    reason: str = ""

    @property
    def alive(self) -> bool:
        """Whether a program is working on it now."""
        return self.run is not None and self.run.alive

    @property
    def can_go_on(self) -> bool:
        """Whether it was left before its end."""
        run = self.run
        return run is not None and run.standing in ("paused", "interrupted", "failed")

    def value(self, key: str) -> float:
        """Return a metric: accuracy of the best model, the best of the others; NaN for none."""
        row = self.run.best("" if key == "val_accuracy" else key) if self.run else None
        return row.get(key, math.nan) if row else math.nan


def entries_of(found: Found) -> list[Entry]:
    """Return the rows for what lies in a folder: runs first."""
    names = names_of(found.runs)
    runs = [Entry(run.folder, name, run) for run, name in zip(found.runs, names, strict=True)]
    return runs + [_damaged(one) for one in found.damaged]


def _damaged(one: Damaged) -> Entry:
    return Entry(one.folder, plain_name(one.folder.name), None, one.reason)


def _kind(entry: Entry) -> str:
    if entry.run is None:
        return NO_VALUE
    loss = entry.run.config.loss
    return " ".join((tr(entry.run.kind), *(f"{value:g}" for value in (loss.l1, loss.l2) if value)))


def _network(entry: Entry) -> str:
    return entry.run.config.model.arch if entry.run else NO_VALUE


def standing(entry: Entry) -> str:
    """Return in a word how a run stands."""
    return tr(STANDING[entry.run.standing]) if entry.run else tr("damaged")


def _epochs(entry: Entry) -> str:
    if entry.run is None:
        return NO_VALUE
    return tr("{0} of {1}").format(_done(entry), entry.run.status.epochs)


def _done(entry: Entry) -> int:
    return len(entry.run.rows) if entry.run else 0


def _started(entry: Entry) -> float:
    return entry.run.started if entry.run and entry.run.started else math.nan


def _when(entry: Entry) -> str:
    seconds = _started(entry)
    if math.isnan(seconds):
        return NO_VALUE
    when = datetime.fromtimestamp(seconds)
    return f"{when:%m-%d %H:%M}" if when.year == datetime.now().year else f"{when:%Y-%m-%d}"


def _seconds(entry: Entry) -> float:
    return entry.run.seconds if entry.run and entry.run.seconds else math.nan


def _metric(head: str, key: str, tip: str) -> Column[Entry]:
    return Column(head, lambda e: number(e.value(key)), lambda e: e.value(key), True, tip)


COLUMNS: tuple[Column[Entry], ...] = (
    Column("Run", lambda e: e.name, lambda e: e.name, tip="Ticked runs are drawn and compared."),
    Column("State", standing, standing),
    Column("Epochs", _epochs, _done, True, "Finished ones, of those asked for."),
    Column("Kind", _kind, _kind, tip="And the weights of its penalties."),
    _metric("Val. accuracy", "val_accuracy", "On the validation set, of the most accurate model."),
    _metric("Val. AUC", "val_auc", "On the validation set, the highest of all epochs."),
    _metric("Val. kappa", "val_kappa", "Quadratic, on the validation set, highest of all epochs."),
    Column("Network", _network, _network),
    Column("Started", _when, _started, True),
    Column("Took", lambda e: duration(_seconds(e)), _seconds, True, "Time of all finished epochs."),
)


def of_images(images: int) -> str:
    """Return of how many validation images a figure is, and what one of them weighs."""
    if not images:
        return tr("On the validation set.")
    text = tr("On {0} validation images: one of them is {1} of the accuracy.")
    return text.format(images, number(1 / images))


class RunsModel(Table[Entry]):
    """The runs of a folder.

    Signals:
        ticked: other runs are ticked.
    """

    ticked = Signal()

    def __init__(self, palette: Callable[[], QPalette]) -> None:
        """Start empty; ``palette`` gives the colour that damaged runs are written in."""
        super().__init__(COLUMNS, tr)
        self._palette = palette
        self.ticks: set[Path] = set()

    def update_rows(self, entries: Sequence[Entry]) -> None:
        """Show other rows; where they are the same runs, only their cells change."""
        before = [entry.folder for entry in self.rows]
        self._all = list(entries)
        rows = self.arranged()
        if [entry.folder for entry in rows] != before:
            self.arrange()
            return
        changed = [n for n, entry in enumerate(rows) if entry != self.rows[n]]
        self.rows = rows
        for n in changed:
            self.dataChanged.emit(self.index(n, 0), self.index(n, len(COLUMNS) - 1))

    def tip(self, row: Entry, column: Column[Entry]) -> str | None:
        """Say why a run ended, or how long it will take."""
        if row.run is None:
            return in_language(row.reason)
        if column.head.startswith("Val."):
            return of_images(sum(validation_counts(row.run.folder).values()))
        status = row.run.status
        if row.alive and status.seconds_left is not None:
            return f"{row.run.name}\n{time_left(status.seconds_left)}"
        return f"{row.run.name}\n{in_language(status.reason)}".rstrip()

    def colour(self, row: Entry) -> Any:
        """Write what cannot be read in the colour of what stands behind."""
        return self._palette().placeholderText() if row.run is None else None

    def comes_last(self, row: Entry) -> bool:
        """Keep what cannot be read below the runs."""
        return row.run is None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first cell of a run be ticked."""
        flags = super().flags(index)
        tickable = index.isValid() and not index.column() and self.rows[index.row()].run
        return flags | Qt.ItemFlag.ItemIsUserCheckable if tickable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and not index.column():
            entry = self.rows[index.row()]
            if entry.run is None:
                return None
            return CHECKED if entry.folder in self.ticks else UNCHECKED
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a run, or untick it."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick(self.rows[index.row()].folder, Qt.CheckState(value) == CHECKED)
        return True

    def tick(self, folder: Path, on: bool) -> None:
        """Tick the run in a folder, or untick it."""
        (self.ticks.add if on else self.ticks.discard)(folder)
        for n, entry in enumerate(self.rows):
            if entry.folder == folder:
                self.dataChanged.emit(self.index(n, 0), self.index(n, 0))
        self.ticked.emit()
