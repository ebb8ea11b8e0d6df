"""A study with one case, fresh for each test, and programs of their own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from softcam_core.annotations.study import Study

ROOT = Path(__file__).resolve().parents[3]
WIDTH, HEIGHT = 40, 30


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """An image of 40 x 30 pixels."""
    path = tmp_path / "images" / "eye.png"
    path.parent.mkdir()
    Image.new("L", (WIDTH, HEIGHT)).save(path)
    return path


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """An empty study."""
    with Study.open(tmp_path / "s.softcam") as opened:
        yield opened


@pytest.fixture
def case(study: Study, image: Path) -> int:
    """The study's one case."""
    return study.add_case(image)


@pytest.fixture
def start_python() -> Callable[..., subprocess.Popen[str]]:
    """Start a program in a process of its own: code, then its arguments."""

    def start(code: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            **options,
        )

    return start
