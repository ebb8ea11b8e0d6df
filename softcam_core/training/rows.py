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


def read_rows(path: Path, needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Return (number of the row in the file, its columns) of every row that is not empty.

    Names of columns are in small letters; cells are stripped.

    Args:
        path: the CSV file.
        needed: columns that it has to have.

    Raises:
        ConfigError: the file cannot be read as a table, lacks a column, or has no rows.
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
    delimiter = max(",;\t", key=header.count)
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
    rows = []
    for number, cells in enumerate(table[1:], start=2):
        row = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        if any(row.values()):
            rows.append((number, row))
    if not rows:
        raise ConfigError(f"{path.name} lists no images.")
    return rows


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
