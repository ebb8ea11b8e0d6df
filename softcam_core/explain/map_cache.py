"""Maps that took many passes, kept on disk for the next time the same is asked for.

An entry's name is the hash of all that its map depends on: the model's id, the content of the
image's file, the frame, the method, its parameters, and the version of the maps' definition. So
a changed file, model or parameter finds nothing, and no name tells of a patient. What an entry
holds is checked on reading; one that is damaged goes. Nothing that happens to the disk is an
error to the one who asks: then there is no entry, or none is kept. Free of torch.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
import threading
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.location import user_data_dir

DEFINITION = 1
"""Version of what the maps are: grows when a method gives another map of the same image."""

LIMIT = 2 * 1024**3
"""Bytes that entries may take together."""

_KEPT_SHARE = 0.8
"""How full the cache is after room was made: not for every entry that comes."""
_SUFFIX = ".map"
_PARTIAL = ".part"
_DIGEST_BYTES = hashlib.sha256().digest_size
_BLOCK = 1 << 20


def maps_folder() -> Path:
    """Return where the user's maps lie; it may not exist yet."""
    return user_data_dir() / "maps"


def content_hash(path: Path) -> str:
    """Return the SHA-256 (hexadecimal) of a file's bytes.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def entry_name(
    model: str, image: str, frame: int, method: str, parameters: Mapping[str, Any] | None = None
) -> str:
    """Return the name (64 hexadecimal digits) of what one method says of one image.

    Args:
        model: its id, the hash of its weights and description.
        image: `content_hash` of the file.
        frame: of the file, counted from 0.
        method: id of an explanation, or of anything else that is kept.
        parameters: what else the map depends on: JSON values, in any order.
    """
    meaning = [DEFINITION, model, image, frame, method, dict(parameters or {})]
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()


class MapCache:
    """Named groups of arrays in a folder; the least recently used go when it is full.

    Any number of threads and processes may share a folder: an entry appears whole or not at all.
    """

    def __init__(self, folder: Path, limit: int = LIMIT) -> None:
        """Keep entries in ``folder``, which is made with the first one, up to ``limit`` bytes."""
        self._folder = folder
        self._limit = limit
        self._size: int | None = None
        self._lock = threading.Lock()

    def get(self, name: str) -> dict[str, NDArray[Any]] | None:
        """Return the arrays of an entry, bit for bit as they were put; None where none is."""
        path = self._path(name)
        try:
            content = path.read_bytes()
        except OSError:
            return None
        arrays = _unpacked(content)
        with suppress(OSError):
            if arrays is None:
                path.unlink()
            else:
                os.utime(path)  # used now: it goes last
        return arrays

    def put(self, name: str, arrays: Mapping[str, NDArray[Any]]) -> bool:
        """Keep arrays under a name; return whether that was possible."""
        content = _packed(arrays)
        path = self._path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(_PARTIAL, dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(partial).replace(path)
            except OSError:
                Path(partial).unlink(missing_ok=True)
                raise
        except OSError:
            return False
        with self._lock:
            self._size = None if self._size is None else self._size + len(content)
            if self._size is None or self._size > self._limit:
                self._make_room()
        return True

    def size(self) -> int:
        """Return the bytes that all entries take together."""
        return sum(size for _, size, _ in self._entries())

    def clear(self) -> None:
        """Remove every entry."""
        with self._lock:
            for path, _, _ in self._entries():
                with suppress(OSError):
                    path.unlink()
            self._size = None

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}{_SUFFIX}"

    def _entries(self) -> list[tuple[Path, int, int]]:
        """Return path, bytes and time of last use of each entry, and of what a crash left."""
        found = []
        for suffix in (_SUFFIX, _PARTIAL):
            for path in self._folder.glob(f"??/*{suffix}"):
                if path.is_symlink() or path.parent.is_symlink():
                    continue  # What it leads to is not the cache's.
                with suppress(OSError):  # Another process may have removed it.
                    status = path.stat()
                    found.append((path, status.st_size, status.st_mtime_ns))
        return found

    def _make_room(self) -> None:
        """Remove what was used longest ago, if there is too much; other processes add as well."""
        entries = sorted(self._entries(), key=lambda entry: entry[2])
        total = sum(size for _, size, _ in entries)
        if total > self._limit:
            for path, size, _ in entries:
                if total <= _KEPT_SHARE * self._limit:
                    break
                with suppress(OSError):
                    path.unlink()
                    total -= size
        self._size = total


def _packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Return arrays as a checksum and an uncompressed npz."""
    content = io.BytesIO()
    # No option of numpy: an older one would keep it as one more array.
    plain = {name: _plain(array) for name, array in arrays.items()}
    np.savez(content, **plain)  # type: ignore[arg-type]
    raw = content.getvalue()
    return hashlib.sha256(raw).digest() + raw


def _unpacked(content: bytes) -> dict[str, NDArray[Any]] | None:
    """Return the arrays of an entry; None where it is not what was written."""
    digest, raw = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if hashlib.sha256(raw).digest() != digest:
        return None
    source = io.BytesIO(raw)
    try:
        with np.load(source, allow_pickle=False) as arrays:
            return dict(arrays.items())
    except (OSError, ValueError, EOFError, AttributeError, TypeError, zipfile.BadZipFile):
        return None  # Whoever wrote it, this was not written here.


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    found = np.asarray(array)
    if found.dtype.hasobject:
        raise ValueError("arrays: expected numbers, got objects")
    return found
