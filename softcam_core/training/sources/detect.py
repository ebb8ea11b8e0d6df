"""Telling the layout of a data set from its folders or columns."""

from __future__ import annotations

from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.paths import is_file, is_folder
from softcam_core.training.config import FormatName
from softcam_core.training.rows import head
from softcam_core.training.sources import folders, kaggle, oct, rsna, wsol

TABLE = "labels.csv"


def detect(path: Path) -> FormatName:
    """Return the layout of a file or folder; ``table`` where a table is nothing else.

    Raises:
        ConfigError: a folder is of no layout.
    """
    return _of_folder(path) if is_folder(path) else _of_table(path)


def _of_folder(path: Path) -> FormatName:
    if wsol.is_wsol(path):
        return "wsol"
    for name, layout in ((rsna.BOXES, "rsna"), (kaggle.TABLE, "kaggle-dr"), (TABLE, "table")):
        if is_file(path / name):
            return _FORMATS[layout]
    names = {name.casefold() for name in folders.class_names(path)}
    scans = {name.casefold() for name in oct.CLASSES}
    if len(names & scans) > 1 and names & (scans - {"normal"}):
        return "oct"
    if names:
        return "folders"
    raise ConfigError(
        f"{path} is of no known layout: it holds no table {TABLE} and no folder for each class."
    )


def _of_table(path: Path) -> FormatName:
    columns, rows = head(path)
    names = set(columns)
    if {"path", "label"} <= names:
        return "table"
    boxed = {"x", "y", "width", "height"} <= names
    if boxed and ({"patientid", "target"} <= names or {"filename", "bin_target"} <= names):
        return "rsna"
    files = [row.get("filename", "") for row in rows]
    if "filename" in names and files:
        stems = [Path(name.replace("\\", "/")).stem for name in files]
        if all(oct.SCAN.fullmatch(stem) for stem in stems):
            return "oct"
    if {"image", "level"} <= names or {"id_code", "diagnosis"} <= names:
        return "kaggle-dr"
    return "kaggle-dr" if {"filename", "level"} <= names else "table"


_FORMATS: dict[str, FormatName] = {"rsna": "rsna", "kaggle-dr": "kaggle-dr", "table": "table"}
