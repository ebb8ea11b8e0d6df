"""A hand at speed in a real window, which is then killed: every shape drawn is in the study."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from tests.programs import ROOT

NEEDED = ("Xvfb", "openbox", "xdotool")
COLUMNS, ROWS = 20, 10
STEP, SIDE = 24, 12

pytestmark = [
    pytest.mark.violence,
    pytest.mark.skipif(
        not all(map(shutil.which, NEEDED)), reason=f"needs {', '.join(NEEDED)} for a real window"
    ),
]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a program on a screen of its own, with a window manager."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1500x950x24"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        display = f":{pipe.readline().strip()}"
    data, config = str(tmp_path / "user-data"), str(tmp_path / "config")
    env = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "SOFTCAM_DATA_DIR": data,
        "SOFTCAM_CONFIG_DIR": config,
    }
    manager = subprocess.Popen(["openbox"], env=env, stderr=subprocess.DEVNULL)
    yield env
    for program in (manager, server):
        program.kill()
        program.wait()


def drawing(left: int, top: int) -> list[str]:
    """Return xdotool's words for a box in each place of a grid, some 20 a second.

    Without pauses the server's own queue, which holds 512 events, drops some.
    """
    pause = ["sleep", "0.01"]
    words: list[str] = []
    for n in range(COLUMNS * ROWS):
        x, y = left + STEP * (n % COLUMNS), top + STEP * (n // COLUMNS)
        words += ["mousemove", str(x), str(y), *pause, "mousedown", "1", *pause]
        words += ["mousemove", str(x + SIDE), str(y + SIDE), *pause, "mouseup", "1", *pause]
    return words


def test_two_hundred_shapes_at_speed_survive_kill_9(screen: dict[str, str], tmp_path: Path) -> None:
    image = tmp_path / "one.png"
    Image.fromarray(np.full((800, 1000), 90, np.uint8)).save(image)
    study = tmp_path / "fast.softcam"
    viewer = subprocess.Popen(
        [sys.executable, "-m", "app", str(image), "--study", str(study), "--size", "1480x900"],
        env=screen,
        cwd=ROOT,
    )
    try:

        def hand(*words: str) -> str:
            done = subprocess.run(
                ["xdotool", *words], env=screen, capture_output=True, text=True, check=True
            )
            return done.stdout

        hand("search", "--sync", "--onlyvisible", "--name", "one.png")
        time.sleep(4)  # the study opens behind the first image
        hand("key", "ctrl+1", "key", "b")
        time.sleep(1)
        started = time.perf_counter()
        hand(*drawing(480, 350))
        seconds = time.perf_counter() - started
        # What is on disk a moment after the last button came up must survive.
        time.sleep(1)
    finally:
        viewer.send_signal(signal.SIGKILL)
        viewer.wait()
    with Study.open(study) as again:
        records = again.annotations()
        assert len(records) == COLUMNS * ROWS
        assert {record.kind for record in records} == {"box"}
        assert again.check() is None
        gaps = np.diff([record.created.timestamp() for record in records])
    print(f"{len(records)} boxes, sent in {seconds:.1f} s; stored at most {gaps.max():.3f} s apart")
