"""Outlines that are set corner by corner: a click each."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt

from app.annotate.tools.edit import STILL
from app.annotate.tools.snapping import snapped
from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape

Point = tuple[float, float]

CLOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CornersTool(ShapeTool):
    """Clicks set corners; a click on the first one, a double click or Enter closes the outline.

    Backspace takes the last corner back, Esc gives up.
    """

    kind: ClassVar[str]

    _corners: tuple[Point, ...] = ()
    _case: int | None = None
    _mouse: Point = (0.0, 0.0)
    _snap: Point | None = None

    def preview(self, _corners: tuple[Point, ...], /) -> Shape | None:
        """Return the outline to paint before it is closed; None paints the straight line."""
        return None

    def press(self, event: PointerEvent, /) -> None:
        """Set a corner, or close the outline on its first one."""
        if not self.annotator.may_draw() or self.state.case is None:
            return
        place = snapped(self.state, event) or event.inside
        if not self._corners:
            self._case = self.state.case.id
        elif self._closes(event):
            self._close()
            return
        elif place == self._corners[-1]:
            return
        self._corners = (*self._corners, place)
        self._paint(place, None)

    def move(self, event: PointerEvent, /) -> None:
        """Follow the mouse."""
        self.hover(event)

    def hover(self, event: PointerEvent, /) -> None:
        """Lead the line to the mouse; onto the first corner where a click would close it."""
        if self._closes(event):
            self._paint(self._corners[0], None)
            return
        snap = snapped(self.state, event)
        if self._corners or snap is not None or self.sketch is not None:
            self._paint(snap or event.inside, snap)

    def double_click(self, event: PointerEvent, /) -> bool:
        """Close the outline; the first of the two clicks has set its last corner.

        Two quick clicks at two places are two corners, however near to each other.
        """
        still = STILL / event.scale
        place = snapped(self.state, event) or event.inside
        if self._corners and max(np.abs(np.subtract(self._corners[-1], place))) > still:
            self.press(event)
        elif self._corners:
            self._close()
        return True

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Enter, Backspace and Esc while there is an outline."""
        keys = (*CLOSING, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)
        return bool(self._corners) and key in keys

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Close, go one corner back, or give up."""
        if not self.wants_key(key, modifiers):
            return False
        if key in CLOSING:
            self._close()
        elif key == Qt.Key.Key_Backspace and len(self._corners) > 1:
            self._corners = self._corners[:-1]
            self._paint(self._mouse, None)
        else:
            self.cancel()
        return True

    def cancel(self) -> None:
        """Give up the outline."""
        self._corners = ()
        super().cancel()

    @property
    def begun(self) -> bool:
        """Whether there are corners of an outline that is not closed."""
        return bool(self._corners)

    def put_away(self) -> None:
        """Store an outline that is one already, on the case that it was drawn on."""
        self._close()
        self.cancel()

    def _close(self) -> None:
        """Store the outline; without three corners off one line there is none yet."""
        corners = self._corners
        if len(corners) < 3 or np.linalg.matrix_rank(np.subtract(corners, corners[0])) < 2:
            return
        case = self._case
        self.cancel()
        self.annotator.add(Shape(self.kind, corners), case)

    def _paint(self, mouse: Point, snap: Point | None) -> None:
        self._mouse = mouse
        if not self._corners:
            self.show_new(None, snap=snap)
            return
        line = (*self._corners, mouse)
        self.show_new(self.preview(line), line, snap=snap)

    def _closes(self, event: PointerEvent) -> bool:
        """Return whether a click would close the outline: it is on the first corner."""
        if len(self._corners) < 3:
            return False
        x, y = self._corners[0]
        return max(abs(x - event.x), abs(y - event.y)) <= event.tolerance
