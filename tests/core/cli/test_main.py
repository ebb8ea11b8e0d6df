"""The command as a whole: quick, and never a traceback for a user's mistake."""

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from softcam_core.cli.common import print_json
from softcam_core.cli.main import COMMANDS
from softcam_core.errors import ModelError

ROOT = Path(__file__).resolve().parents[3]


def test_help_names_every_command_and_loads_no_torch() -> None:
    code = (
        "import sys\nfrom softcam_core.cli.main import main\nsys.argv = ['softcam', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n"
        "    print('HEAVY', [m for m in ('torch', 'torchvision', 'cv2') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    for name in COMMANDS:
        assert name in done.stdout
    assert "HEAVY []" in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["nonsense"],
        ["predict"],
        ["predict", "model.safetensors"],
        ["explain", "model.safetensors", "a.png"],
        ["explain", "m.safetensors", "a.png", "--out", "o", "--methods", "evidence,lime"],
        ["predict", "model.safetensors", "a.png", "--device", "gpu"],
        ["predict", "model.safetensors", "a.png", "--no-such-option"],
    ],
)
def test_wrong_usage_is_exit_2(softcam, args: list[str]) -> None:
    done = softcam(*args)
    assert done.code == 2
    assert "Traceback" not in done.err
    assert done.err.strip() or not args


@pytest.mark.parametrize("command", ["predict", "explain"])
def test_a_bad_model_is_one_line_and_exit_1(softcam, command: str, tmp_path: Path) -> None:
    (tmp_path / "net.pth").write_bytes(b"PK\x03\x04 and so on")
    more = ["--out", tmp_path / "out"] if command == "explain" else []
    done = softcam(command, tmp_path / "net.pth", tmp_path, *more)
    assert done.code == 1
    assert done.out == ""
    (line,) = done.err.splitlines()
    assert "net.pth" in line
    assert "softcam convert" in line


def test_a_stop_from_the_keyboard_is_no_traceback(softcam, monkeypatch, model, folder) -> None:
    def stopped(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("softcam_core.models.checkpoint.load_model", stopped)
    done = softcam("predict", model, folder)
    assert done.code == 130
    assert "Traceback" not in done.err


def test_json_has_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": [float("nan"), 1.5], "b": {"c": float("inf")}})
    assert capsys.readouterr().out == '{"a": [null, 1.5], "b": {"c": null}}\n'


@pytest.mark.filterwarnings("always")
def test_a_warning_for_programmers_is_not_printed(softcam, monkeypatch, tmp_path: Path) -> None:
    def warns(*_args: object) -> None:
        warnings.warn("the kernel size is odd", UserWarning, stacklevel=1)
        raise ModelError("The model is no model; choose another.")

    monkeypatch.setattr("softcam_core.models.checkpoint.load_model", warns)
    shown: list[object] = []
    monkeypatch.setattr(warnings, "showwarning", lambda *said, **_: shown.append(said))
    done = softcam("predict", tmp_path / "a.safetensors", tmp_path)
    assert (shown, done.err) == ([], "softcam: The model is no model; choose another.\n")
    warnings.warn("after the command", UserWarning, stacklevel=1)
    assert len(shown) == 1
