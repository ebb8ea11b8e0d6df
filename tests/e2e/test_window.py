"""The real ``main()`` with a driver that acts as a user would, in a process that may be killed."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from tests.programs import ROOT

DRIVER = """
import os, signal, sys
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from app.main_window import MainWindow

app = QApplication([])

def window():
    return next((w for w in app.topLevelWidgets() if isinstance(w, MainWindow)), None)

def when(ready, act):
    timer = QTimer(app)
    def look():
        if window() is not None and ready(window()):
            timer.stop()
            act(window())
    timer.timeout.connect(look)
    timer.start(20)

def drag(canvas, start, end):
    kinds, left, none = QEvent.Type, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, at, button, held in (
        (kinds.MouseButtonPress, start, left, left),
        (kinds.MouseMove, (start + end) / 2, none, left),
        (kinds.MouseMove, end, none, left),
        (kinds.MouseButtonRelease, end, left, none),
    ):
        event = QMouseEvent(kind, at, QPointF(canvas.mapToGlobal(at)), button, held,
                            Qt.KeyboardModifier.NoModifier)
        app.sendEvent(canvas, event)

{steps}

from app.__main__ import main
code = main(sys.argv[1:])
sys.exit(code)
"""


def drive(steps: str, *args: object) -> subprocess.CompletedProcess:
    code = DRIVER.replace("{steps}", textwrap.dedent(steps))
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, args)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


@pytest.fixture
def photographs(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        pixels = np.random.default_rng(number).integers(0, 255, (90, 120, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"eye{number}.png")
    return folder


def study_of(data: Path) -> Study:
    (path,) = data.rglob("*.softcam")
    return Study.open(path)


def test_a_box_outlives_sigkill_right_after_the_mouse_is_released(photographs, tmp_path):
    done = drive(
        """
        def draw(w):
            w.state.set_tool("box")
            canvas = w.grid.canvas(0)
            drag(canvas, canvas.to_screen(20, 30), canvas.to_screen(60, 70))
            os.kill(os.getpid(), signal.SIGKILL)
        when(lambda w: w.state.painted and w.state.case is not None, draw)
        """,
        photographs,
    )
    assert done.returncode == -9, done.stderr
    study = study_of(tmp_path / "user-data")
    records = study.annotations()
    study.close()
    assert len(records) == 1
    assert np.allclose(records[0].points, [[20, 30], [60, 70]], atol=0.2)


def test_the_start_after_a_kill_shows_the_same_case_with_its_marks(photographs, tmp_path):
    drive(
        """
        def draw(w):
            w.controller.select_case(w.state.cases[1].id)
            when(lambda w: w.state.painted and w.state.image is not None, mark)
        def mark(w):
            w.state.set_tool("box")
            canvas = w.grid.canvas(0)
            drag(canvas, canvas.to_screen(20, 30), canvas.to_screen(60, 70))
            QTimer.singleShot(900, lambda: os.kill(os.getpid(), signal.SIGKILL))
        when(lambda w: w.state.painted and len(w.state.cases) == 3, draw)
        """,
        photographs,
    )
    again = drive(
        """
        def look(w):
            marks = w.state.study.annotations(w.state.case.id)
            print(w.state.case.name, len(marks), flush=True)
            w.close()
        when(lambda w: w.state.painted and w.state.case is not None, look)
        """
    )
    assert again.returncode == 0, again.stderr
    assert again.stdout.split() == ["eye1.png", "1"]


def test_the_very_first_start_opens_the_demo(tmp_path):
    done = drive(
        """
        def look(w):
            print(len(w.state.cases), len(w.state.models), flush=True)
            w.close()
        when(lambda w: w.state.painted and len(w.state.models) >= 3, look)
        """
    )
    assert done.returncode == 0, done.stderr
    cases, models = map(int, done.stdout.split())
    assert cases >= 30
    assert models >= 3


def test_a_plain_start_says_nothing_and_leaves_nothing_running(photographs):
    done = drive(
        """
        when(lambda w: w.state.painted, lambda w: w.close())
        """,
        photographs,
    )
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == ""


def test_opening_a_folder_leaves_the_images_untouched(photographs):
    before = {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in photographs.iterdir()}
    drive("when(lambda w: w.state.painted, lambda w: w.close())", photographs)
    assert {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in photographs.iterdir()} == before


def test_a_study_named_beside_images_takes_them_in(photographs: Path, tmp_path: Path) -> None:
    study = tmp_path / "mine.softcam"
    done = drive(
        """
        when(lambda w: w.state.study is not None and w.state.cases, lambda w: w.close())
        """,
        photographs,
        "--study",
        study,
    )
    assert done.returncode == 0, done.stderr
    with Study.open(study) as again:
        assert {case.path.parent for case in again.cases()} == {photographs.resolve()}
