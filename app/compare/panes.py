"""What can be done to the panes of a state: their number, their order, their differences."""

from __future__ import annotations

from dataclasses import replace

from app.compare.arrangement import MOST
from app.compare.further import further
from app.state import DIFFERENCE, PaneContent, ViewerState
from app.texts import tr


def set_count(state: ViewerState, count: int) -> None:
    """Show so many panes."""
    state.set_panes(further(state, state.panes, min(max(count, 1), MOST)))


def swap(state: ViewerState, one: int, other: int) -> None:
    """Let two panes change places; the keys follow the first of them."""
    count = len(state.panes)
    if one == other or not (0 <= one < count and 0 <= other < count):
        return
    panes = list(state.panes)
    panes[one], panes[other] = panes[other], panes[one]
    state.set_panes(panes)
    state.set_current(other)


def step(state: ViewerState, number: int, way: int) -> None:
    """Let a pane change places with the next one (``way`` 1) or the one before (-1)."""
    swap(state, number, number + way)


def close(state: ViewerState, number: int) -> None:
    """Take a pane away, unless it is the only one."""
    panes = list(state.panes)
    if len(panes) > 1 and 0 <= number < len(panes):
        del panes[number]
        if state.current > number or state.current == len(panes):
            state.set_current(max(state.current - 1, 0))
        state.set_panes(panes)


def side(content: PaneContent) -> PaneContent:
    """Return a content as one side of a difference: its map, without how a pane shows it."""
    return replace(content, reader="", opacity=None, linked=True, pair=None)


def compare_with(state: ViewerState, number: int, other: int) -> None:
    """Let a pane of its own show what one pane's map has over another's.

    A difference that is shown already is replaced; with the grid full, the last pane that is
    none of the two.
    """
    panes = list(state.panes)
    wanted = PaneContent(DIFFERENCE, pair=(side(panes[number]), side(panes[other])))
    for place, content in enumerate(panes):
        if content.method == DIFFERENCE:
            panes[place] = replace(content, pair=wanted.pair)
            break
    else:
        if len(panes) < MOST:
            panes.append(wanted)
        else:
            last = max(n for n in range(len(panes)) if n not in (number, other))
            panes[last] = wanted
    state.set_panes(panes)


def difference(state: ViewerState) -> None:
    """Compare the current pane with the next one that has a map; turn a difference round."""
    panes, current = state.panes, min(state.current, len(state.panes) - 1)
    content = panes[current]
    if content.method == DIFFERENCE and content.pair is not None:
        state.set_pane(current, pair=(content.pair[1], content.pair[0]))
        return
    after = [*range(current + 1, len(panes)), *range(current)]
    others = [number for number in after if panes[number].has_map]
    if not content.has_map and len(others) > 1:
        current, *others = others
    if not panes[current].has_map or not others:
        state.noted.emit(tr("Show two maps side by side; then their difference can be shown."))
        return
    compare_with(state, current, others[0])


def toggle_link(state: ViewerState) -> None:
    """Let the current pane move alone, or with the others again."""
    current = min(state.current, len(state.panes) - 1)
    state.set_pane(current, linked=not state.panes[current].linked)
