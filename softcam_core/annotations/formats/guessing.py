"""Which format a file or folder probably is, by its names and first bytes alone."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from softcam_core.annotations.formats.dicom_common import is_dicom

_LOOKED_AT = 300  # files of a folder
_HEAD = 1_000_000  # bytes of a file
_LISTS = ("classes.txt", "train.txt", "val.txt", "test.txt", "obj.names")
# Where a folder holds files of several kinds, the first of these that is there counts.
_ORDER = (
    *("dicom-sr", "dicom-seg", "coco", "geojson", "labelme", "rsna-csv", "voc"),
    *("yolo-seg", "yolo", "masks"),
)
_SEG = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")
_SR = "1.2.840.10008.5.1.4.1.1.88."


def guess_format(path: Path) -> str | None:
    """Return the id of the format that a file or folder is most probably in, None for no idea.

    The reader of the format decides; this only spares a choice. A folder of images with masks
    beside them counts as masks only where nothing else is there.
    """
    if path.is_file():
        return _of_file(path)
    found = Counter(_of_file(file) for file in islice(_files(path), _LOOKED_AT))
    return next((name for name in _ORDER if found[name]), None)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = (Path(place, name) for name in sorted(names) if not name.startswith("."))
        yield from (file for file in files if file.is_file())  # a pipe would not end


def _of_file(file: Path) -> str | None:
    suffix = file.suffix.lower()
    try:
        if file.name == "labels.json":  # The table of the masks beside it.
            return "masks"
        if suffix in (".json", ".geojson"):
            return _of_json(file)
        if suffix == ".csv":
            return "rsna-csv" if b"patientid" in _head(file).lower()[:300] else None
        if suffix == ".xml":
            return "voc" if b"<annotation" in _head(file) else None
        if suffix == ".txt":
            return _of_rows(file)
        if suffix == ".png":
            return "masks"
        return _of_dicom(file) if is_dicom(file) else None
    except (OSError, ValueError):
        return None


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)


def _of_json(file: Path) -> str | None:
    head = _head(file)
    try:
        content: Any = json.loads(head) if len(head) < _HEAD else None
    except ValueError:
        content = None
    if isinstance(content, dict):
        if content.get("type") in ("FeatureCollection", "Feature"):
            return "geojson"
        if "shapes" in content:
            return "labelme"
        return "coco" if {"images", "annotations"} & content.keys() else None
    # Too long to read whole: by the words at its start.
    for word, name in ((b'"FeatureCollection"', "geojson"), (b'"shapes"', "labelme")):
        if word in head:
            return name
    return "coco" if b'"images"' in head or b'"annotations"' in head else None


def _of_rows(file: Path) -> str | None:
    if file.name.lower() in _LISTS:
        return None
    for line in _head(file)[:4000].splitlines():
        parts = line.split()
        if not parts:
            continue
        for part in parts:
            float(part)
        if len(parts) == 5:
            return "yolo"
        return "yolo-seg" if len(parts) >= 7 and len(parts) % 2 else None
    return None


def _of_dicom(file: Path) -> str | None:
    import pydicom

    try:
        header = pydicom.dcmread(
            file, stop_before_pixels=True, force=True, specific_tags=["SOPClassUID"]
        )
        kind = str(header.get("SOPClassUID") or "")
    except Exception:  # Whatever pydicom makes of a damaged file.
        return None
    if kind in _SEG:
        return "dicom-seg"
    return "dicom-sr" if kind.startswith(_SR) else None
