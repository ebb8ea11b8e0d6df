"""How long the window takes for a frame while somebody drags, measured by real paint events."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.canvas.pane import ImagePane
from app.canvas.pyramid import Pyramid
from app.canvas.viewport import Viewport
from app.state import Overlay
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.read import StoredImage
from softcam_core.imaging.window import Window

SIDE = 3000
FRAMES = 40
ROUNDS = 3
FRAME_MS = 1000 / 60

pytestmark = pytest.mark.benchmark


class PaintCounter(QObject):
    """Counts the paint events that arrive, so that an idle frame cannot pass for a quick one."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


class Desk:
    """Two linked panes in a window of 1600 x 900, with a map and some shapes in each."""

    def __init__(self, image: StoredImage) -> None:
        self.viewport = Viewport()
        self.window = QWidget()
        row = QHBoxLayout(self.window)
        self.panes = [ImagePane(self.viewport, f"pane{n}", self.window) for n in range(2)]
        rng = np.random.default_rng(0)
        values = rng.normal(0, 1, (32, 32)).astype(np.float32)
        corners = rng.uniform(0, SIDE - 200, (20, 2))
        shapes = [
            SimpleNamespace(id=n, label="HE", shape=Shape("box", [at, at + 150]))
            for n, at in enumerate(corners)
        ]
        self.paints = PaintCounter()
        Pyramid.of(image)
        for pane in self.panes:
            row.addWidget(pane)
            pane.canvas.installEventFilter(self.paints)
            pane.set_image(image)
            pane.set_overlay(values, Region(0, 0, SIDE, SIDE), 3, "logit")
            pane.set_shapes(shapes, {"HE": "#99ff00"}, [3])
        self.window.resize(1600, 900)
        self.window.show()

    def frame(self) -> None:
        """Paint both panes now; the second one is due, so that the window paints it along."""
        self.panes[0].canvas.repaint()

    def measure(self, change: Callable[[int], None]) -> tuple[float, float]:
        """Return median and 95th percentile (ms) of a change and the frame after it.

        The best of some rounds: what else the machine does at the moment is not the question.
        """
        return min(self._round(change) for _ in range(ROUNDS))

    def _round(self, change: Callable[[int], None]) -> tuple[float, float]:
        times = []
        self.frame()
        before = self.paints.count
        for number in range(FRAMES):
            start = time.perf_counter()
            change(number)
            self.frame()
            times.append((time.perf_counter() - start) * 1000)
        assert self.paints.count - before == 2 * FRAMES
        return median(times), quantiles(times, n=20)[-1]


@pytest.fixture(params=["grey16", "colour8"])
def desk(request: pytest.FixtureRequest, qtbot: Any) -> Iterator[Desk]:
    rng = np.random.default_rng(1)
    if request.param == "grey16":
        pixels = rng.integers(0, 4095, (SIDE, SIDE)).astype(np.uint16)
        image = StoredImage(pixels, (0, 65535), Window(0, 4095), None, "DICOM")
    else:
        pixels = rng.integers(0, 255, (SIDE, SIDE, 3)).astype(np.uint8)
        image = StoredImage(pixels, (0, 255), None, None, "PNG")
    desk = Desk(image)
    qtbot.waitExposed(desk.window)
    qtbot.wait(100)
    yield desk
    desk.window.close()
    desk.window.deleteLater()


@pytest.mark.parametrize("smooth", [True, False], ids=["smooth", "cells"])
def test_an_opacity_drag_paints_within_a_frame(desk: Desk, smooth: bool) -> None:
    def change(number: int) -> None:
        for pane in desk.panes:
            pane.set_overlay_settings(Overlay(opacity=(number % 50 + 1) / 50, smooth=smooth))

    middle, high = desk.measure(change)
    print(f"opacity, two panes of {SIDE} px: median {middle:.1f} ms, 95 % {high:.1f} ms")
    assert middle <= FRAME_MS


@pytest.mark.parametrize("zoom", [1.0, 8.0], ids=["fit", "near"])
def test_panning_paints_within_a_frame(desk: Desk, zoom: float) -> None:
    desk.viewport.zoom(zoom)
    middle, high = desk.measure(lambda n: desk.viewport.pan(3 if n % 20 < 10 else -3, 2))
    print(f"pan at {zoom:g} x fit: median {middle:.1f} ms, 95 % {high:.1f} ms")
    assert middle <= FRAME_MS


def test_zooming_paints_within_a_frame(desk: Desk) -> None:
    middle, high = desk.measure(
        lambda n: desk.viewport.zoom_at((700, 900), 1.25 if n % 16 < 8 else 0.8)
    )
    print(f"zoom: median {middle:.1f} ms, 95 % {high:.1f} ms")
    assert middle <= FRAME_MS


@pytest.mark.parametrize("zoom", [1.0, 8.0], ids=["fit", "near"])
def test_a_window_drag_paints_within_two_frames(desk: Desk, zoom: float) -> None:
    desk.viewport.zoom(zoom)

    def change(number: int) -> None:
        for pane in desk.panes:
            pane.set_window(Window(0, 3000 + number))

    middle, high = desk.measure(change)
    print(f"window at {zoom:g} x fit: median {middle:.1f} ms, 95 % {high:.1f} ms")
    assert middle <= 2 * FRAME_MS
