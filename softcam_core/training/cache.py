"""Decoded inputs on disk, between runs: an image is read, cropped and resized once.

An entry's name is a hash of the image's path, size and time of change, of the input and of the
program's version, so a changed image or input makes a new entry and never finds an old one. The
files hold pixels of images: the folder wants the same protection as the images.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import threading
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core import __version__
from softcam_core.errors import ConfigError
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec

_CHECK = 4  # bytes of the CRC-32 that a file begins with


@dataclass(frozen=True)
class Decoded:
    """An image as an input.

    Attributes:
        pixels: (rows, columns), or (rows, columns, 3) unless it is grey; uint8 or uint16.
        region: the part of the stored image that it shows.
        shape: (H, W) of the stored image.
    """

    pixels: NDArray[Any]
    region: Region
    shape: tuple[int, int]


class InputCache:
    """A folder of decoded inputs; several runs and processes may share it."""

    def __init__(self, folder: Path, spec: InputSpec) -> None:
        """Make the folder; mean and std of ``spec`` do not count.

        Raises:
            ConfigError: it cannot be made or written.
        """
        self._folder = folder
        self._input = {
            key: value
            for key, value in dataclasses.asdict(spec).items()
            if key not in ("mean", "std")
        }
        self._full = False
        try:
            folder.mkdir(parents=True, exist_ok=True)
            usable = os.access(folder, os.W_OK | os.X_OK)
        except OSError:
            usable = False
        if not usable:
            raise ConfigError(
                f"The folder {folder} of data.cache_dir cannot be written; choose another or none."
            )

    def key(self, path: Path) -> str:
        """Return the name of an image's entry.

        Raises:
            OSError: there is no such file.
        """
        file = path.resolve()
        status = file.stat()
        parts = [str(file), status.st_size, status.st_mtime_ns, self._input, __version__]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def read(self, key: str) -> Decoded | None:
        """Return an entry; None where there is none, or where it is damaged."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        body = memoryview(data)[_CHECK:]
        if not body or zlib.crc32(body).to_bytes(_CHECK, "little") != data[:_CHECK]:
            return None
        head = data.index(b"\n", _CHECK)
        about = json.loads(data[_CHECK:head])
        pixels = np.frombuffer(data, about["dtype"], offset=head + 1).reshape(about["size"])
        return Decoded(pixels, Region(*about["region"]), (about["shape"][0], about["shape"][1]))

    def write(self, key: str, decoded: Decoded) -> None:
        """Keep an entry, in one step; a full disk keeps nothing more and stops nobody."""
        if self._full:
            return
        about = {
            "dtype": decoded.pixels.dtype.str,
            "size": decoded.pixels.shape,
            "region": dataclasses.astuple(decoded.region),
            "shape": decoded.shape,
        }
        body = json.dumps(about).encode() + b"\n" + decoded.pixels.tobytes()
        path = self._path(key)
        partial = path.with_name(f"{key}.{os.getpid()}.{threading.get_ident()}.part")
        try:
            path.parent.mkdir(exist_ok=True)
            try:
                partial.write_bytes(zlib.crc32(body).to_bytes(_CHECK, "little") + body)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
        except OSError:
            self._full = True

    @property
    def full(self) -> bool:
        """Whether an entry could not be written."""
        return self._full

    def _path(self, key: str) -> Path:
        # Few hundred folders: a hundred thousand files in one are slow on many file systems.
        return self._folder / key[:2] / key
