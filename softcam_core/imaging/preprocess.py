"""From stored pixels to the model's input: never from the display window."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from softcam_core.imaging.fundus import fundus_box
from softcam_core.imaging.geometry import GEOMETRIES, Geometry, Region, model_region
from softcam_core.imaging.read import StoredImage, unit_pixels

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_STD = (0.229, 0.224, 0.225)


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
        if spec.geometry not in GEOMETRIES or len(spec.size) != 2 or min(spec.size) < 1:
            raise ValueError(f"input: expected a size and a geometry, got {data}")
        return spec


def input_region(image: StoredImage, spec: InputSpec) -> Region:
    """Return the rectangle of ``image`` that a model with this input sees."""
    height, width = image.pixels.shape[:2]
    content = fundus_box(image.pixels) if spec.fundus_crop else None
    return model_region(width, height, spec.geometry, spec.size, content)


def model_input(image: StoredImage, spec: InputSpec) -> tuple[NDArray[np.float32], Region]:
    """Return the normalised input (3, rows, columns) and the region of the image it shows.

    Pixels are scaled by bit depth to [0, 1]; padding is 0 before normalisation.
    """
    region = input_region(image, spec)
    rows, columns = spec.size
    cut = region.cut(image.pixels)
    shrinks = region.width > columns or region.height > rows
    unit = unit_pixels(cut, image.value_range)
    resized = cv2.resize(
        unit, (columns, rows), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    )
    if resized.ndim == 2:
        resized = np.repeat(resized[..., None], 3, axis=2)
    elif spec.colour == "grey":
        resized = np.repeat(
            (resized @ np.array([0.299, 0.587, 0.114], np.float32))[..., None], 3, 2
        )
    normalised = (resized - np.array(spec.mean, np.float32)) / np.array(spec.std, np.float32)
    return np.ascontiguousarray(normalised.transpose(2, 0, 1), dtype=np.float32), region
