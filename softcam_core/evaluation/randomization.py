"""Whether a map depends on what the model has learned: cascading randomization of its weights.

J. Adebayo et al., "Sanity Checks for Saliency Maps" (2018): the layers are drawn anew from the
last to the first, and after each stage the maps are compared with those of the trained model. A
method whose maps stay the same explains the image and not the model.
"""

from __future__ import annotations

import copy
import itertools

import numpy as np
import torch
from scipy.stats import rankdata
from torch import Tensor, nn

from softcam_core.evaluation.baselines import Redraw
from softcam_core.models.softcam import Network

MOST_STAGES = 8


class Cascade:
    """A copy of a model whose parts are drawn anew one after another, from the head backwards."""

    def __init__(self, model: Network, seed: int) -> None:
        """Copy ``model`` and remember its weights; nothing of it is changed."""
        self.model = copy.deepcopy(model)
        self._weights = {name: p.detach().clone() for name, p in model.named_parameters()}
        self._parameters = dict(self.model.named_parameters())
        self._redraw = Redraw(model)
        self._seed = seed
        self._stages = _stages(self.model)
        self.names = tuple(name for name, _ in self._stages)

    def __len__(self) -> int:
        """Return the number of stages."""
        return len(self._stages)

    def reset(self) -> None:
        """Put the trained weights back."""
        with torch.no_grad():
            for name, parameter in self._parameters.items():
                parameter.copy_(self._weights[name])

    def draw(self, stage: int) -> None:
        """Draw the parameters of a stage anew; those before it stay drawn."""
        for name in self._stages[stage][1]:
            self._redraw.into(name, self._parameters[name], self._seed)


def similarity(a: Tensor, b: Tensor) -> float:
    """Return Spearman's rank correlation of two maps (h, w), in [-1, 1].

    Tied cells share their mean rank; NaN if either map is constant or not finite.
    """
    x, y = (np.asarray(values.detach().double().cpu()).ravel() for values in (a, b))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return float("nan")
    rank_x, rank_y = (rankdata(values) - (values.size + 1) / 2 for values in (x, y))
    scale = float(np.sqrt((rank_x @ rank_x) * (rank_y @ rank_y)))
    return float(rank_x @ rank_y) / scale if scale else float("nan")


def _stages(model: Network) -> list[tuple[str, list[str]]]:
    """Return (name, names of its parameters) of each stage, the head first.

    The backbone is cut at its top-level modules; where these are many, into groups of about as
    many modules each.
    """
    stages = [("head", [n for n, _ in model.named_parameters() if not n.startswith("backbone.")])]
    blocks = _blocks(model.backbone)
    count = min(len(blocks), MOST_STAGES - 1)
    bounds = [round(i * len(blocks) / count) for i in range(count + 1)]
    groups = [blocks[a:b] for a, b in itertools.pairwise(bounds)]
    for group in reversed(groups):
        first, last = group[0][0], group[-1][0]
        name = first if first == last else f"{first} to {last}"
        stages.append((name, [parameter for _, names in group for parameter in names]))
    return [(name, names) for name, names in stages if names]


def _blocks(backbone: nn.Module) -> list[tuple[str, list[str]]]:
    """Return (name, names of its parameters) of each module with parameters, first to last.

    A container that holds everything is opened.
    """
    module, prefix = backbone, ""
    while True:
        children = [(n, c) for n, c in module.named_children() if _has_parameters(c)]
        own = list(module.named_parameters(recurse=False))
        if len(children) != 1 or own:
            break
        prefix, module = f"{prefix}{children[0][0]}.", children[0][1]
    found = [
        (f"{prefix}{name}", [f"backbone.{prefix}{name}.{p}" for p, _ in child.named_parameters()])
        for name, child in children
    ]
    if own:
        found.append((prefix.rstrip(".") or "backbone", [f"backbone.{prefix}{n}" for n, _ in own]))
    return found or [("backbone", [f"backbone.{n}" for n, _ in backbone.named_parameters()])]


def _has_parameters(module: nn.Module) -> bool:
    return next(module.parameters(), None) is not None
