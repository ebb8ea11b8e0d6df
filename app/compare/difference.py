"""What a pane says and draws that shows how two maps differ."""

from __future__ import annotations

from app import texts
from app.compare.comparisons import Comparisons
from app.compare.description import Description, describe, stale_text, withheld, without_map
from app.compare.titles import agreement_text, agreement_tip, pane_title, side_names
from app.state import DIFFERENCE, LoadedModel, PaneContent, ViewerState
from app.texts import tr


def describe_any(state: ViewerState, content: PaneContent, known: Comparisons) -> Description:
    """Say what any pane shows: the difference of two maps, or what `describe` says."""
    if not state.overlay.visible and (content.has_map or content.method == DIFFERENCE):
        return withheld(state, content) or without_map()
    if content.method != DIFFERENCE:
        return describe(state, content)
    kept_back = withheld(state, content)
    if kept_back is not None:
        return kept_back
    if content.pair is None:
        return Description(notice=tr("Choose in the pane's menu which map to compare with."))
    return _difference(state, content, content.pair, known)


def _difference(
    state: ViewerState,
    content: PaneContent,
    pair: tuple[PaneContent, PaneContent],
    known: Comparisons,
) -> Description:
    kind = tr("difference of {0} and {1}").format(*side_names(state, pair))
    for part in pair:
        missing = _missing(state, part, kind)
        if missing is not None:
            return missing
    a, b = (state.pane_map(part) for part in pair)
    if a is None or b is None:
        return Description(badge=kind)
    compared = known.find(a, b)
    if compared is None:
        return Description(badge=tr("{0} is being compared").format(kind))
    if compared.difference is None:
        none = tr("The two maps have no part of the image in common.")
        return Description(badge=kind, notice=none)
    found = compared.difference
    names = side_names(state, pair)
    classes = _both(a.class_name, b.class_name)
    stale = next((text for m in (a.model, b.model) if (text := stale_text(state, m))), "")
    told = tr("+ {0} stronger, {2} {1} stronger").format(*names, texts.MINUS)
    parts = (
        stale,
        told,
        classes,
        _both(*_titles(a.model, b.model)),
    )
    tip = "\n".join(
        (
            f"{pane_title(state, content)} · {kind}",
            _side(tr("+ : where {0} is stronger"), pair[0], a.model),
            _side(tr("\N{MINUS SIGN} : where {0} is stronger"), pair[1], b.model),
            _scale_tip(logits=found.logits),
            *([tr("One of these limits is your own.")] if own_limit(state, content) else []),
        )
    )
    return Description(
        " · ".join(part for part in parts if part),
        tip,
        shorter=(told, tr("+ {0}, {2} {1}").format(*names, texts.MINUS)),
        values=None if state.image is None else found.values,
        region=found.region,
        limit=found.limit,
        provisional=a.provisional or b.provisional,
        units=texts.units("evidence") if found.logits else tr("limits"),
        ends=(tr("{0} stronger").format(names[1]), tr("{0} stronger").format(names[0])),
        footer=agreement_text(compared.agreement),
        footer_tip=agreement_tip(),
        brief=agreement_text(compared.agreement, short=True),
    )


def own_limit(state: ViewerState, content: PaneContent) -> bool:
    """Return whether a pane's map, or one of the two of a difference, has the user's own limit."""
    models = ((part, state.pane_model(part)) for part in content.maps())
    keys = ((model.id, part.method) for part, model in models if model is not None)
    return any(key in state.own_limits for key in keys)


def agreements(state: ViewerState, number: int, known: Comparisons) -> list[str]:
    """Say how far a pane's map agrees with those of the other panes, a line for each."""
    own = state.pane_map(state.panes[number])
    lines = []
    for place, content in enumerate(state.panes):
        other = state.pane_map(content) if place != number else None
        if own is None or other is None:
            continue
        compared = known.find(own, other)
        what = tr("is being compared")
        if compared is not None:
            what = agreement_text(compared.agreement)
        title = pane_title(state, content)
        lines.append(tr("With {0} (pane {1}): {2}").format(title, place + 1, what))
    return lines


def _missing(state: ViewerState, part: PaneContent, kind: str) -> Description | None:
    """Say why one of the two maps is not there, with the button that gets it; None if it is."""
    found = describe(state, part)
    if found.values is not None:
        return None
    if state.pane_map(part) is not None:
        return Description(badge=kind)  # The image is still to come.
    badge = " · ".join((tr("{0} is missing").format(texts.method_name(part.method)), kind))
    return Description(
        badge,
        found.tip or badge,
        notice=found.notice,
        offer=found.offer,
        short=found.short,
        button=found.button,
        answer=found.answer,
        asked=part,
        progress=found.progress,
    )


def _titles(a: LoadedModel, b: LoadedModel) -> tuple[str, str]:
    return a.spec.title, b.spec.title


def _both(first: str, second: str) -> str:
    """Name two things, or the one that they are."""
    return first if first == second else tr("{0} and {1}").format(first, second)


def _side(sentence: str, part: PaneContent, model: LoadedModel) -> str:
    return sentence.format(f"{texts.method_name(part.method)} · {model.spec.title}")


def _scale_tip(*, logits: bool) -> str:
    if logits:
        return tr("Both maps are evidence: their difference is in logits.")
    return tr(
        "Each map is divided by its limit first, the value of its full colour: 1 limit more is "
        "full colour in the one where the other has none."
    )
