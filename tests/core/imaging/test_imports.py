"""What importing the readers costs the window's start: nothing that a file does not need yet."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

SLOW = ("PIL", "cv2", "pydicom", "torch", "PySide6")
ASK = f"import sys; print(*[name for name in {SLOW} if name in sys.modules])"


def loaded(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{ASK}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["read", "window", "geometry", "preprocess", "index", "fundus"])
def test_importing_loads_no_decoder(module: str) -> None:
    assert loaded(f"import softcam_core.imaging.{module}") == set()


def test_a_jpeg_does_not_load_pydicom(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(np.zeros((30, 40), np.uint8)).save(path)
    read = "from softcam_core.imaging.read import read_image, read_preview, image_size"
    assert loaded(f"{read}; image_size({str(path)!r})") == {"PIL"}
    assert loaded(f"{read}; read_preview({str(path)!r}, 9); read_image({str(path)!r})") == {
        "PIL",
        "cv2",
    }
