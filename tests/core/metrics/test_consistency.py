"""Activation consistency: golden values, the definition written out, what is undefined."""

import doctest
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softcam_core.metrics import activation_consistency, consistency
from tests.core.metrics import reference_patches as slow

MAPS = st.tuples(st.integers(0, 5), st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: hnp.arrays(
        np.float32, shape, elements=st.sampled_from([-2.0, -0.5, 0.0, 1.0, 3.0, math.nan])
    )
)


def test_golden_values(golden: Path) -> None:
    with np.load(golden / "activation_consistency.npz") as data:
        maps = data["maps"]
        ill = activation_consistency(maps, np.ones(8, bool))
        healthy = activation_consistency(maps, np.zeros(8, bool), healthy_map="class0")
        assert ill.positive.tolist() == data["positive_share_class1"].tolist()
        assert ill.negative.shape == (0,)
        assert healthy.negative.tolist() == data["negative_share_class0"].tolist()
        assert healthy.positive.shape == (0,)


def test_golden_edge_cases(golden: Path) -> None:
    with np.load(golden / "localization_edge_cases.npz") as data:
        positive, negative = activation_consistency(data["maps"], data["diseased"])
        np.testing.assert_allclose(positive.numpy(), data["r_plus"], rtol=0, atol=1e-12)
        np.testing.assert_allclose(negative.numpy(), data["r_minus"], rtol=0, atol=1e-12)


@settings(max_examples=80, deadline=None)
@given(maps=MAPS, seed=st.integers(0, 99))
def test_the_definition_gives_the_same(maps: np.ndarray, seed: int) -> None:
    rng = np.random.default_rng(seed)
    diseased = rng.random(len(maps)) > 0.5
    expected = slow.consistency(maps, diseased)
    found = activation_consistency(maps, diseased)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.tolist() == pytest.approx(theirs, nan_ok=True)
    # Only the sign counts.
    scaled = activation_consistency(maps * 1e-3, diseased)
    # With a map per class, the disease's is the second.
    classes = np.stack([rng.normal(size=maps.shape), maps, rng.normal(size=maps.shape)], axis=1)
    of_all = activation_consistency(classes, diseased)
    for again in (scaled, of_all):
        for ours, theirs in zip(again, found, strict=True):
            np.testing.assert_array_equal(ours.numpy(), theirs.numpy())


def test_images_keep_their_order() -> None:
    maps = torch.tensor([[[1.0, 1.0]], [[1.0, -1.0]], [[-1.0, -1.0]], [[-1.0, 0.0]]])
    found = activation_consistency(maps, [True, True, False, False])
    assert found.positive.tolist() == [1, 0.5]
    assert found.negative.tolist() == [1, 0.5]
    order = [3, 1, 2, 0]
    again = activation_consistency(maps[order], [False, True, False, True])
    assert again.positive.tolist() == [0.5, 1]
    assert again.negative.tolist() == [0.5, 1]


def test_the_released_variant_looks_at_the_healthy_class() -> None:
    maps = torch.tensor([[[[-1.0, -1.0]], [[1.0, -1.0]]]])
    assert activation_consistency(maps, [False]).negative.tolist() == [0.5]
    assert activation_consistency(maps, [False], healthy_map="class0").negative.tolist() == [1]
    assert activation_consistency(maps, [True], healthy_map="class0").positive.tolist() == [0.5]


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_map_that_is_not_finite_is_undefined(value: float) -> None:
    maps = torch.ones(4, 2, 2)
    maps[0, 1, 1] = maps[2, 0, 0] = value
    found = activation_consistency(maps, [1, 1, 0, 0])
    assert found.positive.isnan().tolist() == [True, False]
    assert found.negative.isnan().tolist() == [True, False]


def test_types() -> None:
    maps = torch.randn(3, 2, 5, 4, requires_grad=True)
    found = activation_consistency(maps, torch.tensor([1, 0, 1]))
    assert found.positive.shape == (2,)
    assert found.negative.shape == (1,)
    for values in found:
        assert values.dtype == torch.float64
        assert not values.requires_grad


@pytest.mark.parametrize(
    ("maps", "diseased", "healthy_map", "message"),
    [
        ((4, 4), 4, "disease", r"^maps: expected shape \(N, h, w\), or .* got \(4, 4\)"),
        ((3, 1, 4, 4), 3, "disease", r"^maps: expected .* C of at least 2, got \(3, 1, 4, 4\)"),
        ((3, 4, 4), 3, "class0", r"^maps: expected shape \(N, C, h, w\) .*, got \(3, 4, 4\)"),
        ((3, 0, 4), 3, "disease", r"^maps: expected .* got \(3, 0, 4\)"),
        ((3, 4, 4), 2, "disease", r"^diseased: expected shape \(N,\) with N = 3, got \(2,\)"),
        ((3, 4, 4), 3, "both", "^healthy_map: expected 'disease' or 'class0', got 'both'"),
    ],
)
def test_what_is_wrong_is_named(maps, diseased: int, healthy_map: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        activation_consistency(torch.zeros(maps), torch.ones(diseased), healthy_map)


def test_grades_are_no_diseased() -> None:
    with pytest.raises(ValueError, match="diseased: expected bool, or 0 and 1 only"):
        activation_consistency(torch.zeros(2, 4, 4), [0, 3])


def test_the_examples_in_the_documentation() -> None:
    result = doctest.testmod(consistency)
    assert result.failed == 0
    assert result.attempted > 0
