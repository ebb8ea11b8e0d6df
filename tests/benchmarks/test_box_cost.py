"""What the boxes of 1000 thresholds cost, beside a straightforward loop over them."""

import statistics
import time
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from softcam_core.metrics import box_ious, max_box_acc, max_box_acc_v2, to_wsol_map
from softcam_core.metrics.boxes import THRESHOLDS, best_ious

pytestmark = pytest.mark.benchmark
ROUNDS = 7
IMAGES = 12
TWICE_FOR_BOTH, ONCE_FOR_BOTH = "each metric for itself", "both from the same contours"


def loop(
    maps: NDArray, truths: Sequence[NDArray], largest: bool, every: bool
) -> list[list[NDArray]]:
    """The benchmark's way: threshold, contours and boxes a thousand times; IoUs all at once."""
    tables: list[list[NDArray]] = []
    for image, truth in zip(maps, truths, strict=True):
        grey = (image * 255).astype(np.uint8)
        highest, first, starts = int(grey.max()), [], [0]
        boxes: list[tuple[int, ...]] = []
        for threshold in THRESHOLDS:
            _, picture = cv2.threshold(grey, int(threshold * highest), 255, cv2.THRESH_BINARY)
            contours = cv2.findContours(picture, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)[0]
            if largest:
                first.append(cv2.boundingRect(max(contours, key=cv2.contourArea)))
            if every:
                boxes.extend(map(cv2.boundingRect, contours))
                starts.append(len(boxes))
        tables.append([])
        if largest:
            tables[-1].append(best_ious(first, truth, grey.shape))
        if every:
            ious = best_ious(boxes, truth, grey.shape)
            tables[-1].append(np.maximum.reduceat(ious, starts[:-1]))
    return tables


def best(tables: list[NDArray], iou: float) -> float:
    return float((np.stack(tables) >= iou).mean(axis=0).max() * 100)


def seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


@pytest.mark.parametrize("kind", ["hills", "noise of 16 x 16 cells"])
@pytest.mark.parametrize("way", [ONCE_FOR_BOTH, TWICE_FOR_BOTH])
def test_both_box_metrics_cost_a_third_of_a_loop_over_thresholds(
    kind: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    maps, truths = cases(kind)

    def ours() -> list[float]:
        if way == TWICE_FOR_BOTH:
            return [float(max_box_acc(maps, truths)), *max_box_acc_v2(maps, truths).tolist()]
        found = [box_ious(*pair) for pair in zip(maps, truths, strict=True)]
        every = [each.best.numpy() for each in found]
        largest = best([each.largest.numpy() for each in found], 0.5)
        return [largest, *(best(every, iou) for iou in (0.3, 0.5, 0.7))]

    def theirs() -> list[float]:
        if way == TWICE_FOR_BOTH:
            first = [table[0] for table in loop(maps, truths, True, False)]
            every = [table[0] for table in loop(maps, truths, False, True)]
        else:
            first, every = map(list, zip(*loop(maps, truths, True, True), strict=True))
        return [best(first, 0.5), *(best(every, iou) for iou in (0.3, 0.5, 0.7))]

    assert ours() == pytest.approx(theirs(), abs=1e-9)
    times = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    mine, loops = (statistics.median(column) / IMAGES * 1000 for column in zip(*times, strict=True))
    ratio = statistics.median(theirs / ours for ours, theirs in times)
    with capsys.disabled():
        print(
            f"\nMaxBoxAcc and MaxBoxAccV2 of {kind}, {way}: {mine:.1f} ms an image, "
            f"loop {loops:.1f} ms, {ratio:.1f} times"
        )
    assert ratio >= 3


def cases(kind: str) -> tuple[NDArray, list[NDArray]]:
    """Score maps of 224 pixels and two boxes each, in whole pixels."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:224, :224] / 224
    maps, truths = [], []
    for _ in range(IMAGES):
        centres, radius = rng.uniform(0.2, 0.8, (2, 2)), rng.uniform(0.05, 0.2, 2)
        if kind == "hills":
            hills = [
                np.exp(-((x - cx) ** 2 + (y - cy) ** 2) / r**2)
                for (cx, cy), r in zip(centres, radius, strict=True)
            ]
            maps.append(to_wsol_map(hills[0] + 0.7 * hills[1] + 0.2 * x).numpy())
        else:
            maps.append(to_wsol_map(rng.random((16, 16))).numpy())
        corners = np.hstack([centres - radius[:, None], centres + radius[:, None]])
        truths.append((corners.clip(0, 1) * 223).astype(np.int64))
    return np.stack(maps), truths
