"""Going from case to case, and what is said of one."""

from __future__ import annotations

from app.commands.part import Part


class CaseCommands(Part):
    """The menu Case."""

    def previous_case(self) -> None:
        """Go to the case above."""
        self._step_case(-1)

    def next_case(self) -> None:
        """Go to the case below."""
        self._step_case(1)

    def next_unread(self) -> None:
        """Go to the next case that is unread."""
        self._step_case(1, "unread")

    def _step_case(self, step: int, status: str = "") -> None:
        case = self._window.worklist.neighbour(step, status)
        if case is not None:
            self._window.controller.select_case(case)
            return
        found, total = self._window.worklist.found()
        if found < total:
            sentence = self.tr("The search leaves {0} of {1} cases; Ctrl+F, then Esc, clears it.")
            self._window.tell(sentence.format(found, total), "note")
        elif status:
            self._window.tell(self.tr("No case is unread."), "note")

    def find_case(self) -> None:
        """Put the cursor into the worklist's search line."""
        self._window.show_dock("worklist")
        self._window.worklist.search.setFocus()
        self._window.worklist.search.selectAll()

    def renew(self) -> None:
        """Read the image in view again, and compute what is said of it anew."""
        self._window.state.renewal_wanted.emit()

    def status(self, status: str) -> None:
        """Mark the case in view; a second flag takes the first one off."""
        case = self._window.state.case
        if case is None:
            return
        if status == case.status == "flagged":
            begun = bool(self._window.annotator.records() or case.label)
            status = "in progress" if begun else "unread"
        self._window.controller.set_status(status)
