"""Who reads, how, and how far readers agree."""

from __future__ import annotations

from PySide6.QtWidgets import QInputDialog

from app.commands.part import Part


class ReadersCommands(Part):
    """The menu Readers."""

    def choose_reader(self) -> None:
        """Ask who reads from now on."""
        state = self._window.state
        known = state.study.readers() if state.study is not None else []
        names = list(dict.fromkeys([state.reader, *known]))
        title, prompt = self.tr("Change reader"), self.tr("Who reads? Choose or type a name:")
        name, agreed = QInputDialog.getItem(self._window, title, prompt, names)
        if agreed and name.strip():
            state.set_reader(name.strip())
