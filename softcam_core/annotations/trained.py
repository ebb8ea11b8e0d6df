"""The models that a study has trained, one line each, and what was changed in it since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.annotations.records import TrainedOn, TrainingRecord
from softcam_core.annotations.study import Study

_WHOSE = {UNION: "by all readers", MAJORITY: "by the majority of readers"}


@dataclass(frozen=True)
class TrainedModel:
    """A model file as it was recorded last.

    Attributes:
        model: its id.
        name: folder of the run and file.
        training: number of the record.
        time: when it was recorded, UTC.
        reader: whose marks and grades counted.
        marks, grades, cases: how many it learnt from.
        changed: how many of the marks were changed or deleted since.
        regraded: how many of its cases have other grades now, where grades were learnt from.
    """

    model: str
    name: str
    training: int
    time: datetime
    reader: str
    marks: int
    grades: int
    cases: int
    changed: int
    regraded: int

    def sentence(self, whose: str = "") -> str:
        """Return what it learnt from, for whoever has the study open.

        Args:
            whose: the marks are, in words: ``given with the images``.
        """
        whose = whose or _WHOSE.get(self.reader, f"by {self.reader}")
        what = _counted(self.marks, self.grades) or "0 marks"
        changed = _counted(self.changed, self.regraded)
        one = self.changed + self.regraded == 1
        since = f"{changed} {'was' if one else 'were'} changed since" if changed else ""
        cases = f"{self.cases:,} image{'s' * (self.cases != 1)}"
        return (
            f"Trained on {what} {whose}, in {cases} of this study, and recorded on "
            f"{self.time:%Y-%m-%d}; {since or 'nothing of it was changed since'}."
        )


def trained_models(study: Study, model: str | None = None) -> list[TrainedModel]:
    """Return the models that the study's records name, those recorded last first.

    A run that was paused is recorded more than once, and the file of a model is then another one:
    of each file that the same marks trained its last record counts.

    Args:
        study: an open study.
        model: id of the one model that is wanted, whichever of the records it is of.

    Raises:
        StudyError: the study cannot be read.
    """
    newest: dict[tuple[str, str], tuple[str, TrainingRecord]] = {}
    for training in study.trainings(model):
        for identity, name in training.models.items():
            if model in (None, identity):
                newest[(name, training.digest)] = (identity, training)
    changes: dict[int, tuple[int, int]] = {}
    for _, training in newest.values():
        if training.id not in changes:
            changes[training.id] = _changes(study, training)
    found = [
        TrainedModel(
            model=identity,
            name=name,
            training=training.id,
            time=training.time,
            reader=training.reader,
            marks=training.annotations,
            grades=training.grades,
            cases=training.cases,
            changed=changes[training.id][0],
            regraded=changes[training.id][1],
        )
        for (name, _), (identity, training) in newest.items()
    ]
    return sorted(found, key=lambda one: (-one.training, one.name))


def _changes(study: Study, training: TrainingRecord) -> tuple[int, int]:
    """Return how many marks and grades of a training are not what they were."""
    used = study.trained_on(training.id)
    # What lies in other cases is as it was: a study may have a hundred thousand marks.
    edited = study.cases_edited_after(training.edit) & set(used.cases)
    marks = sum(_changed(study, case, training.edit, used) for case in edited)
    if not training.grades:
        return marks, 0
    readers = study.readers()
    return marks, sum(_is_regraded(study, case, training, readers) for case in edited)


def _changed(study: Study, case: int, edit: int, used: TrainedOn) -> int:
    now = {mark.id: mark.modified for mark in study.annotations(case)}
    before = (mark.id for mark in study.annotations_at(case, None, edit))
    return sum(m in used.annotations and now.get(m) != used.annotations[m] for m in before)


def _is_regraded(study: Study, case: int, training: TrainingRecord, readers: Iterable[str]) -> bool:
    before = {reader: study.grade_at(case, reader, training.edit) for reader in readers}
    now = study.grades(case)
    # The grades of others count where the reader gave none.
    counting = [training.reader] if before.get(training.reader) else list(before)
    return any((before[reader] or "") != now.get(reader, "") for reader in counting)


def _counted(marks: int, grades: int) -> str:
    named = ((marks, "mark"), (grades, "grade"))
    return " and ".join(f"{n:,} {name}{'s' * (n != 1)}" for n, name in named if n)
