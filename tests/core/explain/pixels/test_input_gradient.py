"""The small graph gives the same gradients as torch's own, and passes stay within the memory."""

from collections.abc import Callable

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain.layers import whole_model
from softcam_core.explain.live_bytes import LiveBytes
from softcam_core.explain.parts import Parts
from softcam_core.explain.pixels.input_gradient import (
    HELD,
    LARGEST_CHUNK,
    class_gradients,
    in_chunks,
)
from softcam_core.explain.pixels.input_graph import InputGraph
from softcam_core.explain.request import Request
from tests.core.explain.pixels.pixel_nets import gradient, mixed, network, photos


def parts(forward: Callable[[Tensor], Tensor]) -> Parts:
    return Parts(lambda x: x, forward, None, None, 3)


def same(found: Tensor, expected: Tensor, tolerance: float = 1e-10) -> bool:
    scale = float(expected.abs().max())
    assert scale > 0
    return float((found - expected).abs().max()) <= tolerance * scale


@pytest.mark.parametrize(
    ("arch", "side"),
    [
        ("resnet18", 40),
        ("densenet121", 33),
        ("shufflenet_v2_x0_5", 48),
        ("mobilenet_v3_small", 40),
        ("googlenet", 40),
        ("convnext_tiny", 33),
        ("swin_t", 40),
    ],
)
def test_gradients_are_those_of_autograd(arch: str, side: int) -> None:
    net = network(arch)
    x = photos(2, side, side + 8)
    with torch.no_grad():
        found = list(class_gradients(parts(net), x, [2, 0]))
    for target, mine in zip((2, 0), found, strict=True):
        assert mine.shape == x.shape
        assert same(mine, gradient(net, x, target))


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(1, 3),
    rows=st.integers(7, 20),
    columns=st.integers(5, 20),
    channels=st.sampled_from([2, 4]),
    seed=st.integers(0, 1000),
)
def test_any_shape_and_any_relu(
    count: int, rows: int, columns: int, channels: int, seed: int
) -> None:
    net = mixed(channels, seed)
    x = photos(count, rows, columns, seed)
    for target, mine in enumerate(class_gradients(parts(net), x, [0, 1, 2])):
        plain = gradient(net, x, target)
        assert float((mine - plain).abs().max()) <= 1e-10 * float(plain.abs().max() + 1e-6)


@settings(max_examples=40, deadline=None)
@given(
    size=st.tuples(st.integers(6, 13), st.integers(6, 13)),
    kernel=st.tuples(st.integers(1, 4), st.integers(1, 3)),
    stride=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    padding=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    dilation=st.tuples(st.integers(1, 2), st.integers(1, 2)),
    groups=st.sampled_from([1, 3]),
    bias=st.booleans(),
)
def test_any_convolution(
    size: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    padding: tuple[int, int],
    dilation: tuple[int, int],
    groups: int,
    bias: bool,
) -> None:
    if any(size[i] + 2 * padding[i] <= dilation[i] * (kernel[i] - 1) for i in (0, 1)):
        return
    torch.manual_seed(0)
    conv = nn.Conv2d(3, 6, kernel, stride, padding, dilation, groups, bias).double()

    def forward(x: Tensor) -> Tensor:
        return torch.tanh(conv(x)).flatten(2).mean(2)

    x = photos(2, *size)
    (mine,) = class_gradients(parts(forward), x, [1])
    assert same(mine, gradient(forward, x, 1))


@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("kept", [False, True])
def test_batch_norm_by_the_statistics_it_has(kept: bool, training: bool) -> None:
    norm = nn.BatchNorm2d(3, track_running_stats=kept).double().train(training)

    def forward(x: Tensor) -> Tensor:
        return (norm(x) ** 2)[:, :, 0, 0]

    x = photos(2, 4, 4)
    (mine,) = class_gradients(parts(forward), x, [1])
    assert same(mine, gradient(forward, x, 1))


def test_a_hardtanh_from_below_zero_is_no_relu() -> None:
    graph = InputGraph(guided=True)
    x = torch.tensor([[-0.5, 0.5, 2.0]], requires_grad=True)
    with graph:
        out = nn.functional.hardtanh(x) - x.clamp(-1, 1) + x.clamp(max=1)
    assert graph.relus == 0
    assert torch.autograd.grad(-out.sum(), x)[0].tolist() == [[-1, -1, 0]]


def test_half_precision_keeps_the_images_own() -> None:
    net = network("resnet18").float()
    x = photos(1, 48, 48).float()

    def forward(x: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            return net(x).float()

    (mine,) = class_gradients(parts(forward), x, [1])
    assert mine.dtype == torch.float32
    expected = gradient(net, x, 1)
    assert torch.nn.functional.cosine_similarity(mine.ravel(), expected.ravel(), dim=0) > 0.9


def saved_bytes(run: Callable[[], object]) -> int:
    """Bytes that a graph holds, each storage once."""
    held: dict[int, int] = {}
    kept: list[Tensor] = []

    def pack(tensor: Tensor) -> Tensor:
        kept.append(tensor)
        held[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
        alive = run()
    assert alive is not None
    return sum(held.values())


def test_the_graph_is_a_fraction_of_torchs_own() -> None:
    net = network("resnet18").float()
    x = photos(1, 96, 96).float().requires_grad_()
    weights = sum(p.nbytes for p in net.parameters() if p.ndim > 1)

    def ours() -> Tensor:
        with InputGraph():
            return net(x)

    assert saved_bytes(lambda: net(x)) - weights > 3 * saved_bytes(ours)


# Memory and chunks


def test_live_bytes_are_those_of_new_storages_while_they_live() -> None:
    before = torch.ones(100)
    with LiveBytes() as live:
        before.view(10, 10)
        before.add_(1)
        a = torch.zeros(1000)
        b = a.view(10, 100)
        c = a + 1
        assert live.now == 8000
        del a
        assert live.now == 8000
        del b
        assert live.now == 4000
        c += 1
        pair = torch.ones(4, 5).max(dim=1)
        assert live.now == 4000 + 4 * (4 + 8)
        del pair, c
        assert live.now == 0
    assert live.peak == 8000


def request_for(net: nn.Module, x: Tensor, memory: int, **more: object) -> Request:
    taken = whole_model(net, x[:1])
    return Request(taken, x, [0, 1, 2], taken.forward, memory, **more)


@pytest.mark.parametrize("images", [2, 5, 9])
def test_no_pass_holds_more_than_the_memory(images: int) -> None:
    net = network("squeezenet1_1").float()
    x = photos(1, 64, 64).float().expand(30, -1, -1, -1)
    peaks: list[tuple[int, int]] = []

    def run(start: int, stop: int) -> None:
        with LiveBytes() as live, torch.no_grad():
            for _ in class_gradients(parts(net), x[start:stop], [0, 1, 2]):
                pass
        peaks.append((stop - start, live.peak))

    run(0, 1)
    one = peaks.pop()[1]
    memory = images * HELD * one + one
    peaks.clear()
    in_chunks(request_for(net, x, memory), 30, run)
    sizes = [count for count, _ in peaks]
    assert sizes[:3] == [1, images, images]
    assert sum(sizes) == 30
    assert max(peak for _, peak in peaks) * HELD <= memory


def test_one_image_is_the_least_and_progress_follows() -> None:
    net = network("squeezenet1_1").float()
    x = photos(3, 48, 48).float()
    ran: list[tuple[int, int]] = []
    seen: list[tuple[int, int]] = []
    request = request_for(net, x, 1, on_progress=lambda *step: seen.append(step))
    in_chunks(request, 3, lambda *chunk: ran.append((*chunk, len(torch.zeros(10)))[:2]))
    assert ran == [(0, 1), (1, 2), (2, 3)]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    ran.clear()
    in_chunks(
        request_for(net, x, 2**40), 40, lambda *chunk: ran.append((*chunk, len(torch.ones(1)))[:2])
    )
    assert ran[:2] == [(0, 1), (1, 1 + LARGEST_CHUNK)]


def test_a_cancelled_call_does_not_begin() -> None:
    request = request_for(mixed(), photos(1, 8, 8), 1, cancelled=lambda: True)
    with pytest.raises(CancelledError):
        in_chunks(request, 1, lambda _start, _stop: pytest.fail("it ran"))
