"""Everything about readers, put together for the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QDialog, QMainWindow, QMessageBox, QVBoxLayout, QWidget

from app.annotate.annotator import Annotator
from app.compare.grid import CompareGrid
from app.evidence.metrics_panel import MetricsPanel
from app.readers.adjudication import Adjudication
from app.readers.adjudication_bar import AdjudicationBar, AdjudicationDialog
from app.readers.audit import AuditExport
from app.readers.clock import ActiveClock
from app.readers.lock_question import LockQuestion
from app.readers.picker import IMPORTED, people
from app.readers.protocol_dialog import ProtocolDialog
from app.readers.read_bar import ReadBar
from app.readers.reading import Reading
from app.readers.truth_chooser import TruthChooser
from app.readers.witness import Witness, on_screen
from app.settings import Settings
from app.state import OPEN, ViewerState
from app.texts import cases_text
from app.worklist.panel import WorklistPanel
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.seen import AFTER_REVEAL
from softcam_core.errors import SoftcamError

NEXT_AFTER_LOCK = "reads/next_after_lock"


class Readers(QObject):
    """Picker, reads, protocol, truth, audit log and adjudication of one window."""

    def __init__(
        self,
        window: QMainWindow,
        state: ViewerState,
        annotator: Annotator,
        grid: CompareGrid,
        settings: Settings,
    ) -> None:
        """Make the bars; `attach` puts the rest in its places."""
        super().__init__(window)
        self._window = window
        self._state = state
        self._settings = settings
        self._person = state.reader
        self.clock = ActiveClock(self)
        self.reading = Reading(state, annotator, grid.tools.finish, self.clock, self)
        self.adjudication = Adjudication(state, annotator, grid.tools, self)
        self.lock_question = LockQuestion(window, state, settings)
        self.audit = AuditExport(state, self)
        self.audit.done.connect(state.succeeded)
        self.audit.failed.connect(state.message)
        self.witness = Witness(state, self)
        self.reading.failed.connect(state.message)
        self.bar = ReadBar(state, self.reading, self.lock, self.reading.read_again)
        self.adjudication_bar = AdjudicationBar(state, self.adjudication)
        self.bars = QWidget()
        self.bars.setObjectName("readBars")
        column = QVBoxLayout(self.bars)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self.adjudication_bar)
        state.study_changed.connect(self._bring_reader_back)
        state.reader_changed.connect(self._remember_reader)
        state.reader_changed.connect(self._take_first_label)
        window.installEventFilter(self)

    def attach(self, metrics: MetricsPanel, next_after_lock: QAction) -> None:
        """Put the chooser of marks into the metrics dock, and show the settings in the menu."""
        self.truth = TruthChooser(self._state)
        metrics.add_head(self.truth)
        next_after_lock.setChecked(self._settings.flag(NEXT_AFTER_LOCK, False))

    def watch(self, worklist: WorklistPanel, panels: Callable[[], Sequence[QWidget]]) -> None:
        """Take down what the list shows of models, and ``panels`` that speak of one case."""
        witness, rows = self.witness, worklist.view.viewport()
        witness.listed = lambda: worklist.listed() if on_screen(rows) else []
        witness.panels = panels
        for widget in (rows, *panels()):
            witness.watch(widget)

    def count(self, shortcuts: Iterable[QAction | QShortcut]) -> None:
        """Take keys that are shortcuts for signs of life: they never get to the window's handle."""
        for shortcut in shortcuts:
            used = shortcut.triggered if isinstance(shortcut, QAction) else shortcut.activated
            used.connect(self.clock.touch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen at the window's own handle, which it has once it is shown."""
        if event.type() == QEvent.Type.Show:
            handle = self._window.windowHandle()
            if handle is not None:
                handle.removeEventFilter(self.clock)
                handle.installEventFilter(self.clock)
        return super().eventFilter(watched, event)

    # The reader

    def _reader_key(self) -> str:
        study = self._state.study
        return f"reader/{study.id}" if study is not None else ""

    def _bring_reader_back(self) -> None:
        """Go on as the one who read this study last on this computer."""
        key = self._reader_key()
        if key:
            last = self._settings.text(key)
            if last in people(self._state):
                self._state.set_reader(last)

    def _remember_reader(self) -> None:
        key = self._reader_key()
        if self._state.reader == IMPORTED:
            return  # who comes back to the study draws as a person
        if key and self._state.adjudicating is None:
            self._settings.set(key, self._state.reader)
            # A program that is killed must come back as the same reader.
            self._settings.save()

    def _take_first_label(self) -> None:
        """Begin with the study's first label: the last reader's choice may tell what they saw."""
        state, person = self._state, self._person
        if state.study is None or state.adjudicating is not None or state.reader == person:
            return
        self._person = state.reader
        try:
            labels = state.study.labels()
        except SoftcamError:
            labels = []
        state.set_label(labels[0].name if labels else "")

    def choose_reader(self) -> None:
        """Open the list of readers where it always stands."""
        if self._state.study is None:
            self._state.message.emit(self.tr("No study is open; open a folder first."))
            return
        picker = self.bar.picker
        picker.menu().popup(picker.mapToGlobal(picker.rect().bottomLeft()))

    # The read

    def lock(self) -> bool:
        """Lock the read in view, after a question where one is due; return whether it was done."""
        if not self.reading.can_lock:
            self.reading.tell_given_up()
            return False
        if not self._means_it():
            return False
        hidden = self._state.model_hidden()
        done = self.reading.lock()
        if done and hidden and not self._state.model_hidden() and not self._state.overlay.visible:
            self._state.noted.emit(
                self.tr("The model is revealed; key E shows its evidence on the image.")
            )
        return done

    def _means_it(self) -> bool:
        """Ask what there is to ask before a lock, of all that is drawn."""
        self.reading.finish()
        mode = self.reading.mode
        if mode == AFTER_REVEAL:  # Another read of a study whose rules were explained.
            mode = self._state.sight.mode
        return self.lock_question.agreed(mode, self.reading.stage)

    def set_next_after_lock(self, on: bool) -> None:
        """Go on to the next unread case after a read was locked, or stay."""
        self._settings.set(NEXT_AFTER_LOCK, on)

    @property
    def next_after_lock(self) -> bool:
        """Whether the lock of a read leads to the next unread case."""
        return self._settings.flag(NEXT_AFTER_LOCK, False)

    # The study

    def change_protocol(self) -> None:
        """Ask how the study is read from now on."""
        study, present = self._state.study, self._state.sight.protocol
        if study is None:
            self._state.message.emit(self.tr("No study is open; open a folder first."))
            return
        try:
            begun = sum(read.locked is None for read in study.reads())
        except SoftcamError as error:
            self._state.message.emit(str(error))
            return
        present = present or Protocol()
        dialog = ProtocolDialog(present, begun, self._window)
        wanted = dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else present
        if wanted != present and self._may_change(wanted):
            self.set_protocol(wanted)
        dialog.deleteLater()

    def _may_change(self, wanted: Protocol) -> bool:
        """Ask whether a protocol under which somebody has read shall really become another."""
        study, state = self._state.study, self._state
        try:
            read = (
                len({r.case for r in study.reads() if r.locked is not None})
                if study is not None
                else 0
            )
        except SoftcamError:
            read = 0
        hidden = sum(state.sight.hides_model(case.id) for case in state.cases)
        if wanted.mode == OPEN and hidden:
            text = self.tr(
                "This ends the blinding of {0}, for every reader: what models and others say of "
                "them is shown at once. The change is logged in the name of {1}. Change the "
                "protocol?"
            ).format(cases_text(hidden), state.reader)
        elif read:
            text = self.tr(
                "Reads of {0} are locked; the protocol changes in the midst of the study, for "
                "every reader. The change is logged in the name of {1}. Change the protocol?"
            ).format(cases_text(read), state.reader)
        else:
            return True
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        title = self.tr("Reading protocol")
        return QMessageBox.question(self._window, title, text, yes | no, no) == yes

    def set_protocol(self, wanted: Protocol) -> bool:
        """Let reads that begin from now on be read so; return whether it is so."""
        study = self._state.study
        if study is None:
            return False
        # What was on the screen till now is in the log, at its time, before what comes.
        self.witness.look()
        try:
            set_protocol(study, wanted, self._state.reader)
        except SoftcamError as error:
            self._state.message.emit(str(error))
            return False
        self._state.look_again()
        return True

    def _may_adjudicate(self) -> bool:
        """Ask who has read nothing yet whether they mean to give up their blinded first reads."""
        if not self.adjudication.must_give_up():
            return True
        answer = QMessageBox.question(
            self._window,
            self.tr("Adjudicate"),
            self.tr(
                "Who adjudicates sees what others and the model say: {0} can then no longer make "
                "a first blinded read of this study. Adjudicate all the same?"
            ).format(self._state.reader),
        )
        return answer == QMessageBox.StandardButton.Yes

    def export_audit(self, path: Path) -> None:
        """Write the audit log to a file."""
        self.audit.start(path)

    def adjudicate(self) -> None:
        """Ask for two readers and show them side by side; a second call ends that."""
        if self.adjudication.going_on:
            self.adjudication.leave()
            return
        if len(people(self._state)) < 2:
            self._state.message.emit(
                self.tr("Adjudication compares two readers; this study has one so far.")
            )
            return
        dialog = AdjudicationDialog(self._state, self.adjudication, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted and self._may_adjudicate():
            problem = self.adjudication.give_up() or self.adjudication.start(*dialog.chosen())
            if problem:
                self._state.message.emit(problem)
        dialog.deleteLater()
