"""What panes are called: their maps, the two sides of a difference, and how far these agree."""

from __future__ import annotations

import math

from app import texts
from app.compare.model_words import model_kind
from app.state import DIFFERENCE, IMAGE, MARKS, PaneContent, ViewerState
from app.texts import tr
from softcam_core.explain.comparing import Agreement


def content_name(content: PaneContent) -> str:
    """Return what a pane shows, without a word about its model: ``Grad-CAM: severe``."""
    if content.method == IMAGE:
        return tr("Image")
    if content.method == MARKS:
        return tr("Annotations")
    if content.method == DIFFERENCE:
        return tr("Difference")
    name = texts.method_name(content.method)
    if content.class_name:
        return tr("{0}: {1}").format(name, content.class_name)
    return name


def pane_title(state: ViewerState, content: PaneContent) -> str:
    """Return the title of a pane; a difference names what sets its two sides apart."""
    if content.method == DIFFERENCE and content.pair is not None:
        first, second = side_names(state, content.pair)
        return f"{first} {texts.MINUS} {second}"
    name, model = content_name(content), state.pane_model(content)
    if model is not None and content.has_map and _of_several_models(state, content):
        return tr("{0}: {1}").format(name, model_kind(state, model))
    return name


def _of_several_models(state: ViewerState, content: PaneContent) -> bool:
    """Return whether another pane shows the same map of another model."""
    model = state.pane_model(content)
    return any(
        (other.method, other.class_name) == (content.method, content.class_name)
        and state.pane_model(other) is not model
        for other in state.panes
    )


def side_names(state: ViewerState, pair: tuple[PaneContent, PaneContent]) -> tuple[str, str]:
    """Return names for the two sides of a comparison that tell them apart.

    Two maps of one method have different models or classes: these then are their names.
    """
    a, b = pair
    if a.method != b.method:
        return texts.method_name(a.method), texts.method_name(b.method)
    models = state.pane_model(a), state.pane_model(b)
    if models[0] is not None and models[1] is not None and models[0] is not models[1]:
        return model_kind(state, models[0]), model_kind(state, models[1])
    return content_name(a), content_name(b)


def agreement_text(found: Agreement, short: bool = False) -> str:
    """Return rank correlation and overlap with two digits; a dash where one is undefined."""
    words = tr("rank {0} · IoU {1}") if short else tr("rank correlation {0} · IoU of top 10 % {1}")
    return words.format(_share(found.correlation), _share(found.overlap))


def agreement_tip() -> str:
    """Return what the two numbers mean."""
    return tr(
        "Rank correlation (Spearman): do both maps order the places of the image alike? 1: the "
        "same order, 0: none in common, {0}1: the opposite.\nIoU of top 10 %: of the cells that "
        "are among the highest tenth of either map, the share that is so in both.\nBoth are "
        "computed at the coarser of the two grids, over the part of the image that both maps "
        "cover; the finer map is averaged over its cells. Equal values share their rank. "
        "A dash: one of the maps is the same everywhere."
    ).format(texts.MINUS)


def _share(value: float) -> str:
    return texts.NO_VALUE if math.isnan(value) else texts.plain(value, 2)
