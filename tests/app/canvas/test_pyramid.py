from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from app.canvas.pyramid import SMALLEST, Pyramid, halved, to_qimage
from softcam_core.imaging.window import Window


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32])
@pytest.mark.parametrize("shape", [(1000, 700), (999, 701, 3), (3, 2000)])
def test_levels_halve_down_to_a_small_one_and_keep_the_mean(dtype, shape):
    pixels = np.random.default_rng(0).integers(0, 200, shape).astype(dtype)
    levels = halved(pixels)
    assert max(levels[-1].shape[:2]) <= SMALLEST
    for large, small in pairwise(levels):
        assert small.shape[:2] == tuple((n + 1) // 2 for n in large.shape[:2])
        assert small.dtype == dtype
        assert small.mean() == pytest.approx(pixels.mean(), abs=1)


def test_the_level_has_at_least_one_pixel_for_each_on_screen(stored):
    pyramid = Pyramid(stored(np.zeros((1024, 2048), np.uint8)))
    assert pyramid.level_for(1.0) == 0
    assert pyramid.level_for(0.51) == 0
    assert pyramid.level_for(0.5) == 1
    assert pyramid.level_for(0.2) == 2
    assert pyramid.level_for(8.0) == 0


def test_panes_with_the_same_image_share_one_pyramid(stored):
    image = stored(np.zeros((10, 10), np.uint8))
    first = Pyramid.of(image)
    assert Pyramid.of(image) is first
    assert Pyramid.held(image) is first
    del first
    assert Pyramid.held(image) is None


def test_a_picture_is_kept_while_its_part_and_window_are_wanted(stored):
    pyramid = Pyramid(stored(np.arange(512 * 512, dtype=np.uint16).reshape(512, 512)))
    window = Window(0, 1000)
    first = pyramid.picture(0, QRectF(100, 100, 200, 200), window)
    assert pyramid.picture(0, QRectF(110, 110, 200, 200), window) is first
    assert pyramid.picture(0, QRectF(110, 110, 200, 200), Window(0, 999)) is not first
    assert pyramid.picture(0, QRectF(300, 300, 200, 200), window) is not first


def test_a_picture_holds_the_pixels_of_its_area(stored):
    pixels = np.random.default_rng(1).integers(0, 255, (300, 400, 3)).astype(np.uint8)
    picture = Pyramid(stored(pixels)).picture(0, QRectF(50, 60, 100, 80), Window(0, 255))
    area = picture.area.toRect()
    assert picture.area.contains(QRectF(50, 60, 100, 80))
    for x, y in ((50, 60), (149, 139)):
        colour = picture.image.pixelColor(x - area.left(), y - area.top())
        assert (colour.red(), colour.green(), colour.blue()) == tuple(pixels[y, x])


def test_grey_saved_as_rgb_is_grey(stored):
    grey = np.random.default_rng(2).integers(0, 255, (64, 64)).astype(np.uint8)
    assert not Pyramid(stored(np.dstack([grey] * 3))).coloured
    assert not Pyramid(stored(grey)).coloured
    assert Pyramid(stored(np.dstack([grey, grey // 2, grey // 4]))).coloured


def test_rgba_keeps_its_colour_where_it_is_not_transparent():
    image = to_qimage(np.array([[[200, 100, 50, 255], [1, 2, 3, 0]]], np.uint8))
    assert image.pixelColor(0, 0).getRgb() == (200, 100, 50, 255)
    assert image.pixelColor(1, 0).alpha() == 0
