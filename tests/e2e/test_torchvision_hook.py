"""``import torchvision`` beside a CPU torch: in a fresh process, by whoever comes first."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Stand-ins for torchvision's own modules: the awaited one registers a shape rule, as the real
# one does; the extension says whether the compiled library has loaded.
FAKE_TORCHVISION = {
    "__init__.py": "from . import extension, _meta_registrations\n__version__ = '9.9'\n",
    "extension.py": "def _has_ops():\n    return {has_ops}\n",
    "_meta_registrations.py": (
        "import torch\n"
        "if not {has_ops}:\n"
        "    @torch.library.register_fake('torchvision::nms')\n"
        "    def nms(dets, scores, iou_threshold):\n"
        "        return dets\n"
    ),
}


def run_fresh(code: str, *path: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, with folders put before the installed packages."""
    places = [str(p) for p in (*path, ROOT)]
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", f"import sys; sys.path[:0] = {places!r}\n{code}"],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=path[0] if path else ROOT,
    )


def fake_torchvision(folder: Path, has_ops: bool) -> Path:
    """Write a small torchvision whose compiled library has loaded, or has not."""
    package = folder / "torchvision"
    package.mkdir()
    for name, text in FAKE_TORCHVISION.items():
        (package / name).write_text(text.replace("{has_ops}", str(has_ops)))
    return folder


def test_torchvision_and_torchmetrics_import_after_softcam_core() -> None:
    """The promise itself, for third parties: with this torch and this torchvision."""
    done = run_fresh(
        "import softcam_core, torchmetrics, torchvision, torch\n"
        "model = torchvision.models.squeezenet1_1(num_classes=2).eval()\n"
        "print(tuple(model(torch.zeros(1, 3, 64, 64)).shape))"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "(1, 2)"


def test_missing_operators_are_declared(tmp_path: Path) -> None:
    """A torchvision without its compiled library fails alone and imports with the hook."""
    folder = fake_torchvision(tmp_path, has_ops=False)
    alone = run_fresh("import torchvision", folder)
    assert "torchvision::nms" in alone.stderr
    helped = run_fresh("import softcam_core, torchvision; print(torchvision.__version__)", folder)
    assert helped.stdout.strip() == "9.9", helped.stderr


def test_a_working_torchvision_is_left_alone(tmp_path: Path) -> None:
    """Where the compiled library has loaded, nothing is declared."""
    folder = fake_torchvision(tmp_path, has_ops=True)
    done = run_fresh(
        "import softcam_core, torchvision, torch\n"
        "print(hasattr(torch.ops.torchvision, 'nms'), torchvision.__version__)",
        folder,
    )
    assert done.stdout.split() == ["False", "9.9"], done.stderr


def test_operators_that_exist_are_not_declared_again(tmp_path: Path) -> None:
    """Somebody else's declaration of the same operators is respected."""
    folder = fake_torchvision(tmp_path, has_ops=False)
    done = run_fresh(
        "import softcam_core, torch\n"
        "mine = torch.library.Library('torchvision', 'DEF')\n"
        "mine.define('nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor')\n"
        "import torchvision; print(torchvision.__version__)",
        folder,
    )
    assert done.stdout.strip() == "9.9", done.stderr


def test_a_failed_first_import_can_be_repeated() -> None:
    """torchvision imported too early fails; after ``import softcam_core`` it imports."""
    done = run_fresh(
        "try:\n    import torchvision\nexcept RuntimeError:\n    pass\n"
        "import softcam_core, torchvision; print('ok')"
    )
    assert done.stdout.strip() == "ok", done.stderr


@pytest.mark.parametrize("times", [1, 3])
def test_installed_once(times: int) -> None:
    """Repeated imports and calls leave one finder on the list."""
    done = run_fresh(
        "import softcam_core\nfrom softcam_core import torchvision_hook as hook\n"
        f"[hook.install() for _ in range({times})]\n"
        "print(sum(isinstance(f, hook.TorchvisionFinder) for f in sys.meta_path))"
    )
    assert done.stdout.strip() == "1", done.stderr


def test_state_is_one_line() -> None:
    """``softcam doctor`` shows the state in one phrase."""
    done = run_fresh("from softcam_core import torchvision_hook as hook; print(hook.state())")
    assert len(done.stdout.splitlines()) == 1, done.stderr
    assert "compiled operators" in done.stdout
