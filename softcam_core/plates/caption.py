"""The words below a figure, and the caption that a paper can take."""

from __future__ import annotations

from collections.abc import Sequence

from softcam_core.explain.methods import TITLES
from softcam_core.models.titles import BLACK_BOX
from softcam_core.plates.compose import PERCENTILE, Account
from softcam_core.plates.draw import ends
from softcam_core.plates.explaining import method_options
from softcam_core.plates.save import SOFTWARE
from softcam_core.plates.values import Asked, Model

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
    if models:
        named = _sentence([f"{_name(m)} {m.hash}" for m in models], "; ")
        lines.append(f"Models: {named}.")
    lines += [f"{_drawn(asked, account)} {_options(account)}".strip()] if account.scales else []
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
    one = f"the class \N{LEFT DOUBLE QUOTATION MARK}{names[0]}\N{RIGHT DOUBLE QUOTATION MARK}"
    what = one if len(names) == 1 else "one class of each image"
    parts = [_FIRST[asked.layout].format(what), *_cases(asked, account)]
    if any(shown.case.marks for shown in account.shown):
        where = "over every picture" if asked.look.marks else "over the image"
        parts.append(f"Outlines {where} are the reader's marks.")
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
    if any(pane.drawn is not None for pane in asked.panes):
        parts.append("A difference of two maps is positive where the first is higher.")
    limits = _limits(asked, account)
    if limits:
        parts.append(
            "Colours run between fixed limits, the same for every image; zero is transparent: "
            f"{limits}."
        )
    if account.measured:
        names = sorted({TITLES[method] for _, method in account.measured})
        parts.append(
            f"The limit of {_sentence(names)} is the {PERCENTILE}th percentile of its absolute "
            f"values in this figure (n = {len(account.shown)})."
        )
    if account.scales:
        parts += filter(None, [_drawn(asked, account), _options(account)])
    if asked.layout == "localization" or any(
        shown.case.marks for shown in account.shown if asked.layout == "screen"
    ):
        parts.append(
            "AP, activation precision: the share of the map's positive part inside the marks. AS, "
            "activation sensitivity: how strongly it covers them, from 0 to 1."
        )
    if asked.page.scale and not all(shown.plain.picture.spacing for shown in account.shown):
        parts.append("No scale is drawn where the file records no pixel spacing.")
    parts.append(f"n = {len(account.shown)}. Made with {SOFTWARE}; for research use only.")
    return " ".join(parts)


def _cases(asked: Asked, account: Account) -> list[str]:
    found = []
    for place, shown in enumerate(account.shown):
        words = []
        if asked.layout != "screen":
            name = account.classes[place] if place < len(account.classes) else ""
            model = next((m for m in asked.models if (shown.letter + name, m.id)
                          in account.probabilities), None)  # fmt: skip
            if name and asked.layout != "classes":
                words.append(name)
            if model is not None and name:
                p = account.probabilities[shown.letter + name, model.id]
                of = f"of {name} " if asked.layout == "classes" else ""
                words.append(f"probability {of}{p:.2f} by the {_name(model)}")
        if shown.case.label:
            words.append(f"labelled {shown.case.label}")
        if words:
            who = f"{shown.letter}: " if shown.letter else "Image: "
            found.append(who + ", ".join(words))
    return ["; ".join(found) + "."] if found else []


def _shown_models(asked: Asked, account: Account) -> list[Model]:
    shown = {identity for identity, _ in account.scales}
    return [model for model in asked.models if model.id in shown]


def _name(model: Model) -> str:
    kind = f" ({model.spec.modality})" if model.spec.modality else ""
    if model.variant == BLACK_BOX:
        return f"black box {model.arch}{kind}"
    return f"{model.variant} SoftCAM {model.arch}{kind}"


def _limits(asked: Asked, account: Account) -> str:
    names = {model.id: _name(model) for model in asked.models}
    several = len({identity for identity, _ in account.scales}) > 1
    found = []
    for (identity, method), scale in account.scales.items():
        low, high = ends(scale)
        units = "logits" if scale.units == "logit" else "arbitrary units"
        of = f" of the {names[identity]}" if several else ""
        found.append(f"{TITLES[method]}{of} {low} to {high} {units}")
    return "; ".join(found)


def _drawn(asked: Asked, account: Account) -> str:
    look = asked.look
    cells = sorted({shape for (_, method), shape in account.cells.items() if method == "evidence"})
    grid = _sentence([f"{rows} × {columns}" for rows, columns in cells])
    how = "bicubic between cells" if look.smooth else "the model's own cells"
    shown = f"Maps: {how}{f' of evidence ({grid})' if grid else ''}"
    share = f"{100 * look.threshold:.0f} % of the limit"
    styles = {
        "blend": f"opacity {100 * look.opacity:.0f} %",
        "contour": f"contours from {share} on, dashed where evidence is against the class",
        "patches": f"the {look.top_k} highest patches outlined",
        "threshold": f"values from {share} on, opacity {100 * look.opacity:.0f} %",
    }
    positive = ", positive values only" if look.positive else ""
    return f"{shown}, {styles[look.style]}{positive}."


def _options(account: Account) -> str:
    found = []
    for method in dict.fromkeys(method for _, method in account.scales):
        options = {
            name: value
            for name, value in method_options(method).items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        if options:
            values = ", ".join(f"{name.replace('_', ' ')} {v}" for name, v in options.items())
            found.append(f"{TITLES[method]}: {values}")
    return "; ".join(found) + "." if found else ""


def _sentence(words: Sequence[str], between: str = ", ") -> str:
    return between.join(words)
