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


@dataclass(frozen=True)
class Grade:
    """A reader's grade of a case that waits for the study; an empty name takes it back."""

    case: int
    name: str
    reader: str

    @property
    def id(self) -> str:
        """What tells it from every other edit that waits."""
        return f"grade-{self.case}-{self.reader}"

    @property
    def deleted(self) -> bool:
        """Whether it is a shape that is to go: never."""
        return False

    def write(self, study: Study) -> AnnotationId:
        """Store the grade; return its id, which it keeps.

        Raises:
            StudyError: the study cannot be written.
        """
        study.set_label(self.case, self.name, self.reader)
        return self.id


Edit = Draft | Grade


@dataclass(frozen=True)
class Group:
    """Edits that are stored together or not at all, as one undo step.

    Attributes:
        text: the step's name; empty for the study's own name of a single edit.
    """

    text: str
    edits: tuple[Edit, ...]


class Unsaved:
    """The edits that wait for the study, in the order they were made."""

    def __init__(self) -> None:
        """Start with none."""
        self._edits: dict[AnnotationId, Edit] = {}
        self._groups: list[tuple[str, list[AnnotationId]]] = []
        self._stored_as: dict[AnnotationId, AnnotationId] = {}
        self._numbers = count(1)

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._edits)

    def new_id(self) -> str:
        """Return an id for a shape that the study has not seen."""
        return f"unsaved-{next(self._numbers)}"

    def taken_in(self, edit: Edit) -> Edit:
        """Return an edit of an earlier program with an id that none of this one's has."""
        if isinstance(edit, Draft) and isinstance(edit.id, str):
            return replace(edit, id=self.new_id())
        return edit

    def keep(self, edits: Sequence[Edit], text: str = "") -> None:
        """Take the edits of one step; each replaces an earlier one of the same annotation.

        What replaces an edit that waits joins that one's step.
        """
        new = []
        for edit in edits:
            waits = edit.id in self._edits
            if edit.deleted and isinstance(edit.id, str):
                self._edits.pop(edit.id, None)
            else:
                self._edits[edit.id] = edit
                if not waits:
                    new.append(edit.id)
        if new:
            self._groups.append((text, new))

    def clear(self) -> None:
        """Forget all edits: a copy of the study has them, in which the reader goes on."""
        self._edits.clear()
        self._groups.clear()

    def drop(self, edits: Sequence[Edit]) -> None:
        """Forget edits that can never be stored."""
        for edit in edits:
            self._edits.pop(edit.id, None)

    def stored(self, annotation: AnnotationId, known_as: AnnotationId) -> None:
        """Forget an edit: the study has it, under an id of its own."""
        self._edits.pop(annotation, None)
        if annotation != known_as:
            self._stored_as[annotation] = known_as

    def present_id(self, annotation: AnnotationId) -> AnnotationId:
        """Return the id that an annotation has now."""
        return self._stored_as.get(annotation, annotation)

    def waiting(self) -> list[Group]:
        """Return what waits, step by step, oldest first."""
        groups = []
        for text, ids in self._groups:
            edits = tuple(self._edits[n] for n in ids if n in self._edits)
            if edits:
                groups.append(Group(text if len(edits) > 1 else "", edits))
        self._groups = [(text, ids) for text, ids in self._groups if any(map(self._has, ids))]
        return groups

    def _has(self, annotation: AnnotationId) -> bool:
        return annotation in self._edits

    def grade(self, case: int, reader: str) -> str | None:
        """Return a reader's grade of a case that waits, None where none does."""
        edit = self._edits.get(Grade(case, "", reader).id)
        return edit.name if isinstance(edit, Grade) else None

    def over(self, stored: Sequence[Draft], case: int) -> list[Draft]:
        """Return the annotations of a case as the reader wants them."""
        drafts = {n: edit for n, edit in self._edits.items() if isinstance(edit, Draft)}
        shown = [drafts.get(draft.id, draft) for draft in stored]
        new = [d for d in drafts.values() if isinstance(d.id, str) and d.case == case]
        return [draft for draft in shown + new if not draft.deleted]
