"""What the protocol lets a reader measure, and see of what was measured."""

from __future__ import annotations

from app.evaluation.words import tr
from app.jobs.asked import Asked
from app.state import ViewerState
from app.texts import cases_text


def may_be_seen(state: ViewerState, case: int, reader: str) -> bool:
    """Return whether the protocol lets a model be measured on a case against a reader's marks."""
    sight = state.sight
    if sight.hides_model(case):
        return False
    return reader == state.reader or not sight.hides_others(case)


def hidden_cases(state: ViewerState, asked: Asked) -> int:
    """Return how many cases of an evaluation the protocol hides."""
    return sum(not may_be_seen(state, case, asked.reader) for case in asked.cases)


def may_be_listed(state: ViewerState, asked: Asked) -> bool:
    """Return whether a reader may know of an evaluation, which tells how far others are.

    A blinded reader sees those against their own marks, and those of no hidden case.
    """
    hidden = any(state.sight.hides_others(case) for case in asked.cases)
    return asked.reader == state.reader or not hidden


def hidden_sentence(state: ViewerState, asked: Asked | None) -> str:
    """Return why the protocol keeps an evaluation back, "" where it does not or there is none."""
    hidden = hidden_cases(state, asked) if asked is not None else 0
    if not hidden:
        return ""
    return tr(
        "This evaluation holds {0} of which your first read is not locked; the protocol hides "
        "what models and others say until then."
    ).format(cases_text(hidden))


def note_seen(state: ViewerState, asked: Asked) -> None:
    """Take down that the reader sees case by case what was measured of models."""
    for case in asked.cases:
        state.sight.note_seen(case, "evaluation")
