"""Activation precision and sensitivity: golden values, the definition written out, properties."""

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from softcam_core import metrics
from softcam_core.metrics import activation_precision, activation_sensitivity
from tests.core.metrics import reference
from tests.core.metrics.arrays import MAPS, MASKS


@pytest.fixture(autouse=True)
def _same_numbers_every_time() -> None:
    torch.manual_seed(0)


BOTH = (activation_precision, activation_sensitivity)
GOLDEN = ["activation_precision_sensitivity", "localization_edge_cases"]


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_values(golden: Path, name: str) -> None:
    with np.load(golden / f"{name}.npz") as data:
        precision = activation_precision(data["maps"], data["masks"]).numpy()
        sensitivity = activation_sensitivity(data["maps"], data["masks"]).numpy()
        np.testing.assert_allclose(precision, data["ap"], rtol=0, atol=1e-6)
        np.testing.assert_allclose(sensitivity, data["as_"], rtol=0, atol=1e-6)


def test_the_authors_scaling_gives_their_golden_values(golden: Path) -> None:
    with np.load(golden / f"{GOLDEN[0]}.npz") as data:
        found = activation_precision(data["maps"], data["masks"], zero="released", minmax=True)
        np.testing.assert_allclose(found.numpy(), data["ap"], rtol=0, atol=1e-6)


def same(found: float, expected: float) -> bool:
    return found == pytest.approx(expected, abs=1e-6, nan_ok=True)


@settings(max_examples=80, deadline=None)
@example(image=np.array([[0, 1]], np.float32), mask=np.ones((3, 1), bool))
@given(image=MAPS, mask=MASKS)
def test_the_definition_gives_the_same(image: np.ndarray, mask: np.ndarray) -> None:
    exact = image.astype(np.float64)
    # A sum of rounding errors is no evidence: the reference decides such a map by its size.
    tiny = np.maximum(reference.upsample(exact, *mask.shape), 0).max() < 1e-9
    if tiny and exact.any():
        return
    found = activation_precision(image[None], mask[None])
    assert same(float(found[0]), reference.precision(exact, mask))
    assert same(
        float(activation_sensitivity(image[None], mask[None])[0]),
        reference.sensitivity(exact, mask),
    )


@settings(max_examples=50, deadline=None)
@given(image=MAPS, mask=MASKS, factor=st.floats(0.1, 100))
def test_properties(image: np.ndarray, mask: np.ndarray, factor: float) -> None:
    maps, masks = torch.from_numpy(image)[None].double(), torch.from_numpy(mask)[None]
    precision, sensitivity = (float(metric(maps, masks)[0]) for metric in BOTH)
    for value in (precision, sensitivity):
        assert math.isnan(value) or -1e-9 <= value <= 1 + 1e-9
    # The scale of a map says nothing about where it lies.
    assert same(float(activation_precision(maps * factor, masks)[0]), precision)
    assert same(float(activation_sensitivity(maps * factor, masks)[0]), sensitivity)
    # What is inside and what is outside add up to all of it.
    outside = float(activation_precision(maps, ~masks)[0])
    if mask.any() and not mask.all() and not math.isnan(precision):
        assert precision + outside == pytest.approx(1, abs=1e-9)
    if not mask.any():
        assert math.isnan(precision)
        assert math.isnan(sensitivity)


@settings(max_examples=50, deadline=None)
@given(image=MAPS, mask=MASKS)
def test_a_map_that_is_positive_on_lesions_only_is_precise(image, mask) -> None:
    large = reference.upsample(image.astype(np.float64), *mask.shape)
    if (large > 1e-9).any():
        inside = mask | (large > -1e-12)
        assert same(float(activation_precision(image[None], inside[None])[0]), 1)


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)), st.integers(0, 1000))
def test_the_order_of_images_changes_nothing(order: list[int], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    maps = torch.randn(5, 4, 4, generator=generator)
    masks = torch.rand(5, 20, 20, generator=generator) > 0.9
    for metric in BOTH:
        assert torch.equal(metric(maps[order], masks[order]), metric(maps, masks)[order])


def test_a_map_of_the_images_size_is_taken_as_it_is() -> None:
    for shape in ((30, 40), (30, 7), (5, 40)):
        image = np.random.default_rng(3).normal(size=shape)
        mask = np.zeros((30, 40), bool)
        mask[4:19, 3:33] = True
        found = activation_precision(image[None], mask[None])
        assert float(found[0]) == pytest.approx(reference.precision(image, mask), abs=1e-9)


def test_bands_of_rows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    maps, masks = torch.randn(2, 16, 12), torch.rand(2, 130, 77) > 0.7
    whole = [metric(maps, masks) for metric in BOTH]
    monkeypatch.setattr("softcam_core.metrics.upsample.BAND", 77 * 7)
    monkeypatch.setattr("softcam_core.metrics.upsample.STRIP", 10)
    for metric, expected in zip(BOTH, whole, strict=True):
        assert torch.allclose(metric(maps, masks), expected, rtol=0, atol=1e-12)


# Where a value is undefined

LESION = torch.zeros(1, 64, 64, dtype=torch.bool)
LESION[:, 8:24, 8:40] = True
NOTHING = torch.zeros_like(LESION)
ZERO = torch.zeros(1, 4, 4)


@pytest.mark.parametrize(
    ("maps", "masks", "precision", "sensitivity"),
    [
        (ZERO, LESION, math.nan, 0),
        (ZERO - 3, LESION, math.nan, 0),
        (ZERO + 3, LESION, 16 * 32 / 64**2, math.nan),
        (ZERO + 0.1, LESION, 16 * 32 / 64**2, math.nan),
        (torch.rand(1, 4, 4), NOTHING, math.nan, math.nan),
        (ZERO, NOTHING, math.nan, math.nan),
        (ZERO + math.nan, LESION, math.nan, math.nan),
        (ZERO + math.inf, LESION, math.nan, math.nan),
    ],
)
def test_undefined_is_nan(
    maps: torch.Tensor, masks: torch.Tensor, precision: float, sensitivity: float
) -> None:
    assert same(float(activation_precision(maps, masks)[0]), precision)
    assert same(float(activation_sensitivity(maps, masks)[0]), sensitivity)


def test_the_released_zero_is_an_option() -> None:
    for maps, masks in ((ZERO, LESION), (ZERO - 1, LESION), (torch.rand(1, 4, 4), NOTHING)):
        assert activation_precision(maps, masks, zero="released").tolist() == [0]
        assert activation_precision(maps, masks).isnan().all()


def test_the_released_scaling_differs_where_the_smallest_evidence_is_positive() -> None:
    maps = torch.ones(1, 4, 4)
    maps[0, 1, 1] = 3
    plain, scaled = (activation_precision(maps, LESION, minmax=m) for m in (False, True))
    expected = reference.precision(maps[0].double().numpy(), LESION[0].numpy(), minmax=True)
    assert float(scaled[0]) == pytest.approx(expected, abs=1e-9)
    assert abs(float(plain[0] - scaled[0])) > 1e-3
    assert activation_precision(ZERO + 2, LESION, minmax=True).isnan().all()
    assert activation_precision(ZERO + 2, LESION, zero="released", minmax=True).tolist() == [0]


def test_one_undefined_image_spoils_no_other() -> None:
    maps = torch.cat([ZERO, torch.rand(1, 4, 4), ZERO + 1])
    values = activation_precision(maps, LESION.expand(3, -1, -1))
    assert values.isnan().tolist() == [True, False, False]


# What goes in and out


@pytest.mark.parametrize("metric", BOTH)
def test_types(metric) -> None:
    maps, masks = torch.randn(3, 5, 4, requires_grad=True), torch.rand(3, 30, 41) > 0.5
    values = metric(maps, masks)
    assert isinstance(values, torch.Tensor)
    assert values.dtype == torch.float64
    assert values.shape == (3,)
    assert not values.requires_grad
    array = metric(maps.detach().numpy(), masks.numpy().astype(np.uint8))
    assert isinstance(array, torch.Tensor)
    assert torch.equal(array, values)
    assert torch.equal(metric(maps.detach().half().float(), masks.int()).isnan(), values.isnan())
    assert metric(torch.zeros(0, 4, 4), torch.zeros(0, 8, 8, dtype=torch.bool)).shape == (0,)


@pytest.mark.parametrize("metric", BOTH)
@pytest.mark.parametrize(
    ("maps", "masks", "argument", "received"),
    [
        ((4, 4), (1, 8, 8), "maps", (4, 4)),
        ((1, 2, 4, 4), (1, 8, 8), "maps", (1, 2, 4, 4)),
        ((1, 0, 4), (1, 8, 8), "maps", (1, 0, 4)),
        ((2, 4, 4), (8, 8), "masks", (8, 8)),
        ((2, 4, 4), (3, 8, 8), "masks", (3, 8, 8)),
        ((2, 4, 4), (2, 8, 0), "masks", (2, 8, 0)),
    ],
)
def test_a_wrong_shape_names_argument_received_and_expected(
    metric, maps: tuple, masks: tuple, argument: str, received: tuple
) -> None:
    with pytest.raises(ValueError, match=rf"^{argument}: expected shape \(N, ") as error:
        metric(torch.zeros(maps), torch.zeros(masks, dtype=torch.bool))
    assert f"got {received}" in str(error.value)


@pytest.mark.parametrize("metric", BOTH)
def test_a_mask_of_grey_values_is_an_error(metric) -> None:
    with pytest.raises(ValueError, match="masks: expected bool"):
        metric(torch.rand(1, 4, 4), torch.full((1, 8, 8), 255))


def test_an_unknown_option_is_an_error() -> None:
    with pytest.raises(ValueError, match="zero: expected 'nan' or 'released'"):
        activation_precision(ZERO, LESION, zero="skip")  # type: ignore[arg-type]


def test_the_examples_in_the_documentation() -> None:
    import doctest

    from softcam_core.metrics import localization

    assert doctest.testmod(localization).failed == 0
    assert doctest.testmod(localization).attempted > 0
    assert set(metrics.__all__) >= {"activation_precision", "activation_sensitivity"}


@pytest.mark.parametrize("metric", BOTH)
def test_arrays_that_are_read_only_or_run_backwards_are_taken(metric) -> None:
    rng = np.random.default_rng(0)
    maps, masks = rng.normal(size=(2, 4, 5)), rng.random((2, 20, 30)) > 0.5
    expected = metric(maps[:, ::-1].copy(), masks[:, ::-1].copy())
    assert torch.equal(metric(maps[:, ::-1], masks[:, ::-1]), expected)
    for array in (maps, masks):
        array.flags.writeable = False
    assert torch.allclose(metric(maps, masks), expected, atol=1e-9)
