"""Which cases a report shows: the best, the median and the worst of each method of each model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from softcam_core.evaluation.metric_ids import BASELINES, METRICS
from softcam_core.evaluation.records import ImageRecord

RANKED = ("activation_precision", "audc")
"""What cases are ranked by: the first of these that a method has a value of."""
SHOWN = ("activation_precision", "activation_sensitivity", "audc")
KINDS = ("best", "median", "worst")


@dataclass(frozen=True)
class Chosen:
    """One case to show.

    Attributes:
        kind: ``best``, ``median`` or ``worst``, or two of them where they are one image.
        index: position in the data.
        image: as the data name it.
        class_: whose map.
        values: metric -> value of this image.
    """

    kind: str
    index: int
    image: str
    class_: str
    values: dict[str, float]


@dataclass(frozen=True)
class Ranking:
    """The cases of one method of one model.

    Attributes:
        model: its name in the run.
        method: id.
        metric: what they are ranked by.
        cases: the best one first; fewer than three where there are fewer images.
        images: how many were ranked.
    """

    model: str
    method: str
    metric: str
    cases: tuple[Chosen, ...]
    images: int


@dataclass
class _Values:
    """(value, index) of each image per metric of one method of one model."""

    by: dict[str, list[tuple[float, int]]] = field(default_factory=dict)

    def ranked(self) -> tuple[str, list[int]]:
        """The metric to rank by, and the images from the best to the worst; ("", []) for none."""
        for metric in RANKED:
            found = self.by.get(metric, [])
            if found:
                sign = -1 if METRICS[metric].better == "high" else 1
                return metric, [
                    i for _, i in sorted(found, key=lambda one: (sign * one[0], one[1]))
                ]
        return "", []


def choose_cases(records: Iterable[ImageRecord], run: Mapping[str, Any]) -> list[Ranking]:
    """Choose by activation precision, or by AUDC where no image has marks; chance has none."""
    found: dict[tuple[str, str], _Values] = {}
    names: dict[int, str] = {}
    classes: dict[tuple[str, str, int], str] = {}
    for record in records:
        for model in record.models:
            for row in model.rows:
                if row.metric not in SHOWN or row.method in BASELINES or math.isnan(row.value):
                    continue
                key = (model.model, row.method)
                values = found.setdefault(key, _Values())
                values.by.setdefault(row.metric, []).append((row.value, record.index))
                names[record.index] = record.image
                if row.metric in RANKED[:1] or (*key, record.index) not in classes:
                    classes[*key, record.index] = row.class_
    rankings = []
    for model in run["models"]:
        for method in model["methods"]:
            values = found.get((model["name"], method), _Values())
            metric, order = values.ranked()
            if not metric:
                continue
            cases = []
            for kind, index in _three(order):
                numbers = {
                    name: value
                    for name, pairs in values.by.items()
                    for value, i in pairs
                    if i == index
                }
                class_ = classes[model["name"], method, index]
                cases.append(Chosen(kind, index, names[index], class_, numbers))
            rankings.append(Ranking(model["name"], method, metric, tuple(cases), len(order)))
    return rankings


def _three(order: list[int]) -> list[tuple[str, int]]:
    """The first, the middle and the last, each image once."""
    places = {"best": 0, "median": (len(order) - 1) // 2, "worst": len(order) - 1}
    kinds: dict[int, list[str]] = {}
    for kind, place in places.items():
        kinds.setdefault(order[place], []).append(kind)
    return [(" and ".join(names), index) for index, names in kinds.items()]
