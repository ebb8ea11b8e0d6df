"""Between readers: each pair on each label, and all of them on the grades."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from softcam_core.agreement.compare import (
    Cancelled,
    Progress,
    Settings,
    compare_case,
    fleiss_row,
    grade_rows,
    mask_rows,
)
from softcam_core.agreement.lesions import Criterion
from softcam_core.agreement.measures import Weights
from softcam_core.agreement.reading import ReadCase, Reading
from softcam_core.agreement.reads import LAST, Reads
from softcam_core.agreement.table import Agreement, CaseRow, Row
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, StudyError
from softcam_core.training.table import class_order


def agreement_between(
    study: Study,
    readers: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    criterion: Criterion = "iou",
    iou: float = 0.5,
    *,
    weights: Weights = "none",
    components: bool = False,
    distances: bool = True,
    cases: Collection[int] | None = None,
    reads: Reads = LAST,
    seed: int = 0,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Agreement:
    """Compare readers with each other.

    Only cases count that both have read: a reader has read a case who drew something on it, gave
    it a grade or locked a read of it. A case that both read and where neither drew is undefined for
    Dice, IoU and distances; where one alone drew, Dice and IoU are 0 and distances undefined.
    Lengths and angles are no lesions. All labels together are compared whatever the labels: two
    marks on one place agree though they are named differently.

    Cohen's kappa counts cases that both graded, Fleiss' those that all graded; grades are in the
    study's order where it has one. Pairs of whom one never drew are compared by their grades alone.

    Args:
        study: open.
        readers: two or more; by default all that read something.
        labels: compare the marks of these only; by default all labels together, and each.
        criterion: when two lesions are one; see `lesions.match`.
        iou: threshold of the criterion ``iou``.
        weights: of Cohen's kappa.
        components: each connected part of a mask is a lesion of its own; else the whole mask is.
        distances: Hausdorff distances too, half of the time.
        cases: ids of the only cases to compare.
        reads: which read counts of who read a case again; see `reads`.
        seed: of the bootstrap over cases.
        progress: called with (cases done, cases in all).
        cancelled: asked before each case.

    Raises:
        StudyError: fewer than two readers, or one that the study does not have.
        ValueError: an unknown criterion or weights, or a threshold out of range.
        CancelledError: ``cancelled()`` said so.
    """
    settings = Settings(criterion, iou, weights, distances, seed)
    reading = Reading(study, cases, components=components, reads=reads)
    chosen = reading.known_readers(readers)
    if len(chosen) < 2:
        raise StudyError(_too_few(chosen))
    pairs: dict[tuple[str, str], _Pair] = {}
    everybody: list[dict[str, str]] = []
    given: set[str] = set()
    read: dict[str, bool] = {}
    for done, case in enumerate(reading, start=1):
        if cancelled is not None and cancelled():
            raise CancelledError
        if case is not None:
            here = [name for name in chosen if name in case.readers]
            for name in here:
                read[name] = read.get(name, False) or bool(case.marks[name].lesions)
            for pair in combinations(here, 2):
                pairs.setdefault(pair, _Pair()).add(case, pair, labels, settings)
            if len(here) > 2:
                everybody.append(case.grades)
            given.update(case.grades[name] for name in here if name in case.grades)
        if progress is not None:
            progress(done, len(reading.cases))
    compared = [name for name in chosen if name in read]
    if len(compared) < 2:
        raise StudyError(_too_few(compared))
    categories = grade_order(study, given)
    result = Agreement(problems=reading.problems, notes=_notes(compared, read, pairs))
    for pair in combinations(compared, 2):
        if pair not in pairs:
            continue
        both_drew = read[pair[0]] and read[pair[1]]
        result.rows.extend(pairs[pair].rows(categories, settings, both_drew, labels))
        result.cases.extend(pairs[pair].shown(both_drew, labels))
    last = fleiss_row(everybody, compared, categories, settings)
    if last is not None:
        result.rows.append(last)
    return result.of_reads(reads, reading.notes(compared))


class _Pair:
    """The cases that two readers both read."""

    def __init__(self) -> None:
        self._cases: dict[str | None, list[CaseRow]] = {None: []}

    def add(
        self,
        case: ReadCase,
        pair: tuple[str, str],
        labels: Sequence[str] | None,
        settings: Settings,
    ) -> None:
        """Compare one more case."""
        marks = case.marks[pair[0]], case.marks[pair[1]]
        grades = case.grades.get(pair[0], ""), case.grades.get(pair[1], "")
        found = compare_case(case, *pair, marks, None, settings, grades)
        self._cases[None].append(found)
        marked = marks[0].lesions.keys() | marks[1].lesions.keys()
        for label in sorted(marked):
            if labels is None or label in labels:
                row = compare_case(case, *pair, marks, label, settings)
                self._cases.setdefault(label, []).append(row)

    def rows(
        self,
        categories: Sequence[str],
        settings: Settings,
        both_drew: bool,
        labels: Sequence[str] | None,
    ) -> list[Row]:
        """Return the numbers: grades, then all labels together, then each."""
        everything = self._cases[None]
        rows = grade_rows(everything, categories, settings)
        for label in sorted(self._cases, key=lambda name: (name is not None, name or "")):
            if both_drew and (label is not None or labels is None):
                rows += mask_rows(self._cases[label], len(everything), settings)
        return rows

    def shown(self, both_drew: bool, labels: Sequence[str] | None) -> list[CaseRow]:
        """Return the cases: their grades alone where one of both never drew."""
        whole, *single = self._cases.values()
        if not both_drew or labels is not None:
            whole = [row.without_marks for row in whole]
        return whole + [row for rows in single for row in rows if both_drew]


def grade_order(study: Study, given: Iterable[str]) -> list[str]:
    """Return the grades in order: the study's own, then others that were given, sorted.

    Where the study has none of its own, check the order that a weighted kappa's row notes.
    """
    names = study.grade_names()
    return [*names, *class_order(set(given) - set(names))]


def _notes(
    readers: Sequence[str], drew: dict[str, bool], pairs: Collection[tuple[str, str]]
) -> list[str]:
    notes = [
        f"{name} drew nothing, so that only grades are compared with those of others."
        for name in readers
        if not drew[name] and any(drew.values())
    ]
    return notes + [
        f"{a} and {b} have read no case in common."
        for a, b in combinations(readers, 2)
        if (a, b) not in pairs
    ]


def _too_few(readers: Sequence[str]) -> str:
    if not readers:
        return "Nobody has read a case of this study; draw or grade first."
    return (
        f"Agreement takes two readers, or a reader and a model, and there is only {readers[0]}; "
        "let another reader read, or name a model."
    )
