"""What a report asks the child for: which cases, which maps of which models, and what is hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app import texts
from app.output.report_words import report_words
from app.state import Case, LoadedModel, ViewerState
from softcam_core.case_report.values import Asked
from softcam_core.explain.methods import METHODS

THIS, FLAGGED, DONE, ALL = "this", "flagged", "done", "all"


@dataclass(frozen=True)
class Choices:
    """What the user wants in the report.

    Attributes:
        methods: of the maps, in order.
        classes: to explain beside the predicted one.
        names: the images' file names are told.
    """

    methods: tuple[str, ...]
    classes: tuple[str, ...] = ()
    names: bool = False


def chosen_cases(state: ViewerState, which: str) -> list[Case]:
    """Return the cases of a choice, in the worklist's order."""
    if which == THIS:
        return [state.case] if state.case is not None else []
    if which == ALL:
        return list(state.cases)
    return [case for case in state.cases if case.status == which]


def front_payload(state: ViewerState, cases: int, choices: Choices) -> dict[str, Any]:
    """Return what the child needs for the head of a report."""
    return {
        "piece": "front",
        "words": report_words(),
        "front": {
            "made": datetime.now(UTC),
            "reader": state.reader,
            "cases": cases,
            "named": choices.names,
            "language": texts.tr("en"),
        },
    }


def case_payload(state: ViewerState, case: Case, choices: Choices) -> dict[str, Any]:
    """Return what the child needs for one case; of models only what the reader may see."""
    assert state.study is not None
    hidden = state.model_hidden(case)
    shown = state.case is not None and state.case.id == case.id and state.image is not None
    number = next((n for n, one in enumerate(state.cases, start=1) if one.id == case.id), case.id)
    asked = Asked(
        study=state.study.path,
        case=case.id,
        path=case.path,
        number=str(number),
        name=case.name if choices.names else "",
        frame=state.image.frame if shown and state.image is not None else 0,
        modality=case.modality,
        status=case.status,
        reader=state.reader,
        mode=state.sight.mode,
        model_hidden=hidden,
        others_hidden=state.others_hidden(case),
        truth="" if state.others_hidden(case) else state.truth,
    )
    return {
        "piece": "case",
        "words": report_words(),
        "asked": asked,
        "models": [] if hidden else _models(state, case, choices),
        "classes": list(choices.classes),
    }


def closing_payload(models: list[str]) -> dict[str, Any]:
    """Return what the child needs for what stands behind the cases."""
    return {"piece": "closing", "words": report_words(), "models": models}


def offered_methods(state: ViewerState, cases: Sequence[Case]) -> list[str]:
    """Return the methods that any model for these cases allows, in the program's order."""
    models = _seen(state, cases)
    return [m for m in METHODS if any(m not in model.refused for model in models)]


def on_screen(state: ViewerState) -> list[str]:
    """Return the methods whose maps are in the window's panes, as far as they show."""
    parts = [part for pane in state.panes for part in pane.maps()]
    return [part.method for part in parts if state.pane_map(part) is not None]


def is_known(state: ViewerState, cases: Sequence[Case], method: str) -> bool:
    """Return whether a method's map of the case in view is there, so that none is computed."""
    if state.case is None or [case.id for case in cases] != [state.case.id]:
        return False
    model = _model_of(state.models_for(state.case), method)
    found = state.analysis(model)
    return found is not None and found.map(method, found.predicted) is not None


def offered_classes(state: ViewerState, cases: Sequence[Case]) -> list[str]:
    """Return the classes of the models for these cases."""
    models = _seen(state, cases)
    return list(dict.fromkeys(name for model in models for name in model.spec.classes))


def _seen(state: ViewerState, cases: Sequence[Case]) -> list[LoadedModel]:
    """Return the models that the reader may see of any of these cases."""
    # A thousand cases are of a few kinds; the protocol is asked of one of each.
    kinds = {(case.modality, state.model_hidden(case)): case for case in cases}
    seen = {model.id for case in kinds.values() for model in state.models_for(case)}
    return [model for model in state.models if model.id in seen]


def _models(state: ViewerState, case: Case, choices: Choices) -> list[dict[str, Any]]:
    """Return each model with its methods and limits; the predicting one first, even without any."""
    models = state.models_for(case)
    predicting = state.predicting_model(case)
    if predicting is None:
        return []
    methods: dict[str, list[str]] = {predicting.id: []}
    for method in choices.methods:
        found = _model_of(models, method)
        if found is not None:
            methods.setdefault(found.id, []).append(method)
    return [
        {"id": model, "methods": own, "limits": _limits(state, model, own)}
        for model, own in methods.items()
    ]


def _model_of(models: list[LoadedModel], method: str) -> LoadedModel | None:
    """Return the model that a pane would show a method of, as `ViewerState.pane_model` does."""
    able = [model for model in models if method not in model.refused]
    wanted = "softcam" if method == "evidence" else "blackbox"
    return next(iter([m for m in able if m.spec.head == wanted] or able), None)


def _limits(state: ViewerState, model: str, methods: list[str]) -> dict[str, float]:
    """Return the fixed limits that are known; a method without one is left out."""
    keys = [(model, method) for method in methods]
    return {
        key[1]: state.limit(key) for key in keys if key in state.limits or key in state.own_limits
    }
