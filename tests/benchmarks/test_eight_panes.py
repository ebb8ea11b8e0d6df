"""Eight panes on an image of 3000 x 3000: each frame, beside eight linked views of pyqtgraph.

A frame is the time from the event of the hand (slider, wheel, drag, choice of a class), sent to
the program's own window, until every pane has been painted. What is allowed is held by the
processor's clock: on the wall the machine's other work counts too; both are printed.

pytest -m benchmark -s tests/benchmarks/test_eight_panes.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MIDDLE_MS, HIGH_MS, CLASS_MS = 16.0, 33.0, 50.0
SCREENS = {"1366x768": (1366, 768, 1), "3840x2160": (1920, 1080, 2)}
"""Size in device-independent pixels, and the scale."""

Times = list[tuple[float, float]]

pytestmark = pytest.mark.benchmark


def run(program: str, folder: Path, screen: tuple[int, int, int]) -> dict[str, Times]:
    """Run one of the programs beside this file on a screen of its own."""
    width, height, scale = screen
    done = subprocess.run(
        [sys.executable, str(HERE / program), str(folder), str(width), str(height)],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(scale),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Times] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_every_pane_follows_the_hand(screen: str, tmp_path: Path) -> None:
    ours = run("eight_panes.py", tmp_path, SCREENS[screen])
    theirs = run("peer_panes.py", tmp_path, SCREENS[screen])
    print()
    late = []
    for kind, times in ours.items():
        wall, processor = zip(*times, strict=True)
        middle, high = median(processor), quantiles(processor, n=20)[-1]
        text = f"median {median(wall):.1f} ms, 95 % {quantiles(wall, n=20)[-1]:.1f} ms"
        if kind in theirs:
            peer = median([each[1] for each in theirs[kind]])
            text += f"; pyqtgraph {peer:.1f} ms, ratio {middle / peer:.2f}"
        print(f"{screen} {kind}: {middle:.1f} and {high:.1f} ms of a processor; wall {text}")
        allowed = (CLASS_MS, CLASS_MS) if kind == "class" else (MIDDLE_MS, HIGH_MS)
        if middle > allowed[0] or high > allowed[1]:
            late.append(f"{kind}: {middle:.1f} and {high:.1f} ms")
    assert not late, f"too slow on {screen}: {'; '.join(late)}"
