"""Training: a step beside its black box's, and images beside torchvision's own pipeline."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model
from softcam_core.training.config import LossConfig
from softcam_core.training.data import ImageStore
from softcam_core.training.loss import training_loss
from softcam_core.training.table import Sample, Table

pytestmark = pytest.mark.benchmark
SIDE, BATCH, IMAGES = 224, 16, 64


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Processor time of one thread says the same on a busy machine and on an idle one."""
    threads, cv = torch.get_num_threads(), cv2.getNumThreads()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    yield
    torch.set_num_threads(threads)
    cv2.setNumThreads(cv)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ImageStore:
    """Decoded colour inputs of 224 pixels, as smooth as photographs."""
    folder = tmp_path_factory.mktemp("images")
    rng = np.random.default_rng(0)
    for i in range(IMAGES):
        noise = cv2.GaussianBlur(rng.integers(0, 256, (256, 320, 3), np.uint8), (0, 0), 3)
        cv2.normalize(noise, noise, 0, 255, cv2.NORM_MINMAX)
        Image.fromarray(noise).save(folder / f"{i}.jpg")
    samples = [Sample(folder / f"{i}.jpg", i % 2, str(i), "train") for i in range(IMAGES)]
    made = ImageStore(
        Table(Path("t.csv"), ("a", "b"), tuple(samples)),
        InputSpec(size=(SIDE, SIDE)),
        2**30,
        cache_dir=folder / "kept",
    )
    list(made.load(2))
    return made


class Peer(Dataset[tuple[Tensor, int]]):
    """The same decoded images with torchvision's transforms of the same names and amounts."""

    def __init__(self, store: ImageStore, scheme: str) -> None:
        from torchvision.transforms import v2  # after softcam_core, which lets it load

        self.images = [
            torch.from_numpy(store.pixels(i).copy()).permute(2, 0, 1) for i in range(IMAGES)
        ]
        fundus = scheme == "fundus"
        crop = v2.RandomResizedCrop(SIDE, scale=(0.75, 1.0), ratio=(0.9, 1.1))
        jitter = v2.ColorJitter(0.2, 0.2, 0.2, 0.02)
        turn = v2.RandomRotation(180 if fundus else 15, v2.InterpolationMode.BILINEAR)
        shift = v2.RandomAffine(
            0, translate=(0.1, 0.1), interpolation=v2.InterpolationMode.BILINEAR
        )
        self.change = v2.Compose(
            [
                v2.RandomApply([crop]),
                v2.RandomHorizontalFlip(),
                *([v2.RandomVerticalFlip()] if fundus else []),
                v2.RandomApply([turn]),
                v2.RandomApply([shift]),
                *([v2.RandomApply([jitter])] if fundus else []),
                v2.ToDtype(torch.float32, scale=True),
                v2.Normalize(store.mean, store.std),
            ]
        )

    def __len__(self) -> int:
        return IMAGES

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        return self.change(self.images[index]), index % 2


def seconds(task: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    start = clock()
    task()
    return clock() - start


def network(arch: str, head: str = "softcam") -> nn.Module:
    torch.manual_seed(0)
    return build_model(arch, ("a", "b"), head).to(memory_format=torch.channels_last).train()


def stepper(arch: str, head: str, loss: LossConfig) -> Callable[[Tensor, Tensor], None]:
    model = network(arch, head)
    sgd = torch.optim.SGD(
        model.parameters(), lr=1e-4, momentum=0.9, nesterov=True, weight_decay=5e-4
    )

    def step(images: Tensor, labels: Tensor) -> None:
        training_loss(model(images), labels, loss).total.backward()
        sgd.step()
        sgd.zero_grad()

    return step


@pytest.mark.parametrize("scheme", ["fundus", "cxr"])
@pytest.mark.parametrize("arch", ["squeezenet1_1", "resnet18"])
def test_the_network_is_busy_nine_tenths_of_an_epoch(
    arch: str, scheme: str, store: ImageStore, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the wall clock, and of the processor's time, which a loader takes from the network."""
    step = stepper(arch, "softcam", LossConfig(l1=1e-5))
    (fixed,) = store.batches(range(BATCH), BATCH)
    step(fixed.images, fixed.labels)
    shares, waits = [], []
    for epoch in range(7):
        work = wall = 0.0
        begin, clock = time.process_time(), time.perf_counter()
        for batch in store.batches(range(IMAGES), BATCH, scheme=scheme, epoch=epoch, threads=1):
            own, now = time.thread_time(), time.perf_counter()
            step(batch.images, batch.labels)
            work += time.thread_time() - own
            wall += time.perf_counter() - now
        shares.append(work / (time.process_time() - begin))
        waits.append(wall / (time.perf_counter() - clock))
    alone = [seconds(lambda: step(fixed.images, fixed.labels)) for _ in range(8)]
    busy, wall = statistics.median(shares), statistics.median(waits)
    with capsys.disabled():
        print(
            f"\n{arch} 224 px, {scheme}: the network takes {busy:.1%} of an epoch's processor "
            f"time and {wall:.1%} of its wall time ({statistics.median(alone):.2f} s a step alone)"
        )
    assert busy >= 0.9
    assert wall >= 0.9


@pytest.mark.parametrize("scheme", ["fundus", "cxr"])
def test_images_come_faster_than_from_torchvisions_pipeline(
    scheme: str, store: ImageStore, capsys: pytest.CaptureFixture[str]
) -> None:
    peer = DataLoader(Peer(store, scheme), batch_size=BATCH, shuffle=True)

    def ours() -> None:
        for _ in store.batches(range(IMAGES), BATCH, scheme=scheme, threads=1):
            pass

    def theirs() -> None:
        for _ in peer:
            pass

    theirs()
    rounds = [(seconds(ours), seconds(theirs)) for _ in range(15)]
    ratio = statistics.median(b / a for a, b in rounds)
    mine, peers = (IMAGES / statistics.median(times) for times in zip(*rounds, strict=True))
    with capsys.disabled():
        print(
            f"\n{scheme} 224 px: {mine:.0f} images per second of one core, "
            f"torchvision {peers:.0f}: {ratio:.1f} times"
        )
    assert ratio >= 2


@pytest.mark.parametrize("loss", [LossConfig(), LossConfig(l1=1e-5)], ids=["dense", "sparse"])
@pytest.mark.parametrize(
    ("arch", "side", "batch"),
    [("resnet18", 160, 4), ("resnet50", 128, 4), ("squeezenet1_1", 224, 4)],
)
def test_a_step_costs_no_more_than_the_black_boxs(
    arch: str, side: int, batch: int, loss: LossConfig, capsys: pytest.CaptureFixture[str]
) -> None:
    soft, black = stepper(arch, "softcam", loss), stepper(arch, "blackbox", LossConfig())
    x = torch.randn(batch, side, side, 3).permute(0, 3, 1, 2)
    y = torch.arange(batch) % 2
    times = []
    for turn in range(32):
        # In turns, and each first as often as the other.
        pair = [(black, 0), (soft, 1)][:: 1 if turn % 2 else -1]
        found = {which: seconds(lambda step=step: step(x, y)) for step, which in pair}
        if turn >= 2:
            times.append((found[0], found[1]))
    ratio = statistics.median(b for _, b in times) / statistics.median(a for a, _ in times)
    paired = statistics.median(b / a for a, b in times)
    with capsys.disabled():
        print(
            f"\n{arch} {side} px, {'sparse' if loss.l1 else 'dense'}: a step takes {ratio:.3f} "
            f"of the black box's (pairs {paired:.3f})"
        )
    assert min(ratio, paired) <= 1.03


@pytest.mark.skipif(not torch.cuda.is_available(), reason="a GPU's throughput needs a CUDA device")
def test_a_gpu_trains_faster_than_a_plain_loop(capsys: pytest.CaptureFixture[str]) -> None:
    """ResNet-50 at 512 pixels: bf16 and channels-last beside fp32 as PyTorch comes."""
    device = torch.device("cuda")
    x, y = torch.randn(16, 3, 512, 512, device=device), torch.arange(16, device=device) % 2

    def loop(fast: bool) -> Callable[[], None]:
        torch.manual_seed(0)
        model = build_model("resnet50", ("a", "b"), "softcam" if fast else "blackbox").to(device)
        images = x
        if fast:
            model.to(memory_format=torch.channels_last)
            images = x.contiguous(memory_format=torch.channels_last)
        sgd = torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9, nesterov=True)

        def run() -> None:
            for _ in range(10):
                with torch.autocast("cuda", torch.bfloat16, enabled=fast):
                    out = model(images)
                if fast:
                    loss = training_loss(out, y, LossConfig(l1=5e-5)).total
                else:
                    loss = functional.cross_entropy(out.logits, y)
                loss.backward()
                sgd.step()
                sgd.zero_grad()
            torch.cuda.synchronize()

        return run

    ours, plain = loop(True), loop(False)
    ours()
    plain()
    rounds = [(seconds(ours, time.perf_counter), seconds(plain, time.perf_counter)) for _ in "1234"]
    ratio = statistics.median(b / a for a, b in rounds)
    with capsys.disabled():
        print(f"\nResNet-50 512 px: {160 / rounds[-1][0]:.0f} images per second, fp32 {ratio:.2f}")
    assert ratio >= 1.5
