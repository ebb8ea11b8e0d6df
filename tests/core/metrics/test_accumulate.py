"""The accumulating metrics give what the functions give, however the images are dealt out."""

import doctest
import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import multiprocessing

from softcam_core import metrics
from softcam_core.metrics import accumulate
from softcam_core.metrics.accumulate import (
    ActivationPrecision,
    Measured,
    TopKLocalizationPrecision,
    boxes,
    faithfulness,
    maps,
    predictions,
)
from tests.core.metrics.accumulated import IMAGES, cases, data, plain, predict, share

ALL = list(range(IMAGES))
CASES = list(cases())


def of_all(name: str) -> Any:
    metric, arguments = cases()[name]
    metric.update(*arguments(ALL))
    return metric.compute()


def same(found: Any, expected: Any) -> bool:
    """Equal to the last bit; NaN is NaN."""
    return json.dumps(plain(found)) == json.dumps(plain(expected))


def defined(values: torch.Tensor) -> torch.Tensor:
    rows = values.reshape(len(values), -1)
    return values[~rows.isnan().any(dim=1)]


def expected() -> dict[str, tuple[torch.Tensor, int, int]]:
    """Value, n and undefined of each metric, from the functions."""
    d = data()
    located, boxed = (d["maps"], d["masks"]), (d["score_maps"], d["boxes"])
    curve = (predict, d["images"], d["maps"], d["classes"])
    deleted = metrics.deletion_curve(*curve, k=4, patch=7)
    inserted = metrics.insertion_curve(*curve, k=4, patch=7, score="probability")
    each = {
        "precision": metrics.activation_precision(*located),
        "released": metrics.activation_precision(*located, zero="released", minmax=True),
        "sensitivity": metrics.activation_sensitivity(*located),
        "pointing": metrics.pointing_game(*located, tolerance=1),
        "iou": metrics.mean_iou(*located),
        "deletion": deleted,
        "insertion": inserted,
        "area": metrics.area_under_deletion_curve(deleted),
        "known": 100 * metrics.gt_known_localization(*boxed, threshold=0.3),
        "top1": 100 * metrics.top1_localization(*boxed, d["correct"]),
    }
    found = {
        name: (defined(v).mean(dim=0), len(defined(v)), IMAGES - len(defined(v)))
        for name, v in each.items()
    }
    known = (d["probabilities"][:8], d["labels"][:8])
    named = {
        "topk": (
            metrics.topk_localization_precision(*located, k=6, patch=5, top=d["tops"]),
            *(7, 2),
        ),
        "drop": (metrics.average_drop(d["p"], d["p_masked"]), 8, 1),
        "increase": (metrics.increase_in_confidence(d["p"], d["p_masked"]), 8, 1),
        "box": (metrics.max_box_acc(*boxed, iou=0.6), 7, 2),
        "boxes": (metrics.max_box_acc_v2(*boxed), 7, 2),
        "pxap": (metrics.pxap(d["score_maps"], d["pixels"]), 8, 1),
        "accuracy": (metrics.accuracy(*known), 8, 1),
        "auc": (metrics.auc(*known), 8, 1),
        "average_precision": (metrics.average_precision(*known), 8, 1),
        "kappa": (metrics.quadratic_kappa(*known), 8, 1),
        "recall": (metrics.sensitivity(*known), 8, 1),
        "specificity": (metrics.specificity(*known), 8, 1),
        "calibration": (metrics.calibration_error(*known, bins=4), 8, 1),
        "brier": (metrics.brier_score(*known), 8, 1),
    }
    return found | {
        name: (torch.as_tensor(value, dtype=torch.float64), n, undefined)
        for name, (value, n, undefined) in named.items()
    }


@pytest.mark.parametrize("name", [name for name in CASES if name != "consistency"])
def test_the_value_is_that_of_the_function(name: str) -> None:
    value, n, undefined = expected()[name]
    found = of_all(name)
    assert isinstance(found, Measured)
    assert found.value.shape == found.std.shape == value.shape
    assert found.value.dtype == found.std.dtype == torch.float64
    assert not found.value.isnan().any()
    assert torch.allclose(found.value, value, rtol=0, atol=1e-9)
    assert (found.n, found.undefined) == (n, undefined)


def test_consistency_has_both_signs_with_mean_and_standard_deviation() -> None:
    d = data()
    found = of_all("consistency")
    shares = metrics.activation_consistency(d["maps"], d["diseased"])
    for ours, values in zip(found, shares, strict=True):
        there = defined(values)
        assert (ours.n, ours.undefined) == (len(there), len(values) - len(there))
        assert ours.value.tolist() == pytest.approx(float(there.mean()))
        assert ours.std.tolist() == pytest.approx(float(there.std(correction=0)))
    assert found.positive.undefined == 1


def test_every_public_class_is_here() -> None:
    tested = {type(metric).__name__ for metric, _ in cases().values()}
    assert tested == set(accumulate.__all__) - {"Accumulator", "Measured", "PerImage"}


@pytest.mark.parametrize("name", CASES)
def test_the_batches_and_their_order_change_nothing(name: str) -> None:
    whole = of_all(name)
    for batches in ([[0], [1, 2, 3], [4, 5, 6, 7], [8]], [[8, 1], [7, 6, 5], [0, 4, 3, 2]]):
        metric, arguments = cases()[name]
        for batch in batches:
            metric.update(*arguments(batch))
        assert same(metric.compute(), whole)


@pytest.mark.parametrize("name", CASES)
def test_merged_it_is_the_whole_and_reset_nothing(name: str) -> None:
    first, arguments = cases()[name]
    second, _ = cases()[name]
    before = plain(first.compute())
    first.update(*arguments([3, 0, 7]))
    second.update(*arguments([1, 2, 4, 5, 6, 8]))
    alone = plain(second.compute())
    first.merge(second)
    assert same(first.compute(), of_all(name))
    assert same(second.compute(), alone)
    first.reset()
    assert same(first.compute(), before)
    first.merge(second)
    assert same(first.compute(), alone)


@pytest.mark.parametrize("name", CASES)
def test_without_an_image_there_is_no_value(name: str) -> None:
    metric, _ = cases()[name]
    found = metric.compute()
    for part in [found] if isinstance(found, Measured) else found:
        assert part.value.isnan().all()
        assert (part.n, part.undefined) == (0, 0)
        assert part.value.shape == part.std.shape


NO_MAPS, NO_MASKS = torch.zeros(0, 20, 20), torch.zeros(0, 20, 20, dtype=torch.bool)
NO_LABELS = torch.zeros(0, dtype=torch.int64)


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("precision", (NO_MAPS, NO_MASKS)),
        ("topk", (NO_MAPS, NO_MASKS)),
        ("consistency", (NO_MAPS, NO_LABELS)),
        ("box", (NO_MAPS, [])),
        ("known", (NO_MAPS, [])),
        ("pxap", (NO_MAPS, NO_MASKS)),
        ("auc", (torch.zeros(0, 3), NO_LABELS)),
    ],
)
def test_an_empty_batch_changes_nothing(name: str, empty: tuple[Any, ...]) -> None:
    metric, arguments = cases()[name]
    metric.update(*empty)
    metric.update(*arguments(ALL))
    metric.update(*empty)
    assert same(metric.compute(), of_all(name))


def test_two_processes_give_the_numbers_of_one(tmp_path: Path) -> None:
    multiprocessing.spawn(share, args=(2, str(tmp_path / "meeting"), str(tmp_path)), nprocs=2)
    for rank in range(2):
        found = json.loads((tmp_path / f"{rank}.json").read_text())
        assert found.keys() == cases().keys()
        for name, value in found.items():
            assert json.dumps(value) == json.dumps(plain(of_all(name))), name


def test_alone_reduced_is_a_copy() -> None:
    metric, arguments = cases()["topk"]
    metric.update(*arguments([0, 1]))
    whole = metric.reduce()
    before = plain(metric.compute())
    assert same(whole.compute(), before)
    assert whole.options == metric.options
    whole.update(*arguments([4]))
    assert same(metric.compute(), before)


def test_only_like_with_like() -> None:
    with pytest.raises(ValueError, match=r"other: expected TopK.* got TopK.*'k': 5"):
        TopKLocalizationPrecision(k=4).merge(TopKLocalizationPrecision(k=5))
    with pytest.raises(ValueError, match=r"other: expected ActivationPrecision .* got TopK"):
        ActivationPrecision().merge(TopKLocalizationPrecision())
    metric = accumulate.Auc()
    metric.update([[0.5, 0.5]], [0])
    with pytest.raises(ValueError, match="probabilities: expected 2 classes as before, got 3"):
        metric.update([[0.5, 0.25, 0.25]], [0])


def test_wrong_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="iou: expected 0 < iou <= 1, got 2"):
        accumulate.MaxBoxAcc(iou=2)
    with pytest.raises(ValueError, match=r"masks: expected shape \(1, 4, 4\), as score_maps"):
        accumulate.PxAP().update(torch.eye(4)[None], torch.zeros(2, 4, 4))
    with pytest.raises(ValueError, match=r"^maps: expected shape"):
        TopKLocalizationPrecision().update(torch.eye(4), torch.zeros(2, 4, 4).bool())


def test_sums_are_rounded_once() -> None:
    metric = accumulate.AreaUnderDeletionCurve()
    for height in (1e16, 1.0, -1e16, 1.0):
        metric.update(torch.full((1, 3), height, dtype=torch.float64))
    assert float(metric.compute().value) == 0.5
    assert math.isfinite(float(metric.compute().std))


def test_the_order_of_many_predictions_changes_no_bit() -> None:
    generator = torch.Generator().manual_seed(0)
    p = torch.rand(300, 3, generator=generator, dtype=torch.float64).softmax(dim=1)
    labels = torch.randint(3, (300,), generator=generator)
    for kind in (accumulate.BrierScore, accumulate.CalibrationError):
        values = set()
        for _ in range(5):
            order = torch.randperm(300, generator=generator)
            metric = kind()
            metric.update(p[order], labels[order])
            values.add(float(metric.compute().value))
        assert len(values) == 1


@pytest.mark.parametrize("module", [boxes, faithfulness, maps, predictions])
def test_the_examples_in_the_documentation(module) -> None:
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted > 0
