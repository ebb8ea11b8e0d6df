"""Which marks of two readers belong together, computed behind the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.annotate.unsaved import Draft
from app.state import AnnotationId
from softcam_core.annotations.shapes import MEASURES

IOU = 0.5
"""Two marks are one finding from this intersection over union on."""

Pair = tuple[Draft, Draft]


@dataclass(frozen=True)
class Found:
    """What two readers agree on, and what they do not.

    Attributes:
        agreed: pairs of marks on one place with one label.
        open: ids of the marks that only one reader has, or that carry different labels, and that
            the adjudicated layer does not settle.
        settled: ids of the agreed marks that the adjudicated layer has already.
    """

    agreed: tuple[Pair, ...] = ()
    open: frozenset[AnnotationId] = frozenset()
    settled: frozenset[AnnotationId] = frozenset()


def compare(
    first: Sequence[Draft],
    second: Sequence[Draft],
    adjudicated: Sequence[Draft],
    size: tuple[int, int],
    point_radius: float,
) -> Found:
    """Match the marks of two readers on one case.

    Args:
        first: one reader's marks; lengths and angles are no findings and are left out.
        second: the other's.
        adjudicated: the marks that were accepted or drawn in between.
        size: (height, width) of the image.
        point_radius: of the disc that stands for a point, in pixels.
    """
    pairs = _pairs(first, second, size, point_radius)
    agreed = tuple(pair for pair in pairs if pair[0].label == pair[1].label)
    partners = {draft.id for pair in agreed for draft in pair}
    both = [*first, *second]
    settled = {
        draft.id
        for reader in (first, second)
        for draft, other in _pairs(reader, adjudicated, size, point_radius)
        if draft.label == other.label
    }
    waiting = {draft.id for draft in both if draft.kind not in MEASURES} - partners - settled
    # A finding with two labels is settled by either of them.
    for one, two in pairs:
        if one.id in settled or two.id in settled:
            waiting -= {one.id, two.id}
    return Found(agreed, frozenset(waiting), frozenset(settled & partners))


def _pairs(
    first: Sequence[Draft], second: Sequence[Draft], size: tuple[int, int], point_radius: float
) -> list[Pair]:
    # They bring scipy, which the window itself never waits for.
    from softcam_core.agreement.lesions import match
    from softcam_core.agreement.patches import patch_of

    one, two = (
        [(d, p) for d in drafts if (p := patch_of(d.shape, size, point_radius)) is not None]
        for drafts in (first, second)
    )
    found = match([p for _, p in one], [p for _, p in two], "iou", IOU)
    return [(one[i][0], two[j][0]) for i, j in found.pairs]


class Matching(QObject):
    """Compares in a thread; only the answer to the last question counts."""

    found = Signal(object)  # Found
    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Ask nothing yet."""
        super().__init__(parent)
        self._asked = 0
        self._answered.connect(self._on_answer)

    def ask(
        self,
        first: Sequence[Draft],
        second: Sequence[Draft],
        adjudicated: Sequence[Draft],
        size: tuple[int, int],
        point_radius: float,
    ) -> None:
        """Compare; ``found`` brings the answer."""
        self._asked += 1
        number = self._asked

        def work() -> None:
            self._answered.emit(number, compare(first, second, adjudicated, size, point_radius))

        QThreadPool.globalInstance().start(work)

    def forget(self) -> None:
        """Want no answer any more."""
        self._asked += 1

    def _on_answer(self, number: int, found: Found) -> None:
        if number == self._asked:
            self.found.emit(found)
