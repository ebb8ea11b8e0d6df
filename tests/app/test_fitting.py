"""The window fits a screen of 1366 x 768, title bar and all, in every language and size of text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

MEASURE = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QToolBar
from app.language import install, language_of
from app.main_window import MainWindow
from app.screenshot import wait_until_complete
from app.settings import Settings

app = QApplication([])
install(app, language_of(None))
folder = Path(sys.argv[1])
settings = Settings(folder)
settings.set("view/text_size", float(sys.argv[2]))
settings.set("view/theme", "dark")
window = MainWindow(settings)
window.open_demo()
window.resize(1366, 768)
window.show()
wait_until_complete(window)
least = window.minimumSizeHint()
bar = window.findChild(QToolBar)
actions = {"open_folder", "next_case", "tool_lasso", "tool_box", "tool_brush", "undo", "one_to_one",
           "toggle_overlay", "link_panes", "panes_1", "panes_8"}
cut = [a for a in actions if not bar.widgetForAction(window.actions_table[a]).isVisible()]
rows = window.docks.classes._scroll
print(least.width(), least.height(), rows.verticalScrollBar().isVisible(), ",".join(cut) or "-")
window.close()
"""


def measure(folder: Path, scale: str, language: str) -> tuple[int, int, bool, str]:
    """Return least width and height, whether the classes scroll, and which tools are cut."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder), scale],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "SOFTCAM_LANGUAGE": language,
            "SOFTCAM_DATA_DIR": str(folder),
            "SOFTCAM_CONFIG_DIR": str(folder),
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    width, height, scrolls, cut = done.stdout.split()
    return int(width), int(height), scrolls == "True", cut


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_window_fits_a_small_screen_with_its_title_bar(tmp_path: Path, language: str) -> None:
    width, height, scrolls, cut = measure(tmp_path, "1.0", language)
    assert width <= 1200
    assert height <= 700
    assert not scrolls
    assert cut == "-", "tools hidden behind the arrow at 1366 pixels"


@pytest.mark.parametrize("language", ["en", "de"])
def test_with_large_text_it_fits_as_well(tmp_path: Path, language: str) -> None:
    width, height, scrolls, _ = measure(tmp_path, "1.5", language)
    assert width <= 1366
    assert height <= 768
    assert not scrolls
