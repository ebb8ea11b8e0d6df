"""What a comparison gives: a table of numbers, and one of cases behind them; both as CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from softcam_core.errors import SoftcamError

NAN = float("nan")
ALL_LABELS = "(all labels)"
NO_LABEL = "(no label)"

MEASURES: dict[str, tuple[str, str]] = {
    "dice": ("Dice", ""),
    "iou": ("IoU", ""),
    "hd95_px": ("Hausdorff 95", "px"),
    "hd95_mm": ("Hausdorff 95", "mm"),
    "lesion_precision": ("Lesion precision", ""),
    "lesion_recall": ("Lesion recall", ""),
    "lesion_f1": ("Lesion F1", ""),
    "dice_best": ("Dice, best threshold", ""),
    "percent_agreement": ("Same grade", "%"),
    "cohen_kappa": ("Cohen's kappa", ""),
    "fleiss_kappa": ("Fleiss' kappa", ""),
}
"""id -> name for people, and unit."""


@dataclass(frozen=True)
class Row:
    """One number.

    Attributes:
        reader: the reference.
        other: who is compared with it: a reader, a model, or, for Fleiss' kappa, all others.
        label: of the lesions; None for all of them together, whatever their labels. "" is no label.
        measure: an id of `MEASURES`.
        value: mean over cases of ``dice``, ``iou`` and ``hd95``; lesions are pooled over cases.
        low, high: 95% bootstrap interval over cases; NaN for fewer than two.
        n: cases that the value comes from.
        undefined: cases that both read and that give no value.
        note: how it was computed, in a few words.
        reads: which read counts of who read a case again, ``first`` or ``last``.
    """

    reader: str
    other: str
    label: str | None
    measure: str
    value: float
    low: float
    high: float
    n: int
    undefined: int
    note: str = ""
    reads: str = "last"

    @property
    def unit(self) -> str:
        """Of the value; "" for a plain number."""
        return MEASURES[self.measure][1]


@dataclass(frozen=True)
class CaseRow:
    """Two readers, or a reader and a model, on one case.

    Attributes:
        case: its id.
        name: the image's file name.
        reader, other, label: see `Row`.
        dice, iou, hd95_px, hd95_mm: NaN where undefined.
        lesions, other_lesions: how many each has.
        hits: how many both have.
        grade, other_grade: of the whole image; "" where none was given.
        note: what was compared on this case, for instance a model's class.
        reads: see `Row`.
    """

    case: int
    name: str
    reader: str
    other: str
    label: str | None
    dice: float = NAN
    iou: float = NAN
    hd95_px: float = NAN
    hd95_mm: float = NAN
    lesions: int = 0
    other_lesions: int = 0
    hits: int = 0
    grade: str = ""
    other_grade: str = ""
    note: str = ""
    reads: str = "last"

    @property
    def f1(self) -> float:
        """Lesion-wise F1 of this case; NaN if nobody marked anything."""
        both = self.lesions + self.other_lesions
        return 2 * self.hits / both if both else NAN

    @property
    def empty(self) -> bool:
        """Whether there is nothing to see: no lesion, and not a grade of both."""
        return not (self.lesions or self.other_lesions or (self.grade and self.other_grade))

    @property
    def without_marks(self) -> CaseRow:
        """The same case with its grades alone."""
        return CaseRow(
            *(self.case, self.name, self.reader, self.other, self.label),
            grade=self.grade,
            other_grade=self.other_grade,
            note=self.note,
            reads=self.reads,
        )

    @property
    def badness(self) -> tuple[float, bool]:
        """A key that sorts the cases with the least agreement first, those without any last."""
        values = [value for value in (self.dice, self.f1) if not math.isnan(value)]
        graded = bool(self.grade and self.other_grade)
        differ = graded and self.grade != self.other_grade
        return (sum(values) / len(values) if values else 1.0 if graded else 2.0), not differ


@dataclass(frozen=True)
class Agreement:
    """The result of one comparison.

    Attributes:
        rows: the numbers.
        cases: the cases behind them, those with nothing to see included.
        notes: sentences on what the numbers do not hold.
        problems: sentences on cases that could not be compared; the others were.
    """

    rows: list[Row] = field(default_factory=list)
    cases: list[CaseRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def of_reads(self, reads: str, notes: Sequence[str]) -> Agreement:
        """Return it with every row told which reads count, and sentences on that put first."""
        return Agreement(
            [dataclasses.replace(row, reads=reads) for row in self.rows],
            [dataclasses.replace(case, reads=reads) for case in self.cases],
            [*notes, *self.notes],
            self.problems,
        )


def label_text(label: str | None) -> str:
    """Return a row's label as people read it."""
    return ALL_LABELS if label is None else label or NO_LABEL


ROW_COLUMNS = (
    *("reader", "other", "label", "measure", "value", "ci_low", "ci_high"),
    *("n", "undefined", "unit", "note", "reads"),
)
CASE_COLUMNS = (
    *("case", "name", "reader", "other", "label", "dice", "iou", "hd95_px", "hd95_mm"),
    *("lesions", "other_lesions", "hits", "f1", "grade", "other_grade", "note", "reads"),
)


def row_record(row: Row) -> dict[str, Any]:
    """Return a row as column -> value; NaN stays NaN."""
    return {
        "reader": row.reader,
        "other": row.other,
        "label": label_text(row.label),
        "measure": row.measure,
        "value": row.value,
        "ci_low": row.low,
        "ci_high": row.high,
        "n": row.n,
        "undefined": row.undefined,
        "unit": row.unit,
        "note": row.note,
        "reads": row.reads,
    }


def case_record(row: CaseRow) -> dict[str, Any]:
    """Return a case's row as column -> value; NaN stays NaN."""
    values = dataclasses.asdict(row) | {"f1": row.f1, "label": label_text(row.label)}
    return {column: values[column] for column in CASE_COLUMNS}


def write_rows(rows: Iterable[Row], path: str | os.PathLike[str]) -> None:
    """Write the numbers as CSV with the columns `ROW_COLUMNS`, all or nothing.

    Raises:
        SoftcamError: the file cannot be written.
    """
    _write(ROW_COLUMNS, [row_record(row) for row in rows], Path(path))


def write_cases(rows: Iterable[CaseRow], path: str | os.PathLike[str]) -> None:
    """Write the cases as CSV with the columns `CASE_COLUMNS`, worst first, all or nothing.

    Cases with nothing to see are left out.

    Raises:
        SoftcamError: the file cannot be written.
    """
    seen = sorted((row for row in rows if not row.empty), key=lambda row: row.badness)
    _write(CASE_COLUMNS, [case_record(row) for row in seen], Path(path))


def _write(columns: Sequence[str], records: list[dict[str, Any]], path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in one.items()} for one in records)
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_bytes(text.getvalue().encode("utf-8", "backslashreplace"))
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SoftcamError(
            f"The table {path} cannot be written ({error.strerror}); choose another folder."
        ) from error


def _cell(value: Any) -> Any:
    """Return a value for a cell: nothing for NaN, and no text that a spreadsheet would run."""
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
