"""How far the logits of a conversion are from the original's: measured, never believed."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from softcam_core.errors import ModelError
from softcam_core.models.backbones import CUSTOM
from softcam_core.models.evaluating import evaluating
from softcam_core.models.options import option
from softcam_core.models.softcam import SoftCAM

TOLERANCE = 1e-4
"""Largest logit difference of an exact conversion, times max(1, largest logit)."""
SIZES = ((224, 224), (224, 288))
"""Input sizes (rows, columns) at which a conversion is measured; one is not square."""
_TELLING = 100  # by how many tolerances logits must vary before their equality says anything


@dataclass(frozen=True)
class ConversionReport:
    """How a conversion went.

    Attributes:
        exact: whether the logits are the original's, at every size measured.
        reason: why, in one sentence.
        max_abs_difference: largest difference of a logit on random input, over the sizes measured:
            `SIZES`, or the only one that the original takes.
        real_max_abs_difference: the same on real images; None if none were given.
    """

    exact: bool
    reason: str
    max_abs_difference: float
    real_max_abs_difference: float | None = None

    def record(self) -> dict[str, Any]:
        """Return what a model's description keeps; a difference that is no number is None."""
        record = dataclasses.asdict(self)
        for key in ("max_abs_difference", "real_max_abs_difference"):
            if record[key] is not None and not math.isfinite(record[key]):
                record[key] = None
        return record

    def __str__(self) -> str:
        """Return one line for the command line and the model card."""
        kind = "exact" if self.exact else "approximate"
        measured = f"largest logit difference {self.max_abs_difference:.2g}"
        if self.real_max_abs_difference is not None:
            measured += f" on random input, {self.real_max_abs_difference:.2g} on real images"
        return f"{kind}: {self.reason} ({measured})"


@dataclass(frozen=True)
class _Comparison:
    """Logits of the same images: their largest difference, and what it says."""

    worst: float
    rounding: bool
    telling: bool
    cells: int


def measure(model: nn.Module, converted: SoftCAM, samples: Tensor | None) -> ConversionReport:
    """Compare the logits on random input, and on real images where there are some.

    Args:
        model: the original.
        converted: what became of it, in eval mode.
        samples: (B, 3, H, W), normalised.

    Raises:
        ModelError: a network of the user's own takes none of the sizes, or gives no logits.
    """
    row, own = converted.row, converted.spec.arch == CUSTOM
    compared: dict[tuple[int, int], _Comparison] = {}
    failure: Exception | None = None
    generator = torch.Generator().manual_seed(0)
    with torch.no_grad(), evaluating(model):
        for size in _sizes(converted):
            try:
                compared[size] = _compare(model, converted, _random_images(size, generator))
            except (RuntimeError, ValueError, AssertionError, IndexError) as error:
                if not own:
                    raise
                failure = error  # a network of unknown code may take some sizes only
        real = None if samples is None else _compare(model, converted, samples)
    if not compared:
        raise ModelError(
            f"The {type(model).__name__} fails on images of "
            f"{' and '.join(f'{h} x {w}' for h, w in _sizes(converted))} pixels "
            f"({str(failure).splitlines()[0]}); give input=InputSpec(size=...) with a size that it "
            "takes."
        )
    if own and all(comparison.cells == 1 for comparison in compared.values()):
        raise ModelError(
            f"The module {converted.spec.options['features']!r} gives one cell for the whole "
            "image, which explains nothing; name the module whose output is pooled."
        )
    everything = [*compared.values(), *([real] if real else [])]
    equal = all(comparison.rounding for comparison in everything)
    telling = not own or any(comparison.telling for comparison in everything)
    if own and equal and telling:
        reason = f"measured at {' and '.join(f'{h} x {w}' for h, w in compared)}; {row.reason}"
    elif own and equal:
        reason = f"its logits hardly vary, so that their equality says nothing; {row.reason}"
    elif equal and row.exact:
        reason = row.reason
    else:
        reason = _why_not(converted)
    return ConversionReport(
        exact=equal and telling and row.exact,
        reason=reason,
        max_abs_difference=max(comparison.worst for comparison in compared.values()),
        real_max_abs_difference=None if real is None else real.worst,
    )


def _sizes(converted: SoftCAM) -> Sequence[tuple[int, int]]:
    """Return the sizes to measure at; a ViT, and some others, take their own alone."""
    row, spec = converted.row, converted.spec
    if row.fixed_size:
        return ((row.fixed_size, row.fixed_size),)
    if row.head == "class_token":
        side = int(spec.options["image_size"])
        return ((side, side),)
    if spec.arch == CUSTOM:
        return tuple(dict.fromkeys([*SIZES, spec.input.size]))
    return SIZES


def _random_images(size: tuple[int, int], generator: torch.Generator) -> Tensor:
    """Noise of differing contrast and colour: on noise of one kind all logits may be alike."""
    contrast = torch.tensor([0.5, 1.0])[:, None, None, None]
    noise = torch.randn(2, 3, *size, generator=generator) * contrast
    return noise + torch.randn(2, 3, 1, 1, generator=generator)


def _compare(model: nn.Module, converted: SoftCAM, images: Tensor) -> _Comparison:
    sample = next(model.parameters())
    pairs: list[tuple[Tensor, Tensor]] = []
    cells = 0
    for image in images.to(sample):
        logits, (ours, evidence) = model(image[None]), converted(image[None])
        if not isinstance(logits, Tensor) or logits.shape != ours.shape:
            given = tuple(logits.shape) if isinstance(logits, Tensor) else type(logits).__name__
            raise ModelError(
                f"The {type(model).__name__} gives {given} for one image, expected logits "
                f"{tuple(ours.shape)}; give a network that returns its logits alone."
            )
        cells = evidence[0, 0].numel()
        pairs.append((logits, ours))
    expected = torch.cat([logits for logits, _ in pairs])
    found = torch.cat([ours for _, ours in pairs])
    for logits, kind in ((expected, type(model).__name__), (found, "SoftCAM model")):
        if not bool(logits.isfinite().all()):
            raise ModelError(
                f"The {kind} gives logits that are no finite numbers for {_of(images)}; look for "
                "weights, running variances or inputs that no trained network has."
            )
    worst = float((found - expected).abs().max())
    allowed = TOLERANCE * max(1.0, float(expected.abs().max()))
    varies = float((expected - expected[:1]).abs().max())
    return _Comparison(worst, worst <= allowed, varies > _TELLING * allowed, cells)


def _of(images: Tensor) -> str:
    return f"images of {images.shape[2]} x {images.shape[3]} pixels"


def _why_not(converted: SoftCAM) -> str:
    row = converted.row
    if row.head == "squeezenet" and option(converted.spec, "squeezenet_head") == "linear":
        return "the linear head leaves out the ReLU before the average pooling"
    if not row.exact:
        return row.reason
    if converted.spec.arch != CUSTOM:
        return "the logits differ by more than rounding"
    if row.head == "hidden":
        return f"the classifier's hidden layers are applied to each cell; {row.reason}"
    return f"the logits differ, so something else stands between the two; {row.reason}"
