"""Occlusion is captum's, all classes from one set of passes."""

from dataclasses import replace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain import attribute
from softcam_core.explain.occlusion import occlusion
from softcam_core.explain.parts import Parts
from softcam_core.explain.request import Request
from tests.core.models.networks import images, varied_classifier


class Net(nn.Module):
    """A classifier of images of any size, in float64."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.conv = nn.Conv2d(3, 5, 3, padding=1)
        self.linear = nn.Linear(5 * 4, 3)
        for parameter in self.parameters():
            parameter.data = torch.randn(parameter.shape, generator=generator)
        self.double().requires_grad_(False)
        self.seen: list[int] = []

    def forward(self, x: Tensor) -> Tensor:
        self.seen.append(len(x))
        z = nn.functional.adaptive_avg_pool2d(self.conv(x).relu(), 2)
        return self.linear(z.flatten(1))

    def ask(self, x: Tensor, classes: list[int]) -> Request:
        parts = Parts(lambda x: x, self, None, None, 3)
        return Request(parts, x, classes, self)


def noise(count: int, rows: int, columns: int, seed: int = 0) -> Tensor:
    return images(count, rows, columns, seed).double()


def by_definition(
    net: Net, image: Tensor, target: int, side: int, step: int, cover: float
) -> Tensor:
    """One window at a time: image (3, H, W) -> (H, W)."""
    rows, columns = image.shape[1:]
    logit = net(image[None])[0, target]
    total, count = torch.zeros(rows, columns).double(), torch.zeros(rows, columns).double()
    top = 0
    while True:
        left = 0
        while True:
            covered = image.clone()
            covered[:, top : top + side, left : left + side] = cover
            total[top : top + side, left : left + side] += logit - net(covered[None])[0, target]
            count[top : top + side, left : left + side] += 1
            if left + side >= columns:
                break
            left += step
        if top + side >= rows:
            break
        top += step
    return total / count


@settings(max_examples=15, deadline=None)
@given(
    size=st.tuples(st.integers(4, 14), st.integers(4, 14)),
    data=st.data(),
    cover=st.sampled_from([0.0, -1.5]),
    seed=st.integers(0, 100),
)
def test_it_is_its_definition(
    size: tuple[int, int], data: st.DataObject, cover: float, seed: int
) -> None:
    side = data.draw(st.integers(1, min(size)), "side")
    step = data.draw(st.integers(max(1, side // 3), side), "step")
    net = Net(seed)
    x = noise(2, *size, seed)
    found = occlusion(net.ask(x, [2, 0]), window=side, stride=step, baseline=cover)
    for place, target in enumerate((2, 0)):
        for number, image in enumerate(x):
            expected = by_definition(net, image, target, side, step, cover)
            assert torch.allclose(found[number, place], expected, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize(("side", "step"), [(20, 7), (48, 48)])
def test_captum_gives_the_same_map(side: int, step: int) -> None:
    peer = pytest.importorskip("captum.attr")
    model = varied_classifier("squeezenet1_1", 3).double()
    x = noise(2, 48, 56)
    found = attribute(model, x, "occlusion", window=side, stride=step, baseline=0.5)
    assert found.shape == (2, 3, 48, 56)
    assert found.abs().amax(dim=(0, 2, 3)).count_nonzero() >= 2
    with torch.no_grad():
        for target in range(3):
            theirs = peer.Occlusion(model).attribute(
                x, (3, side, side), strides=(3, step, step), baselines=0.5, target=target
            )
            # Captum repeats the value for every colour, and adds up in float32.
            expected = theirs[:, 0].double()
            scale = float(found.abs().max())  # of all: a ReLU cuts the logit of one class
            assert torch.allclose(found[:, target], expected, rtol=0, atol=1e-5 * scale)


def test_the_window_is_an_eighth_and_the_stride_half_of_it() -> None:
    net = Net()
    x = noise(1, 24, 40)
    expected = occlusion(net.ask(x, [0]), window=3, stride=1)
    assert torch.equal(occlusion(net.ask(x, [0])), expected)
    assert torch.equal(occlusion(net.ask(x, [0]), window=3), expected)


def test_all_classes_share_one_set_of_passes() -> None:
    net = Net()
    x = noise(2, 16, 24)
    occlusion(net.ask(x, [0, 1, 2]), window=8, stride=8)
    assert sum(net.seen) == 1 + 2 * (2 * 3 + 1)  # to learn the memory; windows and image


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"window": 17}, "window: expected 1 to 16 pixels for this image, got 17"),
        ({"window": 0}, "window: expected 1 to 16 pixels for this image, got 0"),
        ({"window": 8, "stride": 9}, "stride: expected 1 to 8 pixels, the window's side, got 9"),
        ({"window": 8, "stride": 0}, "stride: expected 1 to 8 pixels, the window's side, got 0"),
        ({"side": 8}, "side: not an option of occlusion; it has window, stride, baseline"),
    ],
)
def test_options_that_cannot_be_meant(options: dict[str, int], words: str) -> None:
    model = varied_classifier("squeezenet1_1", 3)
    with pytest.raises(ValueError, match=f"^{words}$"):
        attribute(model, images(1, 24, 16), "occlusion", **options)


def test_memory_progress_and_cancel() -> None:
    net = Net()
    steps: list[tuple[int, int]] = []
    request = net.ask(noise(2, 16, 16), [1])
    wide = replace(request, on_progress=lambda done, total: steps.append((done, total)))
    expected = occlusion(wide, window=8, stride=4)
    assert max(net.seen) == 10
    assert steps == [(10, 20), (20, 20)]

    net.seen.clear()
    steps.clear()
    assert torch.allclose(occlusion(replace(wide, memory=0), window=8, stride=4), expected)
    assert max(net.seen) == 1
    assert steps == [(done, 20) for done in range(1, 21)]

    net.seen.clear()
    asked = iter([False, False, False, True])
    with pytest.raises(CancelledError):
        occlusion(replace(request, memory=0, cancelled=lambda: next(asked)), window=8, stride=4)
    assert sum(net.seen) == 1 + 3
