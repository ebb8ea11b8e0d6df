"""Numbers about explanations and predictions: tensors in, tensors out; numpy arrays are accepted.

Results are float64. A value that is undefined is NaN, never 0 or 1. The names below load on first
use, so that what needs no torch can be had without it. The same over data sets that come batch by
batch: `softcam_core.metrics.accumulate`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from softcam_core.metrics.boxes import BoxIous, box_ious
    from softcam_core.metrics.classification import (
        ReliabilityCurve,
        RocCurve,
        accuracy,
        auc,
        average_precision,
        brier_score,
        calibration_error,
        confusion_matrix,
        quadratic_kappa,
        reliability_curve,
        roc_curve,
        sensitivity,
        specificity,
    )
    from softcam_core.metrics.consistency import ConsistencyShares, activation_consistency
    from softcam_core.metrics.deletion import occlusion_curves
    from softcam_core.metrics.delong import (
        AucInterval,
        DeLong,
        delong_interval,
    )
    from softcam_core.metrics.faithfulness import (
        area_under_deletion_curve,
        deletion_curve,
        insertion_curve,
    )
    from softcam_core.metrics.intervals import (
        Difference,
        holm,
        paired_difference,
        reflected_interval,
    )
    from softcam_core.metrics.localization import activation_precision, activation_sensitivity
    from softcam_core.metrics.masking import average_drop, increase_in_confidence, masked_input
    from softcam_core.metrics.patches import patch_hits, patch_scores, ranked_patches
    from softcam_core.metrics.pixels import pxap, pxap_from_histograms, pxap_histograms
    from softcam_core.metrics.pointing import highest_pixel, mean_iou, pointing_game
    from softcam_core.metrics.proportions import newcombe_interval, proportion_interval
    from softcam_core.metrics.shared_stages import SharedStages
    from softcam_core.metrics.topk import (
        first_bright_row,
        topk_counts,
        topk_localization_precision,
    )
    from softcam_core.metrics.weighted import (
        classification_statistics,
    )
    from softcam_core.metrics.wsol import (
        gt_known_localization,
        max_box_acc,
        max_box_acc_v2,
        top1_localization,
    )
    from softcam_core.metrics.wsol_inputs import to_wsol_boxes, to_wsol_map, to_wsol_mask

__all__ = [
    "AucInterval",
    "BoxIous",
    "ConsistencyShares",
    "DeLong",
    "Difference",
    "ReliabilityCurve",
    "RocCurve",
    "SharedStages",
    "accuracy",
    "activation_consistency",
    "activation_precision",
    "activation_sensitivity",
    "area_under_deletion_curve",
    "auc",
    "average_drop",
    "average_precision",
    "box_ious",
    "brier_score",
    "calibration_error",
    "classification_statistics",
    "confusion_matrix",
    "deletion_curve",
    "delong_interval",
    "first_bright_row",
    "gt_known_localization",
    "highest_pixel",
    "holm",
    "increase_in_confidence",
    "insertion_curve",
    "masked_input",
    "max_box_acc",
    "max_box_acc_v2",
    "mean_iou",
    "newcombe_interval",
    "occlusion_curves",
    "paired_difference",
    "patch_hits",
    "patch_scores",
    "pointing_game",
    "proportion_interval",
    "pxap",
    "pxap_from_histograms",
    "pxap_histograms",
    "quadratic_kappa",
    "ranked_patches",
    "reflected_interval",
    "reliability_curve",
    "roc_curve",
    "sensitivity",
    "specificity",
    "to_wsol_boxes",
    "to_wsol_map",
    "to_wsol_mask",
    "top1_localization",
    "topk_counts",
    "topk_localization_precision",
]

_HOMES = {
    "shared_stages": ("SharedStages",),
    "classification": (
        "ReliabilityCurve",
        "RocCurve",
        "accuracy",
        "auc",
        "average_precision",
        "brier_score",
        "calibration_error",
        "confusion_matrix",
        "quadratic_kappa",
        "reliability_curve",
        "roc_curve",
        "sensitivity",
        "specificity",
    ),
    "delong": (
        "AucInterval",
        "DeLong",
        "delong_interval",
    ),
    "weighted": ("classification_statistics",),
    "intervals": (
        "Difference",
        "holm",
        "paired_difference",
        "reflected_interval",
    ),
    "proportions": ("newcombe_interval", "proportion_interval"),
    "boxes": (
        "BoxIous",
        "box_ious",
    ),
    "pixels": (
        "pxap",
        "pxap_from_histograms",
        "pxap_histograms",
    ),
    "wsol": (
        "gt_known_localization",
        "max_box_acc",
        "max_box_acc_v2",
        "top1_localization",
    ),
    "wsol_inputs": (
        "to_wsol_boxes",
        "to_wsol_map",
        "to_wsol_mask",
    ),
    "deletion": ("occlusion_curves",),
    "masking": (
        "average_drop",
        "increase_in_confidence",
        "masked_input",
    ),
    "faithfulness": (
        "area_under_deletion_curve",
        "deletion_curve",
        "insertion_curve",
    ),
    "consistency": ("ConsistencyShares", "activation_consistency"),
    "localization": ("activation_precision", "activation_sensitivity"),
    "patches": ("patch_hits", "patch_scores", "ranked_patches"),
    "pointing": ("highest_pixel", "mean_iou", "pointing_game"),
    "topk": ("first_bright_row", "topk_counts", "topk_localization_precision"),
}
"""Module -> its public names."""


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first used (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = value
            return value
    if name == "accumulate":
        return import_module(f"{__name__}.accumulate")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names too, although they are not loaded yet."""
    return sorted({*globals(), *__all__})
