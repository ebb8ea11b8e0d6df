"""The two networks: SoftCAM, whose evidence is the prediction, and its black-box partner.

Both keep torchvision's names below ``backbone.`` and ``head.``, so that weights travel between
torchvision, the black box and SoftCAM by name and a change of shape alone.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import Backbone, backbone, torchvision_classifier
from softcam_core.models.spec import ModelSpec

VGG_CELLS = 7  # VGG's classifier looks at 7x7 features


class ModelOutput(NamedTuple):
    """What one forward pass gives.

    Attributes:
        logits: (B, C); probabilities are their softmax.
        evidence: (B, C, h, w), whose spatial mean is the logits; None for a black box.
    """

    logits: Tensor
    evidence: Tensor | None


class Network(nn.Module):
    """What SoftCAM and the black box share: a backbone without its pooling, and a head."""

    def __init__(self, spec: ModelSpec, row: Backbone, stages: nn.Module, head: nn.Module) -> None:
        """Keep the parts; ``stages`` holds the children that `Backbone.stages` names."""
        super().__init__()
        self.spec = spec
        self.row = row
        self.backbone = stages
        self.head = head

    @property
    def min_size(self) -> int:
        """Smallest side of an input, in pixels."""
        return self.row.min_size

    def features(self, x: Tensor) -> Tensor:
        """Return what enters the pooling: (B, 3, H, W) normalised -> (B, D, h, w).

        Raises:
            ValueError: ``x`` has another shape, or is too small to leave a feature cell.
        """
        if x.ndim != 4 or x.shape[1] != 3:
            raise ValueError(f"x: expected shape (B, 3, H, W), got {tuple(x.shape)}")
        if min(x.shape[2:]) < self.min_size:
            raise ValueError(
                f"x: expected at least {self.min_size} x {self.min_size} pixels for "
                f"{self.row.name}, got shape {tuple(x.shape)}"
            )
        features: Tensor = self.backbone(x)
        return features


class SoftCAM(Network):
    """A classifier whose logits are the spatial mean of its class evidence (paper, eq. 3 and 4).

    The classification layer is a convolution before the pooling, so one pass predicts and explains
    every class: (B, 3, H, W) -> logits (B, C) and evidence (B, C, h, w).
    """

    def __init__(self, spec: ModelSpec) -> None:
        """Build the network of ``spec`` with fresh weights."""
        row = backbone(spec.arch)
        stages, _ = _split(row, len(spec.classes))
        super().__init__(spec, row, stages, _evidence_head(row, spec))

    @property
    def min_size(self) -> int:
        """Smallest side of an input, in pixels; VGG's exact head needs 7 feature cells."""
        if _option(self.spec, "vgg_head") == "exact" and self.row.head == "vgg":
            return VGG_CELLS * self.row.stride
        return self.row.min_size

    def forward(self, x: Tensor) -> ModelOutput:
        """Return logits and evidence of normalised images (B, 3, H, W)."""
        evidence: Tensor = self.head(self.features(x))
        return ModelOutput(evidence.mean(dim=(2, 3)), evidence)


class BlackBox(Network):
    """The same backbone with its standard pooling and head: the baseline without evidence."""

    def __init__(self, spec: ModelSpec) -> None:
        """Build the network of ``spec`` with fresh weights."""
        row = backbone(spec.arch)
        stages, classifier = _split(row, len(spec.classes))
        super().__init__(spec, row, stages, _pooled_head(row, spec, classifier))

    def forward(self, x: Tensor) -> ModelOutput:
        """Return logits of normalised images (B, 3, H, W), and no evidence."""
        return ModelOutput(self.head(self.features(x)), None)


OPTIONS: dict[str, tuple[str, ...]] = {
    "vgg_head": ("released", "exact"),
    "squeezenet_head": ("linear", "exact"),
}
"""Options that choose an evidence head; the first is the default for training."""


def check_options(options: dict[str, str]) -> None:
    """Refuse an option that does not exist, and a value that it cannot have.

    Raises:
        ModelError: naming what is possible.
    """
    for name, value in options.items():
        if name == "dropout":
            _dropout(options)
        elif name not in OPTIONS:
            raise ModelError(
                f"The model option {name!r} is not known; choose from "
                f"{', '.join([*OPTIONS, 'dropout'])}."
            )
        elif value not in OPTIONS[name]:
            raise ModelError(
                f"The model option {name} cannot be {value!r}; choose from "
                f"{', '.join(OPTIONS[name])}."
            )


def _option(spec: ModelSpec, name: str) -> str:
    return spec.options.get(name, OPTIONS[name][0])


def _dropout(options: dict[str, str]) -> float:
    """Probability of dropout between pooling and the linear layer; 0 where there is none."""
    text = options.get("dropout", "0")
    try:
        rate = float(text)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < 1:
        raise ModelError(f"The model option dropout cannot be {text!r}; give a number in [0, 1).")
    return rate


def _split(row: Backbone, classes: int) -> tuple[nn.Sequential, nn.Module]:
    """Return the feature stages of torchvision's network and its classifier."""
    children = dict(torchvision_classifier(row.name, classes).named_children())
    stages = nn.Sequential(OrderedDict((name, children[name]) for name in row.stages))
    return stages, children[row.classifier]


def _evidence_head(row: Backbone, spec: ModelSpec) -> nn.Module:
    classes = len(spec.classes)
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    if row.head == "gap_linear":
        # Dropping a pooled feature is dropping its channel before pooling.
        if rate := _dropout(spec.options):
            layers["dropout"] = nn.Dropout2d(rate)
        layers[row.classifier] = nn.Conv2d(row.channels, classes, 1)
    elif row.head == "vgg":
        exact = _option(spec, "vgg_head") == "exact"
        layers[row.classifier] = nn.Sequential(
            nn.Conv2d(row.channels, 4096, VGG_CELLS if exact else 1),
            nn.ReLU(inplace=True),
            nn.Dropout(0.5),
            nn.Conv2d(4096, 4096, 1),
            nn.ReLU(inplace=True),
            nn.Dropout(0.5),
            nn.Conv2d(4096, classes, 1),
        )
    else:
        inner: list[nn.Module] = [nn.Dropout(0.5), nn.Conv2d(row.channels, classes, 1)]
        if _option(spec, "squeezenet_head") == "exact":
            inner.append(nn.ReLU(inplace=True))
        layers[row.classifier] = nn.Sequential(*inner)
    return nn.Sequential(layers)


def _pooled_head(row: Backbone, spec: ModelSpec, classifier: nn.Module) -> nn.Module:
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    if row.head == "squeezenet":
        layers[row.classifier] = classifier
        layers["flatten"] = nn.Flatten()
        return nn.Sequential(layers)
    layers["pool"] = nn.AdaptiveAvgPool2d(VGG_CELLS if row.head == "vgg" else 1)
    layers["flatten"] = nn.Flatten()
    if row.head == "gap_linear" and (rate := _dropout(spec.options)):
        layers["dropout"] = nn.Dropout(rate)
    layers[row.classifier] = classifier
    return nn.Sequential(layers)
