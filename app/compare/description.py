"""What a pane says and draws of its map: worked out from the state, without a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from app import texts
from app.compare.partner import open_black_box
from app.state import LoadedModel, PaneContent, ViewerState
from app.texts import tr
from softcam_core.imaging.geometry import Region

EMPTY = Region(0, 0, 1, 1)


@dataclass(frozen=True)
class Description:
    """The content of one pane, apart from the image.

    Attributes:
        badge: the line beside the title; ``tip`` explains it.
        hidden: what the reading protocol keeps back, and until when: stands in the header in
            place of method and model, so that the image stays free.
        notice: what stands over the image where there can be no map.
        offer: a remark with a button; ``button`` is its text, ``answer`` what it does:
            ``partner`` opens the black box, ``compute`` and ``cancel`` a slow map.
        progress: share done of a slow map, None where none is being computed.
        values: (h, w) of the map, None where there is none.
        region: what the map covers.
        limit: the value of full strength; ``provisional`` while it may still change.
    """

    badge: str = ""
    tip: str = ""
    hidden: str = ""
    notice: str = ""
    offer: str = ""
    button: str = ""
    answer: str = ""
    progress: float | None = None
    values: NDArray[Any] | None = None
    region: Region = EMPTY
    limit: float = 1.0
    provisional: bool = False


def describe(state: ViewerState, content: PaneContent) -> Description:
    """Say what a pane shows of the case in view."""
    if state.image_error:
        return Description(notice=state.image_error)
    if state.case is not None and state.sight.awaits_adjudicator(state.case.id):
        return Description(hidden=texts.awaited_notice())
    if content.reader and state.others_hidden():
        return Description(
            hidden=tr("Hidden until both readers have locked a first read of this case.")
        )
    if not content.method:
        return Description()
    if state.model_hidden():
        return Description(hidden=texts.hidden_notice())
    model = state.pane_model(content)
    if model is None:
        none = texts.loading_text() if state.models_loading else tr("no model is open")
        return Description(badge="" if state.models else none)
    if not state.has_map(model, content.method):
        return Description(badge=model.spec.title, notice=_refusal(model, content.method))
    return _map(state, model, content.method)


def _refusal(model: LoadedModel, method: str) -> str:
    if method == "evidence":
        return tr("A black box has no evidence of its own; open a SoftCAM model beside it.")
    return model.refused[method]


def _map(state: ViewerState, model: LoadedModel, method: str) -> Description:
    key = model.id, method
    analysis = state.analysis(model)
    if key in state.failures:
        again = state.on_demand(method)
        return Description(
            badge=model.spec.title,
            notice=state.failures[key],
            offer=tr("Try again?") if again else "",
            button=tr("Compute") if again else "",
            answer="compute",
        )
    name = state.shown_class()
    known = name is None or name in model.spec.classes
    if analysis is None or (known and not state.map_is_there(model, method)):
        return _missing(state, model, method)
    if not known:
        notice = tr("This model has no class “{0}”.").format(name)
        return Description(model.spec.title, model.spec.title, notice=notice)
    best = model.spec.classes[analysis.predicted]
    head = model.spec.head
    relation = texts.relation(method, analysis, predicted=name == best, head=head)
    meaning = texts.relation_tip(method, analysis, predicted=name == best, head=head)
    tip = f"{model.spec.title}\n{meaning}"
    remark = analysis.identical.get(method, "")
    twin, reason = ("", "") if remark else _twin(state, model, method)
    if twin:
        same = tr("identical by construction to {0}").format(texts.method_name(twin))
        branch = texts.on_sigmoid_branch(method, head)
        relation = f"{relation} · {same}" if branch else same
        tip = "\n".join([model.spec.title, *([meaning] if branch else []), reason])
    # What matters most stands first: a narrow pane cuts the end.
    stranger = tr("demo model: not valid here") if texts.is_out_of_place(model, state.case) else ""
    parts = (stranger, relation, name or "", model.spec.title)
    badge = " · ".join(part for part in parts if part)
    if name is None:
        return Description(badge, tip)
    values = analysis.map(method, model.spec.classes.index(name))
    return Description(
        badge,
        tip,
        offer=remark,
        button=_partner_button(state, model) if remark else "",
        answer="partner",
        values=None if state.image is None else values,
        region=analysis.region,
        limit=state.limits.get(key, 1.0),
        provisional=key in state.provisional,
    )


def _partner_button(state: ViewerState, model: LoadedModel) -> str:
    if model.spec.head == "blackbox":
        return ""
    there = open_black_box(state.models, model) is not None
    return tr("Show black box") if there else tr("Open black box…")


def _twin(state: ViewerState, model: LoadedModel, method: str) -> tuple[str, str]:
    """Return a method in an earlier pane that shows the same map of this model, and why."""
    for methods, reason in model.same:
        if method not in methods or method == "evidence":
            continue
        for content in state.panes:
            if content.method == method:
                break
            if content.method in methods and state.pane_model(content) is model:
                return content.method, reason
    return "", ""


def _missing(state: ViewerState, model: LoadedModel, method: str) -> Description:
    """Describe a map that is not there: it is on its way, or waits to be asked for."""
    work = state.working.get((model.id, method))
    if work is None:
        if not state.on_demand(method) or state.analysis(model) is None:
            return Description(badge=model.spec.title)
        return Description(
            badge=f"{model.spec.title} · {tr('not computed')}",
            offer=_why_not_yet(state, model, method),
            button=tr("Compute"),
            answer="compute",
        )
    progress = f" {work.share:.0%}" if work.share else ""
    badge = f"{model.spec.title} · {tr('computing')}{progress}"
    if not state.on_demand(method):
        return Description(badge=badge)
    sentence = tr("{0} waits for its turn.") if work.waits else tr("{0} is being computed.")
    offer = sentence.format(texts.method_name(method))
    if work.left is not None:
        offer += f" {texts.time_left(work.left)}"
    return Description(
        badge=badge, offer=offer, button=tr("Cancel"), answer="cancel", progress=work.share
    )


def _why_not_yet(state: ViewerState, model: LoadedModel, method: str) -> str:
    name = state.shown_class()
    if name is not None and state.one_class(model, method):
        return tr("{0} takes many passes of the network; for {1} it is not computed yet.").format(
            texts.method_name(method), name
        )
    return tr("{0} takes many passes of the network.").format(texts.method_name(method))
