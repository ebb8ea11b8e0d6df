"""Whatever is wrong with a file: one sentence that names it, and nothing on stderr."""

import os
import struct
import sys
import zlib
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from softcam_core.errors import ImageError
from softcam_core.imaging import read
from softcam_core.imaging.read import image_size, is_image_file, read_image, read_preview

NOISE = np.random.default_rng(3).integers(0, 256, (64, 96, 3), dtype=np.uint8)


def encoded(suffix: str, pixels: np.ndarray = NOISE) -> bytes:
    return cv2.imencode(suffix, pixels)[1].tobytes()


def assert_one_sentence(path: Path, *parts: str) -> None:
    """Check the refusal of ``path`` by every way in."""
    for read_it in (read_image, lambda p: read_preview(p, 32)):
        with pytest.raises(ImageError) as caught:
            read_it(path)
        text = str(caught.value)
        assert text.startswith(path.name + " ")
        assert text.endswith(".")
        assert "\n" not in text
        assert ";" in text, "says what to do"
        for part in parts:
            assert part in text


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tiff", ".bmp"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.97])
def test_truncated(
    suffix: str, share: float, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = encoded(suffix)
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(data[: int(len(data) * share)])
    assert_one_sentence(path, "damaged or incomplete")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", [".png", ".tiff"])
def test_truncated_16_bit_colour(
    suffix: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    data = encoded(suffix, NOISE.astype(np.uint16) * 200)
    path = tmp_path / f"cut{suffix}"
    for share in (0.02, 0.5, 0.97):
        path.write_bytes(data[: int(len(data) * share)])
        assert_one_sentence(path, "damaged or incomplete")
    assert capfd.readouterr() == ("", "")


def test_a_flipped_byte_in_a_png(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for pixels in (NOISE, NOISE.astype(np.uint16) * 200):
        data = bytearray(encoded(".png", pixels))
        data[len(data) // 2] ^= 255
        path = tmp_path / "flipped.png"
        path.write_bytes(bytes(data))
        assert_one_sentence(path, "damaged or incomplete")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".bmp", ".dcm"])
@pytest.mark.parametrize("content", [b"It is only text.\n" * 40, b"\0" * 4096, b"x"])
def test_not_an_image_at_all(
    suffix: str, content: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"notes{suffix}"
    path.write_bytes(content)
    assert_one_sentence(path)
    with pytest.raises(ImageError):
        image_size(path)
    assert capfd.readouterr() == ("", "")


def test_magic_and_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for suffix, magic in {
        ".png": b"\x89PNG\r\n\x1a\n",
        ".jpg": b"\xff\xd8\xff",
        ".tif": b"II*\0",
        ".bmp": b"BM",
        ".dcm": b"\0" * 128 + b"DICM",
    }.items():
        path = tmp_path / f"magic{suffix}"
        for tail in (b"", b"\xff" * 5000):
            path.write_bytes(magic + tail)
            assert_one_sentence(path)
            with pytest.raises(ImageError):
                image_size(path)
    assert capfd.readouterr() == ("", "")


def test_a_damaged_exif_block_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "exif.jpg"
    buffer = BytesIO()
    Image.fromarray(NOISE).save(buffer, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01")
    path.write_bytes(buffer.getvalue())
    with pytest.warns(UserWarning, match="Corrupt EXIF"), Image.open(path) as image:
        image.getexif()
    assert read_image(path).pixels.shape == NOISE.shape


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.touch()
    assert_one_sentence(path, "is empty")


def test_folder_named_like_an_image(tmp_path: Path) -> None:
    path = tmp_path / "folder.png"
    path.mkdir()
    assert_one_sentence(path, "is a folder")


def test_missing_file(tmp_path: Path) -> None:
    assert_one_sentence(tmp_path / "missing.png", "does not exist")
    with pytest.raises(ImageError, match="does not exist"):
        image_size(tmp_path / "missing.png")
    assert is_image_file(tmp_path / "missing.png"), "by its suffix"
    assert not is_image_file(tmp_path / "missing")


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    assert_one_sentence(tmp_path / ("n" * 300 + ".png"))
    with pytest.raises(ImageError):
        read_image(tmp_path / "nul\0.png")


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="this user may read every file"
)
def test_permission_denied(tmp_path: Path) -> None:
    path = tmp_path / "secret.png"
    path.write_bytes(encoded(".png"))
    path.chmod(0)
    assert_one_sentence(path, "may not be read", "permissions")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "pipe.png"
    os.mkfifo(path)
    assert_one_sentence(path, "not a regular file")


def png_of(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be large: rows of zeros deflate to next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        checked = kind + body
        return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_a_huge_image_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of(100_000, 100_000))
    assert_one_sentence(path, "100000 x 100000", "400 megapixels")
    with pytest.raises(ImageError, match="400 megapixels"):
        image_size(path)

    buffer = BytesIO()
    Image.new("1", (30_000, 20_000)).save(buffer, "TIFF", compression="group4")
    path = tmp_path / "bomb.tif"
    path.write_bytes(buffer.getvalue())
    assert_one_sentence(path, "30000 x 20000", "400 megapixels")


def test_an_image_within_the_limit_that_pillow_would_warn_of(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("1", (10_000, 9_500)).save(path)
    assert image_size(path) == (10_000, 9_500)
    assert read_image(path).pixels.shape == (9_500, 10_000)


def test_a_huge_file_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slide.tif"
    path.write_bytes(encoded(".tiff"))
    monkeypatch.setattr(read, "MAX_BYTES", 1000)
    assert_one_sentence(path, "GB that can be opened")


def test_memory_that_runs_out_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    path = tmp_path / "large.png"
    path.write_bytes(encoded(".png"))
    monkeypatch.setattr(read, "_decode", no_memory)
    assert_one_sentence(path, "does not fit into memory")
