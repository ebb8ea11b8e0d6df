"""The shapes that maps are measured against: one reader's, any reader's, or most readers'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.state import ViewerState
from softcam_core.annotations.arguments import MAJORITY
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.annotations.study import Study


class TruthShapes(QObject):
    """Knows whose marks count, and counts the majority's pixels behind the window.

    Signals:
        counted: the majority of the case in view is known now.
    """

    counted = Signal()
    _found = Signal(int, object)

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Follow the choice in ``state``."""
        super().__init__(parent)
        self._state = state
        self._asked = 0
        self._majority: list[Shape] | None = None
        self.busy = False
        self._found.connect(self._on_found)
        for signal in (state.annotations_changed, state.case_changed, state.study_changed):
            signal.connect(self._forget)

    def shapes(self, study: Study, case: int) -> list[Shape]:
        """Return the shapes of a case; those of the majority come later, with ``counted``.

        Raises:
            SoftcamError: the study cannot be read, or has no such reader.
        """
        whose = self._state.whose_marks
        if not whose:
            return self._own(study, case)
        if whose != MAJORITY:
            from softcam_core.annotations.truth import resolve_truth

            # The pixels of several readers' shapes together are the union.
            readers = resolve_truth(study, whose).readers(case)
            return [r.shape for reader in readers for r in study.annotations(case, reader)]
        if self._majority is None and not self.busy:
            self._count(study, case)
        return self._majority or []

    def _own(self, study: Study, case: int) -> list[Shape]:
        """Return the shapes of the reader at work, as the window has them already."""
        known = self._state.own_shapes
        if known is not None and self._state.case is not None and case == self._state.case.id:
            return known()
        return [r.shape for r in study.annotations(case, self._state.reader)]

    def _count(self, study: Study, case: int) -> None:
        self._asked += 1
        number, self.busy = self._asked, True

        def work() -> None:
            from softcam_core.annotations.truth import resolve_truth

            found: list[Shape] = []
            try:
                mask = resolve_truth(study, MAJORITY).mask(case)
                if mask.any():
                    found = [Shape("mask", (), mask=mask)]
            except SoftcamError:
                pass  # Nothing is measured against what cannot be read.
            self._found.emit(number, found)

        QThreadPool.globalInstance().start(work)

    def _forget(self) -> None:
        self._asked += 1
        self._majority, self.busy = None, False

    def _on_found(self, number: int, found: list[Shape]) -> None:
        if number == self._asked:
            self._majority, self.busy = found, False
            self.counted.emit()
