"""What the brush and the eraser have in common: a disc that leaves pixels along its way."""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from app.annotate.annotator import Annotator
from app.annotate.tools.tool import ShapeTool
from app.annotate.unsaved import Draft
from app.canvas.marks import FALLBACK_COLOUR, Sketch
from app.canvas.pointer import PointerEvent
from app.canvas.stroke import RUBBED, Stroke
from app.state import ViewerState
from softcam_core.annotations.masks import Mask as Pixels
from softcam_core.annotations.shapes import Shape

SMALLEST, LARGEST = 1.0, 500.0
"""Radius of the disc in image pixels: a disc of radius 1 always covers a pixel's centre."""

FIRST_RADIUS = 12.0
NOTCH = 1.15
"""What one notch of the wheel makes the disc wider by."""

SIZE_KEYS = {Qt.Key.Key_Comma: -1, Qt.Key.Key_Period: 1}


class PaintTool(ShapeTool):
    """Paints or wipes pixels; a stroke, from press to release, is one edit.

    The wheel, or comma and period, change the size of the disc; Ctrl and the wheel zoom.
    """

    wants_all_moves = True
    stroke: Stroke

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Paint on the case that ``state`` has in view."""
        super().__init__(state, annotator, parent)
        self.stroke = Stroke(self)
        self.radius = FIRST_RADIUS
        self._at: tuple[float, float] | None = None
        self._wipes = False
        self._case = -1
        self._target: Draft | None = None
        self._others: list[Draft] = []

    def wiping(self, event: PointerEvent, /) -> bool:
        """Return whether a stroke that begins now takes pixels away."""
        raise NotImplementedError

    def press(self, event: PointerEvent, /) -> None:
        """Begin a stroke."""
        case = self.state.case
        if not self.annotator.may_draw() or case is None:
            return
        self._wipes = self.wiping(event)
        self._case = case.id
        self._target = self._mask_at(event)
        self._others = [] if self._target else self._masks()
        self.stroke.begin(event.size, self._colour())
        if self._target is not None:
            mask, x, y = pixels_of(self._target.shape)
            self.stroke.lay(mask, x, y)
            # The stroke shows it meanwhile, as it would be.
            self.show_sketch(Sketch(replaces=self._target.id))
        else:
            self.show_sketch(None)
        self._at = event.point
        self._dab(event)

    def move(self, event: PointerEvent, /) -> None:
        """Lead the stroke on."""
        if self._at is not None:
            self._dab(event)
        self.stroke.show_circle(event.point, self.radius)

    def release(self, event: PointerEvent, /) -> None:
        """Store what was painted or wiped."""
        self.move(event)
        self._finish()

    def hover(self, event: PointerEvent, /) -> None:
        """Show the disc."""
        self.show_sketch(None)
        self.stroke.show_circle(event.point, self.radius)

    def wheel(self, event: PointerEvent, steps: float, /) -> bool:
        """Change the size; with Ctrl the canvas zooms."""
        if event.modifiers & Qt.KeyboardModifier.ControlModifier:
            return False
        self._resize(steps)
        self.stroke.show_circle(event.point, self.radius)
        return True

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc during a stroke, and the keys that change the size."""
        return key in SIZE_KEYS or (key == Qt.Key.Key_Escape and self._at is not None)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Change the size, or give the stroke up."""
        if not self.wants_key(key, modifiers):
            return False
        if key in SIZE_KEYS:
            self._resize(SIZE_KEYS[key])
            if self.stroke.circle is not None:
                self.stroke.show_circle(self.stroke.circle[0], self.radius)
        else:
            self.cancel()
        return True

    def cancel(self) -> None:
        """Give the stroke up; nothing is stored."""
        self._at = self._target = None
        self._others = []
        self.stroke.clear()
        super().cancel()

    def put_away(self) -> None:
        """Store the stroke in work, on the case that it was painted on."""
        self._finish()
        self.cancel()
        self.stroke.show_circle(None)

    # The stroke

    def _dab(self, event: PointerEvent) -> None:
        assert self._at is not None
        # Where no single mask is in work, a wiping stroke shows where it went.
        value = not self._wipes or self._target is None
        self.stroke.dab(self._at, event.point, self.radius, value)
        self._at = event.point

    def _finish(self) -> None:
        if self._at is None:
            return
        target, others, case = self._target, self._others, self._case
        patch, x, y = self.stroke.patch()
        shape = mask_shape(patch, x, y) if patch.any() else None
        if target is not None:
            if shape != target.shape:
                self.annotator.reshape([(target, shape)])
        elif self._wipes and shape is not None:
            self._wipe(others, shape)
        elif shape is not None:
            self.annotator.add(shape, case)
        self.cancel()

    def _wipe(self, masks: list[Draft], rubbed: Shape) -> None:
        """Take pixels from every mask under a stroke, as one step."""
        changed = []
        for draft in masks:
            left = without(draft.shape, rubbed)
            if left != draft.shape:
                changed.append((draft, left))
        if changed:
            self.annotator.reshape(changed, self.tr("Erase in {0} masks").format(len(changed)))
        else:
            self.state.message.emit(
                self.tr("The eraser works on masks; there is none under it to take from.")
            )

    def _mask_at(self, event: PointerEvent) -> Draft | None:
        """Return the selected mask, if the stroke that begins here belongs to it."""
        selected = self.annotator.selected()
        if len(selected) != 1 or event.modifiers & Qt.KeyboardModifier.AltModifier:
            return None
        draft = selected[0]
        if draft.kind != "mask" or draft.locked or draft.hidden:
            return None
        if not self._wipes and draft.label != self.state.label:
            return None
        return draft if lies_near(draft.shape, event.point, self.radius) else None

    def _masks(self) -> list[Draft]:
        found = self.annotator.records() if self._wipes else []
        return [draft for draft in found if draft.kind == "mask" and not draft.hidden]

    def _colour(self) -> QColor:
        if self._wipes and self._target is None:
            return RUBBED
        label = self._target.label if self._target else self.state.label
        return QColor(self.annotator.colours().get(label, FALLBACK_COLOUR))

    def _resize(self, steps: float) -> None:
        self.radius = min(max(self.radius * NOTCH**steps, SMALLEST), LARGEST)
        width = self.tr("Brush {0} px wide").format(round(2 * self.radius))
        if self._at is None:
            self.show_sketch(Sketch(caption=width))


def mask_shape(patch: Pixels, x: int, y: int) -> Shape:
    """Return the pixels (h, w), the top left one at (x, y), as a shape."""
    height, width = patch.shape
    return Shape("mask", [[x, y], [x + width, y + height]], mask=patch)


def pixels_of(shape: Shape) -> tuple[Pixels, int, int]:
    """Return a mask's pixels (h, w) and the place of the top left one."""
    assert shape.mask is not None
    return shape.mask, int(shape.points[0, 0]), int(shape.points[0, 1])


def without(shape: Shape, rubbed: Shape) -> Shape | None:
    """Return a mask less another one's pixels: itself where they share none, None for nothing."""
    mask, x, y = pixels_of(shape)
    other, left, top = pixels_of(rubbed)
    x0, y0 = max(x, left), max(y, top)
    x1 = min(x + mask.shape[1], left + other.shape[1])
    y1 = min(y + mask.shape[0], top + other.shape[0])
    if x0 >= x1 or y0 >= y1:
        return shape
    gone = other[y0 - top : y1 - top, x0 - left : x1 - left]
    if not (mask[y0 - y : y1 - y, x0 - x : x1 - x] & gone).any():
        return shape
    rest = mask.copy()
    rest[y0 - y : y1 - y, x0 - x : x1 - x] &= ~gone
    return mask_shape(rest, x, y) if rest.any() else None


def lies_near(shape: Shape, point: tuple[float, float], reach: float) -> bool:
    """Return whether a mask has a pixel in the square of ``reach`` around a place."""
    mask, x, y = pixels_of(shape)
    column, row = point[0] - x, point[1] - y
    rows = slice(max(floor(row - reach), 0), max(ceil(row + reach), 0))
    columns = slice(max(floor(column - reach), 0), max(ceil(column + reach), 0))
    return bool(mask[rows, columns].any())
