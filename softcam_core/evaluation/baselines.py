"""Chance, as maps: what a method has to beat before its numbers say anything."""

from __future__ import annotations

import copy

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

SIGMA = 0.25
"""Standard deviation of the centre prior, as a share of each side."""


def random_map(grid: tuple[int, int], image_id: str, seed: int) -> Tensor:
    """Return an independent number, uniform in [-1, 1), for every cell of a grid (h, w).

    The numbers depend on the image's content (its SHA-256) and the seed alone, neither on the
    order of the images nor on the process that computes them.
    """
    random = np.random.default_rng([seed, int(image_id[:16], 16)])
    return torch.from_numpy(random.uniform(-1, 1, grid))


def centre_prior(grid: tuple[int, int]) -> Tensor:
    """Return a Gaussian at the centre of a grid (h, w), as high as 1, float64."""
    rows, columns = (_bell(side) for side in grid)
    return torch.from_numpy(np.outer(rows, columns))


def _bell(side: int) -> NDArray[np.float64]:
    place = (np.arange(side) + 0.5) / side - 0.5
    return np.exp(-0.5 * np.square(place / SIGMA))


def randomized_copy(model: nn.Module, seed: int) -> nn.Module:
    """Return a copy of a model all of whose weights and biases are drawn anew.

    Each tensor is drawn from a normal distribution with its own mean and standard deviation, so
    that activations keep their scale; the statistics of batch norms stay. The same seed draws the
    same numbers.
    """
    drawn = copy.deepcopy(model)
    draw = Redraw(drawn, seed)
    for name, parameter in drawn.named_parameters():
        draw.into(name, parameter)
    return drawn


class Redraw:
    """Draws the parameters of one model anew, each always the same numbers."""

    def __init__(self, model: nn.Module, seed: int) -> None:
        """Number the parameters of ``model``."""
        self._numbers = {name: n for n, (name, _) in enumerate(model.named_parameters())}
        self._seed = seed

    def into(self, name: str, parameter: nn.Parameter) -> None:
        """Overwrite a parameter, whose values are still the trained ones."""
        generator = torch.Generator().manual_seed(self._seed * 1_000_003 + self._numbers[name])
        with torch.no_grad():
            values = parameter.detach().double()
            spread = values.std(correction=0) if values.numel() > 1 else values.abs().sum()
            noise = torch.randn(parameter.shape, generator=generator, dtype=torch.float64)
            parameter.copy_(values.mean() + spread * noise.to(parameter.device))
