"""Writes the audit log behind the window."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.saving import why_kept
from app.state import ViewerState
from softcam_core.errors import SoftcamError
from softcam_core.paths import shown

if TYPE_CHECKING:
    from softcam_core.annotations.audit import Kind

KINDS: dict[str, Kind] = {".csv": "csv", ".json": "list", ".jsonl": "json"}
AUDIT_EXPORTED = "audit log exported"


class AuditExport(QObject):
    """One export at a time, of no more than the reader at work may see.

    Signals:
        done: one sentence, that it is written and where.
        failed: one sentence, why not.
    """

    done, failed = Signal(str), Signal(str)

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Export the study that ``state`` has open."""
        super().__init__(parent)
        self._state = state
        self.busy = False
        self.done.connect(self._on_done)
        self.failed.connect(self._on_done)
        state.study_closing.connect(self.wait)

    def start(self, path: Path) -> None:
        """Write edits, grades, reads and events to ``path``: CSV, JSON or JSON lines by its ending.

        What others did with cases that are still hidden from the reader at work stays out.
        """
        study, viewer = self._state.study, self._state.sight.person
        if study is None or self.busy:
            return
        kept = why_kept(self._state, path)
        if kept:
            self.failed.emit(kept)
            return
        self.busy = True
        kind: Kind = KINDS.get(path.suffix.lower(), "csv")
        written = self.tr("The audit log is in {0}; images are named, patients are not.")
        hidden = self.tr(
            "The audit log is in {0}; {1} rows of others are left out: the protocol hides their "
            "cases until you lock your first reads."
        )

        def work() -> None:
            from softcam_core.annotations.audit import write_audit

            try:
                left = write_audit(study, path, kind, viewer=viewer)
            except (SoftcamError, OSError) as error:
                self.failed.emit(str(error))
                return
            with suppress(SoftcamError):
                study.log(AUDIT_EXPORTED, viewer, rows_left_out=left)
            self.done.emit((hidden if left else written).format(shown(path), left))

        QThreadPool.globalInstance().start(work)

    def wait(self) -> None:
        """Let an export end before the study closes."""
        if self.busy:
            QThreadPool.globalInstance().waitForDone()

    def _on_done(self) -> None:
        self.busy = False
