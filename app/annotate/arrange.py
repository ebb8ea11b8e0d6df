"""What is done to the selected shapes as they are: order, lock, visibility, copies, turns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from app.annotate.annotator import Annotator
from app.annotate.tools.edit import kept_inside
from app.annotate.unsaved import Draft
from app.state import AnnotationId, ViewerState
from softcam_core.annotations.shapes import Shape


class Arrange(QObject):
    """Changes the selected shapes, all of them as one step; says so where none is selected."""

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Work on the selection of ``state``."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator

    # Selecting

    def select_all(self) -> None:
        """Select every shape that is shown."""
        self._state.set_selection(d.id for d in self._annotator.records() if not d.hidden)

    def select_step(self, step: int) -> None:
        """Select the shape ``step`` places after the selected one in the order of drawing."""
        shown = [d.id for d in self._annotator.records() if not d.hidden]
        if not shown:
            self._state.noted.emit(self.tr("Nothing is marked in this image yet."))
            return
        here = self._state.selected
        at = shown.index(here) + step if here in shown else (0 if step > 0 else -1)
        self._state.set_selected(shown[at % len(shown)])

    # Geometry

    def nudge(self, dx: float, dy: float) -> None:
        """Move the selected shapes by image pixels, no farther than to the image's edge."""
        drafts = [d for d in self._annotator.selected() if not d.locked]
        if drafts and self._size is not None:
            dx, dy = kept_inside([d.shape for d in drafts], dx, dy, self._size)
        self._reshape(lambda shape: shape.moved(dx, dy), self.tr("Move {0} shapes"))

    def turn(self, degrees: float) -> None:
        """Turn each selected shape about its middle, clockwise; masks stay as they are."""
        self._reshape(lambda shape: shape.rotated(degrees), self.tr("Turn {0} shapes"))

    def resize(self, factor: float) -> None:
        """Make each selected shape larger or smaller about its middle; masks stay as they are."""
        self._reshape(lambda shape: shape.resized(factor), self.tr("Resize {0} shapes"))

    def duplicate(self) -> None:
        """Store copies a little beside the selected shapes, inside the image, and select them."""
        drafts = self._selected()
        if not drafts or self._size is None:
            return
        step = max(10.0, max(self._size) / 100)
        shapes = [draft.shape for draft in drafts]
        dx, dy = kept_inside(shapes, step, step, self._size)
        if dx == 0 and dy == 0:
            dx, dy = kept_inside(shapes, -step, -step, self._size)
        self._annotator.duplicate([draft.id for draft in drafts], dx, dy)

    # Lock and visibility

    def toggle_lock(self) -> None:
        """Lock the selected shapes; unlock them where all are locked."""
        drafts = self._selected()
        locked = bool(drafts) and all(draft.locked for draft in drafts)
        text = self.tr("Unlock {0} shapes") if locked else self.tr("Lock {0} shapes")
        self._set([d.id for d in drafts], text, locked=None if locked else True)

    def toggle_hidden(self) -> None:
        """Hide the selected shapes; show them where all are hidden."""
        drafts = self._selected()
        hidden = bool(drafts) and all(draft.hidden for draft in drafts)
        text = self.tr("Show {0} shapes") if hidden else self.tr("Hide {0} shapes")
        self._set([d.id for d in drafts], text, hidden=None if hidden else True)
        if drafts and not hidden:
            self._state.noted.emit(
                self.tr("Hidden shapes still count; Annotate > Show all hidden brings them back.")
            )

    def show_all(self) -> None:
        """Show every hidden shape."""
        hidden = [draft.id for draft in self._annotator.records() if draft.hidden]
        if hidden:
            self._set(hidden, self.tr("Show {0} shapes"), hidden=None)
        else:
            self._state.noted.emit(self.tr("No shape is hidden in this image."))

    # Order

    def to_top(self) -> None:
        """Put the selected shapes over all others."""
        self._reorder(lambda rest, chosen: [*rest, *chosen])

    def to_bottom(self) -> None:
        """Put the selected shapes under all others."""
        self._reorder(lambda rest, chosen: [*chosen, *rest])

    def up(self) -> None:
        """Put each selected shape over the next one above it."""
        self._swap(range(-2, -len(self._annotator.records()) - 1, -1), 1)

    def down(self) -> None:
        """Put each selected shape under the next one below it."""
        self._swap(range(1, len(self._annotator.records())), -1)

    def _reorder(self, arrange: Callable[[list[Draft], list[Draft]], list[Draft]]) -> None:
        drafts, chosen = self._annotator.records(), self._selected()
        ids = {draft.id for draft in chosen}
        if chosen:
            self._store_order(arrange([d for d in drafts if d.id not in ids], chosen))

    def _swap(self, places: range, step: int) -> None:
        order = self._annotator.records()
        ids = {draft.id for draft in self._selected()}
        for at in places:
            if order[at].id in ids and order[at + step].id not in ids:
                order[at], order[at + step] = order[at + step], order[at]
        if ids:
            self._store_order(order)

    def _store_order(self, order: list[Draft]) -> None:
        if [d.id for d in order] == [d.id for d in self._annotator.records()]:
            return
        ids = set(self._state.selection)
        ranks = new_ranks([d.rank for d in order], [d.id in ids for d in order])
        changed = {
            draft.id: {"rank": rank}
            for draft, rank in zip(order, ranks, strict=True)
            if rank != draft.rank
        }
        text = self.tr("Reorder {0} shapes").format(len(ids))
        self._annotator.set_attributes_of(changed, text)

    # What they share

    @property
    def _size(self) -> tuple[int, int] | None:
        image = self._state.image
        return None if image is None else (image.pixels.shape[1], image.pixels.shape[0])

    def _selected(self) -> list[Draft]:
        drafts = self._annotator.selected()
        if not drafts:
            self._state.noted.emit(self.tr("Select a shape first."))
        return drafts

    def _set(self, ids: list[AnnotationId], text: str, **values: bool | None) -> None:
        if ids:
            changed = dict.fromkeys(ids, values)
            self._annotator.set_attributes_of(changed, text.format(len(ids)))

    def _reshape(self, change: Callable[[Shape], Shape], text: str) -> None:
        shapes: dict[AnnotationId, Shape] = {}
        drafts = self._selected()
        for draft in drafts:
            try:
                shapes[draft.id] = change(draft.shape)
            except ValueError:
                continue
        if drafts and not shapes:
            self._state.noted.emit(self.tr("A mask keeps to its pixels: it can only be moved."))
        self._annotator.update_many(shapes, text.format(len(shapes)))


def new_ranks(ranks: list[float], moved: list[bool]) -> list[float]:
    """Return ranks that rise in the order given, of which only the moved ones are new.

    Where no number fits between two neighbours all ranks are new.
    """
    renumbered = [float(n + 1) for n in range(len(ranks))]
    if not np.isfinite(ranks).all():
        return renumbered
    result = list(ranks)
    at = 0
    while at < len(ranks):
        end = at
        while end < len(ranks) and moved[end]:
            end += 1
        if end > at:
            count = end - at
            low = result[at - 1] if at else None
            high = ranks[end] if end < len(ranks) else None
            if low is None:
                low = (high or 0.0) - count - 1
            if high is None:
                high = low + count + 1
            result[at:end] = np.linspace(low, high, count + 2)[1:-1].tolist()
        at = end + 1
    return result if (np.diff(result) > 0).all() else renumbered
