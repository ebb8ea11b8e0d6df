"""Tables of a summary as rows of cells for the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from softcam_core.evaluation.report.numbers import interval
from softcam_core.evaluation.table_types import Cell, Column, Table
from softcam_core.evaluation.tables import FOLDER

BESIDE = 6
"""Columns up to which intervals stand beside values."""


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
    """One table of the page; ``foot`` says of how many images each column is.

    ``file``: where its numbers are beside the page; "" for none.
    """

    id: str
    title: str
    caption: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[Row, ...]
    foot: tuple[Shown, ...] = ()
    file: str = ""

    @property
    def wide(self) -> bool:
        """Whether there is no room for an interval beside its value."""
        return len(self.heads[-1]) > BESIDE


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
        *(table.id, table.title, table.caption, _heads(table, leading), tuple(rows), foot),
        file=f"{FOLDER}/{table.id}.csv",
    )


def _heads(table: Table, leading: int) -> tuple[tuple[Head, ...], ...]:
    columns = table.columns
    models = all(line.kind == "model" for line in table.rows)
    spaces = tuple(Head("") for _ in range(leading - 1))
    name = Head("Model" if models else "Method")
    titles = (*spaces, name, *(Head(unbroken(one.head), True) for one in columns))
    if not any(one.group for one in columns):
        return (titles,)
    groups = tuple(
        Head(group, span=len(list(members)))
        for group, members in groupby(columns, key=lambda one: one.group)
    )
    return (*spaces, Head(""), *groups), titles


def unbroken(head: str) -> str:
    """Return a head whose unit and arrow stay with its last word."""
    return head.replace(" (", "\u00a0(").replace(" ↑", "\u00a0↑").replace(" ↓", "\u00a0↓")


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
