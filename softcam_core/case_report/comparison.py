"""What the models of a report say beside each other: predictions, and how far maps agree."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from softcam_core.case_report.numbers import percent, share
from softcam_core.case_report.values import Looked, Part, Table
from softcam_core.case_report.words import Words
from softcam_core.explain.comparing import GriddedMap, agreement
from softcam_core.explain.methods import TITLES

MOST = 6
"""More maps than this are compared with the first one alone: pairs grow with the square."""
_LEAST = 1e-12
"""In place of a limit of 0: a map of zeros."""


def models_part(shown: Sequence[Looked], words: Words) -> Part | None:
    """Return what each model predicts; None where there is one alone, which the report tells of."""
    if len(shown) < 2:
        return None
    first = shown[0].spec.classes[int(shown[0].probabilities.argmax())]
    rows = []
    for look in shown:
        names, best = list(look.spec.classes), int(look.probabilities.argmax())
        of_first = look.probabilities[names.index(first)] if first in names else math.nan
        rows.append(
            (look.spec.title, names[best], percent(look.probabilities[best]), percent(of_first))
        )
    columns = (
        *(words("Model"), words("Predicted class"), words("Probability")),
        words("Probability of {0}", first),
    )
    table = Table("", columns, (False, False, True, True), tuple(rows))
    return Part(words("What each model predicts"), tables=(table,))


def agreement_part(shown: Sequence[Looked], words: Words) -> Part | None:
    """Return how far the maps of the predicted class agree, two by two; None for a single map."""
    if not shown:
        return None
    first = shown[0].spec.classes[int(shown[0].probabilities.argmax())]
    maps = list(_maps(shown, first, words))
    pairs = combinations(maps, 2) if len(maps) <= MOST else ((maps[0], one) for one in maps[1:])
    rows = []
    for (a, left), (b, right) in pairs:
        found = agreement(left, right)
        rows.append((a, b, share(found.correlation), share(found.overlap)))
    if not rows:
        return None
    note = words(
        "Rank correlation (Spearman): do both maps order the places of the image alike, from "
        "\N{MINUS SIGN}1 to 1. IoU of top 10 %: of the cells among the highest tenth of either "
        "map, the share that is so in both. Both at the coarser of the two grids."
    )
    columns = (words("Map A"), words("Map B"), words("Rank correlation"), words("IoU of top 10 %"))
    table = Table("", columns, (False, False, True, True), tuple(rows), note)
    return Part(words("How far the maps agree, for {0}", first), tables=(table,))


def _maps(shown: Sequence[Looked], name: str, words: Words) -> Iterator[tuple[str, GriddedMap]]:
    several = len({look.model for look in shown}) > 1
    for look in shown:
        for method, of_classes in look.maps.items():
            index = look.spec.classes.index(name) if name in look.spec.classes else -1
            if index in of_classes:
                title = words(TITLES.get(method, method))
                limit = max(look.limits.get(method, 1.0), _LEAST)
                found = GriddedMap(of_classes[index], look.region, limit, method == "evidence")
                yield f"{title} \N{MIDDLE DOT} {look.spec.title}" if several else title, found
