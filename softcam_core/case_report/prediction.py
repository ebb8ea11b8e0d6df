"""What the model says in numbers: its classes, the regions of its evidence, and the agreement."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.truth import ADJUDICATED
from softcam_core.case_report.gather import WHOLE, Gathered
from softcam_core.case_report.numbers import NONE, percent, share, signed
from softcam_core.case_report.values import Asked, Looked, Part, Table
from softcam_core.case_report.words import Words
from softcam_core.evaluation.plan import Options
from softcam_core.explain.ledger import class_sums
from softcam_core.explain.ledger_facts import ClassFacts, ledger_facts
from softcam_core.explain.methods import TITLES
from softcam_core.explain.rounding import rounded_parts
from softcam_core.metrics.names import PATCH, TOP_K

MOST_CLASSES = 12


def class_part(look: Looked, found: Gathered, asked: Asked, words: Words) -> Part:
    """Return the prediction in a sentence, and every class with what makes its logit."""
    order = np.argsort(-look.probabilities, kind="stable")[:MOST_CLASSES]
    names = look.spec.classes
    sums = None if look.evidence is None else class_sums(look.evidence)
    rows = []
    for index in order:
        row = [names[index], percent(look.probabilities[index]), signed(look.logits[index])]
        if sums is not None:
            parts = float(sums.evidence_for[index]), float(sums.evidence_against[index])
            row += [signed(part) for part in rounded_parts(parts)]
        rows.append(tuple(row))
    columns = ["Class", "Probability", "Logit"]
    columns += ["Evidence for", "Evidence against"] if sums is not None else []
    note = words(
        "Evidence for and against are the positive and the negative cells of the class's map, each "
        "divided by the number of cells: together they are the logit, and nothing else is."
        if sums is not None
        else "This model has no evidence: nothing in it adds up to the logit, and maps are made "
        "afterwards."
    )
    if len(names) > len(order):
        note = f"{words('The {0} most probable of {1} classes.', len(order), len(names))} {note}"
    table = Table(
        "",
        tuple(words(name) for name in columns),
        (False, *(True for _ in columns[1:])),
        tuple(rows),
        note,
        frozenset({0}),
    )
    return Part(
        words("Prediction"), sentences=_sentences(look, found, asked, words), tables=(table,)
    )


def _sentences(look: Looked, found: Gathered, asked: Asked, words: Words) -> tuple[str, ...]:
    predicted = predicted_class(look)
    name = look.spec.classes[predicted]
    probability = percent(look.probabilities[predicted])
    said = [
        words("{0} predicts {1} with a probability of {2}.", look.spec.title, name, probability)
    ]
    shapes = found.regions().get(WHOLE, [])
    if look.evidence is not None and shapes:
        inside = _facts(look, found, shapes).share_of_positive
        if inside is not None and math.isfinite(inside):
            text = "{0} % of the evidence for {1} lies inside the marks of {2}."
            said.append(words(text, f"{100 * inside:.0f}", name, whose(asked, words)))
        else:
            said.append(words("Nothing speaks for {0}: no cell of its map is positive.", name))
    return tuple(said)


def region_part(look: Looked, found: Gathered, asked: Asked, words: Words) -> Part | None:
    """Return what the marks hold of the predicted class's evidence; None without any."""
    regions = found.regions() if look.evidence is not None else {}
    rows = []
    for name, shapes in regions.items():
        facts, blanked = _facts(look, found, shapes), look.blanked.get(name)
        rows.append(
            (
                words("all marks together") if name == WHOLE else name,
                percent(_number(facts.share_of_positive)),
                signed(_number(facts.share)),
                percent(facts.probability),
                percent(_number(facts.probability_without)),
                NONE if blanked is None else percent(blanked[predicted_class(look)]),
            )
        )
    if not rows:
        return None
    columns = (
        *("Region", "Share of the evidence for", "Adds to the logit", "Probability now"),
        *("Without that evidence", "Without those pixels"),
    )
    note = words(
        "Without that evidence: the region's cells are taken from the map and the logits added up "
        "again; this is exact. Without those pixels: the region is painted in the mean colour and "
        "the model asked again."
    )
    if any(_raised(look, name) for name in regions):
        raised = words(
            "Where the probability is higher without the pixels, they held it down, or the cover "
            "itself looks to the model like a sign of the class; it says nothing of the evidence."
        )
        note = f"{note} {raised}"
    edge = words("A cell on the edge of a region counts with the share of it that lies inside.")
    table = Table(
        "",
        tuple(words(name) for name in columns),
        (False, True, True, True, True, True),
        tuple(rows),
        f"{note} {edge}",
    )
    title = words("Evidence inside the marks, for {0}", look.spec.classes[predicted_class(look)])
    return Part(title, sentences=_against(asked, words), tables=(table,))


def _raised(look: Looked, region: str) -> bool:
    """Return whether the predicted class is, as written, more probable without the pixels."""
    blanked = look.blanked.get(region)
    if blanked is None:
        return False
    predicted = predicted_class(look)
    return round(float(blanked[predicted]), 3) > round(float(look.probabilities[predicted]), 3)


def whose(asked: Asked, words: Words) -> str:
    """Return whose marks the maps are measured against, as it stands behind "the marks of"."""
    several = {
        UNION: "any reader (union)",
        MAJORITY: "most readers (majority)",
        ADJUDICATED: "the adjudication",
    }
    name = asked.measured
    return words(several[name]) if name in several else name or asked.reader


def _against(asked: Asked, words: Words) -> tuple[str, ...]:
    """Return a sentence where the marks that count are not those in the picture."""
    text = "Measured against the marks of {0}, not those of {1} in the picture."
    return (words(text, whose(asked, words), asked.reader),) if asked.measured else ()


def predicted_class(look: Looked) -> int:
    """Return the index of the most probable class."""
    return int(look.probabilities.argmax())


def _facts(look: Looked, found: Gathered, shapes: Sequence[Shape]) -> ClassFacts:
    """Return the ledger of the predicted class, with some marks as the region asked about."""
    predicted = predicted_class(look)
    ledger = ledger_facts(
        look.evidence,
        look.logits,
        look.spec.classes,
        region=look.region,
        size=found.size,
        shapes=shapes,
        point_radius=found.point_radius,
        shown=predicted,
    )
    return ledger.classes[predicted]


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def metrics_part(shown: Sequence[Looked], asked: Asked, words: Words) -> Part | None:
    """Return how each map agrees with the marks; None where nothing is marked."""
    rows = []
    several = len({look.model for look in shown}) > 1
    for look in shown:
        for (method, index), value in look.metrics.items():
            name = words("{0} for {1}", words(TITLES.get(method, method)), look.spec.classes[index])
            hit = NONE if math.isnan(value.hit) else words("yes") if value.hit else words("no")
            rows.append(
                (
                    f"{name} · {look.spec.title}" if several else name,
                    *(share(part) for part in (value.precision, value.sensitivity, value.topk)),
                    hit,
                )
            )
    if not rows:
        return None
    note = words(
        "AP, activation precision: share of the map's positive part inside the marks. AS, "
        "activation sensitivity: how strongly the map covers the marks, from its own minimum to "
        "its maximum; read it beside AP. Top-k: of the {0} patches of {1} pixels of the model's "
        "input that the map ranks highest, the share that holds a mark. Hit: the highest pixel "
        "lies on the marks, or within {2} pixels of the model's input of them.",
        TOP_K,
        PATCH,
        f"{Options.tolerance:g}",
    )
    columns = tuple(words(name) for name in ("Map", "AP", "AS", "Top-k", "Hit"))
    table = Table("", columns, (False, True, True, True, True), tuple(rows), note)
    title = words("Agreement of the maps with the marks")
    return Part(title, sentences=_against(asked, words), tables=(table,))
