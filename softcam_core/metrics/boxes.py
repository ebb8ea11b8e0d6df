"""The boxes that a score map has at every threshold, and how well they meet the true ones.

A score map in [0, 1] becomes whole numbers from 0 to 255. Whatever the number of thresholds, only
as many different pictures lie above them as the map has different numbers, and contours are sought
once in each. MaxBoxAcc and MaxBoxAccV2 are made of the same contours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
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
HELD = 1 << 13
"""Boxes that are compared at a time: noise has thousands in each picture."""
NO_BOX = (0, 0, 0, 0)
"""What stands for the box of a picture without a contour: its first pixel."""


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


def checked_box_ious(
    image: Tensor, boxes: Tensor, largest: bool = True, best: bool = True
) -> BoxIous:
    """Return `box_ious` of a map (h, w) and boxes (n, 4), both float64 and known to be right.

    What is not asked for is NaN, and costs nothing.
    """
    undefined = torch.full((len(THRESHOLDS),), torch.nan, dtype=torch.float64)
    levels = grey_levels(image)
    if levels is None or not len(boxes):
        return BoxIous(undefined, undefined)
    numbers = np.flatnonzero(np.bincount(levels.ravel()))
    # The picture above a threshold changes only where the threshold passes one of the numbers.
    picture = np.searchsorted(numbers, thresholds_of(levels, THRESHOLDS), side="right") - 1
    truth = boxes.trunc().numpy()
    first: list[Sequence[int]] = []
    every = _BestOfAll(truth, levels.shape)
    for contours in contours_above(levels, numbers[: picture[-1] + 1]):
        if largest:
            first.append(largest_box(contours))
        if best:
            every.add(contours)
    values = [undefined, undefined]
    if largest:
        values[0] = torch.from_numpy(best_ious(first, truth, levels.shape)[picture])
    if best:
        values[1] = torch.from_numpy(every.finish()[picture])
    return BoxIous(*values)


def largest_box_iou(image: Tensor, boxes: Tensor, threshold: float) -> float:
    """Return the IoU of the largest contour's box at one threshold; NaN where undefined."""
    levels = grey_levels(image)
    if levels is None or not len(boxes):
        return float("nan")
    (contours,) = contours_above(levels, thresholds_of(levels, np.array([threshold])))
    return float(best_ious([largest_box(contours)], boxes.trunc().numpy(), levels.shape)[0])


def contours_above(levels: NDArray[np.uint8], numbers: NDArray[Any]) -> Iterator[Sequence[Any]]:
    """Yield the contours of ``levels > number``, holes too, for each of ``numbers``."""
    rows, columns = (levels.max(axis=axis) > numbers[:, None] for axis in (1, 0))
    edges = [
        edge.tolist()
        for side in (rows, columns)
        for edge in (side.argmax(axis=1), side.shape[1] - side[:, ::-1].argmax(axis=1))
    ]
    for number, top, bottom, left, right in zip(numbers.tolist(), *edges, strict=True):
        # Nothing lies outside: a small hill costs little.
        part = levels[top:bottom, left:right]
        _, picture = cv2.threshold(part, number, 255, cv2.THRESH_BINARY)
        found, _ = cv2.findContours(
            picture, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE, offset=(left, top)
        )
        yield found


def largest_box(contours: Sequence[Any]) -> Sequence[int]:
    """Return x, y, w, h of the contour of the largest area, of the first such."""
    if len(contours) < 2:
        return cv2.boundingRect(contours[0]) if contours else NO_BOX
    return cv2.boundingRect(max(contours, key=cv2.contourArea))


class _BestOfAll:
    """The highest IoU of any contour's box with a true box, picture by picture."""

    def __init__(self, truth: NDArray[Any], shape: Sequence[int]) -> None:
        """Take the true boxes and the pictures' (H, W)."""
        self._truth, self._shape = truth, shape
        self._boxes: list[Sequence[int]] = []
        self._starts: list[int] = []
        self._highest: list[NDArray[np.float64]] = []

    def add(self, contours: Sequence[Any]) -> None:
        """Add the contours of the next picture."""
        self._starts.append(len(self._boxes))
        self._boxes.extend(map(cv2.boundingRect, contours) if contours else [NO_BOX])
        if len(self._boxes) >= HELD:
            self._reduce()

    def finish(self) -> NDArray[np.float64]:
        """Return a number for each picture."""
        if self._boxes:
            self._reduce()
        return np.concatenate(self._highest)

    def _reduce(self) -> None:
        ious = best_ious(self._boxes, self._truth, self._shape)
        self._highest.append(np.maximum.reduceat(ious, self._starts))
        self._boxes, self._starts = [], []


def best_ious(
    found: Sequence[Sequence[int]], truth: NDArray[Any], shape: Sequence[int]
) -> NDArray[np.float64]:
    """Return the highest IoU of each box with a true box.

    found m of x, y, w, h in a picture of ``shape`` (H, W); truth (n, 4) x0 y0 x1 y1 -> (m,).
    """
    boxes = np.fromiter(chain.from_iterable(found), np.int64).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    boxes[:, 2:] = np.minimum(boxes[:, 2:], (shape[1] - 1, shape[0] - 1))
    left_top = np.maximum(boxes[:, None, :2], truth[None, :, :2])
    right_bottom = np.minimum(boxes[:, None, 2:], truth[None, :, 2:])
    both = (right_bottom - left_top + 1).clip(min=0).prod(axis=2)
    mine, theirs = ((b[:, 2:] - b[:, :2] + 1).prod(axis=1) for b in (boxes, truth))
    ious: NDArray[np.float64] = (both / (mine[:, None] + theirs - both)).max(axis=1)
    return ious


def grey_levels(image: Tensor) -> NDArray[np.uint8] | None:
    """Return a map as whole numbers from 0 to 255; None if it is not finite."""
    scaled = min_max(image)
    if bool(scaled[0, 0].isnan()):
        return None
    return scaled.mul_(255).to(torch.uint8).cpu().numpy()


def thresholds_of(levels: NDArray[np.uint8], thresholds: NDArray[Any]) -> NDArray[np.int64]:
    """Return the numbers that pixels must exceed: int(t max)."""
    return (thresholds * int(levels.max())).astype(np.int64)
