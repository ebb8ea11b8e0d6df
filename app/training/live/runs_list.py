"""The training runs in a folder, in a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QPoint, Qt, QThreadPool, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.views import ReadOnlyView, fill_box, filter_box
from app.training.live.follow import Follower
from app.training.live.runs_model import Entry, RunsModel, entries_of
from app.training.live.words import plain_name
from softcam_core.errors import TrainingError
from softcam_core.training.runs import MODELS, Found, RunsFolder, remove_run
from softcam_core.training.sweep.plan import RUNS

SOON_MS = 1500
"""After a change in the folder, to see what had only begun then."""


class _View(ReadOnlyView):
    """A table in which Space and Enter tick the row."""

    toggled = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick the current row, or untick it."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.toggled.emit(self.currentIndex().row())
            event.accept()
        else:
            super().keyPressEvent(event)


class RunsList(QWidget):
    """The runs, the newest first; ticked ones are looked at together.

    A run that begins, or goes on, is ticked by itself in place of others that were.

    Signals:
        chosen: list of `RunRecord`: those that are ticked, living ones first, whenever they are
            others or have gone on.
        open_model: path of a model file that the user wants to see.
        resume: folder of a run that shall go on.
        removed: folder of a run that is no more.
        told: one sentence, why something was not done.
    """

    chosen = Signal(list)
    open_model = Signal(object)
    resume = Signal(object)
    removed = Signal(object)
    told = Signal(str)
    _gone = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setObjectName("trainingRuns")
        self.setAccessibleName(self.tr("Training runs"))
        self._folder: Path | None = None
        self._alive: set[Path] = set()
        self._by_itself: set[Path] = set()
        self._emitted: list[object] | None = None
        self.model = RunsModel(self.palette)
        self.where = filter_box("runsWhere", self.tr("Runs of which sweep"), 16)
        self.view = _View(self.model, "runsTable", self.tr("Training runs, a row for each"))
        self.view.let_sort()
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.empty = QLabel()
        self.empty.setObjectName("runsEmpty")
        self.empty.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.view)
        self.open = self._button("runsOpen", self.tr("&Open in viewer"), None)
        self.open.setMenu(QMenu(self.open))
        self.go_on = self._button("runsResume", self.tr("Res&ume"), self._resume)
        self.show_folder = self._button("runsFolder", self.tr("Show &folder"), self._show_folder)
        self.remove = self._button("runsRemove", self.tr("&Remove…"), self._ask_to_remove)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.open, self.go_on, self.show_folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.where)
        layout.addWidget(self.pages, 1)
        layout.addLayout(buttons)
        self.where.hide()
        self._follower = Follower(self, whole_window=True)
        self._follower.found.connect(self._on_found)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._follower.ask)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)
        self.model.ticked.connect(self._on_ticked)
        self.view.toggled.connect(self._toggle)
        self.view.selectionModel().currentRowChanged.connect(self._set_buttons)
        self.view.customContextMenuRequested.connect(self._show_menu)
        self.where.activated.connect(self._look)
        self._gone.connect(self._on_gone)
        self._show(Found())

    def _button(self, name: str, text: str, act: Callable[[], None] | None) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", "").rstrip("…"))
        button.setAutoDefault(False)
        if act is not None:
            button.clicked.connect(lambda: act())
        return button

    # Looking

    def fill(self, folder: Path | None) -> None:
        """List the runs of a folder, which need not exist; None lists nothing.

        The same folder again looks for changes at once, and keeps ticks and place.
        """
        if folder == self._folder:
            self._follower.ask()
            return
        self._folder = folder
        self._offer_sweeps(())
        self._look()

    def look(self) -> None:
        """Look for what has changed, at once."""
        self._follower.ask()

    def _look(self) -> None:
        """List the runs of the study, or those of the sweep that is chosen."""
        self._alive, self._by_itself, self.model.ticks = set(), set(), set()
        self._show(Found())
        folder, inside = self._folder, self._inside()
        if folder is None:
            self._follower.look_with(None)
            return
        of_study, of_sweep = RunsFolder(folder), RunsFolder(inside) if inside else None

        def look() -> tuple[Found, Found]:
            found = of_study.look()
            return found, of_sweep.look() if of_sweep else found

        self._follower.look_with(lambda: look())
        self._watch(inside or folder)

    def _inside(self) -> Path | None:
        """Return the folder of the sweep's runs that are listed; None for those of the study."""
        chosen = self.where.currentData()
        return Path(chosen) if chosen else None

    def _watch(self, folder: Path) -> None:
        """Hear of new runs; of a folder that is not there, its nearest parent tells."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        there = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
        if there is not None:
            self._watcher.addPath(str(there))

    def _on_changed(self) -> None:
        self._follower.ask()
        self._soon.start()
        if self._folder is not None:
            self._watch(self._inside() or self._folder)

    def _on_found(self, seen: tuple[Found, Found]) -> None:
        study, found = seen
        self._offer_sweeps(study.sweeps)
        self._follower.go_on(study.goes_on or found.goes_on)
        self._show(found)

    def _show(self, found: Found) -> None:
        alive = {run.folder for run in found.runs if run.alive}
        begun, self._alive = alive - self._alive, alive
        here = {run.folder for run in found.runs}
        ticks = self.model.ticks & here
        if begun:
            ticks = (ticks - self._by_itself) | begun
            self._by_itself = begun
        elif found.runs and not self.model.rows:
            self._by_itself = {found.runs[0].folder}
            ticks = set(self._by_itself)
        self.model.ticks = ticks
        current, scrolled = self.current(), self.view.verticalScrollBar().value()
        count = len(self.model.rows)
        self.model.update_rows(entries_of(found))
        if count != len(self.model.rows):
            self.view.fit_columns()
        self._select(current.folder if current is not None else None)
        self.view.verticalScrollBar().setValue(scrolled)
        self.empty.setText(
            self.tr("No model was trained in this study yet.")
            if self._folder is not None
            else self.tr("Open a study to see its training runs.")
        )
        self.pages.setCurrentWidget(self.view if self.model.rows else self.empty)
        self._set_buttons()
        self._emit()

    def _offer_sweeps(self, sweeps: tuple[Path, ...]) -> None:
        wanted = ["", *(str(folder / RUNS) for folder in sweeps)]
        if wanted == [self.where.itemData(n) for n in range(self.where.count())]:
            return
        names = (self.tr("Sweep {0}").format(plain_name(one.name)) for one in sweeps)
        fill_box(self.where, list(zip(wanted, [self.tr("Single runs"), *names], strict=True)))
        self.where.setVisible(bool(sweeps))

    def _select(self, folder: Path | None) -> None:
        places = [entry.folder for entry in self.model.rows]
        row = places.index(folder) if folder in places else 0
        if places and self.view.currentIndex().row() != row:
            self.view.setCurrentIndex(self.model.index(row, 0))

    # Ticking

    def _toggle(self, row: int) -> None:
        entry = self.model.rows[row]
        if entry.run is not None:
            self.model.tick(entry.folder, entry.folder not in self.model.ticks)

    def _on_ticked(self) -> None:
        self._by_itself = set()
        self._emit()

    def _emit(self) -> None:
        """Say which runs are ticked, where they are others or say more than before."""
        runs = [entry.run for entry in self.model.rows if entry.run is not None]
        ticked = [run for run in runs if run.folder in self.model.ticks]
        ticked.sort(key=lambda run: not run.alive)
        told: list[object] = [(run.folder, run.alive, len(run.rows)) for run in ticked]
        if told != self._emitted:
            self._emitted = told
            self.chosen.emit(ticked)

    # What can be done with a run

    def current(self) -> Entry | None:
        """Return the row that is selected."""
        row = self.view.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _set_buttons(self) -> None:
        entry = self.current()
        models = entry.run.models() if entry is not None and entry.run is not None else []
        self.open.menu().clear()
        for path in models:
            self._offer_model(self.open.menu(), path)
        self.open.setEnabled(bool(models))
        self.go_on.setEnabled(entry is not None and entry.can_go_on)
        self.show_folder.setEnabled(entry is not None)
        self.remove.setEnabled(entry is not None and not entry.alive)
        self.remove.setToolTip(
            self.tr("It is being trained; pause it first.")
            if entry is not None and entry.alive
            else self.tr("Delete this run and its models from the disk")
        )

    def _offer_model(self, menu: QMenu, path: Path) -> None:
        titles = (
            self.tr("Model of the best &accuracy"),
            self.tr("Model of the best A&UC"),
            self.tr("Model of the best &kappa"),
        )
        action = menu.addAction(dict(zip(MODELS, titles, strict=True))[path.name])
        action.triggered.connect(lambda: self.open_model.emit(path))

    def menu_of_row(self) -> QMenu:
        """Return a menu of what can be done with the run that is selected."""
        menu = QMenu(self)
        menu.setObjectName("runsMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.open.menu().actions())
        menu.addSeparator()
        for button in (self.go_on, self.show_folder, self.remove):
            action = menu.addAction(button.text(), button.click)
            action.setEnabled(button.isEnabled())
        return menu

    def _show_menu(self, at: QPoint) -> None:
        if self.view.indexAt(at).isValid():
            self.menu_of_row().popup(self.view.viewport().mapToGlobal(at))

    def _resume(self) -> None:
        entry = self.current()
        if entry is not None:
            self.resume.emit(entry.folder)

    def _show_folder(self) -> None:
        entry = self.current()
        if entry is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(entry.folder)))

    def _ask_to_remove(self) -> None:
        entry = self.current()
        if entry is None:
            return
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        question = self.tr("Delete the run {0} and its models from the disk?").format(entry.name)
        if QMessageBox.question(self, self.tr("Remove run"), question, yes | no, no) == yes:
            QThreadPool.globalInstance().start(lambda: self._remove(entry.folder))

    def _remove(self, folder: Path) -> None:
        """Remove a run, on another thread."""
        try:
            remove_run(folder)
        except TrainingError as error:
            self._gone.emit(folder, str(error))
        else:
            self._gone.emit(folder, "")

    def _on_gone(self, folder: Path, reason: str) -> None:
        if reason:
            self.told.emit(reason)
        else:
            self.removed.emit(folder)
        self._follower.ask()
