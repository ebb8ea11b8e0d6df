"""On a GPU the metrics of maps give what they give on the CPU, and leave it there."""

from typing import Any

import pytest
import torch

from softcam_core import metrics
from softcam_core.metrics.accumulate import Measured
from tests.core.metrics.accumulated import cases, data

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
LOCATED = (
    "activation_precision",
    "activation_sensitivity",
    "pointing_game",
    "mean_iou",
    "topk_localization_precision",
)
ACCUMULATED = ("precision", "sensitivity", "pointing", "iou", "topk", "consistency")


def on_cuda(value: Any) -> Any:
    return value.cuda() if isinstance(value, torch.Tensor) else value


@pytest.mark.parametrize("name", LOCATED)
def test_located(name: str) -> None:
    found, metric = data(), getattr(metrics, name)
    expected = metric(found["maps"], found["masks"])
    for masks in (found["masks"].cuda(), found["masks"].numpy()):
        values = metric(found["maps"].cuda(), masks)
        assert values.is_cuda
        assert torch.allclose(values.cpu(), expected, rtol=0, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("options", [{"score": "max"}, {"per_image": True}, {"top": [0, 3, 1] * 3}])
def test_options_of_top_k(options: dict[str, Any]) -> None:
    found = data()
    expected = metrics.topk_localization_precision(found["maps"], found["masks"], **options)
    values = metrics.topk_localization_precision(
        found["maps"].cuda(), found["masks"].cuda(), **options
    )
    assert torch.allclose(values.cpu(), expected, rtol=0, atol=1e-9, equal_nan=True)


def test_consistency() -> None:
    found = data()
    expected = metrics.activation_consistency(found["maps"], found["diseased"])
    values = metrics.activation_consistency(found["maps"].cuda(), found["diseased"])
    for ours, theirs in zip(values, expected, strict=True):
        assert ours.is_cuda
        assert torch.allclose(ours.cpu(), theirs, rtol=0, atol=1e-12, equal_nan=True)


@pytest.mark.parametrize("name", ACCUMULATED)
def test_accumulated(name: str) -> None:
    here, arguments = cases()[name]
    there, _ = cases()[name]
    here.update(*arguments([0, 1, 4, 8]))
    there.update(*map(on_cuda, arguments([0, 1, 4, 8])))
    ours, theirs = there.compute(), here.compute()
    if isinstance(ours, Measured):
        ours, theirs = (ours,), (theirs,)
    for one, other in zip(ours, theirs, strict=True):
        assert (one.n, one.undefined) == (other.n, other.undefined)
        assert not one.value.is_cuda
        assert torch.allclose(one.value, other.value, rtol=0, atol=1e-9, equal_nan=True)
