"""Running the real programs, as a user's shell would, or their ``main`` in this process."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        """The JSON objects of stdout, one per line, and nothing else there."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(module: str, *args: object, cwd: Path | None = None, **env: str) -> Ran:
    """Run ``python -m module args`` and wait for it."""
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:softcam_core", "-m", module]
        + [str(a) for a in args],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=240,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **env},
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def run_here(
    main: Callable[[], None],
    name: str,
    *args: object,
    capsys: pytest.CaptureFixture[str],
    cwd: Path | None = None,
    **env: str,
) -> Ran:
    """Call a program's ``main`` as ``name args``: what it says and exits with, without a start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", [name, *map(str, args)])
        if cwd is not None:
            patch.chdir(cwd)
        for key, value in env.items():
            patch.setenv(key, value)
        capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main()
    said = capsys.readouterr()
    return Ran(int(stop.value.code or 0), said.out, said.err)
