"""The pictures of a case: its image under the marks, and under each map with its fixed scale."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from softcam_core.case_report.gather import Gathered
from softcam_core.case_report.numbers import MINUS, limit
from softcam_core.case_report.pictures import Canvas, Drawn, bar, encoded, marked, overlaid
from softcam_core.case_report.values import Asked, Figure, Legend, Looked, Part
from softcam_core.case_report.words import Words
from softcam_core.explain.methods import SIGNED, TITLES, units

PERCENTILE = 99.5
NO_COLOUR = "#ffffff"
SIGMOID_BRANCH = frozenset({"cam", "gradcam", "gradcam++", "xgradcam", "layercam"})
"""Methods that look at the localization branch of a dual-branch model."""


def picture_part(
    asked: Asked, found: Gathered, base: Canvas, shown: Sequence[Looked], words: Words
) -> Part:
    """Return the image under the reader's marks, and beside it the predicted class's first map."""
    if found.marks:
        caption = words("Numbers as in the table of marks.")
    else:
        caption = words("{0} marked nothing on it.", asked.reader)
    first = Figure(
        words("Image with the marks of {0}", asked.reader) if found.marks else words("Image"),
        caption,
        encoded(marked(base, _drawn(found))),
    )
    return Part("", figures=(first, *_figures(found, base, shown, words)[:1]))


def map_part(found: Gathered, base: Canvas, shown: Sequence[Looked], words: Words) -> Part | None:
    """Return the maps beside the first one; None where there are no more."""
    more = _figures(found, base, shown, words)[1:]
    return Part(words("Further maps"), figures=tuple(more)) if more else None


def _drawn(found: Gathered) -> list[Drawn]:
    return [
        Drawn(
            mark.shape,
            found.labels[mark.label].color if mark.label in found.labels else NO_COLOUR,
            number,
        )
        for number, mark in enumerate(found.marks, start=1)
    ]


def _figures(found: Gathered, base: Canvas, shown: Sequence[Looked], words: Words) -> list[Figure]:
    """Return the maps: those of the predicted class first, of every method, then other classes."""
    if not shown:
        return []
    names = shown[0].spec.classes
    predicted = names[int(shown[0].probabilities.argmax())]
    entries = [
        (look.spec.classes[index] != predicted, number, method, index, look)
        for number, look in enumerate(shown)
        for method, of_classes in look.maps.items()
        for index in of_classes
    ]
    marks = _drawn(found)
    return [
        _figure(base, marks, look, method, index, words)
        for _, _, method, index, look in sorted(entries, key=lambda entry: entry[:2])
    ]


def _figure(
    base: Canvas, marks: Sequence[Drawn], look: Looked, method: str, index: int, words: Words
) -> Figure:
    values = look.maps[method][index]
    full = look.limits.get(method)
    known = full is not None
    full = own_limit(values) if full is None else full
    drawn = overlaid(base, values, look.region, full)
    signed = method in SIGNED
    text = limit(full)
    legend = Legend(
        bar=bar(base.pair, signed),
        low=f"{MINUS}{text}" if signed else "0",
        high=f"+{text}",
        units=words(units(method)),
    )
    fixed = "{0}; colours between fixed limits, the same for every case; zero is transparent."
    alone = (
        "{0}; no limit is known for this method, so the colours are full at the 99.5th percentile "
        "of this image alone."
    )
    return Figure(
        title=words("{0} for {1}", words(TITLES.get(method, method)), look.spec.classes[index]),
        caption=f"{look.spec.title}: "
        + words(fixed if known else alone, words(relation(look, method, index))),
        picture=encoded(marked(drawn, marks, numbers=False)),
        legend=legend,
    )


def relation(look: Looked, method: str, index: int) -> str:
    """Return how a map relates to the model's prediction, one of the report's texts."""
    if method == "evidence":
        predicted = index == int(look.probabilities.argmax())
        return "is the prediction" if predicted else "is the score of a class not predicted"
    if look.spec.head == "dual-branch" and method in SIGMOID_BRANCH:
        return "localization branch, not the prediction"
    if method in look.identical:
        return "is the evidence by construction"
    return "post-hoc approximation"


def own_limit(values: NDArray[np.float32]) -> float:
    """Return the 99.5th percentile of |map|, for a method without a limit of its own."""
    finite = np.abs(values[np.isfinite(values)])
    return float(np.percentile(finite, PERCENTILE)) if finite.size else 0.0
