"""The freehand outline: press, draw around, release."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from app.annotate.tools.edit import STILL
from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent
from softcam_core.annotations.shapes import Shape

TOLERANCE = 0.5
"""Screen pixels that the stored outline may leave the hand's by: nothing that can be seen."""


class FreehandTool(ShapeTool):
    """Follows the hand; the outline closes itself where the hand lets go."""

    wants_all_moves = True
    _way: NDArray[np.float64] | None = None
    _length = 0
    _last: PointerEvent | None = None

    def press(self, event: PointerEvent, /) -> None:
        """Begin an outline."""
        if self.annotator.may_draw():
            self._way, self._length = np.empty((256, 2)), 0
            self.move(event)

    def move(self, event: PointerEvent, /) -> None:
        """Paint the way so far."""
        if self._way is None:
            return
        self._last = event
        if self._length == len(self._way):
            self._way = np.concatenate([self._way, np.empty_like(self._way)])
        self._way[self._length] = event.inside
        self._length += 1
        if self._length >= 3:
            self.show_new(Shape("freehand", self._way[: self._length]))

    def release(self, event: PointerEvent, /) -> None:
        """Store the outline, without the points that no eye would miss."""
        self.move(event)
        way = None if self._way is None else self._way[: self._length]
        self.cancel()
        if way is None or len(way) < 3 or np.ptp(way, axis=0).max() < STILL / event.scale:
            return
        if np.linalg.matrix_rank(way - way[0]) == 2:
            shape = Shape("freehand", way)
            self.annotator.add(shape.with_points_simplified(TOLERANCE / event.scale))

    def cancel(self) -> None:
        """Give up the outline."""
        self._way = None
        super().cancel()

    def put_away(self) -> None:
        """Store the outline as far as it goes; the button may come up in another case."""
        if self._last is not None and self._way is not None:
            self.release(self._last)

    def take_back(self) -> bool:
        """Give up the outline in work."""
        busy = self._way is not None
        self.cancel()
        return busy

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc while the hand draws."""
        return key == Qt.Key.Key_Escape and self._way is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Cancel by Esc."""
        if self.wants_key(key, modifiers):
            self.cancel()
            return True
        return False
