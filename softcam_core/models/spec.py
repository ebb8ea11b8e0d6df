"""What a model file says about itself: enough to predict with it, and its card.

Free of torch, so that the window reads a model's card without loading the network.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from softcam_core.errors import ModelError
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.migrate import FORMAT_VERSION, migrated
from softcam_core.models.options import check_options

Head = Literal["softcam", "blackbox", "dual-branch"]
HEADS: tuple[Head, ...] = ("softcam", "blackbox", "dual-branch")


ONE_OUTPUT = (
    "one output, a sigmoid's, and a binary task takes two here, with cross-entropy: train it so, "
    "or put a row of zeros before the only one of its last layer (the softmax of 0 and z is the "
    "sigmoid of z)"
)
"""What is wrong with a classifier of one output, as the end of a sentence."""
_KINDS: dict[str, type[str] | type[list[Any]] | type[dict[str, Any]]] = {
    "arch": str,
    "head": str,
    "classes": list,
    "input": dict,
    "modality": str,
    "options": dict,
    "lambdas": dict,
    "map_limits": dict,
    "training": dict,
    "card": dict,
    "conversion": dict,
    "network": dict,
}


@dataclass(frozen=True)
class ModelSpec:
    """Architecture, head, classes, input and card of one model.

    Attributes:
        arch: torchvision's name of the architecture, ``resnet50``.
        head: ``softcam`` (evidence), ``blackbox`` (pooling and linear) or ``dual-branch``.
        classes: names in the order of the logits.
        input: size, geometry and normalisation of the model's input.
        modality: ``fundus``, ``oct``, ``cxr`` or "" when the model takes any image.
        options: of the architecture, ``{"vgg_head": "released"}``.
        lambdas: ``{"l1": .., "l2": .., "grid": [h, w]}`` of the training loss.
        map_limits: fixed display limit per method, 99.5th percentile of |map| over the
            validation set; logit units for ``evidence``, arbitrary ones for post-hoc maps.
        training: record of the run: data, epochs, seed, metrics, software versions.
        card: title, description, intended use, limits, licence, data.
        conversion: of a model that was converted: ``exact``, ``reason``, ``max_abs_difference``
            and ``real_max_abs_difference`` of the logits (None where not measured).
        network: what the file's writer knew of the network: ``parameters``, their number, and
            ``map``, [rows, columns] of the evidence (or features) for an input of ``input.size``.
        format_version: of the file format; what is read is brought to this one.
    """

    arch: str
    head: Head
    classes: tuple[str, ...]
    input: InputSpec = field(default_factory=InputSpec)
    modality: str = ""
    options: dict[str, str] = field(default_factory=dict)
    lambdas: dict[str, Any] = field(default_factory=dict)
    map_limits: dict[str, float] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    card: dict[str, str] = field(default_factory=dict)
    conversion: dict[str, Any] = field(default_factory=dict)
    network: dict[str, Any] = field(default_factory=dict)
    format_version: int = FORMAT_VERSION

    @property
    def title(self) -> str:
        """A short name for the window: the card's title, else head and architecture."""
        return self.card.get("title") or f"{self.head} {self.arch}"

    def to_json(self) -> str:
        """Return the JSON text of the safetensors metadata key ``softcam``."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> ModelSpec:
        """Read what `to_json` wrote, in this version of the format or an earlier one.

        Raises:
            ModelError: the text is damaged, or of a newer format.
        """
        try:
            data = json.loads(text)
        except (ValueError, TypeError, RecursionError) as error:
            raise ModelError("The model's description is damaged; save the model again.") from error
        data = migrated(data)
        known = {f.name for f in dataclasses.fields(cls)}
        try:
            data = {key: value for key, value in data.items() if key in known}
            for key, kind in _KINDS.items():
                if not isinstance(data.get(key, kind()), kind):
                    raise TypeError(f"{key}: expected {kind.__name__}, got {data[key]!r}")
            data["classes"] = tuple(str(name) for name in data["classes"])
            data["input"] = InputSpec.from_dict(data["input"])
            for key in ("options", "card"):
                data[key] = {name: str(value) for name, value in data.get(key, {}).items()}
            limits = data.get("map_limits", {})
            data["map_limits"] = {name: float(value) for name, value in limits.items()}
            if not all(map(math.isfinite, data["map_limits"].values())):
                raise ValueError(f"map_limits: expected finite numbers, got {limits}")
            spec = cls(**data)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ModelError(
                "The model's description is incomplete or has values that cannot be; save the "
                "model again."
            ) from error
        if len(spec.classes) < 2:
            raise ModelError(f"{one_class(spec.classes)}; save the model again.")
        if len(set(spec.classes)) != len(spec.classes):
            raise ModelError(
                f"The model names a class twice ({', '.join(spec.classes)}); save it again with "
                "distinct names."
            )
        if spec.head not in HEADS:
            raise ModelError(f"The model has an unknown head {spec.head!r}; update SoftCAM Viewer.")
        check_options(spec.options)
        return spec


def one_class(classes: Sequence[str]) -> str:
    """Say what is wrong with fewer than two classes, as the beginning of a sentence."""
    if not classes:
        return "The model names no class"
    return (
        f"The model has one class alone ({classes[0]}), whose probability would always be 1: a "
        "binary task takes two outputs and cross-entropy, healthy first and diseased second"
    )
