"""What the study hands out: plain values that never change and need no database."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from softcam_core.annotations import masks
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.stored import stored_shape

Status = Literal["unread", "in progress", "done", "flagged"]
STATUSES: tuple[str, ...] = ("unread", "in progress", "done", "flagged")

Snapshot = dict[str, Any]
"""An annotation or a grade as it was at one moment; what the history stores."""


@dataclass(frozen=True)
class CaseRecord:
    """One image of the study.

    Attributes:
        label: the image-level grade, the latest where several readers gave one.
        size: (width, height) in pixels once it has been asked for.
    """

    id: int
    path: Path
    name: str
    modality: str = ""
    status: str = "unread"
    label: str = ""
    size: tuple[int, int] | None = None


@dataclass(frozen=True)
class LabelRecord:
    """A label for shapes.

    Attributes:
        color: ``#rrggbb``.
        key: the key that chooses it, ``1`` .. ``9``, or empty.
        meaning: the name in full words, where it is an abbreviation.
    """

    name: str
    color: str
    key: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class LabelPreset:
    """A bundled set of labels, and of grades, for one kind of image.

    Attributes:
        grades: what a whole image is said to be, from healthy to severe where there is an order.
    """

    name: str
    modality: str
    labels: list[LabelRecord]
    grades: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PackedMask:
    """The compressed pixels of a mask annotation; see `masks.pack`."""

    bits: bytes = field(repr=False)
    height: int
    width: int


@dataclass(frozen=True)
class AnnotationRecord:
    """One drawn shape.

    Attributes:
        points: [[x, y], ...] in image pixels; what they mean depends on ``kind``, see `Shape`.
        angle: degrees that an ellipse is turned by.
        created: when it was drawn, UTC.
        modified: when it last changed, UTC; undo brings the earlier time back.
        attributes: further values by name, for instance ``certainty`` and ``note``.
        size: (width, height) of the image in pixels, where it is known.
    """

    id: int
    case: int
    kind: str
    points: list[list[float]]
    angle: float
    label: str
    reader: str
    created: datetime
    modified: datetime
    attributes: dict[str, Any] = field(default_factory=dict)
    packed: PackedMask | None = field(default=None, repr=False)
    size: tuple[int, int] | None = field(default=None, repr=False)

    @cached_property
    def shape(self) -> Shape:
        """The geometry, for hit tests and drawing.

        Raises:
            DamagedStudyError: what is stored is no shape.
        """
        with stored_shape():
            if self.packed is None:
                return Shape(self.kind, self.points, self.angle)
            patch = masks.unpack(self.packed.bits, self.packed.height, self.packed.width)
            return Shape(self.kind, self.points, mask=patch)

    @property
    def mask(self) -> masks.Mask | None:
        """The pixels of a ``mask`` annotation, bool (H, W) of the image; None for other kinds."""
        if self.packed is None:
            return None
        right, bottom = self.points[1]
        width, height = self.size or (int(right), int(bottom))
        return self.shape.full_mask((height, width))


@dataclass(frozen=True)
class EditRecord:
    """One line of the history; lines are only ever appended.

    Attributes:
        seq: its number, rising.
        action: ``add``, ``update``, ``delete``, ``grade``, ``undo`` or ``redo``.
        text: the step it belongs to in a few words, as a menu shows it.
        step: the undo step it belongs to; an import is one step of many edits.
        state: of the step now: ``done``, ``undone``, or ``dropped`` (undone, then drawn on).
        annotation: None for an image-level grade.
        before: what was there, None if nothing was.
        after: what is there since, None if nothing is.
    """

    seq: int
    time: datetime
    reader: str
    action: str
    text: str
    step: int
    state: str
    case: int
    annotation: int | None
    before: Snapshot | None
    after: Snapshot | None


@dataclass(frozen=True)
class StepRecord:
    """What undo or redo takes at once: one edit, or all those of an import.

    Attributes:
        id: its number, rising.
        reader: whose undo takes it back; its edits may be of other readers' layers.
        text: in a few words, as a menu shows it.
        case: where its first edit was.
        time: when it was first done.
        undone: whether it is undone now.
        many: whether it changed other cases too.
    """

    id: int
    reader: str
    text: str
    case: int
    time: datetime
    undone: bool
    many: bool


@dataclass(frozen=True)
class ResultRecord:
    """What one model said about one case; the lists follow ``classes``."""

    case: int
    model: str
    classes: list[str]
    logits: list[float]
    probabilities: list[float]
    time: datetime


@dataclass(frozen=True)
class ReadRecord:
    """One reading of one case by one reader; locked reads no longer change.

    Attributes:
        mode: how it was read, for instance ``open``, ``blinded`` or ``ai-second``.
        active_seconds: time spent on it without the pauses.
        stage: 1 for the first read, 2 for the one after the reveal, and so on.
        edit: the last line of history when it was locked, None while it is open.
    """

    id: int
    case: int
    reader: str
    mode: str
    started: datetime
    locked: datetime | None
    active_seconds: float
    stage: int = 1
    edit: int | None = None


@dataclass(frozen=True)
class TrainedOn:
    """What of a study a model was trained on.

    Attributes:
        annotations: id -> when it was last modified, which tells which of its states it was.
        cases: ids of the cases that the model learnt from.
        validation: ids of the cases by which its epoch was chosen.
    """

    annotations: dict[int, datetime]
    cases: tuple[int, ...]
    validation: tuple[int, ...] = ()


@dataclass(frozen=True)
class TrainingRecord:
    """A training with this study's marks and grades; records are only ever appended.

    Attributes:
        time: when it was recorded, UTC.
        models: id of each model file of the run -> its name.
        reader: whose marks and grades counted.
        rules: how they became classes and guidance, by name.
        config: digest of the training's configuration.
        digest: of the annotations, grades and cases; the models carry it.
        edit: last line of the study's history that counted.
        annotations: how many annotations the models learnt from.
        grades: how many image-level grades.
        cases: how many cases the models learnt from.
        validation: how many cases their epochs were chosen by.
    """

    id: int
    time: datetime
    models: dict[str, str]
    reader: str
    rules: dict[str, Any]
    config: str
    digest: str
    edit: int
    annotations: int
    grades: int
    cases: int
    validation: int


@dataclass(frozen=True)
class EventRecord:
    """Something that happened to the study besides the edits; events are only ever appended.

    Attributes:
        seq: its number, rising.
        what: what happened, in a few words.
        reader: who did it, empty for nobody in particular.
        case: the case it happened to, if it was one.
        detail: further values by name.
    """

    seq: int
    time: datetime
    what: str
    reader: str
    case: int | None
    detail: dict[str, Any]
