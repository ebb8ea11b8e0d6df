"""What it costs to measure where a map lies: one image, one thread, beside plain torch."""

import math
import statistics
import time
from collections.abc import Callable, Iterator

import pytest
import torch
from torch import Tensor
from torch.nn.functional import interpolate, max_pool2d

from softcam_core import metrics

pytestmark = pytest.mark.benchmark
ROUNDS = 41
SIDE = 512
MOST_MS = 3.0


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Processor time of one thread says the same on a busy machine and on an idle one."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def upsampled(maps: Tensor) -> Tensor:
    return interpolate(maps[:, None].double(), (SIDE, SIDE), mode="bicubic")[:, 0]


def plain_precision(maps: Tensor, masks: Tensor) -> Tensor:
    s = upsampled(maps).relu()
    return (s * masks).sum(dim=(1, 2)) / s.sum(dim=(1, 2))


def plain_sensitivity(maps: Tensor, masks: Tensor) -> Tensor:
    s = upsampled(maps).relu()
    low, high = s.amin(dim=(1, 2), keepdim=True), s.amax(dim=(1, 2), keepdim=True)
    return ((s - low) / (high - low) * masks).sum(dim=(1, 2)) / masks.sum(dim=(1, 2))


def plain_topk(maps: Tensor, masks: Tensor) -> Tensor:
    large = upsampled(maps)[0]
    found = []
    for y in range(0, SIDE, 33):
        for x in range(0, SIDE, 33):
            patch = large[y : y + 33, x : x + 33].mean()
            found.append((float(patch), bool(masks[0, y : y + 33, x : x + 33].any())))
    found.sort(key=lambda one: -one[0])
    hits = [hit for score, hit in found[:30] if score > 0]
    curve = torch.tensor(hits).double().cumsum(0) / torch.arange(1, len(hits) + 1)
    return torch.cat([curve, curve[-1:].expand(30 - len(hits))])


def plain_pointing(maps: Tensor, masks: Tensor) -> Tensor:
    row, column = divmod(int(upsampled(maps)[0].argmax()), SIDE)
    marked = masks[0].nonzero().double()
    away = (marked - marked.new_tensor([row, column])).norm(dim=1)
    return (away.min() <= 15)[None].double()


def plain_iou(maps: Tensor, masks: Tensor) -> Tensor:
    s = upsampled(maps).relu()
    s = (s - s.min()) / (s.max() - s.min())
    counts = torch.histc(s, 256, 0, 1)
    centres = (torch.arange(256).double() + 0.5) / 256
    a = counts.cumsum(0)
    b = counts.sum() - a
    sums = (counts * centres).cumsum(0)
    apart = a * b * (sums / a - (sums[-1] - sums) / b) ** 2
    above = s > centres[apart.nan_to_num(-1).argmax()]
    return (above & masks).sum(dim=(1, 2)) / (above | masks).sum(dim=(1, 2)).double()


PAIRS: dict[str, tuple[Callable[..., Tensor], Callable[..., Tensor]]] = {
    "activation_precision": (metrics.activation_precision, plain_precision),
    "activation_sensitivity": (metrics.activation_sensitivity, plain_sensitivity),
    "topk_localization_precision": (metrics.topk_localization_precision, plain_topk),
    "pointing_game": (metrics.pointing_game, plain_pointing),
    "mean_iou": (metrics.mean_iou, plain_iou),
}


def milliseconds(task: Callable[[], object]) -> float:
    start = time.thread_time()
    task()
    return (time.thread_time() - start) * 1000


@pytest.mark.parametrize("cells", [16, 13, 512])
@pytest.mark.parametrize("name", PAIRS)
def test_one_image_is_measured_in_3_ms(
    name: str, cells: int, capsys: pytest.CaptureFixture[str]
) -> None:
    generator = torch.Generator().manual_seed(0)
    maps = torch.randn(1, cells, cells, generator=generator)
    # Lesions all over the image, so that no bounding box saves work.
    spots = max_pool2d((torch.rand(1, SIDE, SIDE, generator=generator) > 0.9997).float(), 9, 1, 4)
    masks = spots.bool()
    ours, plain = PAIRS[name]
    assert torch.allclose(ours(maps, masks), plain(maps, masks), rtol=0, atol=1e-9)
    times = [
        (milliseconds(lambda: ours(maps, masks)), milliseconds(lambda: plain(maps, masks)))
        for _ in range(ROUNDS)
    ]
    own, other = (statistics.median(column) for column in zip(*times, strict=True))
    ratio = statistics.median(theirs / max(mine, 1e-6) for mine, theirs in times)
    with capsys.disabled():
        print(
            f"\n{name} {cells} x {cells} -> {SIDE}: {own:.2f} ms, plain torch {other:.2f} ms: "
            f"{ratio:.1f} times"
        )
    assert math.isfinite(ratio)
    assert own <= MOST_MS


def test_precision_and_sensitivity_share_one_upsampling(capsys: pytest.CaptureFixture[str]) -> None:
    from softcam_core.metrics.localization import UpsampledMap

    image = torch.randn(16, 16, generator=torch.Generator().manual_seed(0))
    mask = torch.zeros(SIDE, SIDE, dtype=torch.bool)
    mask[40:460, 60:440] = True

    def apart() -> None:
        metrics.activation_precision(image[None], mask[None])
        metrics.activation_sensitivity(image[None], mask[None])

    times = [
        (milliseconds(lambda: UpsampledMap(image, mask.shape).measure(mask)), milliseconds(apart))
        for _ in range(ROUNDS)
    ]
    own, other = (statistics.median(column) for column in zip(*times, strict=True))
    with capsys.disabled():
        print(f"\nboth at once {own:.2f} ms, one after the other {other:.2f} ms")
    assert own <= 0.7 * other
