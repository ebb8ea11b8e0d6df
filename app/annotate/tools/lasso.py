"""The lasso: draw around a place to ask for its evidence. It marks nothing and changes nothing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from app.annotate.annotator import Annotator
from app.annotate.tools.edit import STILL
from app.annotate.tools.freehand import TOLERANCE
from app.annotate.tools.tool import ShapeTool
from app.canvas.pointer import PointerEvent
from app.state import ViewerState
from softcam_core.annotations.shapes import Shape


class LassoTool(ShapeTool):
    """Puts what the hand draws around into `ViewerState.lasso`, from the first moves on.

    A click without a drag, Esc, or the selection of a mark takes it away. Each case keeps its own
    while the study is open, for the reader who drew it. It is no annotation and no step to undo,
    so it works in a locked read as well.
    """

    wants_all_moves = True
    only_asks = True

    def __init__(
        self, state: ViewerState, annotator: Annotator, parent: QObject | None = None
    ) -> None:
        """Ask about the case that ``state`` has in view."""
        super().__init__(state, annotator, parent)
        self._way: list[tuple[float, float]] | None = None
        self._kept: dict[int, Shape] = {}
        self._case = state.case.id if state.case is not None else None
        state.lasso_changed.connect(self._keep)
        state.case_changed.connect(self._on_case)
        state.sight_changed.connect(self._on_sight)
        for signal in (state.study_changed, state.reader_changed):
            signal.connect(self._forget_all)
        state.selection_changed.connect(self._on_selection)

    def press(self, event: PointerEvent, /) -> None:
        """Begin an outline; what was asked about before is forgotten."""
        self.forget()
        self.state.set_selected(None)
        self._way = [event.inside]

    def move(self, event: PointerEvent, /) -> None:
        """Ask about what is enclosed so far."""
        if self._way is not None:
            self._way.append(event.inside)
            if _encloses(self._points()):
                self.state.set_lasso(Shape("freehand", self._points()))

    def release(self, event: PointerEvent, /) -> None:
        """Keep the outline, without the points that no eye would miss; a click asks nothing."""
        if self._way is None:
            return
        self.move(event)
        points = self._points()
        self._way = None
        if np.ptp(points, axis=0).max() < STILL / event.scale or not _encloses(points):
            self.forget()
        else:
            shape = Shape("freehand", points)
            self.state.set_lasso(shape.with_points_simplified(TOLERANCE / event.scale))

    def double_click(self, event: PointerEvent, /) -> bool:
        """Take the second press of a double click as one more press."""
        self.press(event)
        return True

    def wants_key(self, key: Qt.Key, _modifiers: Qt.KeyboardModifier, /) -> bool:
        """Take Esc while there is a region to forget."""
        return key == Qt.Key.Key_Escape and self.state.lasso is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier, /) -> bool:
        """Forget the region by Esc."""
        if self.wants_key(key, modifiers):
            self.forget()
            return True
        return False

    def take_back(self) -> bool:
        """There is nothing to undo: the region is none of the reader's work."""
        return False

    def cancel(self) -> None:
        """Stop to draw; the region stays."""
        self._way = None
        super().cancel()

    def forget(self) -> None:
        """Ask about no lasso any more."""
        self._way = None
        self.state.set_lasso(None)

    def _keep(self) -> None:
        """Remember the region of the case; also one that another part of the window asks about."""
        case = self.state.case
        if case is None or case.id != self._case:
            return  # It is of the case that is being left.
        if self.state.lasso is not None:
            self._kept[case.id] = self.state.lasso
        else:
            self._kept.pop(case.id, None)

    def _on_case(self) -> None:
        """Ask about the region that this case had before."""
        case = self.state.case
        self._way = None
        self._case = case.id if case is not None else None
        kept = self._kept.get(case.id) if case is not None else None
        # An outline may be of the model's strongest evidence.
        self.state.set_lasso(None if self.state.model_hidden() else kept)

    def _on_sight(self) -> None:
        if self.state.model_hidden():
            self._forget_all()

    def _forget_all(self) -> None:
        self._kept.clear()
        self.forget()

    def _on_selection(self) -> None:
        if self.state.selection:
            self.forget()

    def _points(self) -> NDArray[np.float64]:
        return np.array(self._way, np.float64)


def _encloses(points: NDArray[np.float64]) -> bool:
    return len(points) >= 3 and bool(np.linalg.matrix_rank(points - points[0]) == 2)
