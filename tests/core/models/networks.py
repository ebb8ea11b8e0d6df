"""Classifiers as trained ones are: batch norm with statistics, logits that vary by image."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from softcam_core.models.backbones import BACKBONES, torchvision_classifier

GAP_LINEAR = [name for name, row in BACKBONES.items() if row.head == "gap_linear"]
SMALL = ("resnet18", "shufflenet_v2_x0_5", "squeezenet1_1")


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
        for module in model.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.momentum = None  # the plain mean over all batches seen
                nn.init.uniform_(module.weight, 0.5, 1.5)
                nn.init.uniform_(module.bias, -0.3, 0.3)
        with torch.no_grad():
            if any(isinstance(m, nn.BatchNorm2d) for m in model.modules()):
                model.train()(images(8, 64, 64, seed=1))
            model.eval()
            final = [m for m in model.modules() if isinstance(m, nn.Linear | nn.Conv2d)][-1]
            nn.init.normal_(final.bias)
            seen = images(6, 96, 64, seed=2)
            # SqueezeNet's ReLU cuts some logits: approach the scale in steps.
            for _ in range(6 if arch.startswith("squeezenet") else 1):
                spread = model(seen).std(dim=0).mean()
                factor = float((std / spread).clamp(0.2, 200))
                final.weight *= factor
    return model


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
