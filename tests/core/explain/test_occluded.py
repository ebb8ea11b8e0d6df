"""Pixels covered by mean, blur or black, and the one pass that follows."""

import numpy as np
import pytest
import torch
from scipy.ndimage import gaussian_filter

from softcam_core.explain.occluded import occluded, without_pixels
from softcam_core.explain.occluders import OCCLUDERS, blur_sigma
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model

SPEC = InputSpec(size=(64, 96))


@pytest.fixture
def x():
    return torch.randn(1, 3, 64, 96, generator=torch.Generator().manual_seed(3))


@pytest.fixture
def mask():
    found = np.zeros((64, 96), bool)
    found[10:30, 20:50] = True
    return found


@pytest.mark.parametrize("occluder", OCCLUDERS)
def test_only_the_covered_pixels_change(x, mask, occluder):
    before = x.clone()
    covered = occluded(x, mask, occluder, SPEC)
    torch.testing.assert_close(x, before, rtol=0, atol=0)
    assert torch.equal(covered[:, :, ~mask], x[:, :, ~mask])
    assert not torch.equal(covered[:, :, mask], x[:, :, mask])


def test_mean_is_zero_after_normalisation_and_zero_is_black(x, mask):
    assert not occluded(x, mask, "mean", SPEC)[:, :, mask].any()
    black = occluded(x, mask, "zero", SPEC)[0, :, mask]
    std, mean = (torch.tensor(v)[:, None] for v in (SPEC.std, SPEC.mean))
    torch.testing.assert_close(black * std + mean, torch.zeros_like(black), atol=1e-6, rtol=0)


def test_blur_is_a_gaussian_of_the_stated_width(x, mask):
    sigma = blur_sigma((64, 96))
    assert sigma == 2
    expected = gaussian_filter(
        x[0].numpy().astype(np.float64), (0, sigma, sigma), mode="nearest", truncate=3
    )
    found = occluded(x, mask, "blur", SPEC)[0].numpy()
    np.testing.assert_allclose(found[:, mask], expected[:, mask], atol=1e-5)


def test_the_prediction_is_one_of_the_covered_input(x, mask):
    model = build_model("resnet18", ("a", "b", "c"), input=SPEC).eval()
    logits, probabilities = without_pixels(model, x, mask, "mean")
    by_hand = x.clone()
    by_hand[:, :, torch.from_numpy(mask)] = 0
    with torch.no_grad():
        expected = model(by_hand).logits[0].double()
    np.testing.assert_allclose(logits, expected.numpy(), atol=1e-6)
    np.testing.assert_allclose(probabilities, torch.softmax(expected, 0).numpy(), atol=1e-6)


def test_no_pixel_covered_changes_nothing(x):
    model = build_model("resnet18", ("a", "b"), input=SPEC).eval()
    nothing = without_pixels(model, x, np.zeros((64, 96), bool), "blur")
    with torch.no_grad():
        expected = model(x).logits[0].double().numpy()
    np.testing.assert_allclose(nothing[0], expected, atol=1e-6)


def test_what_makes_no_sense_is_refused(x, mask):
    with pytest.raises(ValueError, match="occluder"):
        occluded(x, mask, "noise", SPEC)
    with pytest.raises(ValueError, match="mask"):
        occluded(x, mask[:-1], "mean", SPEC)
