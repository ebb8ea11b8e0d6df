"""What further panes show: what the open models can give and no pane shows yet."""

from __future__ import annotations

from app.state import IMAGE, MARKS, PaneContent, ViewerState
from softcam_core.explain.methods import METHODS, SLOW

QUICK = ("evidence", "gradcam", "layercam", "gradcam++", "cam", "xgradcam")
"""Methods whose maps are there in a moment, the ones that readers know best first."""

PATIENT = ("scorecam", "integrated_gradients", "occlusion", "smoothgrad", "guided_backprop")
"""Methods that wait to be asked for, in the same order."""


def further(state: ViewerState, panes: list[PaneContent], count: int) -> list[PaneContent]:
    """Return ``panes`` brought to ``count``: the last ones go, or others come.

    Quick maps come first, of every open model its evidence, then slow ones, which wait to be
    asked for. The image alone and the image under its marks are among the first four and eight.
    No map comes that is another one again by construction, as long as there is another choice.
    """
    found = list(panes[:count])
    for content in _candidates(state, found, count):
        if len(found) >= count:
            break
        if not any(_same_view(content, shown) for shown in found):
            found.append(content)
    while len(found) < count:
        found.append(PaneContent(IMAGE))
    return found


def _candidates(state: ViewerState, panes: list[PaneContent], count: int) -> list[PaneContent]:
    quick = [PaneContent(method) for method in QUICK if _gives(state, method)]
    suiting = state.models_for(state.case) if state.case else state.models
    others = [
        PaneContent("evidence", model.id)
        for model in suiting
        if state.has_map(model, "evidence") and model is not _shown_by_default(state)
    ]
    slow = [PaneContent(method) for method in PATIENT if _gives(state, method)]
    shown = [*panes]
    fresh: list[PaneContent] = []
    again: list[PaneContent] = []
    for content in [*quick[:2], *others, *quick[2:]]:
        repeats = any(_repeats(state, content, other) for other in shown)
        (again if repeats else fresh).append(content)
        shown.append(content)
    bare = [PaneContent(MARKS), PaneContent(IMAGE)]
    first = fresh[: max(count - len(bare), 2)] if count > len(bare) else fresh
    rest = [PaneContent(method) for method in METHODS if method not in SLOW]
    return [*first, *bare, *fresh, *slow, *again, *rest]


def _gives(state: ViewerState, method: str) -> bool:
    """Return whether the model that suits a method has its map; without models all may come."""
    model = state.pane_model(PaneContent(method))
    return state.has_map(model, method) if model is not None else not state.models


def _shown_by_default(state: ViewerState) -> object:
    return state.pane_model(PaneContent("evidence"))


def _same_view(one: PaneContent, other: PaneContent) -> bool:
    same = (one.method, one.class_name) == (other.method, other.class_name)
    return same and (one.model == other.model or not one.has_map)


def _repeats(state: ViewerState, one: PaneContent, other: PaneContent) -> bool:
    """Return whether two contents show the same map by construction."""
    model = state.pane_model(one)
    if model is None or not other.has_map or state.pane_model(other) is not model:
        return False
    if one.method == other.method:
        return one.class_name == other.class_name
    return any({one.method, other.method} <= set(methods) for methods, _ in model.same)
