"""Previews keep the aspect to a pixel and look like the image."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from softcam_core.errors import ImageError
from softcam_core.imaging.read import image_size, preview_size, read_image, read_preview


@pytest.mark.parametrize("width", [801, 1023, 640])
@pytest.mark.parametrize("height", [333, 799, 1600])
@pytest.mark.parametrize("side", [63, 100, 401, 5000])
def test_size_and_content_of_a_jpegs_preview(
    width: int, height: int, side: int, tmp_path: Path
) -> None:
    y, x = np.mgrid[0:height, 0:width]
    pixels = np.dstack([x * 255 / width, y * 255 / height, 0 * x]).astype(np.uint8)
    path = tmp_path / "ramp.jpg"
    Image.fromarray(pixels).save(path, quality=98, subsampling=0)

    preview = read_preview(path, side)

    assert (preview.shape[1], preview.shape[0]) == preview_size(width, height, side)
    scale = min(1.0, side / max(width, height))
    assert abs(preview.shape[1] - width * scale) <= 0.5
    assert abs(preview.shape[0] - height * scale) <= 0.5
    # The ramps say where a pixel of the preview lies in the image: to half a preview pixel.
    where_x = (np.arange(preview.shape[1]) + 0.5) / preview.shape[1] * 255
    where_y = (np.arange(preview.shape[0]) + 0.5) / preview.shape[0] * 255
    tolerance = 2.5 + 0.5 * 255 / np.array(preview.shape[:2])
    assert np.abs(preview[..., 0].mean(0) - where_x).max() <= tolerance[1]
    assert np.abs(preview[..., 1].mean(1) - where_y).max() <= tolerance[0]


def test_preview_follows_the_orientation(tmp_path: Path) -> None:
    pixels = np.zeros((300, 900, 3), np.uint8)
    pixels[:, :100] = 255
    exif = Image.Exif()
    exif[0x0112] = 6
    path = tmp_path / "turned.jpg"
    Image.fromarray(pixels).save(path, exif=exif)

    preview = read_preview(path, 90)

    assert preview.shape == (90, 30, 3)
    assert preview[:8].min() > 200
    assert preview[14:].max() < 50


def test_preview_of_16_bits_is_shown_as_the_image_will_be(tmp_path: Path) -> None:
    path = tmp_path / "dim.png"
    pixels = np.tile(np.linspace(1000, 2000, 640).astype(np.uint16), (480, 1))
    cv2.imwrite(str(path), pixels)

    preview = read_preview(path, 64)

    assert preview.shape == (48, 64)
    assert preview.dtype == np.uint8
    assert preview[:, 0].max() < 6
    assert preview[:, -1].min() > 249


def test_preview_of_real_photographs(shared_data: Path) -> None:
    for path in sorted((shared_data / "fundus_idrid/images").iterdir())[:3]:
        preview = read_preview(path, 256)
        assert preview.shape == (170, 256, 3)
        whole = cv2.resize(read_image(path).pixels, (256, 170), interpolation=cv2.INTER_AREA)
        assert np.abs(preview.astype(int) - whole).mean() < 1.5
        assert image_size(path) == (4288, 2848)


def test_a_truncated_jpeg_has_no_preview(tmp_path: Path) -> None:
    path = tmp_path / "half.jpg"
    Image.effect_noise((900, 900), 90).save(path)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(ImageError, match=r"^half\.jpg is damaged or incomplete; "):
        read_preview(path, 100)
