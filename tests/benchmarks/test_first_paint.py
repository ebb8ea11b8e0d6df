"""From opening a large photograph to its paint, beside a plain Pillow decode and QImage show.

pytest -m benchmark -s tests/benchmarks/test_first_paint.py
"""

import statistics
import time
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.canvas.canvas import Canvas
from app.main_window import MainWindow
from app.settings import Settings

RUNS = 7
ALLOWED = 1.5

pytestmark = pytest.mark.benchmark


class Plain(QWidget):
    """Shows one picture, scaled into the widget, and knows when it has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap: QPixmap | None = None
        self.painted = False

    def show_file(self, path: Path) -> None:
        with Image.open(path) as opened:
            pixels = opened.convert("RGB")
        raw = pixels.tobytes()
        image = QImage(raw, *pixels.size, 3 * pixels.width, QImage.Format.Format_RGB888)
        self.pixmap = QPixmap.fromImage(image)
        self.painted = False
        self.update()

    def paintEvent(self, event) -> None:
        if self.pixmap is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self.pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawPixmap(0, 0, size.width(), size.height(), self.pixmap)
            painter.end()
            self.painted = True


@pytest.fixture
def paints(monkeypatch) -> list[float]:
    """When a canvas painted an image, or its preview."""
    times: list[float] = []
    paint = Canvas.paintEvent

    def watched(canvas: Canvas, event) -> None:
        paint(canvas, event)
        if not canvas.image.empty:
            times.append(time.perf_counter())

    monkeypatch.setattr(Canvas, "paintEvent", watched)
    return times


def until(ready) -> float:
    start = time.perf_counter()
    while not ready():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        assert time.perf_counter() - start < 30, "nothing was painted"
    return time.perf_counter()


def test_first_paint_of_a_fundus_photograph(qapp, shared_data, paints):
    photographs = sorted((shared_data / "fundus_idrid" / "images").glob("*.jpg"))
    window, plain = MainWindow(Settings()), Plain()
    window.jobs.start = lambda: None  # no model: only the image is measured
    for widget in (window, plain):
        widget.resize(1440, 900)
        widget.show()
    ours, whole, theirs = [], [], []
    for path in photographs[: RUNS + 1]:
        start = time.perf_counter()
        window.controller.open_paths([path])
        paints.clear()
        until(lambda: bool(paints))
        ours.append(paints[0] - start)
        whole.append(until(lambda: window.state.painted) - start)
        until(lambda: window.state.case is not None)
        start = time.perf_counter()
        plain.show_file(path)
        theirs.append(until(lambda: plain.painted) - start)
    window.close()
    plain.close()
    ratios = [a / b for a, b in zip(ours[1:], theirs[1:], strict=True)]
    complete = [a / b for a, b in zip(whole[1:], theirs[1:], strict=True)]
    print(
        f"\nfirst paint {1000 * statistics.median(ours[1:]):.0f} ms "
        f"(ratio {statistics.median(ratios):.2f}), "
        f"all pixels {1000 * statistics.median(whole[1:]):.0f} ms "
        f"(ratio {statistics.median(complete):.2f}), "
        f"plain Pillow and QImage {1000 * statistics.median(theirs[1:]):.0f} ms; "
        f"medians of {len(ratios)}"
    )
    assert statistics.median(ratios) <= ALLOWED
