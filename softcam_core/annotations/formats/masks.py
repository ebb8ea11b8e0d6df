"""PNG masks: one file an image and label, and one file an image with all labels as indices.

``<stem>_<label>.png`` is 0 and 255, as the data set IDRiD has it. ``<stem>.png`` is an indexed
picture with the labels' colours, 0 for none; where labels lie upon each other the later one
shows. ``labels.json`` says which file is what.

Read are these folders and others like them: a file is a mask of the image whose name its own
begins with, and the rest of its name is the label. A file with just an image's name takes the
label from the folder that it lies in, or is called `PLAIN` at the top.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Finding,
    Format,
    ImportedImage,
    ImportReport,
    Size,
)
from softcam_core.annotations.formats.naming import Names, safe_part
from softcam_core.annotations.formats.reading import files_below, read_json
from softcam_core.annotations.formats.written import class_name, drawn_shapes
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.records import LabelRecord
from softcam_core.errors import SoftcamError
from softcam_core.paths import is_folder, shown

PLAIN = "lesion"
"""Label of a mask whose file says none."""

_TABLE = "labels.json"
_SUFFIXES = (".png", ".tif", ".tiff", ".bmp", ".gif")
_INDICES = 255
# A picture of more grey levels than this is no mask.
_MOST_LEVELS = 32


class Masks(Format):
    """PNG masks."""

    id = "masks"
    name = "PNG masks"
    file = ""
    cannot = (
        "PNG masks hold the pixels of each label: no single shapes, no outlines between pixels, "
        "no measurements, grades, readers, certainties or notes."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write the masks of each case and ``labels.json``."""
        indices = {label.name: number for number, label in enumerate(labels, 1)}
        colors = {label.name: label.color for label in labels}
        taken, images = Names(), []
        taken.take(_TABLE, ".json")
        for case in cases:
            images.append(_write_case(case, folder, options, report, indices, colors, taken))
        table = {
            "labels": [
                {"name": name, "index": index, "color": colors.get(name, "#ffffff")}
                for name, index in indices.items()
            ],
            "images": images,
        }
        (folder / _TABLE).write_text(json.dumps(table, ensure_ascii=False, indent=1), "utf-8")

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield an image for each file with a mask."""
        root = path if is_folder(path) else path.parent
        table = _table(root)
        for file in files_below(path, *_SUFFIXES):
            place = file.relative_to(root).as_posix()
            if table is not None and place in table.indexed:
                continue  # Its labels have files of their own.
            try:
                if table is not None and place in table.masks:
                    name, label = table.masks[place]
                    yield _masked(file, name, label, report)
                else:
                    yield _guessed(file, root, report)
            except SoftcamError as error:
                if path.is_file():
                    raise
                report.problem(place, str(error))


def _write_case(
    case: ExportCase,
    folder: Path,
    options: ExportOptions,
    report: ExportReport,
    indices: dict[str, int],
    colors: dict[str, str],
    taken: Names,
) -> dict[str, Any]:
    from PIL import Image

    width, height = case.size
    found: dict[str, Mask] = {}
    shapes: dict[str, int] = {}
    for record, shape in drawn_shapes(case, report, options.point_radius):
        pixels = rasterize(shape, (height, width))
        if not pixels.any():
            report.leave_out("mark off the image or without area left out", case.relative)
            continue
        if record.kind != "mask":
            report.lose(f"{record.kind} written as its pixels", case.relative)
        elif shape.mask is not None and pixels.sum() < shape.mask.sum():
            report.lose("mask cut to the image", case.relative)
        label = class_name(record, case, report)
        shapes[label] = shapes.get(label, 0) + 1
        found[label] = pixels | found[label] if label in found else pixels
    indexed = np.zeros((height, width), np.uint8)
    files = {}
    place = folder / f"{taken.take(case.stem, '.png')}.png"
    place.parent.mkdir(parents=True, exist_ok=True)
    for label, pixels in found.items():
        index = indices.setdefault(label, len(indices) + 1)
        if index <= _INDICES:
            indexed[pixels] = index
        else:
            report.lose("label beyond the 255th left out of the indexed picture", case.relative)
        name = taken.take(f"{case.stem}_{safe_part(label)}", ".png")
        files[label] = f"{name}.png"
        Image.fromarray(pixels.astype(np.uint8) * 255).save(folder / files[label])
        if shapes[label] > 1:
            report.lose("mark joined with others of its label", case.relative, shapes[label])
    picture = Image.fromarray(indexed)
    picture.putpalette(_palette(indices, colors))
    picture.save(place)
    return {
        "image": case.relative,
        "width": width,
        "height": height,
        "indexed": place.relative_to(folder).as_posix(),
        "masks": files,
    }


def _palette(indices: dict[str, int], colors: dict[str, str]) -> list[int]:
    palette = [0] * 768
    for name, index in indices.items():
        if index <= _INDICES:
            color = colors.get(name, "#ffffff")
            palette[3 * index : 3 * index + 3] = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    return palette


class _Table:
    """What ``labels.json`` says of the files beside it; only names, which lead nowhere."""

    def __init__(self, images: list[Any]) -> None:
        self.indexed: set[str] = set()
        self.masks: dict[str, tuple[str, str]] = {}
        for entry in images:
            if not isinstance(entry, dict) or not isinstance(entry.get("image"), str):
                continue
            masks = entry.get("masks")
            if isinstance(entry.get("indexed"), str):
                self.indexed.add(entry["indexed"])
            for label, file in (masks if isinstance(masks, dict) else {}).items():
                if isinstance(file, str):
                    self.masks[file] = entry["image"], label


def _table(root: Path) -> _Table | None:
    file = root / _TABLE
    if not file.is_file() or file.is_symlink():
        return None
    content = read_json(file)
    images = content.get("images") if isinstance(content, dict) else None
    return _Table(images) if isinstance(images, list) else None


def _guessed(file: Path, root: Path, report: ImportReport) -> ImportedImage:
    """Return what a file is by its name: ``<image>_<label>``, or an image's name alone."""
    above = file.parent.relative_to(root).as_posix()
    below = "" if above == "." else f"{above}/"
    ends = [m.start() for m in re.finditer(r"[_\-. ]", file.stem)]
    for end in (len(file.stem), *reversed(ends)):
        name, label = file.stem[:end], file.stem[end + 1 :]
        if end == len(file.stem):
            label = file.parent.name if below else PLAIN
        # Where several images have this name, the folder tells which.
        for whole in (name, below + name) if report.size_of(name) else (below + name, name):
            if label and report.knows(whole):
                return _masked(file, whole, label, report)
    return ImportedImage(below + file.stem, None, [])


def _masked(file: Path, name: str, label: str, report: ImportReport) -> ImportedImage:
    """Return an image with the mask of a file, which is decoded only where its size fits."""
    from PIL import Image

    try:
        with Image.open(file) as picture:
            size: Size = picture.size
            known = report.size_of(name)
            if known is None or known != size:
                return ImportedImage(name, size, [])
            palette = picture.mode == "P"
            pixels = np.asarray(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise SoftcamError(
            f"{shown(file)} cannot be read as a picture (it may be cut short); export it again."
        ) from error
    return ImportedImage(name, size, list(_findings(file, _grey(file, pixels), label, palette)))


def _grey(file: Path, pixels: NDArray[Any]) -> NDArray[Any]:
    """Return (H, W) of a picture that may repeat it in three channels."""
    if pixels.ndim == 3:
        color = pixels[..., :3] if pixels.shape[2] >= 3 else pixels[..., :1]
        if (color != color[..., :1]).any():
            raise SoftcamError(
                f"{shown(file)} is a colour picture, no mask; choose a folder with a mask for "
                "each label."
            )
        pixels = color[..., 0]
    return pixels


def _findings(file: Path, pixels: NDArray[Any], label: str, palette: bool) -> Iterator[Finding]:
    levels = np.unique(pixels)
    lit = levels[levels != 0]
    if len(lit) <= 1:
        if len(lit):
            yield Finding("mask", [], label, mask=pixels != 0)
        return
    if len(lit) > _MOST_LEVELS and not palette:
        raise SoftcamError(
            f"{shown(file)} has {len(levels)} grey levels and is no mask; choose a folder of masks."
        )
    for level in lit.tolist():
        yield Finding("mask", [], f"{label} {level}", mask=pixels == level)
