"""What is shipped: starters that start, icons, a licence, and a wheel that is complete."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import softcam_core

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
STARTERS = [
    "linux/softcam-viewer.sh",
    "linux/softcam-viewer.desktop",
    "macos/softcam-viewer.command",
]


def test_packaging_is_no_package() -> None:
    """It would stand in for PyPI's ``packaging``, which pip's world imports."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("name", STARTERS)
def test_a_starter_can_be_double_clicked(name: str) -> None:
    starter = ROOT / "packaging" / name
    assert os.name == "nt" or os.access(starter, os.X_OK)


@pytest.mark.skipif(os.name == "nt", reason="no sh there")
@pytest.mark.parametrize("name", ["packaging/linux/softcam-viewer.sh", ".ci/run"])
def test_a_shell_script_has_no_syntax_error(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(ROOT / name)]).returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a starter for Linux")
def test_the_linux_starter_finds_the_launcher_from_anywhere(tmp_path: Path) -> None:
    """Through a path with spaces, from another folder, with arguments handed on."""
    checkout = tmp_path / "a checkout with spaces"
    (checkout / "packaging" / "linux").mkdir(parents=True)
    starter = checkout / "packaging" / "linux" / "softcam-viewer.sh"
    starter.write_bytes((ROOT / "packaging" / "linux" / "softcam-viewer.sh").read_bytes())
    (checkout / "packaging" / "launch.py").write_text("import sys; print(sys.argv[1:])")
    done = subprocess.run(
        ["sh", str(starter), "x y.png"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.stdout == "['--window', 'x y.png']\n", done.stderr


def test_the_windows_starter_has_windows_line_ends() -> None:
    """cmd.exe loses its place in a batch file without them."""
    text = (ROOT / "packaging" / "windows" / "softcam-viewer.bat").read_bytes()
    assert text.count(b"\n") == text.count(b"\r\n") > 5


def test_ci_calls_the_readmes_command() -> None:
    """CI tests what a newcomer is told to type."""
    command = "python3 packaging/launch.py test"
    assert command in (ROOT / ".ci" / "run").read_text()
    assert command in (ROOT / "README.md").read_text()


def test_licence_is_apache_in_full() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_changelog_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text()
    assert "## [Unreleased]" in text or f"## [{softcam_core.__version__}]" in text


@pytest.mark.parametrize(
    ("name", "start"),
    [("svg", b"<svg"), ("ico", b"\0\0\1\0"), ("icns", b"icns")],
)
def test_the_icon_has_the_format_of_each_system(name: str, start: bytes) -> None:
    assert (ROOT / "resources" / "icons" / f"softcam-viewer.{name}").read_bytes().startswith(start)


def test_no_path_of_a_machine_is_in_what_is_shipped() -> None:
    """Nothing depends on where it was built."""
    for path in [*(ROOT / "packaging").rglob("*"), ROOT / "pyproject.toml", ROOT / ".ci" / "run"]:
        if path.suffix in (".py", ".txt", ".toml", ".sh", ".bat", ".command", ".desktop"):
            text = path.read_text("utf-8")
            assert "/work/" not in text, path
            assert "/root/" not in text, path
            assert "/opt/" not in text, path


@pytest.mark.slow
def test_the_wheel_holds_code_and_resources(tmp_path: Path) -> None:
    """Built in isolation (this needs the package index): both packages, types, icons, demo."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "-q",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("softcam_viewer-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"app/__main__.py", "softcam_core/__init__.py", "softcam_core/py.typed"} <= names
    assert "softcam_core/_resources/icons/softcam-viewer.svg" in names
    assert any(name.startswith("softcam_core/_resources/demo/") for name in names)
    assert not any(name.startswith(("tests/", "packaging/")) for name in names)
