"""Lines of straight pieces: distances, crossings, and fewer points for the same line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from softcam_core.annotations.shapes.kinds import Points


def closed(corners: Points) -> Points:
    """Return corners (N, 2) with the first one repeated at the end."""
    return np.concatenate([corners, corners[:1]])


def piece_distances(line: Points, x: float, y: float) -> NDArray[np.float64]:
    """Return the distance of (x, y) to each piece (N - 1,) of a line (N, 2)."""
    return _distances(line[:-1], line[1:], np.array([x, y]))


def distance(line: Points, x: float, y: float) -> float:
    """Return the distance of (x, y) to a line (N, 2) of one point or more."""
    if len(line) == 1:
        return float(np.hypot(*(line[0] - (x, y))))
    return float(piece_distances(line, x, y).min())


def middle(line: Points) -> Points:
    """Return the centre of gravity (2,) of a line (N, 2), as of a wire.

    It does not depend on how many points the line is made of, and turns with the line.
    """
    pieces: NDArray[np.float64] = np.hypot(*np.diff(line, axis=0).T)
    if not pieces.any():
        start: Points = line[0].copy()
        return start
    centre: Points = (pieces[:, None] * (line[:-1] + line[1:]) / 2).sum(axis=0) / pieces.sum()
    return centre


def simplified(line: Points, tolerance: float) -> Points:
    """Return an open line (N, 2) with fewer of its points: none of the others lies farther off.

    By the rule of Ramer, Douglas and Peucker: between two kept points the farthest one is kept
    while it is more than ``tolerance`` away from the straight piece between them.
    """
    kept = np.zeros(len(line), bool)
    kept[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        gaps = _distances(line[first], line[last], line[first + 1 : last])
        farthest = int(gaps.argmax())
        if gaps[farthest] > tolerance:
            between = first + 1 + farthest
            kept[between] = True
            spans += [(first, between), (between, last)]
    return line[kept]


def simplified_outline(corners: Points, tolerance: float) -> Points:
    """Return a closed outline's corners (N, 2) with fewer of them, three at least.

    Both ends of its longest reach from the first corner are kept, and the line between them is
    `simplified`; an outline that would become a line and back keeps one corner more.
    """
    if len(corners) <= 3:
        return corners
    far = int(np.hypot(*(corners - corners[0]).T).argmax())
    if far == 0:
        return corners[:3]
    there = simplified(corners[: far + 1], tolerance)
    back = simplified(closed(corners)[far:], tolerance)
    kept = np.concatenate([there[:-1], back[:-1]])
    if len(kept) >= 3:
        return kept
    gaps = _distances(corners[0], corners[far], corners)
    gaps[[0, far]] = -1
    third = int(gaps.argmax())
    return corners[sorted((0, far, third))]


def touches_box(line: Points, box: tuple[float, float, float, float]) -> bool:
    """Return whether any piece of a line (N, 2) lies in or runs through a box (x0, y0, x1, y1)."""
    low, high = np.array(box[:2]), np.array(box[2:])
    if ((line >= low) & (line <= high)).all(axis=1).any():
        return True
    start, along = line[:-1], np.diff(line, axis=0)
    # Liang and Barsky: the part of each piece that is inside the box in x, and in y.
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - start) / along, (high - start) / along
    still = (along == 0) & (start >= low) & (start <= high)
    enter = np.where(along == 0, np.where(still, 0.0, 2.0), np.minimum(one, other))
    leave = np.where(along == 0, np.where(still, 1.0, -1.0), np.maximum(one, other))
    first = np.maximum(enter.max(axis=1, initial=0.0), 0.0)
    last = np.minimum(leave.min(axis=1, initial=1.0), 1.0)
    return bool((first <= last).any())


def crossings_at(
    corners: Points, rows: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return where a closed outline crosses horizontal lines.

    ``corners`` is (N, 2), ``rows`` (R,) the lines' y in rising order. The result is the index of
    the line and the x of the crossing, both (K,). An edge reaches from its upper end, included,
    to its lower end, excluded, so that outlines which share an edge share no pixel and leave no
    gap; a place is inside where the number of crossings at or left of it is odd.
    """
    a, b = corners, np.roll(corners, -1, axis=0)
    upper = np.where((a[:, 1] <= b[:, 1])[:, None], a, b)
    lower = np.where((a[:, 1] <= b[:, 1])[:, None], b, a)
    first, last = np.searchsorted(rows, upper[:, 1]), np.searchsorted(rows, lower[:, 1])
    counts = last - first
    edge = np.repeat(np.arange(len(a)), counts)
    line = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    up, down = upper[edge], lower[edge]
    part = (rows[line] - up[:, 1]) / (down[:, 1] - up[:, 1])
    return line, up[:, 0] + part * (down[:, 0] - up[:, 0])


def _distances(start: Points, end: Points, place: Points) -> NDArray[np.float64]:
    """Return the distances from places to straight pieces; the arrays (.., 2) are matched up."""
    along = end - start
    length = (along**2).sum(axis=-1)
    offset = place - start
    part = np.clip((offset * along).sum(axis=-1) / np.where(length > 0, length, 1), 0, 1)
    gap = offset - part[..., None] * along
    distances: NDArray[np.float64] = np.hypot(gap[..., 0], gap[..., 1])
    return distances
