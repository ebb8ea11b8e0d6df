"""Starts by a double click: never silent."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from launcher import clickable, environment
from tests.packaging.doubles import LAUNCH, plan, posix, write_program


def test_the_viewers_last_words_are_shown() -> None:
    """A start by a double click is never silent."""
    code = "import sys; sys.exit('No display was found.')"
    with pytest.raises(environment.SetupError, match="ended with code 1:\nNo display was found"):
        clickable.watch([sys.executable, "-c", code])
    assert clickable.watch([sys.executable, "-c", ""]) == 0


@posix
def test_a_terminal_is_opened_where_there_is_no_tkinter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    """The set-up goes on where it can be watched."""
    if sys.platform == "darwin":
        pytest.skip("macOS opens its own terminal")
    write_program(tmp_path / "xterm", f'printf "%s\\n" "$@" > "{tmp_path}/started"')
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + "/bin")
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setitem(sys.modules, "tkinter", None)
    monkeypatch.delitem(sys.modules, "launcher.window", raising=False)
    monkeypatch.setattr(clickable, "TERMINALS", {"xterm": ["-e"]})
    monkeypatch.setattr(sys, "argv", [str(LAUNCH), "--window", "x.png"])
    with pytest.raises(SystemExit) as ended:
        clickable.set_up_in_window(plan(root))
    assert ended.value.code == 0
    words = (tmp_path / "started").read_text().splitlines()
    assert words[-3:] == [sys.executable, str(LAUNCH), "x.png"]


@posix
def test_the_window_shows_progress_and_errors(tmp_path: Path) -> None:
    """The real window on a virtual screen: one job that succeeds, one that fails."""
    pytest.importorskip("tkinter")
    screen = shutil.which("xvfb-run")
    if screen is None:
        pytest.skip("no virtual screen (xvfb-run) on this machine")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from launcher.environment import SetupError\n"
        "from launcher.window import Window\n"
        "window = Window()\n"
        "def job():\n"
        "    window.step('One step')\n"
        "    print(window.run([sys.executable, '-c', 'print(6 * 7)']))\n"
        "    print(window.ask('May I?'))\n"
        "print(window.work(job))\n"
        "window = Window()\n"
        "def bad():\n"
        "    window._root.after(1500, lambda: (\n"
        "        print(window._step.cget('text'), window._button.cget('text')), window._stop()))\n"
        "    raise SetupError('It went wrong.')\n"
        "print(window.work(bad))\n"
    )
    done = subprocess.run(
        [screen, "-a", sys.executable, "-c", code, str(LAUNCH.parent)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    expected = ["(0, '42\\n')", "False", "True", "It went wrong. Close", "False"]
    assert done.stdout.splitlines() == expected, done.stderr
