"""A small data set for every accumulating metric, and what a process makes of its share."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, distributed

from softcam_core import metrics
from softcam_core.metrics import accumulate
from softcam_core.metrics.accumulate import Accumulator

IMAGES = 9
Arguments = Callable[[list[int]], tuple[Any, ...]]


def predict(x: Tensor) -> Tensor:
    """A model that looks at the left and the right half, each image by itself."""
    halves = [x[:, :, :, :10].mean(dim=(1, 2, 3)), x[:, :, :, 10:].mean(dim=(1, 2, 3))]
    return torch.softmax(torch.stack(halves, dim=1) * 3, dim=1)


def data() -> dict[str, Any]:
    """The same nine images in every process; some are undefined for some metrics."""
    chance = torch.Generator().manual_seed(5)
    maps = torch.randn(IMAGES, 4, 4, generator=chance)
    maps[2], maps[5], maps[7, 1, 2] = -1, 2, math.nan
    masks = torch.rand(IMAGES, 20, 20, generator=chance) > 0.8
    masks[3] = False
    score_maps = torch.rand(IMAGES, 20, 20, generator=chance) ** 4
    score_maps[:, 4:12, 3:11] += 0.3 + torch.rand(IMAGES, 1, 1, generator=chance)
    score_maps[6, 0, 0] = math.nan
    boxes = [torch.tensor([[3.0, 4, 9 + i % 4, 10 + i % 3], [0, 0, 2, 2]]) for i in range(IMAGES)]
    boxes[1] = torch.zeros(0, 4)
    p = torch.rand(IMAGES, generator=chance)
    p[4] = 0
    probabilities = torch.rand(IMAGES, 3, generator=chance).softmax(dim=1).double()
    probabilities[8] = math.nan
    pixels = masks.long()
    pixels[:, :3] = 255
    return {
        "maps": maps,
        "masks": masks,
        "score_maps": score_maps,
        "boxes": boxes,
        "pixels": pixels,
        "images": torch.rand(IMAGES, 3, 20, 20, generator=chance),
        "classes": torch.arange(IMAGES) % 2,
        "diseased": torch.arange(IMAGES) % 3 > 0,
        "p": p,
        "p_masked": torch.rand(IMAGES, generator=chance),
        "probabilities": probabilities,
        "labels": torch.arange(IMAGES) % 3,
        "correct": torch.arange(IMAGES) % 4 > 0,
        "tops": [0, 3] * 4 + [1],
    }


def choose(values: Any, some: list[int]) -> Any:
    return [values[i] for i in some] if isinstance(values, list) else values[some]


def cases() -> dict[str, tuple[Accumulator, Arguments]]:
    """Every metric, and the arguments of its update for some images."""
    everything = data()

    def of(*names: str) -> Arguments:
        return lambda some: tuple(choose(everything[name], some) for name in names)

    def curves(some: list[int]) -> tuple[Any, ...]:
        return (predict, *of("images", "maps", "classes")(some))

    def areas(some: list[int]) -> tuple[Any, ...]:
        return (metrics.deletion_curve(*curves(some), k=4, patch=7),)

    located, boxed = of("maps", "masks"), of("score_maps", "boxes")
    predicted = of("probabilities", "labels")
    return {
        "precision": (accumulate.ActivationPrecision(), located),
        "released": (accumulate.ActivationPrecision(zero="released", minmax=True), located),
        "sensitivity": (accumulate.ActivationSensitivity(), located),
        "pointing": (accumulate.PointingGame(tolerance=1), located),
        "iou": (accumulate.MeanIoU(), located),
        "topk": (accumulate.TopKLocalizationPrecision(k=6, patch=5), of("maps", "masks", "tops")),
        "consistency": (accumulate.ActivationConsistency(), of("maps", "diseased")),
        "deletion": (accumulate.DeletionCurve(k=4, patch=7), curves),
        "insertion": (accumulate.InsertionCurve(k=4, patch=7, score="probability"), curves),
        "area": (accumulate.AreaUnderDeletionCurve(), areas),
        "drop": (accumulate.AverageDrop(), of("p", "p_masked")),
        "increase": (accumulate.IncreaseInConfidence(), of("p", "p_masked")),
        "box": (accumulate.MaxBoxAcc(iou=0.6), boxed),
        "boxes": (accumulate.MaxBoxAccV2(), boxed),
        "known": (accumulate.GtKnownLocalization(threshold=0.3), boxed),
        "top1": (accumulate.Top1Localization(), of("score_maps", "boxes", "correct")),
        "pxap": (accumulate.PxAP(), of("score_maps", "pixels")),
        "accuracy": (accumulate.Accuracy(), predicted),
        "auc": (accumulate.Auc(), predicted),
        "average_precision": (accumulate.AveragePrecision(), predicted),
        "kappa": (accumulate.QuadraticKappa(), predicted),
        "recall": (accumulate.Sensitivity(), predicted),
        "specificity": (accumulate.Specificity(), predicted),
        "calibration": (accumulate.CalibrationError(bins=4), predicted),
        "brier": (accumulate.BrierScore(), predicted),
    }


def plain(found: Any) -> Any:
    """A result as lists and numbers whose text is equal only if every bit is."""
    if isinstance(found, Tensor):
        return found.tolist()
    return [plain(part) for part in found] if isinstance(found, tuple) else found


def share(rank: int, processes: int, meeting: str, folder: str) -> None:
    """What one of several processes does: its share, then the whole, written to a file."""
    distributed.init_process_group(
        "gloo", init_method=f"file://{meeting}", rank=rank, world_size=processes
    )
    try:
        found = {}
        for name, (metric, arguments) in cases().items():
            for image in range(rank, IMAGES, processes):
                metric.update(*arguments([image]))
            own = plain(metric.compute())
            found[name] = plain(metric.reduce().compute())
            # Asked again, the same; and what this process has seen stays its own.
            assert str(plain(metric.reduce().compute())) == str(found[name])
            assert str(plain(metric.compute())) == str(own)
        Path(folder, f"{rank}.json").write_text(json.dumps(found))
    finally:
        distributed.destroy_process_group()
