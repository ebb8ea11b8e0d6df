"""A checkout to set up, on a machine without an NVIDIA card."""

import os
import shutil
from pathlib import Path

import pytest

from launcher import installer
from tests.packaging.doubles import ROOT, Recorder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout in a folder with spaces."""
    folder = tmp_path / "a folder with spaces"
    (folder / "packaging").mkdir(parents=True)
    for name in ("pyproject.toml", "packaging/constraints.txt"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def report() -> Recorder:
    if os.name == "nt":
        pytest.skip("the stand-in for an interpreter is a shell script")
    return Recorder()


@pytest.fixture(autouse=True)
def no_nvidia_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installer, "has_nvidia_card", lambda: False)
