"""Who reads, how, and how far readers agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from app.commands.part import Part

if TYPE_CHECKING:
    from app.agreement.dialog import AgreementDialog


class ReadersCommands(Part):
    """The menu Readers."""

    def choose_reader(self) -> None:
        """Ask who reads from now on."""
        state = self._window.state
        if state.study is None:
            self._window.tell(self.tr("No study is open; open a folder first."))
            return
        names = list(dict.fromkeys([state.reader, *state.study.readers()]))
        title, prompt = self.tr("Change reader"), self.tr("Who reads? Choose or type a name:")
        name, agreed = QInputDialog.getItem(self._window, title, prompt, names)
        if agreed and name.strip():
            state.set_reader(name.strip())

    _agreement: AgreementDialog | None = None

    def agreement(self) -> None:
        """Show how far readers agree with each other and with the open models."""
        if self._agreement is None:
            from app.agreement.dialog import AgreementDialog

            window = self._window
            self._agreement = AgreementDialog(window.state, window.jobs, window)
            self._agreement.case_chosen.connect(window.controller.select_case)
        self._agreement.show()
        self._agreement.activateWindow()
