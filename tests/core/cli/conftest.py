"""The ``softcam`` command in this process, and small models and images to run it on."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core.cli.main import main
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from tests.programs import Ran, run_here

CLASSES = ["healthy", "soft drusen", "drusen/hard"]


@pytest.fixture
def softcam(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    return lambda *args: run_here(main, "softcam", *args, capsys=capsys)


def write_model(path: Path, head: str = "softcam") -> Path:
    torch.manual_seed(3)
    model = build_model(
        "shufflenet_v2_x0_5", CLASSES, head, input=InputSpec(size=(96, 64), geometry="crop")
    )
    save_model(model, path)
    return path


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model.safetensors")


@pytest.fixture
def black_box(tmp_path: Path) -> Path:
    return write_model(tmp_path / "box.safetensors", "blackbox")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three images in a tree: ``a.png``, ``deep/b.jpg`` (grey), ``deep/er/a.png``."""
    rng = np.random.default_rng(0)
    root = tmp_path / "images"
    for name, shape in (
        ("a.png", (60, 80, 3)),
        ("deep/b.jpg", (50, 40)),
        ("deep/er/a.png", (33, 47, 3)),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 255, shape, np.uint8)).save(root / name)
    return root
