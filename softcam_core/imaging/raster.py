"""PNG, JPEG, TIFF and BMP.

Pillow reads headers and most pixels: it refuses a truncated file, which OpenCV shows half grey.
OpenCV decodes whole JPEGs (three times quicker) and 16-bit colour (Pillow keeps 8 bits of it).
Colour profiles are not applied and an alpha channel is dropped, as training pipelines do.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.stored import StoredImage, check_frame, check_size

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_PLUGINS = {
    "PNG": ("PngImageFile", "PngImagePlugin"),
    "JPEG": ("JpegImageFile", "JpegImagePlugin"),
    "TIFF": ("TiffImageFile", "TiffImagePlugin"),
    "BMP": ("BmpImageFile", "BmpImagePlugin"),
}
_ORIENTATION = 0x0112  # EXIF
_BITS_PER_SAMPLE, _SAMPLES_PER_PIXEL = 258, 277  # TIFF


@dataclass(frozen=True)
class Header:
    """What a raster file says before its pixels are decoded.

    Attributes:
        image: Pillow's image, not yet loaded.
        format: ``PNG``, ``JPEG``, ``TIFF`` or ``BMP``.
        orientation: EXIF orientation, 1 to 8.
        frames: pages of a TIFF.
    """

    image: ImageFile
    format: str
    orientation: int
    frames: int

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as shown: after EXIF orientation."""
        width, height = self.image.size
        return (height, width) if self.orientation >= 5 else (width, height)


def raster_format(head: bytes) -> str | None:
    """Return the format that a file's first bytes announce."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return "TIFF"
    if head.startswith(b"BM"):
        return "BMP"
    return None


def read_header(data: bytes, format: str, path: Path) -> Header:
    """Read the header of a raster file from its bytes.

    Raises:
        ImageError: the size is out of bounds.
        Exception: whatever Pillow makes of a damaged file.
    """
    # The plugin itself, not Image.open: it loads one plugin instead of five, and the size check is
    # ours (check_size), without Pillow's process-wide limit.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    opener, plugin = _PLUGINS[format]
    image = getattr(import_module(f"PIL.{plugin}"), opener)(BytesIO(data))
    width, height = image.size
    check_size(width, height, path)
    orientation = image.getexif().get(_ORIENTATION, 1) if format != "BMP" else 1
    if orientation not in range(1, 9):
        orientation = 1
    return Header(image, format, orientation, image.n_frames if format == "TIFF" else 1)


def read_raster(data: bytes, format: str, frame: int, path: Path) -> StoredImage:
    """Decode one frame of a raster file from its bytes.

    Raises:
        ImageError: no such frame, or the size is out of bounds.
        Exception: whatever the decoders make of a damaged file.
    """
    header = read_header(data, format, path)
    check_frame(frame, header.frames, path)
    if frame:
        header.image.seek(frame)
        check_size(*header.image.size, path)
    mode = header.image.mode
    if format == "JPEG" and mode in ("L", "RGB") and _ends_well(data):
        pixels = _decode_opencv(data, colour=mode == "RGB")
    elif _is_deep_colour(data, header):
        pixels = _decode_deep_opencv(data, frame)
    else:
        pixels = _decode_pillow(header.image)
    pixels = _oriented(pixels, header.orientation)
    value_range = _value_range(pixels)
    info = {"Size": f"{pixels.shape[1]} x {pixels.shape[0]}", "Stored as": f"{format}, {mode}"}
    return StoredImage(
        pixels, value_range, None, None, format, frames=header.frames, frame=frame, info=info
    )


def read_raster_reduced(data: bytes, max_side: int, path: Path) -> NDArray[np.uint8] | None:
    """Decode a JPEG at 1/2, 1/4 or 1/8, but not below ``max_side``; None if that is not possible."""
    header = read_header(data, "JPEG", path)
    factor = next((f for f in (8, 4, 2) if max(header.size) >= f * max_side), 1)
    if factor == 1 or header.image.mode not in ("L", "RGB") or not _ends_well(data):
        return None
    pixels = _decode_opencv(data, colour=header.image.mode == "RGB", reduce=factor)
    return _oriented(pixels, header.orientation)


def _ends_well(data: bytes) -> bool:
    """Tell whether a JPEG ends with its end marker; OpenCV does not complain where it is cut."""
    return data[-64:].rstrip(b"\0\r\n").endswith(b"\xff\xd9")


def _decode_opencv(data: bytes, colour: bool, reduce: int = 1) -> NDArray[np.uint8]:
    import cv2

    flags = {
        (True, 1): cv2.IMREAD_COLOR,
        (True, 2): cv2.IMREAD_REDUCED_COLOR_2,
        (True, 4): cv2.IMREAD_REDUCED_COLOR_4,
        (True, 8): cv2.IMREAD_REDUCED_COLOR_8,
        (False, 1): cv2.IMREAD_GRAYSCALE,
        (False, 2): cv2.IMREAD_REDUCED_GRAYSCALE_2,
        (False, 4): cv2.IMREAD_REDUCED_GRAYSCALE_4,
        (False, 8): cv2.IMREAD_REDUCED_GRAYSCALE_8,
    }[colour, reduce]
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags | cv2.IMREAD_IGNORE_ORIENTATION)
    if pixels is None:
        raise ValueError("the JPEG stream cannot be decoded")
    if colour:
        cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB, dst=pixels)
    return np.asarray(pixels, np.uint8)


def _is_deep_colour(data: bytes, header: Header) -> bool:
    """Tell whether the file holds more than 8 bits per colour, or grey with alpha that deep."""
    if header.format == "PNG":
        depth, colour_type = data[24], data[25]
        return depth == 16 and colour_type in (2, 4, 6)
    if header.format == "TIFF":
        tags: Any = header.image.tag_v2  # type: ignore[attr-defined]
        return bool(
            max(tags.get(_BITS_PER_SAMPLE, (1,))) > 8 and tags.get(_SAMPLES_PER_PIXEL, 1) > 1
        )
    return False


def _decode_deep_opencv(data: bytes, frame: int) -> NDArray[Any]:
    import cv2

    buffer = np.frombuffer(data, np.uint8)
    if frame:
        ok, pages = cv2.imdecodemulti(buffer, cv2.IMREAD_UNCHANGED)
        pixels = pages[frame] if ok and frame < len(pages) else None
    else:
        pixels = cv2.imdecode(buffer, cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("the pixels cannot be decoded")
    if pixels.ndim == 3:
        pixels = pixels[..., 0] if pixels.shape[2] == 2 else pixels[..., 2::-1]
    return np.ascontiguousarray(pixels)


def _decode_pillow(image: ImageFile) -> NDArray[Any]:
    mode = image.mode
    if mode in ("P", "PA", "CMYK", "YCbCr", "LAB", "HSV", "RGBA", "RGBX", "RGBa"):
        return np.asarray(image.convert("RGB"))
    if mode in ("1", "LA", "La"):
        return np.asarray(image.convert("L"))
    pixels = np.asarray(image)
    if mode.startswith("I;16"):
        return pixels.astype(np.uint16)
    if mode in ("I", "F"):
        return pixels.astype(np.float32)
    return pixels


def _oriented(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Turn and mirror ``pixels`` as EXIF says."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def _value_range(pixels: NDArray[Any]) -> tuple[float, float]:
    """Return the range of the bit depth.

    Floats have none: the smallest of [0, 1], [0, 255], [0, 65535] that holds them, else their own.
    """
    if pixels.dtype.kind in "ui":
        bounds = np.iinfo(pixels.dtype)
        return float(bounds.min), float(bounds.max)
    finite = pixels[np.isfinite(pixels)]
    if finite.size == 0:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    if low >= 0:
        for top in (1.0, 255.0, 65535.0):
            if high <= top:
                return 0.0, top
    return low, high
