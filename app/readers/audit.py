"""Writes the audit log behind the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.state import ViewerState
from softcam_core.errors import SoftcamError


class AuditExport(QObject):
    """One export at a time.

    Signals:
        done: one sentence, that it is written or why not.
    """

    done = Signal(str)

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Export the study that ``state`` has open."""
        super().__init__(parent)
        self._state = state
        self.busy = False
        self.done.connect(self._on_done)
        state.study_closing.connect(self.wait)

    def start(self, path: Path) -> None:
        """Write every edit, grade, read and event to ``path``: CSV, or JSON by its ending."""
        study = self._state.study
        if study is None or self.busy:
            return
        self.busy = True
        kind = "json" if path.suffix.lower() in (".json", ".jsonl") else "csv"
        written = self.tr("The audit log is in {0}; images are named, patients are not.")

        def work() -> None:
            from softcam_core.annotations.audit import write_audit

            try:
                write_audit(study, path, "json" if kind == "json" else "csv")
                self.done.emit(written.format(path.name))
            except (SoftcamError, OSError) as error:
                self.done.emit(str(error))

        QThreadPool.globalInstance().start(work)

    def wait(self) -> None:
        """Let an export end before the study closes."""
        if self.busy:
            QThreadPool.globalInstance().waitForDone()

    def _on_done(self) -> None:
        self.busy = False
