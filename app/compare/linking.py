"""Which panes move together: one viewport and one display window for all that are linked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from app.canvas.pane import ImagePane
from app.canvas.viewport import Viewport
from softcam_core.imaging.window import Window


class Links(QObject):
    """Hands out viewports: the shared one to linked panes, one of its own to every other."""

    moved = Signal()  # some pane shows another part of the image

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with no pane."""
        super().__init__(parent)
        self.shared = Viewport(self)
        self.shared.changed.connect(self.moved)

    def new(self, linked: bool) -> Viewport:
        """Return the viewport for a new pane."""
        return self.shared if linked else self._own(self.shared)

    def is_linked(self, pane: ImagePane) -> bool:
        """Return whether a pane moves with others."""
        return pane.viewport is self.shared

    def together(self, panes: Iterable[ImagePane], with_one: ImagePane) -> list[ImagePane]:
        """Return the panes that what is done in one of them is done to, that one among them."""
        if not self.is_linked(with_one):
            return [with_one]
        return [pane for pane in panes if self.is_linked(pane)]

    def link(self, panes: Sequence[tuple[ImagePane, bool]]) -> bool:
        """Link these panes, or let them go their own ways; return whether any changed.

        Who joins looks where the others look; the first ones to be linked look where the first
        of them did. Who leaves stays where it was.
        """
        changed = [(pane, linked) for pane, linked in panes if linked != self.is_linked(pane)]
        there = [pane for pane, _ in panes if self.is_linked(pane)]
        for pane, linked in changed:
            old = pane.viewport
            if linked:
                if there:
                    _take_window(pane, there[0].window_level)
                else:
                    self.shared.look_like(old)
                pane.set_viewport(self.shared)
                there.append(pane)
                old.deleteLater()
            else:
                pane.set_viewport(self._own(old))
                there.remove(pane)
        return bool(changed)

    def let_go(self, pane: ImagePane) -> None:
        """Forget a pane that is about to be deleted."""
        if not self.is_linked(pane):
            pane.viewport.deleteLater()

    def _own(self, like: Viewport) -> Viewport:
        viewport = Viewport(self)
        viewport.look_like(like)
        viewport.changed.connect(self.moved)
        return viewport


def _take_window(pane: ImagePane, window: Window | None) -> None:
    if window is not None and pane.window_level is not None:
        pane.set_window(window)
