"""One map against the marks of its image: the rows of localization and of boxes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from typing import Any

import torch
from torch import Tensor

from softcam_core.evaluation.metric_ids import METRICS, V2_IOUS
from softcam_core.evaluation.packing import pack, runs_of
from softcam_core.evaluation.plan import Options
from softcam_core.evaluation.view import TruthInView
from softcam_core.metrics.boxes import box_ious
from softcam_core.metrics.localization import UpsampledMap
from softcam_core.metrics.pixels import pxap_from_histograms, pxap_histograms
from softcam_core.metrics.pointing import mean_iou, pointing_game
from softcam_core.metrics.topk import topk_counts
from softcam_core.metrics.wsol import gt_known_localization
from softcam_core.metrics.wsol_inputs import to_wsol_map

Found = tuple[str, float, str, Any]
"""Metric, value, why it is undefined, detail: see `softcam_core.evaluation.records.Row`."""

EMPTY = "Nothing is marked in what the model sees."
NOT_FINITE = "The map holds NaN or infinity."
NOTHING_POSITIVE = "Nothing of the map is positive."
FLAT = "The map is constant."
BOX_IOU = 0.5


def locate(
    values: Tensor,
    truth: TruthInView,
    wanted: Collection[str],
    options: Options,
    right: bool | None,
) -> Iterator[Found]:
    """Yield the rows of one map.

    Args:
        values: the map (h, w) of the class in question.
        truth: what is marked.
        wanted: ids of metrics; those of other kinds are left alone.
        options: parameters.
        right: whether the model predicts the image rightly; None where nobody knows.
    """
    asked = [m for m in wanted if METRICS[m].kind == "localization"]
    boxes = [m for m in wanted if METRICS[m].kind == "boxes" and len(truth.wsol_boxes)]
    if not bool(values.isfinite().all()):
        yield from ((metric, math.nan, NOT_FINITE, None) for metric in (*asked, *boxes))
        return
    if truth.is_empty:
        yield from ((metric, math.nan, EMPTY, None) for metric in asked)
    else:
        yield from _marked(values, truth, asked, options)
    if boxes:
        yield from _boxed(values, truth, boxes, options, right)


def _marked(
    values: Tensor, truth: TruthInView, asked: Collection[str], options: Options
) -> Iterator[Found]:
    if {"activation_precision", "activation_sensitivity"} & set(asked):
        rows, columns = truth.mask.shape
        precision, sensitivity = UpsampledMap(values, (rows, columns)).measure(truth.mask)
        if "activation_precision" in asked:
            yield _row("activation_precision", float(precision), NOTHING_POSITIVE)
        if "activation_sensitivity" in asked:
            yield _row("activation_sensitivity", float(sensitivity), FLAT)
    if "topk_localization_precision" in asked:
        hits, patches = topk_counts(
            values, truth.input_mask, options.k, options.patch, options.score
        )
        total = int(patches[-1])
        yield (
            "topk_localization_precision",
            int(hits[-1]) / total if total else math.nan,
            "" if total else NOTHING_POSITIVE,
            {"hits": hits.tolist(), "patches": patches.tolist()} if total else None,
        )
    if "pointing_game" in asked:
        hit = pointing_game(values[None], truth.input_mask[None], options.tolerance)
        yield _row("pointing_game", float(hit[0]), FLAT)
    if "mean_iou" in asked:
        overlap = mean_iou(values[None], truth.input_mask[None])
        yield _row("mean_iou", float(overlap[0]), FLAT)
    if "pxap" in asked:
        counts = pxap_histograms(to_wsol_map(values), truth.wsol_mask)
        detail = {"positive": pack(counts[0].numpy()), "counted": pack(counts[1].numpy())}
        area = float(pxap_from_histograms(counts))
        # Marks too small for the benchmark's grid are none there; its pixels still count.
        yield "pxap", area, EMPTY if math.isnan(area) else "", detail


def _boxed(
    values: Tensor,
    truth: TruthInView,
    asked: Collection[str],
    options: Options,
    right: bool | None,
) -> Iterator[Found]:
    scores = to_wsol_map(values)
    if {"max_box_acc", "max_box_acc_v2"} & set(asked):
        ious = box_ious(scores, truth.wsol_boxes)
        largest, best = torch.as_tensor(ious.largest), torch.as_tensor(ious.best)
        if "max_box_acc" in asked:
            runs = runs_of((largest >= BOX_IOU).numpy())
            yield "max_box_acc", float(largest.max()), "", {str(BOX_IOU): runs}
        if "max_box_acc_v2" in asked:
            parts = {str(t): runs_of((best >= t).numpy()) for t in V2_IOUS.values()}
            yield "max_box_acc_v2", float(best.max()), "", parts
    if {"gt_known_localization", "top1_localization"} & set(asked):
        known = gt_known_localization(
            scores[None], [truth.wsol_boxes], options.box_threshold, BOX_IOU
        )
        hit = float(known[0])
        if "gt_known_localization" in asked:
            yield "gt_known_localization", hit, "", None
        if "top1_localization" in asked and right is not None:
            yield "top1_localization", hit * right, "", None


def _row(metric: str, value: float, why: str) -> Found:
    return metric, value, why if math.isnan(value) else "", None
