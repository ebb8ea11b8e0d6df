"""What a model makes of changed copies of an image: deletion, insertion, and its own maps as masks.

All maps of an image go together, so that a picture that several of them ask for is computed once.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import torch
from torch import Tensor

from softcam_core.evaluation.metric_ids import BRANCH
from softcam_core.evaluation.view import Cancelled, View
from softcam_core.metrics.deletion import Curve, Mode, occlusion_curves
from softcam_core.metrics.faithfulness import area_under_deletion_curve, relative
from softcam_core.metrics.masking import drops, increases, masked_input
from softcam_core.models.dual_branch import DualBranch

NOT_FINITE = "The map holds NaN or infinity."
NO_PROBABILITY = "The predicted class has a probability of 0."
HELD = "The image has fewer patches than k, so that the curve holds its last value."
MODES: dict[str, Mode] = {"audc": "deletion", "auic": "insertion"}

Found = tuple[str, str, float, str, Any]
"""Method, metric, value, note, detail: see `softcam_core.evaluation.records.Row`."""


def occlude(
    view: View, maps: Mapping[str, Tensor], wanted: Collection[str], cancelled: Cancelled | None
) -> Iterator[Found]:
    """Yield the rows of deletion and insertion of each method's map of the predicted class."""
    options = view.subject.options
    for metric, mode in MODES.items():
        if metric not in wanted:
            continue
        found = occlusion_curves(
            view.subject.occluded,
            view.x[0],
            list(maps.values()),
            view.predicted,
            options.k,
            options.patch,
            mode,
            cancelled=cancelled,
        )
        original = float(found.original[view.predicted])
        for method, curve in zip(maps, found, strict=True):
            yield method, metric, *_area(curve, original)


def show_through(
    view: View, maps: Mapping[str, Tensor], wanted: Collection[str]
) -> Iterator[Found]:
    """Yield average drop and increase in confidence of each method's map of the predicted class."""
    asked = [m for m in ("average_drop", "increase_in_confidence") if m in wanted]
    if not asked:
        return
    index = view.predicted
    masked = torch.cat([masked_input(view.x, values[None]) for values in maps.values()])
    known = torch.stack([values.isfinite().all() for values in maps.values()])
    masked[~known] = 0  # A network may refuse NaN; what comes of it is left out.
    p = view.probabilities[index].expand(len(maps))
    p_masked = view.subject.probabilities(masked)[:, index].cpu()
    yield from _confidence(maps, asked, p, p_masked, known)
    network = view.subject.network
    if isinstance(network, DualBranch):
        with torch.inference_mode():
            before, after = (
                torch.softmax(network(x, maps=False).sigmoid_logits.double(), 1)[:, index].cpu()
                for x in (view.x, masked)
            )
        names = [f"{metric}_branch" for metric in asked]
        assert set(names) <= set(BRANCH)
        yield from _confidence(maps, names, before.expand(len(maps)), after, known)


def _confidence(
    maps: Mapping[str, Tensor], metrics: Collection[str], p: Tensor, p_masked: Tensor, known: Tensor
) -> Iterator[Found]:
    kinds = {"average": drops(p, p_masked), "increase": increases(p, p_masked)}
    for n, method in enumerate(maps):
        detail = {"p": float(p[n]), "p_masked": float(p_masked[n])}
        for metric in metrics:
            value = float(kinds[metric.partition("_")[0]][n])
            if not known[n]:
                yield method, metric, math.nan, NOT_FINITE, None
            else:
                yield method, metric, value, NO_PROBABILITY if math.isnan(value) else "", detail


def _area(curve: Curve, original: float) -> tuple[float, str, Any]:
    values = relative(curve.values, original)
    area = float(area_under_deletion_curve(values[None])[0])
    if math.isnan(area):
        return math.nan, NOT_FINITE if curve.used == 0 else NO_PROBABILITY, None
    detail = {"curve": values.tolist(), "used": curve.used, "p": original}
    return area, HELD if curve.held else "", detail
