"""One way in for every image file: PNG, JPEG, TIFF, BMP and DICOM, told apart by content.

Pillow, OpenCV and pydicom are imported when a file first needs them.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from softcam_core.errors import ImageError
from softcam_core.imaging.stored import MAX_PIXELS, StoredImage, unit_pixels
from softcam_core.imaging.window import Window, default_window, to_display

__all__ = [
    "DICOM_SUFFIXES",
    "IMAGE_SUFFIXES",
    "MAX_BYTES",
    "MAX_PIXELS",
    "StoredImage",
    "Window",
    "image_size",
    "is_image_file",
    "preview_size",
    "read_identity",
    "read_image",
    "read_preview",
    "unit_pixels",
]

DICOM_SUFFIXES = frozenset({".dcm", ".dicom"})
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}) | DICOM_SUFFIXES

MAX_BYTES = 4 * 2**30
"""Larger files are refused: a file is held in memory while it is decoded."""

_HEAD = 132
Answer = TypeVar("Answer")


def read_image(path: str | Path, frame: int = 0) -> StoredImage:
    """Read one frame of an image file at full depth.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    path = Path(path)
    data = _bytes(path)
    format = _format(data[:_HEAD], path)
    try:
        return _decode(data, format, frame, path)
    except ImageError:
        raise
    except Exception as error:
        raise _unreadable(path, error) from error


def read_preview(path: str | Path, max_side: int) -> NDArray[np.uint8]:
    """Return a small copy for thumbnails and the first paint, (h, w) or (h, w, 3) uint8.

    Its longer side is ``max_side``, or the image's own if that is shorter; its values are those
    of `default_window`. A JPEG is decoded at a fraction of its size, several times quicker.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    path = Path(path)
    data = _bytes(path)
    format = _format(data[:_HEAD], path)
    try:
        if format == "JPEG":
            from softcam_core.imaging.raster import read_reduced_jpeg

            reduced = read_reduced_jpeg(data, max_side, path)
            if reduced is not None:
                pixels, (width, height) = reduced
                return _shrunk(pixels, preview_size(width, height, max_side))
        image = _decode(data, format, 0, path)
    except ImageError:
        raise
    except Exception as error:
        raise _unreadable(path, error) from error
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
    return _from_header(Path(path), _size)


def read_spacing(path: str | Path) -> tuple[float, float] | None:
    """Return the size of a pixel in mm, (between rows, between columns), from the header alone.

    None where the file does not say: only DICOM does.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    return _from_header(Path(path), _spacing)


def read_identity(path: str | Path) -> dict[str, str]:
    """Return the tags that say who the patient is, name -> value; none unless it is DICOM.

    `StoredImage.info` leaves them out: they are for a user who asks to see them.

    Raises:
        ImageError: one sentence that names the file and says what to do.
    """
    return _from_header(Path(path), _identity)


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
    try:
        with path.open("rb") as file:
            return _is_dicom(file.read(_HEAD))
    except OSError:
        return False


def _decode(data: bytes, format: str, frame: int, path: Path) -> StoredImage:
    if format == "DICOM":
        from softcam_core.imaging.dicom import read_dicom

        return read_dicom(data, frame, path)
    if format == "TIFF":
        from softcam_core.imaging.tiff import read_tiff

        return read_tiff(data, frame, path)
    from softcam_core.imaging.raster import read_raster

    return read_raster(data, format, frame, path)


def _from_header(path: Path, ask: Callable[[BinaryIO, str, Path], Answer]) -> Answer:
    """Answer a question from the start of a file."""
    with _open(path) as file:
        try:
            head = file.read(_HEAD)
            file.seek(0)
            return ask(file, _format(head, path), path)
        except ImageError:
            raise
        except Exception as error:
            raise _unreadable(path, error) from error


def _size(file: BinaryIO, format: str, path: Path) -> tuple[int, int]:
    if format == "DICOM":
        from softcam_core.imaging.dicom import dicom_size

        return dicom_size(file, path)
    if format == "TIFF":
        from softcam_core.imaging.tiff import tiff_size

        return tiff_size(file, path)
    from softcam_core.imaging.raster import raster_size

    return raster_size(file, format, path)


def _spacing(file: BinaryIO, format: str, path: Path) -> tuple[float, float] | None:
    if format != "DICOM":
        return None
    from softcam_core.imaging.dicom import dicom_spacing

    return dicom_spacing(file, path)


def _identity(file: BinaryIO, format: str, path: Path) -> dict[str, str]:
    if format != "DICOM":
        return {}
    from softcam_core.imaging.dicom import dicom_identity

    return dicom_identity(file, path)


def _open(path: Path) -> BinaryIO:
    """Open a regular file of a sensible size, or say why not."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ImageError(f"{path.name} is a folder, not an image; open it as a folder.")
        if not stat.S_ISREG(status.st_mode):
            raise ImageError(f"{path.name} is not a regular file; choose an image file.")
        if status.st_size == 0:
            raise ImageError(f"{path.name} is empty; copy or export it again.")
        if status.st_size > MAX_BYTES:
            raise ImageError(
                f"{path.name} has {status.st_size / 2**30:.1f} GB, more than the "
                f"{MAX_BYTES // 2**30} GB that can be opened; save it smaller or in tiles."
            )
        return path.open("rb")
    except FileNotFoundError as error:
        raise ImageError(f"{path.name} does not exist; check its name and folder.") from error
    except PermissionError as error:
        raise ImageError(f"{path.name} may not be read; change its permissions.") from error
    except (OSError, ValueError) as error:
        raise _unreachable(path, error) from error


def _bytes(path: Path) -> bytes:
    """Read a whole file; OpenCV's own reader fails on names with any but plain characters."""
    with _open(path) as file:
        try:
            return file.read()
        except OSError as error:
            raise _unreachable(path, error) from error


def _is_dicom(head: bytes) -> bool:
    return head[128:132] == b"DICM"


def _format(head: bytes, path: Path) -> str:
    """Return the format by content; a suffix decides only about DICOM without a preamble."""
    if _is_dicom(head):
        return "DICOM"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "TIFF"
    if head.startswith(b"BM"):
        return "BMP"
    if path.suffix.lower() in DICOM_SUFFIXES:
        return "DICOM"
    raise ImageError(
        f"{path.name} is not an image that can be read; "
        "choose a PNG, JPEG, TIFF, BMP or DICOM file."
    )


def _unreadable(path: Path, error: Exception) -> ImageError:
    if isinstance(error, MemoryError):
        return ImageError(f"{path.name} does not fit into memory; save it smaller or in tiles.")
    return ImageError(f"{path.name} is damaged or incomplete; export or copy it again.")


def _unreachable(path: Path, error: Exception) -> ImageError:
    reason = getattr(error, "strerror", None) or error
    return ImageError(f"{path.name} cannot be read ({reason}); check the disk and try again.")


def _shrunk(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    import cv2

    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
