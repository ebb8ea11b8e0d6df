"""What stands in words and numbers alone: the marks, the models' cards, and the limits of maps."""

from __future__ import annotations

from collections.abc import Mapping

from softcam_core.case_report.gather import Gathered
from softcam_core.case_report.numbers import NONE, size, surface
from softcam_core.case_report.values import Asked, Fact, Part, Table
from softcam_core.case_report.words import Words
from softcam_core.models.card import conversion_word, penalty
from softcam_core.models.spec import ModelSpec

_HEADS = {
    "softcam": "SoftCAM: its evidence map is its prediction",
    "blackbox": "Black box: predicts without evidence; maps are made afterwards",
    "dual-branch": "Dual branch: a black box and a second head that localises",
}
_CONVERSIONS = {
    "exact": "exact",
    "approximate": "approximate: its logits may differ from the original's",
}
_STATED = {
    "Description": "description",
    "Training data": "data",
    "Intended use": "intended_use",
    "Limits": "limits",
    "Licence": "licence",
}


def marks_part(asked: Asked, found: Gathered, words: Words) -> Part:
    """Return the reader's marks, numbered as in the picture."""
    title = words("Marks of {0}", asked.reader)
    if not found.marks:
        return Part(
            title, sentences=(words("{0} has marked nothing on this image.", asked.reader),)
        )
    spacing = found.image.spacing
    rows = []
    for number, mark in enumerate(found.marks, start=1):
        label = found.labels.get(mark.label)
        name = mark.label or NONE
        if label is not None and label.meaning:
            name = f"{name} ({label.meaning})"
        certainty = str(mark.attributes.get("certainty") or "")
        rows.append(
            (
                str(number),
                name,
                words(mark.kind),
                size(mark.shape, spacing),
                surface(mark.shape, spacing),
                words(certainty) if certainty else NONE,
                str(mark.attributes.get("note") or ""),
            )
        )
    names = "No.", "Label", "Kind", "Size", "Area", "Certainty", "Note"
    note = words(
        "Pixel spacing is not known, so sizes are in image pixels: width × height of what encloses "
        "the mark, or the length measured."
        if spacing is None
        else "Sizes are in millimetres, by the image's own pixel spacing: width × height of what "
        "encloses the mark, or the length measured."
    )
    table = Table(
        "",
        tuple(words(name) for name in names),
        (True, False, False, True, True, False, False),
        tuple(rows),
        note,
    )
    return Part(title, tables=(table,))


def model_part(model: str, spec: ModelSpec, words: Words) -> Part:
    """Return a model's card in short; ``model`` is its id."""
    head = words(_HEADS[spec.head])
    loss = penalty(spec)
    lines = [
        ("Architecture", spec.arch),
        ("Head", f"{head} ({loss})" if loss else head),
        *((name, spec.card.get(key) or words("not stated")) for name, key in _STATED.items()),
    ]
    word = conversion_word(spec)
    if word:
        lines.append(("Conversion", words(_CONVERSIONS[word])))
    lines.append(("Model id (SHA-256)", model))
    facts = tuple(Fact(words(name), value) for name, value in lines)
    return Part(words("Model: {0}", spec.title), facts=facts)


def closing_parts(models: Mapping[str, ModelSpec], words: Words) -> list[Part]:
    """Return what stands once at the end: what maps can and cannot tell, and each model's card.

    ``models`` are those that the cases told of, by id; without any there is nothing to close with.
    """
    parts = [model_part(model, spec, words) for model, spec in models.items()]
    return [what_maps_tell(words), *parts] if parts else []


def what_maps_tell(words: Words) -> Part:
    """Return what maps can and cannot tell, in two sentences."""
    return Part(
        words("What the maps can and cannot tell"),
        sentences=(
            words(
                "An evidence map shows which cells of the image made up this model's score, as "
                "finely as the model's grid and no finer; a post-hoc map only approximates what "
                "moved the model, in arbitrary units."
            ),
            words(
                "Neither shows that the model is right, nor that a marked place is the disease: "
                "colour outside the lesions, or none on them, is a reason to doubt the prediction "
                "and not a finding."
            ),
        ),
    )
