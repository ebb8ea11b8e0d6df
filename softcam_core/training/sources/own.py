"""This project's table: ``path,label[,patient][,split][,mask][,ignore][,boxes][,weight]``.

A cell ``mask`` may hold several files with ``|`` between them; ``ignore`` is a mask of pixels that
count neither way. A run with a study writes a column ``case``, the number that the image has there.
"""

from __future__ import annotations

from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import Places, Split, head, joined_masks, read_rows, split_word
from softcam_core.training.sources.images import ImageFinder, finder_beside
from softcam_core.training.sources.listing import LeftOut, Listing, Record
from softcam_core.training.sources.tables import (
    Row,
    check_quality,
    is_good,
    rows_of_splits,
    weight_of,
)


def read_own(data: DataConfig, _wanted: tuple[str, ...]) -> Listing:
    """Read a table of any data set with the columns of this project.

    Paths are relative to the table; with ``data.images``, to that folder, and a file that lies
    elsewhere in it is found by its name.

    Raises:
        ConfigError: anything wrong with a row, which the sentence names.
    """
    path = Path(data.csv)
    left_out, notes = LeftOut(), list[str]()
    listed: list[tuple[Row, Split | None]]
    if "split" in head(path)[0]:
        rows = read_rows(path, ("path", "label"))
        listed = [((f"{path.name}, row {number}", row), None) for number, row in rows]
    else:
        listed = rows_of_splits(path, ("path", "label"), notes)
    cells = [row for (_, row), _ in listed]
    check_quality(path.name, cells, data)
    for (where, row), _ in listed:
        if not row.get("path") or not row.get("label"):
            raise ConfigError(f"{where}: path or label is missing.")
    has_patients = any(row.get("patient") for row in cells)
    has_split = any(row.get("split") for row in cells)
    places = Places(path)
    finder = finder_beside(path, data.images) if data.images else None
    records = []
    for (where, row), split in listed:
        if has_patients and not row.get("patient"):
            raise ConfigError(f"{where}: the patient is missing; fill it in or drop the column.")
        if not is_good((where, row), data, left_out):
            continue
        records.append(
            Record(
                where=where,
                path=_file(row["path"], places, finder),
                label=row["label"],
                patient=row.get("patient", ""),
                split=split_word(row.get("split", ""), where) if has_split else split,
                mask=joined_masks(places, row.get("mask", "")),
                ignore=joined_masks(places, row.get("ignore", "")),
                boxes=row.get("boxes", ""),
                weight=weight_of((where, row)),
                case=int(row["case"]) if row.get("case", "").isdecimal() else None,
            )
        )
    if finder is not None:
        notes += finder.note(len(records))
    return Listing(
        path, "table", "", records, strict=True, draws_val=False, notes=notes, left_out=left_out
    )


def _file(name: str, places: Places, finder: ImageFinder | None) -> Path:
    """Return the file that a cell ``path`` names."""
    if finder is None or Path(name).is_absolute():
        return places(name)
    return finder.find(name)
