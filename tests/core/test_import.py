"""The package itself: quick to import, complete in what it promises."""

import subprocess
import sys
from pathlib import Path

import pytest

import softcam_core

ROOT = Path(__file__).resolve().parents[2]


def run_fresh(code: str) -> str:
    """Run code in a process of its own, from the repository, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_loads_neither_torch_nor_qt() -> None:
    """A script that only wants a study must not wait for torch."""
    heavy = ("torch", "torchvision", "PySide6", "numpy", "sqlalchemy", "pydicom", "cv2")
    out = run_fresh(f"import sys, softcam_core; print([m for m in {heavy!r} if m in sys.modules])")
    assert out.strip() == "[]"


def test_opening_a_study_loads_no_torch() -> None:
    """The window opens studies and never imports torch."""
    out = run_fresh("import sys, softcam_core; softcam_core.Study; print('torch' in sys.modules)")
    assert out.strip() == "False"


@pytest.mark.parametrize("name", [n for n in softcam_core.__all__ if n != "__version__"])
def test_every_public_name_is_there(name: str) -> None:
    """Each promised name loads from its module and is listed by dir()."""
    assert name in dir(softcam_core)
    assert getattr(softcam_core, name).__name__.rpartition(".")[2] == name


def test_unknown_name_is_an_attribute_error() -> None:
    """A misspelled name fails as it does in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'Studdy'"):
        softcam_core.__getattr__("Studdy")


def test_packages_without_torch_stay_without_it() -> None:
    """The parts that the window imports must not bring torch along by their ``__init__``."""
    out = run_fresh(
        "import sys, softcam_core.errors, softcam_core.resources, softcam_core.models.spec, "
        "softcam_core.models, softcam_core.explain, softcam_core.training, "
        "softcam_core.imaging.geometry, softcam_core.annotations, softcam_core.phantoms\n"
        "print([m for m in ('torch', 'torchvision', 'PySide6') if m in sys.modules])"
    )
    assert out.strip() == "[]"
