"""The two tables: numbers, and the cases behind them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from app.controller.opening import GIVEN
from app.language import core_word
from app.tables import Column, Table
from app.texts import NO_VALUE
from softcam_core.agreement.table import MEASURES, CaseRow, Row

T = TypeVar("T")


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("agreement", text)


class RowsTable(Table[T]):
    """A table whose rows say something of their own when the mouse rests on them."""

    def __init__(self, columns: Sequence[Column[T]], tip: Callable[[T], str]) -> None:
        """Start without rows; ``tip`` is what a row says."""
        super().__init__(columns, tr)
        self._tip = tip

    def tip(self, row: T, column: Column[T]) -> str | None:
        """Return what is to be said of a row."""
        del column
        return self._tip(row)


def label_name(label: str | None) -> str:
    """Return a label as a person reads it."""
    return tr("all labels") if label is None else label or tr("no label")


def reader_name(reader: str) -> str:
    """Return who a reader is for a person: ``given`` stands for what came with the images."""
    return tr("given (labels of the folder)") if reader == GIVEN else reader


def number(value: float, unit: str = "") -> str:
    """Return a value with as many digits as it deserves; a dash where it is undefined."""
    if math.isnan(value):
        return NO_VALUE
    if unit:
        return f"{value:.1f} {unit}"
    return f"{value:.3f}".replace("-", "\N{MINUS SIGN}")


def _interval(row: Row) -> str:
    if math.isnan(row.low):
        return NO_VALUE
    low = number(row.low, row.unit).removesuffix(row.unit).rstrip()
    return tr("{0} to {1}").format(low, number(row.high, row.unit))


def _hits(row: CaseRow) -> str:
    return tr("{0} of {1} / {2}").format(row.hits, row.lesions, row.other_lesions)


def _grades(row: CaseRow) -> str:
    if not row.grade and not row.other_grade:
        return ""
    return f"{row.grade or NO_VALUE} / {row.other_grade or NO_VALUE}"


NUMBERS: tuple[Column[Row], ...] = (
    Column("Reference", lambda r: reader_name(r.reader), lambda r: r.reader),
    Column("Compared", lambda r: reader_name(r.other), lambda r: r.other),
    Column("Label", lambda r: label_name(r.label), lambda r: r.label or ""),
    Column("Measure", lambda r: core_word(MEASURES[r.measure][0]), lambda r: r.measure),
    Column("Value", lambda r: number(r.value, r.unit), lambda r: r.value, True),
    Column(
        "95 % interval",
        _interval,
        lambda r: r.low,
        True,
        "Bootstrap over cases: where the value of other such cases would lie.",
    ),
    Column("Cases", lambda r: str(r.n), lambda r: r.n, True, "Cases that the value comes from."),
    Column(
        "Undefined",
        lambda r: str(r.undefined),
        lambda r: r.undefined,
        True,
        "Cases that both read and that give no value: nobody marked anything, for instance.",
    ),
)

CASES: tuple[Column[CaseRow], ...] = (
    Column("Image", lambda r: r.name, lambda r: r.name),
    Column("Reference", lambda r: reader_name(r.reader), lambda r: r.reader),
    Column("Compared", lambda r: reader_name(r.other), lambda r: r.other),
    Column("Dice", lambda r: number(r.dice), lambda r: r.dice, True),
    Column("Lesion F1", lambda r: number(r.f1), lambda r: r.f1, True),
    Column("HD 95", lambda r: number(r.hd95_px, "px"), lambda r: r.hd95_px, True),
    Column(
        "Hits",
        _hits,
        lambda r: r.hits,
        True,
        "Lesions that both have, of the reference's / of the other's.",
    ),
    Column("Grades", _grades, lambda r: (r.grade == r.other_grade, r.grade)),
)
