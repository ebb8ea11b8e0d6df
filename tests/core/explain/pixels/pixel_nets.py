"""Networks for the methods that explain pixels, in float64: no rounding moves a ReLU's edge."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import softcam_core  # noqa: F401  # before torchvision
from tests.core.models.networks import images


def network(arch: str) -> nn.Module:
    """torchvision's network in eval mode, with set batch norm; three classes."""
    from torchvision import models

    sparse = {"aux_logits": False, "init_weights": False}
    more = sparse if arch in ("googlenet", "inception_v3") else {}
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        net = models.get_model(arch, weights=None, num_classes=3, **more)
        side = 75 if arch == "inception_v3" else 48
        for module in net.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.momentum = None
                nn.init.uniform_(module.weight, 0.5, 1.5)
                nn.init.uniform_(module.bias, -0.3, 0.3)
            elif isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.1)
        if any(isinstance(module, nn.BatchNorm2d) for module in net.modules()):
            with torch.no_grad():
                net.train()(images(4, side, side))
    return net.double().eval()


def photos(count: int, rows: int, columns: int, seed: int = 0) -> Tensor:
    """Images in float64."""
    return images(count, rows, columns, seed).double()


def gradient(net: nn.Module, x: Tensor, target: int) -> Tensor:
    """Plain autograd of one logit at the images, (B, 3, H, W)."""
    with torch.enable_grad():
        leaf = x.detach().clone().requires_grad_()
        (found,) = torch.autograd.grad(net(leaf)[:, target].sum(), leaf)
    return found


class Mixed(nn.Module):
    """Every way to call a ReLU, also reused, in place, and with its result thrown away."""

    def __init__(self, channels: int = 4, relu: nn.Module | None = None) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.second = nn.Conv2d(channels, channels, (3, 1), stride=(2, 1), groups=2)
        self.third = nn.Conv2d(channels, channels, 3, padding="same", dilation=2)
        self.relu = nn.ReLU(inplace=True)
        self.relu6 = nn.ReLU6(inplace=True)
        self.fc = nn.Linear(channels, 3)
        self.scale = nn.Parameter(torch.ones(channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        z = self.norm(self.first(x))
        F.relu(z, inplace=True)
        z = self.relu(self.second(z) * self.scale)
        z = z + self.relu(self.third(z) - 0.1)
        z = z + (3 * z - 0.2).relu() + torch.relu(0.1 - z)
        y = (z - 0.3) * 4
        y.relu_()
        z = z + self.relu6(y + 0) - y / 2
        w = z - 0.2
        torch.relu_(w)
        z = z + w
        z = z + F.relu6(z * 2) + F.hardtanh(z - 0.5, 0.0, 2.0) + (z - 0.4).clamp(min=0)
        z = torch.cat([z, torch.clamp_min(z - 1, 0)], dim=1).view(len(z), 2, -1).mean(dim=1)
        pooled: Tensor = z.view(len(z), self.fc.in_features, -1).mean(dim=2)
        return self.fc(pooled)


def mixed(channels: int = 4, seed: int = 0) -> nn.Module:
    """A `Mixed` in float64."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        net = Mixed(channels)
        with torch.no_grad():
            net.train()(images(3, 16, 16))
    return net.double().eval()


class GuidedRule(torch.autograd.Function):
    """The guided rule, dense and out of place: an oracle."""

    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x)
        ctx.high = high
        return x.clamp(low, high)

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        inside = (x > 0) & (x < ctx.high)
        return torch.where(inside & (gradient > 0), gradient, 0), None, None


class GuidedReLU(nn.Module):
    def __init__(self, high: float = torch.inf) -> None:
        super().__init__()
        self.high = high

    def forward(self, x: Tensor) -> Tensor:
        return GuidedRule.apply(x, 0.0, self.high)


def guided_copy(net: nn.Module) -> nn.Module:
    """The network with every module ReLU replaced by the oracle."""
    from copy import deepcopy

    net = deepcopy(net)
    for name, module in list(net.named_modules()):
        if isinstance(module, nn.ReLU | nn.ReLU6):
            parent = net.get_submodule(name.rpartition(".")[0])
            high = 6.0 if isinstance(module, nn.ReLU6) else torch.inf
            setattr(parent, name.rpartition(".")[2], GuidedReLU(high))
    return net
