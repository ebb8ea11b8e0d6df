"""Reading the rows of a data table, for training and evaluation alike.

A byte-order mark, semicolons or tabs in place of commas and any line ends are fine; relative paths
are relative to the table. Free of torch.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from softcam_core.errors import ConfigError
from softcam_core.paths import exists

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")

_SPLIT_WORDS: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
    "testing": "test",
}


_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def read_rows(
    path: Path, needed: Sequence[str], problems: list[str] | None = None
) -> list[tuple[int, dict[str, str]]]:
    """Return (number of the row in the file, its columns) of every row that is not empty.

    Names of columns are in small letters; cells are stripped. A row may end before its last cells.

    Args:
        path: the CSV file.
        needed: columns that it has to have.
        problems: takes a sentence on each row whose cells are not those of the header; such rows
            are left out. None: the first of them is an error.

    Raises:
        ConfigError: the file cannot be read as a table, lacks a column, names one twice, or has no
            rows.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            raise ConfigError(
                f"The table {path} is not UTF-8 text; save it as CSV UTF-8."
            ) from error
        reason = getattr(error, "strerror", None) or "unreadable"
        raise ConfigError(f"The table {path} cannot be read: {reason}.") from error
    header = text.splitlines()[0] if text else ""
    delimiter = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        table = list(reader)
    except csv.Error as error:
        raise ConfigError(
            f"The table {path} is damaged at line {reader.line_num}: {error}."
        ) from error
    names = [name.strip().lower() for name in table[0]] if table else []
    for column in needed:
        if column not in names:
            raise ConfigError(
                f"{path.name} has no column {column!r}; its first line must name "
                f"{' and '.join(needed)}."
            )
    for name in filter(None, names):
        if names.count(name) > 1:
            raise ConfigError(f"{path.name} has two columns {name!r}; rename or remove one.")
    rows, misfits = [], []
    for number, line in enumerate(table[1:], start=2):
        cells = [cell.strip() for cell in line]
        if _fits(cells, names, delimiter):
            if any(cells):
                rows.append((number, dict(zip(names, cells, strict=False))))
            continue
        misfits.append(
            f"{path.name}, row {number}: the header has {len(names)} cells, parted by "
            f"{_SEPARATORS[delimiter]}, and the row {len(cells)}; part all rows alike, and put a "
            "cell that holds the separator in quotes."
        )
    if misfits and (problems is None or not rows):
        raise ConfigError(misfits[0])
    if problems is not None:
        problems += misfits
    if not rows:
        raise ConfigError(f"{path.name} lists no images.")
    return rows


def _fits(cells: Sequence[str], names: Sequence[str], delimiter: str) -> bool:
    """Return whether a row's cells are the header's; the last ones may be missing."""
    if any(cells[len(names) :]):
        return False
    if len(cells) == 1 < len(names):
        return not any(other in cells[0] for other in _SEPARATORS if other != delimiter)
    return True


def absolute(name: str, table: Path) -> Path:
    """Resolve a path of the table; Windows separators are understood everywhere."""
    if os.sep == "/" and "\\" in name and not exists(table.parent / name):
        name = name.replace("\\", "/")
    return Path(os.path.normpath(table.resolve().parent / name))


def split_word(word: str, where: str) -> Split:
    """Read one cell of the split column.

    Raises:
        ConfigError: it is none of `SPLITS`, nor another word for one; ``where`` says which.
    """
    if word.lower() not in _SPLIT_WORDS:
        raise ConfigError(f"{where}: split is {word!r}; write train, val or test.")
    return _SPLIT_WORDS[word.lower()]
