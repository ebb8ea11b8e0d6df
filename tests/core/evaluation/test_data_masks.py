"""Masks of an evaluation: files, boxes, and the model's input grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from softcam_core.annotations.mask_files import are_shares, boxes_mask, clipped, read_mask
from softcam_core.errors import ImageError
from softcam_core.evaluation.masks import input_mask, part_boxes
from softcam_core.imaging.geometry import Region


def slow_input_mask(mask, region, size):
    """Each pixel of the image by itself, in whole numbers; nearest on a side that is stretched."""
    height, width = mask.shape
    out = np.zeros(size, bool)

    def image_pixels(cell, cells, first, length):
        if cells > length:
            return [first + int((cell + 0.5) * length / cells)]
        return [
            first + i
            for i in range(length)
            if cell * 2 * length <= (2 * i + 1) * cells < (cell + 1) * 2 * length
        ]

    for row in range(size[0]):
        for column in range(size[1]):
            ys = image_pixels(row, size[0], region.y0, region.height)
            xs = image_pixels(column, size[1], region.x0, region.width)
            out[row, column] = any(
                0 <= y < height and 0 <= x < width and mask[y, x] for y in ys for x in xs
            )
    return out


@st.composite
def laid(draw):
    height, width = draw(st.tuples(st.integers(1, 14), st.integers(1, 14)))
    x0, y0 = draw(st.tuples(st.integers(-5, width - 1), st.integers(-5, height - 1)))
    x1, y1 = draw(st.tuples(st.integers(max(x0, 0) + 1, 19), st.integers(max(y0, 0) + 1, 19)))
    size = draw(st.tuples(st.integers(1, 20), st.integers(1, 20)))
    seed = draw(st.integers(0, 1000))
    share = draw(st.sampled_from([0, 0.02, 0.1, 0.5]))
    mask = np.random.default_rng(seed).random((height, width)) < share
    return mask, Region(x0, y0, x1, y1), size


@settings(max_examples=300, deadline=None)
@given(laid())
def test_the_input_s_mask_is_that_of_a_slow_loop(case):
    mask, region, size = case
    found = input_mask(mask, region, size)
    assert found.dtype == np.bool_
    assert np.array_equal(found, slow_input_mask(mask, region, size))


def test_no_marked_pixel_of_a_large_photograph_is_lost():
    mask = np.zeros((2848, 4288), bool)
    mask[1, 4287] = mask[1400, 2000] = True
    found = input_mask(mask, Region(0, 0, 4288, 2848), (512, 512))
    assert np.argwhere(found).tolist() == [[0, 511], [251, 238]]


def test_a_region_beside_the_image_holds_no_mark():
    mask = np.ones((6, 8), bool)
    for region in (Region(-9, -9, -3, -3), Region(20, 0, 30, 6)):
        assert not input_mask(mask, region, (3, 3)).any()


def test_the_mask_itself_stays_as_it_is():
    mask = np.eye(6, dtype=bool)
    found = input_mask(mask, Region(0, 0, 6, 6), (6, 6))
    assert np.array_equal(found, mask)
    found[:] = True
    assert mask.sum() == 6


@pytest.mark.parametrize("mode", ["1", "L", "I;16", "RGB", "RGBA", "LA"])
def test_what_is_not_black_is_marked(tmp_path, mode):
    truth = np.zeros((9, 12), bool)
    truth[2:5, 3:7] = True
    path = tmp_path / "mask.png"
    if mode == "I;16":
        Image.fromarray(truth.astype(np.uint16) * 300).save(path)
    else:
        Image.fromarray(truth.astype(np.uint8) * 255).convert(mode).save(path)
    mask, ignored = read_mask(path)
    assert np.array_equal(mask, truth)
    assert ignored is None


@pytest.mark.parametrize("bits", [1, 4, 8])
def test_an_indexed_mask_is_read_by_its_indices(tmp_path, bits):
    indices = np.array([[0, 1, 0], [1, 1, 0]], np.uint8)
    picture = Image.fromarray(indices, "P")
    picture.putpalette([200, 0, 0, 0, 0, 0])  # nothing is red and the lesion black
    picture.save(tmp_path / "mask.png", bits=bits)
    mask, ignored = read_mask(tmp_path / "mask.png")
    assert np.array_equal(mask, indices == 1)
    assert ignored is None


def test_index_255_beside_1_is_ignored(tmp_path):
    indices = np.array([[0, 1, 255]], np.uint8)
    picture = Image.fromarray(indices, "P")
    picture.putpalette([7] * 768)
    picture.save(tmp_path / "mask.png")
    mask, ignored = read_mask(tmp_path / "mask.png")
    assert mask.tolist() == [[False, True, False]]
    assert ignored.tolist() == [[False, False, True]]


OPAQUE = [[0, 255, 0], [0, 30, 255]]


@pytest.mark.parametrize(
    ("mode", "colours", "alpha", "expected"),
    [
        # One colour everywhere, be it black: only the alpha channel says anything.
        ("RGBA", [[255] * 3] * 2, OPAQUE, OPAQUE),
        ("RGBA", [[0] * 3] * 2, OPAQUE, OPAQUE),
        ("LA", [[0] * 3] * 2, OPAQUE, OPAQUE),
        # One colour that shows; what is transparent has another.
        ("RGBA", [[255, 0, 255], [255, 0, 0]], OPAQUE, OPAQUE),
        ("LA", [[9, 80, 9], [9, 80, 80]], OPAQUE, OPAQUE),
        # Several colours show: black is nothing, and so is what does not show.
        ("RGBA", [[255, 0, 255], [255, 9, 9]], OPAQUE, [[0, 0, 0], [0, 1, 1]]),
        # Nothing or everything is transparent: the colours count.
        ("RGBA", [[0, 5, 0], [0, 0, 0]], [[0] * 3] * 2, [[0, 1, 0], [0, 0, 0]]),
        ("RGBA", [[0, 5, 0], [0, 0, 0]], [[9, 255, 8]] * 2, [[0, 1, 0], [0, 0, 0]]),
    ],
)
def test_what_is_transparent_is_not_marked(tmp_path, mode, colours, alpha, expected):
    grey, layer = np.array(colours, np.uint8), np.array(alpha, np.uint8)
    channels = [grey] * (3 if mode == "RGBA" else 1)
    Image.fromarray(np.stack([*channels, layer], axis=2), mode).save(tmp_path / "mask.png")
    mask, ignored = read_mask(tmp_path / "mask.png")
    assert np.array_equal(mask, np.array(expected) > 0)
    assert ignored is None


def test_255_beside_1_is_ignored_and_alone_is_marked(tmp_path):
    values = np.array([[0, 1, 255], [0, 0, 255]], np.uint8)
    Image.fromarray(values).save(tmp_path / "three.png")
    mask, ignored = read_mask(tmp_path / "three.png")
    assert np.array_equal(mask, values == 1)
    assert np.array_equal(ignored, values == 255)
    for other in ([[0, 0, 255]], [[1, 2, 255]], [[0, 1, 1]]):
        Image.fromarray(np.array(other, np.uint8)).save(tmp_path / "plain.png")
        mask, ignored = read_mask(tmp_path / "plain.png")
        assert np.array_equal(mask, np.array(other) > 0)
        assert ignored is None


def test_a_jpeg_s_blur_is_not_marked(tmp_path):
    truth = np.zeros((32, 32), np.uint8)
    truth[8:24, 8:24] = 255
    path = tmp_path / "mask.png"  # of a wrong name
    Image.fromarray(truth).save(path, "JPEG", quality=40)
    with Image.open(path) as blurred:
        assert (np.asarray(blurred)[truth == 0] > 0).any()
    assert np.array_equal(read_mask(path)[0], truth > 0)


def test_a_file_that_is_no_image_is_said(tmp_path):
    (tmp_path / "mask.png").write_text("no mask")
    with pytest.raises(ImageError, match=r"mask\.png"):
        read_mask(tmp_path / "mask.png")


def test_a_pixel_lies_in_a_box_if_its_centre_does():
    boxes = np.array([[1.5, 0.0, 3.4, 1.0], [-9.0, 2.51, 0.6, 99.0]])
    expected = np.array([[0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0], [1, 0, 0, 0]], bool)
    assert np.array_equal(boxes_mask(boxes, (4, 4)), expected)


def test_boxes_are_cut_to_the_image():
    boxes = np.array([[-2.0, 1, 3, 9], [8, 0, 9, 1], [1, 1, 2, 2]])
    cut, held = clipped(boxes, (4, 8))
    assert held.tolist() == [True, False, True]
    assert cut[held].tolist() == [[0, 1, 3, 4], [1, 1, 2, 2]]


@given(
    st.lists(st.tuples(*[st.sampled_from(np.arange(-3, 9, 0.25).tolist())] * 4), max_size=6),
    st.tuples(st.integers(1, 6), st.integers(1, 6)),
)
def test_a_box_holds_pixels_where_its_mask_is_not_empty(corners, size):
    boxes = np.array(
        [(x0, y0, x1, y1) for x0, y0, x1, y1 in corners if x0 < x1 and y0 < y1], np.float64
    ).reshape(-1, 4)
    _, held = clipped(boxes, size)
    assert held.tolist() == [boxes_mask(box[None], size).any() for box in boxes]


def test_boxes_of_broken_numbers_in_the_first_pixel_are_shares():
    boxes = np.array(
        [[0.2, 0.2, 0.8, 0.8], [0, 0, 1, 0.5], [0, 0, 1, 1], [0.5, 0, 1.5, 1], [-0.5, 0, 0.5, 1]]
    )
    assert are_shares(boxes).tolist() == [True, True, False, False, False]


def test_each_part_of_a_mask_has_its_box():
    mask = np.array([[0, 1, 0, 0, 0], [1, 0, 0, 0, 1], [0, 0, 0, 0, 1]], bool)
    assert part_boxes(mask).tolist() == [[0, 0, 2, 2], [4, 1, 5, 3]]
    assert part_boxes(np.zeros((3, 3), bool)).shape == (0, 4)
