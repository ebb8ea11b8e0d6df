"""A table of images as the data of an evaluation.

Columns ``path,label`` and optionally ``patient``, ``split``, ``mask``, ``ignore``, ``boxes`` and
``modality``; a label may be empty, and other columns are left alone. Rows of one image belong
together: their masks and boxes are united, and so are the masks of one cell with ``|`` between
them. A bad row is a sentence and stops nothing: a box in which no pixel of
the image lies leaves the others as they are, and a mask that cannot be used leaves its image
without marks, since pixels that are marked would count as not marked. Free of torch.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from softcam_core.annotations.mask_files import (
    are_shares,
    boxes_mask,
    clipped,
    fitted,
    parse_boxes,
    read_mask,
)
from softcam_core.annotations.spelling import Spelling
from softcam_core.errors import ConfigError, EvaluationError, ImageError
from softcam_core.evaluation.items import (
    Boxes,
    EvaluationData,
    Item,
    Mask,
    Truth,
    names_shown,
    numbered,
)
from softcam_core.evaluation.masks import part_boxes, union
from softcam_core.paths import is_device, is_file, shown
from softcam_core.training.rows import (
    MASKS_JOINED,
    SPLITS,
    absolute,
    read_rows,
    split_word,
)

AUTO, ALL = "auto", "all"
_NAMED = 3
"""Rows that a note names before it only counts them."""


@dataclass
class _Image:
    """All rows of one image."""

    path: Path
    row: int
    label: str
    patient: str
    split: str
    modality: str
    masks: dict[Path, int] = field(default_factory=dict)
    ignores: dict[Path, int] = field(default_factory=dict)
    boxes: dict[tuple[float, ...], int] | None = None
    unread_boxes: bool = False
    unread_mask: bool = False
    repeated: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def marked(self) -> bool:
        """Whether anything was said about where its lesions are."""
        return bool(self.masks) or self.boxes is not None


class TableData(EvaluationData):
    """The images of a table."""

    def __init__(self, path: Path, split: str = AUTO) -> None:
        """Read the table; ``split``: ``auto`` (test, else val, else all) or whose rows to take.

        Raises:
            ConfigError: the file is no table.
            EvaluationError: it has no rows of the split.
        """
        problems: list[str] = []
        rows = read_rows(path, ("path", "label"), problems)
        self.name = shown(path.name)
        images = list(_images(path, self.name, rows, problems))
        if not images:
            raise EvaluationError(f"{self.name} lists no images that can be looked for.")
        names = names_shown([image.path for image in images], path.resolve().parent)
        places = dict(zip((image.row for image in images), names, strict=True))
        taken, how = _taken(self.name, images, split)
        patients = numbered(image.patient for image in taken)
        self._images = {str(image.row): image for image in taken}
        self.items = tuple(
            Item(
                key=str(image.row),
                path=image.path,
                shown=places[image.row],
                where=f"{self.name}, row {image.row}",
                patient=patient,
                label=image.label,
                modality=image.modality,
                row=image.row,
            )
            for image, patient in zip(taken, patients, strict=True)
        )
        has_patients = any(row.get("patient") for _, row in rows)
        self.notes = (*how, *_notes(self.name, images, taken, has_patients))
        self.problems = (*problems, *(text for image in taken for text in image.problems))
        self.digest = _digest(self.items, taken)

    def truth(self, item: Item, size: tuple[int, int]) -> Truth | None:
        """Return what the image's rows mark; see `EvaluationData.truth`.

        A mask without boxes has the boxes of its connected parts; boxes without a mask are the
        mask. A cell ``[]`` of boxes says that there is nothing.
        """
        image = self._images[item.key]
        if not image.marked or image.unread_mask:
            return None
        boxes: Boxes | None = None
        problems: tuple[str, ...] = ()
        if image.boxes is not None:
            boxes, problems = self._boxes(item, image.boxes, size)
        ignored: list[Mask | None] = [self._mask(*one, size)[0] for one in image.ignores.items()]
        if not image.masks:
            boxes = np.zeros((0, 4)) if boxes is None else boxes
            if problems and not len(boxes):
                raise EvaluationError(*problems)
            if image.unread_boxes and not len(boxes):
                return None
            mask = boxes_mask(boxes, size)
            return Truth(mask, boxes, _rest(ignored, mask), problems)
        read = [self._mask(*one, size) for one in image.masks.items()]
        mask = union([marked for marked, _ in read])
        ignored += [pixels for _, pixels in read]
        if boxes is None:
            boxes = np.zeros((0, 4)) if image.unread_boxes else part_boxes(mask)
        return Truth(mask, boxes, _rest(ignored, mask), problems)

    def close(self) -> None:
        """Do nothing: files are open only while they are read."""

    def _boxes(
        self, item: Item, given: dict[tuple[float, ...], int], size: tuple[int, int]
    ) -> tuple[Boxes, tuple[str, ...]]:
        """Return the boxes that hold pixels, and a sentence if there are others."""
        corners = np.array(list(given), np.float64).reshape(-1, 4)
        boxes, held = clipped(corners, size)
        held &= ~are_shares(corners)
        lost = [one for one, holds in zip(given.items(), held, strict=True) if not holds]
        if not lost:
            return boxes, ()
        (height, width), (first, _) = size, lost[0]
        rows = sorted({row for _, row in lost})
        more = f" and {len(lost) - 1:,} more" if len(lost) > 1 else ""
        problem = (
            f"{self.name}, row{'s' if len(rows) > 1 else ''} {_listed(rows)}: no whole pixel of "
            f"{item.shown}, which is {width} x {height}, lies in the box {list(first)}{more}; "
            "boxes are in pixels of the image."
        )
        return boxes[held], (problem,)

    def _mask(self, path: Path, row: int, size: tuple[int, int]) -> tuple[Mask, Mask | None]:
        where = f"{self.name}, row {row}"
        try:
            mask, ignored = read_mask(path)
            mask = fitted(mask, size)
            ignored = None if ignored is None else fitted(ignored, size)
        except ImageError as error:
            raise EvaluationError(
                f"{where}: the mask cannot be used, so no mark of the image counts: {error}"
            ) from error
        if mask.shape != size:
            (rows, columns), (height, width) = mask.shape, size
            raise EvaluationError(
                f"{where}: the mask {shown(path.name)} is {columns} x {rows} pixels and the image "
                f"{width} x {height}; give a mask of the image's size, without which none of "
                "its marks counts."
            )
        return mask, ignored


def _rest(ignored: Iterable[Mask | None], mask: Mask) -> Mask | None:
    """Return what is to be ignored and is not marked; None for nothing."""
    given = [pixels for pixels in ignored if pixels is not None]
    return union(given) & ~mask if given else None


def _images(
    table: Path, name: str, rows: Iterable[tuple[int, dict[str, str]]], problems: list[str]
) -> Iterable[_Image]:
    """Return each image once, in the order of the table; rows that name none are problems."""
    found: dict[str, _Image] = {}
    for number, row in rows:
        where = f"{name}, row {number}"
        if not row.get("path"):
            problems.append(f"{where}: the path is missing.")
            continue
        if "\0" in row["path"]:
            problems.append(f"{where}: the path holds a NUL character; write it again.")
            continue
        path = absolute(row["path"], table)
        if is_device(path):
            problems.append(f"{where}: {shown(path.name)} is no file; it is left out.")
            continue
        split = row.get("split", "")
        trouble = []
        if split:
            try:
                split = split_word(split, where)
            except ConfigError as error:
                trouble.append(str(error))
                split = ""
        image = _Image(
            path=path,
            row=number,
            label=row.get("label", ""),
            patient=row.get("patient") or os.fspath(path),
            split=split,
            modality=row.get("modality", "").lower(),
        )
        first = found.setdefault(os.path.normcase(path), image)
        first.problems += trouble
        if first is not image:
            first.repeated = True
            first.problems += _contradictions(where, first, image)
            if not _same_label(first, image):
                continue
        if row.get("mask"):
            _add_masks(first, first.masks, row["mask"], table, number, where)
        if row.get("ignore"):
            _add_masks(first, first.ignores, row["ignore"], table, number, where)
        if row.get("boxes"):
            _add_boxes(first, row["boxes"], number, where)
    return found.values()


def _contradictions(where: str, first: _Image, again: _Image) -> list[str]:
    name = shown(again.path.name)
    same = {
        "label": _same_label(first, again),
        "split": first.split == again.split,
        "patient": first.patient == again.patient,
    }
    for what, is_same in same.items():
        if not is_same:
            return [f"{where}: {name} is listed again with another {what}; row {first.row} counts."]
    return []


def _same_label(first: _Image, again: _Image) -> bool:
    return Spelling([first.label])(again.label) == first.label


def _add_masks(
    image: _Image, known: dict[Path, int], cell: str, table: Path, number: int, where: str
) -> None:
    if "\0" in cell:
        image.unread_mask = True
        image.problems.append(
            f"{where}: the mask's path holds a NUL character; write it again, without it no mark "
            "of the image counts."
        )
        return
    for name in filter(None, map(str.strip, cell.split(MASKS_JOINED))):
        known.setdefault(absolute(name, table), number)


def _add_boxes(image: _Image, cell: str, number: int, where: str) -> None:
    try:
        boxes = parse_boxes(cell)
    except ValueError:
        image.unread_boxes = True
        image.problems.append(
            f"{where}: the boxes {_short(cell)} cannot be read; write "
            "[[x0, y0, x1, y1], ...] in image pixels, in quotes where commas part the columns."
        )
        return
    image.boxes = image.boxes or {}
    for box in boxes:
        image.boxes.setdefault(box, number)


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:40] + "...")


def _taken(name: str, images: list[_Image], split: str) -> tuple[list[_Image], list[str]]:
    """Return the images of a split, and a note on which these are."""
    counts = Counter(image.split for image in images)
    if split == AUTO:
        split = next((one for one in ("test", "val") if counts[one]), ALL)
    if split == ALL:
        return images, [f"All {len(images):,} images of {name} are taken."]
    if split not in SPLITS:
        raise EvaluationError(
            f"The split {split!r} is unknown; choose auto, all, train, val, test."
        )
    if not counts[split]:
        raise EvaluationError(f"{name} has no rows of the split {split}; choose another split.")
    note = f"The {counts[split]:,} images of the split {split} of {name} are taken"
    without = f"; {counts['']:,} without a split are left out" if counts[""] else ""
    return [image for image in images if image.split == split], [f"{note}{without}."]


def _notes(
    name: str, images: list[_Image], taken: list[_Image], has_patients: bool
) -> Iterable[str]:
    if not has_patients:
        yield f"{name} has no patient column: each image counts as a patient of its own."
    unlabelled = [image.row for image in taken if not image.label]
    if len(unlabelled) == len(taken):
        yield f"{name} gives no labels: no metric that needs one is computed."
    elif unlabelled:
        yield (
            f"{name}: {_rows(unlabelled)} without a label; no metric that needs one counts them."
        )
    repeated = [image.row for image in taken if image.repeated]
    if repeated:
        yield (
            f"{name}: {_rows(repeated)} listed again further down; each image counts once, with "
            "the masks and boxes of all its rows."
        )
    own = {image.patient for image in taken}
    learned = own & {image.patient for image in images if image.split == "train"}
    if learned and any(image.split != "train" for image in taken):
        yield (
            f"{name}: {len(learned):,} of the {len(own):,} patients are in the split train too; "
            "numbers of a model trained on it are too good."
        )


def _rows(numbers: list[int]) -> str:
    """Name some rows as the subject of a sentence, verb included."""
    if len(numbers) == 1:
        return f"row {numbers[0]} is"
    return f"rows {_listed(numbers)} are"


def _listed(numbers: list[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:_NAMED])
    more = len(numbers) - _NAMED
    return f"{named}{f' and {more:,} more' if more > 0 else ''}"


def _digest(items: Iterable[Item], images: Iterable[_Image]) -> str:
    known: dict[Path, str] = {}
    found = hashlib.sha256()
    for item, image in zip(items, images, strict=True):
        for path in (*image.masks, *image.ignores):
            if path not in known:
                known[path] = _content(path)
        masks, ignores = (
            [[path.name, known[path]] for path in paths] for paths in (image.masks, image.ignores)
        )
        line: list[object] = [
            item.key,
            item.shown,
            item.label,
            item.patient,
            item.modality,
            image.split,
        ]
        boxes = None if image.boxes is None else list(image.boxes)
        line += [masks, boxes, image.unread_boxes, image.unread_mask]
        line += [ignores] if ignores else []
        found.update(json.dumps(line).encode() + b"\n")
    return found.hexdigest()


def _content(path: Path) -> str:
    """Return a fingerprint of a file, "" if it cannot be read."""
    if not is_file(path):
        return ""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
