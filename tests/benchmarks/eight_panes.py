"""The program's own window on one large photograph, seen through eight panes at once.

Run as a program of its own, as the scale of a screen is fixed before Qt starts:

QT_SCALE_FACTOR=2 python tests/benchmarks/eight_panes.py FOLDER WIDTH HEIGHT

prints one JSON object: kind of change -> of each frame, milliseconds on the wall and of the
window's thread on a processor.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSlider, QWidget

SIDE = 3000
FRAMES = 60
PANES = ("evidence", "cam", "gradcam", "gradcam++", "xgradcam", "layercam", "gradcam", "")
HAND_MS = 17
"""A hand's events come no faster than frames; the canvas takes one move of each frame."""


class Paints(QObject):
    """Knows which of the widgets that it watches have been painted since `clear`."""

    def __init__(self, watched: list[QWidget]) -> None:
        """Watch some widgets."""
        super().__init__()
        self._watched = watched
        self._painted: set[QObject] = set()
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of paints, and let everything pass."""
        if event.type() == QEvent.Type.Paint:
            self._painted.add(watched)
        return False

    def clear(self) -> None:
        """Begin a frame."""
        self._painted.clear()

    @property
    def all(self) -> bool:
        """Whether every one of them has been painted."""
        return len(self._painted) == len(self._watched)


def process() -> None:
    """Let happen what is due."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def rest(milliseconds: float = HAND_MS) -> None:
    """Let time pass in the event loop."""
    end = time.perf_counter() + milliseconds / 1000
    while time.perf_counter() < end:
        process()


Times = list[tuple[float, float]]
"""Milliseconds of each frame: on the wall, and of the window's thread on a processor."""


def frames(change: Callable[[int], object], paints: Paints, count: int = FRAMES) -> Times:
    """Return the milliseconds from each change until all panes have painted it."""
    times = []
    for number in range(-5, count):  # The first ones warm up.
        rest()
        paints.clear()
        start, worked = time.perf_counter(), time.thread_time()
        change(number % count)
        while not paints.all:
            process()
            if time.perf_counter() - start > 5:
                raise SystemExit(f"change {number} did not reach every pane")
        if number >= 0:
            wall, processor = time.perf_counter() - start, time.thread_time() - worked
            times.append((wall * 1000, processor * 1000))
    return times


def photograph(path: Path) -> Path:
    """Write a smooth picture with some grain, (3000, 3000, 3)."""
    rng = np.random.default_rng(1)
    coarse = rng.integers(40, 200, (20, 20, 3), np.uint8)
    pixels = cv2.resize(coarse, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    pixels = cv2.add(pixels, rng.integers(0, 12, pixels.shape, np.uint8))
    cv2.imwrite(str(path), pixels, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return path


def move(canvas: QWidget, kind: QEvent.Type, at: QPointF, button: bool = False) -> None:
    """Send a move, a press or a release of the middle button, which pans while it is held."""
    none, middle = Qt.MouseButton.NoButton, Qt.MouseButton.MiddleButton
    moves = kind == QEvent.Type.MouseMove
    held = middle if button else none
    there = canvas.mapToGlobal(at)
    keys = Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, there, none if moves else middle, held, keys)
    QApplication.sendEvent(canvas, event)


def turn(canvas: QWidget, at: QPointF, notches: int) -> None:
    """Turn the wheel over an image."""
    QApplication.sendEvent(
        canvas,
        QWheelEvent(
            at,
            canvas.mapToGlobal(at),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )


def measure(folder: Path, width: int, height: int) -> dict[str, Times]:
    """Return the milliseconds of each frame, by what the hand does."""
    from app.main_window import MainWindow
    from app.settings import Settings
    from app.state import PaneContent
    from softcam_core.demo import demo_models

    window = MainWindow(Settings())
    state = window.state
    models = {path.stem: path for path in demo_models()}
    for name in ("fundus-sparse", "fundus-black-box"):
        window.open_model(models[name])
    window.resize(width, height)
    window.show()
    window.open_paths([photograph(folder / "photograph.jpg")])
    until(lambda: len(state.models) == 2 and window.controller.settled())
    sparse = state.models[0].id
    state.set_panes(
        [PaneContent(m, sparse if n == 6 else "") for n, m in enumerate(PANES)],
    )
    rest(100)
    until(window.controller.settled)
    rest(2500)  # What is computed behind the view has ended.
    canvases = [pane.canvas for pane in window.grid.panes]
    assert len(canvases) == 8
    assert (window.width(), window.height()) == (width, height)
    maps = [pane.canvas.evidence.values is not None for pane in window.grid.panes]
    assert maps == [bool(method) for method in PANES], maps
    every = Paints(canvases)
    with_maps = Paints(canvases[:-1])
    first = canvases[0]
    middle = QPointF(first.width() / 2 + 7, first.height() / 2 - 5)
    slider = window.findChild(QSlider, "opacitySlider")
    found = {"opacity": frames(lambda n: slider.setValue(10 + n), with_maps)}
    names = state.models[0].spec.classes
    found["class"] = frames(lambda n: state.set_class(names[n % len(names)]), with_maps)

    def wheel(number: int) -> None:
        turn(first, middle, 1 if number % 16 < 8 else -1)

    found["zoom"] = frames(wheel, every)
    for style in ("contour", "threshold", "patches"):
        state.set_overlay(style=style)
        rest(300)
        found[f"zoom, {style}"] = frames(wheel, every)
    state.set_overlay(style="blend", classes="several")
    rest(300)
    found["zoom, several classes"] = frames(wheel, every)
    found["opacity, several classes"] = frames(lambda n: slider.setValue(10 + n), with_maps)
    state.set_overlay(classes="one", smooth=False)
    rest(300)
    found["zoom, cells"] = frames(wheel, every)
    state.set_overlay(smooth=True)
    others = Paints(canvases[1:])
    found["cursor"] = frames(
        lambda n: move(first, QEvent.Type.MouseMove, middle + QPointF(n % 40, n % 24)), others
    )
    for name, notches in (("pan at fit", 0), ("pan near", 8)):
        window.grid.fit()
        turn(first, middle, notches)
        rest(200)
        move(first, QEvent.Type.MouseButtonPress, middle, button=True)

        def pan(number: int) -> None:
            way = number % 20
            step = 3 * min(way, 20 - way)
            at = middle + QPointF(step, 2 * step + 1)
            move(first, QEvent.Type.MouseMove, at, button=True)

        found[name] = frames(pan, every)
        move(first, QEvent.Type.MouseButtonRelease, middle)
    window.close()
    return found


def until(ready: Callable[[], bool], seconds: float = 90) -> None:
    """Run the event loop until something is so."""
    end = time.perf_counter() + seconds
    while not ready():
        rest(5)
        if time.perf_counter() > end:
            raise SystemExit("the window did not settle")


def main() -> None:
    """Measure as the command line says."""
    application = QApplication(["softcam-viewer"])
    found = measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(found))
    application.quit()


if __name__ == "__main__":
    main()
