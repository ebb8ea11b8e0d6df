"""The SoftCAM authors' own network, under the names of their checkpoints.

Their code (github.com/kdjoumessi/SoftCAM, ``FullyConvModel``) wraps torchvision's children in an
``nn.Sequential`` named ``backbone`` and puts a 1x1 convolution named ``classifier`` behind it, so
that tensors have numbers for names: ResNet's ``layer1.0.conv1.weight`` is
``backbone.4.0.conv1.weight``, VGG's ``features.0.weight`` is ``backbone.0.0.weight``, and VGG's two
hidden layers are ``backbone.1.0`` and ``backbone.1.3``. Their DenseNet has no ReLU behind its last
norm, unlike torchvision's.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from softcam_core.models.backbones import Backbone, torchvision_classifier
from softcam_core.models.foreign.naming import head_layers
from softcam_core.models.softcam import SoftCAM

FAMILIES = ("ResNet", "VGG", "DenseNet", "EfficientNet")
"""Families of torchvision that the authors' code converts."""
NO_RELU = {"last_relu": "false"}
"""The option of our network that leaves out DenseNet's last ReLU, as the authors do."""
_HIDDEN = 4096


class ReleasedNetwork(nn.Module):
    """What the authors' checkpoints are of; its state dict has their names."""

    def __init__(self, row: Backbone, classes: int) -> None:
        """Build it with fresh weights."""
        super().__init__()
        network = torchvision_classifier(row.name, classes)
        layers = [network.get_submodule(name) for name in row.stages]
        width = row.channels
        if row.family == "VGG":
            hidden: list[nn.Module] = []
            for inputs in (width, _HIDDEN):
                hidden += [nn.Conv2d(inputs, _HIDDEN, 1), nn.ReLU(inplace=True), nn.Dropout(0.5)]
            layers.append(nn.Sequential(*hidden))
            width = _HIDDEN
        self.backbone = nn.Sequential(*layers)
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits (B, C) of images (B, 3, H, W): the mean of the evidence."""
        evidence: Tensor = self.classifier(self.backbone(x))
        return evidence.mean(dim=(2, 3))


def released_names(model: SoftCAM) -> dict[str, str]:
    """Return the authors' name of each tensor of a SoftCAM model of ours."""
    names = {}
    for name in model.state_dict():
        part, _, rest = name.partition(".")
        stage, _, inner = rest.partition(".")
        if part == "backbone":
            names[name] = f"backbone.{model.row.stages.index(stage)}.{inner}"
    own = {n.removeprefix("head."): n for n in model.state_dict() if n.startswith("head.")}
    layers = head_layers(own)
    theirs = ["backbone.1.0", "backbone.1.3", "classifier"][-len(layers) :]
    for layer, name in zip(layers, theirs, strict=True):
        names |= {tensor: f"{name}.{part}" for part, tensor in layer.items()}
    return names


def released_shapes(row: Backbone) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the authors' tensors but for the classifier's, a row a class."""
    with torch.device("meta"):
        state = ReleasedNetwork(row, 1).state_dict()
    return {
        name: tuple(tensor.shape)
        for name, tensor in state.items()
        if not name.startswith("classifier.") and not name.endswith("num_batches_tracked")
    }


def take_released(model: SoftCAM, state: Mapping[str, Tensor]) -> None:
    """Give a SoftCAM model the weights of a checkpoint in the authors' layout, all of them."""
    own = {ours: state[theirs] for ours, theirs in released_names(model).items() if theirs in state}
    model.load_state_dict(model.state_dict() | own)
