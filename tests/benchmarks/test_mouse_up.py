"""From the mouse button coming up to the mark on disk, and to the mark on screen.

pytest -m benchmark -s tests/benchmarks/test_mouse_up.py
"""

import sqlite3
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint

sys.path.insert(0, str(Path(__file__).parent))
import crowded

MARKS = 1000
MEDIAN_MS = 20
WORST_MS = 100

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("present", [0, 2000], ids=["alone", "among 2000"])
def test_a_mark_is_on_disk_when_the_release_returns(tmp_path, qtbot, present):
    path = crowded.crowded_study(tmp_path, present)
    window = crowded.open_window(path, qtbot)
    window.state.set_tool("box")
    file = sqlite3.connect(path)
    stored, shown = [], []
    canvas = window.grid.canvas(0)
    for n in range(MARKS):
        # Spread over the photograph, all of it in view.
        start = canvas.to_screen(100 + 173 * n % 3800, 100 + 89 * n % 2500).toPoint()
        window.state.set_selected(None)
        crowded.mouse(window, QEvent.Type.MouseButtonPress, start)
        end = start + QPoint(10 + n % 13, 9 + n % 7)
        crowded.mouse(window, QEvent.Type.MouseMove, end)
        crowded.settle()
        before = time.perf_counter()
        crowded.mouse(window, QEvent.Type.MouseButtonRelease, end)
        stored.append((time.perf_counter() - before) * 1000)
        (count,) = file.execute("select count(*) from annotations").fetchone()
        assert count == present + n + 1
        between = time.perf_counter()
        crowded.settle()
        shown.append(stored[-1] + (time.perf_counter() - between) * 1000)
    middle, _ = crowded.told(f"on disk, {present} shapes there", stored)
    crowded.told(f"on screen, {present} shapes there", shown)
    assert middle <= 2 * MEDIAN_MS
    assert max(stored) <= 3 * WORST_MS
