"""The evaluations of a study that are on disk, in a box."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.jobs.asked import Asked
from app.jobs.evaluate import runs_in
from softcam_core.annotations.location import user_data_dir


@dataclass(frozen=True)
class Earlier:
    """An evaluation on disk.

    Attributes:
        asked: what was measured.
        finished: whether it has results.
    """

    asked: Asked
    finished: bool


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
        found: number of the question, and (what was asked for, has results) of each evaluation.
    """

    found = Signal(int, list)

    def ask(self, number: int, folder: Path) -> None:
        """Look into a folder."""
        QThreadPool.globalInstance().start(lambda: self.found.emit(number, runs_in(folder)))


class RunsBox(QWidget):
    """The evaluations by date, the latest first.

    Signals:
        chosen: the user wants to see another one, an `Earlier`.
        listed: there are others, or they are finished now.
    """

    chosen = Signal(object)
    listed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.earlier: list[Earlier] = []
        self._asked = 0
        self._wanted: Path | None = None
        self.box = QComboBox()
        self.box.setObjectName("evaluationRuns")
        self.box.setAccessibleName(self.tr("Evaluations of this study"))
        fixed = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.box.setSizeAdjustPolicy(fixed)
        title = QLabel(self.tr("&Run"))
        title.setProperty("role", "secondary")
        title.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(title)
        row.addWidget(self.box, 1)
        self._lister = _Lister(self)
        self._lister.found.connect(self._on_found)
        self.box.activated.connect(lambda: self.chosen.emit(self.current()))

    def current(self) -> Earlier | None:
        """Return the evaluation that the box shows."""
        folder = self.box.currentData()
        return next((one for one in self.earlier if one.asked.folder == folder), None)

    def look(self, study: Path | None, wanted: Path | None) -> None:
        """List a study's evaluations, and show the one in the folder ``wanted``."""
        self._asked += 1
        self._wanted = wanted
        if study is None:
            self._on_found(self._asked, [])
        else:
            self._lister.ask(self._asked, folder_of(study))

    def _on_found(self, number: int, found: list[tuple[Asked, bool]]) -> None:
        if number != self._asked:
            return
        self.earlier = [Earlier(asked, finished) for asked, finished in found]
        folders = [one.asked.folder for one in self.earlier]
        self.box.clear()
        for one in self.earlier:
            self.box.addItem(self._title(one), one.asked.folder)
        self.box.setCurrentIndex(folders.index(self._wanted) if self._wanted in folders else -1)
        self.box.setPlaceholderText(self.tr("Choose one") if found else self.tr("None yet"))
        self.listed.emit()

    def _title(self, earlier: Earlier) -> str:
        asked = earlier.asked
        day, _, clock = asked.folder.name.partition("_")
        parts = [f"{day} {clock.replace('-', ':')}"]
        if not earlier.finished:
            parts.append(self.tr("not finished"))
        parts += [self.tr("{0} cases").format(len(asked.cases)), ", ".join(asked.titles)]
        return " · ".join(parts)
