"""RSNA's pneumonia challenge: DICOM files, boxes a row each, and what the radiologists saw.

The SoftCAM authors' table of it holds one box of each image: it is read, and its boxes are not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

from softcam_core.counts import counted
from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.read import image_size
from softcam_core.paths import is_file, is_folder, shown
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import Split, head, read_rows, split_word
from softcam_core.training.sources.images import ImageFinder, finder_beside
from softcam_core.training.sources.listing import LeftOut, Listing, Record
from softcam_core.training.sources.tables import (
    check_quality,
    is_good,
    refuse_quality,
    rows_of_splits,
)

BOXES, SEEN, IMAGES = (
    "stage_2_train_labels.csv",
    "stage_2_detailed_class_info.csv",
    "stage_2_train_images",
)
HEALTHY, BETWEEN, ILL = "Normal", "No Lung Opacity / Not Normal", "Lung Opacity"
SIDE = 1024
"""Side, in pixels, of the square that coordinates are given in."""

Box = tuple[float, float, float, float]


def read_rsna(data: DataConfig, wanted: tuple[str, ...]) -> Listing:
    """Read the challenge's folder, its table of boxes, or the authors' table.

    Normal and Lung Opacity; films that are neither are left out, unless ``data.task`` is
    multiclass or ``data.classes`` names their class.

    Raises:
        ConfigError: a table is missing or lacks a column, or a row of it is wrong.
    """
    path = Path(data.csv)
    table = path / BOXES if is_folder(path) else path
    if is_folder(path) and not is_file(table):
        raise ConfigError(f"{path} holds no {BOXES}; give the folder of the challenge.")
    if "filename" in head(table)[0]:
        return _read_authors(table, data)
    refuse_quality(table, data)
    seen = _seen(table.with_name(SEEN))
    folder = table.with_name(IMAGES)
    finder = finder_beside(table, data.images or (str(folder) if is_folder(folder) else ""))
    boxes: dict[str, list[Box]] = {}
    rows = read_rows(table, ("patientid", "x", "y", "width", "height", "target"))
    for number, row in rows:
        where = f"{table.name}, row {number}"
        name, target = row.get("patientid", ""), row.get("target", "")
        if not name or target not in ("0", "1"):
            raise ConfigError(f"{where}: patientId is missing, or Target is neither 0 nor 1.")
        if name not in seen:
            raise ConfigError(f"{where}: {SEEN} says nothing of the image {name}.")
        found = boxes.setdefault(name, [])
        if target == "1":
            found.append(_box(row, where))
    between = data.task == "multiclass" or BETWEEN.casefold() in {w.casefold() for w in wanted}
    order = (HEALTHY, BETWEEN, ILL) if between else (HEALTHY, ILL)
    left_out, records, unscaled = LeftOut(), list[Record](), 0
    for name, own in boxes.items():
        label = seen[name]
        if label not in order:
            left_out.add(label, name)
            continue
        file = finder.find(name, ".dcm")
        scaled = scaled_boxes(own, (SIDE, SIDE), file) if own else []
        unscaled += scaled is None
        written = json.dumps(own if scaled is None else scaled) if own else ""
        records.append(Record(name, file, label, name, boxes=written))
    notes = finder.note(len(records))
    if unscaled:
        notes.append(
            f"The boxes of {counted(unscaled, 'image')} without a readable file are in pixels of "
            f"{SIDE} x {SIDE}."
        )
    several = sum(len(own) > 1 for own in boxes.values())
    return Listing(
        path,
        "rsna",
        f"{shown(path.name)} is RSNA's pneumonia challenge (rsna): {counted(len(rows), 'row')} on "
        f"{counted(len(boxes), 'film')}, {several:,} of them with several boxes.",
        records,
        order=order,
        notes=notes,
        left_out=left_out,
    )


def scaled_boxes(
    boxes: Sequence[Box], size: tuple[int, int], path: Path
) -> list[list[float]] | None:
    """Return boxes (x0, y0, x1, y1) in pixels of a file; None if it cannot be read.

    Args:
        boxes: in pixels of an image of ``size``.
        size: (width, height) that they were drawn in.
        path: the file, of which the header is read.
    """
    try:
        width, height = image_size(path)
    except ImageError:
        return None
    factors = (width / size[0], height / size[1]) * 2
    return [
        [_short(value * factor) for value, factor in zip(box, factors, strict=True)]
        for box in boxes
    ]


def _read_authors(table: Path, data: DataConfig) -> Listing:
    """Read ``filename,x,y,width,height,type,bin_target,target``, an image a row."""
    left_out, notes, records = LeftOut(), list[str](), list[Record]()
    rows = rows_of_splits(table, ("filename", "bin_target"), notes)
    check_quality(table.name, [row for (_, row), _ in rows], data)
    types = {row.get("type", "") for (_, row), _ in rows}
    has_types = len(types) > 1 and "" not in types
    finder: ImageFinder = finder_beside(table, data.images)
    boxed = 0
    for (where, row), given in rows:
        target = row.get("bin_target", "")
        if not row.get("filename") or target not in ("0", "1"):
            raise ConfigError(f"{where}: filename is missing, or bin_target is neither 0 nor 1.")
        split: Split | None = split_word(row["type"], where) if has_types else given
        boxed += bool(row.get("x"))
        if is_good((where, row), data, left_out):
            file = finder.find(row["filename"])
            label = ILL if target == "1" else HEALTHY
            records.append(Record(where, file, label, file.stem, split))
    notes += finder.note(len(records))
    if boxed:
        notes.append(
            f"The boxes of {table.name} are not read: it holds one of each of its {boxed:,} films, "
            f"where {BOXES} holds all."
        )
    return Listing(
        table,
        "rsna",
        f"{table.name} is the SoftCAM authors' table of RSNA films (rsna), one row each.",
        records,
        order=(HEALTHY, ILL),
        notes=notes,
        left_out=left_out,
    )


def _seen(table: Path) -> dict[str, str]:
    """Return what was seen in each image, as ``stage_2_detailed_class_info.csv`` tells it."""
    if not is_file(table):
        raise ConfigError(
            f"{SEEN} is not beside {BOXES}; without it, normal films cannot be told from others."
        )
    known = {name.casefold().replace(" ", ""): name for name in (HEALTHY, BETWEEN, ILL)}
    seen: dict[str, str] = {}
    for number, row in read_rows(table, ("patientid", "class")):
        name = known.get(row.get("class", "").casefold().replace(" ", ""))
        where = f"{table.name}, row {number}"
        if name is None:
            raise ConfigError(
                f"{where}: class is {row.get('class', '')!r}; it is one of {HEALTHY}, {ILL} and "
                f"{BETWEEN}."
            )
        if seen.setdefault(row["patientid"], name) != name:
            raise ConfigError(f"{where}: {row['patientid']} is listed again with another class.")
    return seen


def _box(row: dict[str, str], where: str) -> Box:
    """Return the corners of a row's box."""
    try:
        x, y, width, height = (float(row.get(key, "")) for key in ("x", "y", "width", "height"))
    except ValueError:
        x = y = width = height = math.nan
    if not (0 <= x < math.inf and 0 <= y < math.inf and 0 < width < 1e6 and 0 < height < 1e6):
        raise ConfigError(f"{where}: Target is 1, and x, y, width and height make no box.")
    return x, y, x + width, y + height


def _short(value: float) -> float:
    """Return a coordinate to a thousandth of a pixel, a whole number as such."""
    rounded = round(value, 3)
    return int(rounded) if rounded.is_integer() else rounded
