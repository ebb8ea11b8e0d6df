"""What a configuration must not ask for, one sentence each. Free of torch."""

from __future__ import annotations

import math
import re
import warnings

from softcam_core.errors import ConfigError
from softcam_core.training.config.schema import Config

_LARGEST = 2**63 - 1
"""Of whole numbers: what a study's file and the generators of random numbers take."""


def check(where: str, config: Config) -> None:
    """Refuse what cannot be trained: ranges, and keys that do not go together.

    Args:
        where: name of the file, for the sentence.
        config: the whole configuration.

    Raises:
        ConfigError: the first thing that is wrong.
    """
    data, model, loss, train = config.data, config.model, config.loss, config.train
    if data.study and data.csv:
        raise ConfigError(f"{where}: data.csv and data.study are both set; keep one of them.")
    if data.cases and not data.study:
        raise ConfigError(f"{where}: data.cases are those of a study; set data.study too.")
    if data.grade_classes and not data.study:
        raise ConfigError(
            f"{where}: data.grade_classes says what the grades of a study mean; set data.study "
            "too, or write the classes into the table."
        )
    if data.hard_model and not data.study:
        raise ConfigError(
            f"{where}: data.hard_model compares a model with the readers of a study; set "
            "data.study too, or give a table a column weight."
        )
    if not data.study and not data.csv:
        raise ConfigError(
            f'{where}: data.csv is missing; name the table with csv = "labels.csv" in the file, or '
            "with --set data.csv=labels.csv."
        )
    if model.head == "dual-branch" and model.weights == "none":
        raise ConfigError(
            f"{where}: a dual-branch model keeps a trained classifier and adds a head to it; set "
            "model.weights to the classifier's file."
        )
    if model.head != "softcam" and (loss.l1 or loss.l2 or loss.guidance):
        name = "black box" if model.head == "blackbox" else "dual-branch model"
        raise ConfigError(
            f"{where}: a {name} has no evidence to penalise; set loss.l1, loss.l2 and "
            "loss.guidance to 0, or model.head to softcam."
        )
    if len(set(data.classes)) != len(data.classes) or len(data.classes) == 1:
        raise ConfigError(f"{where}: data.classes must hold two or more different names.")
    if len(data.shares) != 3 or min(data.shares) < 0 or abs(sum(data.shares) - 1) > 1e-6:
        raise ConfigError(
            f"{where}: data.shares must be the shares of training, validation and test images, "
            "with a sum of 1."
        )
    try:
        with warnings.catch_warnings():
            # What a later Python will read otherwise is no matter of the user's.
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(data.patient_from)
    except re.error as error:
        raise ConfigError(
            f"{where}: data.patient_from is no regular expression: {error}."
        ) from error
    limits: list[tuple[str, float, float, float]] = [
        ("data.image_size", data.image_size, 16, 8192),
        ("data.max_failed", data.max_failed, 0, 1),
        ("data.cache_gb", data.cache_gb, 0, 1e6),
        ("data.keep_healthy", data.keep_healthy, 0, 1),
        ("data.min_width", data.min_width, 0, math.inf),
        ("data.sample", data.sample, 0, math.inf),
        ("data.test_per_class", data.test_per_class, 0, math.inf),
        ("data.hard_weight", data.hard_weight, 1, 100),
        ("data.split_seed", data.split_seed, 0, _LARGEST),
        ("data.as_of", data.as_of, 0, _LARGEST),
        ("loss.l1", loss.l1, 0, math.inf),
        ("loss.l2", loss.l2, 0, math.inf),
        ("loss.guidance", loss.guidance, 0, math.inf),
        ("train.accumulate", train.accumulate, 1, math.inf),
        ("train.patience", train.patience, 0, math.inf),
        ("train.checkpoint_minutes", train.checkpoint_minutes, 0, math.inf),
        ("output.watch", config.output.watch, 0, 16),
        ("sweep.tolerance", config.sweep.tolerance, 0, 1),
        ("sweep.halving", config.sweep.halving, 0, math.inf),
        ("train.epochs", train.epochs, 1, math.inf),
        ("train.batch_size", train.batch_size, 1, math.inf),
        ("train.decay_every", train.decay_every, 0, math.inf),
        ("train.min_lr", train.min_lr, 0, math.inf),
        ("train.momentum", train.momentum, 0, 1),
        ("train.weight_decay", train.weight_decay, 0, math.inf),
        ("train.seed", train.seed, 0, _LARGEST),
        *(("sweep.seeds", seed, 0, _LARGEST) for seed in config.sweep.seeds),
    ]
    for name, value, low, high in limits:
        top = min(high, _LARGEST) if isinstance(value, int) else high
        if not low <= value <= top or value == math.inf:
            upper = "" if high in (math.inf, _LARGEST) else f" and at most {high:g}"
            if isinstance(value, int) and value > _LARGEST:
                upper = upper or " and at most 2**63 - 1"
            raise ConfigError(
                f"{where}: {name} is {_short(value)}; it must be at least {low:g}{upper}."
            )
    if not 0 < train.lr < math.inf:
        raise ConfigError(f"{where}: train.lr is {train.lr:g}; it must be above 0.")


def _short(value: float) -> str:
    """Write a number so that it fits into a sentence."""
    digits = str(value) if isinstance(value, int) else f"{value:g}"
    return digits if len(digits) <= 30 else f"a number of {len(digits)} digits"
