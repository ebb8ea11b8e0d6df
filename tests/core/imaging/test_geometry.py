"""From image pixels to what a model sees, and back, to half a pixel at the corners.

The oracles know nothing of `Region`: images whose values say where their pixels lie, and bright
markers whose centre of mass is looked for in the model's input.
"""

from bisect import bisect_left
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.imaging.geometry import GEOMETRIES, Geometry, Region, model_region
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.stored import StoredImage

sizes = st.integers(1, 300)
grids = st.tuples(st.integers(1, 64), st.integers(1, 64))
geometries = st.sampled_from(GEOMETRIES)


def plain_input(pixels: np.ndarray, geometry: Geometry, size: tuple[int, int]):
    """Return one channel of the input as stored values, and the region."""
    top = float(max(1, pixels.max()))
    image = StoredImage(pixels.astype(np.float32), (0.0, top), None, None, "TIFF")
    spec = InputSpec(size=size, geometry=geometry, mean=(0, 0, 0), std=(1, 1, 1))
    values, region = model_input(image, spec)
    assert values.shape == (3, *size)
    np.testing.assert_array_equal(values[0], values[2])
    return values[0] * top, region


@settings(deadline=None)
@given(width=sizes, height=sizes, size=grids, geometry=geometries)
def test_every_cell_shows_the_pixels_that_from_grid_says(
    width: int, height: int, size: tuple[int, int], geometry: Geometry
) -> None:
    """A pixel's value is where its centre lies, so an input's value is where that input lies."""
    y, x = np.mgrid[0:height, 0:width] + 0.5
    seen_x, region = plain_input(x, geometry, size)
    seen_y, _ = plain_input(y, geometry, size)
    rows, columns = np.mgrid[0 : size[0], 0 : size[1]]
    for row, column in {(0, 0), (0, size[1] - 1), (size[0] - 1, 0), (size[0] - 1, size[1] - 1)}:
        x0, y0, x1, y1 = region.cell(row, column, size)
        if min(x0, y0) >= 0 and x1 <= width and y1 <= height:
            # Half a pixel: where the input is larger than the image, its border repeats.
            assert abs(seen_x[row, column] - (x0 + x1) / 2) <= 0.5 + 1e-3
            assert abs(seen_y[row, column] - (y0 + y1) / 2) <= 0.5 + 1e-3
    middle = region.from_grid(np.stack([columns + 0.5, rows + 0.5], axis=-1), size)
    half = np.array([region.width / size[1], region.height / size[0]]) / 2
    # Away from the borders of the image, where padding mixes in, and of the region, which repeat.
    inside = (
        (middle - half >= 0.5)
        & (middle + half <= [width - 0.5, height - 0.5])
        & (middle >= [region.x0 + 0.5, region.y0 + 0.5])
        & (middle <= [region.x1 - 0.5, region.y1 - 0.5])
    ).all(-1)
    # An average over pixels of which the outer two are cut is that far from linear, and no further.
    np.testing.assert_allclose(seen_x[inside], middle[inside][:, 0], atol=0.15)
    np.testing.assert_allclose(seen_y[inside], middle[inside][:, 1], atol=0.15)


def seen_range(length: int, lit: Callable[[np.ndarray], np.ndarray]) -> tuple[int, int]:
    """Return the first and last pixels along an axis whose light reaches the input, by trial.

    ``lit`` gives the input of an image in which the marked pixels (length,) are bright.
    """
    at = np.arange(length)
    first = bisect_left(range(length), True, key=lambda k: lit(at <= k).max() > 0)
    from_end = bisect_left(range(length), True, key=lambda k: lit(at >= length - 1 - k).max() > 0)
    return first, length - 1 - from_end


def edges(profile: np.ndarray) -> tuple[float, float]:
    """Return where a bright block begins and ends, in cells, from how much of each it covers."""
    share = profile / profile.max()
    peak = int(share.argmax())
    return float((1 - share[:peak]).sum()), peak + float(share[peak:].sum())


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("size", [(32, 32), (37, 23), (512, 512)])
@pytest.mark.parametrize(("width", "height"), [(301, 201), (201, 301), (97, 97), (1001, 333)])
@pytest.mark.parametrize("corner", ["top left", "top right", "bottom left", "bottom right"])
def test_a_block_in_a_corner_is_found_again(
    geometry: Geometry, size: tuple[int, int], width: int, height: int, corner: str
) -> None:
    """Light a block in a corner of what is seen, find its corners in the input, map them back."""

    def columns_lit(marks: np.ndarray) -> np.ndarray:
        return plain_input(np.tile(marks, (height, 1)), geometry, size)[0]

    def rows_lit(marks: np.ndarray) -> np.ndarray:
        return plain_input(np.tile(marks[:, None], (1, width)), geometry, size)[0]

    left, right = seen_range(width, columns_lit)
    top, bottom = seen_range(height, rows_lit)
    if geometry != "crop":
        assert (left, top, right, bottom) == (0, 0, width - 1, height - 1)
    # Three cells long, so that one is covered whole.
    block_w = max(20, 3 * -(-max(width, height) // size[1]))
    block_h = max(20, 3 * -(-max(width, height) // size[0]))
    x0 = left if "left" in corner else right + 1 - block_w
    y0 = top if "top" in corner else bottom + 1 - block_h
    pixels = np.zeros((height, width))
    pixels[y0 : y0 + block_h, x0 : x0 + block_w] = 1

    seen, region = plain_input(pixels, geometry, size)

    (x_from, x_to), (y_from, y_to) = edges(seen.sum(0)), edges(seen.sum(1))
    found = region.from_grid([[x_from, y_from], [x_to, y_to]], size)
    assert np.abs(found - [[x0, y0], [x0 + block_w, y0 + block_h]]).max() <= 0.5


@given(
    region=st.builds(
        lambda x, y, w, h: Region(x, y, x + w, y + h),
        st.integers(-500, 500),
        st.integers(-500, 500),
        st.integers(1, 5000),
        st.integers(1, 5000),
    ),
    shape=grids,
    points=st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=1),
)
def test_to_grid_and_from_grid_undo_each_other(
    region: Region, shape: tuple[int, int], points: list[tuple[float, float]]
) -> None:
    there = region.to_grid(points, shape)
    np.testing.assert_allclose(region.from_grid(there, shape), points, atol=1e-6)
    corners = region.to_grid([[region.x0, region.y0], [region.x1, region.y1]], shape)
    np.testing.assert_allclose(corners, [[0, 0], [shape[1], shape[0]]], atol=1e-9)


@given(
    x=st.integers(-9, 9),
    y=st.integers(-9, 9),
    width=st.integers(1, 90),
    height=st.integers(1, 90),
    shape=grids,
)
def test_cells_tile_the_region_and_follow_its_affine(
    x: int, y: int, width: int, height: int, shape: tuple[int, int]
) -> None:
    region = Region(x, y, x + width, y + height)
    rows, columns = shape
    assert region.cell(0, 0, shape)[:2] == pytest.approx((x, y))
    assert region.cell(rows - 1, columns - 1, shape)[2:] == pytest.approx((x + width, y + height))
    if columns > 1:
        assert region.cell(0, 0, shape)[2] == pytest.approx(region.cell(0, 1, shape)[0])
    matrix = region.affine(shape)
    assert matrix.shape == (2, 3)
    np.testing.assert_allclose(
        matrix @ [columns - 1, rows - 1, 1], region.cell(rows - 1, columns - 1, shape)[:2]
    )


@given(width=sizes, height=sizes, size=grids, geometry=geometries)
def test_regions_have_the_inputs_aspect(
    width: int, height: int, size: tuple[int, int], geometry: Geometry
) -> None:
    region = model_region(width, height, geometry, size)
    if geometry == "squash":
        assert region == Region(0, 0, width, height)
        return
    aspect = size[1] / size[0]
    # To the nearest pixel, and never without one.
    assert (
        abs(region.width - region.height * aspect) <= max(0.5, aspect / 2) + 1e-9
        or abs(region.height - region.width / aspect) <= max(0.5, 1 / aspect / 2) + 1e-9
        or 1 in (region.width, region.height)
    )
    # Centred to a pixel.
    assert abs((region.x0 + region.x1) - width) <= 1
    assert abs((region.y0 + region.y1) - height) <= 1
    inside = region.x0 >= 0 and region.y0 >= 0 and region.x1 <= width and region.y1 <= height
    around = region.x0 <= 0 and region.y0 <= 0 and region.x1 >= width and region.y1 >= height
    assert inside if geometry == "crop" else around
    assert width in (region.width,) or height in (region.height,)


def test_known_regions() -> None:
    assert model_region(4288, 2848, "squash", (512, 512)) == Region(0, 0, 4288, 2848)
    assert model_region(4288, 2848, "crop", (512, 512)) == Region(720, 0, 3568, 2848)
    assert model_region(4288, 2848, "pad", (512, 512)) == Region(0, -720, 4288, 3568)
    content = (100, 50, 301, 151)
    assert model_region(4288, 2848, "squash", (512, 512), content) == Region(*content)
    assert model_region(400, 400, "crop", (10, 20)) == Region(0, 100, 400, 300)
    assert model_region(400, 400, "pad", (10, 20), content) == Region(99, 50, 301, 151)


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="geometry: expected one of squash, crop, pad, got 'fit'"):
        model_region(10, 10, "fit", (5, 5))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="geometry: expected an image with pixels, got 0 x 10"):
        model_region(0, 10, "squash", (5, 5))


@settings(deadline=None)
@given(width=sizes, height=sizes, size=grids, geometry=geometries, seed=st.integers(0, 99))
def test_masks_come_back_through_cut_and_paste(
    width: int, height: int, size: tuple[int, int], geometry: Geometry, seed: int
) -> None:
    mask = np.random.default_rng(seed).random((height, width)) > 0.5
    region = model_region(width, height, geometry, size)
    cut = region.cut(mask)
    assert cut.shape == (region.height, region.width)
    back = region.paste(cut, (height, width))
    seen = np.zeros((height, width), bool)
    seen[max(region.y0, 0) : region.y1, max(region.x0, 0) : region.x1] = True
    np.testing.assert_array_equal(back, mask & seen)
    if geometry != "crop":
        np.testing.assert_array_equal(back, mask)


def test_cut_fills_what_lies_outside() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)
    cut = Region(-1, -1, 5, 2).cut(pixels, fill=99)
    np.testing.assert_array_equal(cut, [[99] * 6, [99, 0, 1, 2, 3, 99], [99, 4, 5, 6, 7, 99]])
    colour = Region(2, 1, 6, 5).cut(np.dstack([pixels] * 3))
    assert colour.shape == (4, 4, 3)
    assert colour[0, 0, 0] == 6
    assert colour[3, 3].max() == 0


@settings(deadline=None)
@given(width=sizes, height=sizes, size=grids, geometry=geometries, data=st.data())
def test_boxes_come_back_exactly(
    width: int, height: int, size: tuple[int, int], geometry: Geometry, data: st.DataObject
) -> None:
    x0, x1 = sorted(data.draw(st.tuples(*[st.integers(0, width)] * 2)))
    y0, y1 = sorted(data.draw(st.tuples(*[st.integers(0, height)] * 2)))
    region = model_region(width, height, geometry, size)
    there = region.to_grid([[x0, y0], [x1, y1]], size)
    np.testing.assert_allclose(region.from_grid(there, size), [[x0, y0], [x1, y1]], atol=1e-9)
