"""How one works with the window: presets, size of text, finding things, first steps."""

from __future__ import annotations

from app.commands.part import Part


class ComfortCommands(Part):
    """Presets, text size, palette, tour and log."""

    def command_palette(self) -> None:
        """Find anything by its name, and do it."""
        from app.command_palette.dialog import CommandPalette

        CommandPalette(self._window).open()

    def hide_while_held(self) -> None:
        """Say how it is done: from a menu there is no key to hold."""
        keys = self._window.actions_table.sequences("hide_while_held")
        if keys:
            sentence = self.tr("Hold {0} down to see the image alone.")
            self._window.tell(sentence.format(keys[0].toString()), "note")

    def preset(self, name: str) -> None:
        """Arrange the window for one kind of work."""
        self._window.presets.choose(name)

    def own_arrangement(self) -> None:
        """Return to the arrangement before the first preset."""
        self._window.presets.back()

    def present(self) -> None:
        """Show the panes alone on the whole screen, or end that."""
        self._window.present()

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or return to what the window was."""
        self._window.set_full_screen(on)

    def text_larger(self) -> None:
        """Write larger."""
        self._window.look.larger()
        self._tell_size()

    def text_smaller(self) -> None:
        """Write smaller."""
        self._window.look.smaller()
        self._tell_size()

    def text_usual(self) -> None:
        """Write in the usual size."""
        self._window.look.set_scale(1.0)
        self._tell_size()

    def _tell_size(self) -> None:
        size = round(100 * self._window.look.scale)
        self._window.tell(self.tr("Text size {0} %.").format(size), "note")

    def tour(self) -> None:
        """Show what is where."""
        self._window.take_tour()

    def error_log(self) -> None:
        """Show what went wrong in this program."""
        from app.dialogs.error_log import ErrorLog

        self._run(ErrorLog(self._window))
