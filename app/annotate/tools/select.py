"""Select, move, resize, turn, edit corners, nudge and delete."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt

from app.annotate.annotator import Annotator
from app.annotate.tools.edit import BODY, CORNERED, STILL, Grip, grip_handle, kept_inside, under
from app.annotate.tools.nudge import STEPS, Nudge
from app.annotate.tools.tool import ShapeTool
from app.annotate.unsaved import Draft
from app.canvas.marks import Mark, Sketch
from app.canvas.pointer import PointerEvent
from app.state import AnnotationId, ViewerState
from softcam_core.annotations.shapes import Shape

Point = tuple[float, float]

ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
BAND_COLOUR = "#5b9dd9"


class Click(NamedTuple):
    """A click that took a shape of several that lie there."""

    at: Point
    shape: AnnotationId


class SelectTool(ShapeTool):
    """Changes what is drawn already; a whole drag is one edit.

    A press takes hold of a handle of the selected shape, else of what is under the mouse, else it
    begins a rubber band. Clicks at the same place go through the shapes that lie there.
    """

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Start with nothing in hand."""
        super().__init__(state, annotator, parent)
        self._grip: Grip | None = None
        self._last: PointerEvent | None = None
        self._band: Point | None = None
        self._toggled: AnnotationId | None = None
        self._before: tuple[AnnotationId, ...] = ()
        self._clicked: Click | None = None
        self._vertex: int | None = None
        self._hovered: Grip | None = None
        self._nudge = Nudge(self)
        state.selection_changed.connect(self._forget_vertex)
        state.annotations_changed.connect(self._forget_vertex)

    # Mouse

    def press(self, event: PointerEvent, /) -> None:
        """Take hold of a handle or of a shape, or begin a rubber band."""
        self._nudge.store()
        self._nudge.size = event.size
        self._forget_vertex()
        self._before = self.state.selection
        found = under(self.annotator.records(), event)
        if event.modifiers & ADDING:
            self._band = event.point
            self._toggled = found[0].id if found else None
            return
        grip = grip_handle(self.selected(), event)
        if event.modifiers & Qt.KeyboardModifier.AltModifier:
            if grip is not None and grip.vertex is not None:
                self._remove_vertex(grip.draft, grip.vertex)
            elif found:
                self._take_next(found, event)
            return
        if grip is None and found:
            grip = Grip(self._meant(found, event), BODY, event.point)
        self._grip = grip
        if grip is None:
            self._band, self._toggled, self._clicked = event.point, None, None
        elif grip.draft.id not in self.state.selection:
            self.state.set_selected(grip.draft.id)

    def move(self, event: PointerEvent, /) -> None:
        """Paint what the drag makes."""
        self._last = event
        if self._band is not None:
            if self._is_drag(self._band, event) or self.sketch is not None:
                self.show_sketch(Sketch(_box(self._band, event), colour=BAND_COLOUR))
        elif self._grip is not None and (self.sketch is not None or self._grip.moved(event)):
            if self._grip.handle == BODY:
                self._show_moved(self._grip, event)
            else:
                shape = self._grip.dragged(event)
                caption = self._grip.caption(event, self.spacing)
                self.show_edit(self._grip.draft, shape, caption)

    def release(self, event: PointerEvent, /) -> None:
        """Store what was dragged; a press that went nowhere was a click."""
        self.move(event)
        sketch, grip, band = self.sketch, self._grip, self._band
        self._let_go()
        if band is not None:
            self._select_in(None if sketch is None else _box(band, event), event)
        elif grip is not None and sketch is not None:
            self._store(grip, sketch)
        elif grip is not None:
            self._click(grip, event)
        self.hover(event)

    def hover(self, event: PointerEvent, /) -> None:
        """Find what is under the mouse."""
        self._nudge.size = event.size
        self._hovered = grip_handle(self.selected(), event)
        if self._hovered is None:
            found = under(self.annotator.records(), event)
            if found:
                self._hovered = Grip(self._meant(found, event), BODY, event.point)

    def double_click(self, event: PointerEvent, /) -> bool:
        """Put a corner into the edge of an outline; beside all shapes, let the canvas fit."""
        draft = self.selected()
        if draft is not None and draft.kind in CORNERED and grip_handle(draft, event) is None:
            shape = draft.shape
            if shape.distance(event.x, event.y) <= event.tolerance:
                edge = shape.nearest_edge(event.x, event.y)
                place = event.inside
                self.annotator.update(draft.id, shape.with_vertex_inserted(edge + 1, *place))
                return True
        found = under(self.annotator.records(), event)
        if found or grip_handle(draft, event) is not None:
            self.press(event)
        return bool(found) or self._grip is not None

    def cursor(self) -> Qt.CursorShape:
        """Show what a press would do."""
        grip = self._grip or self._hovered
        return Qt.CursorShape.ArrowCursor if grip is None else grip.cursor()

    # Keys

    def wants_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Ctrl and the arrows, Delete and Esc while a shape is selected."""
        held = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        nudges = key in STEPS and held == Qt.KeyboardModifier.ControlModifier
        if not nudges and key not in (Qt.Key.Key_Control, Qt.Key.Key_Shift):
            # What comes now, undo or the next case, is to find the nudged shape stored.
            self._nudge.store()
        busy = self._grip is not None or self._band is not None
        if not self.state.selection and not busy:
            return False
        if key in STEPS:
            # The arrows alone turn to the next case: a mark must not move by mistake.
            return nudges
        plain = held == Qt.KeyboardModifier.NoModifier
        return plain and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Nudge, delete or deselect."""
        if not self.wants_key(key, modifiers):
            return False
        if key in STEPS:
            far = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._nudge.by(key, far)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif self._vertex is not None and (draft := self.selected()) is not None:
            self._remove_vertex(draft, self._vertex)
        else:
            self.cancel()
            self.annotator.delete(self.state.selection)
        return True

    def key_up(self, key: Qt.Key, /) -> None:
        """End a row of nudges, which is one step."""
        if key in STEPS:
            self._nudge.store()

    def cancel(self) -> None:
        """Let go; the shapes stay as they were."""
        self._nudge.drop()
        self._vertex = None
        self._let_go()

    def put_away(self) -> None:
        """Store what is being nudged or dragged."""
        self._nudge.store()
        if self._last is not None and self._grip is not None and self.sketch is not None:
            self.release(self._last)
        self.cancel()

    def take_back(self) -> bool:
        """Give up a drag; what was nudged is a step of its own, for undo to take back."""
        self._nudge.store()
        busy = self._grip is not None or self._band is not None
        self._let_go()
        return busy

    # What a drag and a click do

    def _let_go(self) -> None:
        self._grip = self._band = None
        self.show_sketch(None)

    def _escape(self) -> None:
        if self._grip is not None or self._band is not None or self._vertex is not None:
            self.cancel()
        else:
            self.state.set_selected(None)

    def _is_drag(self, start: Point, event: PointerEvent) -> bool:
        return max(abs(event.x - start[0]), abs(event.y - start[1])) >= STILL / event.scale

    def _show_moved(self, grip: Grip, event: PointerEvent) -> None:
        drafts = [draft for draft in self.annotator.selected() if not draft.locked]
        if not drafts:
            self.tell_locked()
            self._grip = None
            return
        dx, dy = event.x - grip.start[0], event.y - grip.start[1]
        self.show_moved(drafts, *kept_inside([d.shape for d in drafts], dx, dy, event.size))

    def show_moved(self, drafts: list[Draft], dx: float, dy: float) -> None:
        """Paint shapes as they are moved together."""
        first, *others = [
            Mark(d.id, d.shape.moved(dx, dy), d.label, self.colour_of(d.label)) for d in drafts
        ]
        self.show_sketch(
            Sketch(first.shape, (), first.colour, first.label, first.id, more=tuple(others))
        )

    def _store(self, grip: Grip, sketch: Sketch) -> None:
        if sketch.shape is None or sketch.replaces is None:
            return
        shapes = {sketch.replaces: sketch.shape}
        shapes |= {mark.id: mark.shape for mark in sketch.more}
        self.annotator.update_many(shapes, self.tr("Move {0} shapes").format(len(shapes)))
        self._clicked = None
        if grip.vertex is not None:
            self._show_vertex(grip.vertex)

    def _click(self, grip: Grip, event: PointerEvent) -> None:
        if grip.handle != BODY:
            if grip.vertex is not None:
                self._show_vertex(grip.vertex)
            return
        found = under(self.annotator.records(), event)
        if self._again(event) and self._before == (grip.draft.id,):
            self._take_next(found, event)
        else:
            self.state.set_selected(grip.draft.id)
            self._clicked = Click(event.point, grip.draft.id)

    def _take_next(self, found: list[Draft], event: PointerEvent) -> None:
        """Select the shape that comes after the selected one among those under the mouse."""
        ids = [draft.id for draft in found]
        here = ids.index(self._before[-1]) if self._before and self._before[-1] in ids else -1
        taken = ids[(here + 1) % len(ids)]
        self._clicked = Click(event.point, taken)
        self.state.set_selected(taken)

    def _again(self, event: PointerEvent) -> bool:
        """Return whether the mouse is where it clicked last."""
        return self._clicked is not None and not self._is_drag(self._clicked.at, event)

    def _meant(self, found: list[Draft], event: PointerEvent) -> Draft:
        """Return the shape that a press takes: after clicks at one place the one they ended on."""
        if self._clicked is not None and self._again(event):
            taken = self._clicked.shape
            kept = [d for d in found if d.id == taken and self.state.selection == (taken,)]
            return (kept or found)[0]
        return found[0]

    def _select_in(self, box: Shape | None, event: PointerEvent) -> None:
        """Select what a rubber band touches; with Shift or Ctrl added to what is selected."""
        adding = bool(event.modifiers & ADDING)
        before = self._before if adding else ()
        if box is not None:
            reach = box.bounds
            drafts = [d for d in self.annotator.records() if not d.hidden]
            touched = [d.id for d in drafts if d.shape.touches(reach)]
            self.state.set_selection((*before, *touched))
        elif self._toggled in before:
            self.state.set_selection(a for a in before if a != self._toggled)
        elif self._toggled is not None:
            self.state.set_selection((*before, self._toggled))
        elif not adding:
            self.state.set_selection(())
        self._toggled = None

    # Corners

    def _show_vertex(self, vertex: int) -> None:
        draft = self.selected()
        if draft is not None and vertex < len(draft.shape.points):
            self._vertex = vertex
            x, y = draft.shape.points[vertex].tolist()
            self.show_sketch(Sketch(snap=(x, y)))

    def _forget_vertex(self) -> None:
        if self._vertex is not None:
            self._vertex = None
            self.show_sketch(None)

    def _remove_vertex(self, draft: Draft, vertex: int) -> None:
        if len(draft.shape.points) <= 3:
            self.state.message.emit(self.tr("An outline needs three corners; none was deleted."))
            return
        self._forget_vertex()
        self.annotator.update(draft.id, draft.shape.with_vertex_removed(vertex))


def _box(start: Point, event: PointerEvent) -> Shape:
    return Shape("box", [start, event.point])
