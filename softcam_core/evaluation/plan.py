"""What to evaluate, and how: everything that the numbers depend on. Free of torch."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from softcam_core.errors import EvaluationError
from softcam_core.metrics.names import PATCH, TOP_K

LABEL, PREDICTED = "label", "predicted"


@dataclass(frozen=True)
class Options:
    """The parameters of methods and metrics that a user may choose.

    Attributes:
        explained: whose maps are measured: ``label`` (the image's label where it is a class of
            the model, else the predicted class), ``predicted``, or the name of a class.
        k: patches of the top-k precision and of the deletion curve.
        patch: side of a patch, in pixels of the model's input.
        score: of a patch: its ``mean`` or its ``max``, for the top-k precision.
        deletion_images: ``correct``: those that every model gets right (paper); ``all``.
        tolerance: of the pointing game, in pixels of the model's input.
        box_threshold: share of the maximum that a box of the map is drawn at.
        disease: the class whose maps the activation consistency looks at; "": class 1 of two.
        baselines: whether the chance methods stand beside the others.
        randomized_images: how many images the randomization of weights is measured on.
        resamples: of the bootstrap.
        seed: of the random maps, of the randomized weights and of the bootstrap.
        precision: ``32``, ``bf16`` or ``16``.
        engine: what runs forward passes: see `softcam_core.engines.names.ENGINES`.
    """

    explained: str = LABEL
    k: int = TOP_K
    patch: int = PATCH
    score: Literal["mean", "max"] = "mean"
    deletion_images: Literal["correct", "all"] = "correct"
    tolerance: float = 15.0
    box_threshold: float = 0.2
    disease: str = ""
    baselines: bool = True
    randomized_images: int = 32
    resamples: int = 2000
    seed: int = 0
    precision: str = "32"
    engine: str = "torch"

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        if self.k < 1 or self.patch < 1:
            raise EvaluationError("k and the patch side are whole numbers of at least 1.")
        if not 0 <= self.box_threshold < 1:
            raise EvaluationError("The threshold of boxes is a share from 0 to below 1.")
        if not (math.isfinite(self.tolerance) and self.tolerance >= 0):
            raise EvaluationError("The tolerance of the pointing game is a length of 0 or more.")
        if not 0 <= self.seed < 2**32:
            raise EvaluationError("The seed is a whole number from 0 to 4294967295.")
        if self.resamples < 100:
            raise EvaluationError("A bootstrap needs 100 resamples or more.")


@dataclass(frozen=True)
class Plan:
    """One evaluation.

    Attributes:
        models: model files, each once.
        data: a table (CSV) or a study.
        out: folder to write into.
        methods: ids; empty: evidence where a model has it, else Grad-CAM.
        metrics: ids of `METRICS`.
        reader: whose marks of a study are the truth; None: see `resolve_truth`.
        labels: of a study, the only marks that are the truth; none for all.
        split: rows of a table: ``auto`` (test, else val, else all), ``all``, ``train``, ``val``
            or ``test``.
        cases: ids of the study's cases to look at; None: all.
        device: ``auto``, ``cpu``, ``cuda`` or ``cuda:N``.
        resume: go on with what ``out`` holds of the same evaluation.
        overwrite: replace what ``out`` holds of another evaluation.
        options: parameters.
    """

    models: tuple[Path, ...]
    data: Path
    out: Path
    methods: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    reader: str | None = None
    labels: tuple[str, ...] = ()
    split: str = "auto"
    cases: frozenset[int] | None = None
    device: str = "auto"
    resume: bool = False
    overwrite: bool = False
    options: Options = field(default_factory=Options)

    def parameters(self) -> dict[str, Any]:
        """Return what the numbers depend on beside models and data, as plain values."""
        return {
            "methods": list(self.methods),
            "metrics": list(self.metrics),
            "reader": self.reader,
            "labels": list(self.labels),
            "split": self.split,
            **asdict(self.options),
        }
