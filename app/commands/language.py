"""The choice of the window's language."""

from __future__ import annotations

from app.commands.part import Part
from app.language import SETTING


class LanguageCommands(Part):
    """The menu View > Language."""

    def language(self, name: str) -> None:
        """Speak another language from the next start on: one of `app.language.LANGUAGES`."""
        self._window.settings.set(SETTING, name)
        self._window.tell(self.tr("The language changes at the next start."), "note")
