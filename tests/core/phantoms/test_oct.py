"""OCT phantoms: order of the layers, lesions where they belong, exact masks."""

import numpy as np
import pytest

from softcam_core.phantoms.oct import OCT_LABELS, oct_scan

SEEDS = range(4)


@pytest.mark.parametrize("label", OCT_LABELS)
def test_a_seed_gives_the_same_phantom_again(label):
    first, second = oct_scan(label, 11), oct_scan(label, 11)
    assert np.array_equal(first.pixels, second.pixels)
    assert all(np.array_equal(first.masks[k], second.masks[k]) for k in second.masks)


@pytest.mark.parametrize("size", [(496, 512), (256, 300)])
def test_shape_and_type(size):
    phantom = oct_scan("drusen", 1, size)
    assert phantom.pixels.shape == size
    assert phantom.pixels.dtype == np.uint8


@pytest.mark.parametrize(
    ("label", "allowed"), [("normal", set()), ("drusen", {"drusen"}), ("fluid", {"IRF", "SRF"})]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_label_shows_its_lesions_and_no_others(label, allowed, seed):
    phantom = oct_scan(label, seed)
    assert set(phantom.masks) <= allowed
    assert bool(phantom.masks) == (label != "normal")
    assert phantom.grade == OCT_LABELS.index(label)


@pytest.mark.parametrize("seed", SEEDS)
def test_fluid_masks_hold_every_pixel_that_the_fluid_changed(seed):
    wet, dry = oct_scan("fluid", seed), oct_scan("fluid", seed, lesions=False)
    changed = wet.pixels != dry.pixels
    assert not (changed & ~wet.lesion_mask).any()
    assert changed[wet.lesion_mask].mean() > 0.8
    assert wet.pixels[wet.lesion_mask].mean() < 0.6 * dry.pixels[wet.lesion_mask].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_drusen_change_only_the_columns_of_their_mask(seed):
    diseased = oct_scan("drusen", seed)
    healthy = oct_scan("drusen", seed, lesions=False)
    # A grey level either way is rounding of the moved layers' sum.
    changed = np.abs(diseased.pixels.astype(int) - healthy.pixels) > 1
    columns = diseased.masks["drusen"].any(axis=0)
    # The photoreceptors over a druse are blurred by a pixel or two.
    near = np.convolve(columns, np.ones(9), "same") > 0
    assert not changed[:, ~near].any()
    lowest = diseased.masks["drusen"].shape[0] - diseased.masks["drusen"][::-1].argmax(axis=0)
    rows = np.arange(changed.shape[0])[:, None]
    assert not (changed & (rows > lowest + 3))[:, columns].any()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_retina_lies_between_a_dark_vitreous_and_a_fading_choroid(seed):
    pixels = oct_scan("normal", seed).pixels.astype(float)
    profile = pixels.mean(axis=1)
    brightest = int(profile.argmax())
    assert profile[:60].mean() < 0.15 * profile.max()
    assert profile[-60:].mean() < 0.3 * profile.max()
    assert 0.25 * len(profile) < brightest < 0.75 * len(profile)


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="label"):
        oct_scan("CNV", 0)
    with pytest.raises(ValueError, match="size"):
        oct_scan("normal", 0, (100, 512))
