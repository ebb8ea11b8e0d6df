"""Linked panes draw the image once for each size, however many they are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.canvas.layers import ImageLayer
from app.canvas.pane import ImagePane
from app.canvas.viewport import Viewport
from softcam_core.imaging.read import StoredImage


def test_panes_of_two_sizes_draw_two_pictures_for_a_frame(
    qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Any] = []
    draw = ImageLayer._draw

    def watched(layer: ImageLayer, view: Any) -> Any:
        drawn.append(view)
        return draw(layer, view)

    monkeypatch.setattr(ImageLayer, "_draw", watched)
    pixels = np.random.default_rng(0).integers(0, 255, (60, 80), np.uint8)
    image, viewport = StoredImage(pixels, (0, 255), None, None, "PNG"), Viewport()
    panes = []
    for number in range(6):
        pane = ImagePane(viewport, f"pane{number}")
        qtbot.addWidget(pane)
        pane.resize(300 + number % 2, 260)
        pane.set_image(image)
        pane.show()
        panes.append(pane)
    qtbot.wait(50)
    for _ in range(3):
        drawn.clear()
        viewport.zoom(1.25)
        qtbot.wait(30)
        assert len(drawn) == 2
    views = [pane.canvas.view() for pane in panes]
    for pane, view in zip(panes, views, strict=True):
        shown = pane.canvas.image.pixmap(view).toImage()
        assert shown == ImageLayer._draw(pane.canvas.image, view).toImage()
