"""The disc of a fundus photograph: where it is, and where there is none."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softcam_core.imaging.fundus import fundus_box
from softcam_core.imaging.read import read_image


def disc(
    height: int, width: int, x: float, y: float, radius: float, dtype: type = np.uint8
) -> np.ndarray:
    """A lit disc, darker to one side, with a dark macula, on a surround that is nearly black."""
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    inside = np.hypot(columns - x, rows - y) <= radius
    light = 60 + 120 * (columns - x + radius) / (2 * radius)
    light[np.hypot(columns - x - radius / 3, rows - y) < radius / 6] = 20
    noise = np.random.default_rng(1).normal(0, 2, (height, width))
    red = np.clip(np.where(inside, light, 4) + noise, 0, 255)
    pixels = np.dstack([red, red * 0.5, red * 0.2])
    return (pixels * (np.iinfo(dtype).max / 255)).astype(dtype)


@settings(deadline=None, max_examples=40)
@given(
    height=st.integers(300, 900),
    width=st.integers(300, 1200),
    share=st.floats(0.3, 0.49),
    dx=st.floats(-0.05, 0.05),
    dy=st.floats(-0.05, 0.05),
)
def test_a_whole_disc_is_found_to_a_hundredth(
    height: int, width: int, share: float, dx: float, dy: float
) -> None:
    side = min(height, width)
    x, y, radius = width / 2 + dx * side, height / 2 + dy * side, share * side
    truth = np.array([x - radius, y - radius, x + radius, y + radius])
    truth = np.clip(truth, 0, [width, height, width, height])
    box = fundus_box(disc(height, width, x, y, radius))
    assert box is not None
    assert np.abs(np.array(box) - truth).max() <= 0.01 * side + 1


def test_a_disc_that_the_frame_cuts() -> None:
    box = fundus_box(disc(700, 1000, 480, 350, 430))
    assert box == pytest.approx((50, 0, 910, 700), abs=4)


def test_16_bits_and_grey_and_floats() -> None:
    pixels = disc(600, 800, 400, 300, 250, np.uint16)
    truth = pytest.approx((150, 50, 650, 550), abs=5)
    assert fundus_box(pixels) == truth
    assert fundus_box(pixels[..., 0]) == truth
    assert fundus_box(pixels.astype(np.float32) / 65535) == truth
    assert fundus_box((pixels.astype(np.int32) - 32768).astype(np.int16)) == truth


def test_no_disc() -> None:
    rng = np.random.default_rng(0)
    nothing = {
        "black": np.zeros((300, 400), np.uint8),
        "white": np.full((300, 400, 3), 255, np.uint8),
        "noise": rng.integers(0, 256, (300, 400, 3), dtype=np.uint8),
        "noise in the dark": rng.integers(0, 3, (300, 400), dtype=np.uint8),
        "tiny": np.zeros((3, 3), np.uint8),
        "one pixel": np.zeros((1, 1), np.uint8),
        "line": np.full((1, 5000), 9, np.uint8),
        "a small spot": disc(600, 800, 400, 300, 60),
        "a bright corner": np.pad(disc(300, 300, 150, 150, 140)[:150, :150], ((0, 0),) * 3),
        "no surround": disc(400, 400, 200, 200, 400),
        "a grey surround": disc(600, 800, 400, 300, 250) // 2 + 80,
        "all missing": np.full((300, 300), np.nan, np.float32),
    }
    square = np.zeros((400, 600), np.uint8)
    square[50:350, 100:500] = 180
    nothing["a rectangle"] = square
    for name, pixels in nothing.items():
        assert fundus_box(pixels) is None, name


def test_the_answer_does_not_change_the_image() -> None:
    pixels = disc(600, 800, 400, 300, 250)
    before = pixels.copy()
    fundus_box(pixels)
    np.testing.assert_array_equal(pixels, before)


def edges(line: np.ndarray) -> tuple[int, int]:
    """Where a profile through the disc rises above half of its median and falls below it."""
    bright = np.flatnonzero(line > np.median(line) / 2)
    return int(bright[0]), int(bright[-1]) + 1


def test_real_photographs(shared_data: Path) -> None:
    paths = [
        *sorted((shared_data / "fundus_idrid/images").glob("*.jpg")),
        *sorted((shared_data / "fundus_hrf_healthy").glob("*_h.jpg")),
    ]
    assert len(paths) == 12
    for path in paths:
        pixels = read_image(path).pixels
        box = fundus_box(pixels)
        assert box is not None, path.name
        # All of them are cut by the frame above and below, and dark on both sides.
        assert (box[1], box[3]) == (0, pixels.shape[0])
        assert 0 < box[0] < box[2] < pixels.shape[1]
        middle = pixels[pixels.shape[0] // 2 - 10 : pixels.shape[0] // 2 + 10].max(2).mean(0)
        left, right = edges(middle)
        assert abs(box[0] - left) < 0.02 * pixels.shape[1], path.name
        assert abs(box[2] - right) < 0.02 * pixels.shape[1], path.name


def test_field_of_view_masks_agree(shared_data: Path) -> None:
    """The masks are 1024 px squares around the disc: its aspect, and the disc itself, are there."""
    for name in ("01_h", "02_h"):
        mask = read_image(shared_data / f"fundus_hrf_healthy/{name}_fovmask.png").pixels > 0
        rows = np.flatnonzero(mask.any(1))
        aspect = mask.shape[1] / (rows[-1] + 1 - rows[0])
        x0, y0, x1, y1 = fundus_box(
            read_image(shared_data / f"fundus_hrf_healthy/{name}.jpg").pixels
        )
        assert (x1 - x0) / (y1 - y0) == pytest.approx(aspect, rel=0.01)


def test_other_modalities_have_none(shared_data: Path) -> None:
    paths = [
        *(shared_data / "cxr_covid_masks/images").iterdir(),
        *(shared_data / "oct_amd_mh_pairs/images").rglob("*.*"),
        *sorted((shared_data / "oct_bonn_drusen/images").rglob("*.*"))[::10],
        *sorted((shared_data / "train_kermany_cxr224").rglob("*.jp*g"))[::40],
        *(shared_data / "derm_isic2017/images").glob("*.jpg"),
    ]
    assert len(paths) > 40
    assert [path.name for path in paths if fundus_box(read_image(path).pixels)] == []
