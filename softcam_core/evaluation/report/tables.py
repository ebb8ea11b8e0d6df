"""Tables of a summary as rows of cells for the page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from softcam_core.evaluation.metric_ids import method_title, metric_title
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.evaluation.report.numbers import NONE, fixed, interval, places_of
from softcam_core.evaluation.results import Difference
from softcam_core.evaluation.table_types import Cell, Column, Table

SMALLEST_P = 0.001


@dataclass(frozen=True)
class Head:
    """The head of a column, or of several."""

    text: str
    number: bool = False
    span: int = 1


@dataclass(frozen=True)
class Shown:
    """One cell.

    Attributes:
        text: the value as written.
        head: whether it names its row.
        number: whether it stands at the right.
        again: whether the row above has the same text here.
        delta: beside the value.
        interval: below the value.
        count: of how many images, below that.
        best: whether it is the best of its column.
        sort: what to sort by; "": the text.
    """

    text: str
    head: bool = False
    number: bool = False
    again: bool = False
    delta: str = ""
    interval: str = ""
    count: str = ""
    best: bool = False
    sort: str = ""


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        cells: from left to right.
        chance: whether it stands for chance.
        first: whether it is the first of a group of rows, though not of the table.
    """

    cells: tuple[Shown, ...]
    chance: bool = False
    first: bool = False


@dataclass(frozen=True)
class TableView:
    """One table of the page; ``foot`` says of how many images each column is."""

    id: str
    title: str
    caption: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    foot: tuple[Shown, ...] = ()


def table_view(table: Table) -> TableView:
    """Return a table for the page: intervals below the values, n below where rows differ in it."""
    grouped = any(line.group for line in table.rows)
    common = [_common([line.cells[n] for line in table.rows]) for n in range(len(table.columns))]
    rows, above = [], ""
    for position, line in enumerate(table.rows):
        names = [Shown(line.head, head=True)]
        again = bool(position) and line.group == above
        if grouped:
            names.insert(0, Shown(line.group, head=True, again=again))
        cells = [
            _cell(cell, column, count)
            for cell, column, count in zip(line.cells, table.columns, common, strict=True)
        ]
        first = bool(position) and grouped and not again
        rows.append(Row((*names, *cells), line.is_chance, first))
        above = line.group
    leading = 2 if grouped else 1
    foot: tuple[Shown, ...] = ()
    if any(common):
        foot = (
            Shown("n", head=True),
            *(Shown("") for _ in range(leading - 1)),
            *(Shown(count.removeprefix("n = "), number=True) for count in common),
        )
    return TableView(
        table.id, table.title, table.caption, _heads(table.columns, leading), tuple(rows), foot
    )


def _heads(columns: Sequence[Column], leading: int) -> tuple[tuple[Head, ...], ...]:
    names = ("Model", "Method") if leading == 2 else ("",)
    titles = (*(Head(name) for name in names), *(Head(one.head, True) for one in columns))
    if not any(one.group for one in columns):
        return (titles,)
    groups = tuple(
        Head(group, span=len(list(members)))
        for group, members in groupby(columns, key=lambda one: one.group)
    )
    return (*(Head("") for _ in range(leading)), *groups), titles


def _common(cells: Sequence[Cell]) -> str:
    """How many images all numbers of a column come from; "" where they differ."""
    counts = {_count(cell) for cell in cells if cell.n or cell.undefined}
    return counts.pop() if len(counts) == 1 else ""


def _count(cell: Cell) -> str:
    undefined = f", {cell.undefined} undefined" if cell.undefined else ""
    return f"n = {cell.n}{undefined}"


def _cell(cell: Cell, column: Column, common: str) -> Shown:
    differs = not common and bool(cell.n or cell.undefined)
    return Shown(
        text=cell.text,
        number=True,
        delta=cell.delta_text,
        interval=interval(cell.low, cell.high, column.digits),
        count=_count(cell) if differs else "",
        best=cell.best,
        sort="" if cell.is_empty else repr(cell.value),
    )


def difference_views(
    differences: Sequence[Difference], titles: Mapping[str, str]
) -> list[TableView]:
    """Return one table: each number less another; bold where the interval excludes zero."""
    if not differences:
        return []
    heads = (
        *(Head("Metric"), Head("This"), Head("less this")),
        *(Head("Difference", True), Head("95% interval", True), Head("p", True), Head("n", True)),
    )
    rows, above = [], ""
    for position, one in enumerate(differences):
        rows.append(_difference(one, titles, above, bool(position)))
        above = one.metric
    return [
        TableView(
            id="differences",
            title="Differences over the same images",
            caption="Each number less another, with a 95% interval of the difference from the same "
            "resamples of both (paired bootstrap; DeLong where the column says so). Bold: the "
            "interval excludes zero. p: two-sided, not corrected for the number of comparisons.",
            heads=(heads,),
            rows=tuple(rows),
        )
    ]


def _difference(one: Difference, titles: Mapping[str, str], above: str, later: bool) -> Row:
    places = places_of(one.metric)
    clear = one.low > 0 or one.high < 0
    again = one.metric == above
    return Row(
        (
            Shown(metric_title(one.metric)[0], head=True, again=again),
            Shown(_whose(one.model, one.method, titles)),
            Shown(_whose(one.other_model, one.other_method, titles)),
            Shown(signed(one.value, places), number=True, best=clear, sort=_sort(one.value)),
            Shown(
                interval(one.low, one.high, places) or NONE,
                number=True,
                count=one.interval,
                sort=_sort(one.low),
            ),
            Shown(_p(one.p), number=True, sort=_sort(one.p)),
            Shown(str(one.n), number=True, sort=str(one.n)),
        ),
        first=later and not again,
    )


def signed(value: float, places: int) -> str:
    """Return a number with its sign."""
    text = fixed(value, places)
    return f"+{text}" if value > 0 and text != NONE else text


def _whose(model: str, method: str, titles: Mapping[str, str]) -> str:
    title = titles.get(model, model)
    return title if method == NO_METHOD else f"{method_title(method)}, {title}"


def _sort(value: float) -> str:
    return "" if math.isnan(value) else repr(value)


def _p(value: float) -> str:
    if math.isnan(value):
        return NONE
    return f"< {SMALLEST_P}" if value < SMALLEST_P else fixed(value, 3)
