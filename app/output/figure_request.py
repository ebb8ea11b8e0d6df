"""What a figure asks the child for; of models only what the reader may see."""

from __future__ import annotations

from typing import Any

from app.canvas.class_maps import class_maps
from app.canvas.pane import ImagePane
from app.compare.comparisons import gridded
from app.compare.titles import content_name
from app.output.figure_choices import IN_VIEW, LABELLED, PREDICTED, Choices
from app.state import DIFFERENCE, IMAGE, MARKS, Case, LoadedModel, PaneContent, ViewerState
from softcam_core.errors import SoftcamError
from softcam_core.explain.comparing import GriddedMap, difference
from softcam_core.plates import values
from softcam_core.plates.values import Asked, Look, MapShown, Model, Page, Pane, Scale, Together


def payload(
    state: ViewerState,
    choices: Choices,
    panes: list[ImagePane],
    *,
    quick: bool,
    dpi: int | None = None,
) -> dict[str, Any]:
    """Return what the child needs to make a figure; ``dpi`` in place of the chosen one."""
    screen = choices.layout == "screen"
    shown = [_pane(state, number, panes) for number in range(len(panes))] if screen else []
    asked = Asked(
        layout=choices.layout,  # type: ignore[arg-type]
        cases=tuple(_case(state, choices, case, panes) for case in choices.cases),
        models=tuple(_model(state, model) for model in _models(state, choices)),
        methods=choices.methods,
        class_name=_class_name(state, choices),
        panes=tuple(shown),
        look=Look(
            opacity=choices.opacity,
            style=choices.style,
            threshold=state.overlay.threshold,
            top_k=state.overlay.top_k,
            smooth=choices.smooth,
            positive=state.overlay.positive,
            colours=state.overlay.colours,
            marks=choices.marks,
        ),
        page=Page(
            width=choices.width,
            dpi=dpi or choices.dpi,
            title=choices.title,
            dark=choices.dark,
            bars=choices.bars,
            scale=choices.scale,
            footer=choices.footer,
        ),
    )
    study = state.study
    return {
        "asked": asked,
        "study": study.path if study is not None else None,
        "marks": [(case.id, _whose(state, case)) for case in choices.cases],
        "pane_marks": [_pane_marks(state, content) for content in state.panes] if screen else [],
        "sides": [_sides(state, content) for content in state.panes] if screen else [],
        "kind": choices.kind,
        "quick": quick,
    }


def _models(state: ViewerState, choices: Choices) -> list[LoadedModel]:
    """Return the models of the figure, the predicting one first; none that may not be seen."""
    seen = {model.id for case in choices.cases for model in state.models_for(case)}
    models = [model for model in state.models if model.id in seen]
    if choices.layout == "screen":
        return models
    return [model for model in models if model.id in choices.models]


def _model(state: ViewerState, model: LoadedModel) -> Model:
    limits = {
        method: state.limit((model.id, method))
        for identity, method in (*state.limits, *state.own_limits)
        if identity == model.id
    }
    return Model(model.id, model.spec, {**model.spec.map_limits, **limits}, dict(model.refused))


def _case(state: ViewerState, choices: Choices, case: Case, panes: list[ImagePane]) -> values.Case:
    """Return a case as it is shown: the one in view with its window, frame and, on screen, zoom."""
    in_view = state.case is not None and case.id == state.case.id and state.image is not None
    name = case.name.rpartition(".")[0] or case.name
    window, view, frame = None, None, 0
    if in_view and state.image is not None:
        frame = state.image.frame
        window = panes[0].window_level
        view = _part_in_view(panes[0]) if choices.layout == "screen" else None
    return values.Case(
        path=str(case.path),
        name=name if choices.names else "",
        frame=frame,
        window=window,
        view=view,
        modality=case.modality,
        label=case.label,
        label_of=_grader(state, case),
        number=state.cases.index(case) + 1 if case in state.cases else 0,
    )


def _grader(state: ViewerState, case: Case) -> str:
    """Return whose word a case's label is; "" where that is not known."""
    if not case.label or state.study is None:
        return ""
    if state.others_hidden(case):
        return state.reader
    try:
        given = state.study.grades(case.id)
    except SoftcamError:
        return ""
    order = (state.reader, values.GIVEN, *given)
    return next((who for who in order if given.get(who) == case.label), "")


def _part_in_view(pane: ImagePane) -> values.Box | None:
    """Return the part of the image that a pane is zoomed to; None for all of it."""
    viewport, canvas = pane.viewport, pane.canvas
    if viewport.fitted or viewport.turns or not viewport.scale:
        return None
    (x, y), (width, height) = viewport.centre, viewport.image_size
    half = canvas.width() / viewport.scale / 2, canvas.height() / viewport.scale / 2
    x0, x1 = max(x - half[0], 0.0), min(x + half[0], float(width))
    y0, y1 = max(y - half[1], 0.0), min(y + half[1], float(height))
    return (x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else None


def _class_name(state: ViewerState, choices: Choices) -> str:
    if choices.class_name == IN_VIEW:
        return state.chosen_class or values.PREDICTED
    if choices.class_name == LABELLED:
        return values.LABEL
    return "" if choices.class_name == PREDICTED else choices.class_name.removeprefix("=")


def _pane(state: ViewerState, number: int, panes: list[ImagePane]) -> Pane:
    """Return what a pane shows; the words above it where no map says them."""
    content = state.panes[number]
    if not state.overlay.visible and content.method != IMAGE:
        # Maps are switched off: what is on screen is the image under its marks.
        return Pane(title=content_name(PaneContent(MARKS)))
    model = state.pane_model(content)
    return Pane(
        title=panes[number].title.text(),
        model=model.id if model is not None and content.has_map else "",
        method=content.method,
        class_name=state.pane_class(content) or "",
        opacity=content.opacity,
        drawn=_difference(state, content),
        together=_together(state, content),
    )


def _difference(state: ViewerState, content: PaneContent) -> MapShown | None:
    """Return the map of a pane that shows how two others differ."""
    sides = _sides(state, content)
    found = difference(*sides) if sides is not None else None
    if found is None:
        return None
    units = "logit" if found.logits else values.SHARES
    return MapShown(found.values, found.region, Scale(found.limit, units, "grey"))


def _sides(state: ViewerState, content: PaneContent) -> tuple[GriddedMap, GriddedMap] | None:
    """Return the two maps of a pane that shows how they differ."""
    if content.method != DIFFERENCE or content.pair is None or not state.overlay.visible:
        return None
    a, b = (state.pane_map(part) for part in content.pair)
    return None if a is None or b is None else (gridded(a), gridded(b))


def _together(state: ViewerState, content: PaneContent) -> Together | None:
    """Return the classes that a pane draws together, where it does."""
    found = class_maps(state, content)
    if found is None:
        return None
    return Together(found.maps, found.names, found.colours, found.opacities, found.winner)


def _whose(state: ViewerState, case: Case) -> str:
    """Return whose marks of a case are shown: those of the reader at work while others hide."""
    if state.others_hidden(case) or not state.truth:
        return state.reader if _has_marks(state, case, state.reader) else ""
    return state.truth


def _pane_marks(state: ViewerState, content: PaneContent) -> tuple[int, str] | None:
    """Return whose marks a pane shows, where that is another reader; "" for nobody's."""
    case, reader = state.case, content.reader
    if case is None or not reader or content.method == IMAGE or state.others_hidden(case):
        return None
    return case.id, reader if _has_marks(state, case, reader) else ""


def _has_marks(state: ViewerState, case: Case, reader: str) -> bool:
    return state.study is not None and reader in state.study.readers_of(case.id)
