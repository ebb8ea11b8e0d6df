"""DICOM: the pixel pipeline, what the header says, and every file of the collection."""

import csv
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pydicom
import pytest

from softcam_core.errors import ImageError
from softcam_core.imaging.read import (
    Window,
    image_size,
    is_image_file,
    read_identity,
    read_image,
    read_preview,
    unit_pixels,
)
from softcam_core.imaging.window import default_window, to_display

from .conftest import MakeDicom

RAMP12 = np.arange(4096, dtype=np.uint16).reshape(64, 64)


def test_12_bits_keep_their_values(make_dicom: MakeDicom) -> None:
    image = read_image(make_dicom(RAMP12, BitsStored=12))
    assert image.pixels.dtype == np.uint16
    np.testing.assert_array_equal(image.pixels, RAMP12)
    assert image.value_range == (0, 4095)
    assert image.format == "DICOM"
    unit = unit_pixels(image.pixels, image.value_range)
    assert (unit.min(), unit.max()) == (0, 1)


def test_signed_values_with_a_rescale(make_dicom: MakeDicom) -> None:
    stored = np.arange(-2048, 2048, dtype=np.int16).reshape(64, 64)
    image = read_image(
        make_dicom(stored, BitsStored=12, RescaleSlope="2", RescaleIntercept="-1000")
    )
    assert image.pixels.dtype == np.int16
    np.testing.assert_array_equal(image.pixels, stored * 2 - 1000)
    assert image.value_range == (-2048 * 2 - 1000, 2047 * 2 - 1000)


def test_a_fractional_rescale_gives_floats(make_dicom: MakeDicom) -> None:
    image = read_image(make_dicom(RAMP12, BitsStored=12, RescaleSlope="0.25", RescaleIntercept="1"))
    assert image.pixels.dtype == np.float32
    np.testing.assert_array_equal(image.pixels, RAMP12 * 0.25 + 1)
    assert image.value_range == (1, 4095 * 0.25 + 1)


def test_modality_lut(make_dicom: MakeDicom) -> None:
    table = pydicom.Dataset()
    table.LUTDescriptor = [4, 10, 16]
    table.LUTData = np.array([7, 70, 700, 7000], "<u2").tobytes()
    stored = np.array([[0, 10], [11, 13], [12, 99]], np.uint8)
    image = read_image(make_dicom(stored, ModalityLUTSequence=[table]))
    np.testing.assert_array_equal(image.pixels, [[7, 7], [70, 7000], [700, 7000]])
    assert image.value_range == (0, 65535)


def test_monochrome1_is_inverted_within_its_bit_depth(make_dicom: MakeDicom) -> None:
    plain = read_image(make_dicom(RAMP12, BitsStored=12, WindowCenter="3000", WindowWidth="1001"))
    inverted = read_image(
        make_dicom(
            RAMP12,
            BitsStored=12,
            PhotometricInterpretation="MONOCHROME1",
            WindowCenter="3000",
            WindowWidth="1001",
        )
    )
    np.testing.assert_array_equal(inverted.pixels, 4095 - RAMP12)
    assert inverted.pixels.dtype == np.uint16
    assert inverted.value_range == (0, 4095)
    # What was white under the file's window is black now, and the rest is as bright as before.
    shown = to_display(inverted.pixels, default_window(inverted))
    np.testing.assert_array_equal(
        shown.astype(int), 255 - to_display(plain.pixels, default_window(plain)).astype(int)
    )


def test_monochrome1_is_inverted_after_the_rescale(make_dicom: MakeDicom) -> None:
    image = read_image(
        make_dicom(
            RAMP12,
            BitsStored=12,
            PhotometricInterpretation="MONOCHROME1",
            RescaleSlope="1",
            RescaleIntercept="-1000",
        )
    )
    np.testing.assert_array_equal(image.pixels, (-1000 + 3095) - (RAMP12.astype(int) - 1000))
    assert image.value_range == (-1000, 3095)


def test_the_first_window_is_the_default_and_never_touches_pixels(make_dicom: MakeDicom) -> None:
    path = make_dicom(
        RAMP12,
        BitsStored=12,
        WindowCenter=["2048", "100"],
        WindowWidth=["4096", "50"],
        WindowCenterWidthExplanation=["BONE", "SOFT"],
    )
    image = read_image(path)
    # PS3.3 C.11.2.1.2.1: y = ((x - (c - 0.5)) / (w - 1) + 0.5) * 255
    assert image.window == Window(2047.5 - 2047.5, 2047.5 + 2047.5)
    assert image.windows == (("BONE", Window(0, 4095)), ("SOFT", Window(75, 124)))
    np.testing.assert_array_equal(image.pixels, RAMP12)


def test_exact_linear_and_narrow_windows(make_dicom: MakeDicom) -> None:
    exact = make_dicom(RAMP12, WindowCenter="100", WindowWidth="50", VOILUTFunction="LINEAR_EXACT")
    assert read_image(exact).window == Window(75, 125)
    assert read_image(make_dicom(RAMP12, WindowCenter="7", WindowWidth="1")).window == Window(
        6.5, 7.5
    )
    assert read_image(make_dicom(RAMP12, WindowCenter="7", WindowWidth="0")).window is None


def test_a_voi_lut_becomes_the_window_over_which_it_rises(make_dicom: MakeDicom) -> None:
    table = pydicom.Dataset()
    table.LUTDescriptor = [100, 50, 16]
    curve = [0] * 20 + list(range(0, 60 * 1000, 1000)) + [60000] * 20
    table.LUTData = np.array(curve, "<u2").tobytes()
    image = read_image(make_dicom(RAMP12, VOILUTSequence=[table]))
    assert image.window == Window(50 + 20, 50 + 80)
    falling = pydicom.Dataset()
    falling.LUTDescriptor = [100, 50, 16]
    falling.LUTData = np.array(curve[::-1], "<u2").tobytes()
    assert read_image(make_dicom(RAMP12, VOILUTSequence=[falling])).window is None


def test_pixel_spacing_and_where_it_holds(make_dicom: MakeDicom) -> None:
    both = read_image(
        make_dicom(RAMP12, PixelSpacing=["0.2", "0.1"], ImagerPixelSpacing=["0.4", "0.3"])
    )
    assert both.spacing == (0.2, 0.1)
    assert both.info["Spacing holds"] == "in the patient"
    detector = read_image(make_dicom(RAMP12, ImagerPixelSpacing=["0.4", "0.3"]))
    assert detector.spacing == (0.4, 0.3)
    assert detector.info["Spacing holds"].startswith("at the detector")
    missing = read_image(make_dicom(RAMP12))
    assert missing.spacing is None
    assert "Spacing holds" not in missing.info


def test_functional_groups_hold_for_their_frame(make_dicom: MakeDicom) -> None:
    def group(intercept: int, centre: int) -> pydicom.Dataset:
        item = pydicom.Dataset()
        rescale, voi = pydicom.Dataset(), pydicom.Dataset()
        rescale.RescaleSlope, rescale.RescaleIntercept = "1", str(intercept)
        voi.WindowCenter, voi.WindowWidth = str(centre), "11"
        item.PixelValueTransformationSequence = [rescale]
        item.FrameVOILUTSequence = [voi]
        return item

    shared, measures = pydicom.Dataset(), pydicom.Dataset()
    measures.PixelSpacing = ["0.5", "0.5"]
    shared.PixelMeasuresSequence = [measures]
    path = make_dicom(
        np.stack([RAMP12, RAMP12]),
        SharedFunctionalGroupsSequence=[shared],
        PerFrameFunctionalGroupsSequence=[group(0, 100), group(-50, 200)],
    )
    first, second = read_image(path, 0), read_image(path, 1)
    np.testing.assert_array_equal(first.pixels, RAMP12)
    np.testing.assert_array_equal(second.pixels, RAMP12.astype(int) - 50)
    assert (first.window, second.window) == (Window(94.5, 104.5), Window(194.5, 204.5))
    assert first.spacing == second.spacing == (0.5, 0.5)


def test_frames(make_dicom: MakeDicom) -> None:
    frames = np.stack([np.full((4, 6), value, np.uint8) for value in (10, 20, 30)])
    path = make_dicom(frames)
    for i, value in enumerate((10, 20, 30)):
        image = read_image(path, i)
        assert image.pixels.shape == (4, 6)
        assert (image.pixels == value).all()
        assert (image.frame, image.frames, image.info["Frame"]) == (i, 3, f"{i + 1} of 3")
    with pytest.raises(ImageError, match=r"^a\.dcm has no frame 3; choose one from 0 to 2"):
        read_image(path, 3)
    with pytest.raises(ImageError, match="no frame -1"):
        read_image(path, -1)


def test_palette_of_16_bits(make_dicom: MakeDicom) -> None:
    stored = np.array([[0, 1], [2, 3]], np.uint8)
    tags: dict[str, object] = {"PhotometricInterpretation": "PALETTE COLOR"}
    tables = np.array([[0, 65535, 0, 10], [0, 0, 65535, 20], [0, 0, 0, 30]], np.uint16)
    for colour, table in zip(("Red", "Green", "Blue"), tables, strict=True):
        tags[f"{colour}PaletteColorLookupTableDescriptor"] = [4, 0, 16]
        tags[f"{colour}PaletteColorLookupTableData"] = table.tobytes()
    image = read_image(make_dicom(stored, **tags))
    np.testing.assert_array_equal(image.pixels, tables.T[stored])
    assert image.value_range == (0, 65535)
    assert default_window(image) == Window(0, 65535)


def test_tags_are_shown_without_identity(make_dicom: MakeDicom) -> None:
    image = read_image(make_dicom(RAMP12, Modality="DX", BodyPartExamined="CHEST"))
    assert image.info["Modality"] == "DX"
    assert image.info["Body part"] == "CHEST"
    assert image.info["Transfer syntax"] == "Explicit VR Little Endian"
    text = " ".join(image.info.values())
    for secret in ("Doe", "4711", "1970", "Elsewhere"):
        assert secret not in text


def test_identity_is_there_for_who_asks(make_dicom: MakeDicom, tmp_path: Path) -> None:
    identity = read_identity(make_dicom(RAMP12))
    assert identity["Patient name"] == "Doe^Jane"
    assert identity["Patient ID"] == "4711"
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert read_identity(tmp_path / "a.png") == {}
    (tmp_path / "a.txt").write_bytes(b"text")
    with pytest.raises(ImageError):
        read_identity(tmp_path / "a.txt")


def test_a_file_without_a_suffix_is_known_by_its_content(make_dicom: MakeDicom) -> None:
    for name in ("IM0001", "1.2.840.113619.2.55"):
        path = make_dicom(RAMP12, name)
        assert is_image_file(path)
        np.testing.assert_array_equal(read_image(path).pixels, RAMP12)
    assert not is_image_file(make_dicom(RAMP12, "DICOMDIR"))
    assert not is_image_file(make_dicom(RAMP12, "report.txt"))


def test_a_size_that_cannot_be_held_is_refused(make_dicom: MakeDicom) -> None:
    path = make_dicom(RAMP12)
    data = path.read_bytes()
    rows = b"\x28\x00\x10\x00US\x02\x00"
    columns = b"\x28\x00\x11\x00US\x02\x00"
    for tag in (rows, columns):
        data = data.replace(tag + b"\x40\x00", tag + b"\xff\xff")
    path.write_bytes(data)
    with pytest.raises(ImageError, match=r"^a\.dcm has 65535 x 65535 pixels, .* 400 megapixels"):
        read_image(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.98])
def test_truncated(share: float, make_dicom: MakeDicom) -> None:
    path = make_dicom(RAMP12)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ImageError, match=r"^a\.dcm .*; .*\.$"):
        read_image(path)


def collection(shared_data: Path) -> list[dict[str, str]]:
    with (shared_data / "dicom/index.csv").open() as file:
        return list(csv.DictReader(file))


def test_every_file_of_the_collection_reads_or_says_why(shared_data: Path) -> None:
    rows = collection(shared_data)
    assert len(rows) == 38
    for row in rows:
        path = shared_data / "dicom" / row["file"]
        if row["decode_with_pydicom_pylibjpeg"].startswith("expected-fail"):
            with pytest.raises(ImageError) as caught:
                read_image(path)
            assert str(caught.value).startswith(path.name + " ")
            assert ";" in str(caught.value)
            with pytest.raises(ImageError):
                read_preview(path, 64)
            continue
        shape = (int(row["rows"]), int(row["cols"]))
        for frame in {0, int(row["frames"]) - 1}:
            image = read_image(path, frame)
            assert image.pixels.shape[:2] == shape
            assert image.pixels.dtype in (np.uint8, np.uint16, np.int16, np.float32)
            low, high = image.value_range
            assert low <= image.pixels.min() <= image.pixels.max() <= high
            colour = row["photometric"] not in ("MONOCHROME1", "MONOCHROME2")
            assert image.pixels.ndim == (3 if colour else 2)
            assert image.frames == int(row["frames"])
            shown = to_display(image.pixels, default_window(image))
            assert shown.dtype == np.uint8
            assert shown.max() > shown.min()
        assert image_size(path) == (shape[1], shape[0])
        assert max(read_preview(path, 64).shape[:2]) == min(64, max(shape))


def test_the_same_picture_in_every_transfer_syntax(shared_data: Path) -> None:
    folder = shared_data / "dicom/pydicom"
    first = read_image(folder / "MR_small.dcm").pixels
    for name in ("MR_small_RLE.dcm", "MR_small_bigendian.dcm", "MR_small_implicit.dcm"):
        np.testing.assert_array_equal(read_image(folder / name).pixels, first)


def test_monochrome1_of_a_real_film_is_its_negative(shared_data: Path) -> None:
    folder = shared_data / "dicom/txrv"
    plain = read_image(next(folder.glob("1.2.*.dcm"))).pixels
    negative = read_image(folder / "Fake_MONOHR1.dcm").pixels
    np.testing.assert_array_equal(negative, 255 - plain)


def test_jpeg_2000_gives_pydicoms_values_and_lets_other_threads_run(shared_data: Path) -> None:
    for name in ("RG1_J2KI.dcm", "RG3_J2KR.dcm"):
        path = shared_data / "dicom/ljdata" / name
        stored = pydicom.pixels.utils.pixel_array(pydicom.dcmread(path)).astype(int)
        top = int(read_image(path).value_range[1])
        np.testing.assert_array_equal(read_image(path).pixels, top - stored)

    # As long as the interpreter's lock is held, this thread does not wake.
    reader = threading.Thread(target=read_image, args=[path])
    woken = [time.perf_counter()]
    reader.start()
    while reader.is_alive():
        time.sleep(0.001)
        woken.append(time.perf_counter())
    assert np.diff(woken).max() < 0.5 * (woken[-1] - woken[0])


def test_colours_are_those_of_pydicoms_own_conversion(shared_data: Path) -> None:
    folder = shared_data / "dicom"
    for name in ("pydicom/examples_ybr_color.dcm", "pydicom/SC_ybr_full_422_uncompressed.dcm"):
        expected = pydicom.pixels.utils.pixel_array(pydicom.dcmread(folder / name), index=0)
        np.testing.assert_array_equal(read_image(folder / name).pixels, expected)
    # The collection's test card begins with a red bar, in RGB and in both kinds of YBR.
    for name in (
        "pydicom/SC_ybr_full_422_uncompressed.dcm",
        "pydicom-data/SC_ybr_full_uncompressed.dcm",
        "pydicom-data/SC_rgb_32bit.dcm",
    ):
        image = read_image(folder / name)
        red, green, blue = unit_pixels(image.pixels, image.value_range)[5, 50]
        assert red > 0.95
        assert green < 0.05
        assert blue < 0.05


def test_nothing_is_written_to_the_terminal(shared_data: Path) -> None:
    program = """
import sys
from pathlib import Path
from softcam_core.errors import ImageError
from softcam_core.imaging.read import read_image
for path in sorted(Path(sys.argv[1]).rglob("*.dcm")):
    try:
        read_image(path)
    except ImageError:
        pass
"""
    done = subprocess.run(
        [sys.executable, "-W", "default", "-c", program, str(shared_data / "dicom")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
