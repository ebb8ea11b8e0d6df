"""Score-CAM is its definition, from one set of passes and within its memory."""

from dataclasses import replace
from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain import attribute, passes
from softcam_core.explain.parts import Parts
from softcam_core.explain.request import Request
from softcam_core.explain.scorecam import scorecam
from tests.core.models.networks import images, varied_classifier


class Views(nn.Module):
    """Features that a head takes as rows by ``view``, as old networks do: (n, D, h, w)."""

    def __init__(self, seed: int, channels: int, cells: tuple[int, int], classes: int = 3) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.conv = nn.Conv2d(3, channels, 3, stride=2, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(cells)
        self.linear = nn.Linear(channels * cells[0] * cells[1], classes)
        for parameter in self.parameters():
            parameter.data = torch.randn(parameter.shape, generator=generator) / 2
        self.double().requires_grad_(False)

    def features(self, x: Tensor) -> Tensor:
        return self.pool(self.conv(x).relu())

    def head(self, z: Tensor) -> Tensor:
        return self.linear(z.view(z.size(0), -1))

    def parts(self) -> Parts:
        return Parts(self.features, self.head, None, None, self.linear.out_features)


class Counter:
    """A forward that notes the images it is given."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.batches: list[Tensor] = []

    def __call__(self, x: Tensor) -> Tensor:
        self.batches.append(x.clone())
        return self.parts.forward(x)

    @property
    def images(self) -> int:
        return sum(len(batch) for batch in self.batches)


def ask(parts: Parts, x: Tensor, classes: list[int] | None = None) -> tuple[Request, Counter]:
    counter = Counter(parts)
    indices = list(range(parts.outputs)) if classes is None else classes
    return Request(parts, x, indices, counter), counter


def by_definition(parts: Parts, x: Tensor, target: int) -> Tensor:
    """science.md section 5, one channel at a time: x (B, 3, H, W) -> (B, h, w), signed."""
    maps = []
    for image in x:
        z = parts.features(image[None])[0]
        black = parts.forward(torch.zeros_like(image)[None])[0, target]
        scores = []
        for channel in z:
            low, high = channel.min(), channel.max()
            mask = (channel - low) / (high - low) if high > low else torch.zeros_like(channel)
            large = nn.functional.interpolate(
                mask[None, None], image.shape[1:], mode="bilinear", align_corners=False
            )
            scores.append(parts.forward(image * large)[0, target] - black)
        weights = torch.stack(scores).softmax(dim=0)
        maps.append(sum(w * channel for w, channel in zip(weights, z, strict=True)))
    return torch.stack(maps)


def noise(count: int, rows: int, columns: int, seed: int = 0) -> Tensor:
    return images(count, rows, columns, seed).double()


@settings(max_examples=15, deadline=None)
@given(
    channels=st.integers(1, 12),
    cells=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    size=st.tuples(st.integers(8, 20), st.integers(8, 20)),
    count=st.integers(1, 2),
    memory=st.sampled_from([0, 2**16, 2**24]),
    seed=st.integers(0, 1000),
)
def test_it_is_its_definition(
    channels: int,
    cells: tuple[int, int],
    size: tuple[int, int],
    count: int,
    memory: int,
    seed: int,
) -> None:
    parts = Views(seed, channels, cells).parts()
    x = noise(count, *size, seed)
    request, _ = ask(parts, x, [2, 0])
    request = replace(request, memory=memory)
    with torch.no_grad():
        expected = torch.stack([by_definition(parts, x, target) for target in (2, 0)], dim=1)
        assert torch.allclose(scorecam(request, signed=True), expected, rtol=1e-9, atol=1e-12)
        assert torch.allclose(scorecam(request), expected.relu(), rtol=1e-9, atol=1e-12)


def test_signed_keeps_what_the_relu_cuts() -> None:
    net = Views(0, 6, (3, 3))
    parts = replace(net.parts(), features=lambda x: net.pool(net.conv(x)))
    request, _ = ask(parts, noise(1, 16, 16))
    with torch.no_grad():
        signed = scorecam(request, signed=True)
        assert signed.min() < 0
        assert torch.equal(scorecam(request), signed.relu())


@pytest.mark.parametrize(("arch", "layer"), [("resnet18", "layer2"), ("squeezenet1_1", "features")])
def test_torchcam_gives_the_same_map(arch: str, layer: str) -> None:
    methods = pytest.importorskip("torchcam.methods")
    model = varied_classifier(arch, 3)
    x = images(2, 48, 64)
    found = attribute(model, x, "scorecam", [1], layer=layer)
    with methods.ScoreCAM(model, target_layer=layer) as cam, torch.no_grad():
        (theirs,) = cam(1, model(x), normalized=False)
    scale = float(theirs.abs().max())
    assert scale > 0
    assert torch.allclose(found[:, 0], theirs, rtol=0, atol=1e-5 * scale)


def test_openvino_gives_the_same_map() -> None:
    pytest.importorskip("openvino")
    model = varied_classifier("squeezenet1_1", 3)
    x = images(1, 48, 48)
    expected = attribute(model, x, "scorecam")
    found = attribute(model, x, "scorecam", engine="openvino")
    assert torch.allclose(found, expected, rtol=0, atol=1e-4 * float(expected.max()))


def test_a_layer_that_the_user_names_is_explained() -> None:
    model = varied_classifier("squeezenet1_1", 3)
    x = images(1, 48, 64)
    stage = model.features[:4]
    parts = Parts(
        stage, lambda z: model.classifier(model.features[4:](z)).flatten(1), None, None, 3
    )
    with torch.no_grad():
        expected = by_definition(parts, x, 1).relu()
    found = attribute(model, x, "scorecam", [1], layer="features.3")
    assert found.shape[2:] == expected.shape[1:]
    assert torch.allclose(found[:, 0], expected, rtol=0, atol=1e-5 * float(expected.max()))


# As few passes as there are masks


def dead(net: Views, channels: list[int]) -> None:
    """Let channels be the same everywhere in every image."""
    net.conv.weight[channels] = 0
    net.conv.bias[channels] = torch.tensor([-1.0, 2.0, 0.0], dtype=torch.float64)[: len(channels)]


def test_all_classes_share_one_set_of_passes_and_dead_channels_one_pass() -> None:
    net = Views(1, 10, (4, 4))
    dead(net, [1, 4, 7])
    x = noise(1, 24, 24)
    with torch.no_grad():
        every, counter = ask(net.parts(), x)
        maps = scorecam(every)
        assert counter.images == 7 + 1  # those alive, and the black image
        batch = torch.cat(counter.batches)
        assert int((batch.flatten(1).abs().amax(dim=1) == 0).sum()) == 1
        for target in range(3):
            one, counter = ask(net.parts(), x, [target])
            assert torch.allclose(scorecam(one)[:, 0], maps[:, target], rtol=1e-12)
            assert counter.images == 7 + 1


def test_equal_masks_share_a_pass() -> None:
    net = Views(2, 6, (3, 3))
    net.conv.weight[4] = net.conv.weight[0] * 2
    net.conv.bias[4] = net.conv.bias[0] * 2
    x = noise(2, 16, 16)
    request, counter = ask(net.parts(), x)
    with torch.no_grad():
        found = scorecam(request, signed=True)
        assert counter.images == 2 * 5
        expected = by_definition(net.parts(), x, 0)
    assert torch.allclose(found[:, 0], expected, rtol=1e-9, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(8)), seed=st.integers(0, 100))
def test_the_order_of_channels_does_not_matter(order: list[int], seed: int) -> None:
    net = Views(seed, 8, (3, 2))
    own = net.parts()
    back = torch.tensor(order).argsort()
    shuffled = replace(
        own,
        features=lambda x: net.features(x)[:, order],
        logits=lambda z: net.head(z[:, back]),
    )
    x = noise(1, 12, 16, seed)
    with torch.no_grad():
        expected = scorecam(ask(own, x)[0])
        assert torch.allclose(scorecam(ask(shuffled, x)[0]), expected, rtol=1e-9, atol=1e-12)


def test_images_of_a_batch_are_explained_each_by_itself() -> None:
    parts = Views(3, 6, (3, 3)).parts()
    x = noise(3, 16, 20)
    with torch.no_grad():
        whole = scorecam(ask(parts, x)[0])
        single = torch.cat([scorecam(ask(parts, x[i : i + 1])[0]) for i in range(3)])
    assert torch.allclose(whole, single, rtol=1e-12)


# Memory, progress and cancel


def test_the_memory_sets_how_many_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passes, "CPU_IMAGES", 10**6)
    monkeypatch.setattr(passes, "CPU_PIXELS", 10**9)
    parts = Views(4, 40, (4, 4)).parts()
    x = noise(1, 32, 32)
    largest = []
    for memory in (0, 1, 2**20, 2**22, 2**30):
        request, counter = ask(parts, x)
        with torch.no_grad():
            scorecam(replace(request, memory=memory))
        sizes = [len(batch) for batch in counter.batches]
        # Nothing of a pass is left out: images, masks, and the convolution with its ReLU.
        one = 8 * (4 * 32 * 32 + 2 * 40 * 16 * 16)
        assert max(sizes) == 1 or max(sizes) * one <= memory
        assert all(size == sizes[0] for size in sizes[:-1])
        largest.append(max(sizes))
    assert largest[:2] == [1, 1]
    assert 1 < largest[2] < largest[3] < largest[4] == 40


def test_a_pass_on_a_cpu_is_no_larger_than_quick() -> None:
    assert passes.quick_number(torch.zeros(3, 224, 224)) == 8
    assert passes.quick_number(torch.zeros(3, 512, 512)) == 2
    assert passes.quick_number(torch.zeros(3, 4000, 4000)) == 1
    assert passes.quick_number(torch.zeros(3, 16, 16)) == passes.CPU_IMAGES


def test_progress_rises_to_its_end_and_cancel_stops_between_passes() -> None:
    parts = Views(5, 20, (3, 3)).parts()
    x = noise(2, 16, 16)
    request, counter = ask(parts, x)
    steps: list[tuple[int, int]] = []
    request = replace(
        request, memory=0, on_progress=lambda done, total: steps.append((done, total))
    )
    with torch.no_grad():
        scorecam(request)
    assert len(steps) == counter.images
    assert {total for _, total in steps} == {40}
    assert all(before[0] < after[0] for before, after in pairwise(steps))
    assert steps[-1] == (40, 40)

    counter.batches.clear()
    asked = iter([False, False, False, True])
    with torch.no_grad(), pytest.raises(CancelledError):
        scorecam(replace(request, cancelled=lambda: next(asked)))
    assert counter.images == 3
