"""Edits that the study did not take: kept in memory, shown as drawn, written again later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from app.state import AnnotationId
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import AnnotationRecord, Study
from softcam_core.errors import ReadLockedError, StudyError


@dataclass(frozen=True)
class Draft:
    """An annotation as the reader wants it, whether the study knows it yet or not.

    Attributes:
        id: the study's, or one of its own (a text) while it was never stored.
        attributes: ``certainty``, ``note``, and what the window does with it: ``locked``,
            ``hidden``, ``rank``.
        deleted: the reader wants it gone.
    """

    id: AnnotationId
    case: int
    shape: Shape
    label: str
    reader: str
    attributes: dict[str, Any] = field(default_factory=dict, hash=False)
    deleted: bool = False

    @classmethod
    def of(cls, record: AnnotationRecord) -> Draft:
        """Return a stored annotation as it is."""
        return cls(
            record.id, record.case, record.shape, record.label, record.reader, record.attributes
        )

    @property
    def kind(self) -> str:
        """``box``, ``polygon`` ..."""
        return self.shape.kind

    @property
    def locked(self) -> bool:
        """Whether the reader wants it safe from changes."""
        return bool(self.attributes.get("locked"))

    @property
    def hidden(self) -> bool:
        """Whether it is not drawn; it counts all the same."""
        return bool(self.attributes.get("hidden"))

    @property
    def rank(self) -> float:
        """Its place in the order of drawing: later ones lie over earlier ones."""
        fallback = self.id if isinstance(self.id, int) else float("inf")
        return float(self.attributes.get("rank", fallback))

    def write(self, study: Study) -> int:
        """Store the draft and return its id in the study.

        Raises:
            StudyError: the study cannot be written.
        """
        shape = self.shape
        if isinstance(self.id, str):
            return study.add_annotation(
                self.case,
                shape.kind,
                shape.points,
                self.label,
                self.reader,
                angle=shape.angle,
                mask=shape.mask,
                attributes=self.attributes,
            )
        try:
            if self.deleted:
                study.delete_annotation(self.id)
            else:
                study.update_annotation(
                    self.id,
                    points=shape.points,
                    angle=shape.angle,
                    mask=shape.mask,
                    label=self.label,
                    attributes=self.attributes,
                )
        except ReadLockedError:
            raise
        except StudyError:
            # Another program may have deleted it meanwhile: what is drawn here then is a new one.
            if any(record.id == self.id for record in study.annotations(self.case)):
                raise
            if not self.deleted:
                return replace(self, id="").write(study)
        return self.id


class Unsaved:
    """The drafts that wait for the study, in the order they were made."""

    def __init__(self) -> None:
        """Start with none."""
        self._drafts: dict[AnnotationId, Draft] = {}
        self._stored_as: dict[AnnotationId, int] = {}
        self._numbers = count(1)

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._drafts)

    def new_id(self) -> str:
        """Return an id for a shape that the study has not seen."""
        return f"unsaved-{next(self._numbers)}"

    def taken_in(self, draft: Draft) -> Draft:
        """Return a draft of an earlier program with an id that none of this one's has."""
        return replace(draft, id=self.new_id()) if isinstance(draft.id, str) else draft

    def drop(self, draft: Draft) -> None:
        """Forget a draft that can never be stored."""
        self._drafts.pop(draft.id, None)

    def keep(self, draft: Draft) -> None:
        """Take a draft; it replaces an earlier one of the same annotation."""
        if draft.deleted and isinstance(draft.id, str):
            self._drafts.pop(draft.id, None)
        else:
            self._drafts[draft.id] = draft

    def clear(self) -> None:
        """Forget all drafts: a copy of the study has them, in which the reader goes on."""
        self._drafts.clear()

    def stored(self, annotation: AnnotationId, known_as: int) -> None:
        """Forget a draft: the study has it, under an id of its own."""
        self._drafts.pop(annotation, None)
        if annotation != known_as:
            self._stored_as[annotation] = known_as

    def present_id(self, annotation: AnnotationId) -> AnnotationId:
        """Return the id that an annotation has now."""
        return self._stored_as.get(annotation, annotation)

    def waiting(self) -> list[Draft]:
        """Return the drafts, oldest first."""
        return list(self._drafts.values())

    def over(self, stored: Sequence[Draft], case: int) -> list[Draft]:
        """Return the annotations of a case as the reader wants them."""
        shown = [self._drafts.get(draft.id, draft) for draft in stored]
        new = [d for d in self._drafts.values() if isinstance(d.id, str) and d.case == case]
        return [draft for draft in shown + new if not draft.deleted]
