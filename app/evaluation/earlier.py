"""The evaluations of a study that are on disk, in a box."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.words import method_word, metric_word, tr
from app.jobs.asked import Asked
from app.jobs.runs import Earlier, discard, let_go, runs_in
from app.state import ADJUDICATED
from app.texts import whose_name
from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.annotations.location import user_data_dir
from softcam_core.evaluation.plan import LABEL, PREDICTED

PATIENCE = 5.0
"""Seconds after which a child that was stopped is gone."""
FEW = 3
"""Metrics that one line names."""


def folder_of(study: Path) -> Path:
    """Return where the evaluations of a study lie, in the user's data folder."""
    path = str(study.absolute()).encode("utf-8", "surrogateescape")
    return (
        user_data_dir()
        / "evaluations"
        / f"{study.stem[:40]}-{hashlib.sha256(path).hexdigest()[:12]}"
    )


class _Lister(QObject):
    """Looks into folders beside the window.

    Signals:
        found: number of the question, and the evaluations.
        kept: one sentence: why an evaluation was not removed.
    """

    found = Signal(int, list)
    kept = Signal(str)

    def ask(self, number: int, folder: Path, ended: Path | None, removed: Path | None) -> None:
        """Look into a folder; see `RunsBox.look`."""
        QThreadPool.globalInstance().start(lambda: self._look(number, folder, ended, removed))

    def _look(self, number: int, folder: Path, ended: Path | None, removed: Path | None) -> None:
        if ended is not None:
            let_go(ended, PATIENCE)
        if removed is not None and not discard(removed):
            self.kept.emit(
                self.tr("The run stays: another window is measuring it, or the disk refused.")
            )
        self.found.emit(number, runs_in(folder))


class RunsBox(QWidget):
    """The evaluations by date, the latest first, and what the chosen one measured.

    Signals:
        chosen: the user wants to see another one, an `Earlier`.
        removing: the user has said that one shall be removed, an `Earlier`.
        listed: there are others, or they are finished now.
        kept: one sentence: why one was not removed.
    """

    chosen = Signal(object)
    removing = Signal(object)
    listed = Signal()
    kept = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.earlier: list[Earlier] = []
        self._all: list[Earlier] = []
        self.may_list: Callable[[Asked], bool] = lambda _asked: True
        self._asked = 0
        self._wanted: Path | None = None
        self.box = QComboBox()
        self.box.setObjectName("evaluationRuns")
        self.box.setAccessibleName(self.tr("Evaluations of this study"))
        fixed = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.box.setSizeAdjustPolicy(fixed)
        self.remove = QPushButton(self.tr("Remove…"))
        self.remove.setObjectName("evaluationRemove")
        self.remove.setAutoDefault(False)
        self.remove.setToolTip(self.tr("Delete this run from the disk"))
        title = QLabel(self.tr("&Run"))
        title.setProperty("role", "secondary")
        title.setBuddy(self.box)
        self.measured = QLabel()
        self.measured.setObjectName("evaluationMeasured")
        self.measured.setProperty("role", "secondary")
        self.measured.setMinimumWidth(1)
        self.measured.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.box, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.measured)
        self._lister = _Lister(self)
        self._lister.found.connect(self._on_found)
        self._lister.kept.connect(self.kept)
        self.box.activated.connect(lambda: self.chosen.emit(self.current()))
        self.box.currentIndexChanged.connect(self._show_measured)
        self.remove.clicked.connect(self._ask_to_remove)

    def current(self) -> Earlier | None:
        """Return the evaluation that the box shows."""
        folder = self.box.currentData()
        return next((one for one in self.earlier if one.asked.folder == folder), None)

    def look(
        self,
        study: Path | None,
        wanted: Path | None,
        ended: Path | None = None,
        removed: Path | None = None,
    ) -> None:
        """List a study's evaluations, and show the one in the folder ``wanted``.

        ``ended``: of one that was stopped just now: gone if it has measured no image yet.
        ``removed``: of one that the user wants no more.
        """
        self._asked += 1
        self._wanted = wanted
        folder = folder_of(study) if study is not None else None
        if folder is not None:
            self._lister.ask(self._asked, folder, ended, removed)
            return
        if ended is not None:
            self._lister.ask(-1, ended, ended, None)
        self._on_found(self._asked, [])

    def _ask_to_remove(self) -> None:
        earlier = self.current()
        if earlier is None:
            return
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        question = self.tr("Delete the run {0} and its report from the disk?").format(
            self.box.currentText()
        )
        if QMessageBox.question(self, self.tr("Remove run"), question, yes | no, no) == yes:
            self.removing.emit(earlier)

    def _on_found(self, number: int, found: list[Earlier]) -> None:
        if number != self._asked:
            return
        self._all = found
        self.show_allowed()

    def show_allowed(self) -> None:
        """List the evaluations that the reader at work may know of."""
        found = self.earlier = [one for one in self._all if self.may_list(one.asked)]
        folders = [one.asked.folder for one in self.earlier]
        self.box.clear()
        for one in self.earlier:
            self.box.addItem(self._title(one), one.asked.folder)
        self.box.setCurrentIndex(folders.index(self._wanted) if self._wanted in folders else -1)
        self.box.setPlaceholderText(self.tr("Choose one") if found else self.tr("None yet"))
        self._show_measured()
        self.listed.emit()

    def _title(self, earlier: Earlier) -> str:
        asked = earlier.asked
        day, _, clock = asked.folder.name.partition("_")
        parts = [f"{day} {clock.replace('-', ':')}"]
        if earlier.busy:
            parts.append(self.tr("under way"))
        elif not earlier.finished:
            parts.append(self.tr("not finished"))
        cases = len(asked.cases)
        counted = self.tr("1 case") if cases == 1 else self.tr("{0} cases").format(cases)
        parts += [counted, ", ".join(asked.titles)]
        return " · ".join(parts)

    def _show_measured(self) -> None:
        earlier = self.current()
        self.measured.setText(measured(earlier.asked) if earlier is not None else "")
        self.measured.setToolTip(measured(earlier.asked, every=True) if earlier is not None else "")


def measured(asked: Asked, every: bool = False) -> str:
    """Return in one line what an evaluation measured; ``every``: with the names of all metrics."""
    metrics = [metric_word(metric) for metric in asked.metrics]
    named = every or len(metrics) <= FEW
    explained = str(asked.options.get("explained", LABEL))
    known = {LABEL: tr("label, else predicted"), PREDICTED: tr("predicted")}
    many = asked.reader in (UNION, MAJORITY, ADJUDICATED)
    parts = (
        ", ".join(map(method_word, asked.methods)),
        ", ".join(metrics) if named else tr("{0} metrics").format(len(metrics)),
        tr("marks: {0}").format(whose_name(asked.reader, "") if many else asked.reader),
        tr("class: {0}").format(known.get(explained, explained)),
        tr("with chance") if asked.options.get("baselines", True) else tr("without chance"),
    )
    return " · ".join(parts)
