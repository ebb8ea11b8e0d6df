"""A pane on screen, and looks at what it painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.canvas.pane import ImagePane
from app.canvas.pyramid import Pyramid
from softcam_core.imaging.read import StoredImage


@pytest.fixture
def stored() -> Callable[[NDArray[Any]], StoredImage]:
    """Return pixels as an image that was read from a file."""
    return _stored


def _stored(pixels: NDArray[Any]) -> StoredImage:
    return StoredImage(pixels, (0.0, float(np.iinfo(pixels.dtype).max)), None, None, "PNG")


@pytest.fixture
def painted() -> Callable[[QWidget], NDArray[np.uint8]]:
    """Return what a widget paints, (H, W, 3) in device pixels."""
    return _painted


def _painted(widget: QWidget) -> NDArray[np.uint8]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    height, width = image.height(), image.width()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return rows[:, : width * 3].reshape(height, width, 3).copy()


@pytest.fixture
def pane(qtbot: Any) -> ImagePane:
    pane = ImagePane()
    qtbot.addWidget(pane)
    pane.resize(640, 560)
    pane.show()
    return pane


@pytest.fixture
def show(qtbot: Any, pane: ImagePane) -> Callable[[NDArray[Any]], StoredImage]:
    """Put pixels into the pane and wait until they are painted."""

    def show(pixels: NDArray[Any]) -> StoredImage:
        image = _stored(pixels)
        Pyramid.of(image)
        with qtbot.waitSignal(pane.painted):
            pane.set_image(image)
        return image

    return show
