"""What a pane says and draws of its map: worked out from the state, without a widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from app import texts
from app.compare.model_words import in_short, model_kind, prediction, relation
from app.compare.partner import black_box_beside, open_black_box
from app.compare.titles import content_name
from app.state import DIFFERENCE, IMAGE, LoadedModel, PaneContent, ViewerState
from app.texts import tr
from softcam_core.imaging.geometry import Region

EMPTY = Region(0, 0, 1, 1)


@dataclass(frozen=True, eq=False)
class Description:
    """The content of one pane, apart from the image.

    Attributes:
        badge: the line beside the title; ``tip`` explains it. A narrow pane has the first of
            ``shorter`` that fits, or in the last one a part of ``squeezed``.
        hidden: what the reading protocol keeps back, and until when: stands in the header in
            place of method and model, so that the image stays free.
        notice: what stands over the image where there can be no map.
        offer: a remark with a button; of it a narrow pane says ``short``; ``button`` is its text,
            ``answer`` what it does: ``partner`` opens the black box, ``compute`` and ``cancel`` a
            slow map, that of ``asked``, ``renew`` reads the image again.
        progress: share done of a slow map, None where none is being computed.
        values: (h, w) of the map, None where there is none.
        region: what the map covers.
        limit: the value of full strength; ``provisional`` while it may still change.
        ends: what the low and the high end of the colours mean.
        units: of the values; ``rectified``: there are no negative ones by definition.
        footer: what stands in place of the metrics; ``footer_tip`` explains it, ``brief`` is for
            a narrow pane.
    """

    badge: str = ""
    tip: str = ""
    shorter: tuple[str, ...] = ()
    squeezed: str = ""
    hidden: str = ""
    notice: str = ""
    offer: str = ""
    short: str = ""
    button: str = ""
    answer: str = ""
    asked: PaneContent | None = None
    progress: float | None = None
    values: NDArray[Any] | None = None
    region: Region = EMPTY
    limit: float = 1.0
    provisional: bool = False
    units: str = ""
    rectified: bool = False
    ends: tuple[str, str] = ("", "")
    footer: str = ""
    footer_tip: str = ""
    brief: str = ""


def describe(state: ViewerState, content: PaneContent) -> Description:
    """Say what a pane with a map of its own, or with none, shows of the case in view."""
    kept_back = withheld(state, content)
    if kept_back is not None:
        return kept_back
    if content.method == IMAGE:
        return Description(tr("the image alone"), tr("No map and no marks lie over the image."))
    if not content.has_map:
        reader = content.reader or state.reader
        return Description(tr("annotations of {0}").format(reader))
    model = state.pane_model(content)
    if model is None:
        none = texts.loading_text() if state.models_loading else tr("no model is open")
        return Description(badge="" if state.models else none)
    if not state.has_map(model, content.method):
        return Description(badge=model.spec.title, notice=_refusal(model, content.method))
    return _map(state, model, content)


def withheld(state: ViewerState, content: PaneContent) -> Description | None:
    """Say what keeps a pane from showing anything of its own, None where nothing does."""
    if state.image_error:
        unnamed = tr("This image cannot be read.")
        return Description(notice=unnamed if state.names_hidden else state.image_error)
    if state.case is not None and state.sight.awaits_adjudicator(state.case.id):
        return Description(hidden=texts.awaited_notice())
    if content.reader and state.others_hidden():
        return Description(
            hidden=tr("Hidden until both readers have locked a first read of this case.")
        )
    if (content.has_map or content.method == DIFFERENCE) and state.model_hidden():
        return Description(hidden=texts.hidden_notice())
    return None


def without_map() -> Description:
    """Describe a pane whose map the reader has switched off: it must not look like an empty one."""
    return Description(
        badge=tr("maps are hidden (E shows them)"),
        tip=tr("Maps are switched off, in every pane; key E shows them again."),
        shorter=(tr("maps are hidden"),),
    )


def _refusal(model: LoadedModel, method: str) -> str:
    if method == "evidence":
        return tr("A black box has no evidence of its own; open a SoftCAM model beside it.")
    return model.refused[method]


def _map(state: ViewerState, model: LoadedModel, content: PaneContent) -> Description:
    method = content.method
    key = model.id, method
    analysis = state.analysis(model)
    if key in state.failures:
        again = state.on_demand(method)
        return Description(
            badge=model.spec.title,
            notice=state.failures[key],
            offer=tr("Try again?") if again else "",
            short=tr("Try again?") if again else "",
            button=tr("Compute") if again else "",
            answer="compute",
            asked=content,
        )
    name = state.pane_class(content)
    known = name is None or name in model.spec.classes
    if analysis is None or (known and not state.map_is_there(model, method, content.class_name)):
        return _missing(state, model, content)
    if not known:
        notice = tr("This model has no class “{0}”.").format(name)
        return Description(model.spec.title, model.spec.title, notice=notice)
    best = model.spec.classes[analysis.predicted]
    head = model.spec.head
    told = relation(state, model, analysis, method, predicted=name == best)
    meaning = texts.relation_tip(method, analysis, predicted=name == best, head=head)
    tips = [meaning]
    remark = analysis.identical.get(method, "")
    twin, reason = ("", "") if remark else _twin(state, model, content)
    if twin:
        same = tr("identical by construction to {0}").format(texts.method_name(twin))
        branch = texts.on_sigmoid_branch(method, head)
        told = f"{told} · {same}" if branch else same
        tips = [*([meaning] if branch else []), texts.identical_tip(reason)]
    # What matters most stands first: a narrow pane cuts the end.
    stranger = tr("demo model: not valid here") if texts.is_out_of_place(model, state.case) else ""
    first = (stale_text(state, model), stranger)
    several = _together(state, content)
    shown, predicts = several or name or "", prediction(model, analysis)
    # The model that speaks in the whole window says so there.
    more = predicts if model is not state.predicting_model() else ""
    kind = model_kind(state, model)
    # A narrow pane need not say that the class is the predicted one.
    expected = name == best and not content.class_name and not several
    class_, squeezed = ("", kind) if expected else (shown, shown)
    badge, *shorter = (
        " · ".join(part for part in (*first, *parts) if part)
        for parts in (
            (told, shown, model.spec.title, more),
            (told, shown, kind, more),
            (told, shown, kind),
            (told, class_, kind),
            (in_short(told), class_, kind),
        )
    )
    tip = "\n".join([content_name(content), badge, *([] if more else [predicts]), *tips])
    found = state.pane_map(content)
    if name is None or found is None:
        return Description(badge, tip, shorter=tuple(shorter), squeezed=squeezed)
    offer, short = remark, ""  # A narrow pane has said so in its header.
    button, answer = _partner_button(state, model) if remark else "", "partner"
    if remark and not button and head != "blackbox":
        none = tr("No black box with these classes lies beside the model, to compare with.")
        tip = f"{tip}\n{none}"
    if stale_text(state, model):
        offer, short = tr("The image file has changed since this was computed."), tr("Out of date")
        button, answer = tr("Compute again"), "renew"
    return Description(
        badge,
        tip,
        shorter=tuple(shorter),
        squeezed=squeezed,
        offer=offer,
        short=short,
        button=button,
        answer=answer,
        asked=content,
        values=None if state.image is None else found.values,
        region=found.region,
        limit=found.limit,
        provisional=found.provisional,
        units=texts.units(method),
        rectified=texts.rectified(method),
        ends=(tr("against"), tr("for")),
    )


def _together(state: ViewerState, content: PaneContent) -> str:
    """Say that a pane draws other classes than the one in view, "" if it does not."""
    overlay, model = state.overlay, state.pane_model(content)
    analysis = state.analysis(model)
    one = overlay.classes == "one" or overlay.style == "patches" or content.class_name
    if one or analysis is None or content.method not in analysis.maps:
        return ""
    return tr("strongest class") if overlay.classes == "winner" else tr("several classes")


def stale_text(state: ViewerState, model: LoadedModel) -> str:
    """Say that the image's file has changed since its maps were computed, "" if it has not."""
    stale = state.case is not None and (state.case.id, model.id) in state.stale
    return tr("out of date: the file has changed") if stale else ""


def _partner_button(state: ViewerState, model: LoadedModel) -> str:
    if model.spec.head == "blackbox":
        return ""
    if open_black_box(state.models, model) is not None:
        return tr("Show black box")
    return tr("Open black box") if black_box_beside(model) is not None else ""


def _twin(state: ViewerState, model: LoadedModel, shown: PaneContent) -> tuple[str, str]:
    """Return a method in an earlier pane that shows the same map of this model, and why."""
    for methods, reason in model.same:
        if shown.method not in methods or shown.method == "evidence":
            continue
        for content in state.panes:
            if content.method == shown.method:
                break
            same_class = state.pane_class(content) == state.pane_class(shown)
            if content.method in methods and same_class and state.pane_model(content) is model:
                return content.method, reason
    return "", ""


def _missing(state: ViewerState, model: LoadedModel, content: PaneContent) -> Description:
    """Describe a map that is not there: it is on its way, or waits to be asked for."""
    method = content.method
    work = state.working.get((model.id, method))
    if work is None:
        if not state.on_demand(method) or state.analysis(model) is None:
            return Description(badge=model.spec.title)
        return Description(
            badge=f"{tr('not computed')} · {model.spec.title}",
            offer=_why_not_yet(state, model, content),
            short=tr("Slow map"),
            button=tr("Compute"),
            answer="compute",
            asked=content,
        )
    progress = f" {work.share:.0%}" if work.share else ""
    badge = f"{tr('computing')}{progress} · {model.spec.title}"
    if not state.on_demand(method):
        return Description(badge=badge)
    sentence = tr("{0} waits for its turn.") if work.waits else tr("{0} is being computed.")
    offer = sentence.format(texts.method_name(method))
    short = tr("Waits") if work.waits else tr("Computing")
    if work.left is not None:
        short = texts.time_left(work.left)
        offer += f" {short}"
    return Description(
        badge=badge,
        offer=offer,
        short=short,
        button=tr("Cancel"),
        answer="cancel",
        asked=content,
        progress=work.share,
    )


def _why_not_yet(state: ViewerState, model: LoadedModel, content: PaneContent) -> str:
    name = state.pane_class(content)
    if name is not None and state.one_class(model, content.method):
        return tr("{0} takes many passes of the network; for {1} it is not computed yet.").format(
            texts.method_name(content.method), name
        )
    return tr("{0} takes many passes of the network.").format(texts.method_name(content.method))
