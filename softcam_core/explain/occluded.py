"""What a model predicts once pixels of its input are covered: one further pass, no sum.

The counterpart of `ledger.without`: that takes away what the pixels' cells *say*, this what the
network *sees*. The two differ by how far cells look beyond their own pixels, and by what the
network makes of the cover itself.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from softcam_core.explain.occluders import OCCLUDERS, blur_sigma
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.predict import checked
from softcam_core.models.softcam import Network

_REACH = 3
"""Standard deviations at which the blur's weights end."""


def occluded(x: Tensor, mask: NDArray[np.bool_], occluder: str, spec: InputSpec) -> Tensor:
    """Cover pixels of a model's input.

    Args:
        x: (1, 3, rows, columns), normalised.
        mask: (rows, columns), True where it is covered: of image pixels by
            `evaluation.masks.input_mask`.
        occluder: one of `OCCLUDERS`; the Gaussian of ``blur`` is cut off at three standard
            deviations, the edge's pixels repeated beyond it.
        spec: the model's input.

    Raises:
        ValueError: an unknown occluder, or a mask of another size.
    """
    if x.shape[2:] != mask.shape:
        raise ValueError(f"mask: expected shape {tuple(x.shape[2:])}, as x, got {mask.shape}")
    if occluder == "mean":
        cover = torch.zeros_like(x)
    elif occluder == "zero":
        mean, std = (x.new_tensor(values).view(1, 3, 1, 1) for values in (spec.mean, spec.std))
        cover = (-mean / std).expand_as(x)
    elif occluder == "blur":
        cover = _blurred(x, blur_sigma((x.shape[2], x.shape[3])))
    else:
        raise ValueError(f"occluder: expected one of {', '.join(OCCLUDERS)}, got {occluder!r}")
    return torch.where(torch.from_numpy(mask).to(x.device), cover, x)


def without_pixels(
    model: Network, x: Tensor, mask: NDArray[np.bool_], occluder: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return logits and probabilities, (C,) float64 each, with pixels of the input covered.

    One forward pass of a model in eval mode; see `occluded` for the arguments.

    Raises:
        ValueError: as `occluded`.
        ModelError: the logits are no finite numbers.
    """
    covered = occluded(x, mask, occluder, model.spec.input)
    with torch.inference_mode():
        logits = checked(model.classify(covered).logits)[0].double().cpu()
    return logits.numpy(), torch.softmax(logits, dim=0).numpy()


def _blurred(x: Tensor, sigma: float) -> Tensor:
    """Return images (1, 3, rows, columns) under a Gaussian, row by row and column by column."""
    radius = max(1, round(_REACH * sigma))
    places = torch.arange(-radius, radius + 1, device=x.device, dtype=torch.float64)
    weights = torch.exp(-0.5 * (places / sigma) ** 2)
    kernel = (weights / weights.sum()).to(x.dtype)
    for axis in (2, 3):
        sides = (0, 0, radius, radius) if axis == 2 else (radius, radius, 0, 0)
        shape = (1, 1, -1, 1) if axis == 2 else (1, 1, 1, -1)
        padded = functional.pad(x, sides, mode="replicate")
        x = functional.conv2d(padded, kernel.view(shape).repeat(3, 1, 1, 1), groups=3)
    return x
