"""What it costs to explain: ratios within one run, in turns, medians."""

import statistics
import time
from collections.abc import Callable, Iterator

import pytest
import torch

from softcam_core import metrics
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.convert import from_classifier

pytestmark = pytest.mark.benchmark
ROUNDS = 15


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Processor time of one thread says the same on a busy machine and on an idle one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def seconds(task: Callable[[], object]) -> float:
    start = time.process_time()
    task()
    return time.process_time() - start


@pytest.mark.parametrize(
    ("arch", "side"), [("resnet18", 512), ("resnet50", 512), ("squeezenet1_0", 512)]
)
def test_evidence_of_all_classes_costs_no_more_than_the_plain_forward(
    arch: str, side: int, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(0)
    net = torchvision_classifier(arch, 5).eval()
    model, _ = from_classifier(net, arch, list("abcde"))
    x = torch.randn(1, 3, side, side)
    times = []
    with torch.inference_mode():
        for _ in range(ROUNDS):
            times.append((seconds(lambda: net(x)), seconds(lambda: model(x).evidence)))
    plain, evidence = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(ours / theirs for theirs, ours in times)
    with capsys.disabled():
        print(
            f"\n{arch} {side}: forward {plain:.4f} s, with evidence {evidence:.4f} s: {ratio:.3f}"
        )
    assert ratio <= 1.03


def test_a_12_megapixel_mask_is_measured_in_a_tenth_of_a_second(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What a live metric may take while someone draws."""
    maps = torch.randn(1, 16, 16, generator=torch.Generator().manual_seed(0))
    masks = torch.zeros(1, 2848, 4288, dtype=torch.bool)
    masks[:, 100:900, 300:1500] = True
    for metric in (metrics.activation_precision, metrics.activation_sensitivity):
        times = [seconds(lambda metric=metric: metric(maps, masks)) for _ in range(ROUNDS)]
        median = statistics.median(times)
        with capsys.disabled():
            print(f"\n{metric.__name__} 4288 x 2848: {median * 1000:.0f} ms")
        assert median < 0.1
