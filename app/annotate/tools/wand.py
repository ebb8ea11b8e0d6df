"""The magic wand: a click takes the pixels around it that are like it."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from app.annotate.annotator import Annotator
from app.annotate.merge import union
from app.annotate.tools.paint import mask_shape
from app.annotate.tools.tool import ShapeTool
from app.annotate.unsaved import Draft
from app.canvas.marks import FALLBACK_COLOUR, Sketch
from app.canvas.pointer import GRAB_RADIUS, PointerEvent
from app.canvas.stroke import Stroke
from app.state import ViewerState
from softcam_core.imaging.grow import grow
from softcam_core.imaging.read import StoredImage
from softcam_core.imaging.window import Window, default_window

FIRST_TOLERANCE = 12.0
LEAST, MOST = 1.0, 128.0
NOTCH = 1.0
"""Tolerance that one notch of the wheel adds."""

DRAG = 0.25
"""Tolerance that a drag adds per screen pixel to the right or up."""

REACH = 12
"""The region ends at this part of the image's longer side from the click."""


class WandTool(ShapeTool):
    """Shows the region under the mouse and stores it as a mask by a click.

    The wheel, or a drag with the button down, changes the tolerance; Shift adds the region to
    the selected mask. Ctrl and the wheel zoom.
    """

    stroke: Stroke

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Take regions of the image that ``state`` has in view."""
        super().__init__(state, annotator, parent)
        self.stroke = Stroke(self)
        self.tolerance = FIRST_TOLERANCE
        self._press: PointerEvent | None = None
        self._at_press = FIRST_TOLERANCE
        self._shown: tuple[int, int, float] | None = None
        self._case = -1
        self._range: tuple[StoredImage, Window] | None = None

    def press(self, event: PointerEvent, /) -> None:
        """Keep to the region under the mouse."""
        if self.annotator.may_draw() and self.state.case is not None:
            self._press = event
            self._case = self.state.case.id
            self._at_press = self.tolerance
            self._preview(event)

    def move(self, event: PointerEvent, /) -> None:
        """Widen the tolerance to the right and upwards."""
        if self._press is not None:
            pixel = event.tolerance / GRAB_RADIUS
            way = (event.x - self._press.x - (event.y - self._press.y)) / pixel
            self._set_tolerance(self._at_press + way * DRAG)
            self._preview(self._press, self._caption())

    def release(self, event: PointerEvent, /) -> None:
        """Store the region."""
        self.move(event)
        start, case = self._press, self._case
        if start is None:
            return
        patch, x, y = self.stroke.patch()
        self.cancel()
        if not patch.any():
            return
        shape = mask_shape(patch, x, y)
        draft = self._joined(start)
        if draft is not None:
            joined = union([draft.shape, shape], start.size)
            self.annotator.reshape([(draft, joined)])
        else:
            self.annotator.add(shape, case)

    def hover(self, event: PointerEvent, /) -> None:
        """Show what a click would take."""
        self._preview(event)

    def wheel(self, event: PointerEvent, steps: float, /) -> bool:
        """Change the tolerance; with Ctrl the canvas zooms."""
        if event.modifiers & Qt.KeyboardModifier.ControlModifier:
            return False
        self._set_tolerance(self.tolerance + steps * NOTCH)
        self._preview(self._press or event, self._caption())
        return True

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc while the button is down."""
        return key == Qt.Key.Key_Escape and self._press is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Give the region up by Esc."""
        if self.wants_key(key, modifiers):
            self.cancel()
            return True
        return False

    def cancel(self) -> None:
        """Give the region up; nothing is stored."""
        self._press = self._shown = None
        self.stroke.clear()
        super().cancel()

    def _preview(self, event: PointerEvent, caption: str = "") -> None:
        """Paint the region around a place."""
        image = self.state.image
        x, y = floor(event.x), floor(event.y)
        width, height = event.size
        self.show_sketch(Sketch(caption=caption) if caption else None)
        if image is None or not (0 <= x < width and 0 <= y < height):
            self.stroke.clear()
            self._shown = None
            return
        if image.pixels.shape[:2] != (height, width) or self._shown == (x, y, self.tolerance):
            return
        self._shown = (x, y, self.tolerance)
        radius = max(max(width, height) // REACH, 1)
        region, left, top = grow(image.pixels, (x, y), self.tolerance, radius, self._window(image))
        colour = self.annotator.colours().get(self.state.label, FALLBACK_COLOUR)
        self.stroke.begin(event.size, QColor(colour))
        self.stroke.lay(region, left, top)

    def _window(self, image: StoredImage) -> Window:
        """Return the range of values that the image is first shown with."""
        if self._range is None or self._range[0] is not image:
            self._range = (image, default_window(image))
        return self._range[1]

    def _joined(self, event: PointerEvent) -> Draft | None:
        """Return the selected mask that Shift adds to."""
        selected = self.annotator.selected()
        if len(selected) != 1 or not event.modifiers & Qt.KeyboardModifier.ShiftModifier:
            return None
        draft = selected[0]
        return draft if draft.kind == "mask" and draft.label == self.state.label else None

    def _set_tolerance(self, tolerance: float) -> None:
        self.tolerance = min(max(tolerance, LEAST), MOST)

    def _caption(self) -> str:
        return self.tr("Tolerance {0}").format(round(self.tolerance))
