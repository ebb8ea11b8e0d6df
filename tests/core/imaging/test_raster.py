"""PNG, JPEG, TIFF and BMP of every depth and colour, pixel for pixel."""

import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from softcam_core.errors import ImageError
from softcam_core.imaging.read import image_size, read_image, read_preview

RNG = np.random.default_rng(7)
GREY8 = RNG.integers(0, 256, (13, 21), dtype=np.uint8)
GREY16 = RNG.integers(0, 65536, (13, 21), dtype=np.uint16)
COLOUR8 = RNG.integers(0, 256, (13, 21, 3), dtype=np.uint8)
COLOUR16 = RNG.integers(0, 65536, (13, 21, 3), dtype=np.uint16)
SIGNED16 = RNG.integers(-32768, 32768, (13, 21), dtype=np.int16)
ALPHA8 = RNG.integers(0, 256, (13, 21, 1), dtype=np.uint8)


def pillow(pixels: np.ndarray | Image.Image, format: str, **options: object) -> bytes:
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    buffer = BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def opencv(pixels: np.ndarray, suffix: str, *options: int) -> bytes:
    if pixels.ndim == 3:
        pixels = pixels[..., [2, 1, 0, 3][: pixels.shape[2]]]
    ok, data = cv2.imencode(suffix, pixels, options)
    assert ok
    return data.tobytes()


def tiff_tag(code: int, value: int) -> TiffImagePlugin.ImageFileDirectory_v2:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[code] = value
    return tags


def plain_tiff(
    pixels: np.ndarray,
    order: str = "<",
    orientation: int = 1,
    photometric: int = 2,
    planar: bool = False,
    sample: int = 1,
) -> bytes:
    """Write an uncompressed TIFF of (H, W, C) by hand, one strip (a plane)."""
    height, width, channels = pixels.shape
    stored = pixels.astype(pixels.dtype.newbyteorder(order))
    planes = [stored[..., i] for i in range(channels)] if planar else [stored]
    body = b"".join(plane.tobytes() for plane in planes)
    length = len(body) // len(planes)
    tags = {
        256: [width],
        257: [height],
        258: [pixels.dtype.itemsize * 8] * channels,
        259: [1],
        262: [photometric],
        273: [8 + i * length for i in range(len(planes))],
        274: [orientation],
        277: [channels],
        278: [height],
        279: [length] * len(planes),
        284: [2 if planar else 1],
        339: [sample] * channels,
    }
    directory, extra = struct.pack(order + "H", len(tags)), b""
    extra_at = 8 + len(body) + 2 + 12 * len(tags) + 4
    for code, values in tags.items():
        packed = struct.pack(f"{order}{len(values)}I", *values)
        if len(values) > 1:
            extra += packed
            packed = struct.pack(order + "I", extra_at + len(extra) - len(packed))
        directory += struct.pack(order + "HHI", code, 4, len(values)) + packed
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8 + len(body))
    return head + body + directory + b"\0" * 4 + extra


def rgb_with(alpha: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    return np.concatenate([pixels, alpha.astype(pixels.dtype)], axis=2)


EXACT: dict[str, tuple[Callable[[], bytes], np.ndarray]] = {
    "png grey 8": (lambda: pillow(GREY8, "PNG"), GREY8),
    "png grey 16": (lambda: pillow(GREY16, "PNG"), GREY16),
    "png colour 8": (lambda: pillow(COLOUR8, "PNG"), COLOUR8),
    "png colour 16": (lambda: opencv(COLOUR16, ".png"), COLOUR16),
    "png colour 8 with alpha": (lambda: pillow(rgb_with(ALPHA8, COLOUR8), "PNG"), COLOUR8),
    "png colour 16 with alpha": (lambda: opencv(rgb_with(ALPHA8, COLOUR16), ".png"), COLOUR16),
    "png grey with alpha": (
        lambda: pillow(
            Image.merge("LA", [Image.fromarray(GREY8), Image.new("L", (21, 13))]), "PNG"
        ),
        GREY8,
    ),
    "png 1 bit": (
        lambda: pillow(Image.fromarray(GREY8 > 99), "PNG"),
        (GREY8 > 99).astype(np.uint8) * 255,
    ),
    "bmp colour": (lambda: pillow(COLOUR8, "BMP"), COLOUR8),
    "bmp grey": (lambda: pillow(GREY8, "BMP"), GREY8),
    "tiff grey 8": (lambda: pillow(GREY8, "TIFF"), GREY8),
    "tiff grey 8 lzw": (lambda: pillow(GREY8, "TIFF", compression="tiff_lzw"), GREY8),
    "tiff grey 16": (lambda: pillow(GREY16, "TIFF"), GREY16),
    "tiff grey 16 deflate": (
        lambda: pillow(GREY16, "TIFF", compression="tiff_adobe_deflate"),
        GREY16,
    ),
    "tiff grey 16, white is zero": (
        lambda: pillow(65535 - GREY16, "TIFF", tiffinfo=tiff_tag(262, 0)),
        GREY16,
    ),
    "tiff colour 8": (lambda: pillow(COLOUR8, "TIFF"), COLOUR8),
    "tiff colour 8 lzw": (lambda: pillow(COLOUR8, "TIFF", compression="tiff_lzw"), COLOUR8),
    "tiff colour 8 with alpha": (lambda: pillow(rgb_with(ALPHA8, COLOUR8), "TIFF"), COLOUR8),
    "tiff colour 16": (
        lambda: opencv(COLOUR16, ".tiff", cv2.IMWRITE_TIFF_COMPRESSION, 1),
        COLOUR16,
    ),
    "tiff colour 16 lzw": (
        lambda: opencv(COLOUR16, ".tiff", cv2.IMWRITE_TIFF_COMPRESSION, 5),
        COLOUR16,
    ),
    "tiff colour 16 deflate": (
        lambda: opencv(COLOUR16, ".tiff", cv2.IMWRITE_TIFF_COMPRESSION, 8),
        COLOUR16,
    ),
    "tiff colour 16 big-endian": (lambda: plain_tiff(COLOUR16, ">"), COLOUR16),
    "tiff colour 8 in planes": (lambda: plain_tiff(COLOUR8, planar=True), COLOUR8),
    "tiff signed 16": (
        lambda: plain_tiff(SIGNED16[..., None], photometric=1, sample=2),
        SIGNED16,
    ),
    "tiff float": (
        lambda: opencv(GREY16.astype(np.float32) / 70000, ".tiff"),
        GREY16.astype(np.float32) / 70000,
    ),
    "tiff float colour": (
        lambda: plain_tiff(COLOUR16.astype(np.float32), sample=3),
        COLOUR16.astype(np.float32),
    ),
    "tiff 1 bit": (
        lambda: pillow(Image.fromarray(GREY8 > 99), "TIFF", compression="group4"),
        (GREY8 > 99).astype(np.uint8) * 255,
    ),
}


@pytest.mark.parametrize("name", EXACT)
def test_pixels_come_back_exactly(name: str, tmp_path: Path) -> None:
    make, expected = EXACT[name]
    path = tmp_path / f"image.{name.split()[0]}"
    path.write_bytes(make())

    image = read_image(path)

    assert image.pixels.dtype == expected.dtype
    np.testing.assert_array_equal(image.pixels, expected)
    assert image.format == name.split()[0].upper()
    assert (image.frames, image.frame, image.window, image.spacing) == (1, 0, None, None)
    assert image_size(path) == (21, 13)
    assert read_preview(path, 10).shape[:2] == (6, 10)


def test_value_range_is_the_bit_depth(tmp_path: Path) -> None:
    def value_range(data: bytes) -> tuple[float, float]:
        path = tmp_path / "image"
        path.write_bytes(data)
        return read_image(path).value_range

    assert value_range(pillow(GREY8 // 2, "PNG")) == (0, 255)
    assert value_range(pillow(GREY16 // 16, "PNG")) == (0, 65535)
    assert value_range(plain_tiff(SIGNED16[..., None], photometric=1, sample=2)) == (-32768, 32767)
    assert value_range(opencv(GREY8.astype(np.float32) / 300, ".tiff")) == (0, 1)
    assert value_range(opencv(GREY8.astype(np.float32), ".tiff")) == (0, 255)
    assert value_range(opencv(np.array([[-4.0, 6.0]], np.float32), ".tiff")) == (-4, 6)


def test_palette_becomes_its_colours(tmp_path: Path) -> None:
    image = Image.fromarray(GREY8 % 4).convert("P")
    palette = [10, 20, 30, 200, 0, 0, 0, 200, 0, 0, 0, 200]
    image.putpalette(palette)
    for format in ("PNG", "BMP", "TIFF"):
        path = tmp_path / f"palette.{format.lower()}"
        path.write_bytes(pillow(image, format))
        pixels = read_image(path).pixels
        np.testing.assert_array_equal(pixels, np.reshape(palette, (4, 3))[GREY8 % 4])


def test_cmyk_jpeg_becomes_rgb(tmp_path: Path) -> None:
    path = tmp_path / "print.jpg"
    path.write_bytes(pillow(Image.new("CMYK", (40, 30), (0, 255, 255, 0)), "JPEG", quality=95))

    pixels = read_image(path).pixels

    assert pixels.shape == (30, 40, 3)
    np.testing.assert_allclose(pixels.reshape(-1, 3).mean(0), [255, 0, 0], atol=4)
    np.testing.assert_allclose(read_preview(path, 8).reshape(-1, 3).mean(0), [255, 0, 0], atol=4)


@pytest.mark.parametrize("colour", [False, True])
def test_jpeg_equals_pillows_decoding(colour: bool, tmp_path: Path) -> None:
    pixels = cv2.resize(COLOUR8 if colour else GREY8, (210, 131), interpolation=cv2.INTER_CUBIC)
    path = tmp_path / "image.jpg"
    path.write_bytes(pillow(pixels, "JPEG", quality=90))

    ours = read_image(path).pixels
    theirs = np.asarray(Image.open(path)).astype(int)

    assert ours.shape == theirs.shape
    # Both link libjpeg-turbo, in versions that may round a colour differently.
    assert np.abs(ours - theirs).max() <= 2


ORIENTATIONS = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.swapaxes(0, 1),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
    8: lambda a: np.rot90(a, 1),
}


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize(
    "kind", ["jpg", "jpg grey", "png", "png 16", "tiff", "tiff 16", "tiff c16"]
)
def test_exif_orientation_is_applied_once(orientation: int, kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    gradient = np.add.outer(np.arange(13) * 7, np.arange(21) * 5).astype(np.uint8)
    smooth = np.dstack([gradient, gradient, gradient])
    path = tmp_path / f"turned.{kind.split()[0]}"
    if kind == "jpg":
        stored = smooth
        path.write_bytes(pillow(smooth, "JPEG", quality=98, exif=exif))
    elif kind == "jpg grey":
        stored = gradient
        path.write_bytes(pillow(gradient, "JPEG", quality=98, exif=exif))
    elif kind.startswith("png"):
        stored = GREY16 if "16" in kind else COLOUR8
        path.write_bytes(pillow(stored, "PNG", exif=exif))
    else:
        stored = {"tiff": COLOUR8, "tiff 16": GREY16, "tiff c16": COLOUR16}[kind]
        if kind == "tiff c16":
            path.write_bytes(plain_tiff(stored, orientation=orientation))
        else:
            path.write_bytes(pillow(stored, "TIFF", tiffinfo=tiff_tag(274, orientation)))
    expected = ORIENTATIONS[orientation](stored)

    pixels = read_image(path).pixels

    assert pixels.shape == expected.shape
    assert np.abs(pixels.astype(int) - expected).max() <= (6 if kind.startswith("jpg") else 0)
    assert image_size(path) == (expected.shape[1], expected.shape[0])


def test_pages_of_a_tiff_are_frames(tmp_path: Path) -> None:
    for name, pages in (
        ("grey8", [GREY8, GREY8 // 2, GREY8 // 3]),
        ("grey16", [GREY16, GREY16 // 2, GREY16 // 3]),
    ):
        path = tmp_path / f"{name}.tif"
        images = [Image.fromarray(page) for page in pages]
        images[0].save(path, save_all=True, append_images=images[1:])
        for i, page in enumerate(pages):
            image = read_image(path, frame=i)
            np.testing.assert_array_equal(image.pixels, page)
            assert (image.frames, image.frame) == (3, i)
            assert image.info["Frame"] == f"{i + 1} of 3"
        with pytest.raises(ImageError, match=r"^grey\d+\.tif has no frame 3; .*0 to 2"):
            read_image(path, frame=3)


def test_a_reduced_copy_of_a_page_is_no_frame(tmp_path: Path) -> None:
    path = tmp_path / "pyramid.tif"
    small = Image.fromarray(GREY8[::2, ::2])
    small.encoderinfo = {"tiffinfo": tiff_tag(254, 1)}
    Image.fromarray(GREY8).save(
        path, save_all=True, append_images=[small, Image.fromarray(GREY8 // 2)]
    )
    assert read_image(path).frames == 2
    np.testing.assert_array_equal(read_image(path, frame=1).pixels, GREY8 // 2)


def test_deep_tiffs_that_opencv_would_scramble_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.tif"
    for data in (
        plain_tiff(COLOUR16, planar=True),
        plain_tiff(COLOUR16, photometric=8),
        plain_tiff(np.dstack([COLOUR16, GREY16]), photometric=5),
        plain_tiff(COLOUR16.astype(np.float16), sample=3),
    ):
        path.write_bytes(data)
        with pytest.raises(ImageError, match=r"^odd\.tif holds a kind of TIFF pixels .*; save it"):
            read_image(path)


def test_names_may_hold_any_character(tmp_path: Path) -> None:
    for name in ("Über größe 眼底.png", 'a\'b "c" #%.png', "😀.png"):
        path = tmp_path / name
        path.write_bytes(pillow(GREY8, "PNG"))
        np.testing.assert_array_equal(read_image(str(path)).pixels, GREY8)
        assert image_size(path) == (21, 13)


def test_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "really-a-png.jpg"
    path.write_bytes(pillow(GREY8, "PNG"))
    assert read_image(path).format == "PNG"
    np.testing.assert_array_equal(read_image(path).pixels, GREY8)


def test_real_photographs_equal_pillows_decoding(shared_data: Path) -> None:
    for name in ("fundus_idrid/images/IDRiD_01.jpg", "cxr_covid_masks/images/ARDSSevere.png"):
        path = shared_data / name
        theirs = np.asarray(Image.open(path).convert("RGB")).astype(np.int16)
        ours = read_image(path).pixels
        assert ours.shape == theirs.shape
        assert np.abs(ours - theirs).max() <= 2
