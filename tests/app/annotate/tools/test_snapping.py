"""Corners snap to edges of the image."""

import time
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.annotate.tools.snapping import nearest_edge

ALT = Qt.KeyboardModifier.AltModifier


def noise(height, width, sigma=4.0):
    return np.random.default_rng(1).normal(100, sigma, (height, width))


def stepped(x=60.0, contrast=60.0):
    pixels = noise(100, 120)
    pixels[:, int(x) :] += contrast
    return pixels.clip(0, 255).astype(np.uint8)


def test_a_place_goes_to_the_edge_between_two_pixels():
    x, y = nearest_edge(stepped(60), (56.0, 50.0), 8.0)
    assert x == pytest.approx(60, abs=0.6)
    assert abs(y - 50) <= 7


def test_an_even_or_noisy_ground_has_no_edge():
    assert nearest_edge(np.full((50, 50), 7, np.uint8), (20, 20), 8.0) is None
    assert nearest_edge(noise(100, 100).astype(np.float32), (50, 50), 8.0) is None


def test_an_edge_out_of_reach_draws_nothing():
    assert nearest_edge(stepped(60), (40.0, 50.0), 8.0) is None


def test_colour_and_the_rim_of_the_image():
    pixels = np.repeat(stepped(60)[..., None], 3, axis=2)
    assert nearest_edge(pixels, (62.0, 1.0), 6.0)[0] == pytest.approx(60, abs=0.6)
    assert nearest_edge(pixels[:, :62], (61.9, 99.9), 6.0)[0] == pytest.approx(60, abs=0.6)
    assert nearest_edge(np.zeros((2, 2), np.uint8), (1, 1), 5.0) is None


def test_a_disc_is_met_on_its_rim():
    y, x = np.mgrid[:200, :200] + 0.5
    disc = (60 + 120 * (np.hypot(x - 100, y - 100) < 40)).astype(np.int16)
    for turn in np.linspace(0, 2 * np.pi, 24):
        way = np.array([np.cos(turn), np.sin(turn)])
        place = nearest_edge(disc, tuple(100 + 43 * way), 7.0)
        assert np.hypot(*(np.array(place) - 100)) == pytest.approx(40, abs=1.0)


def test_a_large_photograph_is_no_slower():
    pixels = np.random.default_rng(0).integers(0, 255, (2848, 4288, 3), np.uint8)
    times = []
    for n in range(20):
        start = time.perf_counter()
        nearest_edge(pixels, (1000 + n, 900), 48.0)
        times.append(time.perf_counter() - start)
    assert np.median(times) < 0.005


@pytest.fixture
def edge(hand):
    pixels = np.full((300, 400), 50, np.uint8)
    pixels[:, 200:] = 150
    hand.state.image = replace(hand.state.image, pixels=pixels)
    hand.state.set_snap(True)
    hand.state.set_tool("polygon")
    return hand


def test_corners_snap_where_it_is_on_and_alt_suspends_it(edge, points):
    edge.click(198, 100)
    edge.click(202, 200)
    edge.click(150, 150)
    edge.click(203, 80, ALT)
    edge.key(Qt.Key.Key_Return)
    (corners,) = points()
    assert [x for x, _ in corners] == pytest.approx([200, 200, 150, 203], abs=0.6)
    # An edge that runs straight draws sideways alone.
    assert [y for _, y in corners] == pytest.approx([100, 200, 150, 80], abs=0.6)
    edge.state.set_snap(False)
    edge.click(203, 250)
    edge.click(250, 250)
    edge.click(250, 280)
    edge.key(Qt.Key.Key_Return)
    assert points()[1][0][0] == pytest.approx(203, abs=0.51)


def test_the_place_is_shown_before_the_click(edge, qtbot):
    edge.move(198, 100)
    qtbot.wait(40)
    assert edge.pane.canvas.marks.sketch.snap == pytest.approx((200, 100), abs=0.6)
    edge.move(100, 100)
    qtbot.wait(40)
    sketch = edge.pane.canvas.marks.sketch
    assert sketch is None or sketch.snap is None


def test_lengths_snap_as_well(edge, points):
    edge.state.set_tool("length")
    edge.drag((198, 100), (150, 100), (100, 100))
    assert points()[0][0][0] == pytest.approx(200, abs=0.6)
