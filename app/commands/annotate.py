"""Drawing."""

from __future__ import annotations

from app.commands.part import Part


class AnnotateCommands(Part):
    """The menu Annotate."""

    def tool(self, name: str) -> None:
        """Take a tool in hand."""
        self._window.state.set_tool(name)
