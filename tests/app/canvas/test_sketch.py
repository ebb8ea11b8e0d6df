"""What is painted of a shape in work beside its outline: a caption and the place it snaps to."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform

from app.canvas.layers import View
from app.canvas.marks import Mark, MarksLayer, Sketch
from softcam_core.annotations.shapes import Shape

VIEW = View(QTransform(), QSize(300, 200), 1.0)


def ink(layer, mouse=None):
    image = QImage(VIEW.size, QImage.Format.Format_RGB888)
    image.fill(QColor(90, 90, 90))
    painter = QPainter(image)
    layer.paint(painter, VIEW, QFont(), mouse)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(200, image.bytesPerLine())
    return (rows[:, :900].reshape(200, 300, 3) != 90).any(axis=2)


@pytest.mark.parametrize(("x", "y"), [(60, 60), (295, 195), (5, 195), (295, 5)])
def test_a_caption_stands_beside_the_mouse_and_inside_the_pane(qapp, x, y):
    layer = MarksLayer()
    layer.set_sketch(Sketch(caption="12.5 mm"))
    assert not ink(layer).any()
    painted = ink(layer, QPointF(x, y))
    rows, columns = np.nonzero(painted)
    assert rows.size > 100
    assert not painted[max(y - 8, 0) : y + 8, max(x - 8, 0) : x + 8].any()
    assert rows.min() > 0
    assert rows.max() < 199
    assert columns.min() > 0
    assert columns.max() < 299


def test_a_ring_shows_where_a_corner_snaps_to(qapp):
    layer = MarksLayer()
    layer.set_sketch(Sketch(snap=(100, 80)))
    rows, columns = np.nonzero(ink(layer))
    assert rows.mean() == pytest.approx(80, abs=1)
    assert columns.mean() == pytest.approx(100, abs=1)


def test_several_selected_shapes_stand_out_without_handles(qapp):
    marks = [Mark(n, Shape("box", [[40 + 90 * n, 50], [90 + 90 * n, 120]])) for n in (0, 1)]
    layer = MarksLayer()
    layer.set_marks(marks, ())
    plain = ink(layer).sum()
    layer.set_marks(marks, {0, 1})
    both = ink(layer)
    assert both.sum() > plain
    layer.set_marks(marks, {0})
    alone = ink(layer)
    # The middle of a side has a handle only while the shape is selected alone.
    assert alone[82:88, 37].all()
    assert not both[82:88, 36].any()
