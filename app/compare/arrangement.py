"""Where panes stand: rows and columns for a window's shape, and which pane goes where."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

COLUMNS = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4}
"""Columns in a window that is wider than high."""

MOST = 8
"""So many panes are shown at most."""

FRAME = 72
"""Screen pixels of a pane's height that header and footer take."""

CLEARLY = 1.25
"""So much larger another arrangement must show the images before it is taken."""


def columns_for(count: int, width: int, height: int) -> int:
    """Return in how many columns ``count`` panes stand in an area, in screen pixels.

    The usual arrangement, unless the area is so narrow or high that square images would be
    clearly larger in another one.
    """
    usual = COLUMNS.get(count, 4)
    sides = {columns: _side(count, columns, width, height) for columns in range(1, count + 1)}
    best = max(sides, key=lambda columns: (sides[columns], -_holes(count, columns)))
    return best if sides[best] > CLEARLY * max(sides[usual], 1.0) else usual


def _side(count: int, columns: int, width: int, height: int) -> float:
    """Return the side of the square that each pane has room for."""
    return min(width / columns, height / ceil(count / columns) - FRAME)


def _holes(count: int, columns: int) -> int:
    return ceil(count / columns) * columns - count


def places(before: Sequence[object], after: Sequence[object]) -> list[int | None]:
    """Return for each place afterwards which one of before it continues, None for a new one.

    What stayed keeps its place; what is the same elsewhere has moved there; what is left was
    changed, in its own place if that is free.
    """
    found: list[int | None] = [None] * len(after)
    left = list(range(len(before)))

    def take(place: int, old: int) -> None:
        found[place] = old
        left.remove(old)

    for place, content in enumerate(after):
        if place < len(before) and before[place] == content:
            take(place, place)
    for place, content in enumerate(after):
        if found[place] is None:
            moved = next((old for old in left if before[old] == content), None)
            if moved is not None:
                take(place, moved)
    for place in range(len(after)):
        if found[place] is None and place in left:
            take(place, place)
    for place in range(len(after)):
        if found[place] is None and left:
            take(place, left[0])
    return found
