"""What is left when the window itself is killed: nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHM, segments, wait  # type: ignore[import-not-found]

_WINDOW = """
import sys
sys.path[:0] = [{tests!r}]
import numpy as np
from PySide6.QtCore import QCoreApplication
from app.jobs.client import JobClient
from fake_worker import FakeWorker
app = QCoreApplication([])
client = JobClient(make_worker=FakeWorker)
client.start()
array = np.zeros(5_000_000)
def busy(_=None):
    for _ in range(8):
        client.submit("echo", {{"array": array}})
    client.submit("echo", {{"array": array}}, on_done=busy)
    if client.pid:
        print(client.pid, flush=True)
client.ready.connect(busy)
app.exec()
"""


@pytest.mark.skipif(not SHM.is_dir(), reason="no /dev/shm to look into")
def test_the_child_and_its_memory_go_with_a_killed_window() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _WINDOW.format(tests=str(Path(__file__).parent))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as window:
        try:
            assert window.stdout is not None
            for _ in range(5):  # Arrays are on their way in both directions by then.
                child = int(window.stdout.readline())
        finally:
            window.send_signal(signal.SIGKILL)
        assert window.stderr is not None
        said = window.stderr.read()  # Ends when the child and its helpers have ended.

    def gone() -> bool:
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return True
        return Path(f"/proc/{child}/stat").read_text().split()[2] == "Z"

    assert wait(gone, 2)
    assert not segments(window.pid)
    assert "leaked" not in said
