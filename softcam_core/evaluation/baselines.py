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


class Redraw:
    """Draws the parameters of a model anew: normal, with each tensor's own mean and deviation.

    So activations keep their scale. The statistics of batch norms stay.
    """

    def __init__(self, model: nn.Module) -> None:
        """Learn mean and standard deviation of the parameters of a trained ``model``."""
        self._moments = {name: _moments(p) for name, p in model.named_parameters()}
        self._numbers = {name: n for n, name in enumerate(self._moments)}

    def into(self, name: str, parameter: nn.Parameter, *seed: int) -> None:
        """Overwrite the parameter ``name``; the same seed writes the same numbers."""
        entropy = np.random.SeedSequence((*seed, self._numbers[name]))
        generator = torch.Generator().manual_seed(int(entropy.generate_state(1, np.uint64)[0] >> 1))
        mean, deviation = self._moments[name]
        with torch.no_grad():
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(noise.mul_(deviation).add_(mean))


class RandomizedModel:
    """A copy of a model whose weights and biases are drawn anew for each image.

    One drawn network may say no to every image; over the images, such draws are chance.
    """

    def __init__(self, model: nn.Module, seed: int) -> None:
        """Copy ``model``, of which nothing is changed."""
        self._model = copy.deepcopy(model)
        self._redraw = Redraw(model)
        self._seed = seed

    def drawn_for(self, image_id: str) -> nn.Module:
        """Return the copy with the weights that belong to an image, by its SHA-256 alone."""
        for name, parameter in self._model.named_parameters():
            self._redraw.into(name, parameter, self._seed, int(image_id[:16], 16))
        return self._model


def _moments(parameter: nn.Parameter) -> tuple[float, float]:
    values = parameter.detach().double()
    # A single number has no deviation of its own: its size stands for it.
    deviation = values.std(correction=0) if values.numel() > 1 else values.abs().sum()
    return float(values.mean()), float(deviation)
