"""YOLO boxes as Ultralytics has them: one text file an image, numbers as parts of the image.

A row is ``class cx cy width height``, from 0 to 1. ``data.yaml`` and ``classes.txt`` name the
classes, counted from 0. Labels lie in ``labels``: with the images in a folder ``images`` beside
it, the folder can be trained on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

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
from softcam_core.annotations.formats.reading import files_below, number, read_text
from softcam_core.annotations.formats.written import UNLABELLED, class_name, drawn_boxes
from softcam_core.annotations.records import LabelRecord
from softcam_core.errors import SoftcamError
from softcam_core.paths import is_folder, shown

_NAMES = ("data.yaml", "data.yml", "dataset.yaml", "classes.txt", "obj.names", "classes.names")
_LISTS = ("classes.txt", "train.txt", "val.txt", "test.txt", "predefined_classes.txt")
# Parts of the image beyond which a number is a pixel, not a part.
_LOWEST, _HIGHEST = -1.0, 2.0
# Digits of a pixel that are kept: parts of an image are rounded in text.
_DIGITS = 6


class Yolo(Format):
    """YOLO boxes."""

    id = "yolo"
    name = "YOLO boxes"
    file = ""
    cannot = (
        "YOLO holds boxes with a label: no outlines, measurements, grades, readers, certainties "
        "or notes."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write ``labels/<stem>.txt`` for each case, ``data.yaml`` and ``classes.txt``."""
        classes = {label.name: number for number, label in enumerate(labels)}
        for case in cases:
            place = folder / "labels" / f"{case.stem}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("w", encoding="utf-8") as file:
                for name, values in self.rows(case, options, report):
                    index = classes.setdefault(name, len(classes))
                    file.write(" ".join([str(index), *map(repr, values)]) + "\n")
            if not case.records and not case.read:
                report.lose(
                    "image that nobody has read written as one without findings", case.relative
                )
        _write_names(list(classes), folder, report)

    def rows(
        self, case: ExportCase, options: ExportOptions, report: ExportReport
    ) -> Iterator[tuple[str, list[float]]]:
        """Yield the class and the numbers of each row of a case."""
        width, height = case.size
        for record, (x0, y0, x1, y1) in drawn_boxes(case, report, options.point_radius):
            yield (
                class_name(record, case, report),
                [
                    (x0 + x1) / 2 / width,
                    (y0 + y1) / 2 / height,
                    (x1 - x0) / width,
                    (y1 - y0) / height,
                ],
            )

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield the image of each text file; boxes and polygons are both taken."""
        root = path if is_folder(path) else path.parent
        names = _read_names(root)
        lost: set[int] = set()
        for file in files_below(path, ".txt"):
            if file.name in _LISTS and file.parent == root:
                continue
            name = _image_name(file, root)
            size = report.size_of(name)
            if size is None:
                if report.knows(name):
                    report.problem(name, f"The size of the image of {shown(file)} is not known.")
                    continue
                yield ImportedImage(name, None, [])
                continue
            try:
                text = read_text(file)
            except SoftcamError as error:
                report.problem(name, str(error))
                continue
            findings = []
            for line, row in enumerate(text.splitlines(), 1):
                if not row.strip():
                    continue
                try:
                    index, finding = _finding(row.split(), names, size)
                except ValueError as error:
                    report.problem(
                        name, f"Row {line} of {shown(file)} is left out: it has {error}."
                    )
                    continue
                findings.append(finding)
                if index not in names and index not in lost:
                    lost.add(index)
                    report.lose(f"name of class {index} not given", name)
            yield ImportedImage(name, size, findings)


def _finding(row: list[str], names: dict[int, str], size: Size) -> tuple[int, Finding]:
    if not row[0].isdecimal() or len(row[0]) > 9:
        raise ValueError("a class that is no number")
    index = int(row[0])
    label = names.get(index, f"class {index}")
    values = [number(value) for value in row[1:]]
    if any(not _LOWEST <= value <= _HIGHEST for value in values):
        raise ValueError("coordinates that are not parts of the image from 0 to 1")
    width, height = size
    if len(values) in (4, 5):  # the fifth is a detector's confidence
        cx, cy, w, h = values[:4]
        if w <= 0 or h <= 0:
            raise ValueError("a box without area")
        corners = [[cx - w / 2, cy - h / 2], [cx + w / 2, cy + h / 2]]
    elif len(values) >= 6 and len(values) % 2 == 0:
        corners = [list(pair) for pair in zip(values[::2], values[1::2], strict=True)]
    else:
        raise ValueError(f"{len(values)} coordinates")
    points = [[round(x * width, _DIGITS), round(y * height, _DIGITS)] for x, y in corners]
    return index, Finding("box" if len(values) in (4, 5) else "polygon", points, label)


def _image_name(file: Path, root: Path) -> str:
    """Return what a file says of its image: the path below ``labels``, without suffix."""
    parts = list(file.relative_to(root).with_suffix("").parts)
    if "labels" in parts[:-1]:
        parts = parts[parts.index("labels") + 1 :]
    return "/".join(parts)


def _write_names(names: list[str], folder: Path, report: ExportReport) -> None:
    lines = [re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]", " ", name).strip() for name in names]
    for line, name in zip(lines, names, strict=True):
        if line != name:
            report.lose(f"label {name!r} written as {line!r} in classes.txt")
    rows = [f"  {index}: {json.dumps(name)}\n" for index, name in enumerate(names)]
    head = "path: .\ntrain: images\nval: images\n"
    (folder / "data.yaml").write_text(f"{head}names:\n{''.join(rows)}", "utf-8")
    (folder / "classes.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _read_names(root: Path) -> dict[int, str]:
    """Return the names of classes that lie in a folder, or in the one above a folder of labels.

    Raises:
        SoftcamError: the file that holds them cannot be read.
    """
    folders = [root, root.parent] if root.name == "labels" else [root]
    for folder in folders:
        for name in _NAMES:
            file = folder / name
            if file.is_file() and not file.is_symlink():
                text = read_text(file)
                if file.suffix in (".yaml", ".yml"):
                    return _yaml_names(text)
                return {i: line.strip() or UNLABELLED for i, line in enumerate(text.splitlines())}
    return {}


def _yaml_names(text: str) -> dict[int, str]:
    """Return the entry ``names`` of a YAML file in any of the three ways that data sets write it.

    No YAML reader is needed for these, and none is a dependency.
    """
    lines = [line.rstrip() for line in text.splitlines()]
    start = next((i for i, line in enumerate(lines) if re.match(r"names\s*:", line)), None)
    if start is None:
        return {}
    rest = lines[start].split(":", 1)[1].strip()
    below = [line for line in lines[start + 1 :] if line.strip() and line.lstrip()[0] != "#"]
    if rest.startswith("["):
        inside = " ".join([rest, *below]).split("]", 1)[0][1:]
        items = re.findall(r'"(?:[^"\\]|\\.)*"|\'(?:[^\']|\'\')*\'|[^,\s][^,]*', inside)
        return {i: _scalar(item) for i, item in enumerate(items)}
    names: dict[int, str] = {}
    for line in below:
        entry = re.match(r"\s+(\d{1,9})\s*:\s*(.*)|\s*-\s+(.*)", line)
        if entry is None:
            break
        key, named, listed = entry.groups()
        if key is None:
            names[len(names)] = _scalar(listed)
        else:
            names[int(key)] = _scalar(named)
    return names


def _scalar(text: str) -> str:
    text = text.strip()
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    if text.startswith("'"):
        return text[1:].removesuffix("'").replace("''", "'")
    return text.split(" #")[0].strip()
