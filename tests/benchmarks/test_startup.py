"""From process start to the first image on screen, beside labelme on the same 100 photographs.

Needs a display (Xvfb will do), ``import``-free: the screen is watched from outside, through Qt.
Install labelme in an environment of its own and name its command:

    LABELME=/path/to/labelme DISPLAY=:99 pytest -m benchmark -s tests/benchmarks/test_startup.py
"""

import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from tests.programs import ROOT

RUNS = 5
PATIENCE_S = 60
COLOUR = (214, 40, 180)
"""No window has this magenta; the photographs carry it in their middle."""

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display"),
    pytest.mark.skipif(not os.environ.get("LABELME"), reason="LABELME names no labelme command"),
]


@pytest.fixture(scope="module")
def photographs(tmp_path_factory) -> Path:
    """100 JPEG photographs of 2000 x 1400 pixels with texture."""
    folder = tmp_path_factory.mktemp("photographs")
    rng = np.random.default_rng(0)
    texture = rng.integers(0, 60, (1400, 2000, 3), np.uint8)
    texture[300:1100, 400:1600] = COLOUR
    for number in range(100):
        shifted = np.roll(texture, number * 3, axis=1)
        Image.fromarray(shifted).save(folder / f"photo_{number:03}.jpg", quality=92)
    return folder


@pytest.fixture(scope="module")
def screen():
    """The whole screen, seen by a second client."""
    os.environ["QT_QPA_PLATFORM"] = "xcb"
    app = QGuiApplication.instance() or QGuiApplication([])
    return app.primaryScreen()


def magenta_share(screen) -> float:
    grabbed = (
        screen.grabWindow(0)
        .toImage()
        .convertToFormat(screen.grabWindow(0).toImage().Format.Format_RGB888)
    )
    height, width = grabbed.height(), grabbed.width()
    raw = np.frombuffer(grabbed.constBits(), np.uint8).reshape(height, grabbed.bytesPerLine())
    pixels = raw[::8, : width * 3].reshape(len(raw[::8]), width, 3)[:, ::8].astype(int)
    return float((np.abs(pixels - COLOUR).max(axis=2) < 40).mean())


def time_to_image(command: list[str], env: dict[str, str], screen) -> float:
    """Start a program, wait until the photograph is on screen, end it; returns seconds."""
    assert magenta_share(screen) < 0.001, "the screen is not clear"
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **env},
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while magenta_share(screen) < 0.02:
            assert time.perf_counter() - start < PATIENCE_S, f"{command[0]} showed nothing"
            time.sleep(0.005)
        return time.perf_counter() - start
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        while magenta_share(screen) > 0.0005:
            time.sleep(0.05)


def test_first_image_no_later_than_labelme(photographs, screen, tmp_path):
    ours, theirs = [], []
    viewer = [sys.executable, "-m", "app", str(photographs)]
    labelme = [os.environ["LABELME"], str(photographs)]
    for run in range(RUNS + 1):
        own = {
            "SOFTCAM_DATA_DIR": str(tmp_path / f"data{run}"),
            "SOFTCAM_CONFIG_DIR": str(tmp_path / f"config{run}"),
            "QT_QPA_PLATFORM": "xcb",
        }
        a = time_to_image(viewer, own, screen)
        b = time_to_image(labelme, {"QT_QPA_PLATFORM": "xcb", "HOME": str(tmp_path)}, screen)
        if run:  # the first pair warms the disk
            ours.append(a)
            theirs.append(b)
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    print(
        f"\nfirst image: ours {statistics.median(ours):.2f} s, "
        f"labelme {statistics.median(theirs):.2f} s, ratio {ratio:.2f} (medians of {RUNS})"
    )
    assert ratio <= 1
