"""The metrics and the chance methods by id. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from softcam_core.errors import EvaluationError
from softcam_core.explain.methods import METHODS, TITLES, check_method

Kind = Literal["localization", "boxes", "faithfulness", "consistency", "classification", "sanity"]


@dataclass(frozen=True)
class Metric:
    """What a user should know of a metric.

    Attributes:
        title: as a table's head has it.
        kind: what it needs: marks on the image, its boxes, more passes of the model, a label.
        better: whether ``high`` or ``low`` is better; "" where neither is.
        unit: ``%`` or "".
    """

    title: str
    kind: Kind
    better: Literal["high", "low", ""] = "high"
    unit: str = ""


METRICS: dict[str, Metric] = {
    "accuracy": Metric("Accuracy", "classification"),
    "auc": Metric("AUC", "classification"),
    "kappa": Metric("Quadratic kappa", "classification"),
    "sensitivity": Metric("Sensitivity", "classification"),
    "specificity": Metric("Specificity", "classification"),
    "calibration_error": Metric("Calibration error", "classification", "low"),
    "activation_precision": Metric("Activation precision", "localization"),
    "activation_sensitivity": Metric("Activation sensitivity", "localization"),
    "topk_localization_precision": Metric("Top-k localization precision", "localization"),
    "pointing_game": Metric("Pointing game", "localization"),
    "mean_iou": Metric("Mean IoU", "localization"),
    "pxap": Metric("PxAP", "localization", unit="%"),
    "max_box_acc": Metric("MaxBoxAcc", "boxes", unit="%"),
    "max_box_acc_v2": Metric("MaxBoxAccV2", "boxes", unit="%"),
    "gt_known_localization": Metric("GT-known localization", "boxes", unit="%"),
    "top1_localization": Metric("Top-1 localization", "boxes", unit="%"),
    "audc": Metric("AUDC", "faithfulness", "low"),
    "auic": Metric("AUIC", "faithfulness"),
    "average_drop": Metric("Average drop", "faithfulness", "low", "%"),
    "increase_in_confidence": Metric("Increase in confidence", "faithfulness", "high", "%"),
    "activation_consistency": Metric("Activation consistency", "consistency"),
    "model_randomization": Metric("Similarity after randomization", "sanity", "low"),
}
"""What can be asked for, in the order of tables."""

ALIASES: dict[str, str] = {
    "ap": "activation_precision",
    "as": "activation_sensitivity",
    "topk": "topk_localization_precision",
    "top_k": "topk_localization_precision",
    "area_under_deletion_curve": "audc",
    "deletion": "audc",
    "deletion_curve": "audc",
    "area_under_insertion_curve": "auic",
    "insertion": "auic",
    "insertion_curve": "auic",
    "quadratic_kappa": "kappa",
    "iou": "mean_iou",
    "ece": "calibration_error",
    "auroc": "auc",
    "roc_auc": "auc",
    "randomization": "model_randomization",
}
"""Other names that people type, and what they mean."""

SLOW_METRICS = frozenset({"auic", "model_randomization"})
"""Metrics that are measured only when asked for by name."""

CONSISTENCY = ("activation_consistency_positive", "activation_consistency_negative")
"""The two results of ``activation_consistency``: r+ on diseased and r- on healthy images."""

V2_IOUS = {"max_box_acc_v2_30": 0.3, "max_box_acc_v2_50": 0.5, "max_box_acc_v2_70": 0.7}
"""The three results beside the mean of ``max_box_acc_v2``, and the IoU of each."""

BRANCH = ("average_drop_branch", "increase_in_confidence_branch")
"""The same two of a dual-branch model with the softmax of its sigmoid branch (released)."""

RANDOM, CENTRE_PRIOR, RANDOMIZED = "random", "centre_prior", "randomized_weights"
BASELINES: dict[str, str] = {
    RANDOM: "an independent number, uniform from -1 to 1, in every cell of the map",
    CENTRE_PRIOR: "a Gaussian at the centre of what the model sees, sigma a quarter of each side",
    RANDOMIZED: "the model's first method on a copy whose weights are drawn anew for each image",
}
"""Chance, as methods: what a number has to beat before it says anything."""

BASELINE_TITLES: dict[str, str] = {
    RANDOM: "Random map",
    CENTRE_PRIOR: "Centre prior",
    RANDOMIZED: "Randomized weights",
}
"""The chance methods as people write them."""


def method_title(method: str) -> str:
    """Return a method's name as people write it; an unknown id as it is."""
    return {**TITLES, **BASELINE_TITLES}.get(method, method)


def metric_title(metric: str) -> tuple[str, Metric]:
    """Return the title of a result's metric, parts included, and what it belongs to."""
    names = {
        CONSISTENCY[0]: ("Positive activation on diseased images, r+", "activation_consistency"),
        CONSISTENCY[1]: ("Negative activation on healthy images, r−", "activation_consistency"),
        BRANCH[0]: ("Average drop, sigmoid branch", "average_drop"),
        BRANCH[1]: ("Increase in confidence, sigmoid branch", "increase_in_confidence"),
    }
    for name, iou in V2_IOUS.items():
        names[name] = (f"MaxBoxAccV2 at IoU {iou:g}", "max_box_acc_v2")
    if metric in names:
        title, home = names[metric]
        return title, METRICS[home]
    return METRICS[metric].title, METRICS[metric]


def parse_metrics(text: str) -> tuple[str, ...]:
    """Return the metrics that a user asks for, each once, in the order of `METRICS`.

    ``text``: ids or their aliases with commas between them; "" or ``default``: all but the slow
    ones; ``all``: all.

    Raises:
        EvaluationError: one is unknown; the text names those there are.
    """
    asked = [_plain(name) for name in text.split(",") if name.strip()]
    if asked in ([], ["default"]):
        return tuple(name for name in METRICS if name not in SLOW_METRICS)
    if asked == ["all"]:
        return tuple(METRICS)
    for name in asked:
        if ALIASES.get(name, name) not in METRICS:
            raise EvaluationError(
                f"The metric {name!r} is not available; choose from {', '.join(METRICS)}."
            )
    wanted = {ALIASES.get(name, name) for name in asked}
    return tuple(name for name in METRICS if name in wanted)


def parse_methods(text: str) -> tuple[str, ...]:
    """Return the methods that a user asks for, each once; empty: each model's own.

    The chance methods are no methods to ask for: they stand in every table unless switched off.

    Raises:
        MethodError: one is unknown; the text names those there are.
    """
    asked = [_plain(name) for name in text.split(",") if name.strip()]
    if asked == ["all"]:
        return tuple(METHODS)
    for name in asked:
        if name not in BASELINES:
            check_method(name)
    return tuple(dict.fromkeys(name for name in asked if name not in BASELINES))


def _plain(name: str) -> str:
    return name.strip().casefold().replace("-", "_")
