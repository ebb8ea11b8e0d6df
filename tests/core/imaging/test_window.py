"""Display windows: the mapping, the defaults, and the table for integers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from softcam_core.imaging.stored import StoredImage
from softcam_core.imaging.window import (
    Window,
    default_window,
    full_window,
    percentile_window,
    presets,
    to_display,
)


def image(pixels: np.ndarray, value_range: tuple[float, float], **more: object) -> StoredImage:
    return StoredImage(pixels, value_range, more.pop("window", None), None, "PNG", **more)


def expected_display(pixels: np.ndarray, window: Window) -> np.ndarray:
    """The definition, in float64, without a table."""
    share = (pixels.astype(np.float64) - window.low) / (window.high - window.low)
    return np.rint(np.clip(share, 0, 1) * 255).astype(int)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.float32])
@given(
    data=st.data(),
    low=st.integers(-40_000, 70_000),
    width=st.integers(1, 70_000),
)
def test_display_is_the_definition(dtype: type, data: st.DataObject, low: int, width: int) -> None:
    elements = (
        st.floats(-70_000, 70_000, width=32)
        if dtype is np.float32
        else st.integers(np.iinfo(dtype).min, np.iinfo(dtype).max)
    )
    pixels = data.draw(hnp.arrays(dtype, (5, 4), elements=elements))
    window = Window(low, low + width)

    shown = to_display(pixels, window)

    assert shown.dtype == np.uint8
    # One step of 255 where a half is rounded in float32 and in float64.
    assert np.abs(shown.astype(int) - expected_display(pixels, window)).max() <= 1


def test_display_of_known_values() -> None:
    window = Window(100, 200)
    for dtype in (np.uint8, np.uint16, np.int16, np.float32):
        pixels = np.array([[0, 100, 150, 200, 250]], dtype)
        np.testing.assert_array_equal(to_display(pixels, window), [[0, 0, 128, 255, 255]])
    signed = np.array([[-32768, -1000, 0, 32767]], np.int16)
    np.testing.assert_array_equal(to_display(signed, Window(-1000, 0)), [[0, 0, 255, 255]])


def test_display_keeps_8_bits_as_they_are_and_their_memory() -> None:
    pixels = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert to_display(pixels, Window(0, 255)) is pixels


def test_display_of_colour_and_of_views() -> None:
    pixels = np.arange(4 * 6 * 3, dtype=np.uint16).reshape(4, 6, 3)[::2, ::-1]
    shown = to_display(pixels, Window(0, 71))
    assert shown.shape == (2, 6, 3)
    np.testing.assert_array_equal(shown, expected_display(pixels, Window(0, 71)))


def test_a_window_without_width_is_a_step() -> None:
    for dtype in (np.uint16, np.float32):
        pixels = np.array([[4, 5, 6]], dtype)
        np.testing.assert_array_equal(to_display(pixels, Window(5, 5)), [[0, 255, 255]])


def test_nan_is_black_and_infinity_white() -> None:
    pixels = np.array([[np.nan, np.inf, -np.inf, 0.5]], np.float32)
    np.testing.assert_array_equal(to_display(pixels, Window(0, 1)), [[0, 255, 0, 128]])


def test_default_is_the_files_own_then_full_then_percentile() -> None:
    deep = np.tile(np.linspace(1000, 2000, 1000).astype(np.uint16), (100, 1))
    own = Window(7, 9)
    assert default_window(image(deep, (0, 65535), window=own)) == own
    assert default_window(image(deep.astype(np.uint8), (0, 255))) == Window(0, 255)
    assert default_window(image((deep > 1500).astype(np.uint8), (0, 1))) == Window(0, 1)
    window = default_window(image(deep, (0, 65535)))
    assert window.low == pytest.approx(1005, abs=2)
    assert window.high == pytest.approx(1995, abs=2)


def test_percentile_window_of_odd_images() -> None:
    constant = image(np.full((50, 50), 700, np.uint16), (0, 65535))
    assert percentile_window(constant) == full_window(constant) == Window(0, 65535)
    holes = np.full((50, 50), np.nan, np.float32)
    assert percentile_window(image(holes, (0, 1))) == Window(0, 1)
    holes[:, 25:] = np.linspace(0.2, 0.8, 25)
    window = percentile_window(image(holes, (0, 1)))
    assert (window.low, window.high) == pytest.approx((0.2, 0.8))


def test_percentile_window_looks_at_a_subsample_of_large_images() -> None:
    pixels = np.zeros((3000, 3000), np.uint16)
    pixels[:, 1500:] = 5000
    assert percentile_window(image(pixels, (0, 65535))) == Window(0, 5000)


def test_presets_begin_with_the_files_windows_and_do_not_repeat() -> None:
    pixels = np.arange(100, dtype=np.uint16).reshape(10, 10)
    offered = presets(
        image(
            pixels,
            (0, 4095),
            window=Window(5, 50),
            windows=(("LUNG", Window(5, 50)), ("ALL", Window(0, 4095))),
        )
    )
    assert [name for name, _ in offered] == ["LUNG", "ALL", "Contrast (0.5 to 99.5 %)"]
    windows = [window for _, window in offered]
    assert len(windows) == len(set(windows))


def test_level_and_width() -> None:
    assert Window(10, 30).centre == 20
    assert Window(10, 30).width == 20
