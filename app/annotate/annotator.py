"""The one way in which the window changes annotations: straight into the study, with undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.annotate.history import Steps
from app.annotate.layer import Layer
from app.annotate.unsaved import Draft, Edit, Grade
from app.annotate.writer import Writer
from app.state import AnnotationId, ViewerState
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ReadLockedError

Ids = AnnotationId | Iterable[AnnotationId]


class Annotator(Layer):
    """Adds, changes and deletes the reader's annotations of the case in view.

    Every edit is on disk when the call returns. An edit that the study does not take (full disk,
    locked file) stays in memory and on screen, is told once, and is written as soon as it can be.
    A call is one undo step, however many annotations it changes.
    """

    saved = Signal(float)  # milliseconds that the write took
    undo_changed = Signal()
    acting = Signal(int)  # id of a case that is about to be changed

    def __init__(self, state: ViewerState, parent: QObject | None = None) -> None:
        """Work on whatever study and case ``state`` has open."""
        super().__init__(state, parent)
        self.writer = Writer(state, self._on_stored, self)
        self.steps = Steps(state, self.writer, self)
        self.steps.stack.indexChanged.connect(self.undo_changed)
        self.steps.walked.connect(self._on_walked)
        self.steps.failed.connect(self.failed)
        self.writer.saved.connect(self.saved)
        self.steps.saved.connect(self.saved)
        self.writer.failed.connect(self.failed)
        state.study_changed.connect(self._open_study)
        state.reader_changed.connect(self._change_reader)
        self._open_study()

    # Edits

    def add(
        self, shape: Shape, case: int | None = None, attributes: Mapping[str, Any] | None = None
    ) -> AnnotationId | None:
        """Store a new shape with the present label, select it and return its id.

        Args:
            shape: in image pixels.
            case: the case it was drawn on; default the one in view.
            attributes: further values, for instance ``certainty``.
        """
        ids = self.add_many([shape], "", case, attributes)
        return ids[0] if ids else None

    def add_many(
        self,
        shapes: Iterable[Shape],
        text: str,
        case: int | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> list[AnnotationId]:
        """Store new shapes with the present label as one step, and select them."""
        if not self.can_draw or self._state.case is None:
            return []
        here = self._state.case.id
        case = here if case is None else case
        label, reader = self._state.label, self._state.reader
        drafts = [self._new(case, shape, label, reader, attributes) for shape in shapes]
        ids = self._edit(drafts, text)
        if case == here and ids:
            self._state.set_selection(ids)
        return ids

    def update(self, annotation: AnnotationId, shape: Shape) -> None:
        """Store another geometry of an annotation."""
        self.update_many({annotation: shape})

    def update_many(self, shapes: Mapping[AnnotationId, Shape], text: str = "") -> None:
        """Store other geometries of annotations as one step."""
        drafts = [(self.record(annotation), shape) for annotation, shape in shapes.items()]
        changed = [replace(d, shape=shape) for d, shape in drafts if d and shape != d.shape]
        self._change(changed, text)

    def reshape(self, changes: Iterable[tuple[Draft, Shape | None]], text: str = "") -> None:
        """Store other geometries as one step; an annotation that has none left is deleted.

        The drafts may be of a case that is no longer in view.
        """
        drafts = [
            replace(draft, deleted=True) if shape is None else replace(draft, shape=shape)
            for draft, shape in changes
        ]
        drafts = self._free(drafts)
        self._edit(drafts, text if len(drafts) > 1 else "")
        gone = {draft.id for draft in drafts if draft.deleted}
        present = self.writer.unsaved.present_id
        self._state.set_selection(a for a in self._state.selection if present(a) not in gone)

    def set_label(self, annotations: Ids, label: str) -> None:
        """Store another label of annotations."""
        found = [draft for draft in self._found(annotations) if draft.label != label]
        self._change(
            [replace(draft, label=label) for draft in found],
            self.tr("Relabel {0} shapes to {1}").format(len(found), label),
        )

    def set_attributes(self, annotations: Ids, **values: Any) -> None:
        """Store other attributes of annotations; None takes one away."""
        found = {draft.id: values for draft in self._found(annotations)}
        text = self.tr("Change {0} of {1} shapes").format(", ".join(values), len(found))
        self.set_attributes_of(found, text)

    def set_attributes_of(
        self, values: Mapping[AnnotationId, Mapping[str, Any]], text: str
    ) -> None:
        """Store other attributes, those of each annotation its own, as one step."""
        changed = []
        for draft in self._found(values):
            attributes = {**draft.attributes, **values[draft.id]}
            attributes = {key: value for key, value in attributes.items() if value is not None}
            if attributes != draft.attributes:
                changed.append(replace(draft, attributes=attributes))
        # Lock, order and visibility are the very means to deal with a locked shape.
        means = {"locked", "hidden", "rank"}
        self._change(changed, text, free=all(own.keys() <= means for own in values.values()))

    def delete(self, annotations: Ids) -> None:
        """Delete annotations; undo brings them back."""
        found = self._free(self._found(annotations))
        self._edit(
            [replace(draft, deleted=True) for draft in found],
            self.tr("Delete {0} shapes").format(len(found)) if len(found) > 1 else "",
        )
        gone = {draft.id for draft in found}
        present = self.writer.unsaved.present_id
        self._state.set_selection(a for a in self._state.selection if present(a) not in gone)

    def duplicate(self, annotations: Ids, dx: float, dy: float) -> list[AnnotationId]:
        """Store copies moved by (dx, dy) image pixels, and select them."""
        copies = []
        for draft in self._found(annotations):
            kept = {k: v for k, v in draft.attributes.items() if k in ("certainty", "note")}
            shape = draft.shape.moved(dx, dy)
            copies.append(self._new(draft.case, shape, draft.label, self._state.reader, kept))
        ids = self._edit(copies, self.tr("Duplicate {0} shapes").format(len(copies)))
        self._state.set_selection(ids)
        return ids

    def copy(self, drafts: Sequence[Draft], text: str) -> list[AnnotationId]:
        """Store copies of another reader's annotations in the layer of the reader at work."""
        copies = []
        for draft in drafts:
            kept = {k: v for k, v in draft.attributes.items() if k in ("certainty", "note")}
            reader = self._state.reader
            copies.append(self._new(draft.case, draft.shape, draft.label, reader, kept))
        return self._edit(copies, text)

    def replace(self, annotations: Ids, shapes: Sequence[Shape], text: str) -> list[AnnotationId]:
        """Put shapes in the place of annotations as one step, for merging and splitting.

        The new ones have the label and the attributes of the first one that they replace.
        """
        old = self._found(annotations)
        if not old or len(self._free(old)) < len(old):
            return []
        first = old[0]
        new = [
            self._new(first.case, shape, first.label, first.reader, first.attributes)
            for shape in shapes
        ]
        ids = self._edit([*(replace(draft, deleted=True) for draft in old), *new], text)
        self._state.set_selection(ids[len(old) :])
        return ids[len(old) :]

    def set_grade(self, name: str) -> None:
        """Store the reader's grade of the case in view; an empty name takes it back."""
        case = self._state.case
        if self.can_draw and case is not None and name != self.grade():
            self._edit([Grade(case.id, name, self._state.reader)], "")

    # Writing

    def retry(self) -> None:
        """Write what waits, as far as the study takes it now."""
        self.writer.retry()

    def retry_elsewhere(self) -> None:
        """Write what waits for studies that were open before, as far as they take it now."""
        self.writer.retry_elsewhere()

    def _new(
        self,
        case: int,
        shape: Shape,
        label: str,
        reader: str,
        attributes: Mapping[str, Any] | None,
    ) -> Draft:
        new_id = self.writer.unsaved.new_id()
        return Draft(new_id, case, shape, label, reader, dict(attributes or {}))

    def _found(self, annotations: Ids) -> list[Draft]:
        ids = [annotations] if isinstance(annotations, int | str) else annotations
        found = (self.record(annotation) for annotation in ids)
        return [draft for draft in found if draft is not None]

    def _free(self, drafts: list[Draft]) -> list[Draft]:
        """Return those that are not locked; tell that the others stay as they are."""
        free = [draft for draft in drafts if not draft.locked]
        if len(free) < len(drafts):
            self._state.message.emit(
                self.tr(
                    "A locked shape stays as it is; unlock it first, in the list or by its key."
                )
            )
        return free

    def _change(self, drafts: list[Draft], text: str, *, free: bool = False) -> None:
        """Store changes of annotations; ``free`` reaches locked ones as well."""
        if not free:
            # As they are now: the change itself may be what locks or unlocks them.
            present = {d.id for d in self._free(self._found([d.id for d in drafts]))}
            drafts = [draft for draft in drafts if draft.id in present]
        # A single edit has a name of the study's own: Change box MA.
        self._edit(drafts, text if len(drafts) > 1 else "")

    def _edit(self, drafts: Sequence[Edit], text: str) -> list[AnnotationId]:
        """Store edits now as one step, or keep them; in both cases they are shown."""
        if not drafts or any(self.refused(case) for case in {draft.case for draft in drafts}):
            return []
        for case in {draft.case for draft in drafts}:
            self.acting.emit(case)
        try:
            ids = self.writer.write(drafts, text)
        except ReadLockedError as error:
            self.failed.emit(str(error))
            return []
        if self.writer.unsaved:
            self._tell({draft.case for draft in drafts})
        return ids

    def _on_stored(self, draft: Edit, annotation: AnnotationId, step: str) -> None:
        """Show a draft that the study has taken; ``step`` ends its undo step."""
        if step:
            self.steps.push(step, draft.case)
        if isinstance(draft, Draft):
            self._take_in(draft, annotation)
        if draft.id != annotation and draft.id in self._state.selection:
            self._state.selection = tuple(
                annotation if a == draft.id else a for a in self._state.selection
            )
        if step:
            self._tell({draft.case})

    # Following the state

    def _open_study(self) -> None:
        """Show another study's history; edits that wait stay with the study they belong to."""
        self._forget()
        self.writer.open_study()
        self._forget()
        self.steps.fill()

    def _change_reader(self) -> None:
        """Show another reader's layer and history."""
        self._forget()
        self.steps.fill()
        case = self._state.case
        self._state.annotations_changed.emit(case.id if case else -1)

    def _on_walked(self, case: int) -> None:
        """Show what undo or redo has changed."""
        self._state.annotations_changed.emit(case)
        self._state.set_selection(a for a in self._state.selection if self.record(a) is not None)
