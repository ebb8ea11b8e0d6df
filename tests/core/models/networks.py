"""Classifiers as trained ones are: batch norm with statistics, logits that vary by image."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from softcam_core.models.backbones import BACKBONES, torchvision_classifier

GAP_LINEAR = [name for name, row in BACKBONES.items() if row.head == "gap_linear"]
SMALL = ("resnet18", "shufflenet_v2_x0_5", "squeezenet1_1")
FAMILIES = (
    *("alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "googlenet", "inception_v3"),
    *("maxvit_t", "mnasnet0_5", "mobilenet_v2", "mobilenet_v3_small", "regnet_x_400mf"),
    *("regnet_y_400mf", "resnet18", "shufflenet_v2_x0_5", "squeezenet1_0", "squeezenet1_1"),
    *("swin_t", "vgg11", "vit_b_32"),
)
"""A small member of every family: what is tested at every change; the others are slow."""


def by_size(names: Iterable[str]) -> list[Any]:
    """Arguments of a test: the small members of the families, and all others marked slow."""
    return [n if n in FAMILIES else pytest.param(n, marks=pytest.mark.slow) for n in names]


def sizes(arch: str) -> tuple[tuple[int, int], tuple[int, int]] | tuple[tuple[int, int]]:
    """Two input sizes, one not square, that are quick to compute; one if it takes no other."""
    row = BACKBONES[arch]
    if row.fixed_size or row.head == "class_token":
        side = row.fixed_size or 224
        return ((side, side),)
    side = max(row.cells_size, row.min_size, 64)
    return ((side, side), (side, side + 32))


def images(count: int, rows: int, columns: int, seed: int = 0) -> Tensor:
    """Noise of differing grain, contrast and colour: (count, 3, rows, columns)."""
    generator = torch.Generator().manual_seed(seed)
    noise = torch.randn(count, 3, rows, columns, generator=generator)
    smooth = nn.functional.avg_pool2d(noise, 7, stride=1, padding=3) * 5
    mix = torch.linspace(0, 1, count)[:, None, None, None]
    tint = torch.randn(count, 3, 1, 1, generator=generator)
    return mix * smooth + (1 - mix) * noise + tint


def varied_classifier(arch: str, classes: int, seed: int = 0, std: float = 2) -> nn.Module:
    """torchvision's classifier in eval mode, with set batch norm; its logits vary by ``std``."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = torchvision_classifier(arch, classes)
        normed = [m for m in model.modules() if isinstance(m, nn.BatchNorm2d)]
        if any(isinstance(m, nn.LayerNorm) for m in model.modules()):
            randomise(model)
        for module in normed:
            module.momentum = None  # the plain mean over all batches seen
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.uniform_(module.bias, -0.3, 0.3)
        small = sizes(arch)[0][0] <= 64 or BACKBONES[arch].family == "VGG"
        rows, columns = (96, 64) if small else sizes(arch)[-1]
        with torch.no_grad():
            if normed:
                model.train()(images(8 if small else 3, columns, columns, seed=1))
            model.eval()
            final = [m for m in model.modules() if isinstance(m, nn.Linear | nn.Conv2d)][-1]
            if final.bias is not None:
                nn.init.normal_(final.bias)
            seen = images(6 if small else 3, rows, columns, seed=2)
            # SqueezeNet's ReLU cuts some logits: approach the scale in steps.
            cut = arch.startswith("squeezenet")
            for _ in range(6 if cut else 1):
                spread = model(seen).std(dim=0).mean()
                final.weight *= float((std / spread).clamp(*((0.2, 200) if cut else (1e-4, 1e4))))
    return model


def randomise(model: nn.Module) -> None:
    """Draw every number of a network with layer norms, so that all its layers count.

    torchvision begins some at zero or nearly: a ViT's heads and class token, ConvNeXt's scales.
    """
    for name, parameter in model.named_parameters():
        if parameter.ndim > 1 and name.endswith("weight"):
            spread = (1.5 / parameter[0].numel()) ** 0.5
            nn.init.uniform_(parameter, -2 * spread, 2 * spread)
        elif "norm" in name or ".ln" in name:
            low, high = (0.5, 1.5) if name.endswith("weight") else (-0.3, 0.3)
            nn.init.uniform_(parameter, low, high)
        else:
            nn.init.uniform_(parameter, -0.5, 0.5)


def changed(model: nn.Module, before: dict[str, Tensor]) -> list[str]:
    """Names of the tensors that are no longer the same bits, have a gradient, or a hook."""
    after = model.state_dict()
    names = [n for n in before if not torch.equal(before[n], after[n])]
    names += [n for n in after if n not in before]
    names += [f"{n}.grad" for n, p in model.named_parameters() if p.grad is not None]
    hooks = ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    for name, module in model.named_modules():
        names += [f"{name}.{hook}" for hook in hooks if getattr(module, hook)]
    return names


def bits(model: nn.Module) -> dict[str, Tensor]:
    """A copy of the state."""
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}
