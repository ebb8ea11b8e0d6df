"""A stand-in for venv and pip, and small programs to run in place of real ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launcher import environment, installer

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = ROOT / "packaging" / "launch.py"

posix = pytest.mark.skipif(os.name == "nt", reason="uses a shell script in place of a program")


class Recorder:
    """A report that plays venv and pip: makes the interpreter, notes every command."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.commands: list[list[str]] = []
        self.answers: dict[str, tuple[int, str]] = {}
        self.cut_off_at = ""

    def step(self, text: str) -> None:
        self.steps.append(text)

    def ask(self, question: str) -> bool:
        return False

    def run(self, command: list[str], quiet: bool = False) -> tuple[int, str]:
        self.commands.append(command)
        line = " ".join(command)
        if self.cut_off_at and self.cut_off_at in line:
            raise KeyboardInterrupt
        if "venv" in command:
            python = environment.python_of(Path(command[-1]))
            write_program(python, f'exec "{sys.executable}" "$@"')
        for part, answer in self.answers.items():
            if part in line:
                return answer
        return 0, ""

    @property
    def installed(self) -> list[str]:
        """What was asked of pip, without its fixed options."""
        return [" ".join(c[6:]) for c in self.commands if c[1:4] == ["-m", "pip", "install"]]


def plan(root: Path, *extras: str, torch_index: str = "") -> installer.Plan:
    """What to set up in a checkout."""
    return installer.Plan(root, root / ".venv", extras, torch_index)


def run_launch(*args: str, python: str = sys.executable, **env: str) -> subprocess.CompletedProcess:
    """Run the launcher as a user would."""
    return subprocess.run(
        [python, str(LAUNCH), *args],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        env={**os.environ, **env},
    )


def write_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path
