"""What the program costs while nobody touches it: the window and the process behind it.

pytest -m benchmark -s tests/benchmarks/test_idle.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from processes import PROC, family, processor_seconds

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30
QUIET_SHARE = 0.05
"""Below this part of a core for some seconds, whatever came with the start has ended."""
ALLOWED = 0.01

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not PROC.is_dir(), reason="only Linux tells it in /proc"),
]


def spent(pid: int) -> dict[int, float]:
    return {each: processor_seconds(each) for each in family(pid)}


def share(pid: int, seconds: float) -> dict[int, float]:
    """Return the part of a core that each process of a program takes."""
    before, start = spent(pid), time.monotonic()
    time.sleep(seconds)
    after, passed = spent(pid), time.monotonic() - start
    return {each: (after[each] - before.get(each, 0.0)) / passed for each in after}


def test_an_idle_program_takes_no_processor(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "app", "--demo"],
        cwd=ROOT,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "SOFTCAM_CONFIG_DIR": str(tmp_path / "config"),
            "SOFTCAM_DATA_DIR": str(tmp_path / "data"),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(15)
        for _ in range(20):
            if sum(share(program.pid, 3).values()) < QUIET_SHARE:
                break
        else:
            pytest.fail("the program did not come to rest within a minute")
        assert len(family(program.pid)) > 1, "the process behind the window is not there"
        found = share(program.pid, SECONDS)
    finally:
        program.terminate()
        program.wait(20)
    window = found.pop(program.pid)
    behind = sum(found.values())
    print(
        f"\nidle over {SECONDS} s: window {window:.2%} of a core, behind it {behind:.2%}, "
        f"together {window + behind:.2%}"
    )
    assert window + behind < ALLOWED
