"""The boxes that a score map has at every threshold, and how well they meet the true ones.

A score map in [0, 1] becomes whole numbers from 0 to 255. Whatever the number of thresholds, only
as many different pictures lie above them as the map has different numbers, and contours are sought
once in each. MaxBoxAcc and MaxBoxAccV2 are made of the same contours.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from softcam_core.metrics.arrays import as_tensor
from softcam_core.metrics.wsol_inputs import check_boxes, check_map, min_max

THRESHOLDS = np.arange(0, 1, 0.001)
"""The benchmark's thresholds, as a share of the map's largest number."""
THRESHOLDS.flags.writeable = False


class BoxIous(NamedTuple):
    """One image's agreement with its true boxes at each of `THRESHOLDS`.

    Attributes:
        largest: (1000,) float64: IoU of the largest contour's box with the true box it meets best.
        best: (1000,) float64: the highest IoU of any contour's box with any true box.
    """

    largest: Tensor
    best: Tensor


def box_ious(score_map: Any, boxes: Any) -> BoxIous:
    """Compare the boxes of one image's score map with the true ones at every threshold.

    score_map (h, w) real, of the ground-truth class; boxes (n, 4) x0 y0 x1 y1 in the map's pixels
    -> two of (1000,) float64 in [0, 1]. NaN if there is no box or the map is not finite.

    Min-max (a constant map is 0), uint8(255 map) > int(t max), contours with their holes, and a
    box of each: x1 = min(x + w, W - 1), y1 likewise; [0, 0, 0, 0] without a contour. True boxes
    are truncated by int(). IoU counts whole pixels, both ends included. Choe et al. 2020.

    Raises:
        ValueError: wrong shapes or values.

    Example:
        >>> import torch
        >>> found = box_ious(torch.eye(4), [[0, 0, 3, 3]])
        >>> found.largest[500]
        tensor(1., dtype=torch.float64)
    """
    image = as_tensor(score_map).double()
    check_map("score_map", image)
    return checked_box_ious(image, check_boxes("boxes", boxes))


def checked_box_ious(image: Tensor, boxes: Tensor) -> BoxIous:
    """Return `box_ious` of a map (h, w) and boxes (n, 4), both float64 and known to be right."""
    levels = grey_levels(image)
    if levels is None or not len(boxes):
        return BoxIous(*torch.full((2, len(THRESHOLDS)), torch.nan, dtype=torch.float64))
    truth = boxes.trunc().numpy()
    numbers = np.unique(levels)
    # The picture above a threshold changes only where the threshold passes one of the numbers.
    above = np.searchsorted(numbers, thresholds_of(levels, THRESHOLDS), side="right")
    pictures = [contour_boxes(levels, numbers[i - 1]) for i in range(1, above[-1] + 1)]
    starts = np.cumsum([0, *(len(found.boxes) for found in pictures)])
    ious = best_ious(np.concatenate([found.boxes for found in pictures]), truth)
    largest = ious[starts[:-1] + [found.largest for found in pictures]]
    best = np.maximum.reduceat(ious, starts[:-1])
    return BoxIous(*(torch.from_numpy(values[above - 1]) for values in (largest, best)))


def largest_box_iou(image: Tensor, boxes: Tensor, threshold: float) -> float:
    """Return the IoU of the largest contour's box at one threshold; NaN where undefined."""
    levels = grey_levels(image)
    if levels is None or not len(boxes):
        return float("nan")
    found = contour_boxes(levels, int(thresholds_of(levels, np.array([threshold]))[0]))
    return float(best_ious(found.boxes[[found.largest]], boxes.trunc().numpy())[0])


class ContourBoxes(NamedTuple):
    """The boxes (n, 4) int64 of a picture's contours, and which belongs to the largest."""

    boxes: NDArray[np.int64]
    largest: int


def contour_boxes(levels: NDArray[np.uint8], level: int) -> ContourBoxes:
    """Return the boxes of all contours of ``levels > level``, holes too."""
    _, picture = cv2.threshold(levels, float(level), 255, cv2.THRESH_BINARY)
    contours, _ = cv2.findContours(picture, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return ContourBoxes(np.zeros((1, 4), np.int64), 0)
    boxes = np.array([cv2.boundingRect(contour) for contour in contours], np.int64)
    boxes[:, 2:] += boxes[:, :2]
    height, width = levels.shape
    boxes[:, 2:] = np.minimum(boxes[:, 2:], (width - 1, height - 1))
    largest = int(np.argmax([cv2.contourArea(contour) for contour in contours]))
    return ContourBoxes(boxes, largest)


def best_ious(boxes: NDArray[Any], truth: NDArray[Any]) -> NDArray[np.float64]:
    """Return each box's highest IoU with a true box: (m, 4), (n, 4) -> (m,)."""
    left_top = np.maximum(boxes[:, None, :2], truth[None, :, :2])
    right_bottom = np.minimum(boxes[:, None, 2:], truth[None, :, 2:])
    both = (right_bottom - left_top + 1).clip(min=0).prod(axis=2)
    mine, theirs = ((b[:, 2:] - b[:, :2] + 1).prod(axis=1) for b in (boxes, truth))
    ious: NDArray[np.float64] = (both / (mine[:, None] + theirs - both)).max(axis=1)
    return ious


def grey_levels(image: Tensor) -> NDArray[np.uint8] | None:
    """Return a map as whole numbers from 0 to 255; None if it is not finite."""
    scaled = min_max(image)
    if not bool(scaled.isfinite().all()):
        return None
    return (scaled * 255).to(torch.uint8).cpu().numpy()


def thresholds_of(levels: NDArray[np.uint8], thresholds: NDArray[Any]) -> NDArray[np.int64]:
    """Return the numbers that pixels must exceed: int(t max)."""
    return (thresholds * int(levels.max())).astype(np.int64)
