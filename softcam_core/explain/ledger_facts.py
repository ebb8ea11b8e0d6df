"""The ledger of one case as plain values, for the window, reports and figures alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from softcam_core.annotations.rasterize import POINT_RADIUS
from softcam_core.annotations.shapes import Shape
from softcam_core.explain.ledger import (
    Values,
    Without,
    class_sums,
    inside_share,
    region_share,
    softmax,
    without,
)
from softcam_core.explain.ledger_cover import coverage
from softcam_core.explain.ledger_regions import EvidenceRegion, strongest_regions
from softcam_core.imaging.geometry import Region

STRONGEST = 6
"""How many regions are told apart unless asked for another number."""


@dataclass(frozen=True)
class ClassFacts:
    """What the ledger says of one class; evidence, shares and logits in logit units.

    Attributes:
        evidence_for: of the positive cells; with ``evidence_against`` it is the logit.
        share: of the asked region; this and what follows None where no region is asked for.
        share_of_positive: part, from 0 to 1, of the evidence for the class that lies inside the
            region; NaN for a class without.
        logit_without: without the region's evidence; so ``probability_without``.
    """

    name: str
    probability: float
    logit: float
    evidence_for: float
    evidence_against: float
    share: float | None = None
    share_of_positive: float | None = None
    logit_without: float | None = None
    probability_without: float | None = None


@dataclass(frozen=True)
class LedgerFacts:
    """The ledger of one case.

    Attributes:
        classes: in the model's order.
        shown: index of the class that ``regions`` are of.
        runner_up: the most probable other class; None where there is none.
        covered: share, from 0 to 1, of the model's view that the asked region covers; None where
            none is asked for.
        regions: the strongest ones of the class shown, strongest first.
        rest: what all its other cells add; with the regions' contributions it is the logit.
    """

    classes: tuple[ClassFacts, ...]
    shown: int
    runner_up: int | None
    covered: float | None
    regions: tuple[EvidenceRegion, ...]
    rest: float


class RegionFacts(NamedTuple):
    """What the ledger says of a region, for all classes at once.

    Attributes:
        covered: share, from 0 to 1, of the model's view that it covers.
        share: (C,) what it adds to each logit.
        inside: (C,) part of the evidence for each class inside it; NaN where there is none.
        without: the prediction without its evidence.
    """

    covered: float
    share: Values
    inside: Values
    without: Without


def region_facts(evidence: Any, logits: Any, cover: Values) -> RegionFacts:
    """Return what the ledger says of a region that covers ``cover`` (h, w) of each cell.

    The other arguments are as of `ledger_facts`; see `ledger_cover.coverage`.
    """
    share = region_share(evidence, cover)
    return RegionFacts(
        float(cover.mean()), share, inside_share(evidence, cover), without(logits, share)
    )


def ledger_facts(
    evidence: Any,
    logits: Any,
    classes: Sequence[str],
    *,
    region: Region,
    size: tuple[int, int],
    shapes: Sequence[Shape] = (),
    point_radius: float = POINT_RADIUS,
    shown: int | None = None,
    strongest: int = STRONGEST,
) -> LedgerFacts:
    """Return the ledger of a case.

    Args:
        evidence: (C, h, w), whose mean the logits are.
        logits: (C,) as predicted.
        classes: C names.
        region: the rectangle of the image that the model sees.
        size: (H, W) of the image.
        shapes: what is asked about, together, in image pixels.
        point_radius: of the disc that stands for a point, in pixels.
        shown: index of a class; the predicted one by default.
        strongest: how many regions of its evidence are told apart.

    Raises:
        ValueError: the numbers of classes do not match.
    """
    cells, before = np.asarray(evidence, np.float64), np.asarray(logits, np.float64)
    if not len(cells) == len(before) == len(classes):
        raise ValueError(
            f"classes: expected {len(cells)} names and logits, as evidence has maps, "
            f"got {len(classes)} and {len(before)}"
        )
    sums, probabilities = class_sums(cells), softmax(before)
    asked: list[dict[str, float]] = [{} for _ in classes]
    covered = None
    if shapes:
        cover = coverage(shapes, region, (cells.shape[1], cells.shape[2]), size, point_radius)
        found = region_facts(cells, before, cover)
        covered = found.covered
        asked = [
            {
                "share": float(found.share[i]),
                "share_of_positive": float(found.inside[i]),
                "logit_without": float(found.without.logits[i]),
                "probability_without": float(found.without.probabilities[i]),
            }
            for i in range(len(classes))
        ]
    order = np.argsort(-probabilities, kind="stable").tolist()
    in_view = order[0] if shown is None else shown
    regions, rest = strongest_regions(cells[in_view], strongest)
    return LedgerFacts(
        tuple(
            ClassFacts(
                name,
                float(probabilities[i]),
                float(before[i]),
                float(sums.evidence_for[i]),
                float(sums.evidence_against[i]),
                **asked[i],
            )
            for i, name in enumerate(classes)
        ),
        in_view,
        next((i for i in order if i != in_view), None),
        covered,
        tuple(regions),
        rest,
    )
