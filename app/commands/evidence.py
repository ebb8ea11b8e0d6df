"""Where a prediction comes from: the evidence ledger and its region."""

from __future__ import annotations

from app.commands.part import Part


class EvidenceCommands(Part):
    """What the menus do with the evidence ledger."""

    def forget_lasso(self) -> bool:
        """Ask about no lassoed region any more; return whether there was one."""
        there = self._window.state.lasso is not None
        self._window.state.set_lasso(None)
        return there

    def without_pixels(self) -> None:
        """Predict without the pixels of the region, or stop doing so."""
        ledger = self._window.docks.ledger
        self._window.show_dock("ledger")
        if ledger.blanked.question is None:
            self._window.tell(ledger.why_not(), "note")
        else:
            ledger.ask_or_cancel()

    def copy_ledger(self) -> None:
        """Put the ledger's numbers on the clipboard."""
        self._window.docks.ledger.copy()
