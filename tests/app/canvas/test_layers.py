import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSize, QSizeF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform

from app.canvas.evidence import EvidenceLayer
from app.canvas.layers import ImageLayer, View
from app.canvas.look import Look
from app.canvas.marks import Mark, MarksLayer
from app.canvas.painting import paint_shape
from app.canvas.pyramid import Pyramid
from app.canvas.viewport import Viewport
from softcam_core.annotations.shapes import Shape
from softcam_core.imaging.geometry import Region, model_region
from softcam_core.imaging.upsample import upsample
from softcam_core.imaging.window import Window


def view(scale: float, dx: float = 0, dy: float = 0, size: int = 400, ratio: float = 1) -> View:
    return View(QTransform(scale, 0, 0, scale, dx, dy), QSize(size, size), ratio)


def alpha(layer: EvidenceLayer, where: View) -> np.ndarray:
    pixmap = layer.pixmap(where)
    assert pixmap is not None
    image = pixmap.toImage()
    rows = np.frombuffer(image.constBits(), np.uint8)
    return rows.reshape(image.height(), -1)[:, 3 : image.width() * 4 : 4]


def filled(mask: np.ndarray) -> tuple[int, int, int, int]:
    ys, xs = np.nonzero(mask)
    return xs.min(), ys.min(), xs.max() + 1, ys.max() + 1


@pytest.mark.parametrize("geometry", ["squash", "crop", "pad"])
@pytest.mark.parametrize("size", [(61, 47), (48, 63), (50, 50)])
@pytest.mark.parametrize("scale", [1.0, 5.0, 40.0])
def test_a_native_cell_lies_where_the_model_saw_it_to_half_an_image_pixel(
    qapp, geometry, size, scale
):
    region = model_region(*size, geometry, (64, 64))
    for row, column in ((0, 0), (3, 2), (6, 6)):
        values = np.zeros((7, 7), np.float32)
        values[row, column] = 1
        layer = EvidenceLayer()
        layer.set_map(values, region, 1)
        layer.set_look(Look("grey", smooth=False))
        (x0, y0), (x1, y1) = region.from_grid([(column, row), (column + 1, row + 1)], (7, 7))
        # Look so that the cell's top left corner is 20 screen pixels inside the pane.
        where = view(scale, 20 - x0 * scale, 20 - y0 * scale)
        left, top, right, bottom = filled(alpha(layer, where) > 0)
        half = max(scale / 2, 1)
        assert (left, top) == pytest.approx((20, 20), abs=half)
        right_end, bottom_end = 20 + (x1 - x0) * scale, 20 + (y1 - y0) * scale
        assert right == pytest.approx(min(right_end, 400), abs=half)
        assert bottom == pytest.approx(min(bottom_end, 400), abs=half)


def test_native_cells_have_crisp_edges_and_one_colour(qapp):
    layer = EvidenceLayer()
    layer.set_map(np.array([[0.0, 1.0], [0.5, 0.0]], np.float32), Region(0, 0, 20, 20), 1)
    layer.set_look(Look("grey", smooth=False))
    seen = alpha(layer, view(10.3, size=260))
    assert set(np.unique(seen)) == {0, 128, 255}


def test_cells_of_a_fine_map_are_crisp_too(qapp):
    layer = EvidenceLayer()
    values = np.zeros((128, 128), np.float32)
    values[::2, ::2] = 1
    layer.set_map(values, Region(0, 0, 128, 128), 1)
    layer.set_look(Look("grey", smooth=False))
    seen = alpha(layer, view(3.0, size=384))
    assert set(np.unique(seen)) == {0, 255}
    assert filled(seen > 0) == (0, 0, 381, 381)


def test_native_cells_stay_exact_at_extreme_zoom(qapp):
    layer = EvidenceLayer()
    values = np.array([[1.0, 0.0]], np.float32)
    layer.set_map(values, Region(0, 0, 4288, 2848), 1)
    layer.set_look(Look("fundus", smooth=False))
    where = view(64.0, 200 - 2144 * 64.0, 200 - 1000 * 64.0)
    seen = alpha(layer, where)
    assert seen[:, :200].min() == 255
    assert seen[:, 200:].max() == 0


def test_a_smooth_map_peaks_in_the_middle_of_its_cell(qapp):
    layer = EvidenceLayer()
    values = np.zeros((5, 5), np.float32)
    values[1, 3] = 1
    layer.set_map(values, Region(10, 20, 110, 70), 1)
    seen = alpha(layer, view(4.0, size=480))
    y, x = (np.mean(np.nonzero(seen == seen.max()), axis=1) + 0.5) / 4
    assert (x, y) == pytest.approx((10 + 3.5 * 20, 20 + 1.5 * 10), abs=0.5)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.floats(-4, 4, width=32), min_size=12, max_size=12))
def test_smoothing_never_invents_evidence_of_the_other_sign(numbers):
    values = np.array(numbers, np.float32).reshape(3, 4)
    smooth = upsample(values, 96)
    assert smooth.shape == (72, 96)
    if values.min() >= 0:
        assert smooth.min() >= 0
    if values.max() <= 0:
        assert smooth.max() <= 0


def test_smoothing_meets_the_cells_in_their_middles():
    values = np.random.default_rng(0).uniform(0.1, 1, (4, 4)).astype(np.float32)
    smooth = upsample(values, 36)  # nine samples a cell: the fifth is its middle
    assert smooth[4::9, 4::9] == pytest.approx(values, abs=1e-4)


def test_smoothing_a_map_with_gaps_leaves_them_empty():
    values = np.full((2, 2), np.nan, np.float32)
    assert not upsample(values, 8).any()


@pytest.mark.parametrize("smooth", [True, False])
def test_a_map_of_zeros_paints_nothing(qapp, smooth):
    layer = EvidenceLayer()
    layer.set_map(np.zeros((7, 7), np.float32), Region(0, 0, 70, 70), 3)
    layer.set_look(Look("grey", smooth))
    assert layer.pixmap(view(3.0)) is None


def test_the_value_is_that_of_the_models_cell(qapp):
    layer = EvidenceLayer()
    layer.set_map(np.arange(6, dtype=np.float32).reshape(2, 3), Region(-3, 0, 30, 20), 1)
    assert layer.value_at(-2.9, 0.1) == 0
    assert layer.value_at(29.9, 19.9) == 5
    assert layer.value_at(8.01, 9.9) == 1
    assert layer.value_at(30.0, 5) is None
    assert layer.value_at(-3.1, 5) is None


def test_layers_are_drawn_once_for_a_view(qapp):
    layer = EvidenceLayer()
    layer.set_map(np.ones((2, 2), np.float32), Region(0, 0, 10, 10), 1)
    first = layer.pixmap(view(3.0))
    assert layer.pixmap(view(3.0)) is first
    assert layer.pixmap(view(3.1)) is not first


@pytest.mark.parametrize("kind", ["box", "polygon"])
def test_an_outline_is_drawn_where_it_is_at_extreme_zoom(qapp, kind):
    box = [[100, 100], [4000, 2000]]
    corners = [[100, 100], [4000, 100], [4000, 2000], [100, 2000]]
    marks = MarksLayer()
    points = box if kind == "box" else corners
    marks.set_marks([Mark(1, Shape(kind, points), "", "#00ff00")], ())
    image = QImage(400, 400, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    marks.paint(painter, view(64.0, 200 - 4000 * 64.0, 100 - 2000 * 64.0), QFont())
    painter.end()
    assert image.pixelColor(200, 50).green() > 200  # the right side
    assert image.pixelColor(100, 100).green() > 200  # the bottom
    assert image.pixelColor(100, 50).green() == 0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("flipped", [False, True])
def test_cells_turn_and_flip_with_the_image(qapp, turns, flipped):
    viewport = Viewport()
    viewport.set_view(1, (400, 400))
    viewport.show_image("a", (200, 100))
    viewport.rotate(turns)
    if flipped:
        viewport.flip()
    layer = EvidenceLayer()
    values = np.zeros((2, 4), np.float32)
    values[0, 3] = 1
    layer.set_map(values, Region(0, 0, 200, 100), 1)
    layer.set_look(Look("grey", smooth=False))
    seen = alpha(layer, View(viewport.transform(QSizeF(400, 400)), QSize(400, 400), 1)) > 0
    y, x = np.mean(np.nonzero(seen), axis=1) + 0.5
    assert viewport.to_image(QPointF(x, y), QSizeF(400, 400)) == pytest.approx((175, 25), abs=1)


def test_cells_are_as_sharp_on_a_screen_of_double_density(qapp):
    layer = EvidenceLayer()
    layer.set_map(np.array([[0, 1]], np.float32), Region(0, 0, 20, 20), 1)
    layer.set_look(Look("grey", smooth=False))
    seen = alpha(layer, view(10.0, size=300, ratio=2))
    assert seen.shape == (600, 600)
    assert filled(seen > 0) == (200, 0, 400, 400)


def test_linked_panes_draw_the_image_once(qapp, stored):
    pyramid = Pyramid(stored(np.zeros((50, 50), np.uint8)))
    first, second = ImageLayer(), ImageLayer()
    for layer in (first, second):
        layer.set_pyramid(pyramid, Window(0, 255))
    assert first.pixmap(view(2.0)).cacheKey() == second.pixmap(view(2.0)).cacheKey()
    second.set_window(Window(0, 100))
    assert first.pixmap(view(2.0)).cacheKey() != second.pixmap(view(2.0)).cacheKey()
    assert first.pixmap(view(3.0)).cacheKey() != second.pixmap(view(3.0)).cacheKey()


def test_shapes_look_the_same_painted_straight_away_and_from_the_kept_picture(qapp):
    marks = MarksLayer()
    marks.set_marks([Mark(1, Shape("box", [[20, 30], [60, 80]]), "HE", "#00ff00")], [1])
    pictures = []
    for _ in range(3):
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(0x808080)
        painter = QPainter(image)
        marks.paint(painter, view(1.5, size=200), QFont())
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).astype(int)
        pictures.append(rows)
    assert np.ptp(pictures[0]) > 100
    assert np.array_equal(pictures[1], pictures[2])
    assert np.abs(pictures[0] - pictures[1]).max() <= 3  # one rounding more


def test_many_shapes_show_no_tags_but_the_selected_one(qapp):
    def tagged(count, selected):
        marks = MarksLayer()
        chosen = () if selected is None else [selected]
        shapes = [Shape("box", [[-50, -50], [300, 60 + i]]) for i in range(count)]
        marks.set_marks([Mark(i, s, "HE", "#00ff00") for i, s in enumerate(shapes)], chosen)
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        marks.paint(painter, view(1.0, 60, 100, size=200), QFont())
        painter.end()
        return image.pixelColor(14, 38).lightness() < 128  # on the dark plate above the corner

    assert tagged(40, None)
    assert not tagged(41, None)
    assert tagged(41, 7)


def test_the_tag_of_scattered_parts_lies_at_the_largest(qapp):
    patch = np.zeros((100, 100), bool)
    patch[2:5, 2:5] = patch[60:90, 50:90] = True
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    place = paint_shape(
        painter,
        Shape("mask", mask=patch),
        QTransform(),
        QColor("red"),
        selected=False,
        handles=False,
    )
    painter.end()
    assert (place.x(), place.y(), place.width(), place.height()) == (50, 60, 40, 30)
