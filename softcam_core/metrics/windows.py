"""Which part of a layer's output a change of its input can reach, and what that part is made of.

Only layers that are known to look at a window around each pixel are described: convolutions,
pooling, what acts on every number alone, and torchvision's blocks of those.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from torch import nn
from torchvision.models.densenet import _DenseBlock, _DenseLayer, _Transition
from torchvision.models.mobilenetv2 import InvertedResidual
from torchvision.models.resnet import BasicBlock, Bottleneck
from torchvision.models.squeezenet import Fire
from torchvision.ops import Conv2dNormActivation

from softcam_core.models.heads import ACTIVATIONS, DROPOUTS

_ALONE = {*ACTIVATIONS, *DROPOUTS, nn.Dropout2d, nn.BatchNorm2d, nn.Identity}
_WINDOWED = {nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d}
_BLOCKS = {
    *(nn.Sequential, BasicBlock, Bottleneck, Fire, _DenseBlock, _DenseLayer, _Transition),
    *(InvertedResidual, Conv2dNormActivation),
}
"""Their layers follow one another in the order in which they are registered, but for side branches
that reach no further than the main one."""
_SIDE_BRANCH = "downsample"

Range = tuple[int, int]
"""Pixels from the first on, up to but without the second."""


@dataclass(frozen=True)
class Window:
    """What one output pixel of a layer looks at, along both axes.

    Attributes:
        reach: pixels from the first to the last one that it looks at; 0 for one pixel.
        stride: pixels from one output pixel to the next.
        padding: pixels that the first output pixel begins before the image.
    """

    reach: int
    stride: int
    padding: int

    def changed(self, pixels: Range) -> Range:
        """Return the output pixels that see any of these input pixels; beyond the border too."""
        first = -((self.reach - self.padding - pixels[0]) // self.stride)
        return first, (pixels[1] - 1 + self.padding) // self.stride + 1

    def seen(self, pixels: Range) -> Range:
        """Return the input pixels that these output pixels see; beyond the border too."""
        first = pixels[0] * self.stride - self.padding
        return first, (pixels[1] - 1) * self.stride - self.padding + self.reach + 1


def windows(layer: nn.Module) -> list[Window] | None:
    """Return the windows of a layer one after another; None if it may look further.

    A layer that acts on every number alone has none.
    """
    found: list[Window] = []
    for part in _leaves(layer):
        window = None if part is None else _window(part)
        if window is None:
            return None
        if window != Window(0, 1, 0):
            found.append(window)
    return found


def _leaves(layer: nn.Module) -> Iterator[nn.Module | None]:
    """Yield the layers on the way through a block; None for a block that is not known."""
    if type(layer) in _ALONE or type(layer) in _WINDOWED:
        yield layer
    elif type(layer) in _BLOCKS:
        for name, child in layer.named_children():
            if name != _SIDE_BRANCH:
                yield from _leaves(child)
    else:
        yield None


def _window(layer: nn.Module) -> Window | None:
    if not isinstance(layer, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        return Window(0, 1, 0)
    if isinstance(layer, nn.Conv2d) and layer.padding_mode != "zeros":
        return None
    dilation = 1 if isinstance(layer, nn.AvgPool2d) else layer.dilation
    sides = [_side(value) for value in (layer.kernel_size, layer.stride, layer.padding, dilation)]
    if None in sides:
        return None
    kernel, stride, padding, spread = (side or 0 for side in sides)
    return Window((kernel - 1) * spread, stride, padding)


def _side(value: object) -> int | None:
    """Return the one number of a square setting; None for others."""
    if isinstance(value, int):
        return value
    if isinstance(value, tuple) and len(set(value)) == 1 and isinstance(value[0], int):
        return value[0]
    return None
