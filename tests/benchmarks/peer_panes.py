"""Eight linked views of pyqtgraph on the same large photograph, each with a map over it.

QT_SCALE_FACTOR=2 python tests/benchmarks/peer_panes.py FOLDER WIDTH HEIGHT

prints one JSON object as `eight_panes` does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import pyqtgraph
from eight_panes import Paints, Times, frames, photograph, rest
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

CELLS = 16
COUNT = 20
"""Fewer frames: some take a second."""


def measure(folder: Path, width: int, height: int) -> dict[str, Times]:
    """Return the milliseconds of each frame, by what is done."""
    pyqtgraph.setConfigOptions(imageAxisOrder="row-major")
    pixels = cv2.imread(str(photograph(folder / "photograph.jpg")))[..., ::-1]
    pixels = np.ascontiguousarray(pixels)
    window = QWidget()
    grid = QGridLayout(window)
    views, maps, canvases = [], [], []
    rng = np.random.default_rng(0)
    for number in range(8):
        view = pyqtgraph.GraphicsView(window)
        box = pyqtgraph.ViewBox(lockAspect=True, invertY=True)
        view.setCentralItem(box)
        box.addItem(pyqtgraph.ImageItem(pixels, autoDownsample=True))
        overlay = pyqtgraph.ImageItem(rng.normal(size=(CELLS, CELLS)), levels=(-3, 3))
        overlay.setColorMap(pyqtgraph.colormap.get("CET-D1"))
        overlay.setRect(0, 0, pixels.shape[1], pixels.shape[0])
        overlay.setOpacity(0.6)
        box.addItem(overlay)
        if views:
            box.setXLink(views[0])
            box.setYLink(views[0])
        views.append(box)
        maps.append(overlay)
        canvases.append(view.viewport())
        grid.addWidget(view, number // 4, number % 4)
    window.resize(width, height)
    window.show()
    rest(1500)
    paints = Paints(canvases)

    def opacity(number: int) -> None:
        for overlay in maps:
            overlay.setOpacity((10 + number) / 100)

    classes = [rng.normal(size=(CELLS, CELLS)) for _ in range(3)]

    def switch(number: int) -> None:
        for overlay in maps:
            overlay.setImage(classes[number % 3], autoLevels=False)

    found = {"opacity": frames(opacity, paints, COUNT), "class": frames(switch, paints, COUNT)}
    found["zoom"] = frames(
        lambda n: views[0].scaleBy((0.8, 0.8) if n % 16 < 8 else (1.25, 1.25)), paints, COUNT
    )
    pan = frames(lambda n: views[0].translateBy(x=9 if n % 20 < 10 else -9, y=3), paints, COUNT)
    views[0].scaleBy((0.17, 0.17))
    rest(200)
    near = frames(lambda n: views[0].translateBy(x=3 if n % 20 < 10 else -3, y=1), paints, COUNT)
    window.close()
    return found | {"pan at fit": pan, "pan near": near}


def main() -> None:
    """Measure as the command line says."""
    application = QApplication(["peer"])
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
    application.quit()


if __name__ == "__main__":
    main()
