"""The window of evaluations: what to measure on the left, results, plots and cases on the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.evaluation.choices import Choices
from app.evaluation.earlier import RunsBox, folder_of
from app.evaluation.found import FoundTabs
from app.evaluation.lead import show_map, why_not
from app.evaluation.run import Run
from app.evaluation.save import Saver
from app.evaluation.sight import hidden_sentence, may_be_listed, may_be_seen, note_seen
from app.evaluation.status import Status, short_progress
from app.jobs.asked import Asked
from app.jobs.client import Job, JobClient
from app.jobs.evaluate import Finished
from app.jobs.runs import Earlier, has_images
from app.language import in_phrases
from app.settings import Settings
from app.state import ViewerState
from softcam_core.errors import SoftcamError

GEOMETRY = "evaluation/geometry"


class EvaluationDialog(QDialog):
    """Measures models and methods over the study, and shows what was found.

    It is a window of its own beside the images: a click on a case or on a point of a plot shows it
    there. Closed, it is hidden, and a run goes on.

    Signals:
        case_chosen: id of a case to show.
        progressed: a few words on the run under way, "" for none.
        noticed: a sentence, and whether it is good news, while the window is not looked at.
    """

    case_chosen = Signal(int)
    progressed = Signal(str)
    noticed = Signal(str, bool)

    def __init__(
        self,
        state: ViewerState,
        jobs: JobClient,
        shown_cases: Callable[[], list[int]],
        parent: QWidget | None = None,
        settings: Settings | None = None,
        make_client: Callable[[], JobClient] = JobClient,
    ) -> None:
        """Observe ``state``; read results through ``jobs``; measure in a child of its own."""
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("evaluationDialog")
        self.setWindowTitle(self.tr("Evaluate"))
        self._state = state
        self._jobs = jobs
        self._settings = settings or Settings()
        geometry = self._settings.blob(GEOMETRY)
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(1200, 700)
        self._make_client = make_client
        self._run: Run | None = None
        self._reading: Job | None = None
        self._shown: Finished | None = None
        self._wanted: Path | None = None
        self._left_out = 0
        self._problems: list[str] = []
        self.choices = Choices(state, shown_cases)
        self._saver = Saver(self)
        self._build()
        self._connect()
        self._reset()

    # Building

    def _build(self) -> None:
        self.runs = RunsBox()
        self.resume = self._button("evaluationResume", self.tr("Resume"), self._resume)
        self.save = self._button("evaluationSave", self.tr("Save report…"), self._save)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.runs, 1)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self.resume, 0, top)
        head.addWidget(self.save, 0, top)
        self.tabs = FoundTabs()
        self.hint = QLabel()
        self.hint.setObjectName("evaluationHint")
        self.hint.setProperty("role", "secondary")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.pages = QStackedWidget()
        self._told = Status()
        self.status, self.bar = self._told.label, self._told.bar
        self.evaluate = self._button("evaluationStart", self.tr("Evaluate"), self.start)
        self.evaluate.setDefault(True)
        self.cancel = self._button("evaluationCancel", self.tr("Cancel"), self._cancel)
        buttons = QHBoxLayout()
        buttons.addWidget(self.evaluate, 1)
        buttons.addWidget(self.cancel)
        # Widgets are styled again with each parent that they get: the outer layouts come first.
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        left, right = QVBoxLayout(), QVBoxLayout()
        right.setSpacing(8)
        layout.addLayout(left)
        layout.addLayout(right, 1)
        left.addWidget(self.choices, 1)
        left.addLayout(buttons)
        right.addLayout(head)
        right.addWidget(self.pages, 1)
        right.addWidget(self._told)
        self.pages.addWidget(self.tabs)
        self.pages.addWidget(self.hint)

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _connect(self) -> None:
        state = self._state
        state.study_changed.connect(self._reset)
        # A change of the reader is told by this one too, when what is hidden is known anew.
        state.sight_changed.connect(self._on_sight)
        state.study_closing.connect(self.stop)
        state.models_changed.connect(self.choices.fill_models)
        self.choices.chosen.connect(self._check)
        self.runs.may_list = lambda asked: may_be_listed(state, asked)
        self.runs.chosen.connect(self._open)
        self.runs.listed.connect(self._check)
        self.runs.removing.connect(self._remove)
        self.runs.kept.connect(self._say)
        self.tabs.chosen.connect(self._choose)
        self.tabs.currentChanged.connect(self._note_seen)
        self._saver.saved.connect(self._say)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for what was evaluated meanwhile."""
        super().showEvent(event)
        self.choices.fill()
        self._list()
        self._note_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where it was; a run goes on."""
        self._settings.set(GEOMETRY, self.saveGeometry())
        super().hideEvent(event)

    # Evaluating

    def start(self) -> None:
        """Evaluate what is chosen; one that is under way goes on."""
        if self._run is not None:
            return
        try:
            asked, left_out = self.choices.asked(folder_of)
        except SoftcamError as error:
            self._say(str(error))
            return
        self._clear()
        self._left_out = left_out
        self._begin(asked, resume=False)
        self._count_left_out()

    def _resume(self) -> None:
        earlier = self.runs.current()
        if earlier is None or self._run is not None:
            return
        sentence = hidden_sentence(self._state, earlier.asked)
        if sentence:
            self._say(sentence)
            return
        self._clear()
        self._begin(earlier.asked, resume=True)

    def _begin(self, asked: Asked, resume: bool) -> None:
        run = Run(asked, resume, self, self._make_client)
        run.progressed.connect(self._on_progress)
        run.ended.connect(self._on_ended)
        run.failed.connect(self._on_failed)
        self._run = run
        self._state.journal.note(
            "evaluation run", marks=asked.reader, cases=len(asked.cases), models=list(asked.titles)
        )
        self._wanted = asked.folder
        self._told.begin()
        self._check()
        self.progressed.emit(self.tr("Evaluating"))
        run.start()

    def stop(self) -> None:
        """End the evaluation under way, if there is one; what is measured is kept."""
        if self._run is not None:
            folder = self._wanted = self._run.asked.folder
            self._run.stop()
            self._run.deleteLater()
            self._run = None
            self._told.end()
            self.progressed.emit("")
            self._list(ended=folder)
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._check()

    def _cancel(self) -> None:
        kept = self._run is not None and has_images(self._run.asked.folder)
        self.stop()
        if kept:
            self._say(self.tr("Cancelled; Resume goes on with the images that are not done yet."))
        else:
            self._say(self.tr("Cancelled before the first image was done."))

    def _on_progress(
        self, done: int, total: int, left: float | None, failed: int, doing: str
    ) -> None:
        self._told.progress(done, total, left, failed, doing)
        self.progressed.emit(short_progress(done, total, doing))

    def _on_ended(self, outcome: dict[str, list[str]]) -> None:
        folder = self._run.asked.folder if self._run is not None else None
        self.stop()
        self._problems = [*outcome["failed"], *outcome["problems"]]
        self._say(*self._problems)
        if folder is not None:
            self._read(folder)
            self._notice(self.tr("The evaluation is done; Ctrl+Shift+E shows it."), good=True)

    def _on_failed(self, sentence: str) -> None:
        self.stop()
        self._say(sentence)
        self._notice(self.tr("The evaluation has ended: {0}").format(sentence))

    def _notice(self, sentence: str, good: bool = False) -> None:
        """Tell who does not look here."""
        if not (self.isVisible() and self.isActiveWindow()):
            self.noticed.emit(sentence, good)

    # Earlier evaluations

    def _list(self, ended: Path | None = None, removed: Path | None = None) -> None:
        study = self._state.study
        shown = self._shown.asked.folder if self._shown is not None else self._wanted
        self.runs.look(study.path if study is not None else None, shown, ended, removed)

    def _open(self, earlier: Earlier | None) -> None:
        if earlier is None or self._run is not None:
            return
        self._clear()
        self._wanted = earlier.asked.folder
        sentence = hidden_sentence(self._state, earlier.asked)
        if sentence:
            self._say(sentence)
        elif earlier.busy:
            self._say(self.tr("Another window is measuring this evaluation; wait for it."))
        elif not earlier.finished:
            self._say(self.tr("This evaluation was stopped before its end; resume it."))
        else:
            self._read(earlier.asked.folder)
        self._check()

    def _read(self, folder: Path) -> None:
        if self._reading is not None:
            self._reading.cancel()

        def done(found: Finished) -> None:
            self._reading = None
            self._show(found)

        def failed(sentence: str) -> None:
            self._reading = None
            self._say(sentence)

        self._wanted = folder
        payload = {"folder": folder}
        self._reading = self._jobs.submit("evaluation", payload, on_done=done, on_failed=failed)
        self._check()

    def _remove(self, earlier: Earlier) -> None:
        self.stop()
        self._clear()
        self._wanted = None
        self._list(removed=earlier.asked.folder)

    # Showing

    def _show(self, found: Finished) -> None:
        sentence = hidden_sentence(self._state, found.asked)
        if sentence:
            self._say(sentence)
            return
        self._shown = found
        self.tabs.show_found(found)
        self._note_seen()
        failed = [why for _, _, why in found.summary.failed]
        self._list()
        self._check()
        later = [self.tr("The marks have changed since this run.")] if found.changed else []
        self._say(*later, *failed, *self._problems, *found.summary.notes)

    def _note_seen(self) -> None:
        """Take down which cases are in view one by one with what models say of them."""
        if self._shown is not None and self.isVisible() and self.tabs.shows_cases():
            note_seen(self._state, self._shown.asked)

    def _clear(self) -> None:
        self._shown = None
        self._problems, self._left_out = [], 0
        self._told.leave_out(0)
        self.tabs.show_found(None)
        self._check()
        self._say()

    def _reset(self) -> None:
        """Forget what was found: another study is open."""
        self.stop()
        self._wanted = None
        self._clear()
        self.choices.fill()
        self._list()

    def _on_sight(self) -> None:
        """Take back what the protocol hides now."""
        run = self._run.asked if self._run is not None else None
        shown = self._shown.asked if self._shown is not None else None
        sentence = hidden_sentence(self._state, run) or hidden_sentence(self._state, shown)
        if sentence:
            running = self._run is not None
            self.stop()
            self._clear()
            self._wanted = None
            self._say(sentence)
            self._list()
            if running:
                self._notice(sentence)
        self.runs.show_allowed()
        self._count_left_out()
        self._check()

    def _count_left_out(self) -> None:
        """Say that cases were left out, and when they need not be any more."""
        asked = self._run.asked if self._run is not None else None
        asked = self._shown.asked if self._shown is not None else asked
        if not self._left_out or asked is None:
            return
        seen = all(may_be_seen(self._state, case.id, asked.reader) for case in self._state.cases)
        self._told.leave_out(self._left_out, seen)

    def _check(self) -> None:
        """Let be pressed what can be done now, and say what is missing."""
        busy = self._run is not None
        missing = self.choices.missing()
        self.evaluate.setEnabled(not missing and not busy)
        self.evaluate.setToolTip(missing)
        self.cancel.setEnabled(busy)
        self.choices.setEnabled(not busy)
        self.runs.setEnabled(bool(self.runs.earlier) and not busy)
        earlier = self.runs.current()
        unfinished = earlier is not None and not earlier.finished and not earlier.busy
        self.resume.setEnabled(unfinished and not busy)
        self.runs.remove.setEnabled(earlier is not None and not earlier.busy and not busy)
        self.save.setEnabled(self._shown is not None and not busy)
        self.bar.setVisible(busy)
        self.pages.setCurrentIndex(0 if self._shown is not None else 1)
        if self._reading is not None:
            self.hint.setText(self.tr("Reading the results…"))
        elif busy:
            self.hint.setText(self.tr("Results appear here when all images are measured."))
        else:
            ready = self.tr("Choose what to measure, then press Evaluate.")
            if self.runs.earlier:
                ready = self.tr("Press Evaluate, or choose an earlier run above.")
            self.hint.setText(missing or ready)

    def _say(self, *sentences: str) -> None:
        self._told.say(*map(in_phrases, sentences))

    def _choose(self, row: int) -> None:
        """Show the case of a row, and the map that was measured."""
        found = self._shown
        if found is None:
            return
        sentence = why_not(self._state, found, row)
        if sentence:
            self._say(sentence)
            return
        self.case_chosen.emit(int(found.cases.case[row]))
        show_map(self._state, found, row)

    # Saving

    def _save(self) -> None:
        study, found = self._state.study, self._shown
        if study is None or found is None:
            return
        self._saver.ask(self, self._settings, study.path, found.asked.folder)
