"""Which files an epoch earns, and when a run ends early: decided from its rows alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from softcam_core.counts import counted

BEST = "best.safetensors"
BEST_AUC, BEST_KAPPA = "best-auc.safetensors", "best-kappa.safetensors"

Values = dict[str, tuple[float, ...]]
"""Highest value so far of each file."""


def earned(row: Mapping[str, Any], best: Mapping[str, tuple[float, ...]], *, dual: bool) -> Values:
    """Return the files that an epoch is the best for, with its values.

    ``best`` goes by accuracy, among equals by the lower loss; the others by AUC and by quadratic
    kappa, where these are defined. Of a frozen classifier all epochs have the same accuracy, AUC
    and kappa: only the loss of its second head tells them apart.

    Args:
        row: of metrics.csv.
        best: highest values before.
        dual: whether the classifier is frozen.
    """
    values: Values = {BEST: (row["val_accuracy"], -row["val_loss"])}
    if not dual:
        values |= {BEST_AUC: (row["val_auc"],), BEST_KAPPA: (row["val_kappa"],)}
    return {
        name: value
        for name, value in values.items()
        if not any(map(math.isnan, value)) and (name not in best or value > best[name])
    }


def waited(rows: Sequence[Mapping[str, Any]], measure: str) -> int:
    """Return how many epochs have passed since the best one by a measure.

    Args:
        rows: of metrics.csv.
        measure: ``accuracy``, ``auc``, ``kappa`` (higher is better) or ``loss``.
    """
    sign = -1 if measure == "loss" else 1
    highest, since = -math.inf, 0
    for row in rows:
        value = sign * row[f"val_{measure}"]
        since += 1
        if value > highest:
            highest, since = value, 0
    return since


def end_early(rows: Sequence[Mapping[str, Any]], measure: str, patience: int) -> str:
    """Return one sentence when a run has waited long enough for a better epoch, else "".

    Args:
        rows, measure: see `waited`.
        patience: epochs to wait; 0 for ever.
    """
    if not patience or waited(rows, measure) < patience:
        return ""
    names = {"accuracy": "accuracy", "auc": "AUC", "kappa": "kappa", "loss": "loss"}
    return (
        f"Ended after epoch {len(rows)}: the validation {names[measure]} has not become better for "
        f"{counted(patience, 'epoch')} (train.patience)."
    )
