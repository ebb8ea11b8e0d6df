"""Patches against whole masks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softcam_core.agreement.measures import dice_of, surface
from softcam_core.agreement.patches import Layer, Patch, parts_of, patch_of
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.shapes import Shape

SIZE = (24, 32)
# Halves and quarters: moving a shape by whole pixels is exact then.
number = st.integers(-20, 160).map(lambda n: n / 4)
place = st.tuples(number, number)


@st.composite
def shapes(draw):
    kind = draw(st.sampled_from(["box", "ellipse", "polygon", "point", "mask"]))
    if kind == "mask":
        bits = draw(arrays(bool, SIZE).filter(lambda m: m.any()))
        return Shape("mask", mask=bits)
    if kind == "ellipse":
        radius = st.integers(0, 40).map(lambda n: n / 4)
        points = [draw(place), draw(st.tuples(radius, radius))]
        return Shape(kind, points, draw(st.sampled_from([0.0, 90.0])))
    count = {"box": 2, "point": 1}.get(kind) or draw(st.integers(3, 6))
    return Shape(kind, draw(st.lists(place, min_size=count, max_size=count)))


def full(patches):
    out = np.zeros(SIZE, bool)
    for patch in patches:
        x0, y0, x1, y1 = patch.box
        out[y0:y1, x0:x1] |= patch.mask
    return out


@st.composite
def some_patches(draw):
    found = []
    for _ in range(draw(st.integers(0, 5))):
        bits = draw(arrays(bool, (draw(st.integers(1, 6)), draw(st.integers(1, 6)))))
        if bits.any():
            found.append(Patch(draw(st.integers(0, 26)), draw(st.integers(0, 18)), bits))
    return found


@settings(deadline=None)
@given(shape=shapes())
def test_a_patch_holds_the_pixels_of_the_shape_on_the_image(shape):
    whole = rasterize(shape, SIZE, 3.0)
    patch = patch_of(shape, SIZE, 3.0)
    assert (patch is None) == (not whole.any())
    if patch is not None:
        assert np.array_equal(full([patch]), whole)
        assert patch.area == whole.sum()


@settings(deadline=None)
@given(a=some_patches(), b=some_patches())
def test_a_layer_is_the_union(a, b):
    first, second = Layer(a), Layer(b)
    one, two = full(a), full(b)
    assert first.area == one.sum()
    assert first.common(second) == second.common(first) == (one & two).sum()
    assert sorted(map(tuple, first.surface.tolist())) == sorted(map(tuple, surface(one).tolist()))
    assert dice_of(first.area, second.area, first.common(second)) == pytest.approx(
        2 * (one & two).sum() / (one.sum() + two.sum()) if one.any() or two.any() else np.nan,
        nan_ok=True,
    )


@pytest.mark.parametrize(("x", "y"), [(9, 5), (3, 5), (6, 8), (6, 2)])
@pytest.mark.parametrize("turned", [False, True])
def test_patches_that_touch_have_no_edge_between_them(x, y, turned):
    patches = [Patch(6, 5, np.ones((3, 3), bool)), Patch(x, y, np.ones((3, 3), bool))]
    layer = Layer(patches[::-1] if turned else patches)
    assert len(layer.blocks) == 1
    assert len(layer.surface) == len(surface(full(patches))) == 14


@settings(deadline=None)
@given(bits=arrays(bool, (8, 9)).filter(lambda m: m.any()))
def test_parts_hang_together_and_make_the_whole(bits):
    parts = parts_of(Patch(4, 3, bits))
    assert np.array_equal(full(parts), full([Patch(4, 3, bits)]))
    assert sum(part.area for part in parts) == bits.sum()
    for number, part in enumerate(parts):
        grown = np.zeros((SIZE[0] + 2, SIZE[1] + 2), bool)
        y, x = np.nonzero(full([part]))
        for dy in range(3):
            for dx in range(3):
                grown[y + dy, x + dx] = True
        others = full([p for n, p in enumerate(parts) if n != number])
        assert not (grown[1:-1, 1:-1] & others).any()


def test_pixels_that_touch_at_a_corner_are_one_part():
    assert len(parts_of(Patch(0, 0, np.eye(4, dtype=bool)))) == 1
    assert len(parts_of(Patch(0, 0, np.array([[True, False, True]])))) == 2
