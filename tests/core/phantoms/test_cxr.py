"""Chest phantoms: densities where they belong, exact masks, and a DICOM file that is read."""

import numpy as np
import pytest

from softcam_core.imaging.read import read_image
from softcam_core.phantoms.cxr import BITS, CXR_LABELS, cxr
from softcam_core.phantoms.dicom import dicom_bytes, write_dicom

SEEDS = range(4)


@pytest.mark.parametrize("label", CXR_LABELS)
def test_a_seed_gives_the_same_phantom_again(label):
    assert np.array_equal(cxr(label, 3).pixels, cxr(label, 3).pixels)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mask_holds_every_pixel_that_the_opacity_changed(seed):
    sick, well = cxr("opacity", seed), cxr("opacity", seed, lesions=False)
    difference = sick.pixels.astype(int) - well.pixels.astype(int)
    mask = sick.masks["opacity"]
    assert not difference[~mask].any()
    assert difference[mask].mean() > 0.05 * 2**BITS
    assert (difference[mask] > 0).mean() > 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_a_normal_film_has_no_mask(seed):
    phantom = cxr("normal", seed)
    assert phantom.masks == {}
    assert phantom.grade == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_lungs_are_dark_between_a_bright_mediastinum_and_abdomen(seed):
    pixels = cxr("normal", seed).pixels.astype(float)
    size = len(pixels)
    middle = slice(int(0.4 * size), int(0.55 * size))
    lung = np.median(pixels[middle, int(0.22 * size) : int(0.34 * size)])
    spine = np.median(pixels[middle, int(0.48 * size) : int(0.52 * size)])
    liver = np.median(pixels[int(0.9 * size) :, int(0.25 * size) : int(0.4 * size)])
    assert spine > 2 * lung
    assert liver > 2 * lung


def test_the_dicom_file_reads_back_to_the_same_pixels(tmp_path):
    phantom = cxr("opacity", 1)
    path = tmp_path / "film.dcm"
    write_dicom(phantom, path, "PHANTOM^CXR01")
    image = read_image(path)
    assert np.array_equal(image.pixels, phantom.pixels)
    assert image.format == "DICOM"
    assert image.value_range == (0, 2**BITS - 1)
    assert image.window is not None
    assert image.spacing == pytest.approx((356 / 320, 356 / 320), rel=1e-3)


def test_the_dicom_tags_say_phantom(tmp_path):
    import pydicom

    path = tmp_path / "film.dcm"
    write_dicom(cxr("normal", 1, 128), path, "PHANTOM^CXR02")
    data = pydicom.dcmread(path)
    assert str(data.PatientName) == "PHANTOM^CXR02"
    assert data.PhotometricInterpretation == "MONOCHROME2"
    assert (data.BitsAllocated, data.BitsStored) == (16, 12)
    assert "phantom" in data.ImageComments.lower()


def test_the_same_phantom_gives_the_same_file():
    phantom = cxr("normal", 4, 128)
    assert dicom_bytes(phantom, "PHANTOM^A") == dicom_bytes(phantom, "PHANTOM^A")


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="label"):
        cxr("pneumonia", 0)
    with pytest.raises(ValueError, match="size"):
        cxr("normal", 0, 32)
