"""Who reads, how, and how far readers agree."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog

from app.commands.part import Part


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
