"""Where the lesions of training images are: what the evidence guidance term goes by.

They come from the masks and boxes of a table, or from the shapes that a study's readers drew. Of a
study all shapes of those who count are lesions but lengths, angles, and labels that
``data.lesion_classes`` gives "". Pixels that a table says to ignore count as lesions do: evidence
there is no mistake. Free of torch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.mask_files import (
    Boxes,
    are_shares,
    boxes_mask,
    clipped,
    fitted,
    parse_boxes,
    read_mask,
)
from softcam_core.annotations.masks import Mask
from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.read import image_size
from softcam_core.paths import shown
from softcam_core.training.config import DataConfig
from softcam_core.training.readings import Readings
from softcam_core.training.table import Sample, Table

if TYPE_CHECKING:
    from softcam_core.training.data import Lesions

_VANISHED = 0.001


def lesion_masks(table: Table, data: DataConfig) -> Lesions | None:
    """Return what gives the lesions of a sample; None if no sample has any.

    It gives a mask, bool (H, W) in pixels of the stored image, or None: nothing is drawn there, or
    the sample's class is ``data.healthy``. It may be called from several threads; a study is read
    here and no more, as it was after line ``data.as_of`` of its history.

    Raises:
        SoftcamError: the study cannot be read. What it gives raises ImageError where a mask or
            boxes cannot be used.
    """
    return _lesions_in(table, table.samples, data)


def guided_by(table: Table, data: DataConfig, guidance: float) -> Lesions | None:
    """Return what gives the lesions of a run's samples; None where its loss has no guidance.

    Raises:
        ConfigError: there is guidance, and no training image has lesions.
        SoftcamError: the study cannot be read.
    """
    if not guidance:
        return None
    training = [sample for sample in table.samples if sample.split == "train"]
    lesions = _lesions_in(table, training, data)
    if lesions is None:
        advice = "draw lesions" if data.study else "add a column mask or boxes to the table"
        raise ConfigError(
            f"loss.guidance is {guidance:g}, and no training image of {shown(table.source.name)} "
            f"has lesions to go by; {advice}, or set loss.guidance to 0."
        )
    return lesions


def without_positive(guidance: float, positive: float) -> str:
    """Return a sentence where guidance has left no positive evidence anywhere, else "".

    Softmax sees only how classes differ: instead of moving the evidence for a class into lesions, a
    network may lower that of all classes.

    Args:
        guidance: ``loss.guidance``.
        positive: share of the cells of an image's own class that are above 0.
    """
    if not guidance or not positive < _VANISHED:
        return ""
    return (
        f"Evidence for an image's own class is positive nowhere any more: loss.guidance of "
        f"{guidance:g} is more than this model can follow; try a tenth of it."
    )


def _lesions_in(table: Table, samples: Iterable[Sample], data: DataConfig) -> Lesions | None:
    """Return what gives lesions, None if none of these samples has any."""
    healthy = table.classes.index(data.healthy) if data.healthy in table.classes else None
    find: Callable[[Sample], Mask] = _of_table
    cases: set[int] | None = None
    if data.study:
        readings = Readings(data, table.classes)
        cases = {case for case, reading in readings.readings.items() if reading.lesions}
        find = _of_study(readings)

    def has_lesions(sample: Sample) -> bool:
        if sample.label == healthy:
            return False
        return bool(sample.mask or sample.boxes) if cases is None else sample.case in cases

    def lesions(sample: Sample) -> NDArray[np.bool_] | None:
        if not has_lesions(sample):
            return None
        mask = find(sample)
        return mask if mask.any() else None

    return lesions if any(map(has_lesions, samples)) else None


def _of_study(readings: Readings) -> Callable[[Sample], Mask]:
    def lesions(sample: Sample) -> Mask:
        assert sample.case is not None  # a study's samples have one
        return readings.truth.mask(sample.case)

    return lesions


def _of_table(sample: Sample) -> Mask:
    width, height = image_size(sample.path)
    size = (height, width)
    mask = np.zeros(size, np.bool_)
    beside = mask.copy()
    for path in sample.masks:
        marked, ignored = _read(path, sample, size)
        mask |= marked
        if ignored is not None:
            beside |= ignored
    if sample.boxes:
        mask |= boxes_mask(_boxes(sample, size), size)
    if sample.ignore and mask.any():
        beside |= _read(Path(sample.ignore), sample, size)[0]
    return mask | beside if mask.any() else mask


def _read(path: Path, sample: Sample, size: tuple[int, int]) -> tuple[Mask, Mask | None]:
    marked, ignored = read_mask(path)
    marked = fitted(marked, size)
    ignored = None if ignored is None else fitted(ignored, size)
    if marked.shape != size:
        (rows, columns), (height, width) = marked.shape, size
        raise ImageError(
            f"The mask {shown(path.name)} is {columns} x {rows} pixels and the image "
            f"{shown(sample.path.name)} {width} x {height}; give a mask of the image's size."
        )
    return marked, ignored


def _boxes(sample: Sample, size: tuple[int, int]) -> Boxes:
    """Return the boxes of a sample that hold pixels of its image."""
    name = shown(sample.path.name)
    try:
        corners = np.array(parse_boxes(sample.boxes), np.float64).reshape(-1, 4)
    except ValueError as error:
        raise ImageError(
            f"The boxes of {name} cannot be read; write [[x0, y0, x1, y1], ...] in image pixels."
        ) from error
    boxes, held = clipped(corners, size)
    if (are_shares(corners) | ~held).any():
        raise ImageError(
            f"A box of {name}, which is {size[1]} x {size[0]}, holds no pixel of it; boxes are in "
            "pixels of the image."
        )
    return boxes
