"""The WSOL benchmark's evaluation, straightforward: a loop over thresholds, one box at a time."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

THRESHOLDS = np.arange(0, 1, 0.001)
Box = Sequence[float]


def scaled(score_map: NDArray) -> NDArray[np.float64]:
    image = np.asarray(score_map, np.float64)
    image = image - image.min()
    return image / image.max() if image.max() > 0 else image


def found_boxes(score_map: NDArray, threshold: float, largest_only: bool) -> list[Box]:
    """The boxes of the contours of one thresholded map."""
    grey = (scaled(score_map) * 255).astype(np.uint8)
    height, width = grey.shape
    picture = np.where(grey > int(threshold * grey.max()), 255, 0).astype(np.uint8)
    contours = cv2.findContours(picture, cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)[0]
    if len(contours) == 0:
        return [[0, 0, 0, 0]]
    if largest_only:
        contours = [max(contours, key=cv2.contourArea)]
    boxes: list[Box] = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        boxes.append([x, y, min(x + w, width - 1), min(y + h, height - 1)])
    return boxes


def pixels(box: Box) -> float:
    return (box[2] - box[0] + 1) * (box[3] - box[1] + 1)


def overlap(a: Box, b: Box) -> float:
    w = max(0, min(a[2], b[2]) - max(a[0], b[0]) + 1)
    h = max(0, min(a[3], b[3]) - max(a[1], b[1]) + 1)
    return w * h / (pixels(a) + pixels(b) - w * h)


def best_overlap(score_map: NDArray, boxes: NDArray, threshold: float, largest: bool) -> float:
    found = found_boxes(score_map, threshold, largest)
    truth = [[int(value) for value in box] for box in boxes]
    return max(overlap(a, b) for a in found for b in truth)


def box_acc(
    score_maps: Sequence[NDArray], boxes: Sequence[NDArray], ious: Sequence[float], largest: bool
) -> list[float]:
    """MaxBoxAcc (largest) or MaxBoxAccV2, in percent, for each IoU asked for."""
    right = np.zeros((len(ious), len(THRESHOLDS)))
    for image, truth in zip(score_maps, boxes, strict=True):
        for k, threshold in enumerate(THRESHOLDS):
            value = best_overlap(image, truth, threshold, largest)
            for j, iou in enumerate(ious):
                right[j, k] += value >= iou
    return [row.max() * 100 / len(score_maps) for row in right]


def average_precision(score_maps: Sequence[NDArray], masks: Sequence[NDArray]) -> float:
    """PxAP in percent: a sum over the bins, from the highest score downwards."""
    edges = [*THRESHOLDS, 1.0, 2.0]
    scores = np.concatenate([scaled(m).ravel() for m in score_maps])
    truth = np.concatenate([np.asarray(m).ravel() for m in masks])
    area = hits = taken = 0.0
    for low, high in zip(edges[-2::-1], edges[:0:-1], strict=True):
        inside = (scores >= low) & (scores < high)
        found = np.count_nonzero(inside & (truth == 1))
        hits += found
        taken += found + np.count_nonzero(inside & (truth == 0))
        if found:
            area += hits / taken * found / np.count_nonzero(truth == 1)
    return 100 * area
