"""The real ``main()`` twice: what comes back at the next start, the tour, and how a run ended."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.settings import Settings
from tests.programs import ROOT

DRIVER = """
import os, sys, traceback
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from app.main_window import MainWindow

app = QApplication([])

def window():
    return next((w for w in app.topLevelWidgets() if isinstance(w, MainWindow)), None)

def or_end(act):
    # Qt would only print what went wrong, and the window would stay.
    try:
        return act(window())
    except Exception:
        traceback.print_exc()
        os._exit(70)

def when(ready, act):
    timer = QTimer(app)
    def look():
        if window() is not None and or_end(ready):
            timer.stop()
            or_end(act)
    timer.timeout.connect(look)
    timer.start(20)

def later(milliseconds, act):
    QTimer.singleShot(milliseconds, lambda: or_end(act))

{steps}

from app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""

KEEP_MS = 1500
"""By then what changed has been written down."""


def drive(steps: str, *args: object, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DRIVER.replace("{steps}", textwrap.dedent(steps)), *map(str, args)],
        capture_output=True,
        text=True,
        timeout=180,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.fixture
def photographs(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(3):
        pixels = np.random.default_rng(number).integers(0, 255, (300, 400, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"eye{number}.png")
    return folder


ARRANGE = """
from app.state import PaneContent

def arrange(w):
    state = w.state
    w.controller.select_case(state.cases[1].id)
    w.look.set_theme("light")
    w.look.set_scale(1.3)
    state.set_overlay(opacity=0.25, smooth=False, style="contour", threshold=0.7, top_k=4)
    state.set_panes([PaneContent("gradcam", opacity=0.5), PaneContent(""), PaneContent("evidence")])
    state.set_linked(False)
    state.set_class("severe")
    w.controller.set_device("cpu")
    when(lambda w: state.painted and state.case.name == "eye1.png", zoom)

def zoom(w):
    for pane in w.grid.panes:
        pane.viewport.look_at((120.0, 80.0), 2.5)
    later({keep}, end)

when(lambda w: len(w.state.cases) == 3 and w.state.painted, arrange)
"""

TELL = """
def tell(w):
    state, view = w.state, w.grid.panes[0].viewport
    print(state.case.name, w.look.theme, w.look.scale, state.linked, state.chosen_class,
          state.device, view.centre, view.scale)
    print(state.overlay)
    print([(p.method, p.opacity) for p in state.panes])
    w.close()

when(lambda w: w.state.painted and w.state.case is not None, lambda w: later(300, tell))
"""

SHOWN = [
    "eye1.png light 1.3 False severe cpu (120.0, 80.0) 2.5",
    "[('gradcam', 0.5), ('', None), ('evidence', None)]",
]


@pytest.mark.parametrize("end", ["close", "kill"])
def test_the_next_start_goes_on_where_the_last_one_was(photographs: Path, end: str) -> None:
    """Closed as it should be, or killed in the middle."""
    if end == "kill" and os.name != "posix":
        pytest.skip("other systems end programs in other ways")
    steps = ARRANGE.replace("{keep}", str(KEEP_MS))
    ways = {
        "close": "def end(w): w.close()",
        "kill": "import os, signal\ndef end(w): os.kill(os.getpid(), signal.SIGKILL)",
    }
    drive(ways[end] + steps, photographs, code=-signal.SIGKILL if end == "kill" else 0)
    told = drive(TELL).splitlines()
    assert [told[0], told[2]] == SHOWN
    for setting in ("opacity=0.25", "smooth=False", "style='contour'", "threshold=0.7", "top_k=4"):
        assert setting in told[1]


def test_a_model_opened_by_hand_is_open_at_the_next_start(
    photographs: Path, demo_model: Path
) -> None:
    """Also when the program ends while it is still on its way."""
    open_it = f"""
    from pathlib import Path
    def opened(w):
        w.open_model(Path({str(demo_model)!r}))
        later({KEEP_MS}, lambda w: w.close())
    when(lambda w: w.state.painted, opened)
    """
    tell = """
    def tell(w):
        print([m.path.name for m in w.state.models], w.controller.models.paths[0].name)
        w.close()
    when(lambda w: w.state.models, tell)
    """
    drive(open_it, photographs)
    assert drive(tell).strip() == f"{[demo_model.name]} {demo_model.name}"
    at_once = "when(lambda w: w.controller.models.paths, lambda w: w.close())"
    drive(at_once)
    assert drive(tell).strip() == f"{[demo_model.name]} {demo_model.name}"


def test_a_preset_goes_on_and_leads_back(photographs: Path) -> None:
    drive(
        """
        def choose(w):
            w.presets.choose("annotate")
            later(800, lambda w: w.close())
        when(lambda w: w.state.painted, choose)
        """,
        photographs,
    )
    told = drive(
        """
        def tell(w):
            shown = [n for n in w.docks.names() if not w.docks.widget(n).isHidden()]
            print(w.presets.current, len(w.state.panes), "ledger" in shown)
            w.presets.back()
            shown = [n for n in w.docks.names() if not w.docks.widget(n).isHidden()]
            print(repr(w.presets.current), len(w.state.panes), "classes" in shown)
            w.close()
        when(lambda w: w.state.painted, tell)
        """
    )
    assert told.splitlines() == ["annotate 1 False", "'' 2 True"]


WATCH = """
def tell(w):
    print("tour", w.tour is not None)
    w.close()
when(lambda w: w.state.painted, lambda w: later(400, tell))
"""


def test_the_tour_is_taken_at_the_very_first_start_only(photographs: Path) -> None:
    first = drive(
        """
        def look(w):
            print("tour", w.tour is not None, len(w.state.cases) > 0)
            for _ in range(6):
                QTest.keyClick(w.tour.next, Qt.Key.Key_Return)
            print("tour", w.tour is not None)
            w.close()
        when(lambda w: w.tour is not None and w.state.cases, look)
        """
    )
    assert first.splitlines() == ["tour True True", "tour False"]
    assert drive(WATCH).strip() == "tour False"


def test_the_demo_that_the_starter_opens_after_the_set_up_begins_with_the_tour() -> None:
    assert drive(WATCH, "--demo").strip() == "tour True"
    assert drive(WATCH, "--demo").strip() == "tour False"


def test_who_names_a_folder_is_not_held_up_by_the_tour(photographs: Path) -> None:
    assert drive(WATCH, photographs).strip() == "tour False"


CRASH = """
def end(w):
    import ctypes
    ctypes.string_at(0)
when(lambda w: w.state.painted, lambda w: later(300, end))
"""

OFFER = """
from app.crash_bar import CrashBar
from app.dialogs.error_log import ErrorLog

def tell(w):
    bar = w.findChild(CrashBar)
    print("offered", bar is not None and bar.isVisible())
    if bar is not None:
        print(bar.label.text())
        log = ErrorLog(w)
        text = log.text.toPlainText()
        print("frames", "test_comfort" in text or "<string>" in text)
        print("paths", any(c in text for c in ("/", chr(92))))
        bar.later.click()
    w.close()
when(lambda w: w.state.painted, lambda w: later(300, tell))
"""


def test_a_crash_is_offered_once_at_the_next_start(photographs: Path) -> None:
    code = drive_code(CRASH, photographs)
    assert code != 0
    told = drive(OFFER).splitlines()
    assert told[0] == "offered True"
    assert "ended unexpectedly" in told[1]
    assert told[2:] == ["frames True", "paths False"]
    assert drive(OFFER).splitlines() == ["offered False"]


def drive_code(steps: str, *args: object) -> int:
    """Return the exit code of a program that does not end as it should."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER.replace("{steps}", steps), *map(str, args)],
        capture_output=True,
        timeout=180,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return done.returncode


def test_a_damaged_settings_file_is_no_reason_to_stop() -> None:
    """A settings file full of nonsense is the usual window."""
    settings = Settings()
    overlay = {
        "opacity": 9,
        "style": "paisley",
        "colours": "of a later version",
        "top_k": 10**400,
        "several": [1, ["x"]],
        "class_opacity": [["a", "b"], 3],
    }
    for key, value in {
        "view/overlay": json.dumps(overlay),
        "view/panes": '[{"method": "paisley"}, 3]',
        "view/text_size": "huge",
        "view/theme": "pink",
        "last/started": True,
        "last/place": "[" * 100_000,
        "arrangement/preset": "none",
        "arrangement/panes": '["x"]',
    }.items():
        settings.set(key, value)
    settings.save()
    told = drive("when(lambda w: w.isVisible(), lambda w: (print(w.state.overlay), w.close()))")
    assert "style='blend'" in told
    assert "colours='auto'" in told
    assert "top_k=10" in told
