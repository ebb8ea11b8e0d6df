"""Read the masks of a DICOM Segmentation, ours or another program's, image by image."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.formats import dicom_codes
from softcam_core.annotations.formats.exchange import ImportReport, Size
from softcam_core.annotations.masks import Mask
from softcam_core.errors import SoftcamError
from softcam_core.imaging.stored import MAX_PIXELS

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

_SEG = "1.2.840.10008.5.1.4.1.1.66.4"
_LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"


@dataclass
class Marked:
    """What a segmentation marks in one image.

    Attributes:
        uid: SOP Instance UID of the image, None where the file does not say.
        size: (width, height).
        reader: content creator's name as the file has it.
        masks: (label, pixels), in order of the segments.
    """

    uid: str | None
    size: Size
    reader: str
    masks: list[tuple[str, Mask]] = field(default_factory=list)


def marked_images(file: Path, report: ImportReport) -> list[Marked] | None:
    """Return what a file marks in each image that it refers to; None if it is no segmentation.

    Frames of one image are laid over each other, because a study marks whole images. Of a
    fractional segmentation a pixel counts from half of the greatest value.

    Raises:
        SoftcamError: a segmentation that is damaged or too large.
    """
    import pydicom

    try:
        header = pydicom.dcmread(file, stop_before_pixels=True, force=True)
        if header.get("SOPClassUID") not in (_SEG, _LABEL_MAP):
            return None
        frames, rows, columns = (
            int(header.get(name) or 1) for name in ("NumberOfFrames", "Rows", "Columns")
        )
        if frames * rows * columns > 4 * MAX_PIXELS:
            raise SoftcamError(
                f"{file.name} has {frames} frames of {columns} x {rows} pixels, more than fit; "
                "split it by image."
            )
        dataset = pydicom.dcmread(file)
        return _images(dataset, dataset.pixel_array.reshape(frames, rows, columns), file, report)
    except SoftcamError:
        raise
    except Exception as error:  # Whatever pydicom makes of a damaged file.
        raise SoftcamError(
            f"{file.name} is damaged or no DICOM segmentation; export it again from its source."
        ) from error


def _images(
    dataset: Dataset, pixels: NDArray[Any], file: Path, report: ImportReport
) -> list[Marked]:
    label_map = dataset.SOPClassUID == _LABEL_MAP
    names = {int(item.SegmentNumber): _label(item) for item in dataset.SegmentSequence}
    if str(dataset.get("SegmentationType")) == "FRACTIONAL":
        report.lose("fractional mask read as pixels of half or more", file.name)
        pixels = pixels >= (int(dataset.get("MaximumFractionalValue") or 255) + 1) // 2
    # Image -> segment -> pixels.
    found: dict[str | None, dict[int, Mask]] = {}
    laid_over = 0
    for i, plane in enumerate(pixels):
        uid = _image_of(dataset, i)
        masks = found.setdefault(uid, {})
        for segment in names if label_map else [_segment_of(dataset, i)]:
            mask = plane == segment if label_map else plane.astype(bool)
            if label_map and (segment == 0 or not mask.any()):
                continue
            if segment in masks:
                laid_over += not np.array_equal(masks[segment], mask)
                masks[segment] = masks[segment] | mask
            else:
                masks[segment] = mask
    report.lose("frame of the same image laid over the one before", file.name, laid_over)
    size = (int(dataset.Columns), int(dataset.Rows))
    reader = str(dataset.get("ContentCreatorName") or "")
    return [
        Marked(uid, size, reader, [(names[s], m) for s, m in sorted(masks.items()) if m.any()])
        for uid, masks in found.items()
    ]


def _label(item: Dataset) -> str:
    types = item.get("SegmentedPropertyTypeCodeSequence") or []
    if types and types[0].get("CodingSchemeDesignator") == dicom_codes.SCHEME:
        value = str(types[0].get("CodeValue") or types[0].get("LongCodeValue") or "")
        if value == dicom_codes.UNLABELLED:
            return ""
    return str(item.get("SegmentLabel") or f"segment {item.SegmentNumber}")


def _segment_of(dataset: Dataset, frame: int) -> int:
    for group in _groups(dataset, frame):
        items = group.get("SegmentIdentificationSequence")
        if items:
            return int(items[0].ReferencedSegmentNumber)
    return int(dataset.SegmentSequence[0].SegmentNumber)


def _image_of(dataset: Dataset, frame: int) -> str | None:
    """Return the image that a frame marks: by its own reference, else the file's only one."""
    for group in _groups(dataset, frame):
        for derivation in group.get("DerivationImageSequence") or []:
            for source in derivation.get("SourceImageSequence") or []:
                return str(source.ReferencedSOPInstanceUID)
    referenced = [
        str(instance.ReferencedSOPInstanceUID)
        for series in dataset.get("ReferencedSeriesSequence") or []
        for instance in series.get("ReferencedInstanceSequence") or []
    ]
    return referenced[0] if len(set(referenced)) == 1 else None


def _groups(dataset: Dataset, frame: int) -> list[Dataset]:
    own = dataset.get("PerFrameFunctionalGroupsSequence") or []
    shared = dataset.get("SharedFunctionalGroupsSequence") or []
    return [*own[frame : frame + 1], *shared[:1]]
