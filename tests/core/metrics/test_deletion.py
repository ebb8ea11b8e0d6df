"""The curves of several maps of one image: each distinct picture is computed once."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.errors import CancelledError
from softcam_core.metrics import occlusion_curves
from tests.core.metrics import reference_faithfulness as reference

IMAGE = torch.randn(3, 17, 13, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
PATCHES = 5 * 4
PLACE = {"k": 6, "patch": 4}


class Model:
    """Softmax of the mean colours, times what differs from pixel to pixel; counts its images."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        generator = torch.Generator().manual_seed(1)
        self.weight = torch.randn(3, *IMAGE.shape, generator=generator, dtype=torch.float64)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        self.batches.append(len(x))
        return torch.softmax(torch.einsum("bchw,kchw->bk", x, self.weight) / 20, dim=1)


def random_map(seed: int) -> torch.Tensor:
    return torch.randn(5, 4, generator=torch.Generator().manual_seed(seed)).double()


@settings(max_examples=40, deadline=None)
@given(
    seeds=st.lists(st.integers(0, 3), min_size=1, max_size=5), k=st.integers(1, 25),
    batch=st.integers(1, 40), mode=st.sampled_from(["deletion", "insertion"]),
)  # fmt: skip
def test_sharing_changes_no_number(seeds: list[int], k: int, batch: int, mode) -> None:
    maps = [random_map(seed) for seed in seeds]
    model = Model()
    found = occlusion_curves(model, IMAGE, maps, 1, k, 4, mode, batch)
    assert len(found) == len(maps)
    pictures = set()
    for one, curve in zip(maps, found, strict=True):
        expected, used = reference.curve(model, IMAGE, one.numpy(), 1, k, 4, mode)
        np.testing.assert_allclose(curve.values.numpy(), expected, rtol=0, atol=1e-12)
        assert (curve.used, curve.held) == (used, k > PATCHES)
        assert torch.equal(curve.predicted, curve.probabilities.argmax(dim=1))
        order = reference.ranked(one.numpy(), 17, 13, 4)
        gone = [frozenset(map(str, order[:step])) for step in range(used + 1)]
        if mode == "insertion":
            gone = [frozenset(map(str, order)) - some for some in gone]
        pictures.update(gone)
    assert found.passes == len(pictures | {frozenset()})
    assert found.asked == len(maps) * (min(k, PATCHES) + 1)
    original = model(IMAGE[None])[0]
    assert torch.allclose(found.original, original, rtol=0, atol=1e-12)


def test_the_model_sees_each_picture_once_in_batches() -> None:
    model = Model()
    scaled = [random_map(0), random_map(0) * 3, random_map(0) + 1]
    found = occlusion_curves(model, IMAGE, scaled, 0, **PLACE, batch=3)
    assert model.batches == [3, 3, 1]
    assert (found.passes, found.asked) == (7, 21)
    model.batches.clear()
    assert occlusion_curves(model, IMAGE, [random_map(0), -random_map(0)], 0, **PLACE).passes == 13
    assert model.batches == [8, 5]


def test_maps_of_any_size_go_together() -> None:
    small = random_map(0)
    whole = torch.nn.functional.interpolate(small[None, None], (17, 13), mode="bicubic")[0, 0]
    found = occlusion_curves(Model(), IMAGE, [small, whole], 0, **PLACE)
    assert torch.equal(found[0].values, found[1].values)
    assert found.passes == 7


def test_a_map_that_is_not_finite_has_no_curve_and_the_others_have() -> None:
    bad = random_map(0)
    bad[0, 0] = math.nan
    found = occlusion_curves(Model(), IMAGE, [bad, random_map(1)], 0, **PLACE)
    assert found[0].probabilities.isnan().all()
    assert (found[0].used, found[0].predicted.tolist()) == (0, [-1] * 7)
    alone = occlusion_curves(Model(), IMAGE, [random_map(1)], 0, **PLACE)
    assert torch.equal(found[1].probabilities, alone[0].probabilities)
    assert (found.passes, found.asked) == (7, 7)
    only = occlusion_curves(Model(), IMAGE, [bad], 0, **PLACE)
    assert (only.passes, only.asked, len(only)) == (1, 0, 1)
    assert occlusion_curves(Model(), IMAGE, [], 0, **PLACE).passes == 1


def test_progress_ends_at_the_images_to_do() -> None:
    calls: list[tuple[int, int]] = []
    occlusion_curves(
        Model(), IMAGE, [random_map(0)], 0, **PLACE, batch=3,
        progress=lambda done, total: calls.append((done, total)),
    )  # fmt: skip
    assert calls == [(3, 7), (6, 7), (7, 7)]


def test_it_stops_between_two_batches() -> None:
    model = Model()
    with pytest.raises(CancelledError):
        occlusion_curves(
            model, IMAGE, [random_map(0)], 0, **PLACE, batch=2,
            cancelled=lambda: len(model.batches) == 2,
        )  # fmt: skip
    assert model.batches == [2, 2]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"image": IMAGE[None]}, r"image: expected shape \(3, H, W\), got \(1, 3, 17, 13\)"),
        ({"maps": [random_map(0)[None]]}, r"maps: expected shape \(h, w\) each, got \(1, 5, 4\)"),
        ({"mode": "removal"}, "mode: expected 'deletion' or 'insertion', got 'removal'"),
        ({"class_index": 3}, "class_index: expected 0 to 2"),
    ],
)
def test_a_wrong_argument_is_an_error(change: dict, said: str) -> None:
    arguments = {"image": IMAGE, "maps": [random_map(0)], "class_index": 0, **PLACE}
    with pytest.raises(ValueError, match=said):
        occlusion_curves(Model(), **{**arguments, **change})


def test_a_quick_batch_follows_from_the_pixels() -> None:
    seen: list[int] = []

    def predict(x: torch.Tensor) -> torch.Tensor:
        seen.append(len(x))
        return torch.full((len(x), 2), 0.5)

    one = torch.randn(8, 8, generator=torch.Generator().manual_seed(0))
    for side, expected in ((64, [8, 1]), (224, [4, 4, 1]), (448, [1] * 9)):
        seen.clear()
        occlusion_curves(predict, torch.zeros(3, side, side), [one], 0, k=8, patch=side // 8)
        assert seen == expected
