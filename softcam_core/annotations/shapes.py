"""The shapes a reader draws, as plain geometry: no window, no file.

Coordinates are image pixels, x right, y down, (0, 0) the top left corner of the top left pixel.
Angles are degrees and turn clockwise on the screen. Closed outlines that cross themselves follow
the even-odd rule, as Qt paints them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, Literal, cast, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softcam_core.annotations import masks

Kind = Literal["box", "ellipse", "polygon", "freehand", "point", "mask"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Points = NDArray[np.float64]

# How far, in pixels, the straight pieces of an ellipse's outline may leave the true curve.
_SAGITTA = 0.05
# The handle that turns an ellipse stands this many radii above its centre.
_TURN_HANDLE = 1.3


class Shape:
    """One drawn shape; it never changes, its methods return new shapes.

    Attributes:
        kind: one of `KINDS`.
        points: (N, 2) float, x and y. ``box``: the top left and the bottom right corner;
            ``ellipse``: the centre and the two radii; ``polygon`` and ``freehand``: the corners,
            three or more; ``point``: one; ``mask``: the corners of the mask's bounding box.
        angle: degrees that an ellipse is turned by; 0 for the other kinds.
        mask: (h, w) bool, the pixels inside the bounding box; None for the other kinds.
    """

    kind: Kind
    points: Points
    angle: float
    mask: masks.Mask | None

    def __init__(
        self,
        kind: str,
        points: ArrayLike = (),
        angle: float = 0.0,
        mask: ArrayLike | None = None,
    ) -> None:
        """Check the geometry and put it into its normal form.

        A ``mask`` without ``points`` is (H, W) of the whole image and is cut to its bounding box.

        Raises:
            ValueError: an argument of the wrong kind, shape or value; the text names it.
        """
        if kind not in KINDS:
            raise ValueError(f"kind: expected one of {', '.join(KINDS)}, got {kind!r}")
        self.kind = kind
        self.angle = _checked_angle(self.kind, angle)
        if self.kind == "mask":
            self.points, self.mask = _checked_mask(points, mask)
        elif mask is not None:
            raise ValueError(f"mask: a {kind} takes none")
        else:
            self.points, self.mask = _checked_points(self.kind, points), None
        self.points.setflags(write=False)

    def __eq__(self, other: object) -> bool:
        """Return whether both are of one kind and cover the same ground."""
        if not isinstance(other, Shape):
            return NotImplemented
        return (
            self.kind == other.kind
            and self.angle == other.angle
            and np.array_equal(self.points, other.points)
            and (self.mask is None or np.array_equal(self.mask, cast(masks.Mask, other.mask)))
        )

    def __hash__(self) -> int:
        """Return a hash that equal shapes share."""
        return hash((self.kind, self.angle, self.points.tobytes()))

    def __repr__(self) -> str:
        """Return the shape as it is made, long outlines shortened."""
        points = self.points.tolist()
        shown = str(points) if len(points) <= 4 else f"<{len(points)} points>"
        return f"Shape({self.kind!r}, {shown}, angle={self.angle:g})"

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The enclosing box (x0, y0, x1, y1) in image pixels."""
        if self.kind == "ellipse":
            (cx, cy), (rx, ry) = self.points
            cos, sin = self._cos_sin()
            half_w, half_h = np.hypot(rx * cos, ry * sin), np.hypot(rx * sin, ry * cos)
            return float(cx - half_w), float(cy - half_h), float(cx + half_w), float(cy + half_h)
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    def contains(self, x: float, y: float) -> bool:
        """Return whether the place lies inside; a single point has no inside.

        Left and top edges belong to the shape, right and bottom edges do not.
        """
        if self.kind == "box":
            (x0, y0), (x1, y1) = self.points
            return bool(x0 <= x < x1 and y0 <= y < y1)
        if self.kind == "ellipse":
            return bool(self.ellipse_contains(np.asarray(x), np.asarray(y)))
        if self.kind == "mask":
            (x0, y0), (x1, y1) = self.points
            patch = cast(masks.Mask, self.mask)
            return bool(x0 <= x < x1 and y0 <= y < y1 and patch[int(y - y0), int(x - x0)])
        if self.kind == "point":
            return False
        _, crossings = crossings_at(self.points, np.array([y]))
        return bool(np.count_nonzero(crossings <= x) % 2)

    def ellipse_contains(self, x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.bool_]:
        """Return which of the places lie inside this ellipse, its edge excluded."""
        (cx, cy), (rx, ry) = self.points
        cos, sin = self._cos_sin()
        dx, dy = x - cx, y - cy
        along, across = (cos * dx + sin * dy) * ry, (cos * dy - sin * dx) * rx
        inside: NDArray[np.bool_] = along**2 + across**2 < (rx * ry) ** 2
        return inside

    def distance(self, x: float, y: float) -> float:
        """Return the distance in image pixels from a place to the nearest piece of the outline."""
        return min(_distance_to_polyline(line, x, y) for line in self.outline())

    def outline(self) -> list[Points]:
        """Return closed polylines (N, 2) to draw, first point repeated at the end.

        One for each part and each hole of a mask, one for every other kind. A point is a
        polyline of one place.
        """
        return self._outline

    @cached_property
    def _outline(self) -> list[Points]:
        if self.kind == "point":
            return [self.points]
        if self.kind == "box":
            (x0, y0), (x1, y1) = self.points
            return [np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]])]
        if self.kind == "ellipse":
            radius = max(float(self.points[1].max()), 2 * _SAGITTA)
            count = int(np.clip(np.pi / np.arccos(1 - _SAGITTA / radius), 24, 720))
            turn = np.linspace(0, 2 * np.pi, count + 1)
            line = self._from_axes(np.stack([np.cos(turn), np.sin(turn)], axis=1))
            line[-1] = line[0]
            return [line]
        if self.kind == "mask":
            return [line + self.points[0] for line in masks.trace(cast(masks.Mask, self.mask))]
        return [np.concatenate([self.points, self.points[:1]])]

    @property
    def handles(self) -> Points:
        """The places (N, 2) to take the shape by, in the order of `with_handle_moved`.

        ``box`` and ``freehand``: corners and side centres of the enclosing box, clockwise from
        the top left; ``ellipse``: the ends of the axes (right, bottom, left, top), then the
        handle that turns it; ``polygon`` and ``point``: the points; ``mask``: none.
        """
        if self.kind in ("box", "freehand"):
            x0, y0, x1, y1 = self.bounds
            cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
            return np.array(
                [[x0, y0], [cx, y0], [x1, y0], [x1, cy], [x1, y1], [cx, y1], [x0, y1], [x0, cy]]
            )
        if self.kind == "ellipse":
            axes = [[1, 0], [0, 1], [-1, 0], [0, -1], [0, -_TURN_HANDLE]]
            return self._from_axes(np.array(axes, float))
        if self.kind == "mask":
            return np.empty((0, 2))
        return self.points

    def moved(self, dx: float, dy: float) -> Shape:
        """Return the shape moved by (dx, dy) image pixels; a mask lands on whole pixels."""
        if self.kind == "ellipse":
            return Shape("ellipse", self.points + np.array([[dx, dy], [0, 0]]), self.angle)
        return Shape(self.kind, self.points + np.array([dx, dy]), self.angle, self.mask)

    def with_handle_moved(self, index: int, x: float, y: float) -> Shape:
        """Return the shape with one of its `handles` taken to (x, y).

        Opposite sides of a box stay; the centre of an ellipse stays. While a handle is dragged,
        call this on the shape as it was when the drag began: a box dragged past its other side
        is turned over and its handles are numbered anew.

        Raises:
            ValueError: the shape has no such handle.
        """
        if not 0 <= index < len(self.handles):
            raise ValueError(f"index: a {self.kind} has no handle {index}")
        if self.kind == "ellipse":
            return self._with_ellipse_handle_moved(index, x, y)
        if self.kind in ("box", "freehand"):
            before = np.array(self.bounds).reshape(2, 2)
            after = before.copy()
            if index in (0, 6, 7):
                after[0, 0] = x
            if index in (2, 3, 4):
                after[1, 0] = x
            if index in (0, 1, 2):
                after[0, 1] = y
            if index in (4, 5, 6):
                after[1, 1] = y
            size = np.where(before[1] > before[0], before[1] - before[0], 1)
            points = after[0] + (self.points - before[0]) / size * (after[1] - after[0])
            return Shape(self.kind, after if self.kind == "box" else points)
        points = self.points.copy()
        points[index] = x, y
        return Shape(self.kind, points)

    def _with_ellipse_handle_moved(self, index: int, x: float, y: float) -> Shape:
        (cx, cy), radii = self.points[0], self.points[1].copy()
        cos, sin = self._cos_sin()
        dx, dy = x - cx, y - cy
        if index == 4:
            angle = float(np.degrees(np.arctan2(dx, -dy)))
            return Shape("ellipse", self.points, angle)
        axis = index % 2
        radii[axis] = abs(cos * dx + sin * dy) if axis == 0 else abs(cos * dy - sin * dx)
        return Shape("ellipse", [[cx, cy], radii], self.angle)

    def with_vertex_inserted(self, index: int, x: float, y: float) -> Shape:
        """Return a polygon or freehand outline with a corner put in before corner ``index``."""
        return Shape(self._cornered(), np.insert(self.points, index, (x, y), axis=0))

    def with_vertex_removed(self, index: int) -> Shape:
        """Return a polygon or freehand outline without one corner.

        Raises:
            ValueError: fewer than three would be left, or the kind has no corners.
        """
        return Shape(self._cornered(), np.delete(self.points, index, axis=0))

    def nearest_edge(self, x: float, y: float) -> int:
        """Return the index of the outline's edge nearest to a place: 0 from corner 0 to 1."""
        self._cornered()
        line = self.outline()[0]
        return int(np.argmin(_segment_distances(line, x, y)))

    def full_mask(self, size: tuple[int, int]) -> masks.Mask:
        """Return a ``mask`` shape as (H, W) bool of the whole image, ``size`` = (H, W).

        Raises:
            ValueError: the shape is of another kind; `rasterize` takes them all.
        """
        if self.mask is None:
            raise ValueError(f"kind: expected a mask, got a {self.kind}")
        out = np.zeros(size, bool)
        masks.paste(self.mask, int(self.points[0, 0]), int(self.points[0, 1]), out)
        return out

    def _cornered(self) -> Kind:
        if self.kind not in ("polygon", "freehand"):
            raise ValueError(f"kind: a {self.kind} has no corners to edit")
        return self.kind

    def _cos_sin(self) -> tuple[float, float]:
        turn = np.radians(self.angle)
        return float(np.cos(turn)), float(np.sin(turn))

    def _from_axes(self, places: Points) -> Points:
        """Turn places in units of an ellipse's radii, (N, 2), into image pixels."""
        cos, sin = self._cos_sin()
        scaled = places * self.points[1]
        turned: Points = scaled @ np.array([[cos, sin], [-sin, cos]]) + self.points[0]
        return turned


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


def _checked_angle(kind: Kind, angle: float) -> float:
    value = float(angle)
    if not np.isfinite(value):
        raise ValueError(f"angle: expected degrees, got {angle}")
    if value and kind != "ellipse":
        raise ValueError(f"angle: only an ellipse can be turned, not a {kind}")
    return value


def _checked_points(kind: Kind, points: ArrayLike) -> Points:
    wanted = {"box": 2, "ellipse": 2, "point": 1}.get(kind)
    expected = f"{wanted or '3 or more'} x 2 numbers for a {kind}"
    try:
        array = np.array(points, float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"points: expected {expected}, got {points!r}") from error
    if kind == "point" and array.shape == (2,):
        array = array[None]
    count_fits = array.ndim == 2 and (len(array) == wanted if wanted else len(array) >= 3)
    if not count_fits or array.shape[1] != 2:
        raise ValueError(f"points: expected {expected}, got an array of shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError("points: expected finite numbers, got infinity or NaN")
    if kind == "box":
        array.sort(axis=0)
    if kind == "ellipse" and (array[1] < 0).any():
        raise ValueError(f"points: expected radii of 0 or more, got {array[1].tolist()}")
    return array


def _checked_mask(points: ArrayLike, mask: ArrayLike | None) -> tuple[Points, masks.Mask]:
    if mask is None:
        raise ValueError("mask: a shape of kind mask needs one, a bool array (H, W)")
    array = np.asarray(mask)
    if array.ndim != 2 or array.dtype.kind not in "bui":
        raise ValueError(
            f"mask: expected a bool array (H, W), got {array.dtype} of shape {array.shape}"
        )
    patch, x, y = array.astype(bool), 0, 0
    corners = np.array(points, float)
    if corners.size:
        if corners.shape != (2, 2) or not np.isfinite(corners).all():
            raise ValueError(f"points: expected the mask's two corners, got {points!r}")
        x, y = np.rint(corners[0]).astype(int)
        width, height = np.rint(corners[1] - corners[0]).astype(int)
        if (height, width) != patch.shape:
            raise ValueError(
                f"points: expected corners {patch.shape[1]} x {patch.shape[0]} pixels apart, "
                f"as the mask is, got {width} x {height}"
            )
    box = masks.bounding_box(patch)
    if box is None:
        raise ValueError("mask: expected at least one pixel inside, got an empty mask")
    x0, y0, x1, y1 = box
    patch = patch[y0:y1, x0:x1].copy()
    patch.setflags(write=False)
    return np.array([[x0 + x, y0 + y], [x1 + x, y1 + y]], float), patch


def _segment_distances(line: Points, x: float, y: float) -> NDArray[np.float64]:
    """Return the distance of (x, y) to each piece (N - 1,) of a polyline (N, 2)."""
    start, along = line[:-1], np.diff(line, axis=0)
    length = (along**2).sum(axis=1)
    offset = np.array([x, y]) - start
    part = np.clip((offset * along).sum(axis=1) / np.where(length > 0, length, 1), 0, 1)
    gap = offset - part[:, None] * along
    distances: NDArray[np.float64] = np.hypot(gap[:, 0], gap[:, 1])
    return distances


def _distance_to_polyline(line: Points, x: float, y: float) -> float:
    if len(line) == 1:
        return float(np.hypot(*(line[0] - (x, y))))
    return float(_segment_distances(line, x, y).min())
