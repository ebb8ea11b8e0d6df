"""Thumbnails made behind the window, only for rows that are in view."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from app.state import Case
from softcam_core.errors import ImageError

THUMBNAIL_SIDE = 56
_KEPT = 2000


def to_image(pixels: np.ndarray) -> QImage:
    """Return 8-bit pixels (h, w) or (h, w, 3) as an image that owns its memory."""
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    grey = pixels.ndim == 2
    form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    return QImage(pixels.data, width, height, pixels.strides[0], form).copy()


class _Signals(QObject):
    made = Signal(int, QImage)
    failed = Signal(int, str)


class _Task(QRunnable):
    def __init__(self, case: int, path: Path, side: int, signals: _Signals) -> None:
        super().__init__()
        self.case, self.path, self.side, self.signals = case, path, side, signals

    def run(self) -> None:
        from softcam_core.imaging.read import read_preview

        try:
            image = to_image(read_preview(self.path, self.side))
        except ImageError as error:
            self.signals.failed.emit(self.case, str(error))
            return
        self.signals.made.emit(self.case, image)


class Thumbnails(QObject):
    """Makes thumbnails of the cases asked for last, one at a time, and forgets the oldest."""

    made = Signal(int, QImage)
    failed = Signal(int, str)
    dropped = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with an empty queue."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._signals = _Signals()
        self._signals.made.connect(self._on_made)
        self._signals.failed.connect(self._on_failed)
        self._wanted: OrderedDict[int, Path] = OrderedDict()
        self._known: OrderedDict[int, None] = OrderedDict()
        self._running: int | None = None
        self._scale = 1.0

    def request(self, cases: list[Case], scale: float = 1.0) -> None:
        """Make these next, in this order; what was asked for before and is not made is dropped."""
        self._scale = scale
        self._wanted = OrderedDict(
            (case.id, case.path) for case in cases if case.id not in self._known
        )
        self._next()

    def clear(self) -> None:
        """Forget everything, for another study."""
        self._wanted.clear()
        self._known.clear()

    def stop(self) -> None:
        """Finish the thumbnail in hand and make no more."""
        self._wanted.clear()
        self._pool.waitForDone()

    def _next(self) -> None:
        if self._running is not None or not self._wanted:
            return
        case, path = self._wanted.popitem(last=False)
        self._running = case
        side = round(THUMBNAIL_SIDE * self._scale)
        self._pool.start(_Task(case, path, side, self._signals))

    def _on_made(self, case: int, image: QImage) -> None:
        self._remember(case)
        self.made.emit(case, image)
        self._next()

    def _on_failed(self, case: int, sentence: str) -> None:
        self._remember(case)
        self.failed.emit(case, sentence)
        self._next()

    def _remember(self, case: int) -> None:
        self._running = None
        self._known[case] = None
        while len(self._known) > _KEPT:
            oldest, _ = self._known.popitem(last=False)
            self.dropped.emit(oldest)
