"""The file formats that annotations are exchanged in, one module and one class each.

`FORMATS` is the only table of them; a module is loaded when its format is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.annotations.formats.exchange import Format

_CLASSES = {
    "coco": ("coco", "Coco"),
    "voc": ("voc", "Voc"),
    "yolo": ("yolo", "Yolo"),
    "yolo-seg": ("yolo_seg", "YoloSeg"),
    "labelme": ("labelme", "Labelme"),
    "rsna-csv": ("rsna", "RsnaCsv"),
    "geojson": ("geojson", "GeoJson"),
    "masks": ("masks", "Masks"),
    "dicom-seg": ("dicom_seg", "DicomSeg"),
    "dicom-sr": ("dicom_sr", "DicomSr"),
}

FORMATS = tuple(_CLASSES)
"""Ids of all formats, as the command line and the window offer them."""


def format_of(format_id: str) -> Format:
    """Return the format of an id.

    Raises:
        SoftcamError: there is no such format; the text names those there are.
    """
    if format_id not in _CLASSES:
        raise SoftcamError(
            f"There is no annotation format {format_id!r}; choose one of {', '.join(FORMATS)}."
        )
    module, name = _CLASSES[format_id]
    made: Format = getattr(import_module(f"{__name__}.{module}"), name)()
    return made
