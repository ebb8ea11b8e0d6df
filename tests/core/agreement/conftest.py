"""A study of three images that two readers marked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study

WIDTH, HEIGHT = 40, 30


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """A study with the cases 1, 2 and 3, of 40 x 30 pixels."""
    paths = [tmp_path / f"eye-{number}.png" for number in (1, 2, 3)]
    rng = np.random.default_rng(0)
    for path in paths:
        Image.fromarray(rng.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)).save(path)
    with Study.open(tmp_path / "s.softcam") as opened:
        opened.add_cases(paths)
        yield opened


@pytest.fixture
def box(study: Study) -> Callable[..., int]:
    """Draw a box: case, reader, its corners, and a label."""

    def draw(case: int, reader: str, *corners: float, label: str = "MA") -> int:
        points = np.reshape(corners, (2, 2)).tolist()
        return study.add_annotation(case, "box", points, label, reader)

    return draw
