"""What is done to the shapes that are selected."""

from __future__ import annotations

from functools import cached_property

from app.annotate.arrange import Arrange
from app.commands.part import Part

TURN = 15.0
"""Degrees that a shape is turned by from the menu."""

TENTH = 1.1


class ShapeCommands(Part):
    """Selecting, copying, ordering, locking, hiding and reshaping, without a mouse."""

    @cached_property
    def _arrange(self) -> Arrange:
        return Arrange(self._window.state, self._window.annotator, self)

    def select_all(self) -> None:
        """Select every shape that is shown."""
        self._arrange.select_all()

    def select_next(self) -> None:
        """Select the next shape."""
        self._arrange.select_step(1)

    def select_previous(self) -> None:
        """Select the shape before."""
        self._arrange.select_step(-1)

    def duplicate(self) -> None:
        """Copy the selected shapes."""
        self._arrange.duplicate()

    def snap_edges(self, on: bool) -> None:
        """Let corners snap to edges of the image, or not."""
        self._window.state.set_snap(on)

    def toggle_lock(self) -> None:
        """Lock or unlock the selected shapes."""
        self._arrange.toggle_lock()

    def toggle_hidden(self) -> None:
        """Hide or show the selected shapes."""
        self._arrange.toggle_hidden()

    def show_all_hidden(self) -> None:
        """Show every hidden shape."""
        self._arrange.show_all()

    def order_up(self) -> None:
        """Put the selected shapes over the next one."""
        self._arrange.up()

    def order_down(self) -> None:
        """Put the selected shapes under the one before."""
        self._arrange.down()

    def order_top(self) -> None:
        """Put the selected shapes over all others."""
        self._arrange.to_top()

    def order_bottom(self) -> None:
        """Put the selected shapes under all others."""
        self._arrange.to_bottom()

    def turn_right(self) -> None:
        """Turn the selected shapes clockwise."""
        self._arrange.turn(TURN)

    def turn_left(self) -> None:
        """Turn the selected shapes the other way."""
        self._arrange.turn(-TURN)

    def enlarge(self) -> None:
        """Make the selected shapes larger."""
        self._arrange.resize(TENTH)

    def shrink(self) -> None:
        """Make the selected shapes smaller."""
        self._arrange.resize(1 / TENTH)

    def nudge_left(self) -> None:
        """Move the selected shapes to the left."""
        self._arrange.nudge(-1, 0)

    def nudge_right(self) -> None:
        """Move the selected shapes to the right."""
        self._arrange.nudge(1, 0)

    def nudge_up(self) -> None:
        """Move the selected shapes up."""
        self._arrange.nudge(0, -1)

    def nudge_down(self) -> None:
        """Move the selected shapes down."""
        self._arrange.nudge(0, 1)
