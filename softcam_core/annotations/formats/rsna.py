"""The CSV of the RSNA pneumonia challenge: a box a row, an empty one where there is no finding.

The columns are exactly ``patientId,x,y,width,height,Target``. The challenge's patientId names an
image, and so it does here: the column holds the image's path without its suffix, as the files
of the challenge have it. Target is 1 for a box and 0 for an image without any.
"""

from __future__ import annotations

import csv
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
)
from softcam_core.annotations.formats.reading import number, one_file, read_text
from softcam_core.annotations.formats.written import drawn_boxes
from softcam_core.annotations.records import LabelRecord
from softcam_core.errors import SoftcamError
from softcam_core.paths import shown

COLUMNS = ("patientId", "x", "y", "width", "height", "Target")
LABEL = "opacity"
"""What a box of the challenge marks; the file itself has no labels."""


class RsnaCsv(Format):
    """The RSNA pneumonia challenge's CSV."""

    id = "rsna-csv"
    name = "RSNA pneumonia CSV"
    file = "annotations.csv"
    cannot = (
        "The RSNA CSV holds boxes alone: no labels, outlines, measurements, grades, readers, "
        "certainties or notes."
    )

    def write(
        self,
        cases: Iterable[ExportCase],
        _labels: list[LabelRecord],
        folder: Path,
        options: ExportOptions,
        report: ExportReport,
    ) -> None:
        """Write ``annotations.csv``."""
        with (folder / self.file).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(COLUMNS)
            for case in cases:
                empty = True
                for record, (x0, y0, x1, y1) in drawn_boxes(case, report, options.point_radius):
                    empty = False
                    table.writerow([case.stem, x0, y0, x1 - x0, y1 - y0, 1])
                    if record.label not in ("", LABEL):
                        report.lose(f"label {record.label} left out", case.relative)
                if empty:
                    table.writerow([case.stem, "", "", "", "", 0])
                    if not case.read:
                        report.lose(
                            "image that nobody has read written as one without findings",
                            case.relative,
                        )

    def read(self, path: Path, report: ImportReport) -> Iterator[ImportedImage]:
        """Yield each image once, with its boxes."""
        file = one_file(path, self.file, "stage_2_train_labels.csv")
        found: dict[str, list[Finding]] = {}
        for line, row in _rows(file):
            name = row[0].strip()
            boxes = found.setdefault(name, [])
            try:
                box = _box(row)
            except ValueError as error:
                report.problem(name, f"Row {line} of {shown(file)} is left out: it has {error}.")
                continue
            if box is not None:
                boxes.append(Finding("box", box, LABEL))
        for name, findings in found.items():
            yield ImportedImage(name, None, findings)


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line and the columns of each row.

    Raises:
        SoftcamError: the file is none of this kind.
    """
    table = csv.reader(read_text(file).splitlines(keepends=True), strict=True)
    try:
        header = next(table, [])
        if tuple(header) != COLUMNS:
            raise SoftcamError(
                f"{shown(file)} has not the columns {','.join(COLUMNS)}; choose another file."
            )
        for row in table:
            if len(row) == len(COLUMNS):
                yield table.line_num, row
            elif row:
                raise SoftcamError(
                    f"Row {table.line_num} of {shown(file)} has {len(row)} columns in place of "
                    f"{len(COLUMNS)}; mend it, then try again."
                )
    except csv.Error as error:
        raise SoftcamError(
            f"Row {table.line_num} of {shown(file)} is not CSV ({error}); mend it, then try again."
        ) from error


def _box(row: list[str]) -> list[list[float]] | None:
    """Return the corners of a row's box, None for an image without any."""
    values = [value.strip() for value in row[1:5]]
    target = row[5].strip()
    if target not in ("0", "1"):
        raise ValueError("a Target that is neither 0 nor 1")
    if not any(values):
        if target == "1":
            raise ValueError("Target 1 and no box")
        return None
    if target == "0":
        raise ValueError("Target 0 and a box")
    x, y, width, height = (number(value) for value in values)
    if width <= 0 or height <= 0:
        raise ValueError("a box without area")
    return [[x, y], [x + width, y + height]]
