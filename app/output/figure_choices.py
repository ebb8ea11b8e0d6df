"""What a user chooses for a figure, and what of it may be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from app.state import Case, LoadedModel, ViewerState
from softcam_core.explain.methods import METHODS

VIEW, FLAGGED, LISTED, TYPED = "view", "flagged", "listed", "typed"
LAYOUTS = ("methods", "localization", "classes", "screen")
USUAL = {
    "methods": ("layercam", "gradcam", "evidence"),
    "localization": ("gradcam", "layercam", "evidence"),
    "classes": ("gradcam", "evidence"),
    "screen": (),
}
"""Methods that are ticked at first; the slow ones of the paper's figure are one tick away."""
MOST = 12
"""More cases than this are no figure."""
IN_VIEW, PREDICTED, LABELLED = "view", "predicted", "label"


@dataclass(frozen=True)
class Choices:
    """One state of the dialog.

    Attributes:
        layout: one of `LAYOUTS`.
        cases: in the figure's order.
        models: ids.
        methods: ids, in the order of the columns.
        class_name: `IN_VIEW`, `PREDICTED`, `LABELLED`, or a class by name after ``=``.
        kind: ``png``, ``svg`` or ``pdf``.
        width: mm.
        opacity: from 0 to 1; the other fields as in `softcam_core.plates.values`.
        names: cases are called by their files' names.
    """

    layout: str = "methods"
    cases: tuple[Case, ...] = ()
    models: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    class_name: str = IN_VIEW
    kind: str = "png"
    dpi: int = 300
    width: float = 175.0
    title: str = ""
    opacity: float = 0.6
    style: str = "blend"
    smooth: bool = True
    marks: bool = True
    bars: bool = True
    scale: bool = True
    footer: bool = True
    dark: bool = False
    names: bool = field(default=False)


def why_not(state: ViewerState, choices: Choices) -> str:
    """Return why there can be no figure, in one sentence; "" where there can."""
    if not choices.cases:
        return _tr("No case is chosen.")
    if len(choices.cases) > MOST:
        return _tr("{0} cases are too many for one figure; choose {1} at most.").format(
            len(choices.cases), MOST
        )
    hidden = [case for case in choices.cases if state.model_hidden(case)]
    if hidden:
        sentence = _tr(
            "The protocol hides what models say of {0} of these cases until your first read is "
            "locked; lock it first, or choose other cases."
        )
        return sentence.format(len(hidden))
    if choices.layout == "screen":
        return ""
    if not choices.models:
        return _tr("No model is chosen.")
    return "" if choices.methods else _tr("No method is chosen.")


def typed_cases(state: ViewerState, text: str) -> list[Case]:
    """Return the cases of "1, 4-6, name" by their numbers in the worklist, or by their names."""
    found: list[Case] = []
    for word in filter(None, (part.strip() for part in text.split(","))):
        numbers = re.fullmatch(r"(\d+)(?:\s*[-\N{EN DASH}]\s*(\d+))?", word)
        if numbers:
            first, last = int(numbers[1]), int(numbers[2] or numbers[1])
            found += state.cases[max(first, 1) - 1 : last]
        else:
            found += [c for c in state.cases if word.casefold() in c.name.casefold()][:1]
    return list(dict.fromkeys(found))


def chosen_cases(
    state: ViewerState, which: str, listed: Sequence[int] = (), text: str = ""
) -> list[Case]:
    """Return the cases of a choice, in the worklist's order."""
    if which == TYPED:
        return typed_cases(state, text)
    if which == FLAGGED:
        return [case for case in state.cases if case.status == "flagged"]
    if which == LISTED:
        return [case for case in state.cases if case.id in listed]
    return [state.case] if state.case is not None else []


def offered_models(state: ViewerState, cases: Sequence[Case]) -> list[LoadedModel]:
    """Return the models that suit one of some cases and that the reader may see there."""
    wanted = {model.id for case in cases for model in state.models_for(case)}
    return [model for model in state.models if model.id in wanted]


def offered_methods(models: Sequence[LoadedModel]) -> list[str]:
    """Return the methods that one of some models allows."""
    return [method for method in METHODS if any(method not in m.refused for m in models)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("figure", text)
