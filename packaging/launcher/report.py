"""Where a set-up says what it does: the terminal, here; a window, in ``window.py``."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import deque
from typing import Protocol

TAIL = 40  # lines of a failed command that are kept for the message


class Report(Protocol):
    """What the set-up needs from whoever shows it."""

    def step(self, text: str) -> None:
        """Begin a step."""

    def ask(self, question: str) -> bool:
        """Ask for a yes; False where nobody can answer."""

    def run(self, command: list[str], quiet: bool = False) -> tuple[int, str]:
        """Run a command and show its output; return its exit code and its last lines."""


class Console:
    """Steps and the commands' own output, progress bars included, in the terminal."""

    def step(self, text: str) -> None:
        """Print a line for the step."""
        print(f"==> {text}", flush=True)

    def ask(self, question: str) -> bool:
        """Ask in the terminal, if one is there to answer."""
        if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
            return False
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")

    def run(self, command: list[str], quiet: bool = False) -> tuple[int, str]:
        """Run a command; only its errors are read here, and hidden if they are expected."""
        tail: deque[str] = deque(maxlen=TAIL)
        with subprocess.Popen(
            command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, errors="replace"
        ) as process:
            reader = threading.Thread(target=_copy_errors, args=(process, tail, quiet))
            reader.start()
            code = process.wait()
            reader.join()
        return code, "".join(tail)


def _copy_errors(process: subprocess.Popen[str], tail: deque[str], quiet: bool) -> None:
    """Keep the last error lines and show them unless they are expected."""
    assert process.stderr is not None
    for line in process.stderr:
        tail.append(line)
        if not quiet:
            sys.stderr.write(line)
            sys.stderr.flush()


def last_line(text: str) -> str:
    """Return the line of an output that says most: the last error, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return (errors or lines or ["no reason given"])[-1].rstrip(".")
