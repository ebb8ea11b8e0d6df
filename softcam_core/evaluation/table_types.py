"""What a table of a paper consists of. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

Kind = Literal["black-box", "evidence", "post-hoc", "chance", "model"]


@dataclass(frozen=True)
class Cell:
    """One number of a table, and how it is written.

    Attributes:
        value: NaN where there is no number.
        text: the number as the table shows it; a dash where there is none.
        low: lower end of its 95% interval; NaN where there is none.
        high: its upper end.
        interval: both ends as the table shows them; "" where there are none.
        n: images that it comes from.
        undefined: images without a value.
        std: standard deviation over images, where the table shows it; NaN elsewhere.
        delta: the number less that of the model that it is compared with; NaN for none.
        delta_text: with its sign, as the table shows it; "" for none.
        best: whether no other row of the column is better; chance does not take part.
    """

    value: float = math.nan
    text: str = "–"
    low: float = math.nan
    high: float = math.nan
    interval: str = ""
    n: int = 0
    undefined: int = 0
    std: float = math.nan
    delta: float = math.nan
    delta_text: str = ""
    best: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no number."""
        return math.isnan(self.value)


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        group: head over several columns, such as a backbone; "" for none.
        title: head.
        better: ``high``, ``low`` or "": where the best number is.
        unit: ``%``, ``s``, ``h``, ``M`` or "".
        metric: id of what it shows; "" where it is no metric.
        digits: after the point.
    """

    group: str
    title: str
    better: str = "high"
    unit: str = ""
    metric: str = ""
    digits: int = 3

    @property
    def head(self) -> str:
        """Title with unit and arrow, as a paper's table has it."""
        arrow = {"high": " ↑", "low": " ↓"}.get(self.better, "")
        return self.title + (f" ({self.unit})" if self.unit else "") + arrow


@dataclass(frozen=True)
class Line:
    """A row.

    Attributes:
        group: what the row belongs to, such as a model; "" for none.
        head: what it is called, such as a method.
        kind: ``black-box``: a method that explains a black box; ``evidence``: of a SoftCAM model;
            ``post-hoc``: a method that explains a SoftCAM or dual-branch model; ``chance``;
            ``model``: no map at all.
        cells: one a column.
    """

    group: str
    head: str
    kind: Kind
    cells: tuple[Cell, ...]

    @property
    def is_chance(self) -> bool:
        """Whether it stands for chance."""
        return self.kind == "chance"


@dataclass(frozen=True)
class Table:
    """A table, ready to be shown.

    Attributes:
        id: of its file: ``table_4``, ``localization``.
        title: short.
        caption: what the numbers are, and of what.
        columns: from left to right.
        rows: from top to bottom.
    """

    id: str
    title: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Table:
        """Read what JSON has of a table: None is NaN."""
        numbers = {one.name for one in fields(Cell) if one.type == "float"}

        def cell(given: Mapping[str, Any]) -> Cell:
            values: dict[str, Any] = {
                name: math.nan if name in numbers and value is None else value
                for name, value in given.items()
            }
            return Cell(**values)

        return cls(
            id=plain["id"],
            title=plain["title"],
            caption=plain["caption"],
            columns=tuple(Column(**one) for one in plain["columns"]),
            rows=tuple(
                Line(one["group"], one["head"], one["kind"], tuple(map(cell, one["cells"])))
                for one in plain["rows"]
            ),
        )
