"""Making a report of cases."""

from __future__ import annotations

from pathlib import Path

from app.commands.part import Part


class ReportCommands(Part):
    """The menu File's case report."""

    def case_report(self) -> None:
        """Ask what goes into a report, and make it."""
        if self._ready_study() is None:
            return
        window, state = self._window, self._window.state
        if state.case is None:
            window.tell(self.tr("No case is in view; choose one first."))
            return
        from app.output.report_dialog import ReportDialog

        dialog = ReportDialog(state, window.jobs, window.settings, self._place, window)
        dialog.written.connect(self._say_where)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _say_where(self, path: Path) -> None:
        self._window.tell(self.tr("The report is in {0}.").format(path), "good")
