"""Where figures and reports go: what they are called, and what they never replace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.state import Case, ViewerState
from softcam_core.paths import same_file


def number_of(state: ViewerState, case: Case) -> int:
    """Return the number that the worklist gives a case, from 1."""
    return next((n for n, one in enumerate(state.cases, 1) if one.id == case.id), case.id)


def proposed_name(state: ViewerState, cases: Sequence[Case], what: str) -> str:
    """Return a file's name without suffix: the case's number, never its name, and what it is."""
    if len(cases) == 1:
        return f"case-{number_of(state, cases[0])}-{what}"
    return f"{len(cases)}-cases-{what}"


def why_kept(state: ViewerState, path: Path) -> str:
    """Return why a file must not be replaced, in one sentence; "" where it may."""
    study = [state.study.path] if state.study is not None else []
    models = [model.path for model in state.models]
    names = {path.name.casefold(), path.resolve().name.casefold()}
    images = [case.path for case in state.cases if case.path.name.casefold() in names]
    if any(same_file(path, one) for one in (*study, *models, *images)):
        sentence = QCoreApplication.translate(
            "targets", "{0} belongs to the open study; choose another name."
        )
        return sentence.format(path.name)
    return ""
