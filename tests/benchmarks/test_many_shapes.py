"""Two thousand shapes on one photograph: how long a frame and a click take.

pytest -m benchmark -s tests/benchmarks/test_many_shapes.py
"""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from app.state import PaneContent

sys.path.insert(0, str(Path(__file__).parent))
import crowded

COUNT = 2000
FRAMES = 40
FRAME_MS = 1000 / 60
SELECT_MS = 50

pytestmark = pytest.mark.benchmark


@pytest.fixture(params=[1, 2], ids=["one pane", "two panes"])
def window(request, tmp_path, qtbot):
    window = crowded.open_window(crowded.crowded_study(tmp_path, COUNT), qtbot)
    window.state.set_panes([PaneContent("")] * request.param)
    qtbot.wait(1000)
    return window


@pytest.fixture
def paints(window):
    counter = crowded.PaintCounter()
    for pane in window.grid.panes:
        pane.canvas.installEventFilter(counter)
    return counter


@pytest.mark.parametrize("zoom", [1.0, 3.0], ids=["fit", "near"])
def test_a_pan_is_painted_within_a_frame(window, paints, zoom):
    viewport = window.grid.panes[0].viewport
    viewport.zoom(zoom)
    crowded.settle()
    before = paints.count
    times = crowded.timed(lambda n: viewport.pan(5 if n % 20 < 10 else -5, 3), FRAMES)
    assert paints.count - before >= FRAMES * len(window.grid.panes)
    middle, _ = crowded.told(f"pan at {zoom:g} x fit, {len(window.grid.panes)} panes", times)
    assert middle <= 2 * FRAME_MS


def test_a_zoom_is_painted_within_a_frame(window, paints):
    viewport = window.grid.panes[0].viewport
    before = paints.count
    times = crowded.timed(
        lambda n: viewport.zoom_at((2100, 1500), 1.25 if n % 16 < 8 else 0.8), FRAMES
    )
    assert paints.count - before >= FRAMES * len(window.grid.panes)
    middle, _ = crowded.told(f"zoom, {len(window.grid.panes)} panes", times)
    assert middle <= 2 * FRAME_MS


def test_a_click_selects_and_is_painted(window, paints):
    window.state.set_tool("select")
    canvas = window.grid.canvas(0)
    drafts = window.annotator.records()
    places = []
    for draft in drafts[:: COUNT // 40]:
        x0, y0, _, y1 = draft.shape.bounds
        places.append(canvas.to_screen(x0, (y0 + y1) / 2).toPoint())
    chosen = []

    def click(n: int) -> None:
        crowded.mouse(window, QEvent.Type.MouseButtonPress, places[n])
        crowded.mouse(window, QEvent.Type.MouseButtonRelease, places[n])
        chosen.append(window.state.selected)

    times = crowded.timed(click, len(places))
    assert len(set(chosen) - {None}) > len(places) / 2
    middle, _ = crowded.told(f"select, {len(window.grid.panes)} panes", times)
    assert middle <= 2 * SELECT_MS


def test_the_mouse_over_the_shapes_costs_little(window):
    window.state.set_tool("select")
    canvas = window.grid.canvas(0)
    plain = Qt.KeyboardModifier.NoModifier

    def move(n: int) -> None:
        canvas.tool.hover(canvas.pointer(QPointF(20 + 7 * n, 40 + 5 * n), plain))

    middle, _ = crowded.told("hover", crowded.timed(move, FRAMES))
    assert middle <= FRAME_MS


def test_a_graphics_view_as_the_peer(tmp_path, qtbot):
    """The same shapes as 2,000 QGraphicsPathItems with the same pens, for the ratio."""
    scene = QGraphicsScene()
    pixmap = QPixmap(str(crowded.photograph(tmp_path / "photograph.jpg")))
    scene.addPixmap(pixmap)
    for shape in crowded.lesions(COUNT):
        for line in shape.outline():
            for colour, width in ((QColor(0, 0, 0, 150), 4), (QColor("#e69f00"), 2)):
                pen = QPen(colour, width)
                pen.setCosmetic(True)
                scene.addPolygon(QPolygonF([QPointF(x, y) for x, y in line.tolist()]), pen)
    view = QGraphicsView(scene)
    qtbot.addWidget(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(1100, 800)
    view.show()
    view.fitInView(scene.sceneRect(), Qt.AspectRatioMode.KeepAspectRatio)
    crowded.settle()

    def pan(n: int) -> None:
        view.scale(1.02 if n % 8 < 4 else 1 / 1.02, 1.02 if n % 8 < 4 else 1 / 1.02)
        view.viewport().repaint()

    crowded.told("peer, zoom", crowded.timed(pan, 8))
