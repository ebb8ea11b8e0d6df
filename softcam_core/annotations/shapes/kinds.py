"""The kinds of shapes, and what points, angle and mask each of them takes."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from softcam_core.annotations import masks

Kind = Literal[
    "box", "ellipse", "polygon", "freehand", "spline", "point", "mask", "length", "angle"
]
KINDS: tuple[Kind, ...] = get_args(Kind)

MEASURES: tuple[Kind, ...] = ("length", "angle")
"""Kinds that measure: they have no inside, cover no pixel of a mask and are no findings."""

OUTLINES: tuple[Kind, ...] = ("polygon", "freehand", "spline")
"""Kinds that are a closed outline through their points."""

Points = NDArray[np.float64]

_COUNTS: dict[str, int] = {"box": 2, "ellipse": 2, "point": 1, "length": 2, "angle": 3}


def checked_angle(kind: Kind, angle: float) -> float:
    """Return an angle in degrees.

    Raises:
        ValueError: it is no number, or the kind cannot be turned by an angle.
    """
    value = float(angle)
    if not np.isfinite(value):
        raise ValueError(f"angle: expected degrees, got {angle}")
    if value and kind != "ellipse":
        raise ValueError(f"angle: only an ellipse can be turned, not a {kind}")
    return value


def checked_points(kind: Kind, points: ArrayLike) -> Points:
    """Return the points (N, 2) of every kind but ``mask`` in normal form.

    Raises:
        ValueError: their number, shape or values make no sense.
    """
    wanted = _COUNTS.get(kind)
    expected = f"{wanted or '3 or more'} x 2 numbers for {_a(kind)}"
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


def checked_mask(points: ArrayLike, mask: ArrayLike | None) -> tuple[Points, masks.Mask]:
    """Return the corners (2, 2) and the pixels of a mask, cut to its bounding box.

    Raises:
        ValueError: no pixel is set, or the arrays' shapes or types make no sense.
    """
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


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"
