"""Metadata of the WSOL benchmark (Choe et al. 2020): CUB, Cars, ImageNet, OpenImages.

A folder with those of the splits, or that of one split; in each ``image_ids.txt`` and
``class_labels.txt``, and where objects were marked ``localization.txt`` (``path,x0,y0,x1,y1``, a
box a line; or ``path,mask,ignore``, a mask a line and one region to be ignored) with
``image_sizes.txt``, the size (width, height) that boxes were drawn in.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from softcam_core.counts import counted
from softcam_core.errors import ConfigError
from softcam_core.paths import is_file, is_folder, shown
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import MASKS_JOINED, SPLIT_WORDS, SPLITS, Split
from softcam_core.training.sources.folders import subfolders
from softcam_core.training.sources.listing import LeftOut, Listing, Record
from softcam_core.training.sources.rsna import Box, scaled_boxes
from softcam_core.training.sources.tables import refuse_quality

IDS, LABELS, SIZES, MARKS, NAMES = (
    "image_ids.txt",
    "class_labels.txt",
    "image_sizes.txt",
    "localization.txt",
    "class_names.txt",
)


def is_wsol(folder: Path) -> bool:
    """Return whether a folder holds the metadata, of one split or of several."""
    return bool(_parts(folder))


def read_wsol(data: DataConfig, _wanted: tuple[str, ...]) -> Listing:
    """Read the metadata; the images and masks lie below ``data.images``.

    Classes keep the benchmark's numbers and are called as their images' folders, where each has a
    folder of its own.

    Raises:
        ConfigError: a file is missing, or a line of one is wrong.
    """
    root = Path(data.csv)
    refuse_quality(root, data)
    parts = _parts(root)
    if not parts:
        raise ConfigError(f"{root} holds no {IDS}; give a folder of WSOL metadata.")
    images = _images(root, data)
    records: list[Record] = []
    labels: list[int] = []
    unscaled = 0
    for split, folder in parts:
        given = _labels(folder)
        marks = _Marks(folder, images)
        for name in _lines(folder / IDS):
            if name not in given:
                raise ConfigError(f"{folder / LABELS} gives no class for {name}.")
            record = Record(name, images / name, "", split=split)
            unscaled += not marks.give(name, record)
            records.append(record)
            labels.append(given[name])
    if not records:
        raise ConfigError(f"{root} lists no images.")
    names = _class_names(parts, records, labels)
    for record, label in zip(records, labels, strict=True):
        if label not in names:
            raise ConfigError(f"{root}: {record.where} has the class {label}, which has no name.")
        record.label = names[label]
    notes = []
    if unscaled:
        notes.append(
            f"The boxes of {counted(unscaled, 'image')} without a readable file are in pixels of "
            f"{SIZES}."
        )
    return Listing(
        root,
        "wsol",
        f"{shown(root.name)} is metadata of the WSOL benchmark (wsol): "
        f"{counted(len(names), 'class', 'classes')}, images below {shown(images)}.",
        records,
        order=tuple(names[label] for label in sorted(names)),
        notes=notes,
        left_out=LeftOut(),
    )


class _Marks:
    """What ``localization.txt`` of one split marks."""

    def __init__(self, folder: Path, images: Path) -> None:
        self._images = images
        self._boxes: dict[str, list[Box]] = defaultdict(list)
        self._masks: dict[str, list[str]] = defaultdict(list)
        self._ignore: dict[str, str] = {}
        self._sizes: dict[str, tuple[int, int]] = {}
        if is_file(folder / SIZES):
            for number, (name, *cells) in _cells(folder / SIZES, 3):
                width, height = _numbers(folder / SIZES, number, cells)
                self._sizes[name] = int(width), int(height)
        if is_file(folder / MARKS):
            for number, (name, *cells) in _cells(folder / MARKS, 3, 5):
                if len(cells) == 4:
                    x0, y0, x1, y1 = _numbers(folder / MARKS, number, cells)
                    self._boxes[name].append((x0, y0, x1, y1))
                    continue
                mask, ignore = cells
                self._masks[name].append(str(images / mask))
                if ignore:
                    self._ignore[name] = str(images / ignore)

    def give(self, name: str, record: Record) -> bool:
        """Write an image's marks into its record; False if its boxes could not be scaled."""
        record.mask = MASKS_JOINED.join(self._masks.get(name, ()))
        record.ignore = self._ignore.get(name, "")
        boxes = self._boxes.get(name)
        if not boxes:
            return True
        size = self._sizes.get(name)
        scaled = scaled_boxes(boxes, size, record.path) if size else None
        record.boxes = json.dumps(scaled or [list(map(int, box)) for box in boxes])
        return scaled is not None or size is None


def _parts(root: Path) -> list[tuple[Split | None, Path]]:
    """Return the folders of metadata with their splits, train first."""
    if is_file(root / IDS):
        return [(SPLIT_WORDS.get(root.name.lower()), root)]
    found: dict[Split, Path] = {}
    for folder in subfolders(root):
        split = SPLIT_WORDS.get(folder.name.lower())
        if split and is_file(folder / IDS):
            found[split] = folder
    return [(split, found[split]) for split in SPLITS if split in found]


def _images(root: Path, data: DataConfig) -> Path:
    """Return the folder that names of images are relative to."""
    if data.images:
        if not is_folder(Path(data.images)):
            raise ConfigError(
                f"The folder of images {data.images} does not exist; set data.images."
            )
        return Path(data.images).absolute()
    # The benchmark's own layout: metadata/CUB beside dataset/CUB.
    beside = root.absolute().parent.parent / "dataset" / root.name
    return beside if is_folder(beside) else root.absolute()


def _labels(folder: Path) -> dict[str, int]:
    """Return the number of each image's class."""
    path = folder / LABELS
    labels: dict[str, int] = {}
    for number, (name, cell) in _cells(path, 2):
        if not cell.isdigit():
            raise ConfigError(f"{path}, line {number}: the class is {cell!r}, not a number.")
        labels[name] = int(cell)
    return labels


def _class_names(
    parts: list[tuple[Split | None, Path]], records: list[Record], labels: list[int]
) -> dict[int, str]:
    """Return the name of each class: of ``class_names.txt``, its images' folder, or its number."""
    for _, folder in parts:
        for path in (folder / NAMES, folder.parent / NAMES):
            if is_file(path):
                return dict(enumerate(_lines(path)))
    known = sorted(set(labels))
    for split in (*SPLITS, None):
        folders: dict[int, set[str]] = defaultdict(set)
        for record, label in zip(records, labels, strict=True):
            if record.split == split:
                folders[label].add(record.where.rpartition("/")[0].rpartition("/")[2])
        names = {label: own.pop() for label, own in folders.items() if len(own) == 1}
        if len(set(names.values())) == len(known) and "" not in names.values():
            return names
    return {label: str(label) for label in known}


def _lines(path: Path) -> list[str]:
    """Return the lines of a text file that hold anything."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is no text file.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _cells(path: Path, *widths: int) -> list[tuple[int, list[str]]]:
    """Return the cells of each line with its number."""
    found = []
    for number, line in enumerate(_lines(path), start=1):
        cells = [cell.strip() for cell in line.split(",")]
        if len(cells) not in widths:
            wanted = " or ".join(map(str, widths))
            raise ConfigError(f"{path}, line {number}: {len(cells)} cells in place of {wanted}.")
        found.append((number, cells))
    return found


def _numbers(path: Path, number: int, cells: list[str]) -> list[float]:
    try:
        return [float(cell) for cell in cells]
    except ValueError as error:
        raise ConfigError(f"{path}, line {number}: {','.join(cells)} are no numbers.") from error
