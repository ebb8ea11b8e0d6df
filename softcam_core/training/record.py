"""What a trained model says about its training: lambdas, record and card."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Mapping, Sequence
from typing import Any

import torch

from softcam_core import __version__
from softcam_core.counts import counted
from softcam_core.models.spec import ModelSpec
from softcam_core.training.config import Config
from softcam_core.training.kind import kind
from softcam_core.training.provenance import Origin
from softcam_core.training.rows import SPLITS
from softcam_core.training.scores import Scores
from softcam_core.training.table import Table

INTENDED_USE = (
    "Research use only: not a medical device, and not for the diagnosis or treatment of patients."
)
_LOSSES = ("train_loss", "train_ce", "train_l1", "train_l2", "train_guidance")


def epoch_row(epoch: int, rate: float, losses: Sequence[float], scores: Scores) -> dict[str, Any]:
    """Return the line of metrics.csv of an epoch, counted from 0; NaN where undefined.

    Args:
        epoch: from 0.
        rate: base learning rate.
        losses: mean total, ce, l1, l2 and guidance loss of the training pass.
        scores: of the validation set.
    """
    return {
        "epoch": epoch + 1,
        "lr": rate,
        **dict(zip(_LOSSES, losses, strict=True)),
        "val_loss": scores.loss,
        "val_accuracy": scores.accuracy,
        "val_auc": scores.auc,
        "val_kappa": scores.kappa,
        "val_mean_abs_evidence": scores.evidence,
        "val_positive_share": scores.positive,
        "best": False,
        "seconds": 0.0,
    }


def described(
    spec: ModelSpec,
    config: Config,
    table: Table,
    weights: Mapping[str, str],
    row: Mapping[str, Any],
    grid: tuple[int, int] | None,
    limits: Mapping[str, float],
    origin: Origin | None = None,
) -> ModelSpec:
    """Return ``spec`` with everything that the run knows; no path and no patient is in it.

    Args:
        spec: of the network as built.
        config, table, weights: what was trained on and from.
        row: the epoch's line of metrics.csv.
        grid: rows and columns of the evidence; None for a black box.
        limits: fixed display limit per method.
        origin: what of a study was learnt from.
    """
    lambdas: dict[str, Any] = {}
    if grid is not None:
        lambdas = {
            "l1": config.loss.l1,
            "l2": config.loss.l2,
            "grid": list(grid),
            "classes": len(table.classes),
            "reduction": config.loss.reduction,
            "ridge": config.loss.ridge,
        }
    metrics = {
        key: value
        for key, value in row.items()
        if key.startswith(("val_", "train_")) and value == value
    }
    patients = {
        split: len({s.patient for s in table.samples if s.split == split}) for split in SPLITS
    }
    training = {
        "kind": kind(config),
        "data": {
            "table": table.source.name,
            "digest": table.digest(),
            "images": table.counts(),
            "patients": patients,
        },
        "augment": config.data.augment,
        "weights": dict(weights),
        "train": {k: v for k, v in dataclasses.asdict(config.train).items() if k != "device"},
        "best_epoch": row["epoch"],
        "metrics": metrics,
        "software": {
            "softcam": __version__,
            "torch": torch.__version__,
            "python": platform.python_version(),
        },
    }
    if origin is not None:
        training["annotations"] = origin.record()
    return dataclasses.replace(
        spec,
        lambdas=lambdas,
        map_limits=dict(limits),
        training=training,
        card=_card(spec, config, table, row, origin),
    )


def _card(
    spec: ModelSpec, config: Config, table: Table, row: Mapping[str, Any], origin: Origin | None
) -> dict[str, str]:
    """Fill the card's empty lines from the run."""
    counts = {split: sum(found.values()) for split, found in table.counts().items()}
    name = kind(config)
    softcam = "SoftCAM " if config.model.head == "softcam" else ""
    title = f"{name[0].upper()}{name[1:]} {softcam}{spec.arch}"
    shares = "; ".join(
        f"{split} {counted(counts[split], 'image')}"
        + "".join(f", {n} {label}" for label, n in table.counts()[split].items())
        for split in SPLITS
        if counts[split]
    )
    figures = ", ".join(
        f"{label} {row[key]:.3f}"
        for key, label in (
            ("val_accuracy", "accuracy"),
            ("val_auc", "AUC"),
            ("val_kappa", "quadratic kappa"),
        )
        if row[key] == row[key]
    )
    chosen = "the epoch was chosen on this same set."
    if config.model.head == "dual-branch":
        chosen = (
            "they are the frozen classifier's; the epoch is that of the second head's lowest loss "
            "on this same set."
        )
    card = {
        "title": title,
        "description": (
            f"{title}, {len(table.classes)} classes ({', '.join(table.classes)}), input "
            f"{spec.input.size[0]} x {spec.input.size[1]} px."
        ),
        "intended_use": INTENDED_USE,
        "data": f"{table.source.name}: {shares}." + (f" {origin.sentence()}" if origin else ""),
        "metrics": (
            f"Validation set ({counted(counts['val'], 'image')}), epoch {row['epoch']} of "
            f"{config.train.epochs}: {figures}; {chosen}"
        ),
        "limits": (
            "Not tested on other devices, sites or populations than those of its training data; "
            "evidence shows what the model used, which need not be a lesion."
        ),
        "licence": "",
    }
    given = {key: text for key, text in spec.card.items() if text}
    return {key: text for key, text in {**card, **given}.items() if text}
