"""Moving the selected shapes by the arrow keys: a key held down is one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from app.annotate.tools.edit import kept_inside
from app.annotate.unsaved import Draft

if TYPE_CHECKING:
    from app.annotate.tools.select import SelectTool

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
LONG_STEP = 10
"""Image pixels that Ctrl and an arrow key move a shape by while Shift is held; 1 without."""

PATIENCE_MS = 1000
"""After so long without a further nudge the shapes are stored, also while the key stays down."""


class Nudge(QObject):
    """Collects the nudges of a held key, shows where the shapes are, and stores them once."""

    def __init__(self, tool: SelectTool) -> None:
        """Nudge what ``tool`` has selected."""
        super().__init__(tool)
        self.size = (0, 0)
        self._tool = tool
        self._drafts: list[Draft] = []
        self._way = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self.store)

    def by(self, key: Qt.Key, far: bool) -> None:
        """Move the shapes by one step farther."""
        if not self._drafts:
            selected = self._tool.annotator.selected()
            self._drafts = [draft for draft in selected if not draft.locked]
            self._way = (0.0, 0.0)
            if not self._drafts:
                self._tool.tell_locked()
                return
        length = LONG_STEP if far else 1
        right, down = STEPS[key]
        dx, dy = self._way[0] + right * length, self._way[1] + down * length
        image = self._tool.state.image
        if image is not None:
            self.size = image.pixels.shape[1], image.pixels.shape[0]
        self._way = kept_inside([draft.shape for draft in self._drafts], dx, dy, self.size)
        self._tool.show_moved(self._drafts, *self._way)
        self._timer.start()

    def store(self) -> None:
        """Store where the shapes are now, as one step, on the case that they were drawn on."""
        drafts, way = self._drafts, self._way
        self.drop()
        if drafts and any(way):
            text = self.tr("Move {0} shapes").format(len(drafts))
            self._tool.annotator.reshape(
                [(draft, draft.shape.moved(*way)) for draft in drafts], text
            )

    def drop(self) -> None:
        """Leave the shapes where they were stored."""
        self._timer.stop()
        if self._drafts:
            self._drafts = []
            self._tool.show_sketch(None)
