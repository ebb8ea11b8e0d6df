"""Which region the ledger is asked about, as it is drawn, selected or lassoed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.annotate.annotator import Annotator
from app.annotate.tools.select import BAND_COLOUR
from app.canvas.marks import Sketch
from app.state import AnnotationId, ViewerState
from softcam_core.annotations.shapes import MEASURES, Shape


class Region(NamedTuple):
    """What is asked about; its shapes count together.

    Attributes:
        shapes: in image pixels; none where nothing is asked about.
        labels: of the marks, one per shape; none for a lasso.
        lasso: it is no mark.
        place: number and class where it is one of the strongest regions; empty for other regions.
    """

    shapes: tuple[Shape, ...] = ()
    labels: tuple[str, ...] = ()
    lasso: bool = False
    place: tuple[int, str] | tuple[()] = ()


class Asked(QObject):
    """Keeps the region: the selected marks, else the lasso, else all of the reader's marks in view.

    A mark that is drawn or dragged counts as it is under the mouse. Measurements have no inside.
    """

    changed = Signal()

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Follow the marks, the selection and the lasso of ``state``."""
        super().__init__(parent)
        self._state = state
        self._annotator = annotator
        self._sketch: Sketch | None = None
        self._places: dict[Shape, tuple[int, str]] = {}
        self._drawn: dict[int, Shape] = {}
        self.region = Region()
        for signal in (state.study_changed, state.reader_changed):
            signal.connect(self._forget)
        for signal in (
            state.case_changed,
            state.study_changed,
            state.reader_changed,
            state.sight_changed,
            state.selection_changed,
            state.lasso_changed,
            state.annotations_changed,
        ):
            signal.connect(self._find)
        self._find()

    def follow(self, sketch: Sketch | None) -> None:
        """Take note of the mark in work."""
        if sketch is not None and sketch.colour == BAND_COLOUR:
            sketch = None  # A rubber band asks nothing.
        if sketch is not None and not _drawn(sketch):
            sketch = None
        if sketch is not None or self._sketch is not None:
            self._sketch = sketch
            self._find()

    def pick(self, outline: Shape, number: int, name: str) -> None:
        """Ask about one of the strongest regions of a class; the lasso of before can come back."""
        case, before = self._state.case, self._state.lasso
        if case is not None and before is not None and before not in self._places:
            self._drawn[case.id] = before
        self._places[outline] = number, name
        self._state.set_selected(None)
        self._state.set_lasso(outline)
        self._find()

    @property
    def drawn(self) -> Shape | None:
        """The lasso that a strongest region has taken the place of; None where there is none."""
        case = self._state.case
        return self._drawn.get(case.id) if case is not None and self.region.place else None

    def take_back(self) -> None:
        """Ask about that lasso again."""
        if self.drawn is not None:
            self._state.set_lasso(self.drawn)

    def _forget(self) -> None:
        """Another study: its cases have the same numbers."""
        self._places.clear()
        self._drawn.clear()

    def _find(self) -> None:
        found = self._look()
        if found != self.region:
            self.region = found
            self.changed.emit()

    def _look(self) -> Region:
        marks: dict[AnnotationId | None, tuple[Shape, str]] = {
            draft.id: (draft.shape, draft.label)
            for draft in self._annotator.records()
            if draft.kind not in MEASURES and not draft.hidden
        }
        chosen = [draft.id for draft in self._annotator.selected() if draft.id in marks]
        if self._sketch is not None:
            drawn = _drawn(self._sketch)
            for mark, shape in drawn.items():
                marks[mark] = shape, marks[mark][1] if mark in marks else self._sketch.label
            if None in drawn:
                return _of_marks([marks[None]])
        if chosen:
            return _of_marks([marks[mark] for mark in chosen])
        if self._state.lasso is not None:
            place = self._places.get(self._state.lasso, ())
            return Region((self._state.lasso,), lasso=True, place=place)
        return _of_marks(list(marks.values()))


def _of_marks(marks: list[tuple[Shape, str]]) -> Region:
    return Region(tuple(shape for shape, _ in marks), tuple(label for _, label in marks))


def _drawn(sketch: Sketch) -> dict[AnnotationId | None, Shape]:
    """Return the shapes in work by the mark that each stands for, None for a new one."""
    drawn: dict[AnnotationId | None, Shape] = {mark.id: mark.shape for mark in sketch.more}
    if sketch.shape is not None and sketch.shape.kind not in MEASURES:
        drawn[sketch.replaces] = sketch.shape
    return drawn
