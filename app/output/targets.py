"""What the files of figures and reports are called."""

from __future__ import annotations

from collections.abc import Sequence

from app.state import Case, ViewerState


def number_of(state: ViewerState, case: Case) -> int:
    """Return the number that the worklist gives a case, from 1."""
    return next((n for n, one in enumerate(state.cases, 1) if one.id == case.id), case.id)


def proposed_name(state: ViewerState, cases: Sequence[Case], what: str) -> str:
    """Return a file's name without suffix: the case's number, never its name, and what it is."""
    if len(cases) == 1:
        return f"case-{number_of(state, cases[0])}-{what}"
    return f"{len(cases)}-cases-{what}"
