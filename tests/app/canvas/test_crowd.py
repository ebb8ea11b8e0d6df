"""Many shapes at once look like the same shapes stroked one by one."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform

from app.canvas import crowd
from app.canvas.layers import View
from app.canvas.marks import Mark, MarksLayer
from softcam_core.annotations.shapes import Shape

SIDE = 400


def marks(count, kind="mixed"):
    rng = np.random.default_rng(3)
    made = []
    for n in range(count):
        x, y = rng.uniform(20, SIDE - 20, 2)
        disc = np.hypot(*np.mgrid[-9:10, -9:10]) < 9
        shapes = {
            "box": Shape("box", [[x, y], [x + 12, y + 9]]),
            "ellipse": Shape("ellipse", [[x, y], [9, 6]], 30),
            "mask": Shape("mask", [[x // 1, y // 1], [x // 1 + 19, y // 1 + 19]], mask=disc),
            "point": Shape("point", [[x, y]]),
            "length": Shape("length", [[x, y], [x + 15, y + 4]]),
        }
        name = kind if kind != "mixed" else list(shapes)[n % len(shapes)]
        made.append(Mark(n, shapes[name], "MA", "#ff8000"))
    return made


def picture(layer, view):
    image = QImage(view.size * view.ratio, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(view.ratio)
    image.fill(QColor(90, 90, 90))
    painter = QPainter(image)
    layer.paint(painter, view, QFont())
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


@pytest.mark.parametrize("kind", ["mixed", "mask", "point"])
@pytest.mark.parametrize(("scale", "ratio"), [(1.0, 1.0), (2.0, 1.0), (0.5, 2.0), (0.3, 1.0)])
def test_a_crowd_lies_where_single_strokes_lie(qapp, monkeypatch, kind, scale, ratio):
    view = View(QTransform.fromScale(scale, scale), QSize(SIDE, SIDE), ratio)
    shown = marks(100, kind)
    pictures = []
    monkeypatch.setattr("app.canvas.marks.MOST_TAGS", 0)
    for few in (10, 1000):
        monkeypatch.setattr("app.canvas.marks.FEW", few)
        layer = MarksLayer()
        layer.set_marks(shown, ())
        pictures.append(picture(layer, view))
    ink = [np.abs(p - 90).max(axis=2) > 60 for p in pictures]
    import cv2

    near = np.ones((5, 5), np.uint8)
    for one, other in (ink, ink[::-1]):
        reach = cv2.dilate(other.astype(np.uint8), near).astype(bool)
        assert (one & ~reach).mean() < 0.002
    assert 0.6 < ink[0].sum() / ink[1].sum() < 1.6


def test_selected_shapes_stand_out_of_a_crowd_and_hidden_ones_are_not_there(qapp):
    from app.canvas.marks import Sketch

    view = View(QTransform(), QSize(SIDE, SIDE), 1.0)
    layer = MarksLayer()
    shown = marks(100, "box")
    layer.set_marks(shown, ())
    before = picture(layer, view)
    layer.set_marks(shown, {7})
    selected = picture(layer, view)
    x0, y0, x1, y1 = map(round, shown[7].shape.bounds)
    changed = np.abs(selected - before).max(axis=2) > 0
    assert changed[y0 - 3 : y1 + 3, x0 - 3 : x1 + 3].any()
    layer.set_marks(shown, ())
    layer.set_sketch(Sketch(replaces=7))
    alone = MarksLayer()
    alone.set_marks([m for m in shown if m.id != 7], ())
    assert np.array_equal(picture(layer, view), picture(alone, view))


def test_linked_panes_draw_a_crowd_once_and_an_edit_draws_it_anew(qapp, monkeypatch):
    drawn = []
    draw = crowd.draw_crowd
    monkeypatch.setattr(crowd, "draw_crowd", lambda *a: drawn.append(1) or draw(*a))
    view = View(QTransform(), QSize(SIDE, SIDE), 1.0)
    shown = marks(100)
    layers = [MarksLayer(), MarksLayer()]
    for layer in layers:
        layer.set_marks(shown, ())
        picture(layer, view)
    assert len(drawn) == 1
    moved = [Mark(0, shown[0].shape.moved(3, 3), "MA", "#ff8000"), *shown[1:]]
    for layer in layers:
        layer.set_marks(moved, ())
        picture(layer, view)
    assert len(drawn) == 2


def test_bounds_are_found_by_the_rectangle_they_touch():
    outlines = crowd.outlines_of([m.shape for m in marks(50, "box")])
    bounds = crowd.bounds_of(outlines)
    reach = QRectF(100, 100, 120, 80)
    expected = [reach.intersects(QRectF(a, b, c - a, d - b)) for a, b, c, d in bounds.tolist()]
    assert crowd.touching(bounds, reach).tolist() == expected
    assert crowd.touching(crowd.bounds_of([]), reach).tolist() == []
