"""One model that takes part in an evaluation: its network, its methods, and its passes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from softcam_core.engines.engine import Engine, make_engine
from softcam_core.errors import EvaluationError
from softcam_core.evaluation.baselines import RandomizedModel
from softcam_core.evaluation.metric_ids import BASELINES
from softcam_core.evaluation.plan import Options
from softcam_core.evaluation.randomization import Cascade
from softcam_core.explain.attribution import available_methods, check_applies
from softcam_core.explain.identical import identical_groups
from softcam_core.explain.methods import MethodError
from softcam_core.explain.registry import REGISTRY
from softcam_core.metrics.deletion import Predict
from softcam_core.metrics.shared_stages import SharedStages
from softcam_core.models.checkpoint import load_model, model_id
from softcam_core.models.softcam import Network
from softcam_core.training.matching import ClassOfGrade


@dataclass
class Subject:
    """One model of an evaluation.

    Attributes:
        name: in the tables; no other model of the run has it.
        file: name of its file.
        identity: see `softcam_core.models.header.model_id`.
        network: in eval mode, on its device.
        methods: whose maps are measured, without the chance methods.
        skipped: method -> why it cannot explain this model.
        options: parameters of the run.
        training_hours: how long its training took; None where nobody knows.
    """

    name: str
    file: str
    identity: str
    network: Network
    methods: tuple[str, ...]
    skipped: dict[str, str]
    options: Options
    training_hours: float | None = None

    @property
    def classes(self) -> tuple[str, ...]:
        """Names of the classes in the order of the logits."""
        return self.network.spec.classes

    @cached_property
    def class_of(self) -> ClassOfGrade:
        """What labels mean for the model."""
        return ClassOfGrade(self.classes, self.network.spec.training)

    @property
    def device(self) -> torch.device:
        """Where the network is."""
        return next(self.network.parameters()).device

    @property
    def dtype(self) -> torch.dtype:
        """What the network's weights are."""
        return next(self.network.parameters()).dtype

    @property
    def rows(self) -> tuple[str, ...]:
        """The methods and, unless switched off, the chance methods."""
        return (*self.methods, *(BASELINES if self.options.baselines else ()))

    @cached_property
    def engine(self) -> Engine:
        """What runs forward passes without gradients."""
        return make_engine(self.network, self.options.engine, precision=self.options.precision)

    def probabilities(self, x: Tensor) -> Tensor:
        """Return the softmax of the logits of normalised x (B, 3, H, W), (B, C) float64."""
        return torch.softmax(self.engine.logits(x).double(), dim=1)

    @cached_property
    def occluded(self) -> Predict | SharedStages:
        """What takes the pictures of deletion and insertion: on a CPU only what differs runs."""
        plain = self.options.engine == "torch" and self.options.precision == "32"
        if plain and self.device.type == "cpu":
            return SharedStages(self.network)
        return self.probabilities

    def engine_of(self, method: str) -> Engine | str:
        """Return the engine that a method may use: others need more of the model than logits."""
        return self.engine if REGISTRY[method].forward_only else "torch"

    @cached_property
    def randomized(self) -> RandomizedModel:
        """The model with all weights drawn anew for each image."""
        return RandomizedModel(self.network, self.options.seed)

    @cached_property
    def cascade(self) -> Cascade:
        """The model with its weights drawn anew stage by stage."""
        return Cascade(self.network, self.options.seed)

    def describe(self, labels: Iterable[str] = ()) -> dict[str, Any]:
        """Return what a reader of the tables should know of the model, as plain values.

        ``labels``: of the images; those that stand for a class of another name are told.
        """
        spec = self.network.spec
        return {
            "name": self.name,
            "file": self.file,
            "id": self.identity,
            "title": spec.title,
            "arch": spec.arch,
            "head": spec.head,
            "modality": spec.modality,
            "classes": list(spec.classes),
            "label_classes": self.class_of.matched(labels),
            "size": list(spec.input.size),
            "geometry": spec.input.geometry,
            "grid": spec.network.get("map"),
            "parameters": sum(p.numel() for p in self.network.parameters()),
            "l1": spec.lambdas.get("l1", 0.0),
            "l2": spec.lambdas.get("l2", 0.0),
            "training_hours": self.training_hours,
            "methods": list(self.rows),
            "skipped": self.skipped,
            "identical": [
                {"methods": list(group.methods), "reason": group.reason}
                for group in identical_groups(self.network, self.methods)
            ],
        }


def load_subjects(
    paths: Sequence[Path], methods: Sequence[str], options: Options, device: str
) -> list[Subject]:
    """Load the models, each once, and find out which methods can explain which.

    Raises:
        EvaluationError: no model can be explained by a method that was asked for.
        SoftcamError: a file is no model, or the device is not there.
    """
    subjects: list[Subject] = []
    seen: set[str] = set()
    for path in paths:
        identity = model_id(path)
        if identity in seen:
            continue
        seen.add(identity)
        network = load_model(path, device)
        possible, skipped = _methods(network, methods)
        name = _unique(path.stem, [subject.name for subject in subjects])
        subjects.append(
            Subject(name, path.name, identity, network, possible, skipped, options, _hours(path))
        )
    for method in methods:
        if not any(method in subject.methods for subject in subjects):
            raise EvaluationError(
                f"No model can be explained by {method}: {subjects[0].skipped[method]}"
            )
    return subjects


def _methods(network: Network, asked: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the methods that explain a model, and why others do not."""
    if not asked:
        has_evidence = "evidence" in available_methods(network)
        return ("evidence" if has_evidence else "gradcam",), {}
    skipped: dict[str, str] = {}
    for method in asked:
        try:
            check_applies(network, method)
        except MethodError as error:
            skipped[method] = str(error)
    return tuple(method for method in asked if method not in skipped), skipped


def _unique(name: str, taken: Sequence[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found


def _hours(path: Path) -> float | None:
    """Return how long a model was trained, where its run's ``metrics.csv`` lies beside it."""
    try:
        with (path.parent / "metrics.csv").open(newline="", encoding="utf-8") as stream:
            seconds = [float(row["seconds"]) for row in csv.DictReader(stream)]
    except (OSError, ValueError, KeyError, TypeError, csv.Error):
        return None
    return sum(seconds) / 3600 if seconds else None
