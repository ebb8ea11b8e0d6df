"""Who reads, how, and how far readers agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.part import Part

if TYPE_CHECKING:
    from app.agreement.dialog import AgreementDialog
    from app.evaluation.dialog import EvaluationDialog
    from app.training.dialog import TrainingDialog
    from app.training.lead import Leader


class ReadersCommands(Part):
    """The menu Readers."""

    def choose_reader(self) -> None:
        """Show who can read from now on."""
        self._window.readers.choose_reader()

    def lock_read(self) -> None:
        """End the read of the case in view."""
        self._window.readers.lock()

    def read_again(self) -> None:
        """Begin another read of the case in view."""
        self._window.readers.reading.read_again()

    def next_after_lock(self, on: bool) -> None:
        """Go to the next unread case after a lock, or stay."""
        self._window.readers.set_next_after_lock(on)

    def after_lock(self, finished: bool) -> None:
        """Mark the case as done, and go on if that is wanted."""
        if finished:
            self._window.controller.set_status("done")
            if self._window.readers.next_after_lock:
                self._window.actions_table["next_unread"].trigger()

    def reading_protocol(self) -> None:
        """Say how the study is read."""
        self._window.readers.change_protocol()

    def adjudicate(self) -> None:
        """Show two readers side by side."""
        self._window.readers.adjudicate()

    def export_audit(self) -> None:
        """Ask where the audit log shall be, and write it."""
        study = self._window.state.study
        if study is None:
            self._window.tell(self.tr("No study is open; open a folder first."))
            return
        title, kinds = (
            self.tr("Export audit log"),
            self.tr("CSV (*.csv);;JSON (*.json);;JSON lines (*.jsonl)"),
        )
        from app.places import remember, save_folder
        from app.saving import ask_where

        settings = self._window.settings
        proposed = save_folder(settings, study.path) / "audit-log.csv"
        path = ask_where(self._window, title, proposed, kinds, self._window.state)
        if path is not None:
            remember(settings, study.path, path.parent)
            self._window.readers.export_audit(path)

    _agreement: AgreementDialog | None = None

    def agreement(self) -> None:
        """Show how far readers agree with each other and with the open models."""
        if self._agreement is None:
            from app.agreement.dialog import AgreementDialog

            window = self._window
            self._agreement = AgreementDialog(
                window.state, window.jobs, window, settings=window.settings
            )
            self._agreement.case_chosen.connect(window.controller.select_case)
        self._agreement.show()
        self._agreement.activateWindow()

    _evaluation: EvaluationDialog | None = None

    def evaluate(self) -> None:
        """Show how models and methods measure up to the marks."""
        if self._evaluation is None:
            from app.evaluation.dialog import EvaluationDialog

            window = self._window
            dialog = self._evaluation = EvaluationDialog(
                window.state,
                window.jobs,
                window.worklist.filter.shown_cases,
                settings=window.settings,
            )
            dialog.case_chosen.connect(self._show_evaluated)
            dialog.progressed.connect(window.status.show_evaluation)
            dialog.noticed.connect(
                lambda sentence, good: window.tell(sentence, "good" if good else "warning")
            )
        dialog = self._evaluation
        if dialog.isMinimized():
            dialog.showNormal()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _show_evaluated(self, case: int) -> None:
        """Show a case that was chosen among the results, which may lie over this window."""
        self._window.controller.select_case(case)
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def end_evaluation(self) -> None:
        """Close the window of evaluations, which is one of its own, and end its run."""
        if self._evaluation is not None:
            self._evaluation.stop()
            self._evaluation.close()
            self._evaluation.deleteLater()
            self._evaluation = None

    _training: TrainingDialog | None = None

    def train(self) -> None:
        """Show what can be trained, and how that goes."""
        if self._training is None:
            from app.training.dialog import TrainingDialog

            window = self._window
            dialog = self._training = TrainingDialog(
                window.state, window.jobs, window.controller.devices, settings=window.settings
            )
            dialog.model_wanted.connect(self._show_trained)
            dialog.progressed.connect(window.status.show_training)
            dialog.noticed.connect(
                lambda sentence, good: window.tell(sentence, "good" if good else "warning")
            )
        dialog = self._training
        if dialog.isMinimized():
            dialog.showNormal()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    _leader: Leader | None = None

    def _show_trained(self, path: Path) -> None:
        """Open a model that was trained, and show its maps beside the others."""
        self._window.open_model(path)
        if self._leader is None:
            from app.training.lead import Leader

            self._leader = Leader(self._window.state, self)
        self._leader.want(path)
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def end_training(self) -> None:
        """Close the window of training; its run is paused, and can go on at the next start."""
        if self._training is not None:
            self._training.hide()
            self._training.stop()
            self._training.close()
            self._training.deleteLater()
            self._training = None
