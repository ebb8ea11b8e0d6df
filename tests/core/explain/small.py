"""Small classifiers in parts, in float64, and the maps by their definitions, one cell at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from softcam_core.explain.class_rows import class_rows
from softcam_core.explain.parts import Branch, Linear, Parts
from softcam_core.explain.registry import REGISTRY
from softcam_core.explain.request import Request

CHANNEL_METHODS = ("gradcam", "gradcam++", "xgradcam", "layercam")


@dataclass
class Small:
    """Features that are their own images after a convolution, and one or two heads."""

    conv: nn.Module
    head: nn.Module
    linear: nn.Linear | None

    def branch(self) -> Branch:
        linear = None if self.linear is None else Linear(self.linear.weight, self.linear.bias)
        return Branch(self.head, linear, class_rows(self.head))

    def parts(self, sigmoid: Branch | None = None) -> Parts:
        own = self.branch()
        last = [p for p in self.head.parameters() if p.ndim > 1][-1]
        return Parts(
            self.conv, own.logits, None, own.linear, len(last), sigmoid=sigmoid, rows=own.rows
        )


def small(head: str, channels: int = 4, classes: int = 3, seed: int = 0) -> Small:
    """A head of a kind: ``linear`` after pooling, ``mlp`` of pooled cells, ``conv`` and ReLU."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        conv = nn.Sequential(nn.Conv2d(3, channels, 3, padding=1), nn.ReLU())
        linear = nn.Linear(channels, classes)
        heads: dict[str, nn.Module] = {
            "linear": nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), linear),
            "mlp": nn.Sequential(
                nn.AdaptiveAvgPool2d(2),
                nn.Flatten(),
                nn.Linear(4 * channels, 8),
                nn.ReLU(inplace=True),
                nn.Linear(8, classes),
            ),
            "conv": nn.Sequential(
                nn.Conv2d(channels, classes, 1),
                nn.ReLU(inplace=True),
                nn.AdaptiveAvgPool2d(1),
                nn.Flatten(),
            ),
        }
        net = Small(conv.double(), heads[head].double(), linear if head == "linear" else None)
        linear.double()
    return net


def noise(count: int, rows: int, columns: int, seed: int = 0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(count, 3, rows, columns, generator=generator, dtype=torch.float64)


def explain(
    parts: Parts,
    x: Tensor,
    method: str,
    indices: list[int] | None = None,
    memory: int = 2**20,
    **options: object,
) -> Tensor:
    """Run a method of the registry on parts."""
    chosen = list(range(parts.outputs)) if indices is None else indices
    with torch.no_grad():
        return REGISTRY[method].run(Request(parts, x, chosen, parts.forward, memory), **options)


def true_gradient(logits: Callable[[Tensor], Tensor], z: Tensor, target: int) -> Tensor:
    """Gradient of one logit by autograd, (B, D, h, w)."""
    with torch.enable_grad():
        leaf = z.detach().clone().requires_grad_()
        (found,) = torch.autograd.grad(logits(leaf * 1)[:, target].sum(), leaf)
    return found


def measured_gradient(logits: Callable[[Tensor], Tensor], z: Tensor, target: int) -> Tensor:
    """The same by central differences, one feature of one image at a time."""
    step = 1e-6
    found = torch.zeros_like(z)
    with torch.no_grad():
        for image in range(len(z)):
            count = z[image].numel()
            for start in range(0, count, 512):
                cells = torch.arange(start, min(start + 512, count))
                shift = torch.zeros(len(cells), count, dtype=z.dtype)
                shift[torch.arange(len(cells)), cells] = step
                shift = shift.view(len(cells), *z.shape[1:])
                up, down = logits(z[image] + shift), logits(z[image] - shift)
                found[image].view(-1)[cells] = (up - down)[:, target] / (2 * step)
    return found


def by_definition(method: str, g: Tensor, z: Tensor, clamp: bool = False) -> Tensor:
    """science.md section 5, cell by cell: g and z (B, D, h, w) -> (B, h, w), with its ReLU."""
    batch, channels, rows, columns = z.shape
    maps = torch.zeros(batch, rows, columns, dtype=z.dtype)
    cells = [(y, x) for y in range(rows) for x in range(columns)]
    for b in range(batch):
        for k in range(channels):
            gradient, activation = g[b, k], z[b, k]
            total = float(activation.sum())
            if method == "layercam":
                maps[b] += gradient.relu() * activation
                continue
            weight = 0.0
            for cell in cells:
                value = float(gradient[cell])
                if method == "gradcam":
                    weight += value / len(cells)
                elif method == "gradcam++" and value > 0:
                    weight += value / (2 + value * total)
                elif method == "xgradcam" and total != 0:
                    weight += value * float(activation[cell]) / total
            if clamp:
                weight = max(weight, 0)
            maps[b] += weight * activation
    return maps.relu()
