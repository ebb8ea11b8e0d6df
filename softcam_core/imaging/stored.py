"""An image as it is stored: exact pixels, the range of their bit depth, and how to show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.errors import ImageError
from softcam_core.imaging.window import Window

MAX_PIXELS = 400_000_000
"""Images with more pixels are refused: 400 megapixels of colour fill 1.2 GB."""


@dataclass(frozen=True)
class StoredImage:
    """One frame of an image file.

    Attributes:
        pixels: (H, W) grey or (H, W, 3) RGB; uint8, uint16, int16 or float32; after modality LUT,
            MONOCHROME1 inversion and EXIF orientation, before any display window.
        value_range: what maps to 0 and 1 by bit depth.
        window: the file's own display window (DICOM VOI), in the units of ``pixels``.
        spacing: (between rows, between columns) in mm.
        format: ``DICOM``, ``PNG``, ``JPEG``, ``TIFF`` or ``BMP``.
        frames: how many frames the file holds.
        frame: which of them this is, from 0.
        info: tags to show, name -> value, without identity.
        windows: every window the file offers, (name, window); the first is ``window``.
    """

    pixels: NDArray[Any]
    value_range: tuple[float, float]
    window: Window | None
    spacing: tuple[float, float] | None
    format: str
    frames: int = 1
    frame: int = 0
    info: dict[str, str] = field(default_factory=dict)
    windows: tuple[tuple[str, Window], ...] = ()


def unit_pixels(pixels: NDArray[Any], value_range: tuple[float, float]) -> NDArray[np.float32]:
    """Scale ``pixels`` of any shape so that ``value_range`` becomes [0, 1], and clip to it.

    NaN becomes 0.
    """
    low, high = value_range
    span = high - low if high > low else 1.0
    unit = pixels.astype(np.float32)
    if low:
        unit -= np.float32(low)
    unit *= np.float32(1 / span)
    if pixels.dtype.kind == "f":
        np.nan_to_num(unit, copy=False, nan=0.0, posinf=1.0, neginf=0.0)
    elif np.iinfo(pixels.dtype).min >= low and np.iinfo(pixels.dtype).max <= high:
        return unit
    return np.clip(unit, 0, 1, out=unit)


def bit_depth_range(pixels: NDArray[Any]) -> tuple[float, float]:
    """Return the range that the type of ``pixels`` can hold.

    Floats have none: the smallest of [0, 1], [0, 255], [0, 65535] that holds the finite values,
    else the values' own range.
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


def check_size(width: int, height: int, path: Path) -> None:
    """Refuse an image without pixels, or with so many that memory would not hold it.

    Raises:
        ImageError: says so.
    """
    if width < 1 or height < 1:
        raise ImageError(f"{path.name} says that it is {width} x {height} pixels; export it again.")
    if width * height > MAX_PIXELS:
        raise ImageError(
            f"{path.name} has {width} x {height} pixels, more than the "
            f"{MAX_PIXELS // 10**6} megapixels that can be opened; save it smaller or in tiles."
        )


def check_frame(frame: int, frames: int, path: Path) -> None:
    """Refuse a frame that the file does not have.

    Raises:
        ImageError: says how many there are.
    """
    if not 0 <= frame < frames:
        raise ImageError(
            f"{path.name} has no frame {frame}; choose one from 0 to {frames - 1} instead."
        )
