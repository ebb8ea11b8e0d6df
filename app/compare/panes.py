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

    A difference that is shown already is replaced. A full grid is left as it is: a note says so,
    for no pane may go without a word.
    """
    panes = list(state.panes)
    wanted = PaneContent(DIFFERENCE, pair=(side(panes[number]), side(panes[other])))
    for place, content in enumerate(panes):
        if content.method == DIFFERENCE:
            panes[place] = replace(content, pair=wanted.pair)
            break
    else:
        if len(panes) >= MOST:
            state.noted.emit(
                tr(
                    "All {0} panes are in use: close one (Compare > Close pane), and the "
                    "difference has a place."
                ).format(MOST)
            )
            return
        panes.append(wanted)
    state.set_panes(panes)


def difference(state: ViewerState) -> None:
    """Compare the current pane with the next one that suits it best; close a difference."""
    panes, current = state.panes, min(state.current, len(state.panes) - 1)
    content = panes[current]
    if content.method == DIFFERENCE:
        close(state, current)
        return
    after = [*range(current + 1, len(panes)), *range(current)]
    others = [number for number in after if panes[number].has_map]
    if not content.has_map and len(others) > 1:
        current, *others = others
    if not panes[current].has_map or not others:
        state.noted.emit(tr("Show two maps side by side; then their difference can be shown."))
        return
    # Of equally good ones the next.
    partner = min(others, key=lambda number: _strangeness(state, panes[current], panes[number]))
    wanted = side(panes[current]), side(panes[partner])
    same = [n for n, pane in enumerate(panes) if pane.method == DIFFERENCE and pane.pair == wanted]
    if same:
        close(state, same[0])
    else:
        compare_with(state, current, partner)


def _strangeness(state: ViewerState, content: PaneContent, other: PaneContent) -> int:
    """Return how little one asks for the difference of a map to another, from 0 up.

    Evidence is held against what approximates it, of the black box first: two models' evidence
    has limits of its own, and their difference is mostly the larger of the two.
    """
    if content.method != "evidence":
        return 0
    if other.method == "evidence":
        return 2
    model = state.pane_model(other)
    return int(model is None or model.spec.head != "blackbox")


def turn(state: ViewerState, number: int) -> None:
    """Turn the difference of a pane round: B - A for A - B."""
    pair = state.panes[number].pair
    if pair is not None:
        state.set_pane(number, pair=(pair[1], pair[0]))


def toggle_link(state: ViewerState) -> None:
    """Let the current pane move alone, or with the others again."""
    current = min(state.current, len(state.panes) - 1)
    state.set_pane(current, linked=not state.panes[current].linked)
