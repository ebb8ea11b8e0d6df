"""Computing only what a patch reaches gives the numbers of the whole network."""

import doctest
from types import SimpleNamespace

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from softcam_core.metrics import occlusion_curves, shared_stages
from softcam_core.metrics.shared_stages import SharedStages
from softcam_core.metrics.windows import Window, windows
from softcam_core.models.build import build_model

EXACT = 1e-10
LAST = (nn.Conv2d, nn.Linear)


def maps(count: int, rows: int = 5, columns: int = 6) -> list[torch.Tensor]:
    """Maps that agree, part, and meet again: the second and third differ in two ranks only."""
    generator = torch.Generator().manual_seed(2)
    one = torch.randn(rows, columns, generator=generator).double()
    another = one.clone()
    ranks = one.flatten().argsort(descending=True)[[1, 2]]
    another.flatten()[ranks] = one.flatten()[ranks.flip(0)]
    others = [torch.randn(rows, columns, generator=generator).double() for _ in range(count)]
    return [one, another, one * 2, *others][:count]


def image(rows: int, columns: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(3)
    return torch.randn(3, rows, columns, generator=generator).double()


def lively(model: nn.Module) -> nn.Module:
    """Make an untrained network tell inputs apart: norms of a batch, logits of a few units."""
    model = model.double().train()
    batch = torch.stack([image(96, 96), image(96, 96).flip(1), torch.zeros(3, 96, 96)])
    with torch.no_grad():
        for layer in model.modules():
            if isinstance(layer, nn.BatchNorm2d):
                layer.momentum = None
        model(batch)
        logits = model.eval().classify(batch).logits
        last = [layer for layer in model.head.modules() if isinstance(layer, LAST)][-1]
        for weight in last.parameters():
            weight.mul_(4 / (logits.max() - logits.min()))
    return model


def difference(model, picture: torch.Tensor, some: list[torch.Tensor], **options) -> float:
    shared = SharedStages(model)
    found = occlusion_curves(shared, picture, some, 1, **options)
    whole = occlusion_curves(shared.__call__, picture, some, 1, **options)
    assert (found.passes, found.asked) == (whole.passes, whole.asked)
    assert torch.allclose(found.original, whole.original, rtol=0, atol=EXACT)
    values = torch.stack([curve.values for curve in whole])
    assert values.std(dim=1).min() > 1e4 * EXACT, (
        "every picture gives the same, which shows nothing"
    )
    return float((torch.stack([curve.values for curve in found]) - values).abs().max())


NETWORKS = [
    ("resnet18", "softcam"), ("resnet18", "blackbox"), ("resnet18", "dual-branch"),
    ("resnet50", "softcam"), ("vgg11_bn", "softcam"), ("squeezenet1_0", "softcam"),
    ("squeezenet1_1", "blackbox"), ("densenet121", "softcam"), ("mobilenet_v2", "softcam"),
]  # fmt: skip


@pytest.mark.parametrize(("arch", "head"), NETWORKS)
def test_networks_give_the_same(arch: str, head: str) -> None:
    torch.manual_seed(0)
    model = lively(build_model(arch, classes=["a", "b", "c"], head=head))
    options = {"k": 4, "patch": 9, "batch": 3}
    assert difference(model, image(97, 130), maps(4), **options) < EXACT
    stages, _ = SharedStages(model)._plan(image(97, 130), 9)
    assert stages


def test_insertions_are_the_same_too() -> None:
    torch.manual_seed(0)
    model = lively(build_model("resnet18", classes=["a", "b"]))
    options = {"k": 40, "patch": 20, "mode": "insertion"}
    assert difference(model, image(97, 130), maps(3), **options) < EXACT


@pytest.mark.parametrize("arch", ["inception_v3", "efficientnet_b0", "convnext_tiny"])
def test_a_network_that_is_not_understood_runs_as_it_is(arch: str) -> None:
    torch.manual_seed(0)
    model = lively(build_model(arch, classes=["a", "b"]))
    assert difference(model, image(96, 96), maps(2), k=2, patch=33) < EXACT


SPATIAL = st.builds(
    lambda kind, kernel, stride, padding, dilation, ceil: (
        nn.Conv2d(3, 3, kernel, stride, min(padding, kernel - 1), dilation)
        if kind == "conv"
        else nn.MaxPool2d(kernel, stride, min(padding, kernel // 2), dilation, ceil_mode=ceil)
        if kind == "max"
        else nn.AvgPool2d(kernel, stride, min(padding, kernel // 2), ceil_mode=ceil)
    ),
    st.sampled_from(["conv", "conv", "max", "average"]), st.integers(1, 4), st.integers(1, 3),
    st.integers(0, 2), st.integers(1, 2), st.booleans(),
)  # fmt: skip
LAYERS = st.lists(st.one_of(SPATIAL, SPATIAL, st.builds(nn.ReLU, st.just(True))), max_size=6)


class Tiny(nn.Module):
    """Layers, and a head on the mean of what is left of the image."""

    def __init__(self, layers: list[nn.Module]) -> None:
        super().__init__()
        self.backbone = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(12, 2))

    def classify(self, x: torch.Tensor) -> SimpleNamespace:
        return SimpleNamespace(logits=self.head(self.backbone(x)))


@settings(max_examples=100, deadline=None)
@given(
    layers=LAYERS, rows=st.integers(24, 60), columns=st.integers(24, 60), patch=st.integers(3, 9),
    batch=st.integers(1, 6), seed=st.integers(0, 9),
    mode=st.sampled_from(["deletion", "insertion"]),
)  # fmt: skip
def test_any_layers_give_the_same(layers, rows, columns, patch, batch, seed, mode) -> None:
    torch.manual_seed(seed)
    model = Tiny(layers).double().eval()
    for weight in model.parameters():
        nn.init.normal_(weight)
    picture = image(rows, columns)
    try:
        model.classify(picture[None])
    except RuntimeError:
        return  # Nothing is left of the image.
    shared = SharedStages(model)
    options = {"k": 6, "patch": patch, "batch": batch, "mode": mode}
    found = occlusion_curves(shared, picture, maps(4), 1, **options)
    whole = occlusion_curves(shared.__call__, picture, maps(4), 1, **options)
    for one, other in zip(found, whole, strict=True):
        assert torch.allclose(one.probabilities, other.probabilities, rtol=0, atol=EXACT)


def test_many_branches_begin_where_their_parent_was_left() -> None:
    torch.manual_seed(0)
    model = lively(build_model("resnet18", classes=["a", "b"]))
    generator = torch.Generator().manual_seed(5)
    some = [torch.randn(5, 6, generator=generator).double() for _ in range(5)]
    assert len({int(one.argmax()) for one in some}) >= 4
    assert difference(model, image(80, 96), some, k=4, patch=16) < EXACT


def test_the_first_layers_see_a_fraction_of_the_pixels() -> None:
    torch.manual_seed(0)
    model = build_model("resnet18", classes=["a", "b"]).eval()
    pixels = []
    model.backbone.layer1.register_forward_hook(lambda _, x, __: pixels.append(x[0].numel()))
    for child in model.backbone.layer1:
        child.register_forward_hook(lambda _, x, __: pixels.append(x[0].numel()))
    picture = image(256, 256).float()
    totals = []
    for predict in (SharedStages(model), SharedStages(model).__call__):
        pixels.clear()
        occlusion_curves(predict, picture, maps(2), 1, k=20, patch=33)
        totals.append(sum(pixels))
    assert totals[0] < totals[1] / 4


def test_the_sizes_may_change_and_the_model_must_be_in_eval_mode() -> None:
    torch.manual_seed(0)
    model = lively(build_model("resnet18", classes=["a", "b"]))
    shared = SharedStages(model)
    for size in ((64, 96), (97, 64), (64, 96)):
        found = occlusion_curves(shared, image(*size), maps(2), 1, k=3, patch=16)
        whole = occlusion_curves(shared.__call__, image(*size), maps(2), 1, k=3, patch=16)
        assert torch.allclose(found[1].values, whole[1].values, rtol=0, atol=EXACT)
    with pytest.raises(ValueError, match="model: expected one in eval mode"):
        SharedStages(model.train())


# Windows

WINDOWS = st.builds(Window, st.integers(0, 6), st.integers(1, 3), st.integers(0, 3))


@given(window=WINDOWS, start=st.integers(0, 20), length=st.integers(1, 9))
def test_a_window_is_what_its_layer_looks_at(window: Window, start: int, length: int) -> None:
    changed = range(start, start + length)

    def looks_at(output: int) -> range:
        first = output * window.stride - window.padding
        return range(first, first + window.reach + 1)

    reached = [i for i in range(-20, 60) if set(looks_at(i)) & set(changed)]
    first, stop = window.changed((start, start + length))
    assert list(range(first, stop)) == reached
    seen = {pixel for output in changed for pixel in looks_at(output)}
    assert window.seen((start, start + length)) == (min(seen), max(seen) + 1)


class Wider(nn.Conv2d):
    """A convolution of somebody's own, which may look anywhere."""


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (nn.ReLU(), []),
        (nn.Conv2d(3, 3, 1), []),
        (nn.Conv2d(3, 3, 3, 2, 1, 2), [Window(4, 2, 1)]),
        (nn.Sequential(nn.MaxPool2d(2), nn.AvgPool2d(3, 1, 1)), [Window(1, 2, 0), Window(2, 1, 1)]),
        (nn.Conv2d(3, 3, (1, 7), padding=(0, 3)), None),
        (nn.Conv2d(3, 3, 3, padding="same"), None),
        (nn.Conv2d(3, 3, 3, padding=1, padding_mode="circular"), None),
        (nn.AdaptiveAvgPool2d(1), None),
        (nn.LayerNorm(3), None),
        (nn.Sequential(nn.ReLU(), nn.Softmax(dim=-1)), None),
        (Wider(3, 3, 3), None),
    ],
)
def test_only_layers_that_are_known_have_windows(layer: nn.Module, expected) -> None:
    assert windows(layer) == expected


def test_the_examples_in_the_documentation() -> None:
    result = doctest.testmod(shared_stages)
    assert result.failed == 0
    assert result.attempted > 0
