"""One drawn shape.

Coordinates are image pixels, x right, y down, (0, 0) the top left corner of the top left pixel.
Angles are degrees and turn clockwise on the screen. Closed outlines that cross themselves follow
the even-odd rule, as Qt paints them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softcam_core.annotations import masks
from softcam_core.annotations.shapes import curves, handles, lines
from softcam_core.annotations.shapes.kinds import (
    KINDS,
    MEASURES,
    OUTLINES,
    Kind,
    Points,
    checked_angle,
    checked_mask,
    checked_points,
)


class Shape:
    """One drawn shape; it never changes, its methods return new shapes.

    Attributes:
        kind: one of `KINDS`.
        points: (N, 2) float, x and y. ``box``: the top left and the bottom right corner;
            ``ellipse``: the centre and the two radii; ``polygon`` and ``freehand``: the corners,
            three or more; ``spline``: the places, three or more, that its closed curve goes
            through, see `curves.spline`; ``point``: one; ``mask``: the corners of the mask's
            bounding box; ``length``: both ends; ``angle``: the end of an arm, the vertex, the
            end of the other arm.
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
        self.angle = checked_angle(self.kind, angle)
        if self.kind == "mask":
            self.points, self.mask = checked_mask(points, mask)
        elif mask is not None:
            raise ValueError(f"mask: a {kind} takes none")
        else:
            self.points, self.mask = checked_points(self.kind, points), None
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

    def __reduce__(self) -> tuple[type[Shape], tuple[Any, ...]]:
        """Let another process make the shape anew, without the outline that this one traced."""
        return Shape, (self.kind, self.points, self.angle, self.mask)

    def __repr__(self) -> str:
        """Return the shape as it is made, long outlines shortened."""
        points = self.points.tolist()
        shown = str(points) if len(points) <= 4 else f"<{len(points)} points>"
        return f"Shape({self.kind!r}, {shown}, angle={self.angle:g})"

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """The enclosing box (x0, y0, x1, y1) in image pixels."""
        if self.kind == "ellipse":
            (cx, cy), (rx, ry) = self.points
            cos, sin = self._cos_sin()
            half_w, half_h = np.hypot(rx * cos, ry * sin), np.hypot(rx * sin, ry * cos)
            return float(cx - half_w), float(cy - half_h), float(cx + half_w), float(cy + half_h)
        points = self.outline()[0] if self.kind == "spline" else self.points
        low, high = points.min(axis=0), points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    @cached_property
    def centre(self) -> tuple[float, float]:
        """Where a shape turns about: the middle of its outline, or of a mask's bounding box."""
        if self.kind == "ellipse":
            return float(self.points[0, 0]), float(self.points[0, 1])
        if self.kind in ("box", "mask"):
            x, y = self.points.mean(axis=0)
        else:
            x, y = lines.middle(self.outline()[0])
        return float(x), float(y)

    def contains(self, x: float, y: float) -> bool:
        """Return whether the place lies inside; points and measurements have no inside.

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
        if self.kind not in OUTLINES:
            return False
        _, crossings = lines.crossings_at(self.outline()[0][:-1], np.array([y]))
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
        return min(lines.distance(line, x, y) for line in self.outline())

    def touches(self, box: tuple[float, float, float, float]) -> bool:
        """Return whether any of the outline lies in a box (x0, y0, x1, y1) of image pixels."""
        x0, y0, x1, y1 = self.bounds
        if x0 > box[2] or x1 < box[0] or y0 > box[3] or y1 < box[1]:
            return False
        return any(lines.touches_box(line, box) for line in self.outline())

    def outline(self) -> list[Points]:
        """Return lines (N, 2) to draw, closed ones with the first point repeated at the end.

        One for each part and each hole of a mask, one for every other kind. A point is a
        line of one place; a length and an angle are open lines.
        """
        return self._outline

    @cached_property
    def _outline(self) -> list[Points]:
        if self.kind == "point" or self.kind in MEASURES:
            return [self.points]
        if self.kind == "box":
            (x0, y0), (x1, y1) = self.points
            return [np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]])]
        if self.kind == "ellipse":
            turn = curves.ellipse_turns(float(self.points[1].max()))
            line = self._from_axes(np.stack([np.cos(turn), np.sin(turn)], axis=1))
            line[-1] = line[0]
            return [line]
        if self.kind == "mask":
            return [line + self.points[0] for line in masks.trace(cast(masks.Mask, self.mask))]
        if self.kind == "spline":
            return [self._curve[0]]
        return [lines.closed(self.points)]

    @cached_property
    def _curve(self) -> tuple[Points, NDArray[np.intp]]:
        return curves.spline(self.points)

    @property
    def handles(self) -> Points:
        """The places (N, 2) to take the shape by, in the order of `with_handle_moved`.

        ``box`` and ``freehand``: corners and side centres of the enclosing box, clockwise from
        the top left; ``ellipse``: the ends of the axes (right, bottom, left, top); ``mask``:
        none; every other kind: the points.
        """
        if self.kind in ("box", "freehand"):
            return handles.of_box(self.bounds)
        if self.kind == "ellipse":
            return self._from_axes(handles.ELLIPSE_AXES)
        if self.kind == "mask":
            return np.empty((0, 2))
        return self.points

    def moved(self, dx: float, dy: float) -> Shape:
        """Return the shape moved by (dx, dy) image pixels; a mask lands on whole pixels."""
        if self.kind == "ellipse":
            return Shape("ellipse", self.points + np.array([[dx, dy], [0, 0]]), self.angle)
        return Shape(self.kind, self.points + np.array([dx, dy]), self.angle, self.mask)

    def rotated(self, degrees: float, about: tuple[float, float] | None = None) -> Shape:
        """Return the shape turned about a place, by default its `centre`.

        A box stays level: turned by other than quarters it becomes a polygon.

        Raises:
            ValueError: the shape is a mask, whose pixels cannot be turned without loss.
        """
        if self.kind == "mask":
            raise ValueError("kind: the pixels of a mask cannot be turned")
        place = np.array(self.centre if about is None else about, float)
        if self.kind == "ellipse":
            centre = handles.turned(self.points[:1], degrees, place)
            angle = (self.angle + degrees + 180) % 360 - 180
            return Shape("ellipse", [centre[0], self.points[1]], angle)
        if self.kind == "box" and degrees % 90:
            return Shape("polygon", handles.turned(self.outline()[0][:-1], degrees, place))
        return Shape(self.kind, handles.turned(self.points, degrees, place))

    def resized(self, factor: float, about: tuple[float, float] | None = None) -> Shape:
        """Return the shape larger or smaller by a factor about a place, by default its `centre`.

        Raises:
            ValueError: the factor is not above 0, or the shape is a mask, made of whole pixels.
        """
        if not 0 < factor < np.inf:
            raise ValueError(f"factor: expected a number above 0, got {factor}")
        if self.kind == "mask":
            raise ValueError("kind: the pixels of a mask cannot be resized")
        place = np.array(self.centre if about is None else about, float)
        points = place + (self.points - place) * factor
        if self.kind == "ellipse":
            points[1] = self.points[1] * factor
        return Shape(self.kind, points, self.angle)

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
            return self._with_axis_moved(index, x, y)
        if self.kind in ("box", "freehand"):
            corners = handles.dragged_box(self.bounds, index, x, y)
            if self.kind == "box":
                return Shape("box", corners)
            return Shape(self.kind, handles.fitted(self.points, self.bounds, corners))
        points = self.points.copy()
        points[index] = x, y
        return Shape(self.kind, points)

    def _with_axis_moved(self, index: int, x: float, y: float) -> Shape:
        (cx, cy), radii = self.points[0], self.points[1].copy()
        cos, sin = self._cos_sin()
        dx, dy = x - cx, y - cy
        radii[index % 2] = abs(cos * dx + sin * dy) if index % 2 == 0 else abs(cos * dy - sin * dx)
        return Shape("ellipse", [[cx, cy], radii], self.angle)

    def with_vertex_inserted(self, index: int, x: float, y: float) -> Shape:
        """Return an outline with a corner put in before corner ``index``.

        Raises:
            ValueError: the kind has no corners.
        """
        return Shape(self._cornered(), np.insert(self.points, index, (x, y), axis=0))

    def with_vertex_removed(self, index: int) -> Shape:
        """Return an outline without one corner.

        Raises:
            ValueError: fewer than three would be left, or the kind has no corners.
        """
        return Shape(self._cornered(), np.delete(self.points, index, axis=0))

    def with_points_simplified(self, tolerance: float) -> Shape:
        """Return an outline with fewer corners; those left out lie within ``tolerance`` pixels.

        The points of a spline are its own already: it stays as it is, and so do kinds without
        corners.
        """
        if self.kind not in ("polygon", "freehand"):
            return self
        return Shape(self.kind, lines.simplified_outline(self.points, tolerance))

    def nearest_edge(self, x: float, y: float) -> int:
        """Return the index of the outline's edge nearest to a place: 0 from corner 0 to 1.

        Raises:
            ValueError: the kind has no corners.
        """
        kind = self._cornered()
        piece = int(np.argmin(lines.piece_distances(self.outline()[0], x, y)))
        return int(self._curve[1][piece]) if kind == "spline" else piece

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
        if self.kind not in OUTLINES:
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
