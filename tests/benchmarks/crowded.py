"""A window on one large photograph with many shapes, for the benchmarks of drawing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.main_window import MainWindow
from app.settings import Settings
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study

SIZE = (4288, 2848)
LABELS = ("MA", "HE", "EX", "SE")


def lesions(count: int, seed: int = 0) -> list[Shape]:
    """Return polygons, ellipses, masks and boxes as large as lesions of the retina are."""
    rng = np.random.default_rng(seed)
    shapes = []
    for n in range(count):
        radius = float(np.clip(rng.lognormal(2.9, 0.6), 5, 120))
        x, y = rng.uniform(radius + 1, np.array(SIZE) - radius - 1)
        turn = np.linspace(0, 2 * np.pi, 33)[:-1]
        waves = sum(rng.normal(0, 0.12 / k) * np.sin(k * turn + rng.uniform(0, 6)) for k in (2, 3))
        outline = np.stack([np.cos(turn), np.sin(turn)], 1) * (radius * (1 + waves))[:, None]
        outline += (x, y)
        kind = n % 4
        if kind == 0:
            shapes.append(Shape("polygon", outline))
        elif kind == 1:
            shapes.append(Shape("ellipse", [[x, y], [radius, radius * 0.7]], rng.uniform(0, 180)))
        elif kind == 2:
            corner = np.floor(outline.min(axis=0)).astype(int)
            extent = np.ceil(outline.max(axis=0)).astype(int) - corner + 1
            patch = np.zeros((extent[1], extent[0]), np.uint8)
            cv2.fillPoly(patch, [np.rint(outline - corner).astype(np.int32)], 1)
            shapes.append(Shape("mask", [corner, corner + extent], mask=patch))
        else:
            shapes.append(Shape("box", [outline.min(axis=0), outline.max(axis=0)]))
    return shapes


def photograph(path: Path) -> Path:
    """Write a smooth picture with some grain, (2848, 4288, 3)."""
    rng = np.random.default_rng(1)
    coarse = rng.integers(40, 200, (18, 27, 3), np.uint8)
    pixels = cv2.resize(coarse, SIZE, interpolation=cv2.INTER_CUBIC)
    pixels = cv2.add(pixels, rng.integers(0, 12, pixels.shape, np.uint8))
    cv2.imwrite(str(path), pixels, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return path


def crowded_study(folder: Path, count: int) -> Path:
    """Write a study of one photograph with ``count`` shapes of the first reader."""
    path = folder / "crowded.softcam"
    with Study.open(path) as study:
        case = study.add_case(photograph(folder / "photograph.jpg"))
        with study.batch("Many", "reader-1"):
            for n, shape in enumerate(lesions(count)):
                study.add_annotation(
                    case,
                    shape.kind,
                    shape.points,
                    LABELS[n % len(LABELS)],
                    "reader-1",
                    angle=shape.angle,
                    mask=shape.mask,
                )
    return path


def open_window(study: Path, qtbot: Any) -> MainWindow:
    """Return the program's window on a study, painted."""
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda w: w.close())
    window.resize(1600, 1000)
    window.show()
    window.open_study(study)
    qtbot.waitUntil(lambda: window.state.painted, timeout=60_000)
    qtbot.wait(1500)
    return window


class PaintCounter(QObject):
    """Counts the paint events that arrive, so that an idle frame cannot pass for a quick one."""

    def __init__(self) -> None:
        """Start at none."""
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Count, and let pass."""
        self.count += event.type() == QEvent.Type.Paint
        return False


def settle() -> None:
    """Let everything happen that is due, paints included."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def mouse(window: MainWindow, kind: QEvent.Type, at: QPoint) -> None:
    """Send a mouse event of the left button to the first pane."""
    canvas = window.grid.canvas(0)
    none = Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = none if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    there = canvas.mapToGlobal(at).toPointF()
    modifiers = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QMouseEvent(kind, at.toPointF(), there, button, held, modifiers))


def timed(change: Callable[[int], object], count: int) -> list[float]:
    """Return the milliseconds of each change with all that follows from it at once."""
    times = []
    for number in range(count):
        start = time.perf_counter()
        change(number)
        settle()
        times.append((time.perf_counter() - start) * 1000)
    return times


def told(name: str, times: list[float]) -> tuple[float, float]:
    """Print and return the median and the 95th percentile."""
    middle, high = median(times), quantiles(times, n=20)[-1]
    print(f"{name}: median {middle:.1f} ms, 95 % {high:.1f} ms, worst {max(times):.1f} ms")
    return middle, high
