"""Maps, boxes and masks on the benchmark's grid: beside OpenCV, and beside plain loops."""

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from softcam_core.metrics import to_wsol_boxes, to_wsol_map, to_wsol_mask
from tests.core.metrics import reference


@pytest.mark.parametrize("shape", [(16, 16), (15, 20), (1, 3), (224, 224), (300, 260)])
def test_a_map_is_upsampled_and_scaled_as_opencv_and_numpy_do_it(shape: tuple[int, int]) -> None:
    image = np.random.default_rng(0).normal(size=shape)
    theirs = cv2.resize(image, (224, 224), interpolation=cv2.INTER_CUBIC)
    theirs = (theirs - theirs.min()) / (theirs.max() - theirs.min())
    found = to_wsol_map(image)
    assert found.dtype == torch.float64
    assert found.shape == (224, 224)
    assert np.abs(found.numpy() - theirs).max() < 1e-4
    assert (float(found.min()), float(found.max())) == (0, 1)


def test_the_definition_gives_the_same_map() -> None:
    image = np.random.default_rng(1).normal(size=(3, 4))
    large = reference.upsample(image, 10, 10)
    expected = (large - large.min()) / (large.max() - large.min())
    assert np.allclose(to_wsol_map(image, side=10).numpy(), expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.3, -7.7, 1e9])
def test_a_constant_map_is_zero(value: float) -> None:
    assert (to_wsol_map(np.full((7, 9), value)) == 0).all()


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_map_that_is_not_finite_stays_undefined(value: float) -> None:
    image = np.zeros((5, 5))
    image[2, 2] = value
    assert to_wsol_map(image).isnan().all()


@given(
    box=st.tuples(*[st.floats(0, 500)] * 4),
    width=st.integers(1, 5000),
    height=st.integers(1, 5000),
)
def test_boxes_are_scaled_and_then_cut(box: tuple, width: int, height: int) -> None:
    x0, x1 = sorted((box[0], box[2]))
    y0, y1 = sorted((box[1], box[3]))
    found = to_wsol_boxes([[x0, y0, x1, y1]], (width, height))
    lengths = (width, height, width, height)
    expected = [
        int(value * 224.0 / length) for value, length in zip((x0, y0, x1, y1), lengths, strict=True)
    ]
    assert found.dtype == torch.int64
    assert found.tolist() == [expected]


def test_no_boxes_stay_no_boxes() -> None:
    assert to_wsol_boxes([], (10, 10)).shape == (0, 4)


@pytest.mark.parametrize("shape", [(480, 640), (100, 37), (224, 224), (3, 2)])
def test_a_mask_takes_the_pixels_that_opencv_takes(shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(0)
    mask, ignore = rng.random(shape) > 0.7, rng.random(shape) > 0.5
    objects, ignored = (
        cv2.resize(m.astype(np.float32), (224, 224), interpolation=cv2.INTER_NEAREST) > 0.5
        for m in (mask, ignore)
    )
    expected = np.where(objects, 1, np.where(ignored, 255, 0))
    found = to_wsol_mask(mask, ignore)
    assert found.dtype == torch.uint8
    np.testing.assert_array_equal(found.numpy(), expected)
    np.testing.assert_array_equal(to_wsol_mask(mask).numpy(), objects)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: to_wsol_map(np.zeros(4)), r"map_: expected shape \(h, w\), got \(4,\)"),
        (lambda: to_wsol_map(np.zeros((0, 4))), r"map_: expected shape \(h, w\), got \(0, 4\)"),
        (lambda: to_wsol_boxes([1, 2], (5, 5)), r"boxes: expected shape \(n, 4\), got \(2,\)"),
        (lambda: to_wsol_boxes([[0, 0, 1, 1]], (0, 5)), r"size: expected \(W, H\) above 0"),
        (lambda: to_wsol_mask(np.zeros((1, 2, 2))), r"mask: expected shape \(h, w\), got \(1, 2"),
        (
            lambda: to_wsol_mask(np.zeros((2, 2)), np.zeros((2, 3))),
            r"ignore: expected shape \(2, 2\), as mask, got \(2, 3\)",
        ),
    ],
)
def test_wrong_input_names_argument_received_and_expected(call, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


def test_a_list_of_numbers_keeps_all_its_digits() -> None:
    # In float32 the last corner is 2, and its box two pixels larger.
    assert to_wsol_boxes([[0, 0, 0.5, 1.9999999999999432]], (224, 224)).tolist() == [[0, 0, 0, 1]]
