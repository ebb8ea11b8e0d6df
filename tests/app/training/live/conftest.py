"""Training runs and sweeps that the core's own writers made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[3]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of runs and sweeps, made by another process: this one has no torch."""
    folder = tmp_path_factory.mktemp("prepared")
    done = subprocess.run(
        [sys.executable, str(HERE / "prepare.py"), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of runs; locks of the user's own stay out of the way."""
    monkeypatch.setenv("SOFTCAM_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "runs"
    folder.mkdir()
    return folder


@pytest.fixture
def put(prepared: Path, runs: Path) -> Callable[..., Path]:
    """Copy a prepared run, or sweep, into the folder; the later, the newer."""
    count = 0

    def put(name: str, under: str = "") -> Path:
        nonlocal count
        count += 1
        folder = runs / (under or name)
        shutil.copytree(prepared / name, folder)
        config = folder / "config.toml"
        if config.exists():
            os.utime(config, (1000 * count, 1000 * count))
        return folder

    return put
