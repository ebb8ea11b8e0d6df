"""Retinal OCT (Kermany et al. 2018): folders NORMAL, DRUSEN, DME, CNV, or a table of B-scans.

The tables are the SoftCAM authors': ``filename,patient_id,level``.
"""

from __future__ import annotations

import re
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.paths import is_folder, shown
from softcam_core.training.config import DataConfig
from softcam_core.training.sources.folders import walk_classes
from softcam_core.training.sources.images import finder_beside
from softcam_core.training.sources.listing import LeftOut, Listing, Record, choose_task
from softcam_core.training.sources.tables import (
    check_quality,
    is_good,
    refuse_quality,
    rows_of_splits,
)

CLASSES = ("Normal", "Drusen", "DME", "CNV")
BINARY = CLASSES[:2]

SCAN = re.compile(r"(normal|drusen|dme|cnv)-([^-]+)(-.*)?", re.IGNORECASE)
"""Name of a B-scan: class, patient, number."""

_NAMES = {name.casefold(): name for name in CLASSES} | {
    str(level): name for level, name in enumerate(CLASSES)
}


def read_oct(data: DataConfig, wanted: tuple[str, ...]) -> Listing:
    """Read a tree or a table of B-scans: the classes that it holds, or Normal and Drusen.

    The patient is the second field of the file name, ``CNV-1052341-1.jpeg``.

    Raises:
        ConfigError: there are no images, a column is missing, or a class is none of the four.
    """
    path = Path(data.csv)
    left_out, notes = LeftOut(), list[str]()
    if is_folder(path):
        refuse_quality(path, data)
        records = [record for record in walk_classes(path, left_out) if _is_scan(record, left_out)]
        if not records:
            raise ConfigError(f"{path} has none of the folders NORMAL, DRUSEN, DME and CNV.")
        kind = "folder"
    else:
        records = _listed(path, data, left_out, notes)
        kind = "table"
    order: tuple[str, ...] = BINARY if choose_task(data, wanted, BINARY, CLASSES) else CLASSES
    found = {record.label for record in records}
    if not data.task and not wanted and len(found) > 1:
        order = tuple(name for name in order if name in found)
    return Listing(
        path,
        "oct",
        f"{shown(path.name)} is a {kind} of retinal B-scans (oct): {', '.join(order)}; the patient "
        "is the second field of the file name.",
        records,
        order=order,
        notes=notes,
        left_out=left_out,
    )


def _is_scan(record: Record, left_out: LeftOut) -> bool:
    """Give a file of a tree its class and patient; return whether it has one of the classes."""
    name = _NAMES.get(record.label.casefold())
    if name is None:
        left_out.add(f"the folder {record.label} is no class of the set", record.where)
        return False
    record.label = name
    record.patient = patient_of(record.path)
    return True


def _listed(path: Path, data: DataConfig, left_out: LeftOut, notes: list[str]) -> list[Record]:
    rows = rows_of_splits(path, ("filename",), notes)
    check_quality(path.name, [row for (_, row), _ in rows], data)
    finder = finder_beside(path, data.images)
    records = []
    for (where, row), split in rows:
        if not row.get("filename"):
            raise ConfigError(f"{where}: filename is missing.")
        name = Path(row["filename"].replace("\\", "/"))
        scan = SCAN.fullmatch(name.stem)
        given = row.get("level") or row.get("label") or (scan[1] if scan else "")
        label = _NAMES.get(given.casefold())
        if label is None:
            raise ConfigError(
                f"{where}: level is {given!r}; the classes are 0 Normal, 1 Drusen, 2 DME, 3 CNV."
            )
        if is_good((where, row), data, left_out):
            file = finder.find(row["filename"])
            patient = row.get("patient_id") or patient_of(name)
            records.append(Record(where, file, label, patient, split))
    notes += finder.note(len(records))
    return records


def patient_of(path: Path) -> str:
    """Return the patient of a file name, "" if it has none."""
    scan = SCAN.fullmatch(path.stem)
    return scan[2] if scan else ""
