"""Every public metric gives on a graphics card what it gives on the processor."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from softcam_core import metrics

needs_a_card = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="there is no CUDA graphics card here"
)
OF_PLAIN_NUMBERS = {
    *("holm", "newcombe_interval", "paired_difference"),
    *("proportion_interval", "reflected_interval"),
    # It makes functions of arrays.
    "classification_statistics",
}
"""What takes no tensors."""


class Data:
    """Inputs of all metrics, the same numbers on any device."""

    def __init__(self, device: str) -> None:
        rng = np.random.default_rng(0)

        def place(array: Any) -> Tensor:
            return torch.as_tensor(array).to(device)

        self.maps = place(rng.normal(size=(4, 8, 8)).astype(np.float32))
        self.masks = place(rng.random((4, 99, 66)) > 0.995)
        self.scores = place(rng.random((4, 48, 48)))
        self.pixels = place(rng.choice([0, 1, 255], (4, 48, 48)))
        self.boxes = [place([[4, 4, 40, 40]]), *(place([[0, 9, 30 + i, 44]]) for i in range(3))]
        self.flags = place([True, False, True, True])
        self.p = place(rng.dirichlet([1, 1], 40))
        self.labels = place(rng.integers(0, 2, 40))
        self.images = place(rng.normal(size=(2, 3, 66, 66)).astype(np.float32))
        self.classes = place([0, 1])
        torch.manual_seed(0)
        layers = nn.Sequential(nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(12, 2))
        self._network = layers.double().to(device)

    def predict(self, images: Tensor) -> Tensor:
        with torch.no_grad():
            return self._network(images.double()).softmax(dim=1)


def deletion(metric: Callable[..., Any]) -> Callable[[Data], Any]:
    return lambda d: metric(d.predict, d.images, d.maps[:2], d.classes, k=5, patch=20)


def prediction(metric: Callable[..., Any]) -> Callable[[Data], Any]:
    return lambda d: metric(d.p, d.labels)


CALLS: dict[str, Callable[[Data], Any]] = {
    "activation_precision": lambda d: metrics.activation_precision(d.maps, d.masks),
    "activation_sensitivity": lambda d: metrics.activation_sensitivity(d.maps, d.masks),
    "topk_localization_precision": lambda d: metrics.topk_localization_precision(d.maps, d.masks),
    "topk_counts": lambda d: metrics.topk_counts(d.maps[0], d.masks[0], score="max"),
    "first_bright_row": lambda d: metrics.first_bright_row(100 * d.scores),
    "patch_scores": lambda d: metrics.patch_scores(d.maps, (99, 66)),
    "patch_hits": lambda d: metrics.patch_hits(d.masks),
    "ranked_patches": lambda d: metrics.ranked_patches(d.maps[0]),
    "pointing_game": lambda d: metrics.pointing_game(d.maps, d.masks),
    "highest_pixel": lambda d: metrics.highest_pixel(d.maps[0], (99, 66)),
    "mean_iou": lambda d: metrics.mean_iou(d.maps, d.masks),
    "activation_consistency": lambda d: metrics.activation_consistency(d.maps, d.flags),
    "deletion_curve": deletion(metrics.deletion_curve),
    "insertion_curve": deletion(metrics.insertion_curve),
    "occlusion_curves": lambda d: [
        (curve.values, curve.predicted, curve.used)
        for curve in metrics.occlusion_curves(d.predict, d.images[0], list(d.maps), 1, 6, 20)
    ],
    "area_under_deletion_curve": lambda d: metrics.area_under_deletion_curve(d.scores[0]),
    "average_drop": lambda d: metrics.average_drop(d.p[:, 0], d.p[:, 1]),
    "increase_in_confidence": lambda d: metrics.increase_in_confidence(d.p[:, 0], d.p[:, 1]),
    "masked_input": lambda d: metrics.masked_input(d.images, d.maps[:2]),
    "box_ious": lambda d: metrics.box_ious(d.scores[0], d.boxes[0]),
    "max_box_acc": lambda d: metrics.max_box_acc(d.scores, d.boxes),
    "max_box_acc_v2": lambda d: metrics.max_box_acc_v2(d.scores, d.boxes),
    "gt_known_localization": lambda d: metrics.gt_known_localization(d.scores, d.boxes),
    "top1_localization": lambda d: metrics.top1_localization(d.scores, d.boxes, d.flags),
    "pxap": lambda d: metrics.pxap(d.scores, d.pixels),
    "pxap_histograms": lambda d: metrics.pxap_histograms(d.scores[0], d.pixels[0]),
    "pxap_from_histograms": lambda d: metrics.pxap_from_histograms(
        metrics.pxap_histograms(d.scores[0], d.pixels[0])
    ),
    "to_wsol_map": lambda d: metrics.to_wsol_map(d.maps[0]),
    "to_wsol_boxes": lambda d: metrics.to_wsol_boxes(d.boxes[0], (99, 66)),
    "to_wsol_mask": lambda d: metrics.to_wsol_mask(d.masks[0], d.masks[1]),
    "accuracy": prediction(metrics.accuracy),
    "auc": prediction(metrics.auc),
    "average_precision": prediction(metrics.average_precision),
    "brier_score": prediction(metrics.brier_score),
    "calibration_error": prediction(metrics.calibration_error),
    "confusion_matrix": prediction(metrics.confusion_matrix),
    "delong_interval": lambda d: vars(metrics.delong_interval(d.p, d.labels)),
    "quadratic_kappa": prediction(metrics.quadratic_kappa),
    "reliability_curve": lambda d: vars(metrics.reliability_curve(d.p, d.labels)),
    "roc_curve": lambda d: vars(metrics.roc_curve(d.p, d.labels)),
    "sensitivity": prediction(metrics.sensitivity),
    "specificity": prediction(metrics.specificity),
}


def numbers(found: Any) -> list[np.ndarray]:
    """All numbers of a result, however it holds them."""
    if isinstance(found, dict):
        return numbers(list(found.values()))
    if isinstance(found, list | tuple):
        return [array for part in found for array in numbers(part)]
    return [np.asarray(found.cpu() if isinstance(found, Tensor) else found)]


def public_functions() -> set[str]:
    return {name for name in metrics.__all__ if not isinstance(getattr(metrics, name), type)}


def test_no_public_metric_is_forgotten() -> None:
    assert set(CALLS) == public_functions() - OF_PLAIN_NUMBERS


@pytest.mark.parametrize("name", CALLS)
def test_each_gives_numbers_here(name: str) -> None:
    found = numbers(CALLS[name](Data("cpu")))
    assert found
    assert all(np.isfinite(a).any() for a in found)


@needs_a_card
@pytest.mark.parametrize("name", CALLS)
def test_a_card_gives_the_same(name: str) -> None:
    here, there = (numbers(CALLS[name](Data(device))) for device in ("cpu", "cuda"))
    assert [a.dtype for a in there] == [a.dtype for a in here]
    for ours, theirs in zip(here, there, strict=True):
        np.testing.assert_allclose(theirs, ours, rtol=1e-6, atol=1e-9, equal_nan=True)
