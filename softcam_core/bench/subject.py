"""What is explained in a comparison: one network, one image, some classes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.explain.parts import take_apart
from softcam_core.models.backbones import backbone, torchvision_classifier
from softcam_core.models.checkpoint import load_model
from softcam_core.models.convert import from_classifier

SPREAD = 2.0
"""Standard deviation of the random networks' logits over images."""


@dataclass(frozen=True)
class Subject:
    """The common ground of all competitors.

    Attributes:
        model: what this project explains.
        classifier: the same network as the peers know it: images -> logits.
        x: (1, 3, size, size), normalised.
        classes: indices.
    """

    model: nn.Module
    classifier: nn.Module
    x: Tensor
    classes: tuple[int, ...]


class LogitsOnly(nn.Module):
    """A model of this project as a plain classifier, which is what the peers explain."""

    def __init__(self, model: nn.Module) -> None:
        """Wrap ``model``, whose output has ``logits``."""
        super().__init__()
        self.model = model

    def forward(self, x: Tensor) -> Tensor:
        """Return the logits (B, C) of normalised images (B, 3, H, W)."""
        logits: Tensor = self.model(x).logits
        return logits


def make_subject(
    method: str,
    arch: str,
    size: int,
    classes: int,
    device: torch.device,
    file: Path | None = None,
) -> Subject:
    """Build the network of a comparison: the user's own, or a random one with a seed.

    A method that needs a SoftCAM model gets the network converted; its peers get the original.

    Raises:
        ModelError: an unknown architecture, a file that is no model, or a size that the network
            does not take.
    """
    x = random_image(size).to(device)
    if file is not None:
        model = load_model(file, str(device))
        outputs = len(model.spec.classes)
        _try(model, x, file.name)
        return Subject(model, LogitsOnly(model), x, tuple(range(min(classes, outputs))))
    network = random_classifier(arch, classes).to(device)
    _try(network, x, arch)
    shown = network
    if method == "evidence":
        shown, _ = from_classifier(network, arch, [f"class {n}" for n in range(classes)])
    return Subject(shown, network, x, tuple(range(classes)))


def _try(network: nn.Module, x: Tensor, name: str) -> None:
    try:
        with torch.no_grad():
            network(x)
    except (AssertionError, ValueError, RuntimeError) as error:
        if isinstance(error, torch.OutOfMemoryError):
            raise
        side = x.shape[-1]
        raise ModelError(
            f"{name} does not take images of {side} x {side} pixels; choose another --size."
        ) from error


def random_image(size: int, count: int = 1, seed: int = 0) -> Tensor:
    """Return noise of a coarse and of a fine grain, (count, 3, size, size)."""
    generator = torch.Generator().manual_seed(seed)
    fine = torch.randn(count, 3, size, size, generator=generator)
    coarse = torch.randn(count, 3, 5, 5, generator=generator)
    return fine / 2 + nn.functional.interpolate(coarse, (size, size), mode="bilinear")


def random_classifier(arch: str, classes: int, seed: int = 0) -> nn.Module:
    """Return torchvision's classifier in eval mode, with random weights, always the same ones.

    Its batch-norm layers hold the statistics of some images, and its logits vary between images,
    as those of a trained network do.
    """
    row = backbone(arch)
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        network = torchvision_classifier(arch, classes).eval()
        norms = [m for m in network.modules() if isinstance(m, nn.BatchNorm2d)]
        # Transformers are made for one size.
        side = getattr(network, "image_size", row.fixed_size) or max(96, row.min_size)
        seen = random_image(side, count=8, seed=seed + 1)
        for norm in norms:
            nn.init.uniform_(norm.weight, 0.5, 1.5)
            nn.init.uniform_(norm.bias, -0.3, 0.3)
            norm.momentum = None  # the plain mean over what is seen
            norm.train()
        if norms:
            network(seen)
            network.eval()
        layers = network.get_submodule(row.classifier).modules()
        last = [layer for layer in layers if isinstance(layer, nn.Linear | nn.Conv2d)][-1]
        last.weight *= SPREAD / network(seen).std(dim=0).mean().clamp_min(1e-6)
    return network


def feature_layer(subject: Subject) -> str | None:
    """Return the name of the classifier's module whose output enters the pooling.

    Peers explain the output of a module. Where a network does something else to the features
    before it pools them, as DenseNet does, there is no such module, and the answer is None.
    """
    parts = take_apart(subject.model)
    with torch.no_grad():
        features = parts.features(subject.x)
        found: OrderedDict[str, None] = OrderedDict()

        def look(name: str, output: object) -> None:
            if isinstance(output, Tensor) and output.shape == features.shape:
                if torch.equal(output, features):
                    found[name] = None
                else:
                    found.pop(name, None)

        handles = [
            module.register_forward_hook(lambda _m, _i, out, name=name: look(name, out))
            for name, module in subject.classifier.named_modules()
            if name
        ]
        try:
            subject.classifier(subject.x)
        finally:
            for handle in handles:
                handle.remove()
    return min(found, key=lambda name: name.count("."), default=None)
