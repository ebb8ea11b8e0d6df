"""One way in for every image file: PNG, JPEG, TIFF, BMP and DICOM, told apart by content.

Pillow, OpenCV and pydicom are imported when a file first needs them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from softcam_core.errors import ImageError
from softcam_core.imaging.stored import MAX_PIXELS, StoredImage, unit_pixels
from softcam_core.imaging.window import Window, default_window, to_display

__all__ = [
    "IMAGE_SUFFIXES",
    "MAX_PIXELS",
    "StoredImage",
    "Window",
    "image_size",
    "is_image_file",
    "read_image",
    "read_preview",
    "unit_pixels",
]

DICOM_SUFFIXES = frozenset({".dcm", ".dicom"})
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}) | DICOM_SUFFIXES


def read_image(path: str | Path, frame: int = 0) -> StoredImage:
    """Read one frame of an image file at full depth.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    path = Path(path)
    data = _bytes(path)
    format = _format(data, path)
    try:
        if format == "DICOM":
            from softcam_core.imaging.dicom import read_dicom

            return read_dicom(data, frame, path)
        from softcam_core.imaging.raster import read_raster

        return read_raster(data, format, frame, path)
    except ImageError:
        raise
    except Exception as error:
        raise _unreadable(path, error) from error


def read_preview(path: str | Path, max_side: int) -> NDArray[np.uint8]:
    """Return a small copy for thumbnails and the first paint, (h, w) or (h, w, 3) uint8.

    Its longer side is ``max_side``, or the image's own if that is shorter; windowed by
    `default_window`. A JPEG is decoded at a fraction of its size, several times quicker.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    path = Path(path)
    data = _bytes(path)
    if _format(data, path) == "JPEG":
        from softcam_core.imaging.raster import read_header, read_raster_reduced

        try:
            width, height = read_header(data, "JPEG", path).size
            reduced = read_raster_reduced(data, max_side, path)
        except ImageError:
            raise
        except Exception as error:
            raise _unreadable(path, error) from error
        if reduced is not None:
            return _shrunk(reduced, preview_size(width, height, max_side))
    image = read_image(path)
    height, width = image.pixels.shape[:2]
    window = default_window(image)
    return _shrunk(to_display(image.pixels, window), preview_size(width, height, max_side))


def preview_size(width: int, height: int, max_side: int) -> tuple[int, int]:
    """Return the (width, height) of a preview: the aspect to a pixel, never enlarged."""
    scale = min(1.0, max_side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def image_size(path: str | Path) -> tuple[int, int]:
    """Return (width, height) as `read_image` would give them, from the header alone.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    path = Path(path)
    data = _bytes(path)
    format = _format(data, path)
    try:
        if format == "DICOM":
            from softcam_core.imaging.dicom import dicom_size

            return dicom_size(data, path)
        from softcam_core.imaging.raster import read_header

        return read_header(data, format, path).size
    except ImageError:
        raise
    except Exception as error:
        raise _unreadable(path, error) from error


def is_image_file(path: str | Path) -> bool:
    """Tell by its suffix whether a file is an image, or by its content where it has none.

    A DICOM file from a scanner is often named by its UID, so digits after the last dot count as
    no suffix. A DICOMDIR is an index and no image.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in IMAGE_SUFFIXES:
        return True
    if (suffix and not suffix[1:].isdigit()) or path.name.upper() == "DICOMDIR":
        return False
    from softcam_core.imaging.dicom import is_dicom

    try:
        with path.open("rb") as file:
            return is_dicom(file.read(132))
    except OSError:
        return False


def _bytes(path: Path) -> bytes:
    """Read a whole file, whose name may hold any character (OpenCV's own reader fails there)."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ImageError(f"{path.name} does not exist; check its name and folder.") from error
    except IsADirectoryError as error:
        raise ImageError(f"{path.name} is a folder, not an image; open it as a folder.") from error
    except PermissionError as error:
        if path.is_dir():
            raise ImageError(
                f"{path.name} is a folder, not an image; open it as a folder."
            ) from error
        raise ImageError(
            f"{path.name} may not be read; change its permissions or copy it."
        ) from error
    except OSError as error:
        reason = error.strerror or "the disk gave an error"
        raise ImageError(
            f"{path.name} cannot be read ({reason}); check the disk and try again."
        ) from error
    if not data:
        raise ImageError(f"{path.name} is empty; copy or export it again.")
    return data


def _format(data: bytes, path: Path) -> str:
    """Return the format by content; a suffix decides only about DICOM without a preamble."""
    from softcam_core.imaging.dicom import is_dicom
    from softcam_core.imaging.raster import raster_format

    if is_dicom(data[:132]):
        return "DICOM"
    format = raster_format(data[:8])
    if format is None and path.suffix.lower() in DICOM_SUFFIXES:
        return "DICOM"
    if format is None:
        raise ImageError(
            f"{path.name} is not an image that can be read; "
            "choose a PNG, JPEG, TIFF, BMP or DICOM file."
        )
    return format


def _unreadable(path: Path, error: Exception) -> ImageError:
    if isinstance(error, MemoryError):
        return ImageError(f"{path.name} does not fit into memory; save it smaller or in tiles.")
    return ImageError(f"{path.name} is damaged or incomplete; export or copy it again.")


def _shrunk(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    import cv2

    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
