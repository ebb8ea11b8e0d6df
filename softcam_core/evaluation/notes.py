"""What a reader of a run should know, one sentence each. Free of torch."""

from __future__ import annotations

from collections.abc import Iterator

from softcam_core.evaluation.gathered import Gathered
from softcam_core.evaluation.metric_ids import CONSISTENCY, METRICS, SLOW_METRICS

MOST_SAID = 20
"""Images that failed, and problems, that the notes name one by one."""
OCCLUSION = frozenset({"audc", "auic"})
"""Metrics of images that every model predicts rightly, unless all images are asked for."""


def notes_of(found: Gathered) -> Iterator[str]:
    """Yield what the run says, what is missing and why, and what failed."""
    yield from found.run.get("notes", [])
    missing = found.run["data"]["images"] - found.images - found.others - len(found.failed)
    if missing > 0:
        yield (
            f"The run was stopped: {missing} of {found.run['data']['images']} images are not "
            "measured yet; go on with --resume."
        )
    yield from _not_measured(found)
    for sentences, what in (
        ([why for _, _, why in found.failed], "images failed"),
        (found.problems, "problems"),
    ):
        yield from sentences[:MOST_SAID]
        if len(sentences) > MOST_SAID:
            yield f"{len(sentences) - MOST_SAID} more {what}; results.json has all that failed."


def _not_measured(found: Gathered) -> Iterator[str]:
    """Yield why metrics that were asked for have no row on any image."""
    parameters = found.run["parameters"]
    asked = set(parameters["metrics"] or METRICS)
    there = {key.metric for key in found.columns}
    located = {name for name, one in METRICS.items() if one.kind in ("localization", "boxes")}
    if not any(model["methods"] for model in found.run["models"]):
        return
    if asked & OCCLUSION and not there & OCCLUSION and parameters["deletion_images"] == "correct":
        yield (
            "No image was occluded because none is predicted rightly by every model; "
            "--deletion-images all takes all images."
        )
    if asked & located and not there & located:
        yield "No image has marks that can be read, so no map was compared with marks."
    # Without being asked for by name it is missing wherever the classes are no disease and health.
    by_name = asked != METRICS.keys() - SLOW_METRICS
    if by_name and "activation_consistency" in asked and not there & set(CONSISTENCY):
        yield (
            "The activation consistency was not measured: it needs images labelled as the disease "
            "(--disease) or as the first class, and methods whose maps have signs (evidence, cam)."
        )
