"""Two readers on one case, and the numbers over all cases that both read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from softcam_core.agreement.lesions import Criterion, check_criterion, match
from softcam_core.agreement.measures import (
    WEIGHTS,
    Weights,
    cohen_kappa,
    dice_of,
    fleiss_kappa,
    fleiss_of_weighted,
    hausdorff_of,
    iou_of,
    kappa_of_tables,
    percent_agreement,
)
from softcam_core.agreement.reading import Marks, ReadCase
from softcam_core.agreement.table import NAN, CaseRow, Row
from softcam_core.metrics.intervals import Statistic, intervals, mean, ratio


@dataclass(frozen=True)
class Settings:
    """How to compare.

    Attributes:
        criterion: when two lesions are one; see `lesions.match`.
        iou: threshold of the criterion ``iou``.
        weights: of Cohen's kappa.
        distances: compute Hausdorff distances too.
        seed: of the bootstrap.
    """

    criterion: Criterion = "iou"
    iou: float = 0.5
    weights: Weights = "none"
    distances: bool = True
    seed: int = 0

    def __post_init__(self) -> None:
        """Check the values; raises ValueError."""
        check_criterion(self.criterion, self.iou)
        if self.weights not in WEIGHTS:
            raise ValueError(f"weights: expected one of {', '.join(WEIGHTS)}, got {self.weights!r}")

    @property
    def lesion_note(self) -> str:
        """The criterion in a few words."""
        return f"IoU at least {self.iou:g}" if self.criterion == "iou" else "hit by the centre"


def compare_case(
    case: ReadCase,
    reader: str,
    other: str,
    marks: tuple[Marks, Marks],
    label: str | None,
    settings: Settings,
    grades: tuple[str, str] = ("", ""),
    labels: tuple[str | None, str | None] | None = None,
    note: str = "",
) -> CaseRow:
    """Compare the marks of a reference and of another on one case.

    ``labels``: which label of either, where they are not named alike.
    """
    mine, its = labels or (label, label)
    first, second = marks[0].layer(mine), marks[1].layer(its)
    common = first.common(second)
    pixels, millimetres = NAN, NAN
    if settings.distances and first.area and second.area:
        pixels = hausdorff_of(first.surface, second.surface)
        if case.spacing is not None:
            millimetres = hausdorff_of(first.surface, second.surface, case.spacing)
    found = match(marks[0].of(mine), marks[1].of(its), settings.criterion, settings.iou)
    return CaseRow(
        case=case.record.id,
        name=case.record.name,
        reader=reader,
        other=other,
        label=label,
        dice=dice_of(first.area, second.area, common),
        iou=iou_of(first.area, second.area, common),
        hd95_px=pixels,
        hd95_mm=millimetres,
        lesions=found.reference,
        other_lesions=found.other,
        hits=found.hits,
        grade=grades[0],
        other_grade=grades[1],
        note=note,
    )


def mask_rows(cases: Sequence[CaseRow], read: int, settings: Settings) -> list[Row]:
    """Return the numbers on the marks of one pair and label; none where nobody marked.

    ``read``: how many cases both read; where neither marked the label, nothing need be in
    ``cases``.
    """
    cases = [row for row in cases if row.lesions or row.other_lesions]
    if not cases:
        return []
    found = [_mean(name, cases) for name in ("dice", "iou")]
    if settings.distances:
        found.append(_mean("hd95_px", cases))
        if any(not math.isnan(row.hd95_mm) for row in cases):
            found.append(_mean("hd95_mm", cases))
    note = f"{settings.lesion_note}, pooled over cases"
    hits, mine, its = (
        np.array([getattr(row, name) for row in cases], np.float64)
        for name in ("hits", "lesions", "other_lesions")
    )
    found += [
        _pooled("lesion_precision", hits, its, note),
        _pooled("lesion_recall", hits, mine, note),
        _pooled("lesion_f1", 2 * hits, mine + its, note),
    ]
    return _rows(cases[0], found, len(cases), read, settings)


def grade_rows(
    cases: Sequence[CaseRow], categories: Sequence[str], settings: Settings
) -> list[Row]:
    """Return kappa and agreement of the grades of one pair; none where no case has both."""
    both = [row for row in cases if row.grade in categories and row.other_grade in categories]
    if not both:
        return []
    places = {grade: place for place, grade in enumerate(categories)}
    mine, its = [row.grade for row in both], [row.other_grade for row in both]
    count = len(categories)
    cells = np.zeros((len(both), count * count))
    pairs = [places[a] * count + places[b] for a, b in zip(mine, its, strict=True)]
    cells[np.arange(len(both)), pairs] = 1

    def kappas(times: NDArray[np.float64]) -> NDArray[np.float64]:
        return kappa_of_tables((times @ cells).reshape(-1, count, count), settings.weights)

    kappa = cohen_kappa(mine, its, categories, settings.weights) if len(both) > 1 else NAN
    known = 0 if math.isnan(kappa) else len(both)
    note = "" if settings.weights == "none" else f"{settings.weights}: {' < '.join(categories)}"
    note = note if known else _why_no_kappa(len(both))
    same = [100.0 * (a == b) for a, b in zip(mine, its, strict=True)]
    found = [
        _Number("cohen_kappa", kappa, kappas, known, note),
        _Number("percent_agreement", percent_agreement(mine, its), mean(same), len(both)),
    ]
    return _rows(cases[0], found, len(both), len(cases), settings)


def _why_no_kappa(cases: int) -> str:
    if cases < 2:
        return "undefined: kappa takes two cases or more with the grades of all"
    return "undefined: one and the same grade throughout leaves nothing to disagree on"


def fleiss_row(
    grades: Iterable[dict[str, str]],
    readers: Sequence[str],
    categories: Sequence[str],
    settings: Settings,
) -> Row | None:
    """Return Fleiss' kappa of three or more readers, on cases that every one of them graded.

    ``grades``: reader -> grade, of each case that all of them read.
    """
    given = list(grades)
    complete = [one for one in given if all(one.get(name) in categories for name in readers)]
    if len(readers) < 3 or not complete:
        return None
    counts = np.array(
        [[sum(one[n] == grade for n in readers) for grade in categories] for one in complete],
        np.float64,
    )
    value = fleiss_kappa(counts) if len(complete) > 1 else NAN
    known = len(complete) if not math.isnan(value) else 0
    note = "cases that all of them graded" if known else _why_no_kappa(len(complete))

    def kappas(times: NDArray[np.float64]) -> NDArray[np.float64]:
        return fleiss_of_weighted(counts, times)

    number = _Number("fleiss_kappa", value, kappas, known, note)
    like = CaseRow(0, "", readers[0], ", ".join(readers[1:]), None)
    return _rows(like, [number], len(complete), len(given), settings)[0]


def number_row(
    like: CaseRow,
    measure: str,
    values: NDArray[np.float64],
    read: int,
    note: str,
    settings: Settings,
) -> Row:
    """Return the mean of values (N,), one for each case that has one, of ``read`` in all."""
    number = _Number(measure, float(values.mean()), mean(values), len(values), note)
    return _rows(like, [number], len(values), read, settings)[0]


@dataclass(frozen=True)
class _Number:
    """A number over cases, how it is computed of a resample, and how many cases it comes from."""

    measure: str
    value: float
    statistic: Statistic
    n: int
    note: str = ""


def _mean(name: str, cases: Sequence[CaseRow]) -> _Number:
    values = np.array([getattr(row, name) for row in cases], np.float64)
    known = values[~np.isnan(values)]
    value = float(known.mean()) if len(known) else NAN
    return _Number(name, value, mean(values), len(known), "mean over cases")


def _pooled(
    name: str, above: NDArray[np.float64], below: NDArray[np.float64], note: str
) -> _Number:
    known = int(np.count_nonzero(below))
    value = float(above.sum() / below.sum()) if known else NAN
    return _Number(name, value, ratio(above, below), known, note)


def _rows(
    like: CaseRow, numbers: Sequence[_Number], cases: int, read: int, settings: Settings
) -> list[Row]:
    """Return the rows of one pair and label; ``read`` counts the cases that both read."""
    ends = intervals(cases, [number.statistic for number in numbers], settings.seed)
    return [
        Row(
            reader=like.reader,
            other=like.other,
            label=like.label,
            measure=number.measure,
            value=number.value,
            low=low,
            high=high,
            n=number.n,
            undefined=read - number.n,
            note=number.note,
        )
        for number, (low, high) in zip(numbers, ends, strict=True)
    ]


Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
