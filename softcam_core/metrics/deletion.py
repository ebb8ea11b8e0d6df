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
from softcam_core.metrics.patches import patch_scores

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
    predict: Predict,
    image: Tensor,
    maps: Sequence[Tensor],
    class_index: int,
    k: int = 30,
    patch: int = 33,
    mode: Mode = "deletion",
    batch: int = 16,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> OcclusionCurves:
    """Probabilities of one image while the patches that each map ranks highest go, or come.

    Patches of ``patch`` x ``patch`` pixels from (0, 0), those at the edges narrower, ranked by the
    mean of the bicubically upsampled map; of equal ones the first in reading order comes first.

    Args:
        predict: (n, 3, H, W) -> probabilities (n, C) in [0, 1]; called without gradients.
        image: (3, H, W), normalised, on the device that ``predict`` wants.
        maps: each (h, w) of any size, on any device.
        class_index: the class that is followed.
        k: patches; an image with fewer holds its last value.
        patch: their side in pixels.
        mode: ``deletion``: patches of the image are set to 0. ``insertion``: they are put into
            an image of zeros.
        batch: images per call of ``predict``.
        progress: called with the images done and the images to do, after each call.
        cancelled: asked before each call.

    Raises:
        ValueError: wrong shapes or values, from the caller or from ``predict``.
        CancelledError: ``cancelled()`` said so.
    """
    _check(image, maps, k, patch, mode, batch)
    height, width = image.shape[1:]
    numbers: dict[bytes, int] = {}
    pictures: list[Tensor] = []

    def number(visible: Tensor) -> int:
        """Return which picture shows these patches, (patches,) bool."""
        found = numbers.setdefault(visible.numpy().tobytes(), len(pictures))
        if found == len(pictures):
            pictures.append(visible)
        return found

    columns = -(-width // patch)
    original = number(torch.ones(-(-height // patch) * columns, dtype=torch.bool))
    wanted = []
    for one in maps:
        steps = _visible(one, (height, width), k, patch, mode)
        wanted.append([number(row) for row in steps])
    visible = torch.stack(pictures).view(len(pictures), -1, columns)
    found = _run(predict, image, visible, patch, batch, progress, cancelled)
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
    return OcclusionCurves(tuple(curves), found[original], len(pictures), asked)


def _visible(image: Tensor, size: tuple[int, int], k: int, patch: int, mode: Mode) -> Tensor:
    """Return which patches are to be seen at each step, (used + 1, patches) bool on the CPU."""
    scores = patch_scores(image, size, patch).flatten().cpu()
    if not scores.isfinite().all():
        return torch.zeros(0, len(scores), dtype=torch.bool)
    ranked = scores.argsort(descending=True, stable=True)
    place = torch.empty_like(ranked)
    place[ranked] = torch.arange(len(ranked))
    steps = torch.arange(min(k, len(ranked)) + 1)[:, None]
    return place >= steps if mode == "deletion" else place < steps


def _run(
    predict: Predict,
    image: Tensor,
    visible: Tensor,
    patch: int,
    batch: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Tensor:
    """Return the probabilities of the image with only some patches to be seen, (n, C) float64.

    ``visible`` (n, rows, columns) bool says which.
    """
    rows, columns = (torch.arange(side) // patch for side in image.shape[1:])
    found: list[Tensor] = []
    for start in range(0, len(visible), batch):
        if cancelled is not None and cancelled():
            raise CancelledError
        some = visible[start : start + batch, None, rows[:, None], columns].to(image.device)
        with torch.no_grad():
            values = predict(torch.where(some, image, 0))
        found.append(_probabilities(values, len(some)))
        if progress is not None:
            progress(start + len(some), len(visible))
    return torch.cat(found).cpu()


def _probabilities(values: Tensor, expected: int) -> Tensor:
    if values.ndim != 2 or len(values) != expected:
        raise ValueError(
            f"predict: expected probabilities of shape ({expected}, C) for {expected} images, "
            f"got {tuple(values.shape)}"
        )
    check_probabilities("predict", values)
    return values.detach().double()


def _check(
    image: Tensor, maps: Sequence[Tensor], k: int, patch: int, mode: str, batch: int
) -> None:
    if image.ndim != 3 or 0 in image.shape:
        raise ValueError(f"image: expected shape (3, H, W), got {tuple(image.shape)}")
    for one in maps:
        if one.ndim != 2 or 0 in one.shape:
            raise ValueError(f"maps: expected shape (h, w) each, got {tuple(one.shape)}")
    for name, value in (("k", k), ("patch", patch), ("batch", batch)):
        if value < 1:
            raise ValueError(f"{name}: expected at least 1, got {value}")
    if mode not in ("deletion", "insertion"):
        raise ValueError(f"mode: expected 'deletion' or 'insertion', got {mode!r}")
