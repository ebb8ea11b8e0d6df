"""Which classes are drawn together, and in which hues: the same in every pane and in the list."""

from __future__ import annotations

import numpy as np

from app.canvas.look import ClassMaps
from app.state import Analysis, LoadedModel, PaneContent, ViewerState
from app.texts import tr
from softcam_core.imaging.colormap import Colour
from softcam_core.imaging.colormap_classes import MOST_CLASSES, OTHER, class_colours

FUNDUS = "fundus"


def classes_together(state: ViewerState, model: LoadedModel) -> tuple[str, ...]:
    """Return the names of the classes drawn at once, in the model's order.

    Those that the user chose; else all, or of many classes the most probable ones.
    """
    names = model.spec.classes
    chosen = tuple(name for name in names if name in state.overlay.several)[:MOST_CLASSES]
    if chosen:
        return chosen
    analysis = state.analysis(model)
    if len(names) <= MOST_CLASSES or analysis is None:
        return names[:MOST_CLASSES]
    best = np.argsort(-analysis.probabilities, kind="stable")[:MOST_CLASSES]
    return tuple(names[index] for index in sorted(best.tolist()))


def hues(state: ViewerState, model: LoadedModel) -> dict[str, Colour]:
    """Return the hue of each class of `classes_together`.

    Of a few classes each keeps its hue whichever are shown; many share the hues out in order.
    """
    names, shown = model.spec.classes, classes_together(state, model)
    colours = class_colours(_is_photograph(state, model))
    few = len(names) <= MOST_CLASSES
    return {name: colours[names.index(name) if few else shown.index(name)] for name in shown}


def opacity_of(state: ViewerState, name: str) -> float:
    """Return the opacity of a class among others, from 0 to 1."""
    return dict(state.overlay.class_opacity).get(name, 1.0)


def set_opacity_of(state: ViewerState, name: str, opacity: float) -> None:
    """Give a class another opacity among others."""
    known = dict(state.overlay.class_opacity) | {name: opacity}
    state.set_overlay(class_opacity=tuple((n, o) for n, o in known.items() if o < 1))


def toggle(state: ViewerState, model: LoadedModel, name: str) -> bool:
    """Add a class to those drawn at once, or leave it out; False where there are enough."""
    shown = classes_together(state, model)
    if name in shown:
        left = tuple(other for other in shown if other != name)
    elif len(shown) >= MOST_CLASSES:
        return False
    else:
        left = tuple(other for other in model.spec.classes if other in (*shown, name))
    state.set_overlay(several=left)
    return True


def class_maps(state: ViewerState, content: PaneContent) -> ClassMaps | None:
    """Return what a pane draws of several classes; None where it draws one class's map.

    That is where it keeps to a class, where only one class's map was computed, and where the
    top patches are shown: they are ranked within one map.
    """
    overlay, model = state.overlay, state.pane_model(content)
    if overlay.classes == "one" or overlay.style == "patches":
        return None
    if content.class_name or model is None:
        return None
    analysis = state.analysis(model)
    if not content.has_map or analysis is None or content.method not in analysis.maps:
        return None
    return _several(state, model, analysis, content.method)


def _several(state: ViewerState, model: LoadedModel, analysis: Analysis, method: str) -> ClassMaps:
    winner = state.overlay.classes == "winner"
    names = list(model.spec.classes)
    colours = hues(state, model)
    places = [names.index(name) for name in colours]
    maps = analysis.maps[method][places]
    shown = list(colours.items())
    opacities = [opacity_of(state, name) for name in colours]
    rest = [index for index in range(len(names)) if index not in places]
    if winner and rest:
        # A place that another class wins must not seem to be won by one of these.
        maps = np.concatenate([maps, analysis.maps[method][rest].max(axis=0)[None]])
        shown.append((tr("another class"), OTHER))
        opacities.append(1.0)
    return ClassMaps(
        maps,
        tuple(colour for _, colour in shown),
        tuple(name for name, _ in shown),
        tuple(opacities),
        winner,
    )


def _is_photograph(state: ViewerState, model: LoadedModel) -> bool:
    """Return whether hues must stand out on a colour photograph."""
    if model.spec.modality:
        return model.spec.modality == FUNDUS
    return state.image is not None and state.image.pixels.ndim == 3
