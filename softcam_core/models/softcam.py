"""The two networks: SoftCAM, whose evidence is the prediction, and its black-box partner.

Both keep torchvision's names below ``backbone.`` and ``head.``, so that weights travel between
torchvision, the black box and SoftCAM by name and a change of shape alone.
"""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

from torch import Tensor, nn

from softcam_core.models.backbones import CUSTOM, Backbone, backbone, torchvision_classifier
from softcam_core.models.custom import cut
from softcam_core.models.heads import evidence_head, set_dropout, take_apart, take_stages
from softcam_core.models.options import dropout, image_size, option
from softcam_core.models.spec import ModelSpec


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
        """Keep the parts; ``stages`` makes the features that ``row`` tells of."""
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

        A black box of a ViT gives what enters its last block, and its class token as D more
        channels: see `softcam_core.models.transformers.PatchTokens`.

        Raises:
            ValueError: ``x`` has another shape, or is too small to leave a feature cell.
        """
        if x.ndim != 4 or x.shape[1] != 3:
            raise ValueError(f"x: expected shape (B, 3, H, W), got {tuple(x.shape)}")
        fixed = self.row.fixed_size
        if fixed and tuple(x.shape[2:]) != (fixed, fixed):
            raise ValueError(
                f"x: expected {fixed} x {fixed} pixels, the only size that {self.row.name} takes, "
                f"got shape {tuple(x.shape)}"
            )
        if min(x.shape[2:]) < self.min_size:
            raise ValueError(
                f"x: expected at least {self.min_size} x {self.min_size} pixels for "
                f"{self.row.name}, got shape {tuple(x.shape)}"
            )
        features: Tensor = self.backbone(x)
        return features

    def classify(self, x: Tensor) -> ModelOutput:
        """Return logits and evidence of normalised images, and compute nothing beside them."""
        output: ModelOutput = self(x)
        return output


class SoftCAM(Network):
    """A classifier whose logits are the spatial mean of its class evidence (paper, eq. 3 and 4).

    The classification layer is a convolution before the pooling, so one pass predicts and explains
    every class: (B, 3, H, W) -> logits (B, C) and evidence (B, C, h, w).
    """

    def __init__(self, spec: ModelSpec, network: nn.Module | None = None) -> None:
        """Build the network of ``spec`` with fresh weights.

        Args:
            spec: its description.
            network: for the architecture ``custom``, the user's classifier; it is copied.
        """
        if spec.arch == CUSTOM:
            row, stages, head = cut(network, spec.options)
        else:
            row = backbone(spec.arch)
            if spec.options.get("last_relu") == "false":  # as in the authors' DenseNet
                row = dataclasses.replace(row, last_relu=False)
            pattern = _classifier(spec)
            stages = take_stages(pattern, row)
            evidence = evidence_head(pattern, row, option(spec, f"{row.head}_head"))
            head = _with_dropout(evidence, row, spec, nn.Dropout2d)
        super().__init__(spec, row, stages, head)

    @property
    def min_size(self) -> int:
        """Smallest side of an input, in pixels; VGG's exact head needs 7 feature cells."""
        exact = self.row.cells and option(self.spec, "vgg_head") == "exact"
        return self.row.cells_size if exact else self.row.min_size

    def forward(self, x: Tensor) -> ModelOutput:
        """Return logits and evidence of normalised images (B, 3, H, W)."""
        evidence: Tensor = self.head(self.features(x))
        return ModelOutput(evidence.mean(dim=(2, 3)), evidence)


class BlackBox(Network):
    """The same backbone with its standard pooling and head: the baseline without evidence."""

    def __init__(self, spec: ModelSpec) -> None:
        """Build the network of ``spec`` with fresh weights."""
        row = backbone(spec.arch)
        stages, head = take_apart(_classifier(spec), row)
        head = _with_dropout(head, row, spec, nn.Dropout)
        super().__init__(spec, row, stages, head)

    def forward(self, x: Tensor) -> ModelOutput:
        """Return logits of normalised images (B, 3, H, W), and no evidence."""
        return ModelOutput(self.head(self.features(x)), None)


def _classifier(spec: ModelSpec) -> nn.Module:
    return torchvision_classifier(
        spec.arch,
        len(spec.classes),
        transform_input=spec.options.get("transform_input") == "true",
        image_size=image_size(spec.options),
    )


def _with_dropout(
    head: nn.Module, row: Backbone, spec: ModelSpec, kind: type[nn.Dropout] | type[nn.Dropout2d]
) -> nn.Module:
    """Return the head with the dropout that the options ask for."""
    if "dropout" not in spec.options:
        return head
    rate = dropout(spec.options)
    if row.head != "gap_linear":
        # Each of the head's own, as VGG's two and SqueezeNet's one.
        for module in head.modules():
            if isinstance(module, nn.Dropout | nn.Dropout2d):
                module.p = rate
        return head
    return set_dropout(head, row, rate, kind(rate))
