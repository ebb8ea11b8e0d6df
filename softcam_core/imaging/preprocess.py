"""From stored pixels to the model's input: never from the display window."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.fundus import fundus_box
from softcam_core.imaging.geometry import GEOMETRIES, Geometry, Region, model_region
from softcam_core.imaging.resize import resize_region
from softcam_core.imaging.stored import StoredImage

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)
COLOURS = ("rgb", "grey")
MAX_SIDE = 16384
"""Longest side of an input that a model file may ask for, in pixels."""
_LUMINANCE = (0.299, 0.587, 0.114)  # ITU-R BT.601, as Pillow turns colour into grey


@dataclass(frozen=True)
class InputSpec:
    """How an image becomes a model's input.

    Attributes:
        size: (rows, columns) of the input.
        geometry: ``squash``, ``crop`` or ``pad``.
        fundus_crop: cut to the fundus disc first.
        colour: ``rgb``, or ``grey`` (luminance in all three channels).
        mean, std: per channel, of pixels scaled to [0, 1].
    """

    size: tuple[int, int] = (512, 512)
    geometry: Geometry = "squash"
    fundus_crop: bool = False
    colour: Literal["rgb", "grey"] = "rgb"
    mean: tuple[float, float, float] = IMAGENET_MEAN
    std: tuple[float, float, float] = IMAGENET_STD

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> InputSpec:
        """Read what ``dataclasses.asdict`` gave; raises ValueError for what cannot be meant."""
        names = {f.name for f in dataclasses.fields(cls)}
        values = {key: value for key, value in data.items() if key in names}
        for key in ("size", "mean", "std"):
            if key in values:
                values[key] = tuple(values[key])
        spec = cls(**values)
        sides = [type(side) is int and 1 <= side <= MAX_SIDE for side in spec.size]
        numbers = [type(x) in (int, float) and math.isfinite(x) for x in (*spec.mean, *spec.std)]
        if not (
            (len(sides) == 2 and all(sides))
            and (len(spec.mean) == len(spec.std) == 3 and all(numbers) and min(spec.std) > 0)
            and (spec.geometry in GEOMETRIES and spec.colour in COLOURS)
            and type(spec.fundus_crop) is bool
        ):
            raise ValueError(f"input: expected size, geometry, colour, mean and std, got {data}")
        return spec


def input_region(image: StoredImage, spec: InputSpec) -> Region:
    """Return the rectangle of ``image`` that a model with this input sees."""
    height, width = image.pixels.shape[:2]
    content = fundus_box(image.pixels) if spec.fundus_crop else None
    return model_region(width, height, spec.geometry, spec.size, content)


def model_input(image: StoredImage, spec: InputSpec) -> tuple[NDArray[np.float32], Region]:
    """Return the normalised input (3, rows, columns) and the region of the image it shows.

    Pixels are scaled by bit depth to [0, 1]; padding is 0 before normalisation. A grey image
    fills all three channels.
    """
    region = input_region(image, spec)
    unit = resize_region(image.pixels, image.value_range, region, spec.size)
    if unit.ndim == 2:
        channels = [unit] * 3
    elif spec.colour == "grey":
        channels = [unit @ np.array(_LUMINANCE, np.float32)] * 3
    else:
        channels = [unit[..., i] for i in range(3)]
    out = np.empty((3, *spec.size), np.float32)
    for i, channel in enumerate(channels):
        np.subtract(channel, np.float32(spec.mean[i]), out=out[i])
        out[i] *= np.float32(1 / spec.std[i])
    return out, region
