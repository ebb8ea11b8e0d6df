"""What of a file's marks and grades is still to be done: the study as it is now counts."""

from __future__ import annotations

from collections import Counter

from softcam_core.annotations.formats.exchange import Report
from softcam_core.annotations.formats.own import plain_attributes
from softcam_core.annotations.formats.plan import Planned, PlannedCase
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.study import Study


def left_to_do(study: Study, wanted: PlannedCase, report: Report) -> PlannedCase:
    """Return what of a case's marks and grades the study does not have and may take.

    A mark that is there already is one less to add. A grade that a reader has given stays, and
    what is wanted for a reader who has locked the case is left out; ``report`` gets both. May be
    asked again of its own answer, with the study changed meanwhile.
    """
    there = Counter(_of_record(record).key for record in study.annotations(wanted.case))
    there -= wanted.taken
    left = PlannedCase(wanted.case, wanted.name, taken=Counter(wanted.taken))
    for mark in wanted.marks:
        key = mark.key
        if there[key] > 0:
            there[key] -= 1
            left.taken[key] += 1
        else:
            left.marks.append(mark)
    present = study.grades(wanted.case)
    for reader, grade in wanted.grades.items():
        if reader not in present:
            left.grades[reader] = grade
        elif present[reader] != grade:
            report.lose(
                f"grade {grade!r} left out, {reader} has given {present[reader]!r}", wanted.name
            )
    _leave_out_locked(study, left, report)
    return left


def _leave_out_locked(study: Study, left: PlannedCase, report: Report) -> None:
    readers = {mark.reader for mark in left.marks} | left.grades.keys()
    locked = sorted(reader for reader in readers if study.is_locked(left.case, reader))
    for reader in locked:
        report.problem(
            left.name,
            f"{reader} has locked the read of {left.name}, and nothing of {reader} is imported "
            "there; begin another read or import for another reader.",
        )
    left.marks = [mark for mark in left.marks if mark.reader not in locked]
    for reader in locked:
        left.grades.pop(reader, None)


def _of_record(record: AnnotationRecord) -> Planned:
    return Planned(
        record.kind,
        record.points,
        record.angle,
        record.label,
        record.reader,
        plain_attributes(record.attributes),
        record.packed,
    )
