"""The ellipse: a drag over the box that encloses it."""

from __future__ import annotations

from app.annotate.tools.drag import DragTool, Point, spanned
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape


class EllipseTool(DragTool):
    """Draws ellipses; Shift makes circles, Alt draws from the centre, the handle above turns."""

    def drawn(self, start: Point, event: PointerEvent, /) -> Shape:
        """Return the ellipse inside the box from corner to corner."""
        x0, y0, x1, y1 = spanned(start, event)
        centre = [(x0 + x1) / 2, (y0 + y1) / 2]
        return Shape("ellipse", [centre, [abs(x1 - x0) / 2, abs(y1 - y0) / 2]])
