"""The eraser: wipes the pixels of masks."""

from __future__ import annotations

from app.annotate.tools.paint import PaintTool
from app.canvas.pointer import PointerEvent


class EraserTool(PaintTool):
    """Wipes with a disc: in the selected mask, or in all masks that the stroke goes over.

    A mask that has no pixel left is deleted.
    """

    def wiping(self, _event: PointerEvent, /) -> bool:
        """Return True: whatever is held, this tool wipes."""
        return True
