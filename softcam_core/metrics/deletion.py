"""What a model makes of one image while its patches are taken away, or put back, in order.

Several maps of one image (a map per method) mostly ask for the same pictures: the untouched image,
the first patches that they agree on, and all of it where they order the patches alike. Each
distinct picture goes through the model once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from softcam_core.errors import CancelledError
from softcam_core.metrics.arrays import check_probabilities
from softcam_core.metrics.names import PATCH, TOP_K
from softcam_core.metrics.patches import patch_scores, ranked_patches
from softcam_core.metrics.pictures import Pictures
from softcam_core.metrics.shared_stages import SharedStages

Predict = Callable[[Tensor], Tensor]
"""(B, 3, H, W) -> probabilities (B, C)."""
Mode = Literal["deletion", "insertion"]


@dataclass(frozen=True)
class Curve:
    """One map's curve.

    Attributes:
        probabilities: (k + 1, C) float64 on the CPU, after 0..k patches; all NaN where the map is
            not finite, because then nothing can be ranked.
        class_index: the class that `values` follows.
        used: patches that really were taken away or put back; 0 for a map that is not finite.
    """

    probabilities: Tensor
    class_index: int
    used: int

    @property
    def values(self) -> Tensor:
        """Probability of the class after 0..k patches, (k + 1,) float64, not divided."""
        return self.probabilities[:, self.class_index]

    @property
    def predicted(self) -> Tensor:
        """Most probable class after 0..k patches, (k + 1,) int64; -1 where there is none."""
        undefined = self.probabilities.isnan().any(dim=1)
        return self.probabilities.argmax(dim=1).masked_fill(undefined, -1)

    @property
    def held(self) -> bool:
        """Whether the image has fewer patches than k, so that the last value goes on."""
        return self.used < len(self.probabilities) - 1


@dataclass(frozen=True)
class OcclusionCurves:
    """The curves of several maps of one image, in their order.

    Attributes:
        curves: one per map.
        original: (C,) float64 on the CPU: the probabilities of the untouched image.
        passes: images that really went through the model.
        asked: images that would have, with k + 1 of them for each map that has a curve.
    """

    curves: tuple[Curve, ...]
    original: Tensor
    passes: int
    asked: int

    def __len__(self) -> int:
        """Return the number of maps."""
        return len(self.curves)

    def __iter__(self) -> Iterator[Curve]:
        """Go through the curves."""
        return iter(self.curves)

    def __getitem__(self, index: int) -> Curve:
        """Return one map's curve."""
        return self.curves[index]


def occlusion_curves(
    predict: Predict | SharedStages,
    image: Tensor,
    maps: Sequence[Tensor],
    class_index: int,
    k: int = TOP_K,
    patch: int = PATCH,
    mode: Mode = "deletion",
    batch: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> OcclusionCurves:
    """Probabilities of one image while the patches that each map ranks highest go, or come.

    Patches of ``patch`` x ``patch`` pixels from (0, 0), those at the edges narrower, ranked by the
    mean of the bicubically upsampled map; of equal ones the first in reading order comes first.

    Args:
        predict: (n, 3, H, W) -> probabilities (n, C) in [0, 1]; called without gradients. With
            `SharedStages` around a model the same numbers come sooner.
        image: (3, H, W), normalised, on the device that ``predict`` wants.
        maps: each (h, w) of any size, on any device.
        class_index: the class that is followed.
        k: patches; an image with fewer holds its last value.
        patch: their side in pixels.
        mode: ``deletion``: patches of the image are set to 0. ``insertion``: they are put into
            an image of zeros.
        batch: images per call of ``predict``; by default as many as are quick.
        progress: called with the images done and the images to do, after each call.
        cancelled: asked before each call.

    Raises:
        ValueError: wrong shapes or values, from the caller or from ``predict``.
        CancelledError: ``cancelled()`` said so.
    """
    _check(image, maps, k, patch, mode, batch)
    pictures = Pictures(image, patch)
    wanted = [_add(pictures, one, k, mode) for one in maps]
    found = _run(predict, pictures, batch, progress, cancelled)
    if not 0 <= class_index < found.shape[1]:
        raise ValueError(
            f"class_index: expected 0 to {found.shape[1] - 1}, the classes that predict returns, "
            f"got {class_index}"
        )
    curves = []
    for order in wanted:
        used = max(0, len(order) - 1)
        held = order + order[-1:] * (k - used)
        nothing = found.new_full((k + 1, found.shape[1]), torch.nan)
        curves.append(Curve(found[held] if order else nothing, class_index, used))
    asked = sum(len(order) for order in wanted)
    return OcclusionCurves(tuple(curves), found[0], len(pictures), asked)


def _add(pictures: Pictures, one: Tensor, k: int, mode: Mode) -> list[int]:
    """Return the numbers of a map's pictures, one per step; none if it is not finite."""
    height, width = pictures.image.shape[1:]
    scores = patch_scores(one, (height, width), pictures.patch).cpu()
    if scores.isnan().any():
        return []
    ranked = ranked_patches(scores)
    place = torch.empty_like(ranked)
    place[ranked] = torch.arange(len(ranked))
    numbers: list[int] = []
    for step in range(min(k, len(ranked)) + 1):
        visible = place >= step if mode == "deletion" else place < step
        parent = numbers[-1] if numbers else -1
        numbers.append(pictures.add(visible.view(scores.shape), parent))
    return numbers


def _run(
    predict: Predict | SharedStages,
    pictures: Pictures,
    batch: int | None,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Tensor:
    """Return the probabilities of the pictures, (n, C) float64 on the CPU."""
    if isinstance(predict, SharedStages):
        batches = predict.run(pictures, batch)
    else:
        batches = pictures.run(predict, batch)
    order: list[int] = []
    found: list[Tensor] = []
    while len(order) < len(pictures):
        if cancelled is not None and cancelled():
            raise CancelledError
        with torch.no_grad():
            numbers, values = next(batches)
        found.append(_probabilities(values, len(numbers)))
        order += numbers
        if progress is not None:
            progress(len(order), len(pictures))
    values = torch.cat(found).cpu()
    return values[torch.tensor(order).argsort()]


def _probabilities(values: Tensor, expected: int) -> Tensor:
    if values.ndim != 2 or len(values) != expected:
        raise ValueError(
            f"predict: expected probabilities of shape ({expected}, C) for {expected} images, "
            f"got {tuple(values.shape)}"
        )
    check_probabilities("predict", values)
    return values.detach().double()


def _check(
    image: Tensor, maps: Sequence[Tensor], k: int, patch: int, mode: str, batch: int | None
) -> None:
    if image.ndim != 3 or 0 in image.shape:
        raise ValueError(f"image: expected shape (3, H, W), got {tuple(image.shape)}")
    for one in maps:
        if one.ndim != 2 or 0 in one.shape:
            raise ValueError(f"maps: expected shape (h, w) each, got {tuple(one.shape)}")
    for name, value in (("k", k), ("patch", patch), ("batch", batch)):
        if value is not None and value < 1:
            raise ValueError(f"{name}: expected at least 1, got {value}")
    if mode not in ("deletion", "insertion"):
        raise ValueError(f"mode: expected 'deletion' or 'insertion', got {mode!r}")
