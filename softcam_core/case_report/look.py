"""What a model says about an image, as a case report tells it: the only torch of this package."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from softcam_core.case_report.values import Looked, Metrics
from softcam_core.evaluation.masks import input_mask
from softcam_core.explain import attribute, identical_to_evidence
from softcam_core.explain.ledger import softmax
from softcam_core.explain.methods import SLOW
from softcam_core.explain.occluded import without_pixels
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.stored import StoredImage
from softcam_core.metrics.localization import UpsampledMap
from softcam_core.metrics.pointing import pointing_game
from softcam_core.metrics.topk import topk_counts
from softcam_core.models.predict import checked

Mask = NDArray[np.bool_]
Slow = Callable[[str, int], NDArray[np.float32]]
"""(method, class index) -> (h, w) map."""


def look(
    model: Any,
    identity: str,
    image: StoredImage,
    *,
    methods: Sequence[str],
    classes: Sequence[str] = (),
    predicted: str | None = None,
    limits: Mapping[str, float] | None = None,
    regions: Mapping[str, Mask] | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    engine: str = "torch",
    slow: Slow | None = None,
) -> Looked:
    """Predict, explain and measure one image.

    Args:
        model: a `Network` in evaluation mode.
        identity: its id.
        image: as it is stored.
        methods: of the maps.
        classes: names of the classes to explain beside the predicted one; others are left out.
        predicted: the class that the report is about; None for this model's own prediction.
        limits: method -> fixed value of full colour, where it is known.
        regions: label -> (H, W) pixels of the image; "" is all marks together, which the maps are
            measured against.
        progress: told how far the maps are.
        cancelled: asked whether to stop.
        engine: for the methods that take forward passes alone.
        slow: asked for (method, class index), so that what is kept of earlier need not be computed
            again; by default it is.

    Raises:
        SoftcamError: the model gives no finite numbers, or does not allow a method.
        CancelledError: ``cancelled()`` said so.
    """
    regions = regions or {}
    pixels, region = model_input(image, model.spec.input)
    x = torch.from_numpy(pixels)[None].to(next(model.parameters()).device)
    with torch.inference_mode():
        out = model.classify(x)
    logits = checked(out.logits)[0].double().cpu().numpy()
    names = list(model.spec.classes)
    first = predicted if predicted in names else names[int(logits.argmax())]
    indices = [names.index(n) for n in dict.fromkeys([first, *classes]) if n in names]
    evidence = None if out.evidence is None else out.evidence[0].float().cpu().numpy()
    maps: dict[str, dict[int, NDArray[np.float32]]] = {}
    identical = {}
    for method in methods:
        if method == "evidence":
            if evidence is not None:
                maps[method] = {index: evidence[index] for index in indices}
            continue
        if slow is not None and method in SLOW:
            maps[method] = {index: slow(method, index) for index in indices}
        else:
            found = attribute(
                model, x, method, indices, progress=progress, cancelled=cancelled, engine=engine
            )
            arrays = found[0].float().cpu().numpy()
            maps[method] = dict(zip(indices, arrays, strict=True))
        reason = identical_to_evidence(model, method)
        if reason is not None:
            identical[method] = reason
    known = {method: value for method, value in (limits or {}).items() if value > 0}
    recorded = {m: v for m, v in model.spec.map_limits.items() if v > 0 and m not in known}
    return Looked(
        model=identity,
        spec=model.spec,
        logits=logits,
        probabilities=softmax(logits),
        region=region,
        evidence=evidence,
        maps=maps,
        identical=identical,
        limits={**recorded, **known},
        metrics=_metrics(maps, regions.get(""), region, (int(x.shape[2]), int(x.shape[3]))),
        blanked=_blanked(model, x, region, regions) if evidence is not None else {},
    )


def _blanked(
    model: Any, x: Tensor, region: Region, regions: Mapping[str, Mask]
) -> dict[str, NDArray[np.float64]]:
    """Return the probabilities with each region painted in the training images' mean colour."""
    size = int(x.shape[2]), int(x.shape[3])
    return {
        name: without_pixels(model, x, input_mask(mask, region, size), "mean")[1]
        for name, mask in regions.items()
    }


def _metrics(
    maps: Mapping[str, Mapping[int, NDArray[np.float32]]],
    mask: Mask | None,
    region: Region,
    size: tuple[int, int],
) -> dict[tuple[str, int], Metrics]:
    """Measure each map against the marks, as the window and an evaluation do."""
    if mask is None or not mask.any():
        return {}
    seen = torch.from_numpy(np.ascontiguousarray(region.cut(mask)))
    laid = input_mask(mask, region, size)
    found = {}
    for method, of_classes in maps.items():
        for index, values in of_classes.items():
            upsampled = UpsampledMap(
                torch.from_numpy(np.ascontiguousarray(values)), (region.height, region.width)
            )
            precision, sensitivity = upsampled.measure(seen)
            topk = hit = math.nan
            if laid.any():
                hits, patches = topk_counts(values, laid)
                topk = int(hits[-1]) / int(patches[-1]) if int(patches[-1]) else math.nan
                hit = float(pointing_game(values[None], laid[None])[0])
            found[method, index] = Metrics(float(precision), float(sensitivity), topk, hit)
    return found
