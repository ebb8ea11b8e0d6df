"""The main window: panes, docks, menus and status bar around one state."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from app import session
from app.annotate.annotator import Annotator
from app.commands import Commands
from app.compare.grid import CompareGrid
from app.controller import Controller
from app.crash_bar import CrashBar
from app.dock_sizes import DockSizes
from app.docks import Docks
from app.evidence.hold_to_hide import Hold
from app.frame import Frame
from app.jobs.client import JobClient
from app.keeping import Keeping
from app.language import chosen as chosen_language
from app.last_run import Run
from app.look import Look
from app.menus import Actions
from app.message_bar import MessageBar, Tone
from app.presenting import Presenting
from app.presets import PRESETS, Presets
from app.readers.room import Readers
from app.safety.keeper import Keeper
from app.settings import Settings
from app.state import ViewerState
from app.status_bar import StatusBar
from app.texts import hidden_notice, loading_text
from app.tour.overlay import Tour
from app.window_menus import WindowMenus
from softcam_core.paths import exists, is_folder

MODEL_SUFFIX = ".safetensors"
STUDY_SUFFIX = ".softcam"
DEFAULT_SIZE = QSize(1440, 900)
FRAME = QSize(8, 40)
"""What a window manager may add around a window."""
LATEST_START_MS = 1500
"""The child process starts after the first image, or this long after the window is on screen."""


class MainWindow(Frame):
    """Everything a reader sees, around one `ViewerState`."""

    def __init__(self, settings: Settings) -> None:
        """Build the window; nothing is open yet."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.settings = settings
        self.state = ViewerState()
        self.jobs = JobClient(self)
        self.controller = Controller(self.state, self.jobs, self)
        self.annotator = Annotator(self.state, self)
        self.keeper = Keeper(self.state, self.annotator, self.controller, self)
        self.look = Look(settings, self)
        self._build_centre()
        self.presenting: Presenting | None = None
        self.docks = Docks(self, self.state, self.annotator, self.jobs, self.look.colours)
        self.worklist = self.docks.worklist
        self.grid.tools.sketch_changed.connect(self.docks.ledger.follow)
        self._build_actions()
        DockSizes(self)
        self._connect()
        self.resize(DEFAULT_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self._keeping = Keeping(self)
        self._started = False
        self.tour: Tour | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._start_behind)
        self.menus.draw_icons()
        self._show_title()

    # Building

    def _build_centre(self) -> None:
        self.grid = CompareGrid(self.state, self.annotator)
        hide, show = partial(self.grid.set_hidden, True), partial(self.grid.set_hidden, False)
        self._hold = Hold(self, hide, show)
        centre = QWidget()
        centre.setObjectName("centre")
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        self.readers = Readers(self, self.state, self.annotator, self.grid, self.settings)
        layout.addWidget(self.readers.bars)
        layout.addWidget(self.grid, 1)
        self._centre = layout
        self.messages = MessageBar(self.grid)
        self.setCentralWidget(centre)
        self.status = StatusBar(self.state, self.grid, self.annotator)
        self.setStatusBar(self.status)

    def _speaking(self) -> list[QWidget]:
        """Return the panels in which models speak of the case in view."""
        docks, room = self.docks, self.presenting
        panels: list[QWidget] = [docks.classes, docks.ledger, docks.metrics]
        return panels if room is None else [*panels, room]

    def _build_actions(self) -> None:
        self.commands = Commands(self)
        self.actions_table = Actions(self, self.commands.slot, self.settings)
        self.menus = WindowMenus(self, self.actions_table)
        # Keys work where the menu bar is not to be seen as well.
        for spec in self.actions_table.table:
            self.addAction(self.actions_table[spec.id])
        self.lasts = partial(self.actions_table.pressed, "hide_while_held")
        self.lets_go = self.commands.forget_lasso
        self.presets = Presets(self)
        for number in range(1, 10):
            shortcut = QShortcut(str(number), self)
            shortcut.activated.connect(lambda n=number: self._choose_number(n))
        self.readers.count([*self.actions(), *self.findChildren(QShortcut)])

    def _connect(self) -> None:
        state = self.state
        self.look.changed.connect(self._show_look)
        self.presets.changed.connect(self._check_actions)
        self.dropped.connect(self.open_paths)
        self.held.connect(self._hold.begin)
        self.filled.connect(self.actions_table["full_screen"].setChecked)
        self.worklist.case_chosen.connect(self.controller.select_case)
        state.message.connect(lambda sentence: self.tell(sentence))
        state.noted.connect(lambda sentence: self.tell(sentence, "note"))
        state.succeeded.connect(lambda sentence: self.tell(sentence, "good"))
        state.case_changed.connect(self.messages.move_on)
        state.case_changed.connect(self._show_title)
        state.study_changed.connect(self._show_title)
        for signal in (
            state.overlay_changed,
            state.tool_changed,
            state.panes_changed,
            state.link_changed,
            state.study_changed,
            state.annotations_changed,
            state.selection_changed,
            self.annotator.undo_changed,
        ):
            signal.connect(self._check_actions)
        self.annotator.failed.connect(lambda sentence: self.tell(sentence))
        self.annotator.writer.failed.connect(lambda sentence: self.tell(sentence, stays=True))
        self.docks.details.left.connect(lambda: self.grid.panes[0].canvas.setFocus())
        self.grid.menu_asked.connect(self.docks.annotations.show_menu)
        self.readers.attach(self.docks.metrics, self.actions_table["next_after_lock"])
        self.readers.reading.locked.connect(self.commands.after_lock)
        self.readers.watch(self.worklist, self._speaking)
        self.status.evaluation.clicked.connect(self.commands.evaluate)
        self.status.training.clicked.connect(self.commands.train)
        self.readers.reading.changed.connect(self._check_actions)
        self._check_actions()

    # Opening

    def open_paths(self, paths: list[Path], study: Path | None = None) -> None:
        """Open images, folders, studies and models, whatever was dropped or named.

        ``study`` takes the images in; default the one that belongs to their folder.
        """
        models = [p for p in paths if p.suffix.lower() == MODEL_SUFFIX]
        studies = [p for p in paths if p.suffix.lower() == STUDY_SUFFIX]
        images = [p for p in paths if p not in models and p not in studies]
        if studies:
            self.open_study(studies[0])
        elif images:
            self.controller.open_paths(images, study)
            self._remember(images[0])
        for model in models:
            self.open_model(model)

    def open_study(self, path: Path) -> None:
        """Open a study file."""
        self.controller.open_study(path)
        self._remember(path)

    def open_recent(self, path: Path) -> None:
        """Open a folder, image or study that was open before."""
        if exists(path):
            self.open_paths([path])
        else:
            self.tell(self.tr("{0} is no longer there.").format(path))

    def open_model(self, path: Path) -> None:
        """Open a model beside those that are open."""
        self.controller.open_model(path)
        self.settings.add_recent("recent/models", path.resolve())
        self.settings.set("last/model_folder", path.resolve().parent)

    def open_demo(self, study: Path | None = None) -> None:
        """Open the bundled demo study and its models."""
        self.controller.open_demo(study)

    def _remember(self, path: Path) -> None:
        path = path.resolve()
        self.settings.add_recent("recent/paths", path)
        self.settings.set("last/folder", path if is_folder(path) else path.parent)

    # Showing

    def tell(self, sentence: str, tone: Tone = "warning", *, stays: bool = False) -> None:
        """Show one sentence over the panes, or before a room above them."""
        if self.presenting is not None:
            self.presenting.say(sentence)
            return
        self.messages.set_top(self.grid.panes[0].canvas.y())
        self.messages.show_sentence(sentence, tone, stays=stays)

    def present(self) -> None:
        """Show the panes alone on the whole screen; the second time, return to what was before."""
        if self.presenting is not None:
            self.presenting.end()
            return
        if self.state.adjudicating is not None:
            self.tell(self.tr("Presenting waits until the adjudication is ended."), "note")
            return
        self.presenting = Presenting(self)
        self.presenting.ended.connect(self._end_presenting)
        self.presenting.start()

    def _end_presenting(self) -> None:
        self.presenting = None
        self._check_actions()

    def take_grid_back(self) -> None:
        """Put the panes into their place again."""
        self._centre.addWidget(self.grid, 1)

    def take_tour(self) -> None:
        """Show what is where."""
        if self.tour is None:
            self.tour = Tour(self)
            self.tour.ended.connect(self._end_tour)
            self.tour.start()

    def tour_when_ready(self) -> None:
        """Begin the tour at the first start, once there is an image to show; wait for nothing."""
        if self.state.painted:
            self.take_tour()
        else:
            once = Qt.ConnectionType.SingleShotConnection
            self.grid.painted.connect(self.take_tour, once)

    def _end_tour(self) -> None:
        self.tour = None

    def offer_log(self, run: Run) -> None:
        """Offer to show what an earlier run left in the log."""
        bar = CrashBar(run, self)
        self._centre.insertWidget(0, bar)
        bar.show()

    def show_dock(self, name: str) -> None:
        """Bring a dock to the front."""
        self.docks.bring_up(name)

    def show_model_card(self) -> None:
        """Show the predicting model's card in full."""
        if self.state.predicting_model() is None:
            hidden = self.state.model_hidden()
            none = self.tr("No model is open; choose Models > Open model.")
            none = loading_text() if self.state.models_loading else none
            self.tell(hidden_notice() if hidden else none)
        else:
            self.docks.card.show_dialog()

    def _show_look(self) -> None:
        self.worklist.set_colours(self.look.colours)
        self.menus.draw_icons()
        self._check_actions()

    def _show_title(self) -> None:
        case = self.state.case
        study = self.state.study
        # A study in the user's own folder has the name of its image folder and a checksum.
        kept = re.sub(r"-[0-9a-f]{12}$", "", study.path.stem) if study else ""
        names = [case.name if case else "", kept, "SoftCAM Viewer"]
        self.setWindowTitle(" – ".join(name for name in names if name))

    def _check_actions(self) -> None:
        actions, state = self.actions_table, self.state
        for action_id, on in self.commands.overlay_checks().items():
            actions[action_id].setChecked(on)
        actions["link_panes"].setChecked(state.linked)
        actions["slow_at_once"].setChecked(state.slow_at_once)
        actions[f"theme_{self.look.theme}"].setChecked(True)
        actions[f"language_{chosen_language(self.settings)}"].setChecked(True)
        if f"tool_{state.tool}" in actions:
            actions[f"tool_{state.tool}"].setChecked(True)
        if f"panes_{len(state.panes)}" in actions:
            actions[f"panes_{len(state.panes)}"].setChecked(True)
        actions["lock_read"].setEnabled(self.readers.reading.can_lock)
        actions["read_again"].setEnabled(self.readers.reading.can_read_again)
        for name in PRESETS:
            actions[f"preset_{name}"].setChecked(name == self.presets.current)
        actions["own_arrangement"].setEnabled(bool(self.presets.current))
        actions["delete"].setEnabled(state.selected is not None)
        actions["undo"].setEnabled(self.annotator.steps.stack.canUndo())
        actions["redo"].setEnabled(self.annotator.steps.stack.canRedo())

    def _choose_number(self, number: int) -> None:
        state = self.state
        # Without a map in view a class is nothing that a key could show.
        classes = state.overlay.visible and state.predicting_model() is not None
        if state.tool == "select" and state.selection:
            self.docks.labels.relabel(self.annotator, number)
        elif state.tool in ("pan", "select", "lasso") and classes:
            self.docks.classes.choose(number)
        else:
            self.docks.labels.choose(number)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Start what may wait until the first image is on screen."""
        super().showEvent(event)
        if not self._started:
            self._started = True
            # The first key is a tool's, not a letter of a search.
            self.grid.panes[0].canvas.setFocus()
            if self.settings.blob("window/layout") is None:
                self.docks.arrange()
            self.grid.painted.connect(self._start_behind, Qt.ConnectionType.SingleShotConnection)
            self._late.start(LATEST_START_MS)

    def _start_behind(self) -> None:
        self._late.stop()
        self.jobs.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the layout and end the work behind the window."""
        self._put_away()
        self.annotator.retry_elsewhere()
        if self.annotator.unsaved and not self._may_lose():
            event.ignore()
            return
        if self.presenting is not None:
            self.presenting.end()
        self._keeping.stop()
        self._late.stop()
        session.save(self)
        self.worklist.stop()
        self.commands.end_evaluation()
        self.commands.end_training()
        self.controller.shutdown()
        super().closeEvent(event)

    def _put_away(self) -> None:
        """Store what is in work; an outline that nobody closed says so in its note."""
        before = {draft.id for draft in self.annotator.records()}
        left_open = self.grid.tools.outline_open
        self.grid.tools.finish()
        if left_open:
            new = [draft.id for draft in self.annotator.records() if draft.id not in before]
            note = self.tr("Not closed by hand: finished when the program was closed.")
            self.annotator.set_attributes(new, note=note)

    def _may_lose(self) -> bool:
        """Ask before closing with edits that the study could not take."""
        answer = QMessageBox.warning(
            self,
            self.tr("Not saved yet"),
            self.tr("{0} edits could not be written to the study. Close and lose them?").format(
                self.annotator.unsaved
            ),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard
