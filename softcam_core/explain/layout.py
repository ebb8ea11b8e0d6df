"""Which axis of a module's output holds the channels: (B, D, h, w) or (B, h, w, D)."""

from __future__ import annotations

from torch import nn

from softcam_core.models.backbones import recognise
from softcam_core.models.softcam import Network

_CONVNEXT_BLOCK = "torchvision.models.convnext.CNBlock"
_LAST_IN_BLOCK = tuple(f"block.{number}" for number in range(1, 6))
"""Between the two permutations of torchvision's ConvNeXt block."""


def channels_last(model: nn.Module, layer: str) -> bool:
    """Whether the module of a dotted name is known to give its channels last.

    By the kind of the module, and of those that it is part of, at any depth: in a Swin transformer
    nearly every module does so, and in a block of ConvNeXt the middle.
    """
    names = layer.split(".")
    path = [model.get_submodule(".".join(names[:depth])) for depth in range(len(names) + 1)]
    module = path[-1]
    if isinstance(module, nn.Conv2d):
        return False
    if isinstance(module, nn.Linear):
        return True
    if type(module) is nn.LayerNorm and len(module.normalized_shape) == 1:
        return True
    for depth, outer in enumerate(path[:-1]):
        row = outer.row if isinstance(outer, Network) else recognise(outer)
        if row is not None and row.family == "SwinTransformer":
            return names[-1] not in ("permute", "avgpool", "backbone")
        if f"{type(outer).__module__}.{type(outer).__name__}" == _CONVNEXT_BLOCK:
            return ".".join(names[depth:]) in _LAST_IN_BLOCK
    return False


def seems_last(shape: tuple[int, ...], image: tuple[int, int]) -> bool:
    """Whether axes 1 and 2 of (B, ., ., .) look like the image's rows and columns, 2 and 3 not."""
    return _alike(shape[1:3], image) and not _alike(shape[2:], image)


def _alike(grid: tuple[int, ...], image: tuple[int, int]) -> bool:
    """Whether a grid has an image's ratio of sides, give or take one cell for the rounding."""
    (rows, columns), (height, width) = grid, image
    return (rows - 1) * width <= (columns + 1) * height and (columns - 1) * height <= (
        rows + 1
    ) * width
