"""Every style draws what it says where it says it: on a map whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPixmap, QTransform

from app.canvas.contours import LEVELS, Contours, iso_path, levels, path_through, signed_lines
from app.canvas.evidence import EvidenceLayer
from app.canvas.layers import View
from app.canvas.look import ClassMaps, Look
from softcam_core.imaging.colormap import PAIRS
from softcam_core.imaging.geometry import Region

REGION = Region(10, 20, 110, 70)
UP, DOWN = PAIRS["grey"][0][1], PAIRS["grey"][1][1]
RED, BLUE = (255, 0, 0), (0, 0, 255)


def view(scale: float = 4.0, size: int = 480, ratio: float = 1.0) -> View:
    return View(QTransform.fromScale(scale, scale), QSize(size, size), ratio)


def pixels(pixmap: QPixmap | None) -> np.ndarray:
    """(H, W, 4) RGBA, not premultiplied."""
    assert pixmap is not None
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8)
    return rows.reshape(image.height(), image.width(), 4).copy()


def layer(values: np.ndarray, look: Look, limit: float = 1.0) -> EvidenceLayer:
    made = EvidenceLayer()
    made.set_map(values.astype(np.float32), REGION, limit)
    made.set_look(look)
    return made


def ramp() -> np.ndarray:
    """Values from -1 on the left to +1 on the right, so that a level is one upright line."""
    return np.linspace(-1, 1, 41)[None].repeat(20, axis=0)


def column_of(value: float) -> float:
    """The image column where `ramp` has a value."""
    return REGION.x0 + ((value + 1) / 2 * 40 + 0.5) / 41 * REGION.width


def near(rgba: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    apart = np.abs(rgba[..., :3].astype(int) - colour).max(axis=-1)
    return (apart < 40) & (rgba[..., 3] > 200)


# Contours


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_line_lies_where_the_map_reaches_the_threshold(qapp, share):
    seen = pixels(layer(ramp(), Look(style="contour", threshold=share)).pixmap(view()))
    for value, colour in ((share, UP), (-share, DOWN)):
        columns = np.nonzero(near(seen, colour).any(axis=0))[0] / 4
        thick = columns[np.abs(columns - column_of(value)) < 3]
        assert thick.mean() == pytest.approx(column_of(value), abs=0.6)


def test_lines_for_the_class_are_solid_and_those_against_it_dashed(qapp):
    seen = pixels(layer(ramp(), Look(style="contour", threshold=0.5)).pixmap(view()))
    rows = slice(20 * 4 + 8, 70 * 4 - 8)
    up, down = (round(column_of(value) * 4) for value in (0.5, -0.5))
    solid = near(seen, UP)[rows, up - 1 : up + 2].any(axis=1)
    dashed = near(seen, DOWN)[rows, down - 1 : down + 2].any(axis=1)
    assert solid.all()
    assert 0.3 < dashed.mean() < 0.8


def test_a_line_has_a_casing_that_shows_it_on_its_own_colour(qapp):
    seen = pixels(layer(ramp(), Look(style="contour", threshold=0.5)).pixmap(view()))
    row = seen[45 * 4, : round(column_of(0.62) * 4)]
    at = round(column_of(0.5) * 4)
    beside = row[at - 5 : at + 6]
    assert (beside[:, 3] > 100).sum() >= 4
    assert beside[(beside[:, 3] > 60), :3].max(axis=1).min() < 60


def test_further_levels_lie_above_the_threshold_alone():
    assert [level for level, _ in levels(0.4)] == [0.4, 0.5, 0.75]
    assert [level for level, _ in levels(0.74)] == [0.74]
    assert [level for level, _ in levels(0.0)] == [0.01, *LEVELS]


def test_lines_stay_as_thin_at_any_zoom(qapp):
    made = layer(ramp(), Look(style="contour", threshold=0.8))
    widths = []
    for scale in (2.0, 40.0):
        middle = column_of(0.8)
        where = View(
            QTransform(scale, 0, 0, scale, 240 - middle * scale, 240 - 45 * scale),
            QSize(480, 480),
            1.0,
        )
        row = pixels(made.pixmap(where))[240, 200:280]
        widths.append(int((row[:, 3] > 100).sum()))
    assert widths[0] == widths[1] <= 6


def test_lines_are_as_wide_on_a_screen_of_double_density(qapp):
    made = layer(ramp(), Look(style="contour", threshold=0.8))
    once, twice = (
        (pixels(made.pixmap(view(ratio=ratio)))[round(45 * 4 * ratio), :, 3] > 100).sum()
        for ratio in (1.0, 2.0)
    )
    assert twice == pytest.approx(2 * once, abs=4)


def test_an_empty_map_has_no_lines(qapp):
    for style in ("contour", "threshold", "patches"):
        assert layer(np.zeros((7, 7)), Look(style=style)).pixmap(view()) is None


def test_lines_are_made_once_and_drawn_once_for_a_view(qapp, monkeypatch):
    made = layer(ramp(), Look(style="contour"))
    first = made.pixmap(view())
    monkeypatch.setattr("app.canvas.evidence.signed_lines", None)
    assert made.pixmap(view()) is first
    assert made.pixmap(view(5.0)) is not first
    made.set_map(made.values, REGION, 1.0)
    made.set_look(Look(style="contour"))
    made.pixmap(view())


def test_a_map_finer_than_lines_can_show_is_averaged_first(qapp):
    noise = np.random.default_rng(0).normal(0, 1, (448, 448)).astype(np.float32)
    made = Contours(signed_lines(noise, REGION, 3.0, 0.5, (UP, DOWN)))
    assert made.empty


def test_an_area_is_closed_along_the_border(qapp):
    path = iso_path(np.ones((4, 4), np.float32), REGION, 0.5, area=True)
    assert path.boundingRect().getRect() == pytest.approx((10, 20, 100, 50), abs=0.01)
    assert path.contains(QPointF(11, 21))


def test_a_path_has_its_lines_apart(qapp):
    lines = [np.array([[0.0, 0], [10, 0]]), np.array([[0.0, 5], [10, 5], [10, 9]])]
    path = path_through(lines)
    assert path.elementCount() == 5
    assert [path.elementAt(i).isMoveTo() for i in range(5)] == [True, False, True, False, False]
    assert path_through([]).isEmpty()


def test_lines_fade_later_than_a_veil(qapp):
    line, veil = (layer(ramp(), Look(style=style)) for style in ("contour", "blend"))
    for opacity in (0.0, 1.0):
        assert line.strength(opacity) == veil.strength(opacity) == opacity
    assert line.strength(0.5) > veil.strength(0.5) == 0.5


# Threshold


@pytest.mark.parametrize("smooth", [True, False])
def test_a_threshold_shows_evenly_what_reaches_it(qapp, smooth):
    seen = pixels(
        layer(ramp(), Look(style="threshold", threshold=0.5, smooth=smooth)).pixmap(view())
    )
    row = seen[45 * 4]
    at = np.arange(480) / 4
    inside, outside = column_of(0.5) + 1.5, column_of(0.5) - 1.5
    within = (at > inside) & (at < 109)
    assert near(row[within], UP).all()
    assert not row[(at > column_of(-0.5) + 1.5) & (at < outside), 3].any()
    assert near(row[(at > 11) & (at < column_of(-0.5) - 1.5)], DOWN).all()


@pytest.mark.parametrize("style", ["blend", "contour", "threshold"])
def test_positive_only_leaves_out_what_speaks_against(qapp, style):
    both, positive = (
        pixels(layer(ramp(), Look(style=style, positive=only)).pixmap(view()))
        for only in (False, True)
    )
    left = np.s_[:, : round(column_of(-0.1) * 4)]
    right = np.s_[:, round(column_of(0.1) * 4) :]
    assert both[left][..., 3].any()
    assert not positive[left][..., 3].any()
    assert np.array_equal(both[right], positive[right])


# Patches


def test_the_highest_patches_are_outlined_where_the_model_saw_them(qapp):
    values = np.zeros((2, 3))
    values[0, 2], values[1, 0] = 2, 1
    made = layer(values, Look(style="patches", top_k=2))
    made.set_input_size((66, 99))
    first, second = made._make(made.values).places
    assert first.getRect() == pytest.approx((10 + 200 / 3, 20, 100 / 3, 25))
    assert second.getRect() == pytest.approx((10, 45, 100 / 3, 25))
    seen = near(pixels(made.pixmap(view())), UP)
    top = seen[20 * 4 - 2 : 20 * 4 + 3].any(axis=0)
    assert top[90 * 4]
    assert not top[: 74 * 4].any()


def test_patches_are_as_many_as_asked_and_positive(qapp):
    values = np.random.default_rng(0).normal(0, 1, (8, 8))
    made = layer(values, Look(style="patches", top_k=3))
    made.set_input_size((264, 264))
    assert len(made._make(made.values).places) == 3
    made.set_look(Look(style="patches", top_k=99))
    places = made._make(made.values).places
    assert 0 < len(places) < 64


# Several classes


def classes(winner: bool, opacities: tuple[float, float] = (1.0, 1.0)) -> ClassMaps:
    maps = np.zeros((2, 1, 4), np.float32)
    maps[0, 0] = [1, 1, 0, 0]
    maps[1, 0] = [0, 0.5, 0.5, -1]
    return ClassMaps(maps, (RED, BLUE), ("a", "b"), opacities, winner)


def seen_of(which: ClassMaps, style: str = "blend") -> np.ndarray:
    """The four cells, as they are painted."""
    made = layer(np.zeros((1, 4)), Look(smooth=False, style=style))
    made.set_classes(which)
    return pixels(made.pixmap(view()))[45 * 4, [22 * 4, 47 * 4, 72 * 4, 97 * 4]].astype(int)


def test_each_class_has_its_hue_and_they_mix(qapp):
    first, both, second, none = seen_of(classes(winner=False))
    assert first.tolist() == [*RED, 255]
    assert both[0] > both[2] > 0
    assert second[:3].tolist() == list(BLUE)
    assert second[3] == 128
    assert none[3] == 0


def test_the_winner_takes_the_cell(qapp):
    first, both, second, none = seen_of(classes(winner=True))
    assert first.tolist() == both.tolist() == [*RED, 255]
    assert second[3] == 128
    assert none[3] == 0


def test_a_class_has_an_opacity_of_its_own(qapp):
    first, _, second, _ = seen_of(classes(winner=False, opacities=(0.5, 1.0)))
    assert first[3] == second[3] == 128


def test_contours_of_classes_are_in_their_hues(qapp):
    made = layer(np.zeros((1, 4)), Look(style="contour", threshold=0.4))
    made.set_classes(classes(winner=False))
    seen = pixels(made.pixmap(view()))
    assert near(seen, RED).any()
    assert near(seen, BLUE).any()


def test_the_same_classes_again_are_not_drawn_again(qapp):
    made = layer(np.zeros((1, 4)), Look())
    made.set_classes(classes(winner=False))
    first = made.pixmap(view())
    made.set_classes(classes(winner=False))
    assert made.pixmap(view()) is first
    made.set_classes(classes(winner=True))
    assert made.pixmap(view()) is not first


def test_the_value_under_the_cursor_is_the_maps_whatever_the_style(qapp):
    for style in ("contour", "threshold", "patches"):
        assert layer(ramp(), Look(style=style)).value_at(10.1, 30) == -1


def test_a_region_that_is_turned_has_its_patches_turned(qapp):
    made = layer(np.array([[0.0, 1.0]]), Look(style="patches", top_k=1))
    made.set_input_size((33, 66))
    turned = View(QTransform(0, 4, -4, 0, 480, 0), QSize(480, 480), 1.0)
    ys, xs = np.nonzero(near(pixels(made.pixmap(turned)), UP))
    place = turned.transform.mapRect(QRectF(60, 20, 50, 50))
    assert (xs.min(), ys.min()) == pytest.approx((place.left(), place.top()), abs=2)
    assert (xs.max(), ys.max()) == pytest.approx((place.right(), place.bottom()), abs=2)
