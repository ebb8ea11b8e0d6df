"""Deletion and insertion: golden values, the definition written out, properties, bad input."""

import doctest
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softcam_core import metrics
from softcam_core.metrics import (
    area_under_deletion_curve,
    deletion_curve,
    faithfulness,
    insertion_curve,
)
from tests.core.metrics import reference_faithfulness as reference


def network(weight: torch.Tensor, bias: torch.Tensor, scale: float = 8.0):
    """One convolution on cells of the weight's size; logits are the mean over the cells."""

    def predict(x: torch.Tensor) -> torch.Tensor:
        cells = torch.nn.functional.conv2d(x, weight, bias, stride=weight.shape[-1])
        return torch.softmax(scale * cells.mean(dim=(2, 3)), dim=1)

    return predict


def small_network(classes: int = 3, seed: int = 0):
    generator = torch.Generator().manual_seed(seed)
    weight = torch.randn(classes, 3, 4, 4, generator=generator, dtype=torch.float64)
    return network(weight, torch.zeros(classes, dtype=torch.float64), scale=2.0)


def left_half(x: torch.Tensor) -> torch.Tensor:
    """A model that looks at the left 33 columns only."""
    p = 0.9 * x[:, 0, :, :33].mean(dim=(1, 2))
    return torch.stack([1 - p, p], dim=1)


@pytest.mark.parametrize("name", ["deletion", "deletion_edge_cases"])
def test_golden_values(golden: Path, name: str) -> None:
    with np.load(golden / f"{name}.npz") as data:
        parts = (torch.from_numpy(data[part]) for part in ("weight", "bias"))
        predict = network(*parts, scale=float(data["logit_scale"]))
        curves, used = deletion_curve(
            predict, data["images"], data["maps"], data["classes"], return_used=True
        )
        np.testing.assert_allclose(curves.numpy(), data["curves"], rtol=0, atol=1e-5)
        areas = area_under_deletion_curve(curves).numpy()
        np.testing.assert_allclose(areas, data["audc"], rtol=0, atol=1e-5)
        height, width = data["images"].shape[2:]
    assert set(used.tolist()) == {min(30, math.ceil(height / 33) * math.ceil(width / 33))}


# Thousandths, so that equal patch means are equal and others are not.
VALUES = st.integers(-4000, 4000).map(lambda v: v / 1000)
SIDES = st.integers(8, 22)
MAPS = hnp.array_shapes(min_dims=2, max_dims=2, max_side=4).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=VALUES)
)


def picture(rows: int, columns: int, seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(3, rows, columns, generator=generator, dtype=torch.float64)


@settings(max_examples=60, deadline=None)
@given(
    one=MAPS, rows=SIDES, columns=SIDES, k=st.integers(1, 12), side=st.integers(3, 12),
    seed=st.integers(0, 9), index=st.integers(0, 2), batch=st.integers(1, 5),
)  # fmt: skip
def test_the_definition_gives_the_same(one, rows, columns, k, side, seed, index, batch) -> None:
    image, predict = picture(rows, columns, seed), small_network(seed=seed)
    means = [
        reference.upsample(one, rows, columns)[p].mean()
        for p in reference.patches(rows, columns, side)
    ]
    gaps = np.diff(np.sort(means))
    if ((gaps > 0) & (gaps < 1e-7)).any():
        return  # What is equal but for rounding may come in any order.
    arguments = (predict, image[None], one[None], torch.tensor([index]), k, side)
    for mode, metric in (("deletion", deletion_curve), ("insertion", insertion_curve)):
        expected, used = reference.curve(predict, image, one, index, k, side, mode)
        found = metric(*arguments, score="probability", batch=batch)
        np.testing.assert_allclose(found[0].numpy(), expected, rtol=0, atol=1e-9)
        original = float(predict(image[None])[0, index])
        ratio = metric(*arguments, batch=batch)
        np.testing.assert_allclose(ratio[0].numpy(), np.array(expected) / original, atol=1e-9)
        area = float(area_under_deletion_curve(ratio)[0])
        assert area == pytest.approx(reference.area((ratio[0]).tolist()), rel=1e-12, abs=1e-9)
    counted = deletion_curve(*arguments, return_used=True)[1]
    assert counted.tolist() == [used]


SCENE = {"k": 6, "patch": 5}


def scene(count: int = 3) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    images = torch.stack([picture(16, 21, seed) for seed in range(count)])
    maps = torch.randn(count, 4, 5, generator=torch.Generator().manual_seed(1)).double()
    return images, maps, torch.arange(count) % 3


def test_the_first_value_is_one_and_the_area_of_a_constant_curve_too() -> None:
    curves = deletion_curve(small_network(), *scene(), **SCENE)
    assert curves.dtype == torch.float64
    assert curves.shape == (3, 7)
    assert curves[:, 0].tolist() == [1, 1, 1]
    assert area_under_deletion_curve(torch.ones(2, 31)).tolist() == pytest.approx([1, 1])


def test_a_permutation_of_images_permutes_the_curves() -> None:
    images, maps, classes = scene()
    order = torch.tensor([2, 0, 1])
    for metric in (deletion_curve, insertion_curve):
        curves = metric(small_network(), images, maps, classes, **SCENE)
        moved = metric(small_network(), images[order], maps[order], classes[order], **SCENE)
        assert torch.allclose(moved, curves[order], rtol=0, atol=1e-12)


@settings(max_examples=20, deadline=None)
@given(factor=st.floats(1e-3, 1e3), shift=st.floats(-5, 5))
def test_the_scale_of_a_map_changes_nothing(factor: float, shift: float) -> None:
    images, maps, classes = scene()
    curves = deletion_curve(small_network(), images, maps, classes, **SCENE)
    scaled = deletion_curve(small_network(), images, maps * factor + shift, classes, **SCENE)
    assert torch.allclose(scaled, curves, rtol=0, atol=1e-12)


def test_a_reversed_map_inserts_what_the_map_deletes_last() -> None:
    """Deleting all but j patches is inserting those j, in the reversed order."""
    images, maps, classes = scene()
    patches = 4 * 5
    down = deletion_curve(small_network(), images, maps, classes, k=patches, patch=5)
    up = insertion_curve(small_network(), images, -maps, classes, k=patches, patch=5)
    assert torch.allclose(down.flip(1), up, rtol=0, atol=1e-12)


def test_a_model_that_looks_at_one_patch_gives_a_step() -> None:
    image, one = torch.ones(1, 3, 33, 99), torch.tensor([[[2.0, 3.0, 1.0]]])
    down = deletion_curve(left_half, image, one, [1], k=3)
    assert down.tolist() == [[1, 1, 0, 0]]
    assert insertion_curve(left_half, image, one, [1], k=3).tolist() == [[0, 0, 1, 1]]
    assert area_under_deletion_curve(down).tolist() == pytest.approx([0.5])


def test_equal_patches_go_in_reading_order() -> None:
    image = torch.ones(1, 3, 33, 99)
    assert deletion_curve(left_half, image, torch.zeros(1, 1, 3), [1], k=1).tolist() == [[1, 0]]


def test_an_image_with_fewer_patches_holds_its_last_value_and_says_so() -> None:
    image, one = torch.ones(1, 3, 33, 66), torch.tensor([[[2.0, 3.0]]])
    curves, used = deletion_curve(left_half, image, one, [0], k=5, return_used=True)
    assert used.tolist() == [2]
    assert curves[0].tolist() == pytest.approx([1, 1, 10, 10, 10, 10])
    assert insertion_curve(left_half, image, one, [0], k=5)[0, 2:].tolist() == [1, 1, 1, 1]


# Options


def test_the_released_accuracy_asks_for_class_1_on_diseased_images() -> None:
    images, maps = torch.ones(2, 3, 33, 66), torch.tensor([[[1.0, 2.0]]]).expand(2, -1, -1)
    found = deletion_curve(left_half, images, maps, [1, 0], k=2, score="accuracy")
    assert found[0].tolist() == [1, 1, 0]
    assert found[1].isnan().all()


def test_the_released_top_1_follows_whatever_class_is_first_and_is_clipped() -> None:
    image, one = torch.ones(1, 3, 33, 66), torch.tensor([[[2.0, 1.0]]])
    # From 0.9 for class 1 to 1.0 for class 0: a ratio of 0, and 1.1 clipped to 1.
    assert deletion_curve(left_half, image, one, [1], k=1).tolist() == [[1, 0]]
    found = deletion_curve(left_half, image, one, [1], k=1, score="top1_clipped")
    assert found.tolist() == [[1, 1]]
    half = torch.full_like(image, 0.5) + 0.5 * (torch.arange(66) < 16)
    found = deletion_curve(left_half, half, -one, [1], k=1, score="top1_clipped")
    assert found.tolist() == [[1, 1]]


# Where a value is undefined


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("score", ["ratio", "probability", "accuracy", "top1_clipped"])
def test_a_map_that_is_not_finite_spoils_its_own_curve_only(bad: float, score: str) -> None:
    images, maps, _ = scene()
    maps[1, 0, 0] = bad
    curves, used = deletion_curve(
        small_network(), images, maps, [1, 1, 1], **SCENE, score=score, return_used=True
    )
    assert curves.isnan().all(dim=1).tolist() == [False, True, False]
    assert not curves[[0, 2]].isnan().any()
    assert used.tolist() == [6, 0, 6]
    assert area_under_deletion_curve(curves).isnan().tolist() == [False, True, False]


def test_a_class_of_no_probability_has_no_ratio() -> None:
    def dark(x: torch.Tensor) -> torch.Tensor:
        p = 1 - x.mean(dim=(1, 2, 3))
        return torch.stack([1 - p, p], dim=1)

    arguments = (dark, torch.ones(1, 3, 33, 66), torch.tensor([[[2.0, 1.0]]]), [1], 2)
    assert deletion_curve(*arguments).isnan().all()
    assert insertion_curve(*arguments).isnan().all()
    found = deletion_curve(*arguments, score="probability")
    assert found[0].tolist() == pytest.approx([0, 0.5, 1])


def test_a_model_that_predicts_nan_gives_nan() -> None:
    def predict(x: torch.Tensor) -> torch.Tensor:
        return torch.full((len(x), 2), torch.nan)

    image, one = torch.ones(1, 3, 33, 66), torch.tensor([[[2.0, 1.0]]])
    for score in ("ratio", "probability", "accuracy", "top1_clipped"):
        assert deletion_curve(predict, image, one, [1], k=2, score=score).isnan().all()


# What goes in and out


def test_arrays_and_no_images_at_all() -> None:
    images, maps, classes = scene()
    expected = deletion_curve(small_network(), images, maps, classes, **SCENE)
    arrays = (value.numpy() for value in (images, maps, classes))
    assert torch.equal(deletion_curve(small_network(), *arrays, **SCENE), expected)
    nothing = (images[:0], maps[:0], classes[:0])
    curves, used = deletion_curve(small_network(), *nothing, k=4, return_used=True)
    assert curves.shape == (0, 5)
    assert used.shape == (0,)
    assert insertion_curve(small_network(), *nothing, k=4).shape == (0, 5)
    assert area_under_deletion_curve(curves).shape == (0,)


def test_nothing_given_is_changed_and_no_gradient_is_kept() -> None:
    images, maps, classes = scene()
    before = images.clone(), maps.clone()
    weight = torch.ones((), dtype=torch.float64, requires_grad=True)
    curves = deletion_curve(lambda x: small_network()(x * weight), images, maps, classes, **SCENE)
    assert not curves.requires_grad
    assert torch.equal(images, before[0])
    assert torch.equal(maps, before[1])


GOOD = {"images": (2, 3, 16, 16), "maps": (2, 4, 4), "classes": (2,)}


@pytest.mark.parametrize("metric", [deletion_curve, insertion_curve])
@pytest.mark.parametrize(
    ("argument", "shape"),
    [
        ("images", (3, 16, 16)),
        ("images", (2, 3, 0, 16)),
        ("maps", (4, 4)),
        ("maps", (3, 4, 4)),
        ("maps", (2, 1, 4, 4)),
        ("maps", (2, 0, 4)),
        ("classes", (3,)),
        ("classes", (2, 1)),
    ],
)
def test_a_wrong_shape_names_argument_received_and_expected(metric, argument, shape) -> None:
    shapes = {**GOOD, argument: shape}
    arguments = {name: torch.zeros(size, dtype=torch.int64) for name, size in shapes.items()}
    with pytest.raises(ValueError, match=rf"^{argument}: expected ") as error:
        metric(small_network(), **arguments)
    assert str(shape) in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"classes": [0.0]}, "classes: expected 1 whole numbers"),
        ({"classes": [3]}, "class_index: expected 0 to 2"),
        ({"classes": [-1]}, "class_index: expected 0 to 2"),
        ({"k": 0}, "k: expected at least 1, got 0"),
        ({"patch": 0}, "patch: expected at least 1, got 0"),
        ({"batch": 0}, "batch: expected at least 1, got 0"),
        ({"score": "mean"}, "score: expected one of ratio, probability, accuracy, top1_clipped"),
        ({"predict": lambda x: x.mean(dim=(2, 3)) * 50}, r"predict: expected probabilities in"),
        ({"predict": lambda x: torch.ones(len(x))}, r"predict: expected probabilities of shape"),
        ({"predict": lambda x: torch.ones(1, 2)}, r"predict: expected probabilities of shape"),
    ],
)
def test_a_wrong_value_is_an_error(change: dict, said: str) -> None:
    images, maps, _ = scene(1)
    arguments = {"predict": small_network(), "images": images, "maps": maps, "classes": [0]}
    with pytest.raises(ValueError, match=f"^{said}"):
        deletion_curve(**{**arguments, "patch": 5, **change})


def test_an_insertion_has_no_released_score() -> None:
    with pytest.raises(ValueError, match="score: expected one of ratio, probability, got"):
        insertion_curve(small_network(), *scene(), score="accuracy")


@pytest.mark.parametrize("curves", [torch.ones(31), torch.ones(2, 1), torch.ones(1, 2, 31)])
def test_an_area_needs_curves(curves: torch.Tensor) -> None:
    with pytest.raises(ValueError, match=r"^curves: expected shape \(N, k \+ 1\)"):
        area_under_deletion_curve(curves)


def test_the_examples_in_the_documentation() -> None:
    result = doctest.testmod(faithfulness)
    assert result.failed == 0
    assert result.attempted > 0
    public = {"deletion_curve", "insertion_curve", "area_under_deletion_curve"}
    assert set(metrics.__all__) >= public
