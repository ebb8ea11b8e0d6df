"""The images of ``softcam figure``: files, or rows of a table or a study with their marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape
from softcam_core.cli.common import find_files, warn
from softcam_core.errors import EvaluationError, SoftcamError
from softcam_core.evaluation.data import is_study, read_data
from softcam_core.evaluation.items import EvaluationData, Item
from softcam_core.imaging.read import image_size
from softcam_core.paths import is_folder
from softcam_core.plates.errors import PlateError
from softcam_core.plates.study_marks import study_marks
from softcam_core.plates.values import Case, Mark

MOST = 12
"""More images than this are no figure that anybody asked for."""

Marking = Callable[[Case], Case]
Found = tuple[str, Case, Marking]
"""Name, the image, and what adds its marks: those of what is shown alone are read."""


def read_cases(
    data: Sequence[Path],
    wanted: Sequence[str] = (),
    check: Callable[[list[Path]], None] = lambda _paths: None,
    *,
    reader: str | None = None,
    split: str = "auto",
    names: bool = False,
) -> list[Case]:
    """Return the images of a figure, with what is marked on them.

    Args:
        data: images, folders, tables and studies.
        wanted: names or numbers (from 1) of those to show; all where there are none.
        check: called with every image of the data before any is read; it may raise.
        reader: whose marks of a study are shown, as for ``softcam evaluate``.
        split: whose rows of a table.
        names: call each image by its name; else by a letter.

    Raises:
        SoftcamError: one sentence; there is nothing to show, or more than fits.
    """
    found: list[Found] = []
    for path in data:
        if not is_folder(path) and is_study(path):
            found += _of_study(path, reader)
        elif not is_folder(path) and path.suffix.lower() == ".csv":
            found += _of_table(path, split)
        else:
            files, problems = find_files([path])
            if problems:
                raise problems[0]
            found += [(place.as_posix(), Case(str(file)), _as_it_is) for file, place in files]
    check([Path(case.path) for _, case, _ in found])
    chosen = _chosen(found, wanted)
    if len(chosen) > MOST and not wanted:
        raise PlateError(f"There are {len(chosen):,} images; choose some of them with --case.")
    return [
        replace(marking(case), name=Path(name).stem if names else "")
        for name, case, marking in chosen
    ]


def _as_it_is(case: Case) -> Case:
    return case


def _chosen(found: list[Found], wanted: Sequence[str]) -> list[Found]:
    if not wanted:
        return found
    chosen = []
    for word in wanted:
        same = [one for one in found if word in (one[0], Path(one[0]).name, Path(one[0]).stem)]
        if not same and word.isdecimal() and 1 <= int(word) <= len(found):
            same = [found[int(word) - 1]]
        if not same:
            raise PlateError(
                f"There is no image {word!r} in the data; give a file's name, or a number from 1 "
                f"to {len(found):,}."
            )
        chosen += same
    return chosen


def _of_table(path: Path, split: str) -> list[Found]:
    with read_data(path, split=split) as data:
        return [_found(item, partial(_marked, data=data, item=item)) for item in data.items]


def _marked(case: Case, data: EvaluationData, item: Item) -> Case:
    """Add what the table marks on an image: its boxes, or else the outline of its mask."""
    try:
        width, height = image_size(item.path)
    except SoftcamError:
        return case  # The figure says why it cannot be read, and goes on with the others.
    try:
        truth = data.truth(item, (height, width))
    except EvaluationError as error:
        warn(str(error))
        return case
    if truth is None or not truth.mask.any():
        return case
    shapes = [Shape("box", [[x0, y0], [x1, y1]]) for x0, y0, x1, y1 in truth.boxes.tolist()]
    if not np.array_equal(rasterize_union(shapes, (height, width)), truth.mask):
        shapes = [Shape("mask", [[0, 0], [width, height]], mask=truth.mask)]
    return replace(case, marks=tuple(map(Mark, shapes)))


def _of_study(path: Path, reader: str | None) -> list[Found]:
    with read_data(path, reader=reader) as data:
        items, whose = data.items, data.reader
    return [
        _found(item, partial(_with_shapes, path=path, whose=whose, number=int(item.key)))
        for item in items
    ]


def _with_shapes(case: Case, path: Path, whose: str, number: int) -> Case:
    """Add the shapes of those whose marks count."""
    marks, radius = study_marks(path, whose, number)
    return replace(case, marks=marks, point_radius=radius)


def _found(item: Item, marking: Marking) -> Found:
    case = Case(str(item.path), modality=item.modality, label=item.label)
    return item.shown, case, marking
