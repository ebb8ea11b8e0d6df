"""What the engines gain over PyTorch as it is: ratios within one run, in turns, medians."""

import statistics
import time
from collections.abc import Iterator

import pytest
import torch

from softcam_core.engines.engine import make_engine
from softcam_core.models.build import build_model

pytestmark = pytest.mark.benchmark
ROUNDS = 9


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Processor time of one thread says the same on a busy machine and on an idle one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize(
    ("arch", "side", "folded", "openvino"),
    [
        ("resnet50", 224, 1.05, 1.5),
        ("resnet50", 512, 1.05, 1.5),
        ("vgg16", 224, 1.1, 1.2),
        ("squeezenet1_1", 224, 1.8, 2.5),
        ("densenet121", 224, 1.05, 1.5),
        ("mobilenet_v2", 224, 1.1, 1.8),
    ],
)
def test_times_faster_than_eager(
    arch: str, side: int, folded: float, openvino: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """The least gain that justifies each engine, well below what was measured."""
    pytest.importorskip("openvino", reason="the extra fast-cpu is not installed")
    torch.manual_seed(0)
    model = build_model(arch, list("abcde")).eval()
    x = torch.randn(1, 3, side, side)
    engines = [make_engine(model, name) for name in ("torch", "torch-folded", "openvino")]
    times: list[list[float]] = [[] for _ in engines]
    for counted in (False, *[True] * ROUNDS):
        for engine, column in zip(engines, times, strict=True):
            start = time.process_time()
            engine.output(x)
            if counted:
                column.append(time.process_time() - start)
    eager, by_folding, by_openvino = (statistics.median(column) for column in times)
    with capsys.disabled():
        print(
            f"\n{arch} {side}: torch {eager * 1000:.0f} ms, folded {eager / by_folding:.2f} x, "
            f"openvino {eager / by_openvino:.2f} x faster"
        )
    assert eager / by_folding >= folded
    assert eager / by_openvino >= openvino
