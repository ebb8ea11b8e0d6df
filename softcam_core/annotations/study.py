"""The study: one file with cases, annotations and their history, reads and model results.

This module is light; the database loads when a study is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from softcam_core.annotations.arguments import check_json, check_label, check_reader
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import POINT_RADIUS
from softcam_core.annotations.records import (
    AnnotationRecord,
    CaseRecord,
    EditRecord,
    EventRecord,
    LabelRecord,
    ReadRecord,
    ResultRecord,
    StepRecord,
    TrainedOn,
    TrainingRecord,
)
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study_cases import PathLike, StudyCases
from softcam_core.annotations.study_outcomes import StudyOutcomes
from softcam_core.annotations.study_reads import StudyReads
from softcam_core.annotations.study_trainings import StudyTrainings

if TYPE_CHECKING:
    from softcam_core.annotations.database import Database

__all__ = [
    "AnnotationRecord",
    "CaseRecord",
    "EditRecord",
    "EventRecord",
    "LabelRecord",
    "ReadRecord",
    "ResultRecord",
    "StepRecord",
    "Study",
    "TrainedOn",
    "TrainingRecord",
]


class Study(StudyCases, StudyReads, StudyOutcomes, StudyTrainings):
    """An open study file; every edit is on disk when its call returns.

    Several threads may use one study, and several programs one file. Undo and redo work on the
    history in the file, so they reach back past the program's last end; with ``reader`` they
    reach that reader's own edits only.

    Example:
        >>> study = Study.open("readings.softcam")  # doctest: +SKIP
        >>> case = study.add_case("photograph.png")  # doctest: +SKIP
        >>> ann = study.add_annotation(  # doctest: +SKIP
        ...     case, kind="box", points=[[10, 10], [30, 20]], label="MA", reader="reader-1"
        ... )
    """

    def __init__(self, database: Database) -> None:
        """Use `Study.open`."""
        from softcam_core.annotations.cases import Cases
        from softcam_core.annotations.events import Events
        from softcam_core.annotations.history import History
        from softcam_core.annotations.labels import Labels
        from softcam_core.annotations.marks import Marks
        from softcam_core.annotations.outcomes import Outcomes
        from softcam_core.annotations.past import Past
        from softcam_core.annotations.rasters import Rasters
        from softcam_core.annotations.reads import Reads
        from softcam_core.annotations.trainings import Trainings

        self._database = database
        self._history = History(database)
        self._cases = Cases(database)
        self._marks = Marks(database, self._history, self._cases)
        self._labels = Labels(database)
        self._outcomes = Outcomes(database)
        self._events = Events(database)
        self._reads = Reads(database, self._history, self._events)
        self._past = Past(database)
        self._trainings = Trainings(database, self._events)
        self._rasters = Rasters()

    @classmethod
    def open(
        cls, path: PathLike, patience: float | None = None, *, read_only: bool = False
    ) -> Study:
        """Open a study; make the file if there is none.

        ``patience``: seconds (default 10) that an edit waits while another program writes. With
        ``read_only`` the file may lie where nothing can be written, and every edit raises.

        Raises:
            DamagedStudyError: the file is damaged. It is left as it was.
            StudyError: the file is written by a newer version, of another program, or cannot be
                written to. It is left as it was.
        """
        from softcam_core.annotations.database import Database
        from softcam_core.annotations.files import BUSY_SECONDS

        wait = BUSY_SECONDS if patience is None else patience
        database = Database(_place(path), wait, read_only=read_only)
        try:
            return cls(database)
        except BaseException:
            database.close()
            raise

    @property
    def path(self) -> Path:
        """The study's file."""
        return self._database.path

    @property
    def id(self) -> str:
        """What tells this study from all others, wherever its file lies; a copy has its own."""
        return self._database.id

    @property
    def read_only(self) -> bool:
        """Whether the study can only be read."""
        return self._database.read_only

    def changed_elsewhere(self) -> bool:
        """Return whether another program has written since the last call, or since the opening.

        While an edit is under way here it is False; ask again.
        """
        return self._database.changed_elsewhere()

    def check(self, cancelled: Callable[[], bool] | None = None) -> str | None:
        """Look through the whole study, which takes its time; may run in another thread.

        Returns:
            What is damaged in one sentence, None where all is whole.

        Raises:
            CancelledError: ``cancelled`` says so.
        """
        from softcam_core.annotations.integrity import damage

        return damage(self._database, cancelled)

    def save_copy(self, path: PathLike, complete: Callable[[Study], object] | None = None) -> None:
        """Save the study as another file, in place of what is there; this one stays open.

        ``complete`` is called with the copy before that gets its name, to write more into it.

        Raises:
            StudyError: that failed; what was at ``path`` is as it was.
        """
        from softcam_core.annotations.copies import save_copy

        save_copy(self._database, _place(path), complete)

    def settle(self) -> None:
        """Make the one file complete in itself, without closing it; for a moment of rest.

        Raises:
            StudyError: the disk is full, or the file has gone.
        """
        self._database.settle()

    def close(self) -> None:
        """Let go of the file, complete in itself; later calls raise StudyError."""
        self._database.close()

    def __enter__(self) -> Study:
        """Return the study; it is closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the study."""
        self.close()

    def set_label(self, case: int, label: str | None, reader: str = "reader-1") -> None:
        """Set a reader's grade of the whole image; an empty one clears it. Undo reaches it."""
        check_reader(reader)
        self._marks.grade(case, label or "", reader)

    def grades(self, case: int) -> dict[str, str]:
        """Return the image-level grades of a case: reader -> label."""
        return self._marks.grades(case)

    def all_grades(self) -> dict[int, dict[str, str]]:
        """Return case -> reader -> label; cases without a grade are out."""
        return self._marks.all_grades()

    def labels(self) -> list[LabelRecord]:
        """Return the labels for shapes, in order."""
        return self._labels.all()

    def set_labels(self, labels: Iterable[LabelRecord]) -> None:
        """Replace the labels for shapes; shapes that are there keep theirs.

        Raises:
            ValueError: a name is empty or comes twice.
        """
        self._history.forget()
        self._labels.replace(labels)

    def add_annotation(
        self,
        case: int,
        kind: str,
        points: ArrayLike = (),
        label: str = "",
        reader: str = "reader-1",
        *,
        angle: float = 0.0,
        mask: ArrayLike | None = None,
        attributes: dict[str, Any] | None = None,
    ) -> int:
        """Store a shape; it is on disk when the call returns.

        Args:
            case: id of the case.
            kind: ``box``, ``ellipse``, ``polygon``, ``freehand``, ``spline``, ``point``, ``mask``,
                or a measurement: ``length`` or ``angle``.
            points: (N, 2) image pixels; see `Shape` for what each kind takes.
            label: name of the label; a new name joins the study's labels.
            reader: who draws; a new name joins the readers.
            angle: degrees, clockwise on the screen, for an ellipse.
            mask: bool (H, W) of the image for kind ``mask``; or, with ``points`` holding the
                corners of its box, only the pixels inside that box.
            attributes: further values that JSON can hold, for instance ``certainty``, ``note``.

        Returns:
            The id, stable through edits and undo.

        Raises:
            ValueError: geometry that makes no sense; the text names the argument.
            StudyError: the study has no such case, or cannot be written.
        """
        check_reader(reader)
        check_label(label)
        check_json("attributes", attributes)
        shape = Shape(kind, points, angle, mask)
        if shape.kind == "mask" and np.size(points) == 0:
            self._marks.check_mask_size(case, np.asarray(mask).shape)
        return self._marks.add(case, shape, label, reader, dict(attributes or {}))

    def update_annotation(
        self,
        annotation: int,
        *,
        points: ArrayLike | None = None,
        label: str | None = None,
        angle: float | None = None,
        mask: ArrayLike | None = None,
        attributes: dict[str, Any] | None = None,
    ) -> None:
        """Change what is given of an annotation; its id and kind stay.

        Raises:
            ValueError: geometry that makes no sense; the text names the argument.
            StudyError: the study has no such annotation, or cannot be written.
        """
        if label is not None:
            check_label(label)
        check_json("attributes", attributes)
        self._marks.update(annotation, points, label, angle, mask, attributes)

    def delete_annotation(self, annotation: int) -> None:
        """Delete an annotation; undo brings it back under the same id.

        Raises:
            StudyError: the study has no such annotation, or cannot be written.
        """
        self._marks.delete(annotation)

    def annotations(
        self, case: int | None = None, reader: str | None = None
    ) -> list[AnnotationRecord]:
        """Return the annotations of a case (None: of all) by a reader (None: all), as drawn."""
        return self._marks.of_case(case, reader)

    def annotation_counts(self, reader: str | None = None) -> dict[int, int]:
        """Return case -> number of annotations by a reader (None: all); cases with none are out."""
        return self._marks.counts(reader)

    def labels_used(self, reader: str | None = None) -> set[str]:
        """Return the labels that annotations by a reader (None: anybody) have."""
        return self._marks.labels_used(reader)

    @property
    def point_radius(self) -> float:
        """The radius (pixels) of the disc that stands for a point: the setting ``point_radius``."""
        return float(self.get_setting("point_radius", POINT_RADIUS))

    def mask(self, case: int, label: str | None = None, reader: str | None = None) -> Mask:
        """Return the union of a case's shapes as bool (H, W) of its image.

        A pixel belongs to a shape if its centre lies inside; a point is a disc of `point_radius`.
        None for ``label`` or ``reader`` means any.

        Raises:
            ImageError: the image's size is not known yet and the file cannot be read.
        """
        width, height = self.image_size(case)
        drawn = self._marks.drawn(case, reader, label)
        return self._rasters.union(drawn, (height, width), self.point_radius)

    def undo(self, reader: str | None = None) -> int | None:
        """Take the last step back, of one reader or of all; return its case, None if none.

        Raises:
            StudyError: another reader has changed marks of the step since, the read is locked, or
                the study cannot be written; nothing has changed.
        """
        return self._history.undo(reader)

    def redo(self, reader: str | None = None) -> int | None:
        """Do the step again that was undone last; return its case, None if there is none.

        Raises:
            StudyError: as for `undo`.
        """
        return self._history.redo(reader)

    def can_undo(self, reader: str | None = None) -> bool:
        """Return whether there is a step to undo."""
        return self._history.text("undo", reader) is not None

    def can_redo(self, reader: str | None = None) -> bool:
        """Return whether there is a step to redo."""
        return self._history.text("redo", reader) is not None

    def undo_text(self, reader: str | None = None) -> str:
        """Return what undo would take back, ``Add box MA``; empty if nothing."""
        return self._history.text("undo", reader) or ""

    def redo_text(self, reader: str | None = None) -> str:
        """Return what redo would do again; empty if nothing."""
        return self._history.text("redo", reader) or ""

    @contextmanager
    def batch(self, text: str, reader: str | None = None) -> Iterator[None]:
        """Make all edits of a block one transaction and one undo step.

        They are on disk when the block has ended; if it fails, none of them is. The step belongs
        to ``reader``, or to the reader of its first edit.
        """
        with self._history.batch(text, reader):
            yield

    def edits(
        self, reader: str | None = None, case: int | None = None, limit: int | None = None
    ) -> list[EditRecord]:
        """Return the history in order: who changed what when, before and after.

        With ``limit`` only the last lines.
        """
        return self._history.lines(reader, case, limit)

    def steps(self, reader: str, limit: int | None = None) -> list[StepRecord]:
        """Return what `undo` and `redo` by a reader would take: done ones in order, then undone.

        The last one that is done is the next to undo, the first undone one the next to redo. With
        ``limit`` only the nearest of either.
        """
        return self._past.steps(reader, limit)


def _place(path: PathLike) -> Path:
    """Return the file's absolute path; the folder may be a link, the file's own name stays."""
    place = Path(path).expanduser()
    return place.parent.resolve() / place.name
