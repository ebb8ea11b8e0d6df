"""DICOM: stored pixels after modality LUT and MONOCHROME1 inversion.

pydicom is imported when the first DICOM file is read, because it takes a fifth of a second.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from softcam_core.errors import ImageError
from softcam_core.imaging.dicom_header import (
    display_windows,
    frame_count,
    functional_group,
    identity_tags,
    pixel_spacing,
    shown_tags,
)
from softcam_core.imaging.raster import decode_deep
from softcam_core.imaging.stored import StoredImage, check_frame, check_size
from softcam_core.imaging.window import Window

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

Range = tuple[float, float]


# GDCM comes last, and never after another decoder failed on JPEG 2000: it writes to stderr.
_INTEGERS = (np.uint8, np.uint16, np.int16)
_DECODERS = ("pylibjpeg", "pillow", "pydicom", "gdcm")


def read_dataset(file: BinaryIO, path: Path, *, pixels: bool = True) -> Dataset:
    """Parse a DICOM file and check that it holds an image of a size that can be opened.

    Raises:
        ImageError: no image, no transfer syntax, or a size out of bounds.
        Exception: whatever pydicom makes of a damaged file.
    """
    warnings.filterwarnings("ignore", module=r"pydicom\.")
    import pydicom

    dataset = pydicom.dcmread(file, force=True, stop_before_pixels=not pixels)
    if "TransferSyntaxUID" not in dataset.file_meta:
        raise ImageError(
            f"{path.name} has no DICOM file header that says how it is encoded; "
            "export it again from its source."
        )
    if "Rows" not in dataset or "Columns" not in dataset:
        kind = dataset.get("Modality") or "no modality"
        raise ImageError(f"{path.name} is a DICOM file without an image ({kind}); leave it out.")
    check_size(int(dataset.Columns), int(dataset.Rows), path)
    return dataset


def dicom_size(file: BinaryIO, path: Path) -> tuple[int, int]:
    """Return (width, height) from the header.

    Raises:
        ImageError: no image, no transfer syntax, or a size out of bounds.
        Exception: whatever pydicom makes of a damaged file.
    """
    dataset = read_dataset(file, path, pixels=False)
    return int(dataset.Columns), int(dataset.Rows)


def dicom_spacing(file: BinaryIO, path: Path) -> tuple[float, float] | None:
    """Return the size of a pixel of the first frame in mm, (between rows, between columns).

    Raises:
        ImageError: no image, no transfer syntax, or a size out of bounds.
        Exception: whatever pydicom makes of a damaged file.
    """
    return pixel_spacing(read_dataset(file, path, pixels=False), 0)[0]


def dicom_identity(file: BinaryIO, path: Path) -> dict[str, str]:
    """Return the tags that say who the patient is, name -> value.

    Raises:
        ImageError: no image, no transfer syntax, or a size out of bounds.
        Exception: whatever pydicom makes of a damaged file.
    """
    return identity_tags(read_dataset(file, path, pixels=False))


def read_dicom(data: bytes, frame: int, path: Path) -> StoredImage:
    """Decode one frame of a DICOM file from its bytes.

    Raises:
        ImageError: no image, no such frame, or a size out of bounds.
        Exception: whatever pydicom and its decoders make of a damaged file.
    """
    dataset = read_dataset(BytesIO(data), path)
    frames = frame_count(dataset)
    check_frame(frame, frames, path)
    stored = _decode(dataset, frame)
    photometric = str(dataset.get("PhotometricInterpretation", ""))
    windows: tuple[tuple[str, Window], ...] = ()
    if photometric == "PALETTE COLOR" and stored.ndim == 2:
        pixels, value_range = _through_palette(stored, dataset)
    elif stored.ndim == 3:
        value_range = _stored_range(stored, dataset)
        pixels = _compact(stored, value_range)
    else:
        values, value_range = _through_modality(stored, dataset, frame)
        windows = display_windows(dataset, frame)
        if photometric == "MONOCHROME1":
            mirror = sum(value_range)
            values = mirror - values.astype(np.float64)
            windows = tuple((n, Window(mirror - w.high, mirror - w.low)) for n, w in windows)
        pixels = _compact(values, value_range)
    return StoredImage(
        pixels=pixels,
        value_range=value_range,
        window=windows[0][1] if windows else Window(*value_range) if pixels.ndim == 3 else None,
        spacing=pixel_spacing(dataset, frame)[0],
        format="DICOM",
        frames=frames,
        frame=frame,
        info=shown_tags(dataset, frame),
        windows=windows,
    )


def _decode(dataset: Dataset, frame: int) -> NDArray[Any]:
    """Return the stored values of one frame, (H, W) or (H, W, 3), YBR turned into RGB."""
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.pixels.utils import pixel_array

    plain = _decode_jpeg2000(dataset, frame)
    if plain is not None:
        return plain
    available = get_decoder(dataset.file_meta.TransferSyntaxUID).available_plugins
    plugins = [name for name in _DECODERS if name in available]
    if "pylibjpeg" in plugins:
        plugins = [name for name in plugins if name != "gdcm"]
    for plugin in plugins[:-1]:
        try:
            return pixel_array(dataset, index=frame, decoding_plugin=plugin)
        except RuntimeError:
            continue
    return pixel_array(dataset, index=frame, decoding_plugin=plugins[-1] if plugins else "")


def _decode_jpeg2000(dataset: Dataset, frame: int) -> NDArray[Any] | None:
    """Decode an unsigned grey JPEG 2000 frame by OpenCV; None for every other frame.

    The values are those of pydicom's decoders, which hold the interpreter's lock meanwhile: a
    tenth of a second for two megapixels, in which no other thread runs, the window's included.
    """
    from pydicom.encaps import get_frame
    from pydicom.uid import JPEG2000, JPEG2000Lossless

    if (
        dataset.file_meta.TransferSyntaxUID not in (JPEG2000, JPEG2000Lossless)
        or dataset.get("SamplesPerPixel") != 1
        or dataset.get("PixelRepresentation") != 0
        or "PixelData" not in dataset
    ):
        return None
    stream = get_frame(dataset.PixelData, frame, number_of_frames=frame_count(dataset))
    try:
        pixels = decode_deep(stream)
    except ValueError:
        return None
    return pixels if pixels.shape == (dataset.Rows, dataset.Columns) else None


def _stored_range(stored: NDArray[Any], dataset: Dataset) -> Range:
    """Return what BitsStored and the pixel representation allow; floats give their own range."""
    if stored.dtype.kind == "f":
        finite = stored[np.isfinite(stored)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        return (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
    bits = int(dataset.get("BitsStored") or stored.dtype.itemsize * 8)
    if int(dataset.get("PixelRepresentation") or 0) == 1:
        return -float(2 ** (bits - 1)), float(2 ** (bits - 1) - 1)
    return 0.0, float(2**bits - 1)


def _through_modality(
    stored: NDArray[Any], dataset: Dataset, frame: int
) -> tuple[NDArray[Any], Range]:
    """Send values and their range through the modality LUT, or rescale slope and intercept."""
    low, high = _stored_range(stored, dataset)
    tables = dataset.get("ModalityLUTSequence")
    if tables and tables[0].get("LUTDescriptor") and tables[0].get("LUTData"):
        from pydicom.pixels.processing import apply_modality_lut

        bits = int(tables[0].LUTDescriptor[2])
        return apply_modality_lut(stored, dataset), (0.0, float(2**bits - 1))
    source = functional_group(dataset, frame, "PixelValueTransformationSequence")
    slope = float(source.get("RescaleSlope") or 1)
    intercept = float(source.get("RescaleIntercept") or 0)
    if (slope, intercept) == (1.0, 0.0):
        return stored, (low, high)
    ends = sorted((low * slope + intercept, high * slope + intercept))
    return stored * np.float64(slope) + intercept, (ends[0], ends[1])


def _through_palette(stored: NDArray[Any], dataset: Dataset) -> tuple[NDArray[Any], Range]:
    """Return the colours that a palette image means, by the palette's own bit depth."""
    from pydicom.pixels.processing import apply_color_lut

    colours: NDArray[Any] = apply_color_lut(stored, dataset)
    bits = 8 if colours.dtype.itemsize == 1 else 16
    return colours, (0.0, float(2**bits - 1))


def _compact(values: NDArray[Any], value_range: Range) -> NDArray[Any]:
    """Return ``values`` in the smallest of uint8, uint16, int16 that holds them, else float32."""
    if values.dtype.kind in "ui" or bool(np.all(np.rint(values) == values)):
        held = (float(values.min()), float(values.max()))
        for ends, kinds in ((value_range, _INTEGERS), (held, _INTEGERS[1:])):
            for kind in kinds:
                if _fits(ends, kind):
                    return np.ascontiguousarray(values, dtype=kind)
    return np.ascontiguousarray(values, dtype=np.float32)


def _fits(ends: Range, kind: type[Any]) -> bool:
    bounds = np.iinfo(kind)
    return bool(bounds.min <= ends[0] and ends[1] <= bounds.max)
