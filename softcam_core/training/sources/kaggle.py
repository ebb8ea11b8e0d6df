"""Kaggle's diabetic retinopathy set: ``image,level``, grades 0 to 4, both eyes of a patient.

APTOS 2019 (``id_code,diagnosis``) is read likewise, and so are the SoftCAM authors' tables, whose
column ``filename`` names the file.
"""

from __future__ import annotations

import re
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.paths import is_file, is_folder
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import head
from softcam_core.training.sources.images import finder_beside
from softcam_core.training.sources.listing import LeftOut, Listing, Record, choose_task
from softcam_core.training.sources.tables import check_quality, is_good, rows_of_splits

GRADES = ("no DR", "mild", "moderate", "severe", "proliferative")
BINARY = ("no DR", "DR")
TABLE = "trainLabels.csv"

_EYE = re.compile(r"(.+)_(left|right)", re.IGNORECASE)


def read_kaggle(data: DataConfig, wanted: tuple[str, ...]) -> Listing:
    """Read a table of graded eyes: two classes, or five with ``data.task`` multiclass.

    The patient is what stands before ``_left`` and ``_right``, so that both eyes stay together.

    Raises:
        ConfigError: columns are missing, a grade is none, or there is no folder of images.
    """
    path = Path(data.csv)
    if is_folder(path):
        if not is_file(path / TABLE):
            raise ConfigError(f"{path} holds no {TABLE}; give the table of the grades.")
        path = path / TABLE
    names, _ = head(path)
    image, level = ("id_code", "diagnosis") if "id_code" in names else ("image", "level")
    if image not in names and "filename" in names:
        image = "filename"
    several = not choose_task(data, wanted, BINARY, GRADES) if data.task or wanted else False
    left_out, notes, records = LeftOut(), list[str](), list[Record]()
    rows = rows_of_splits(path, (image, level), notes)
    check_quality(path.name, [row for (_, row), _ in rows], data)
    finder = finder_beside(path, data.images)
    for (where, row), split in rows:
        name, grade = row.get("filename") or row[image], row.get(level, "")
        if not name:
            raise ConfigError(f"{where}: {image} is missing.")
        if grade not in ("0", "1", "2", "3", "4"):
            raise ConfigError(f"{where}: {level} is {grade!r}; the grades are 0 to 4.")
        if not is_good((where, row), data, left_out):
            continue
        file = finder.find(name, ".jpeg")
        eye = _EYE.fullmatch(file.stem)
        label = GRADES[int(grade)] if several else BINARY[grade != "0"]
        patient = row.get("patient") or (eye[1] if eye else "")
        records.append(Record(where, file, label, patient or file.stem, split))
    grades = "grades 0 to 4" if several else "grade 0 against 1 to 4"
    return Listing(
        path,
        "kaggle-dr",
        f"{path.name} is a table of eyes graded for diabetic retinopathy (kaggle-dr): {grades}, "
        "both eyes of a patient together.",
        records,
        order=GRADES if several else BINARY,
        notes=[*notes, *finder.note(len(records))],
        left_out=left_out,
    )
