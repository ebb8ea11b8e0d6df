"""TIFF: pages of any depth.

Pillow decodes pages of up to 8 bits per channel, in all their compressions and colour spaces;
OpenCV those of 16 and 32 bits and floats, whose colour Pillow cannot hold.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from softcam_core.errors import ImageError
from softcam_core.imaging.raster import decode_deep, decode_pillow, open_pillow
from softcam_core.imaging.stored import StoredImage, bit_depth_range, check_frame, check_size

_SUBFILE, _WIDTH, _HEIGHT, _BITS, _PHOTOMETRIC = 254, 256, 257, 258, 262
_ORIENTATION, _CHANNELS, _PLANES, _SAMPLE_FORMAT = 274, 277, 284, 339
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB = 0, 1, 2
_UNSIGNED, _SIGNED, _FLOAT = 1, 2, 3
_DEEP_KINDS = {(16, _UNSIGNED), (32, _UNSIGNED), (8, _SIGNED), (16, _SIGNED), (32, _SIGNED)} | {
    (32, _FLOAT),
    (64, _FLOAT),
}
_MAX_PAGES = 100_000


@dataclass(frozen=True)
class _Page:
    """What one directory of a TIFF says of its page; width and height as stored."""

    index: int
    width: int
    height: int
    bits: int
    sample: int
    photometric: int
    planes: bool
    turned: bool

    @property
    def deep(self) -> bool:
        """Whether it holds other than unsigned values of up to 8 bits."""
        return self.bits > 8 or self.sample != _UNSIGNED

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) as shown."""
        return (self.height, self.width) if self.turned else (self.width, self.height)


def tiff_size(file: BinaryIO, path: Path) -> tuple[int, int]:
    """Return (width, height) of the first page after its orientation, from the header.

    Raises:
        ImageError: the size is out of bounds.
        Exception: whatever Pillow makes of a damaged file.
    """
    page = _pages(file)[0]
    check_size(*page.size, path)
    return page.size


def read_tiff(data: bytes, frame: int, path: Path) -> StoredImage:
    """Decode one page of a TIFF file from its bytes; reduced copies of a page do not count.

    Raises:
        ImageError: no such page, a size out of bounds, or pixels of a kind that cannot be read.
        Exception: whatever the decoders make of a damaged file.
    """
    pages = _pages(BytesIO(data))
    check_frame(frame, len(pages), path)
    page = pages[frame]
    check_size(*page.size, path)
    if page.deep:
        pixels = _decode_deep(data, page, path)
    else:
        image = open_pillow(BytesIO(data), "TIFF")
        image.seek(page.index)
        pixels = decode_pillow(image)
    if (pixels.shape[1], pixels.shape[0]) != page.size:
        raise ImageError(f"{path.name} is damaged or incomplete; export or copy it again.")
    info = {"Frame": f"{frame + 1} of {len(pages)}"} if len(pages) > 1 else {}
    value_range = bit_depth_range(pixels)
    return StoredImage(pixels, value_range, None, None, "TIFF", len(pages), frame, info)


def _decode_deep(data: bytes, page: _Page, path: Path) -> NDArray[Any]:
    """Return the pixels of a deep page, as a type that `StoredImage` allows.

    Of other kinds OpenCV would make something, and something else than they mean.
    """
    if (
        (page.bits, page.sample) not in _DEEP_KINDS
        or page.photometric not in (_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB)
        or page.planes
    ):
        raise ImageError(
            f"{path.name} holds a kind of TIFF pixels that cannot be read; "
            "save it with 8 or 16 bits, grey or RGB, channels interleaved."
        )
    pixels = decode_deep(data, page.index)
    if page.photometric == _WHITE_IS_ZERO and pixels.dtype == np.uint16:
        pixels = np.uint16(65535) - pixels
    if pixels.dtype == np.int8:
        return pixels.astype(np.int16)
    return pixels if pixels.dtype in (np.uint8, np.uint16, np.int16) else pixels.astype(np.float32)


def _pages(file: BinaryIO) -> list[_Page]:
    """Walk the directories of a TIFF; Pillow's image class refuses the kinds that OpenCV reads."""
    warnings.filterwarnings("ignore", module=r"PIL\.")
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    head = file.read(8)
    if head[2:3] == b"+" or head[3:4] == b"+":
        head += file.read(8)
    directory = ImageFileDirectory_v2(head)
    offset, seen, pages = directory.next, set[int](), []
    index = 0
    while offset and offset not in seen and len(seen) < _MAX_PAGES:
        seen.add(offset)
        file.seek(offset)
        directory.load(file)
        reduced = bool(int(directory.get(_SUBFILE, 0)) & 1)
        if not reduced or index == 0:
            pages.append(_page(directory, index))
        index += 1
        offset = directory.next
    if not pages:
        raise ValueError("a TIFF without a page")
    return pages


def _page(tags: Any, index: int) -> _Page:
    bits = tags.get(_BITS, (1,))
    samples = tags.get(_SAMPLE_FORMAT, (_UNSIGNED,))
    return _Page(
        index=index,
        width=int(tags[_WIDTH]),
        height=int(tags[_HEIGHT]),
        bits=max(bits),
        sample=max(samples),
        photometric=int(tags.get(_PHOTOMETRIC, _BLACK_IS_ZERO)),
        planes=tags.get(_PLANES, 1) == 2 and tags.get(_CHANNELS, 1) > 1,
        turned=tags.get(_ORIENTATION, 1) in (5, 6, 7, 8),
    )
