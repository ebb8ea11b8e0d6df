"""What the entry point refuses in one sentence before a window is there."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from app.__main__ import display_problem, main
from softcam_core.annotations.location import default_study_path


@pytest.mark.parametrize("option", [(), ("--model",)])
def test_too_long_a_path_is_one_sentence(
    option: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*option, "a" * 300]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "check the path" in line


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Wayland is Linux's")
def test_a_dead_wayland_display_is_no_display(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", os.path.relpath(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wl")
    assert "No display" in (display_problem() or "")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(tmp_path / "wl"))
        server.listen(1)
        assert display_problem() is None
    assert "No display" in (display_problem() or "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has the choice")
@pytest.mark.parametrize(("platform", "words"), [("foo", "'foo'"), ("wayland", "No Wayland")])
def test_a_platform_that_is_not_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, platform: str, words: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("WAYLAND_DISPLAY", "/nowhere")
    assert words in (display_problem() or "")


@pytest.mark.skipif(os.name != "posix", reason="other systems end programs in other ways")
def test_the_end_of_the_session_leaves_the_study_in_one_file(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    Image.new("L", (40, 30)).save(tmp_path / "photos" / "eye.png")
    path = default_study_path(tmp_path / "photos")
    command = [sys.executable, "-m", "app", str(tmp_path / "photos")]
    with subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as window:
        try:
            end = time.monotonic() + 30
            while not cases_in(path) and time.monotonic() < end:
                time.sleep(0.1)
            assert Path(f"{path}-wal").exists()
            window.terminate()
            assert window.wait(20) == 0
        finally:
            window.kill()
    assert not Path(f"{path}-wal").exists()
    assert cases_in(path) == 1


def cases_in(path: Path) -> int:
    """Count a study's cases without opening it as the program does."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM cases").fetchone()[0])
    except sqlite3.OperationalError:
        return 0
