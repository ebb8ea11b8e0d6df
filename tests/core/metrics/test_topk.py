"""Patches and top-k precision: golden values, the definition written out, properties."""

import doctest
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from softcam_core.metrics import (
    first_bright_row,
    patch_hits,
    patch_scores,
    patches,
    pointing_game,
    ranked_patches,
    topk,
    topk_counts,
    topk_localization_precision,
)
from tests.core.metrics import reference_patches as reference
from tests.core.metrics.arrays import MAPS, MASKS

SIDES = st.integers(1, 5)
OPTIONS = {
    "patch": SIDES,
    "score": st.sampled_from(["mean", "max"]),
    "edge": st.sampled_from(["keep", "drop"]),
}


@pytest.mark.parametrize("score", ["mean", "max"])
def test_golden_values(golden: Path, score: str) -> None:
    with np.load(golden / "topk_localization_precision.npz") as data:
        found = topk_localization_precision(data["maps"], data["masks"], score=score)
        np.testing.assert_allclose(found.numpy(), data[score], rtol=0, atol=1e-6)


def test_golden_edge_cases(golden: Path) -> None:
    with np.load(golden / "localization_edge_cases.npz") as data:
        maps, masks, images = data["maps"], data["masks"], data["topk_images"]
        found = topk_localization_precision(maps[images], masks[images])
        np.testing.assert_allclose(found.numpy(), data["topk"], rtol=0, atol=1e-6)
        positive = patch_scores(torch.from_numpy(maps), masks.shape[1:]) > 0
        assert positive.sum(dim=(1, 2)).tolist() == data["positive_patches"].tolist()


@settings(max_examples=150, deadline=None)
@example(
    image=np.ones((2, 3), np.float32) / 3,
    mask=np.eye(7, 9, dtype=bool),
    **{"k": 4, "patch": 2, "score": "mean", "edge": "keep", "row": 0, "above": 0.0},
)
@given(
    image=MAPS,
    mask=MASKS,
    k=st.integers(1, 40),
    row=st.integers(0, 4),
    **OPTIONS,
    above=st.sampled_from([0.0, 0.98765]),
)
def test_the_definition_gives_the_same(image, mask, k, patch, score, edge, row, above) -> None:
    options = {
        "k": k,
        "patch": patch,
        "score": score,
        "edge": edge,
        "top": min(row, len(mask) - 1),
        "above": above,
    }
    expected = reference.topk_counts(
        image.astype(np.float64), mask, k, patch, score, edge, options["top"], above
    )
    hits, taken = topk_counts(image, mask, **options)
    assert (hits.tolist(), taken.tolist()) == expected
    per_image = topk_localization_precision(image[None], mask[None], per_image=True, **options)
    pooled = topk_localization_precision(image[None], mask[None], **options)
    for n, (hit, count) in enumerate(zip(*expected, strict=True)):
        alone = hit / count if count else math.nan
        assert float(pooled[n]) == pytest.approx(alone, nan_ok=True)
        assert float(per_image[0, n]) == pytest.approx(
            alone if mask.any() else math.nan, nan_ok=True
        )


@settings(max_examples=60, deadline=None)
@given(image=MAPS, mask=MASKS, **OPTIONS)
def test_scores_and_hits_are_those_of_the_upsampled_patches(image, mask, patch, score, edge):
    places = reference.patches(*mask.shape, patch, edge, 0)
    found = patch_scores(torch.from_numpy(image), mask.shape, patch, score, edge)
    expected = reference.scores(image.astype(np.float64), places, mask.shape, score)
    assert found.dtype == torch.float64
    assert np.allclose(found.flatten().numpy(), expected, rtol=0, atol=1e-8)
    hits = patch_hits(torch.from_numpy(mask), patch, edge)
    assert hits.flatten().tolist() == [bool(mask[place].any()) for place in places]
    assert hits.shape == found.shape


# Properties


@settings(max_examples=50, deadline=None)
@given(image=MAPS, mask=MASKS, factor=st.floats(1e-6, 1e6), **OPTIONS)
def test_the_scale_of_a_map_changes_nothing(image, mask, factor, **options) -> None:
    maps = torch.from_numpy(image)[None].double()
    scaled = topk_localization_precision(maps * factor, mask[None], **options)
    plain = topk_localization_precision(maps, mask[None], **options)
    assert torch.equal(scaled.nan_to_num(-1), plain.nan_to_num(-1))


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)), st.integers(0, 1000))
def test_the_order_of_images_changes_nothing(order: list[int], seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    maps = torch.randn(6, 4, 4, generator=generator)
    masks = torch.rand(6, 20, 20, generator=generator) > 0.9
    found = topk_localization_precision(maps[order], masks[order], patch=5)
    assert torch.equal(found, topk_localization_precision(maps, masks, patch=5))
    each = topk_localization_precision(maps, masks, patch=5, per_image=True)
    again = topk_localization_precision(maps[order], masks[order], patch=5, per_image=True)
    assert torch.equal(again, each[order])


@settings(max_examples=100, deadline=None)
@given(image=MAPS, mask=MASKS, patch=SIDES)
def test_the_first_patch_is_the_pointing_game_of_patches(image, mask, patch) -> None:
    scores = patch_scores(torch.from_numpy(image), mask.shape, patch)
    hits = patch_hits(torch.from_numpy(mask), patch)
    game = float(pointing_game(scores[None], hits[None], tolerance=0)[0])
    first = topk_localization_precision(image[None], mask[None], k=1, patch=patch)
    if scores.max() > 0 and scores.min() < scores.max() and mask.any():
        assert float(first[0]) == game


def test_patches_beyond_those_there_are_change_nothing() -> None:
    maps, masks = torch.rand(3, 4, 4), torch.rand(3, 64, 96) > 0.999
    found = topk_localization_precision(maps, masks, k=50)
    assert found.shape == (50,)
    assert torch.equal(found[5:], found[5].expand(45))
    assert torch.equal(found[:6], topk_localization_precision(maps, masks, k=6))
    hits, taken = topk_counts(maps[0], masks[0], k=50)
    assert taken.tolist() == [1, 2, 3, 4, 5] + [6] * 45
    assert hits[-1] == patch_hits(masks[0]).sum()


def test_an_image_smaller_than_a_patch_has_one_or_none() -> None:
    maps, masks = torch.ones(1, 2, 2), torch.ones(1, 20, 20, dtype=torch.bool)
    assert topk_localization_precision(maps, masks, k=2).tolist() == [1, 1]
    assert topk_localization_precision(maps, masks, k=2, edge="drop").isnan().all()
    assert [part.tolist() for part in topk_counts(maps[0], masks[0], k=2, edge="drop")] == [
        [0, 0],
        [0, 0],
    ]


def test_equal_patches_come_in_reading_order() -> None:
    for value in (0.1, 1 / 3, 1e-30, 7e20):
        constant = patch_scores(torch.full((13, 7), value, dtype=torch.float64), (512, 496))
        assert len(constant.unique()) == 1
        assert ranked_patches(constant).tolist() == list(range(constant.numel()))
    y, x = torch.meshgrid(torch.arange(16) - 7.5, torch.arange(16) - 7.5, indexing="ij")
    scores = patch_scores(torch.exp(-(y**2 + x**2) / 32), (512, 512), patch=32)
    assert torch.equal(scores, scores.flip(0))
    assert torch.equal(scores, scores.T)
    assert ranked_patches(scores)[:4].tolist() == [7 * 16 + 7, 7 * 16 + 8, 8 * 16 + 7, 8 * 16 + 8]


def test_ranked_patches_can_be_only_the_positive_ones() -> None:
    scores = torch.tensor([[-1.0, 2.0, 0.0], [2.0, 0.5, 3.0]], dtype=torch.float64)
    assert ranked_patches(scores).tolist() == [5, 1, 3, 4, 2, 0]
    assert ranked_patches(scores, above=0).tolist() == [5, 1, 3, 4]
    assert ranked_patches(scores, above=2).tolist() == [5]


def test_several_maps_at_once_give_what_each_gives() -> None:
    maps = torch.randn(2, 3, 5, 4, generator=torch.Generator().manual_seed(1))
    maps[1, 2, 0, 0] = math.nan
    for score in ("mean", "max"):
        whole = patch_scores(maps, (70, 41), 9, score)
        assert whole.shape == (2, 3, 8, 5)
        for i in range(2):
            for j in range(3):
                one = patch_scores(maps[i, j], (70, 41), 9, score)
                assert torch.allclose(whole[i, j], one, rtol=0, atol=1e-11, equal_nan=True)


# Where a value is undefined

LESION = torch.zeros(1, 66, 66, dtype=torch.bool)
LESION[:, 2:9, 2:9] = True
NOTHING = torch.zeros_like(LESION)
ZERO = torch.zeros(1, 4, 4)


@pytest.mark.parametrize("maps", [ZERO, ZERO - 2, ZERO + math.nan, ZERO + math.inf])
@pytest.mark.parametrize("score", ["mean", "max"])
def test_without_a_positive_patch_precision_is_undefined(maps: torch.Tensor, score: str) -> None:
    assert topk_localization_precision(maps, LESION, score=score).isnan().all()
    each = topk_localization_precision(maps, LESION, score=score, per_image=True)
    assert each.shape == (1, 30)
    assert each.isnan().all()


def test_one_nan_is_enough() -> None:
    maps = torch.ones(1, 4, 4)
    maps[0, 3, 3] = math.nan
    for score in ("mean", "max"):
        assert patch_scores(maps[0], (66, 66), score=score).isnan().all()
        assert patch_scores(torch.full((1, 1), math.inf), (66, 66), score=score).isnan().all()
    assert [part.sum() for part in topk_counts(maps[0], LESION[0])] == [0, 0]


def test_an_image_without_a_positive_patch_spoils_no_other() -> None:
    good, bad = torch.rand(2, 4, 4), torch.cat([ZERO, ZERO + math.nan])
    masks = LESION.expand(4, -1, -1)
    found = topk_localization_precision(torch.cat([good[:1], bad, good[1:]]), masks)
    assert torch.equal(found, topk_localization_precision(good, masks[:2]))


def test_an_empty_mask_is_all_misses_and_by_itself_undefined() -> None:
    maps = torch.ones(2, 4, 4)
    found = topk_localization_precision(maps, torch.cat([LESION, NOTHING]), k=2)
    assert found.tolist() == [0.5, 0.25]
    each = topk_localization_precision(maps, torch.cat([LESION, NOTHING]), k=2, per_image=True)
    assert each[0].tolist() == [1, 0.5]
    assert each[1].isnan().all()


# The released variant


def test_patches_may_begin_lower_and_ask_for_more() -> None:
    maps = torch.tensor([[[0.5, 3.0], [0.5, 0.5]]])
    mask = torch.zeros(1, 70, 66, dtype=torch.bool)
    mask[0, :4, 40:] = True
    assert topk_localization_precision(maps, mask, k=2, above=1).tolist() == [1, 1]
    assert topk_localization_precision(maps, mask, k=2, above=1, top=4).tolist() == [0, 0]
    assert topk_localization_precision(maps, mask, k=2, above=3).isnan().all()
    # A third upsampled is a third but for rounding, and so no more than that.
    third = torch.full((1, 5, 3), 1 / 3, dtype=torch.float64)
    assert topk_localization_precision(third * 3, mask, above=1).isnan().all()
    assert topk_localization_precision(third * 3, mask, k=1, above=0.999).tolist() == [0]
    both = topk_localization_precision(
        maps.expand(2, -1, -1), mask.expand(2, -1, -1), k=1, above=1, top=[0, 4]
    )
    assert both.tolist() == [0.5]
    with pytest.raises(ValueError, match="top: expected a row for each of 1 images, got 2"):
        topk_localization_precision(maps, mask, top=[0, 4])
    with pytest.raises(ValueError, match="top: expected a row of the image, 0 to 69, got 70"):
        topk_localization_precision(maps, mask, top=70)


def test_the_first_bright_row() -> None:
    images = torch.zeros(3, 3, 10, 8, dtype=torch.uint8)
    images[0, :, 4, 5] = 81
    images[0, :, 2, 5] = 80
    images[1, 2, 3:] = 255  # Blue alone is dark.
    images[1, 1, 6:] = 255
    assert first_bright_row(images) == [4, 6, 0]
    assert first_bright_row(images[:, 1].numpy()) == [4, 6, 0]
    assert first_bright_row(images[:, 1], bright=20) == [2, 6, 0]
    with pytest.raises(ValueError, match=r"images: expected shape \(N, H, W\) or"):
        first_bright_row(images[:, :2])


# What goes in and out


@pytest.mark.parametrize(
    ("maps", "masks", "message"),
    [
        ((4, 4), (1, 8, 8), r"^maps: expected shape \(N, h, w\), got \(4, 4\)"),
        ((2, 4, 4), (8, 8), r"^masks: expected shape \(N, H, W\) with N = 2, got \(8, 8\)"),
        ((2, 4, 4), (3, 8, 8), r"^masks: expected shape .* got \(3, 8, 8\)"),
    ],
)
def test_a_wrong_shape_names_argument_received_and_expected(maps, masks, message) -> None:
    with pytest.raises(ValueError, match=message):
        topk_localization_precision(torch.zeros(maps), torch.zeros(masks, dtype=torch.bool))


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("k", 0, "k: expected at least 1 patch, got 0"),
        ("patch", 0, "patch: expected at least 1 pixel, got 0"),
        ("score", "sum", "score: expected 'mean' or 'max', got 'sum'"),
        ("edge", "pad", "edge: expected 'keep' or 'drop', got 'pad'"),
    ],
)
def test_an_unknown_option_is_an_error(option: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        topk_localization_precision(ZERO, LESION, **{option: value})


def test_counts_ask_for_one_image() -> None:
    with pytest.raises(ValueError, match=r"^image: expected shape \(height, width\), got \(1, 4"):
        topk_counts(ZERO, LESION[0])
    with pytest.raises(ValueError, match=r"^mask: expected shape \(height, width\), got \(1, 66"):
        topk_counts(ZERO[0], LESION)


def test_types() -> None:
    maps, masks = torch.randn(3, 5, 4, requires_grad=True), torch.rand(3, 80, 71) > 0.5
    found = topk_localization_precision(maps, masks)
    assert found.shape == (30,)
    assert found.dtype == torch.float64
    assert not found.requires_grad
    array = topk_localization_precision(maps.detach().numpy(), masks.numpy().astype(np.uint8))
    assert torch.equal(array, found)
    hits, taken = topk_counts(maps[0], masks[0])
    assert hits.dtype == taken.dtype == torch.int64
    nothing = topk_localization_precision(torch.zeros(0, 4, 4), torch.zeros(0, 8, 8).bool())
    assert nothing.shape == (30,)
    assert nothing.isnan().all()


@pytest.mark.parametrize("module", [patches, topk])
def test_the_examples_in_the_documentation(module) -> None:
    result = doctest.testmod(module)
    assert result.failed == 0
    assert result.attempted > 0
