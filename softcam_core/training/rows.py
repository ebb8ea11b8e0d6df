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

SPLIT_WORDS: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
    "testing": "test",
}
"""Words for the splits, in small letters, in a column or as the name of a folder."""

MASKS_JOINED = "|"
"""What stands between the files of one cell ``mask``; no file of Windows has it in its name."""

_HEAD_BYTES = 65536

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
                f"{', '.join(needed[:-1])}{' and ' if needed[1:] else ''}{needed[-1]}."
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


def head(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns of a table, in small letters, and its first rows.

    What is wrong with the table is left to `read_rows`; no columns where it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return [], []
    lines = data.decode("utf-8-sig", "replace").splitlines()
    if len(data) == _HEAD_BYTES:
        del lines[-1:]
    if not lines:
        return [], []
    delimiter = max(_SEPARATORS, key=lines[0].count)
    try:
        table = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return [], []
    names = [name.strip().lower() for name in table[0]]
    cells = ([cell.strip() for cell in line] for line in table[1:] if any(line))
    return names, [dict(zip(names, line, strict=False)) for line in cells]


class Places:
    """Resolves the paths of a table; Windows separators are understood everywhere."""

    def __init__(self, table: Path) -> None:
        """Take the table whose folder relative paths begin at."""
        self._given = table.parent
        self._folder = table.resolve().parent

    def __call__(self, name: str) -> Path:
        """Return the absolute path of a cell."""
        if os.sep == "/" and "\\" in name and not exists(self._given / name):
            name = name.replace("\\", "/")
        return Path(os.path.normpath(self._folder / name))


def absolute(name: str, table: Path) -> Path:
    """Resolve a path of the table; `Places` is quicker for many."""
    return Places(table)(name)


def joined_masks(places: Places, cell: str) -> str:
    """Return a cell of masks with absolute paths."""
    names = filter(None, (name.strip() for name in cell.split(MASKS_JOINED)))
    return MASKS_JOINED.join(str(places(name)) for name in names)


def split_word(word: str, where: str) -> Split:
    """Read one cell of the split column.

    Raises:
        ConfigError: it is none of `SPLITS`, nor another word for one; ``where`` says which.
    """
    if word.lower() not in SPLIT_WORDS:
        raise ConfigError(f"{where}: split is {word!r}; write train, val or test.")
    return SPLIT_WORDS[word.lower()]
