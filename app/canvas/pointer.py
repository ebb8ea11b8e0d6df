"""What a tool is told about the mouse: image coordinates, and how coarse a hand is at this zoom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from app.canvas.stroke import Stroke

GRAB_RADIUS = 7.0
"""Screen pixels within which a click still hits a line or a handle."""


@dataclass(frozen=True)
class PointerEvent:
    """One mouse event over an image.

    Attributes:
        x: image pixels, right; may lie outside the image.
        y: image pixels, down.
        modifiers: the keys held.
        tolerance: `GRAB_RADIUS` in image pixels at the present zoom.
        size: width and height of the image.
    """

    x: float
    y: float
    modifiers: Qt.KeyboardModifier
    tolerance: float
    size: tuple[int, int]

    @property
    def scale(self) -> float:
        """Screen pixels per image pixel."""
        return GRAB_RADIUS / self.tolerance

    @property
    def point(self) -> tuple[float, float]:
        """The position as it is."""
        return self.x, self.y

    @property
    def inside(self) -> tuple[float, float]:
        """The nearest position inside the image."""
        width, height = self.size
        return min(max(self.x, 0.0), float(width)), min(max(self.y, 0.0), float(height))


class PointerTool(Protocol):
    """What a canvas asks of a tool; the left button is the tool's alone."""

    @property
    def stroke(self) -> Stroke | None:
        """The pixels that the tool paints, None for a tool that paints none."""

    @property
    def wants_all_moves(self) -> bool:
        """Whether `move` is to hear of every place that a drag went through, not one a frame."""

    def press(self, event: PointerEvent, /) -> None:
        """Take the left button going down."""

    def move(self, event: PointerEvent, /) -> None:
        """Take a move with the left button down."""

    def release(self, event: PointerEvent, /) -> None:
        """Take the left button coming up."""

    def hover(self, event: PointerEvent, /) -> None:
        """Take a move without a button."""

    def double_click(self, event: PointerEvent, /) -> bool:
        """Take a double click; False leaves it to the canvas, which fits the image.

        It stands in the place of the second press: moves and the release follow.
        """

    def wheel(self, event: PointerEvent, steps: float, /) -> bool:
        """Take the wheel, in notches away from the hand; False leaves it to the canvas: zoom."""

    def wants_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Return whether the tool would take a key now, before any shortcut gets it."""

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take a key; False leaves it to others."""

    def key_up(self, key: Qt.Key, /) -> None:
        """Take a key coming up."""

    def cursor(self) -> Qt.CursorShape:
        """Return the cursor to show now."""
