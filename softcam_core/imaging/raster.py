"""PNG, JPEG and BMP.

Pillow reads headers and most pixels, and refuses a truncated file. OpenCV decodes whole JPEGs,
three times quicker, and 16-bit colour, of which Pillow keeps 8 bits. Colour profiles are not
applied and an alpha channel is dropped, as training pipelines do.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.stored import StoredImage, bit_depth_range, check_frame, check_size

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_PLUGINS = {
    "PNG": ("PngImagePlugin", "PngImageFile"),
    "JPEG": ("JpegImagePlugin", "JpegImageFile"),
    "BMP": ("BmpImagePlugin", "BmpImageFile"),
    "TIFF": ("TiffImagePlugin", "TiffImageFile"),
}
_ORIENTATION = 0x0112


def open_pillow(file: BinaryIO, format: str) -> ImageFile:
    """Open a file with Pillow's plugin for its format; pixels are decoded later.

    Not by ``Image.open``: that loads five plugins, and its limit on the size is process-wide.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.")
    module, name = _PLUGINS[format]
    image: ImageFile = getattr(import_module(f"PIL.{module}"), name)(file)
    return image


def raster_size(file: BinaryIO, format: str, path: Path) -> tuple[int, int]:
    """Return (width, height) after EXIF orientation, from the header.

    Raises:
        ImageError: the size is out of bounds.
        Exception: whatever Pillow makes of a damaged file.
    """
    image = open_pillow(file, format)
    width, height = image.size
    check_size(width, height, path)
    return (height, width) if _orientation(image, format) >= 5 else (width, height)


def read_raster(data: bytes, format: str, frame: int, path: Path) -> StoredImage:
    """Decode a PNG, JPEG or BMP file from its bytes.

    Raises:
        ImageError: no such frame, or the size is out of bounds.
        Exception: whatever the decoders make of a damaged file.
    """
    check_frame(frame, 1, path)
    image = open_pillow(BytesIO(data), format)
    check_size(*_pair(image.size), path)
    orientation = _orientation(image, format)
    if format == "JPEG" and image.mode in ("L", "RGB") and _ends_well(data):
        pixels: NDArray[Any] = _decode_jpeg(data, colour=image.mode == "RGB")
    elif format == "PNG" and _is_deep_png(data):
        image.verify()
        pixels = decode_deep(data)
    else:
        pixels = decode_pillow(image)
    pixels = _oriented(pixels, orientation)
    return StoredImage(pixels, bit_depth_range(pixels), None, None, format)


def read_reduced_jpeg(
    data: bytes, max_side: int, path: Path
) -> tuple[NDArray[np.uint8], tuple[int, int]] | None:
    """Decode a JPEG at 1/8, 1/4 or 1/2, not below ``max_side``; None where only whole works.

    Returns the small pixels and the (width, height) of the whole image, both after orientation.

    Raises:
        ImageError: the size is out of bounds.
        Exception: whatever the decoders make of a damaged file.
    """
    image = open_pillow(BytesIO(data), "JPEG")
    check_size(*_pair(image.size), path)
    factor = next((f for f in (8, 4, 2) if max(image.size) >= f * max_side), 1)
    if factor == 1 or image.mode not in ("L", "RGB") or not _ends_well(data):
        return None
    pixels = _decode_jpeg(data, colour=image.mode == "RGB", reduce=factor)
    orientation = _orientation(image, "JPEG")
    width, height = image.size
    return _oriented(pixels, orientation), (height, width) if orientation >= 5 else (width, height)


def decode_pillow(image: ImageFile) -> NDArray[Any]:
    """Return Pillow's pixels as grey or RGB: uint8, or uint16 where it holds 16-bit grey."""
    mode = image.mode
    if mode in ("1", "LA", "La"):
        return np.asarray(image.convert("L"))
    if mode.startswith("I"):
        return np.asarray(image).astype(np.uint16)
    return np.asarray(image if mode in ("L", "RGB") else image.convert("RGB"))


def decode_deep(data: bytes, page: int = 0) -> NDArray[Any]:
    """Return OpenCV's pixels at their own depth, grey or RGB, without alpha.

    Raises:
        ValueError: OpenCV cannot decode them.
    """
    import cv2

    _silence_opencv(cv2)
    buffer = np.frombuffer(data, np.uint8)
    if page:
        _, pages = cv2.imdecodemulti(buffer, cv2.IMREAD_UNCHANGED, range=(page, page + 1))
        pixels = pages[0] if pages else None
    else:
        pixels = cv2.imdecode(buffer, cv2.IMREAD_UNCHANGED)
    if pixels is None:
        raise ValueError("OpenCV cannot decode these pixels")
    if pixels.ndim == 3:
        pixels = pixels[..., 0] if pixels.shape[2] <= 2 else pixels[..., 2::-1]
    return np.ascontiguousarray(pixels)


def _silence_opencv(cv2: Any) -> None:
    """Keep OpenCV's remarks on odd tags off the terminal: version 5 moved the switch."""
    set_level = getattr(cv2, "setLogLevel", None) or cv2.utils.logging.setLogLevel
    set_level(0)


def _decode_jpeg(data: bytes, colour: bool, reduce: int = 1) -> NDArray[np.uint8]:
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
        raise ValueError("OpenCV cannot decode this JPEG")
    if colour:
        cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB, dst=pixels)
    return np.asarray(pixels, np.uint8)


def _ends_well(data: bytes) -> bool:
    """Tell whether a JPEG has its end marker; OpenCV may show a file that is cut as half grey."""
    return data[-64:].rstrip(b"\0\r\n").endswith(b"\xff\xd9")


def _is_deep_png(data: bytes) -> bool:
    """Tell whether a PNG holds 16 bits per channel of more than one channel."""
    depth, colour_type = data[24], data[25]
    return depth == 16 and colour_type in (2, 4, 6)


def _orientation(image: ImageFile, format: str) -> int:
    """Return the EXIF orientation, 1 to 8.

    Of a PNG's EXIF only what precedes the pixels counts: to look behind them is to decode them.
    """
    if format == "BMP" or (format == "PNG" and "exif" not in image.info):
        return 1
    value = image.getexif().get(_ORIENTATION, 1)
    return value if value in range(1, 9) else 1


def _oriented(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Turn and mirror ``pixels`` as EXIF says."""
    if orientation >= 5:
        pixels = pixels.swapaxes(0, 1)
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    return np.ascontiguousarray(pixels)


def _pair(size: tuple[int, ...]) -> tuple[int, int]:
    return size[0], size[1]
