import numpy as np
import pytest
from PySide6.QtCore import Qt

from softcam_core.imaging.read import StoredImage

WIDTH, HEIGHT = 400, 300

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def wand(hand):
    """A bright square and a slightly less bright one beside it, both on dark ground."""
    pixels = np.full((HEIGHT, WIDTH), 40, np.uint8)
    pixels[100:130, 100:116] = 200
    pixels[100:130, 116:130] = 170
    pixels[200:220, 200:220] = 200
    image = StoredImage(pixels, (0, 255), None, None, "PNG")
    hand.state.image = image
    hand.pane.set_image(image)
    hand.pane.viewport.look_at((WIDTH / 2, HEIGHT / 2), 2.0)
    hand.state.set_tool("wand")
    return hand


@pytest.fixture
def mask(hand, study):
    def mask():
        (record,) = study.annotations(hand.state.case.id)
        return record.shape.full_mask((HEIGHT, WIDTH))

    return mask


def square(x0, y0, x1, y1, inset):
    out = np.zeros((HEIGHT, WIDTH), bool)
    out[y0 + inset : y1 - inset, x0 + inset : x1 - inset] = True
    return out


def lies_between(mask, inner, outer):
    assert not (inner & ~mask).any()
    assert not (mask & ~outer).any()


def test_a_click_takes_what_is_alike_and_hangs_together(wand, mask, annotator):
    wand.click(108, 110)
    lies_between(mask(), square(100, 100, 116, 130, 3), square(100, 100, 116, 130, -1))
    assert annotator.steps.stack.count() == 1
    annotator.steps.undo()
    assert annotator.records() == []


def test_a_drag_to_the_right_takes_more(wand, mask, qtbot):
    wand.press(108, 110)
    wand.move(108 + 60, 110)
    qtbot.wait(40)
    wand.release(108 + 60, 110)
    lies_between(mask(), square(100, 100, 130, 130, 3), square(100, 100, 130, 130, -1))


def test_the_preview_is_what_a_click_stores(wand, mask, qtbot):
    wand.move(108, 110)
    qtbot.wait(40)
    stroke = wand.tools.tools["wand"].stroke
    shown = stroke.pixels.astype(bool).copy()
    assert shown.any()
    wand.click(108, 110)
    assert np.array_equal(mask(), shown)
    assert not stroke.pixels.any()


def test_shift_adds_to_the_selected_mask(wand, mask):
    wand.click(108, 110)
    first = mask()
    wand.press(210, 210, SHIFT)
    wand.release(210, 210, SHIFT)
    assert not (first & ~mask()).any()
    assert mask()[210, 210]


def test_escape_gives_the_region_up(wand, annotator):
    wand.press(108, 110)
    wand.key(Qt.Key.Key_Escape)
    wand.release(108, 110)
    assert annotator.records() == []


def test_beside_the_image_nothing_is_taken(wand, annotator):
    wand.click(-5, 50)
    assert annotator.records() == []
