"""The brush: paints the pixels of a mask."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.annotate.tools.paint import PaintTool
from app.canvas.pointer import PointerEvent


class BrushTool(PaintTool):
    """Paints with a disc; with Shift it wipes.

    A stroke that begins on or beside the selected mask goes on in it if it has the present
    label; any other one, or one with Alt held, begins a new mask.
    """

    def wiping(self, event: PointerEvent, /) -> bool:
        """Return whether Shift is held."""
        return bool(event.modifiers & Qt.KeyboardModifier.ShiftModifier)
