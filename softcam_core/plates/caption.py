"""The words below a figure, and the caption that a paper can take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from softcam_core.explain.methods import TITLES
from softcam_core.explain.occlusion import side_of, step_of
from softcam_core.models.titles import BLACK_BOX
from softcam_core.plates.account import Account, Shown
from softcam_core.plates.compose import PERCENTILE
from softcam_core.plates.draw import ends
from softcam_core.plates.explaining import method_options
from softcam_core.plates.paint import strength
from softcam_core.plates.save import SOFTWARE
from softcam_core.plates.values import GIVEN, SHARES, Asked, Case, Model
from softcam_core.plates.words import legible, share
from softcam_core.resources import is_demo

MADE_WITH = "Made with"
"""What every caption has, whatever the version."""
_FIRST = {
    "methods": "Explanations of {0} by different methods.",
    "localization": "Localization of {0} by different methods.",
    "classes": "Class-specific explanations.",
    "screen": "Explanations of {0}.",
}


def footer(asked: Asked, account: Account) -> tuple[str, ...]:
    """Return the small print of a figure: models, options of methods, and how maps are drawn."""
    models = _shown_models(asked, account)
    lines = []
    if asked.layout == "screen" and account.shown:
        names = list(dict.fromkeys(filter(None, account.classes)))
        of = f": maps of {_sentence(names)}" if names else ""
        lines.append(f"{_image(account.shown[0].case)}{of}.")
    if models:
        named = _sentence([f"{_name(m)} {m.hash}" for m in models], "; ")
        lines.append(f"Models: {named}.")
    lines += (
        [f"{_drawn(asked, account)} {_options(asked, account)}".strip()] if account.scales else []
    )
    missing = [shown for shown in account.shown if shown.plain.picture.spacing is None]
    if asked.page.scale and missing:
        names = [shown.letter for shown in missing if shown.letter]
        whose = f" for {_sentence(names)}" if names and len(missing) < len(account.shown) else ""
        files = "files record" if len(missing) > 1 else "file records"
        lines.append(f"No scale{whose}: the {files} no pixel spacing.")
    return tuple(lines)


def caption(asked: Asked, account: Account) -> str:
    """Return what is shown, of which models, between which limits, in plain sentences."""
    names = list(dict.fromkeys(filter(None, account.classes)))
    what = "one class of each image"
    if len(names) == 1:
        what = f"the class \N{LEFT DOUBLE QUOTATION MARK}{names[0]}\N{RIGHT DOUBLE QUOTATION MARK}"
    elif asked.layout == "screen":
        what = f"the classes {_sentence(names)}" if names else "one image"
    parts = [_FIRST[asked.layout].format(what), *_cases(asked, account)]
    marked = any(shown.case.marks for shown in account.shown)
    if marked:
        where = "over every picture" if asked.look.marks else "over the image"
        parts.append(f"Outlines {where} are the marks.")
    if any(pane.marks is not None for pane in asked.panes):
        parts.append("A pane of one reader has that reader's marks, and is measured against them.")
    parts += _about_images(asked, account)
    models = _shown_models(asked, account)
    if models:
        named = [f"{_name(m)}, weights {m.hash}" for m in models]
        parts.append(f"Models: {_sentence(named, '; ')}.")
    if any(m.variant == BLACK_BOX for m in models) and len(models) > 1:
        parts.append(
            "Post-hoc methods explain the black box; each SoftCAM model is shown by its evidence, "
            "whose mean is the logit."
        )
    if any(pane.together is not None for pane in asked.panes):
        parts.append("Several classes are drawn together, each in its hue of the key.")
    parts += _differences(asked)
    limits = _limits(asked, account, measured=False)
    if limits:
        parts.append(
            "Colours run between fixed limits, the same for every image; zero is transparent: "
            f"{limits}."
        )
    if account.scales and asked.page.bars and strength(asked.look) < 1:
        parts.append("Bars show the colours at their opacity in the pictures, over mid grey.")
    if account.measured:
        parts.append(
            f"No limit is known of other maps: theirs is the {PERCENTILE}th percentile of the "
            f"absolute values in this figure (n = {len(account.shown)}): "
            f"{_limits(asked, account, measured=True)}."
        )
    if account.scales:
        parts += filter(None, [_drawn(asked, account), _options(asked, account)])
    measured = asked.layout == "localization" or (asked.layout == "screen" and asked.look.marks)
    if measured and (marked or any(pane.marks for pane in asked.panes)):
        parts.append(
            "AP, activation precision: the share of the map's positive part inside the marks. AS, "
            "activation sensitivity: how strongly it covers them, from 0 to 1."
        )
    if asked.page.scale and not all(shown.plain.picture.spacing for shown in account.shown):
        parts.append("No scale is drawn where the file records no pixel spacing.")
    parts.append(f"n = {len(account.shown)}. {MADE_WITH} {SOFTWARE}; for research use only.")
    return legible(" ".join(parts))


def _cases(asked: Asked, account: Account) -> list[str]:
    """Return a sentence for each case: its class, what each model predicts, its label."""
    found = []
    for place, shown in enumerate(account.shown):
        words = []
        name = account.classes[place] if place < len(account.classes) else ""
        if name and asked.layout in ("methods", "localization"):
            words.append(f"maps of {name}")
        for model in _shown_models(asked, account):
            said = account.predictions.get((shown.number, model.id))
            if said is not None:
                others = {
                    of: p
                    for (number, of, identity), p in account.probabilities.items()
                    if (number, identity) == (shown.number, model.id) and of != said[0]
                }
                told = [f"{p:.2f} for {of}" for of, p in others.items()]
                more = f"; {_sentence(told)}" if told and asked.layout != "classes" else ""
                words.append(f"the {_name(model)} predicts {said[0]} ({said[1]:.2f}{more})")
        if shown.case.label:
            words.append(_label(shown.case))
        if words:
            who = f"{shown.letter}: " if shown.letter else f"{_image(shown.case)}: "
            found.append(who + "; ".join(words) + ".")
    if any(account.predictions) and found:
        found.append("In brackets: probabilities.")
    return found


def _label(case: Case) -> str:
    """Return the label of a case, and whose word it is."""
    if not case.label_of:
        return f"label: {case.label}"
    if case.label_of == GIVEN:
        return f"given label: {case.label}"
    return f"graded {case.label} by {case.label_of}"


def _image(case: Case) -> str:
    """Return what a lone image is called: by its number, never by its file."""
    return f"Case {case.number}" if case.number else "Image"


def _about_images(asked: Asked, account: Account) -> list[str]:
    """Return what must be said of the images themselves."""
    found = []
    if any(is_demo(Path(shown.case.path)) for shown in account.shown):
        found.append("Demo: phantoms drawn by this program, not images of patients.")
    kinds = {model.spec.modality for model in asked.models if model.spec.modality}
    unknown = [shown for shown in account.shown if not shown.case.modality]
    if unknown and kinds and account.scales:
        whose = _those(unknown, account)
        found.append(
            f"The data do not say what kind of image{whose} is shown: whether the models are for "
            "it is not known."
        )
    tall = [shown for shown in account.shown if shown.plain.picture.tall != 1]
    if tall:
        found.append(f"Pixels are not square{_those(tall, account)}: drawn to scale.")
    return found


def _those(some: Sequence[Shown], account: Account) -> str:
    """Return " in a, c" where not all cases are meant."""
    names = [shown.letter for shown in some if shown.letter]
    return f" in {_sentence(names)}" if names and len(some) < len(account.shown) else ""


def _differences(asked: Asked) -> list[str]:
    """Return what a difference is counted in, and how far the two maps agree."""
    panes = [pane for pane in asked.panes if pane.drawn is not None]
    if not panes:
        return []
    found = ["A difference of two maps is positive where the first is higher."]
    if any(pane.drawn is not None and pane.drawn.scale.units == SHARES for pane in panes):
        found.append(
            "Maps of different units are compared as shares of their limits, each map divided by "
            "the limit of its colours."
        )
    for pane in panes:
        assert pane.drawn is not None
        low, high = ends(pane.drawn.scale)
        units = "logits" if pane.drawn.scale.units == "logit" else "limits"
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{pane.title}\N{RIGHT DOUBLE QUOTATION MARK}"
        text = f"{quoted}: {low} to {high} {units}"
        if pane.agreement is not None:
            rank, overlap = map(share, pane.agreement)
            text += f"; rank correlation {rank}, IoU of the highest 10 % of cells {overlap}"
        found.append(f"{text}.")
    return found


def _shown_models(asked: Asked, account: Account) -> list[Model]:
    shown = {identity for identity, _ in account.scales}
    return [model for model in asked.models if model.id in shown]


def _name(model: Model) -> str:
    kind = f" ({model.spec.modality})" if model.spec.modality else ""
    if model.variant == BLACK_BOX:
        return f"black box {model.arch}{kind}"
    return f"{model.variant} SoftCAM {model.arch}{kind}"


def _limits(asked: Asked, account: Account, *, measured: bool) -> str:
    names = {model.id: _name(model) for model in asked.models}
    several = len({identity for identity, _ in account.scales}) > 1
    found = []
    for (identity, method), scale in account.scales.items():
        if ((identity, method) in account.measured) != measured:
            continue
        low, high = ends(scale)
        units = "logits" if scale.units == "logit" else "arbitrary units"
        of = f" of the {names[identity]}" if several else ""
        found.append(f"{TITLES[method]}{of} {low} to {high} {units}")
    return "; ".join(found)


def _drawn(asked: Asked, account: Account) -> str:
    look = asked.look
    grids: dict[tuple[int, int], list[str]] = {}
    for (_, method), shape in account.cells.items():
        names = grids.setdefault(shape, [])
        names += [TITLES[method]] if TITLES[method] not in names else []
    cells = [f"{_sentence(names)} {rows} × {columns}" for (rows, columns), names in grids.items()]
    how = "bicubic between cells" if look.smooth else "cells as they are"
    shown = f"Maps: {how} ({_sentence(cells, '; ')})"
    share = f"{100 * look.threshold:.0f} % of the limit"
    styles = {
        "blend": f"opacity {100 * look.opacity:.0f} %",
        "contour": f"contours from {share} on, dashed where evidence is against the class",
        "patches": f"the {look.top_k} highest patches outlined",
        "threshold": f"values from {share} on, opacity {100 * look.opacity:.0f} %",
    }
    positive = ", positive values only" if look.positive else ""
    return f"{shown}, {styles[look.style]}{positive}."


def _options(asked: Asked, account: Account) -> str:
    found = []
    for method in dict.fromkeys(method for _, method in account.scales):
        if method == "occlusion":
            found.append(_squares(asked, account))
            continue
        options = {
            name: value
            for name, value in method_options(method).items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        if options:
            values = ", ".join(f"{name.replace('_', ' ')} {v}" for name, v in options.items())
            found.append(f"{TITLES[method]}: {values}")
    return "; ".join(found) + "." if found else ""


def _squares(asked: Asked, account: Account) -> str:
    """Return what Occlusion covers, whose squares follow from the size of the model's input."""
    inputs = {model.id: model.spec.input.size for model in asked.models}
    sides = {side_of(*inputs[m]) for m, method in account.scales if method == "occlusion"}
    told = _sentence([f"{n} × {n} px, every {step_of(n)} px" for n in sorted(sides)], "; ")
    return f"{TITLES['occlusion']}: squares of the input painted in the mean colour, {told}"


def _sentence(words: Sequence[str], between: str = ", ") -> str:
    return between.join(words)
