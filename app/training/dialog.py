"""The window of training: what to train on the left, curves, maps and runs on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.jobs.client import JobClient
from app.jobs.train import DataSummary
from app.jobs.training_asked import TrainingAsked, read_training
from app.language import in_language
from app.settings import Settings
from app.state import ViewerState
from app.training.earlier import best_model, can_go_on, command_of
from app.training.form import WATCHED
from app.training.places import folder_of, new_folder
from app.training.plan import Planner
from app.training.proposals import used_text
from app.training.run import Run
from app.training.sight import hidden_sentence, hides
from app.training.sweep_options import SweepOptions
from app.training.window import TrainingWindow
from app.training.words import time_text
from softcam_core.errors import SoftcamError
from softcam_core.training.config import Config, OutputConfig
from softcam_core.training.kind import kind

PATIENCE = 8.0
"""Seconds that a run has to write its checkpoint when the program is closed."""


class TrainingDialog(TrainingWindow):
    """Trains models on the study or on a table, and shows how that goes.

    It is a window of its own beside the images. Closed, it is hidden, and a run goes on.

    Signals:
        model_wanted: path of a model that the user wants to see in the viewer.
        progressed: a few words on the run under way, "" for none.
        noticed: a sentence, and whether it is good news, while the window is not looked at.
    """

    model_wanted = Signal(object)
    progressed = Signal(str)
    noticed = Signal(str, bool)

    def __init__(
        self,
        state: ViewerState,
        jobs: JobClient,
        devices: Callable[[], list[tuple[str, str]]] = lambda: [("auto", "Automatic")],
        settings: Settings | None = None,
        make_client: Callable[[], JobClient] = JobClient,
        parent: QWidget | None = None,
    ) -> None:
        """Observe ``state``; look at images through ``jobs``; train in a child of its own."""
        super().__init__(state, settings or Settings(), parent)
        self._state, self._jobs, self._devices = state, jobs, devices
        self._make_client = make_client
        self._run: Run | None = None
        self._last: Path | None = None
        self._edit = 0
        self._of: Config | None = None
        self._cancelling, self._stage = False, ""
        self._asked_weights: set[str] = set()
        self.planner = Planner(jobs, self)
        self._connect()
        self._reset()

    def _connect(self) -> None:
        state, plan = self._state, self.planner
        state.study_changed.connect(self._reset)
        state.cases_added.connect(self._on_cases)
        state.annotations_changed.connect(self._on_edit)
        state.case_updated.connect(self._on_edit)
        for signal in (state.reader_changed, state.sight_changed):
            signal.connect(self._on_sight)
        state.models_changed.connect(self._check)
        self.form.changed.connect(self._on_changed)
        self.form.sweep_asked.connect(self._ask_sweep)
        plan.looking.connect(lambda: self.form.show_summary(None))
        plan.summarised.connect(self._on_summary)
        plan.measuring.connect(lambda: self.time.setText(self.tr("Measuring the time…")))
        plan.estimated.connect(self._on_estimate)
        plan.failed.connect(lambda sentence: self.time.setText(in_language(sentence)))
        self.views.told.connect(self.told.say)
        self.views.currentChanged.connect(self._check)
        self.views.runs.open_model.connect(self.model_wanted)
        self.views.runs.resume.connect(self.resume)
        self.views.runs.removed.connect(self._on_removed)
        self.views.sweep.train_chosen.connect(self._train_chosen)
        for button, slot in (
            (self.train, self.start),
            (self.pause, self._pause_or_resume),
            (self.cancel, self._cancel),
            (self.view, self._view),
            (self.copy, self._copy),
        ):
            button.clicked.connect(slot)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what can be trained on now."""
        super().showEvent(event)
        self.form.more.fill_devices(self._devices())
        self.form.fill()
        self._on_edit()
        self.views.fill(folder_of(self._state))
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more; a run goes on."""
        self.planner.stop()
        super().hideEvent(event)

    # Before a run

    def _on_changed(self) -> None:
        """Ask the child about the images and the time, if anybody looks."""
        self._check()
        if self.isVisible():
            self._ask_weights()
        if self.isVisible() and self._run is None:
            self.planner.want(self.form.try_config())

    def _ask_weights(self) -> None:
        """Ask whose ImageNet weights are kept here, of networks that are offered since."""
        recipe = self.form.recipe
        archs = set(recipe.architectures()) - self._asked_weights
        if archs:
            self._asked_weights |= archs
            self._jobs.submit(
                "training_weights", {"archs": tuple(archs)}, on_done=recipe.offer_imagenet
            )

    def _on_cases(self) -> None:
        if self.isVisible():
            self.form.fill()

    def _on_edit(self) -> None:
        if not (self.isVisible() and self._run is None and self.form.images.from_study()):
            return
        # Progress of a read, or a look by another program, changes no label.
        edit = self._last_edit()
        if edit != self._edit:
            self._edit = edit
            self.planner.again()

    def _last_edit(self) -> int:
        with suppress(SoftcamError):
            return self._state.study.last_edit() if self._state.study is not None else 0
        return self._edit

    def _on_summary(self, found: DataSummary) -> None:
        self._of = self.form.try_config()
        self.form.show_summary(found)
        if found.problem:
            self.time.clear()
        # The order of the classes may follow from what was found.
        self._on_changed()

    def _on_estimate(self, found: Any, config: Config) -> None:
        device = self.form.more.device.currentText()
        if config.train.device == "auto":
            device = self._state.device_text or self.tr("this machine")
        train, images = config.train, self.form.training_images()
        text = time_text(found.seconds, train.epochs, device)
        left = used_text(images, train.batch_size, train.accumulate)
        self.time.setText(f"{text} {left}".strip())

    # Training

    def start(self) -> None:
        """Train what is chosen; a run that is under way goes on."""
        if self._run is None:
            with self._said():
                self._begin_new(self.form.config(), sweep=False)

    def _ask_sweep(self) -> None:
        if self._run is not None:
            return
        with self._said():
            config = self.form.config(sweeping=True)
            options = SweepOptions(self.form.recipe.kind().penalties, self)
            if options.exec() == QDialog.DialogCode.Accepted:
                self._begin_new(options.config(config), sweep=True)

    def _train_chosen(self, path: Path) -> None:
        """Train with the lambda that a sweep has chosen."""
        from softcam_core.training.config import load_config

        if self._run is not None:
            self.told.say(self.tr("Another run is under way here; pause it first."))
            return
        with self._said():
            config = replace(load_config(path), output=OutputConfig(watch=WATCHED))
            if hides(self._state, config):
                self.told.say(hidden_sentence())
            else:
                self._begin_new(config, sweep=False)

    def _begin_new(self, config: Config, sweep: bool) -> None:
        folder = new_folder(folder_of(self._state), "sweep" if sweep else kind(config))
        self._begin(TrainingAsked(folder, config, sweep), resume=False)

    def resume(self, folder: Path) -> None:
        """Go on with a run that was stopped."""
        if self._run is not None:
            self.told.say(self.tr("Another run is under way here; pause it first."))
            return
        with self._said():
            asked = read_training(folder)
            if hides(self._state, asked.config):
                self.told.say(hidden_sentence())
            else:
                self._begin(asked, resume=True)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Show in place what is wrong with what was asked for."""
        try:
            yield
        except SoftcamError as error:
            self.told.say(str(error))

    def _begin(self, asked: TrainingAsked, resume: bool) -> None:
        self.planner.stop()
        self.time.clear()
        run = Run(asked, resume, self, self._make_client)
        run.told.connect(self._on_told)
        run.ended.connect(self._on_ended)
        run.failed.connect(self._on_failed)
        self._run, self._last, self._cancelling, self._stage = run, asked.folder, False, ""
        self.told.say()
        self.told.begin(asked.config.train.epochs)
        self.views.begin(asked.folder, asked.sweep)
        self._check()
        self.progressed.emit(self.tr("Training"))
        run.start()

    def _on_told(self, done: int, total: int, what: str, content: Any) -> None:
        if what == "step":
            stage, epoch = content
            if stage != self._stage:
                self._stage = stage
                self.views.look()
            self.told.step(stage, epoch, done, total)
            self.progressed.emit(self.told.short)
        elif what == "note" and content not in self.form.notes():
            self.told.add(content)
        elif what == "epoch":
            self.told.epoch(content, total)
            self.views.look()
        elif what == "run":
            name, epochs = content
            self.told.begin(epochs)
            self.told.say(self.tr("Model {0} of {1}: {2}").format(done, total, name))

    def _on_ended(self, outcome: dict[str, Any]) -> None:
        cancelled = self._cancelling
        sweep = self._run is not None and self._run.asked.sweep
        self._end()
        notes = [note for note in outcome["notes"] if note not in self.form.notes()]
        if outcome["paused"]:
            text = self.tr("Paused; Resume goes on from this very step.")
            if cancelled and sweep:
                text = self.tr("Cancelled; Resume goes on while the tab Sweep shows it.")
            elif cancelled:
                text = self.tr("Cancelled; the run stays in the list: resume it, or remove it.")
            self.told.say(text)
            self.pause.setFocus()
            return
        if sweep:
            # Each of its runs has said the same.
            self.told.say(self.tr("The sweep is done: see the tab Sweep."))
        else:
            best = outcome["best"]
            text = self.tr("Done: best validation accuracy {0} in epoch {1}.").format(
                f"{best.get('val_accuracy', float('nan')):.3f}", best.get("epoch", 0)
            )
            self.told.say(*notes, text)
        self._notice(self.tr("The training is done; Ctrl+Shift+T shows it."), good=True)

    def _on_failed(self, sentence: str) -> None:
        self._end()
        self.told.say(sentence)
        self._notice(self.tr("The training has ended: {0}").format(sentence))

    def _end(self) -> None:
        """Take down a run that is over, however it ended."""
        if self._run is not None:
            self._run.stop()
            self._run.deleteLater()
            self._run = None
        self._cancelling = False
        self.told.end()
        self.views.look()
        self.progressed.emit("")
        self._on_changed()

    def _pause_or_resume(self) -> None:
        if self._run is not None:
            self._run.pause()
            self.told.add(self.tr("Pausing: the checkpoint is written…"))
            self._check()
        else:
            folder = self._resumable()
            if folder is not None:
                self.resume(folder)

    def _cancel(self) -> None:
        if self._run is not None:
            self._cancelling = True
            self._run.pause()
            self.told.add(self.tr("Cancelling: the checkpoint is written…"))
            self._check()

    def stop(self) -> None:
        """Pause the run under way, if there is one, and wait for it a little."""
        self.planner.stop()
        if self._run is not None:
            self._run.pause_within(PATIENCE)
            if self._run is not None:
                self._end()

    def _notice(self, sentence: str, good: bool = False) -> None:
        """Tell who does not look here."""
        if not (self.isVisible() and self.isActiveWindow()):
            self.noticed.emit(sentence, good)

    # Afterwards

    def _view(self) -> None:
        path = best_model(self._last)
        if path is not None:
            self.model_wanted.emit(path)

    def _copy(self) -> None:
        """Put the command on the clipboard that trains the same from a terminal."""
        if self._last is not None:
            command = command_of(self._last)
            QGuiApplication.clipboard().setText(command)
            self.told.say(self.tr("Copied: {0}").format(command))

    def _on_removed(self, folder: Path) -> None:
        if folder == self._last:
            self._last = None
        self._check()

    # Another study, another reader

    def _reset(self) -> None:
        """Offer what the study that is open now has; a run goes on with its own files."""
        self.form.show_summary(DataSummary())
        self.form.fill()
        if self._run is None:
            self._last = None
            self.told.say()
        self.views.fill(folder_of(self._state) if self.isVisible() else None)
        self._on_changed()

    def _on_sight(self) -> None:
        """Take back what the protocol hides now."""
        self.views.check_sight()
        if not self.form.are_of(self._of):
            self._of = None
            self.form.show_summary(DataSummary())
        self._on_changed()

    def _check(self) -> None:
        """Let be pressed what can be done now, and say what is missing."""
        run = self._run
        missing = self.form.missing() or self.form.problem()
        self.train.setEnabled(run is None and not missing)
        self.train.setToolTip(missing)
        self.form.recipe.sweep.setEnabled(run is None and not self.form.problem())
        self.form.inside.setEnabled(run is None)
        busy = run is not None and not run.pausing
        paused = self._resumable() is not None
        self.pause.setEnabled(busy or paused)
        self.pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        (self.pause if paused else self.train).setDefault(True)
        self.cancel.setEnabled(busy)
        self.view.setEnabled(best_model(self._last) is not None)
        self.copy.setEnabled(self._last is not None)
        if missing and run is None:
            self.time.setText(self.form.missing())

    def _resumable(self) -> Path | None:
        """Return the run, or the sweep in view, that can go on; None while one is under way."""
        if self._run is not None:
            return None
        sweep = self.views.unfinished_sweep()
        return sweep or (self._last if can_go_on(self._last) else None)
