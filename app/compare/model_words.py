"""What panes say of their model: a short name, its own prediction, and their relation to it."""

from __future__ import annotations

from app import texts
from app.language import core_word
from app.state import Analysis, LoadedModel, ViewerState
from app.texts import tr
from softcam_core.models.titles import variant_of


def model_kind(state: ViewerState, model: LoadedModel) -> str:
    """Return what sets a model apart from the others for this image: ``sparse``; else its title."""
    kinds = [_variant(other) for other in _beside(state, model)]
    kind = _variant(model)
    return core_word(kind) if kinds.count(kind) == 1 else model.spec.title


def prediction(model: LoadedModel, analysis: Analysis) -> str:
    """Return what a model itself predicts: ``predicts severe 0.97``."""
    index = analysis.predicted
    said = texts.probability(float(analysis.probabilities[index]))
    return tr("predicts {0} {1}").format(model.spec.classes[index], said)


def relation(
    state: ViewerState, model: LoadedModel, analysis: Analysis, method: str, *, predicted: bool
) -> str:
    """Return how a map relates to the prediction, and to whose where that is another model's."""
    head = model.spec.head
    told = texts.relation(method, analysis, predicted=predicted, head=head)
    if method == "evidence" and predicted and model is not state.predicting_model():
        return tr("is its own prediction")
    return told


def in_short(told: str) -> str:
    """Return a relation in few words, for a narrow pane."""
    words = {
        tr("post-hoc approximation"): tr("post-hoc"),
        tr("identical by construction"): tr("identical"),
        tr("is the prediction"): tr("prediction"),
        tr("is its own prediction"): tr("its prediction"),
        tr("is the score of a class not predicted"): tr("not predicted"),
    }
    return words.get(told, told)


def _beside(state: ViewerState, model: LoadedModel) -> list[LoadedModel]:
    suiting = state.suiting(state.case) if state.case is not None else list(state.models)
    return suiting if model in suiting else [*suiting, model]


def _variant(model: LoadedModel) -> str:
    return variant_of({"head": model.spec.head, **model.spec.lambdas})
