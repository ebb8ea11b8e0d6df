"""What every drawing tool has in common."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from app.annotate.annotator import Annotator
from app.annotate.unsaved import Draft
from app.canvas.marks import FALLBACK_COLOUR, Sketch
from app.canvas.pointer import PointerEvent
from app.canvas.stroke import Stroke
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape

Point = tuple[float, float]


class ShapeTool(QObject):
    """A tool that draws or changes shapes.

    It paints its work as a `Sketch` and hands the finished shape to the annotator, once.
    A subclass overrides the events that it needs.
    """

    sketch_changed = Signal(object)  # Sketch or None
    wants_all_moves = False
    only_asks = False
    """Whether it changes no mark, and so works in a locked read and over anybody's marks."""
    stroke: Stroke | None = None

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Draw on the case that ``state`` has in view."""
        super().__init__(parent)
        self.state = state
        self.annotator = annotator
        self.sketch: Sketch | None = None

    def show_sketch(self, sketch: Sketch | None) -> None:
        """Paint the shape in work, or nothing."""
        if sketch != self.sketch:
            self.sketch = sketch
            self.sketch_changed.emit(sketch)

    def show_new(
        self,
        shape: Shape | None,
        line: tuple[Point, ...] = (),
        *,
        caption: str = "",
        snap: Point | None = None,
    ) -> None:
        """Paint a new shape, or an open line, in the colour of the present label."""
        label = self.state.label
        self.show_sketch(
            Sketch(shape, line, self.colour_of(label), label, caption=caption, snap=snap)
        )

    def show_edit(self, draft: Draft, shape: Shape, caption: str = "") -> None:
        """Paint a shape as the mouse now has it, in place of the stored one."""
        colour = self.colour_of(draft.label)
        self.show_sketch(Sketch(shape, (), colour, draft.label, draft.id, caption=caption))

    def colour_of(self, label: str) -> str:
        """Return the colour of a label."""
        return self.annotator.colours().get(label, FALLBACK_COLOUR)

    @property
    def spacing(self) -> tuple[float, float] | None:
        """Row and column spacing of the image in mm, None where it is not known."""
        image = self.state.image
        return image.spacing if image is not None else None

    def selected(self) -> Draft | None:
        """Return the selected shape where it is the only one and not locked."""
        found = self.annotator.selected()
        return found[0] if len(found) == 1 and not found[0].locked else None

    def tell_locked(self) -> None:
        """Say why nothing happens."""
        self.state.message.emit(
            self.tr("A locked shape stays as it is; unlock it first, in the list or by its key.")
        )

    def cancel(self) -> None:
        """Give up the shape in work; nothing is stored."""
        self.show_sketch(None)

    def put_away(self) -> None:
        """Another tool or another case comes; a tool that has something to lose stores it."""
        self.cancel()

    def take_back(self) -> bool:
        """Take back the last piece of what is in work, for undo; False where nothing is."""
        none = Qt.KeyboardModifier.NoModifier
        return self.wants_key(Qt.Key.Key_Backspace, none) and self.key(Qt.Key.Key_Backspace, none)

    def press(self, event: PointerEvent, /) -> None:
        """Take the left button going down."""

    def move(self, event: PointerEvent, /) -> None:
        """Take a move with the left button down."""

    def release(self, event: PointerEvent, /) -> None:
        """Take the left button coming up."""

    def hover(self, event: PointerEvent, /) -> None:
        """Take a move without a button."""

    def double_click(self, event: PointerEvent, /) -> bool:
        """Take the second of two quick presses as what it is: who marks fast loses none."""
        self.press(event)
        return True

    def wheel(self, _event: PointerEvent, _steps: float, /) -> bool:
        """Take the wheel; the canvas zooms with it unless a tool has a size to change."""
        return False

    def wants_key(self, _key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Return whether a key would do something now."""
        return False

    def key(self, _key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take a key."""
        return False

    def key_up(self, _key: Qt.Key, /) -> None:
        """Take a key coming up."""

    def cursor(self) -> Qt.CursorShape:
        """Return the cursor to show now."""
        return Qt.CursorShape.CrossCursor
