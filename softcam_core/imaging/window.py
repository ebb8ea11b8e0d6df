"""Display windows: which values are shown black and which white. Models never see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from softcam_core.imaging.stored import StoredImage

PERCENTILES = (0.5, 99.5)
SAMPLE = 250_000


@dataclass(frozen=True)
class Window:
    """Values from ``low`` (black) to ``high`` (white), in the units of the pixels."""

    low: float
    high: float

    @property
    def centre(self) -> float:
        """The middle: "level"."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """From black to white."""
        return self.high - self.low


def default_window(image: StoredImage) -> Window:
    """Return the window to show ``image`` with at first.

    The file's own one (DICOM VOI); else the full range of 8-bit images; else the 0.5 to 99.5
    percentile of a subsample, because 16-bit images seldom fill their range.
    """
    if image.window is not None:
        return image.window
    if image.pixels.dtype == np.uint8:
        return full_window(image)
    return percentile_window(image)


def full_window(image: StoredImage) -> Window:
    """Return the window over everything that the bit depth can hold."""
    return Window(*image.value_range)


def percentile_window(image: StoredImage) -> Window:
    """Return the 0.5 to 99.5 percentile of the finite pixels of a regular subsample."""
    pixels = image.pixels
    step = max(1, int((pixels.size / SAMPLE) ** 0.5))
    sample = pixels[::step, ::step]
    if sample.dtype.kind == "f":
        sample = sample[np.isfinite(sample)]
    if sample.size == 0:
        return full_window(image)
    low, high = (float(value) for value in np.percentile(sample, PERCENTILES))
    return Window(low, high) if high > low else full_window(image)


def presets(image: StoredImage) -> list[tuple[str, Window]]:
    """Return the windows to offer for ``image``, (name, window), without repeats."""
    offers = [
        *image.windows,
        ("Contrast (0.5 to 99.5 %)", percentile_window(image)),
        ("Full range", full_window(image)),
    ]
    first = {window: name for name, window in reversed(offers)}
    return [(name, window) for name, window in offers if first[window] == name]


def to_display(pixels: NDArray[Any], window: Window) -> NDArray[np.uint8]:
    """Map ``pixels`` (any shape) to uint8: ``window.low`` -> 0, ``window.high`` -> 255.

    A window without width is a step: below 0, from ``low`` on 255. NaN is black.
    """
    if pixels.dtype == np.uint8 and (window.low, window.high) == (0, 255):
        return pixels
    if pixels.dtype.kind in "ui" and pixels.dtype.itemsize <= 2:
        bounds = np.iinfo(pixels.dtype)
        table = _scaled(np.arange(bounds.min, bounds.max + 1, dtype=np.float32), window)
        # Two's complement: a negative value seen as unsigned finds its entry in the upper half.
        table = np.roll(table, bounds.min)
        shown: NDArray[np.uint8] = table[pixels.view(f"u{pixels.dtype.itemsize}")]
        return shown
    return _scaled(pixels.astype(np.float32), window)


def _scaled(values: NDArray[np.float32], window: Window) -> NDArray[np.uint8]:
    """Apply ``window`` to ``values``, which it overwrites."""
    if window.high <= window.low:
        return np.where(values >= window.low, 255, 0).astype(np.uint8)
    values -= np.float32(window.low)
    values *= np.float32(255 / (window.high - window.low))
    np.nan_to_num(values, copy=False, nan=0.0, posinf=255.0, neginf=0.0)
    return np.rint(np.clip(values, 0, 255, out=values), out=values).astype(np.uint8)
