"""A toy set that any network learns: a red or a blue square on noise."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.training.config import Config, load_config


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A table of 24 training and 8 validation images of two classes."""
    return make_toy(tmp_path / "toy")


@pytest.fixture
def configure(toy: Path, tmp_path: Path) -> Callable[..., Config]:
    """Return a small configuration on the toy set, changed by ``table.key=value`` texts."""
    file = tmp_path / "toy.toml"
    file.write_text(
        f"[data]\ncsv = '{toy}'\nimage_size = 32\naugment = 'cxr'\n"
        "[model]\narch = 'shufflenet_v2_x0_5'\noptions = {dropout = '0.2'}\n"
        "[train]\nepochs = 3\nbatch_size = 8\nlr = 0.02\ndevice = 'cpu'\n"
        f"[output]\ndir = '{tmp_path / 'run'}'\n"
    )
    return lambda *overrides: load_config(file, overrides)


def make_toy(folder: Path, train: int = 24, val: int = 8) -> Path:
    folder.mkdir()
    rng = np.random.default_rng(0)
    rows = ["path,label,split"]
    for i in range(train + val):
        pixels = rng.integers(0, 60, (36, 40, 3), np.uint8)
        y, x = rng.integers(4, 20, 2)
        pixels[y : y + 12, x : x + 12, 0 if i % 2 else 2] = 230
        Image.fromarray(pixels).save(folder / f"{i}.png")
        rows.append(f"{i}.png,{'lesion' if i % 2 else 'healthy'},{'train' if i < train else 'val'}")
    table = folder / "labels.csv"
    table.write_text("\n".join(rows) + "\n")
    return table
