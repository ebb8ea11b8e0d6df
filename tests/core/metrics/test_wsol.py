"""Localization of boxes: golden values, the benchmark's loop written out, properties, input."""

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softcam_core.metrics import (
    box_ious,
    gt_known_localization,
    max_box_acc,
    max_box_acc_v2,
    top1_localization,
)
from softcam_core.metrics import boxes as module
from softcam_core.metrics.wsol_inputs import to_wsol_boxes
from tests.core.metrics import reference_wsol as reference

METRICS = [max_box_acc, max_box_acc_v2, gt_known_localization]
GOLDEN = ["wsol", "wsol_edge_cases"]


def load(folder: Path, name: str) -> dict:
    """The golden maps with their boxes in the maps' pixels."""
    with np.load(folder / f"{name}.npz") as file:
        data = dict(file)
    rows = data["boxes_index_x0y0x1y1"]
    boxes = [rows[rows[:, 0] == i, 1:] for i in range(len(data["score_maps"]))]
    if "image_sizes_wh" in data:
        sizes = data["image_sizes_wh"]
        boxes = [to_wsol_boxes(b, size).numpy() for b, size in zip(boxes, sizes, strict=True)]
    return {**data, "boxes": boxes}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_values(golden: Path, name: str) -> None:
    data = load(golden, name)
    maps, boxes = data["score_maps"], data["boxes"]
    assert float(max_box_acc(maps, boxes)) == pytest.approx(float(data["max_box_acc"][0]), abs=1e-6)
    found = max_box_acc_v2(maps, boxes).numpy()
    np.testing.assert_allclose(found, data["max_box_acc_v2"], rtol=0, atol=1e-6)
    for i, threshold in enumerate(data["gt_known_thresholds"]):
        right = gt_known_localization(maps, boxes, threshold=threshold)
        assert right.dtype == torch.bool
        np.testing.assert_array_equal(right.numpy(), data["gt_known_correct"][:, i])


# The benchmark's loop over thresholds


def blobs(count: int, side: int = 224, seed: int = 0) -> tuple[np.ndarray, list[np.ndarray]]:
    """Smooth maps of a few hills on a ground that falls to one side, and boxes near the hills."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side] / side
    maps, boxes = [], []
    for _ in range(count):
        image, found = 0.2 * x, []
        for _ in range(rng.integers(1, 4)):
            cx, cy, r = *rng.uniform(0.1, 0.9, 2), rng.uniform(0.03, 0.25)
            image = image + rng.uniform(0.3, 1) * np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / r**2)
            found.append(np.array([cx - r, cy - r, cx + r, cy + r]).clip(0, 1) * (side - 1))
        maps.append(image)
        boxes.append(np.array(found))
    return np.array(maps), boxes


def test_a_loop_over_all_thresholds_gives_the_same() -> None:
    maps, boxes = blobs(6, side=48)
    assert [float(max_box_acc(maps, boxes))] == reference.box_acc(maps, boxes, [0.5], largest=True)
    expected = reference.box_acc(maps, boxes, [0.3, 0.5, 0.7], largest=False)
    assert max_box_acc_v2(maps, boxes).tolist() == expected


MAPS = hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=12).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=st.integers(-9, 9).map(float))
)


@st.composite
def true_boxes(draw: st.DrawFn, count: tuple[int, int] = (1, 3)) -> np.ndarray:
    corner = st.floats(0, 12).map(lambda v: round(v, 2))
    boxes = []
    for _ in range(draw(st.integers(*count))):
        x, y = (sorted((draw(corner), draw(corner))) for _ in "xy")
        boxes.append([x[0], y[0], x[1], y[1]])
    return np.array(boxes).reshape(-1, 4)


@settings(max_examples=60, deadline=None)
@given(image=MAPS, boxes=true_boxes(), threshold=st.integers(0, 999))
def test_each_threshold_has_the_ious_of_a_plain_loop(
    image: np.ndarray, boxes: np.ndarray, threshold: int
) -> None:
    found = box_ious(image, boxes)
    t = reference.THRESHOLDS[threshold]
    largest, best = (reference.best_overlap(image, boxes, t, only) for only in (True, False))
    assert found.largest[threshold] == largest
    assert found.best[threshold] == best
    located = gt_known_localization(image[None], [boxes], threshold=t, iou=max(largest, 1e-9))
    assert located.tolist() == [largest > 0]


def test_contours_are_sought_once_in_each_different_picture(monkeypatch) -> None:
    calls = []
    seek = cv2.findContours
    monkeypatch.setattr(
        module.cv2, "findContours", lambda *a, **k: calls.append(1) or seek(*a, **k)
    )
    box_ious(np.array([[0.0, 0.5], [0.5, 1.0]]), [[0, 0, 1, 1]])
    assert len(calls) == 2
    maps, boxes = blobs(1)
    box_ious(maps[0], boxes[0])
    assert 200 < len(calls) - 2 <= 255


def test_how_many_boxes_are_compared_at_a_time_changes_nothing(monkeypatch) -> None:
    image, boxes = np.random.default_rng(0).random((24, 24)), [[2, 3, 9, 8]]
    expected = box_ious(image, boxes)
    for held in (1, 50, 1 << 30):
        monkeypatch.setattr(module, "HELD", held)
        assert torch.equal(box_ious(image, boxes).best, expected.best)
    assert float(expected.best[700]) == reference.best_overlap(image, np.array(boxes), 0.7, False)


def test_a_hole_has_a_box_of_its_own() -> None:
    image = np.zeros((20, 20))
    image[2:18, 2:18] = 1
    image[8:12, 8:12] = 0
    inner = [[7, 7, 13, 13]]
    assert max_box_acc_v2(image[None], [inner])[2] == 100
    assert max_box_acc(image[None], [inner]) == 0


def test_a_box_ends_one_pixel_beyond_its_contour_but_for_the_border() -> None:
    image = np.zeros((10, 10))
    image[2:5, 3:7] = 1
    assert box_ious(image, [[3, 2, 7, 5]]).largest[0] == 1
    image[:] = 0
    image[2:, 3:] = 1
    assert box_ious(image, [[3, 2, 9, 9]]).largest[0] == 1


def test_true_boxes_are_cut_to_whole_pixels_and_iou_counts_both_ends() -> None:
    image = np.zeros((10, 10))
    image[2:5, 3:7] = 1
    assert box_ious(image, [[3.99, 2.99, 7.99, 5.99]]).largest[0] == 1
    # 5 x 4 pixels against 5 x 2.
    assert box_ious(image, [[3, 2, 7, 3]]).largest[0] == 0.5
    assert max_box_acc(image[None], [[[3, 2, 7, 3]]], iou=0.5) == 100
    assert max_box_acc(image[None], [[[3, 2, 7, 3]]], iou=0.51) == 0


@pytest.mark.parametrize("value", [0.0, 3.0, -2.0])
def test_a_constant_map_has_the_box_of_the_first_pixel(value: float) -> None:
    image = np.full((8, 8), value)
    found = box_ious(image, [[0, 0, 0, 0], [4, 4, 7, 7]])
    assert (found.largest == 1).all()
    assert (found.best == 1).all()
    assert (box_ious(image, [[4, 4, 7, 7]]).best == 0).all()


def test_the_best_threshold_is_one_for_all_images() -> None:
    low, high = np.full((2, 20, 20), 0.0)
    low[:4, :4], low[:8, :8] = 1, 0.3
    low[:4, :4] = 1
    high[:, :] = 0.5
    high[0, 0], high[5:10, 5:10] = 0, 1
    # Right below .3 and right above .5: never both at one threshold.
    boxes = [[[0, 0, 8, 8]], [[5, 5, 10, 10]]]
    each = [max_box_acc(image[None], [box]) for image, box in zip((low, high), boxes, strict=True)]
    assert each == [100, 100]
    assert max_box_acc(np.stack([low, high]), boxes) == 50


# Properties


@settings(max_examples=40, deadline=None)
@given(
    box=st.tuples(*[st.integers(0, 9)] * 4).filter(lambda b: b[0] < b[2] and b[1] < b[3]),
    height=st.sampled_from([1.0, 0.25, 64.0]),
)
def test_a_map_that_is_the_box_is_right_everywhere(box: tuple, height: float) -> None:
    x0, y0, x1, y1 = box
    image = np.zeros((12, 12))
    image[y0:y1, x0:x1] = height
    assert (box_ious(image, [box]).largest == 1).all()
    assert max_box_acc(image[None], [[box]], iou=1) == 100
    assert max_box_acc_v2(image[None], [[box]]).tolist() == [100, 100, 100]
    assert gt_known_localization(image[None], [[box]]).tolist() == [True]


@settings(max_examples=40, deadline=None)
@given(image=MAPS, boxes=true_boxes(), power=st.integers(-20, 20), shift=st.integers(-50, 50))
def test_neither_scale_nor_shift_of_a_map_matters(
    image: np.ndarray, boxes: np.ndarray, power: int, shift: int
) -> None:
    # Whole numbers and powers of two: nothing is rounded, so the results are the same bit for bit.
    expected, found = box_ious(image, boxes), box_ious((image + shift) * 2.0**power, boxes)
    assert torch.equal(found.largest, expected.largest)
    assert torch.equal(found.best, expected.best)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 50), data=st.data())
def test_the_order_of_images_and_boxes_changes_nothing(seed: int, data: st.DataObject) -> None:
    maps, boxes = blobs(3, side=20, seed=seed)
    order = data.draw(st.permutations(range(3)))
    turned = [boxes[i][data.draw(st.permutations(range(len(boxes[i]))))] for i in order]
    for metric in (max_box_acc, max_box_acc_v2):
        assert torch.equal(metric(maps[order], turned), metric(maps, boxes))
    located = gt_known_localization(maps, boxes)
    assert torch.equal(gt_known_localization(maps[order], turned), located[order])


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 200))
def test_more_overlap_is_never_easier_and_all_contours_never_worse(seed: int) -> None:
    maps, boxes = blobs(4, side=20, seed=seed)
    values = max_box_acc_v2(maps, boxes).tolist()
    assert values == sorted(values, reverse=True)
    assert max_box_acc(maps, boxes) <= values[1]
    ious = box_ious(maps[0], boxes[0])
    assert (ious.largest <= ious.best).all()
    assert ((ious.best >= 0) & (ious.best <= 1)).all()


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 50), right=st.lists(st.booleans(), min_size=4, max_size=4))
def test_top1_asks_for_the_class_too(seed: int, right: list[bool]) -> None:
    maps, boxes = blobs(4, side=20, seed=seed)
    located = gt_known_localization(maps, boxes, threshold=0.4)
    both = top1_localization(maps, boxes, right, threshold=0.4)
    assert torch.equal(both, located & torch.tensor(right))


def test_unless_told_pixels_must_exceed_a_fifth() -> None:
    # The ground is a little lower, or a little higher, than the threshold.
    low, high = np.full((2, 20, 20), [[[0.19]], [[0.22]]])
    for image in (low, high):
        image[0, 0], image[5:10, 5:10] = 0, 1
    maps, boxes = np.stack([low, high]), [[[5, 5, 10, 10]]] * 2
    assert gt_known_localization(maps, boxes).tolist() == [True, False]
    assert top1_localization(maps, boxes, [1, 1]).tolist() == [True, False]


def test_released_looks_at_the_first_box_alone() -> None:
    image = np.zeros((1, 12, 12))
    image[0, 6:9, 6:9] = 1
    boxes = [[[0, 0, 2, 2], [6, 6, 9, 9]]]
    assert gt_known_localization(image, boxes).tolist() == [True]
    assert gt_known_localization(image, boxes, first_box_only=True).tolist() == [False]
    assert top1_localization(image, boxes, [True], first_box_only=True).tolist() == [False]
    turned = [boxes[0][::-1]]
    assert gt_known_localization(image, turned, first_box_only=True).tolist() == [True]
    assert top1_localization(image, turned, [1], first_box_only=True).tolist() == [True]


# Undefined


@pytest.mark.parametrize("damage", ["no box", "nan", "inf"])
def test_an_undefined_image_is_left_out_and_seen(damage: str) -> None:
    maps, boxes = blobs(3, side=24)
    expected = max_box_acc(maps[:2], boxes[:2]), max_box_acc_v2(maps[:2], boxes[:2])
    if damage == "no box":
        boxes[2] = []
    else:
        maps[2, 3, 4] = float(damage)
    assert torch.equal(max_box_acc(maps, boxes), expected[0])
    assert torch.equal(max_box_acc_v2(maps, boxes), expected[1])
    for values in box_ious(maps[2], boxes[2]):
        assert values.isnan().all()
    located = gt_known_localization(maps, boxes)
    assert located.dtype == torch.float64
    assert located.isnan().tolist() == [False, False, True]
    both = top1_localization(maps, boxes, [True, False, False])
    assert both.isnan().tolist() == [False, False, True]
    assert both[:2].tolist() == [float(located[0]), 0]
    assert max_box_acc(maps[2:], boxes[2:]).isnan()
    assert max_box_acc_v2(maps[2:], boxes[2:]).isnan().all()


def test_no_image_gives_no_number() -> None:
    none = np.zeros((0, 8, 8))
    assert max_box_acc(none, []).isnan()
    assert max_box_acc_v2(none, []).isnan().all()
    assert gt_known_localization(none, []).shape == (0,)
    assert top1_localization(none, [], []).shape == (0,)


# What goes in and out


def test_types() -> None:
    maps, boxes = blobs(2, side=20)
    tensors = torch.from_numpy(maps).requires_grad_()
    for given_boxes in (boxes, [torch.tensor(b) for b in boxes], [b.tolist() for b in boxes]):
        value, values = max_box_acc(tensors, given_boxes), max_box_acc_v2(tensors, given_boxes)
        assert value.shape == ()
        assert values.shape == (3,)
        for found in (value, values):
            assert found.dtype == torch.float64
            assert not found.requires_grad
        assert torch.equal(value, max_box_acc(maps, boxes))
    maps.flags.writeable = False
    assert torch.equal(max_box_acc(maps[::-1], boxes[::-1]), max_box_acc(maps, boxes))
    found = box_ious(maps[0], boxes[0])
    assert [v.shape for v in found] == [(1000,), (1000,)]
    assert {v.dtype for v in found} == {torch.float64}


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize(
    ("maps", "boxes", "message"),
    [
        ((8, 8), [[[0, 0, 1, 1]]], r"score_maps: expected shape \(N, h, w\), got \(8, 8\)"),
        ((1, 0, 8), [[[0, 0, 1, 1]]], r"score_maps: expected shape \(N, h, w\), got \(1, 0, 8\)"),
        ((2, 8, 8), [[[0, 0, 1, 1]]], r"boxes: expected one \(n, 4\) per map, 2 in all, got 1"),
        ((1, 8, 8), [[0, 0, 1, 1]], r"boxes\[0\]: expected shape \(n, 4\), got \(4,\)"),
        ((1, 8, 8), [[[0, 0, 1]]], r"boxes\[0\]: expected shape \(n, 4\), got \(1, 3\)"),
        ((1, 8, 8), [[[0, 0, 1, 1], [0, 0, 1]]], r"boxes\[0\]: expected shape \(n, 4\) of numbers"),
        ((1, 8, 8), [None], r"boxes\[0\]: expected shape \(n, 4\) of numbers, got None"),
        ((1, 8, 8), [[[0, 0, 1, np.nan]]], r"boxes\[0\]: expected finite numbers, got NaN"),
        ((1, 8, 8), [[[3, 0, 1, 1]]], r"boxes\[0\]: expected x0 <= x1 and y0 <= y1, got \[3"),
    ],
)
def test_wrong_input_names_argument_received_and_expected(
    metric, maps: tuple, boxes: list, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        metric(np.zeros(maps), boxes)


def test_wrong_options_are_errors() -> None:
    maps, boxes = blobs(2, side=8)
    with pytest.raises(ValueError, match=r"^iou: expected 0 < iou <= 1, got 50"):
        max_box_acc(maps, boxes, iou=50)
    with pytest.raises(ValueError, match=r"^threshold: expected 0 <= threshold < 1, got 1"):
        gt_known_localization(maps, boxes, threshold=1)
    with pytest.raises(ValueError, match=r"^correct: expected shape \(N,\) with N = 2, got \(3,\)"):
        top1_localization(maps, boxes, [True] * 3)
    with pytest.raises(ValueError, match=r"^correct: expected bool, or 0 and 1 only"):
        top1_localization(maps, boxes, [0.5, 1])
    with pytest.raises(ValueError, match=r"^score_map: expected shape \(h, w\), got \(2, 8, 8\)"):
        box_ious(maps, boxes[0])


def test_the_examples_in_the_documentation() -> None:
    import doctest

    from softcam_core.metrics import wsol, wsol_inputs

    for each in (module, wsol, wsol_inputs):
        result = doctest.testmod(each)
        assert result.attempted > 0
        assert result.failed == 0
