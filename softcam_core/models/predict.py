"""One image through one model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from softcam_core.errors import ModelError
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import model_input
from softcam_core.imaging.stored import StoredImage
from softcam_core.models.softcam import ModelOutput, Network


@dataclass(frozen=True)
class Prediction:
    """What a model says about an image.

    Attributes:
        x: the model's input (1, 3, H, W), on its device.
        region: the rectangle of the image that ``x`` and the evidence show.
        logits: (C,) float64 on the CPU.
        probabilities: their softmax.
        evidence: (C, h, w) float32 on the CPU; None for a black box.
        predicted: name of the most probable class.
    """

    x: Tensor
    region: Region
    logits: Tensor
    probabilities: Tensor
    evidence: Tensor | None
    predicted: str


def checked(logits: Tensor) -> Tensor:
    """Return the logits if they are numbers, of which alone a class can be predicted.

    Raises:
        ModelError: one of them is NaN or infinite.
    """
    if bool(logits.isfinite().all()):
        return logits
    raise ModelError(
        "The model's logits for this image are no finite numbers, so that it predicts nothing; "
        "check the image's pixels, the model's weights and the precision."
    )


def predict(
    model: Network, image: StoredImage, run: Callable[[Tensor], ModelOutput] | None = None
) -> Prediction:
    """Predict one stored image with a model in eval mode.

    Args:
        model: whose input and classes count.
        image: the image.
        run: what computes the model's output, by default the model itself, without a second head.

    Raises:
        ModelError: see `checked`.
    """
    pixels, region = model_input(image, model.spec.input)
    sample = next(model.parameters())
    x = torch.from_numpy(pixels)[None].to(sample)
    with torch.inference_mode():
        output = (run or model.classify)(x)
    logits = checked(output.logits)[0].double().cpu()
    evidence = None if output.evidence is None else output.evidence[0].float().cpu()
    name = model.spec.classes[int(logits.argmax())]
    return Prediction(x, region, logits, torch.softmax(logits, 0), evidence, name)
