"""Decodes images in threads: the one in view first, its neighbours next, the last ones kept."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.state import Preview
from softcam_core.errors import ImageError
from softcam_core.paths import file_stamp

if TYPE_CHECKING:
    from softcam_core.imaging.read import StoredImage

PREVIEW_SIDE = 1024
PREVIEW_FROM_PIXELS = 3_000_000
MEMORY = 512 * 1024 * 1024
Key = tuple[Path, int]


class Images(QObject):
    """Decoded images by (path, frame).

    Signals carry the key they belong to; what is no longer wanted is dropped before it is decoded.
    """

    loaded = Signal(object, object)  # key, StoredImage
    previewed = Signal(object, object)  # key, Preview
    failed = Signal(object, str)  # key, one sentence
    _dropped = Signal(object)

    def __init__(self, parent: QObject | None = None, memory: int = MEMORY) -> None:
        """Keep up to ``memory`` bytes of pixels."""
        super().__init__(parent)
        self._memory = memory
        self._kept: OrderedDict[Key, StoredImage] = OrderedDict()
        self._stamps: dict[Key, tuple[int, int] | None] = {}
        self._wanted: frozenset[Key] = frozenset()
        self._under_way: set[Key] = set()
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="images")
        self.loaded.connect(self._keep)
        self.failed.connect(self._forget)
        self._dropped.connect(self._drop)

    def get(self, key: Key) -> StoredImage | None:
        """Return an image that is decoded already."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def stamp(self, key: Key) -> tuple[int, int] | None:
        """Return the stamp that the file of a kept image had when it was read."""
        return self._stamps.get(key)

    def forget(self, key: Key) -> None:
        """Drop an image, so that it is read anew when next wanted."""
        self._kept.pop(key, None)
        self._stamps.pop(key, None)

    def want(self, key: Key, neighbours: list[Key]) -> None:
        """Decode an image now, a quick preview of it beside, and then its neighbours."""
        self._wanted = frozenset([key, *neighbours])
        missing = [k for k in (key, *neighbours) if k not in self._kept]
        for number, each in enumerate(k for k in missing if k not in self._under_way):
            self._under_way.add(each)
            self._pool.submit(self._decode, each)
            if number == 0 and each == key:
                self._pool.submit(self._preview, each)

    def clear(self) -> None:
        """Forget all images, for another study."""
        self._kept.clear()
        self._stamps.clear()
        self._wanted = frozenset()

    def shutdown(self) -> None:
        """Finish what is being decoded and start nothing more."""
        self._wanted = frozenset()
        self._dropped.disconnect(self._drop)
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _decode(self, key: Key) -> None:
        from softcam_core.imaging.read import read_image

        if key not in self._wanted:
            self._dropped.emit(key)
            return
        try:
            # Before it is read: a change meanwhile is one that came later.
            stamp = file_stamp(key[0])
            image = read_image(*key)
            # The pane scales with it: loaded here, the window's thread never waits for it.
            import_module("cv2")
            self._stamps[key] = stamp
            self.loaded.emit(key, image)
        except ImageError as error:
            self.failed.emit(key, str(error))
        except Exception as error:
            text = self.tr("{0} cannot be read ({1}).")
            self.failed.emit(key, text.format(key[0].name, type(error).__name__))

    def _preview(self, key: Key) -> None:
        from softcam_core.imaging.read import image_size, read_preview

        if key not in self._wanted or key[1]:
            return
        # Whatever is wrong with the file, decoding it says so.
        with contextlib.suppress(Exception):
            size = image_size(key[0])
            if size[0] * size[1] >= PREVIEW_FROM_PIXELS:
                self.previewed.emit(key, Preview(read_preview(key[0], PREVIEW_SIDE), size))

    def _keep(self, key: Key, image: StoredImage) -> None:
        self._under_way.discard(key)
        self._kept[key] = image
        total = sum(kept.pixels.nbytes for kept in self._kept.values())
        while total > self._memory and len(self._kept) > 1:
            gone, dropped = self._kept.popitem(last=False)
            self._stamps.pop(gone, None)
            total -= dropped.pixels.nbytes

    def _drop(self, key: Key) -> None:
        if key in self._wanted:  # It was asked for again meanwhile.
            self._pool.submit(self._decode, key)
        else:
            self._under_way.discard(key)

    def _forget(self, key: Key, _: str) -> None:
        self._under_way.discard(key)
