"""PxAP: golden value, the sum over bins written out, scikit-learn, properties, input."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from sklearn.metrics import average_precision_score

from softcam_core.metrics import pxap, pxap_from_histograms, pxap_histograms
from tests.core.metrics import reference_wsol as reference


def test_golden_value(golden: Path) -> None:
    with np.load(golden / "wsol.npz") as data:
        found = pxap(data["score_maps"], data["masks"])
        assert float(found) == pytest.approx(float(data["pxap"]), abs=1e-6)


SHAPES = hnp.array_shapes(min_dims=3, max_dims=3, max_side=5)
CASES = SHAPES.flatmap(
    lambda shape: st.tuples(
        hnp.arrays(np.float64, shape, elements=st.integers(-20, 20).map(float)),
        hnp.arrays(np.uint8, shape, elements=st.sampled_from([0, 1, 255])),
    )
)


@settings(max_examples=80, deadline=None)
@given(case=CASES)
def test_the_sum_over_bins_written_out_gives_the_same(case: tuple) -> None:
    maps, masks = case
    assume((masks == 1).any())
    expected = reference.average_precision(maps, masks)
    assert float(pxap(maps, masks)) == pytest.approx(expected, abs=1e-9)


def test_scikit_learn_gives_the_same_where_no_two_scores_share_a_bin() -> None:
    rng = np.random.default_rng(0)
    scores = rng.permutation(np.linspace(0, 1, 401)[:400] + 1e-4).reshape(1, 20, 20)
    scores[scores == scores.min()], scores[scores == scores.max()] = 0, 1
    masks = rng.random(scores.shape) > 0.7
    expected = 100 * average_precision_score(masks.ravel(), scores.ravel())
    assert float(pxap(scores, masks)) == pytest.approx(expected, abs=1e-9)


def test_a_score_at_or_just_beside_a_threshold_falls_into_the_bin_that_numpy_gives_it() -> None:
    edges = np.append(reference.THRESHOLDS, 1.0)
    scores = np.concatenate([edges, np.nextafter(edges, 0), np.nextafter(edges, 1)])[None]
    expected, _ = np.histogram(scores, bins=[*edges, 2])
    assert pxap_histograms(scores, np.ones(scores.shape))[0].tolist() == expected.tolist()


@settings(max_examples=40, deadline=None)
@given(case=CASES, power=st.integers(-20, 20), data=st.data())
def test_neither_scale_nor_order_matters(case: tuple, power: int, data: st.DataObject) -> None:
    maps, masks = case
    order = data.draw(st.permutations(range(len(maps))))
    expected, found = pxap(maps, masks), pxap((maps * 2.0**power)[order], masks[order])
    assert torch.equal(found, expected) or (found.isnan() and expected.isnan())
    assert expected.isnan() or 0 < expected <= 100 + 1e-9


def test_a_map_that_is_the_mask_has_all_and_a_constant_one_the_share() -> None:
    mask = np.zeros((1, 10, 10), int)
    mask[0, 2:7, 2:6] = 1
    assert pxap(mask, mask) == 100
    assert float(pxap(np.ones((1, 10, 10)), mask)) == pytest.approx(20)


def test_ignored_pixels_are_not_counted() -> None:
    mask = np.zeros((1, 6, 6), int)
    mask[0, :2] = 1
    scores = mask.astype(float)
    scores[0, 4] = 1
    assert pxap(scores, mask) < 100
    mask[0, 4] = 255
    assert pxap(scores, mask) == 100


def test_histograms_of_images_add_up() -> None:
    rng = np.random.default_rng(0)
    maps, masks = rng.normal(size=(3, 9, 8)), rng.integers(0, 2, (3, 9, 8))
    masks[0, 0, :4] = 255
    parts = [pxap_histograms(a, b) for a, b in zip(maps, masks, strict=True)]
    assert {p.dtype for p in parts} == {torch.int64}
    assert {p.shape for p in parts} == {(2, 1001)}
    assert parts[0].sum(1).tolist() == [(masks[0] == 1).sum(), 9 * 8 - 4]
    assert torch.equal(pxap_from_histograms(sum(parts)), pxap(maps, masks))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_an_image_that_is_not_finite_is_left_out(value: float) -> None:
    rng = np.random.default_rng(0)
    maps, masks = rng.normal(size=(2, 6, 6)), rng.integers(0, 2, (2, 6, 6))
    expected = pxap(maps[:1], masks[:1])
    maps[1, 0, 0] = value
    assert pxap_histograms(maps[1], masks[1]).sum() == 0
    assert torch.equal(pxap(maps, masks), expected)
    assert pxap(maps[1:], masks[1:]).isnan()


def test_without_an_object_pixel_there_is_no_number() -> None:
    maps = np.random.default_rng(0).normal(size=(2, 5, 5))
    assert pxap(maps, np.zeros((2, 5, 5))).isnan()
    assert pxap(maps, np.full((2, 5, 5), 255)).isnan()
    assert pxap(maps[:0], np.zeros((0, 5, 5))).isnan()
    assert pxap(maps, np.ones((2, 5, 5))) == 100


def test_types() -> None:
    maps = torch.rand(2, 6, 6, requires_grad=True)
    masks = torch.rand(2, 6, 6) > 0.5
    value = pxap(maps, masks)
    assert (value.shape, value.dtype, value.requires_grad) == ((), torch.float64, False)
    assert torch.equal(value, pxap(maps.detach().numpy(), masks.numpy().astype(np.uint8)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: pxap(np.zeros((4, 4)), np.zeros((4, 4))),
            r"score_maps: expected shape \(N, h, w\), got \(4, 4\)",
        ),
        (
            lambda: pxap(np.zeros((2, 4, 4)), np.zeros((2, 4, 5))),
            r"masks: expected shape \(2, 4, 4\), as score_maps, got \(2, 4, 5\)",
        ),
        (
            lambda: pxap(np.zeros((1, 4, 4)), np.full((1, 4, 4), 2)),
            "mask: expected 0, 1 and 255 only, got other values",
        ),
        (
            lambda: pxap_histograms(np.zeros((2, 4, 4)), np.zeros((2, 4, 4))),
            r"score_map: expected shape \(h, w\), got \(2, 4, 4\)",
        ),
        (
            lambda: pxap_histograms(np.zeros((4, 4)), np.zeros((4, 5))),
            r"mask: expected shape \(4, 4\), as score_map, got \(4, 5\)",
        ),
        (
            lambda: pxap_from_histograms(np.zeros((3, 1001))),
            r"histograms: expected shape \(2, bins\), got \(3, 1001\)",
        ),
    ],
)
def test_wrong_input_names_argument_received_and_expected(call, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


def test_the_examples_in_the_documentation() -> None:
    import doctest

    from softcam_core.metrics import pxap_histograms

    module = __import__(pxap_histograms.__module__, fromlist=["pxap"])
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
