"""The options of top-k precision, and what accumulates, on a graphics card as on the processor."""

from typing import Any

import pytest
import torch

from softcam_core import metrics
from softcam_core.metrics.accumulate import Measured
from tests.core.metrics.accumulated import cases, data

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")
ACCUMULATED = ("precision", "sensitivity", "pointing", "iou", "topk", "consistency")


def on_cuda(value: Any) -> Any:
    return value.cuda() if isinstance(value, torch.Tensor) else value


@pytest.mark.parametrize("options", [{"score": "max"}, {"per_image": True}, {"top": [0, 3, 1] * 3}])
def test_options_of_top_k(options: dict[str, Any]) -> None:
    found = data()
    expected = metrics.topk_localization_precision(found["maps"], found["masks"], **options)
    values = metrics.topk_localization_precision(
        found["maps"].cuda(), found["masks"].cuda(), **options
    )
    assert torch.allclose(values.cpu(), expected, rtol=0, atol=1e-9, equal_nan=True)


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
