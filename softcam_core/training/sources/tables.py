"""What the tables of several data sets share: their files, a quality score, weights."""

from __future__ import annotations

import math
import re
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.paths import is_file
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import Split, read_rows, split_word
from softcam_core.training.sources.listing import LeftOut

Row = tuple[str, dict[str, str]]
"""Where a row stands, to begin a sentence with, and its cells."""

_SPLIT_IN_NAME = re.compile(r"(.*[-_.])(train|training|val|valid|validation|test)", re.IGNORECASE)


def files_of_splits(table: Path) -> list[tuple[Path, Split | None]]:
    """Return a table and those of the other splits beside it, ``x_train.csv`` and ``x_test.csv``.

    A table alone has no split, whatever its name says.
    """
    match = _SPLIT_IN_NAME.fullmatch(table.stem)
    if not match:
        return [(table, None)]
    found: dict[Split, Path] = {}
    for word in ("train", "training", "val", "valid", "validation", "test"):
        for spelled in (word, word.capitalize(), word.upper()):
            other = table.with_name(f"{match[1]}{spelled}{table.suffix}")
            if is_file(other):
                found.setdefault(split_word(word, ""), other)
    if len(found) < 2:
        return [(table, None)]
    return [(path, split) for split, path in found.items()]


def rows_of_splits(
    table: Path, needed: tuple[str, ...], notes: list[str]
) -> list[tuple[Row, Split | None]]:
    """Read a table together with those of the other splits beside it.

    Raises:
        ConfigError: one of them cannot be read, or lacks a column.
    """
    files = files_of_splits(table)
    if len(files) > 1:
        names = ", ".join(f"{path.name} ({split})" for path, split in files)
        notes.append(f"The split is that of the tables {names}.")
    return [
        ((f"{path.name}, row {number}", row), split)
        for path, split in files
        for number, row in read_rows(path, needed)
    ]


def is_good(row: Row, data: DataConfig, left_out: LeftOut) -> bool:
    """Return whether a row passes ``data.quality_column``; count it as left out if not."""
    column = data.quality_column.lower()
    if not column:
        return True
    where, cells = row
    try:
        score = float(cells.get(column, ""))
    except ValueError:
        score = math.nan
    if score <= data.quality_max:
        return True
    reason = f"{data.quality_column} is above {data.quality_max:g}"
    left_out.add(f"{data.quality_column} is no number" if math.isnan(score) else reason, where)
    return False


def check_quality(name: str, rows: list[dict[str, str]], data: DataConfig) -> None:
    """Refuse a quality column that a table has not.

    Raises:
        ConfigError: the sentence names the columns that there are.
    """
    if data.quality_column and not any(data.quality_column.lower() in row for row in rows):
        columns = ", ".join(dict.fromkeys(name for row in rows for name in row))
        raise ConfigError(
            f"{name} has no column {data.quality_column!r} for data.quality_column; it has "
            f"{columns}."
        )


def refuse_quality(source: Path, data: DataConfig) -> None:
    """Refuse a quality column where nothing has columns of its own.

    Raises:
        ConfigError: there is one in the configuration.
    """
    if data.quality_column:
        raise ConfigError(
            f"{source.name} has no scores of quality; leave data.quality_column out, or give a "
            "table with one."
        )


def weight_of(row: Row) -> float:
    """Return how often a row is to be drawn, from its column ``weight``.

    Raises:
        ConfigError: it is no number above 0.
    """
    where, cells = row
    cell = cells.get("weight", "")
    try:
        weight = float(cell) if cell else 1.0
    except ValueError:
        weight = math.nan
    if not 0 < weight < math.inf:
        raise ConfigError(f"{where}: weight is {cell!r}; write a number above 0.")
    return weight
