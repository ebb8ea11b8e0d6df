"""What the readers who count say of a study's cases, and the class that follows from it.

Whose marks and grades count is ``data.reader``, a reader's name, ``union``, ``majority`` or
``adjudicated``; else what the study was told, or its only reader. The class of a case:

- ``labels_from = "grades"``: the class that the grade of the whole image stands for, see
  `softcam_core.training.grading`; a case whose grade stands for none is left out.
- ``labels_from = "lesions"``: the class of the lesions drawn. A lesion's label stands for the class
  that ``lesion_classes`` gives it; one that is not there for the class of its own name, if there
  is one; one that is given "" is no lesion (an optic disc). Lengths and angles are no lesions. Of a
  majority, a class counts that more than half of those drew who read the case.
- ``labels_from = "both"``: the grade, and of cases without one the class of the lesions.

Left out are cases with lesions of several classes or of none, and those that nobody who counts has
read. A case in which nothing is drawn has the class ``healthy`` if it was read to its end: its
status is done (and no other reader drew there), a read of it is locked, or it is graded as healthy.
Where ``healthy`` is empty, where it was not read to its end, or where it is graded as something
else, such a case is left out too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from softcam_core.annotations.arguments import MAJORITY
from softcam_core.annotations.opening import open_to_read
from softcam_core.annotations.records import AnnotationRecord, CaseRecord
from softcam_core.annotations.shapes import MEASURES
from softcam_core.annotations.spelling import Spelling
from softcam_core.annotations.study import Study
from softcam_core.annotations.study_at import StudyAt
from softcam_core.annotations.truth import ADJUDICATED, Truth, resolve_truth
from softcam_core.errors import ConfigError
from softcam_core.paths import is_file, shown
from softcam_core.training.config import DataConfig
from softcam_core.training.grading import Grading


@dataclass(frozen=True)
class Reading:
    """What is known of a case.

    Attributes:
        label: its class; "" where it is left out.
        reason: why it is left out.
        graded: whether the class is that of a grade.
        lesions: the shapes of those who count, whatever class they stand for.
    """

    label: str = ""
    reason: str = ""
    graded: bool = False
    lesions: tuple[AnnotationRecord, ...] = ()


class Readings:
    """The cases of a study that may be trained on.

    Attributes:
        name: of the study's file.
        id: of the study.
        reader: whose marks and grades count.
        of_others: whether grades are those of others, as the reader who counts gave none.
        cases: that may be used.
        date: of line ``data.as_of`` of its history, "" where nothing is drawn or graded.
        state: the study after line ``data.as_of`` of its history.
        truth: of that state.
        wanted: the classes in order, empty for those that the study has.
        grading: what the grades mean.
    """

    def __init__(self, data: DataConfig, wanted: Sequence[str] = ()) -> None:
        """Read a study; ``wanted``: the classes in order, empty for those that it has.

        Raises:
            StudyError: the study cannot be opened, there is no such reader, or several and none
                was chosen.
            ConfigError: there is no such file or case, or a class that is none of ``wanted``.
        """
        path = Path(data.study)
        if not is_file(path):
            raise ConfigError(f"There is no study {shown(path)}; set data.study to its file.")
        self.path, self.name = path, shown(path.name)
        self._data, self.wanted = data, tuple(wanted)
        with open_to_read(path) as study:
            self.id = study.id
            self.reader = resolve_truth(study, data.reader or None).name
            self.state = StudyAt(study, data.as_of or None)
            self.truth = Truth(self.state, self.reader)
            self.cases = self._cases(study)
            names = study.grade_names()
            time = study.edit_time(self.state.edit)
        self.date = f"{time:%Y-%m-%d}" if time is not None else ""
        self._check_classes({*data.lesion_classes.values(), data.healthy} - {""})
        self._key = Spelling(data.lesion_classes)
        cases = [case.id for case in self.cases]
        self.grading = Grading(data, self.wanted, self._given(), names)
        self._grades, self.of_others = self.truth.grades(cases, self.grading)
        self._own_name = self._own_names()
        self.unknown: Counter[str] = Counter()
        self.readings = {case.id: self._read(case) for case in self.cases}
        nothing = {label for label, name in data.lesion_classes.items() if not name}
        self.state.ignore({r.label for r in self._all_marks() if self._key(r.label) in nothing})

    def rules(self) -> str:
        """Return how the cases got their classes, in a sentence."""
        data, whose = self._data, "all who graded" if self.of_others else self.reader
        means = self.grading.rule()
        grades = f"the grades by {whose}" + (f" ({means})" if means else "")
        stands = ", ".join(f"{label} for {name}" for label, name in data.lesion_classes.items())
        lesions = f"the lesions drawn by {self.reader}" + (f" ({stands})" if stands else "")
        healthy = f", {data.healthy} where nothing is drawn" if data.healthy else ""
        text = {
            "grades": grades,
            "lesions": lesions + healthy,
            "both": f"{grades} and, where there is none, {lesions}{healthy}",
        }[data.labels_from]
        return f"The classes of {self.name} are {text}."

    def lesion_class(self, label: str) -> str | None:
        """Return the class that a lesion's label stands for; "" if it is no lesion, None if none.

        None and "" differ: what stands for no class is a lesion all the same.
        """
        key = self._key(label)
        if key in self._data.lesion_classes:
            return self._data.lesion_classes[key]
        if self._own_name is None:
            return label or None
        name = self._own_name(label)
        return name if name in self._known else None

    def drawn_keys(self) -> set[str]:
        """Return those labels of ``data.lesion_classes`` that somebody who counts drew."""
        lesions = (mark for reading in self.readings.values() for mark in reading.lesions)
        return {self._key(label) for label in {mark.label for mark in lesions}}

    def _cases(self, study: Study) -> list[CaseRecord]:
        found, wanted = study.cases(), set(self._data.cases)
        missing = wanted - {case.id for case in found}
        if missing:
            raise ConfigError(
                f"The study {self.name} has no case {min(missing)}; change data.cases."
            )
        return [case for case in found if not wanted or case.id in wanted]

    def _given(self) -> set[str]:
        """Return the grades of the cases of the modality that is trained on."""
        wanted = ("", self._data.modality)
        cases = [c for c in self.cases if not self._data.modality or c.modality in wanted]
        return {grade for case in cases for grade in self.state.grades(case.id).values()}

    def _check_classes(self, classes: set[str]) -> None:
        for name in sorted(classes) if self.wanted else ():
            if name not in self.wanted:
                raise ConfigError(
                    f"data.lesion_classes or data.healthy names the class {name!r}, which is none "
                    f"of the classes {', '.join(self.wanted)}."
                )

    def _own_names(self) -> Spelling | None:
        """Return how classes are written that a lesion's label may name; None: any label does."""
        graded = {said for said in self._grades.values() if said and not self.grading.is_out(said)}
        if self._data.labels_from == "lesions":
            graded = set()
        named = {*self._data.lesion_classes.values(), self._data.healthy} - {""}
        self._known = set(self.wanted) or named | graded
        if not self.wanted and not self._data.lesion_classes and not graded:
            return None
        return Spelling(sorted(self._known))

    def _all_marks(self) -> list[AnnotationRecord]:
        return [record for case in self.cases for record in self.state.annotations(case.id)]

    def _lesions(self, case: int) -> dict[str, list[AnnotationRecord]]:
        """Return reader -> the lesions that they drew, of those who count."""
        return {
            reader: [
                record
                for record in self.state.annotations(case, reader)
                if record.kind not in MEASURES and self.lesion_class(record.label) != ""
            ]
            for reader in self.truth.readers(case)
        }

    def _read(self, case: CaseRecord) -> Reading:
        drawn = self._lesions(case.id)
        lesions = tuple(record for own in drawn.values() for record in own)
        grade, source = self._grades[case.id], self._data.labels_from
        if source != "lesions" and (out := self.grading.is_out(grade)):
            return Reading(reason=f"of the grade {out}, which is no class", lesions=lesions)
        if source != "lesions" and grade:
            return Reading(grade, graded=True, lesions=lesions)
        if source == "grades":
            return Reading(reason=f"no grade by {self.reader}", lesions=lesions)
        if not lesions:
            label, reason = self._of_nothing(case, grade)
            return Reading(label, reason)
        names = self._classes(drawn)
        if len(names) == 1:
            return Reading(names[0], lesions=lesions)
        reason = "lesions of several classes" if names else "lesions of no class"
        return Reading(reason=reason, lesions=lesions)

    def _classes(self, drawn: dict[str, list[AnnotationRecord]]) -> list[str]:
        """Return the classes that the lesions of a case stand for."""
        votes: Counter[str] = Counter()
        for own in drawn.values():
            named = {record.label: self.lesion_class(record.label) for record in own}
            self.unknown.update(label for label, name in named.items() if name is None)
            votes.update({name for name in named.values() if name})
        needed = len(drawn) // 2 + 1 if self.reader == MAJORITY else 1
        return sorted(name for name, count in votes.items() if count >= needed)

    def _of_nothing(self, case: CaseRecord, grade: str) -> tuple[str, str]:
        """Return the class of a case in which nothing is drawn, or why it is left out."""
        healthy, counting = self._data.healthy, set(self.truth.readers(case.id))
        others = {record.reader for record in self.state.annotations(case.id)}
        others -= counting | {ADJUDICATED}
        ended = case.status == "done" and not others
        ended = ended or bool(self.state.locked(case.id) & counting)
        if not ended and not counting:
            return "", f"not read by {self.reader}"
        if grade and grade != healthy:
            return "", "nothing is drawn, and the grade is another class than data.healthy"
        if not ended and not grade:
            return "", "nothing is drawn, and it was not read to its end"
        if not healthy:
            return "", "nothing is drawn, and data.healthy names no class for that"
        return healthy, ""
