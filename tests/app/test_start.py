"""What the entry point refuses in one sentence before a window is there."""

import os
import socket
import sys
from pathlib import Path

import pytest

from app.__main__ import display_problem, main


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
