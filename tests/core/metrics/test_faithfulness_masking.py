"""Average drop and increase in confidence, and the image that they are measured on."""

import doctest
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softcam_core.metrics import average_drop, increase_in_confidence, masked_input, masking
from tests.core.metrics import reference_faithfulness as reference

PROBABILITIES = st.lists(st.tuples(*[st.sampled_from([0, 0.1, 0.5, 0.7, 1])] * 2), max_size=6)


@given(pairs=PROBABILITIES)
def test_the_definition_gives_the_same(pairs: list[tuple[float, float]]) -> None:
    p, p_masked = ([pair[i] for pair in pairs] for i in range(2))
    for metric in (average_drop, increase_in_confidence):
        expected = getattr(reference, metric.__name__)(p, p_masked)
        found = metric(np.array(p), np.array(p_masked))
        assert found.dtype == torch.float64
        assert float(found) == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_an_undefined_image_is_left_out() -> None:
    p, p_masked = [0.5, 0.0, 0.5, math.nan], [0.25, 0.5, math.nan, 0.5]
    assert masking.drops(p, p_masked).isnan().tolist() == [False, True, True, True]
    assert masking.increases(p, p_masked).isnan().tolist() == [False, True, True, True]
    assert float(average_drop(p, p_masked)) == 50
    assert float(increase_in_confidence(p, p_masked)) == 0
    assert average_drop(p[1:], p_masked[1:]).isnan()
    assert increase_in_confidence([], []).isnan()


MAPS = hnp.array_shapes(min_dims=2, max_dims=2, max_side=4).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=st.integers(-9, 9))
)


@settings(max_examples=50, deadline=None)
@given(one=MAPS, rows=st.integers(1, 9), columns=st.integers(1, 9))
def test_the_masked_image_is_the_image_times_the_map(one: np.ndarray, rows, columns) -> None:
    generator = torch.Generator().manual_seed(0)
    image = torch.randn(3, rows, columns, generator=generator, dtype=torch.float64)
    large = reference.upsample(one, rows, columns)
    if one.min() < one.max() and large.max() - large.min() < 1e-9:
        return  # A map of which no difference is left.
    found = masked_input(image[None], one[None])[0]
    np.testing.assert_allclose(found.numpy(), reference.masked(image, one), rtol=0, atol=1e-9)


@pytest.mark.parametrize("value", [0.0, 3.0, -3.0, 0.1])
def test_a_constant_map_shows_nothing(value: float) -> None:
    found = masked_input(torch.ones(1, 3, 50, 41), torch.full((1, 7, 7), value))
    assert found.count_nonzero() == 0


def test_a_map_that_is_not_finite_makes_its_own_image_nan() -> None:
    maps = torch.rand(3, 4, 4)
    maps[0, 1, 1], maps[2, 0, 0] = math.nan, math.inf
    found = masked_input(torch.ones(3, 3, 8, 8), maps)
    assert found.isnan().flatten(1).all(dim=1).tolist() == [True, False, True]
    assert not found[1].isnan().any()


def test_one_image_with_many_maps_and_types() -> None:
    image, maps = torch.randn(1, 3, 20, 30), torch.rand(4, 5, 6, dtype=torch.float64)
    found = masked_input(image, maps)
    assert found.shape == (4, 3, 20, 30)
    assert found.dtype == torch.float32
    assert torch.equal(masked_input(image.numpy(), maps.numpy()), found)
    assert torch.equal(masked_input(image.expand(4, -1, -1, -1), maps), found)


@pytest.mark.parametrize(
    ("x", "maps", "said"),
    [
        ((3, 8, 8), (1, 4, 4), "x: expected shape"),
        ((1, 3, 0, 8), (1, 4, 4), "x: expected shape"),
        ((2, 3, 8, 8), (4, 4), "maps: expected shape"),
        ((2, 3, 8, 8), (3, 4, 4), "maps: expected shape"),
        ((2, 3, 8, 8), (2, 4, 0), "maps: expected shape"),
    ],
)
def test_a_wrong_shape_is_an_error(x: tuple, maps: tuple, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        masked_input(torch.zeros(x), torch.zeros(maps))


@pytest.mark.parametrize("metric", [average_drop, increase_in_confidence])
@pytest.mark.parametrize(
    ("p", "p_masked", "said"),
    [
        ([[0.5]], [[0.5]], r"p: expected shape \(N,\), got \(1, 1\)"),
        ([0.5, 0.5], [0.5], r"p_masked: expected shape \(2,\), as p, got \(1,\)"),
        ([1.5], [0.5], r"p: expected probabilities in \[0, 1\]"),
        ([0.5], [-0.5], r"p_masked: expected probabilities in \[0, 1\]"),
    ],
)
def test_wrong_probabilities_are_an_error(metric, p: list, p_masked: list, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}"):
        metric(p, p_masked)


def test_the_examples_in_the_documentation() -> None:
    result = doctest.testmod(masking)
    assert result.failed == 0
    assert result.attempted > 0
