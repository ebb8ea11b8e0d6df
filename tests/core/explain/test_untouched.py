"""No method leaves a trace on a model: after success, failure and cancel, in any thread."""

import inspect
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from softcam_core.errors import CancelledError
from softcam_core.explain import MethodError, attribute
from softcam_core.explain.registry import REGISTRY
from softcam_core.models.build import build_model
from softcam_core.models.convert import from_classifier
from tests.core.models.networks import bits, changed, images, varied_classifier

CLASSES = ["a", "b", "c"]
ARCH = "squeezenet1_1"
KINDS = ("torchvision", "blackbox", "softcam", "linear softcam", "dual-branch", "user's own")


@cache
def model(kind: str) -> nn.Module:
    """Shared by the tests, each of which must leave it as it was."""
    net = varied_classifier(ARCH, 3)
    if kind == "softcam":
        net = from_classifier(net, ARCH, CLASSES)[0]
    elif kind == "user's own":
        net = nn.Sequential(net.features, net.classifier, nn.Flatten())
    elif kind != "torchvision":
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            net = build_model(ARCH, CLASSES, kind.removeprefix("linear "))
    net.train()
    next(module for module in net.modules() if isinstance(module, nn.Dropout)).eval()
    return net


def few(method: str, kind: str) -> dict[str, Any]:
    """Options that make a method short, and the layer where a model needs it named."""
    known = inspect.signature(REGISTRY[method].run).parameters
    short = {name: 2 for name in ("steps", "samples", "iterations") if name in known}
    own = kind == "user's own" and REGISTRY[method].at_layer
    return short | ({"layer": "0"} if own else {})


def state(net: nn.Module) -> tuple[dict[str, Tensor], list[bool], list[bool]]:
    return (
        bits(net),
        [module.training for module in net.modules()],
        [parameter.requires_grad for parameter in net.parameters()],
    )


def check(net: nn.Module, before: tuple[dict[str, Tensor], list[bool], list[bool]]) -> None:
    assert changed(net, before[0]) == []
    assert [module.training for module in net.modules()] == before[1]
    assert [parameter.requires_grad for parameter in net.parameters()] == before[2]


def applies(run: Callable[[], object]) -> bool:
    """Whether a method takes a model; a refusal is one sentence of a MethodError."""
    try:
        run()
    except MethodError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", list(REGISTRY))
def test_success_failure_and_cancel_leave_no_trace(method: str, kind: str) -> None:
    net = model(kind)
    x = images(2, 48, 48)
    seen = x.clone()
    before = state(net)
    asked: list[bool] = []

    def call(**more: Any) -> Tensor:
        return attribute(net, x, method, **few(method, kind), **more)

    def counts() -> bool:
        asked.append(True)
        return False

    if not applies(lambda: call(cancelled=counts)):
        check(net, before)
        return
    check(net, before)
    steps: list[tuple[int, int]] = []
    maps = call(progress=lambda done, total: steps.append((done, total)))
    assert steps[-1][0] == steps[-1][1]
    assert maps.shape[:2] == (2, 3)
    assert not maps.requires_grad
    assert bool(maps.isfinite().all())
    check(net, before)

    for after in sorted({0, 1, len(asked) // 2, len(asked) - 1}):
        count = 0

        def cancelled(after: int = after) -> bool:
            nonlocal count
            count += 1
            return count > after

        with pytest.raises(CancelledError):
            call(cancelled=cancelled)
        check(net, before)

    def fails(_done: int, _total: int) -> None:
        raise KeyError("the window closed")

    with pytest.raises(KeyError, match="the window closed"):
        call(progress=fails)
    check(net, before)
    assert torch.equal(x, seen)
    assert x.grad is None


class Breaks(nn.Module):
    """A layer that fails at its n-th pass."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.left = at

    def forward(self, z: Tensor) -> Tensor:
        self.left -= 1
        if self.left <= 0:
            raise RuntimeError("out of memory")
        return z


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("method", list(REGISTRY))
def test_a_network_that_fails_inside_leaves_no_trace(method: str, at: int) -> None:
    net = varied_classifier(ARCH, 3).train()
    net.classifier[2] = nn.Sequential(net.classifier[2], Breaks(at))
    before = state(net)
    if method in ("evidence", "cam"):
        with pytest.raises(MethodError):
            attribute(net, images(1, 48, 48), method)
        return

    def until_it_fails() -> None:
        for _ in range(2):
            attribute(net, images(1, 48, 48), method, **few(method, ""))

    with pytest.raises(RuntimeError, match="out of memory"):
        until_it_fails()
    check(net, before)


@pytest.mark.parametrize("kind", ["torchvision", "linear softcam", "dual-branch", "user's own"])
def test_threads_that_share_a_model_get_their_own_answers(kind: str) -> None:
    net = model(kind)
    before = state(net)
    tasks: list[tuple[str, int, int, dict[str, Any]]] = []
    for method, row in REGISTRY.items():
        for seed, target in ((1, 0), (2, 2)):
            options = few(method, kind)
            if row.at_layer and kind != "user's own" and seed == 2:
                options["layer"] = "features.9"
            tasks.append((method, seed, target, options))

    def run(task: tuple[str, int, int, dict[str, Any]]) -> Tensor | None:
        method, seed, target, options = task
        try:
            return attribute(net, images(1, 33, 48, seed), method, target, **options)
        except MethodError:
            return None

    expected = [run(task) for task in tasks]
    assert sum(maps is not None for maps in expected) > 4
    order = [place for place in range(len(tasks)) if expected[place] is not None] * 3
    random.Random(0).shuffle(order)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda place: run(tasks[place]), order))
    for place, maps in zip(order, found, strict=True):
        right = expected[place]
        assert maps is not None
        assert right is not None
        close = torch.allclose(maps, right, atol=1e-5 * float(right.abs().max()) + 1e-12)
        assert close, tasks[place]
    check(net, before)
