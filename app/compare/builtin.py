"""Layouts that every study has: what is compared most often."""

from __future__ import annotations

import numpy as np

from app.compare.arrangement import MOST
from app.compare.further import PATIENT, QUICK
from app.state import LoadedModel, PaneContent, ViewerState
from app.texts import hidden_notice, tr


def builtin(state: ViewerState, name: str) -> tuple[list[PaneContent], str]:
    """Return the panes of a built-in layout, or none and why there are none, in one sentence.

    Args:
        state: what is open.
        name: ``two``, ``methods``, ``classes`` or ``models``.
    """
    if name == "two":
        return [PaneContent("evidence"), PaneContent("gradcam")], ""
    if state.model_hidden():
        return [], hidden_notice()
    fitting = state.models_for(state.case) if state.case else state.models
    own = [model for model in fitting if state.has_map(model, "evidence")]
    if name == "methods" and fitting:
        return _methods(state, fitting[0]), ""
    if name == "classes" and own:
        return _classes(state, own[0]), ""
    if name == "models" and len(own) > 1:
        return [PaneContent("evidence", model.id) for model in own[:MOST]], ""
    if name == "models":
        return [], tr("Open a second SoftCAM model to see the evidence of both side by side.")
    return [], tr("Open a model first; this layout is of its maps.")


def _methods(state: ViewerState, model: LoadedModel) -> list[PaneContent]:
    """Return every method that explains a model, the quick ones first."""
    methods = (method for method in (*QUICK, *PATIENT, "opticam") if state.has_map(model, method))
    return [PaneContent(method, model.id) for method in methods][:MOST]


def _classes(state: ViewerState, model: LoadedModel) -> list[PaneContent]:
    """Return a pane of evidence for each class (paper, Fig. 15): of many, the most probable."""
    names = list(model.spec.classes)
    analysis = state.analysis(model)
    if len(names) > MOST and analysis is not None:
        names = [names[n] for n in np.argsort(-analysis.probabilities, kind="stable")]
    return [PaneContent("evidence", model.id, class_name=name) for name in names[:MOST]]
