"""``launch.py test``: every check that a change must pass."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def commands(python: Path, pytest_arguments: list[str]) -> dict[str, list[str]]:
    """Return the checks by name, the quick ones first."""
    run = [str(python), "-m"]
    # Whoever asks for certain tests may want to see what they print: those run one by one.
    parallel = [] if pytest_arguments else ["-n", "auto", "--maxprocesses", "4"]
    return {
        "ruff check": [*run, "ruff", "check", "."],
        "ruff format": [*run, "ruff", "format", "--check", "."],
        "import-linter": [
            str(python),
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
        ],
        "mypy": [*run, "mypy"],
        "pytest": [*run, "pytest", *parallel, *pytest_arguments],
    }


def run_checks(python: Path, root: Path, pytest_arguments: list[str]) -> int:
    """Run all checks, also after one has failed; return 0 if all passed, else 1."""
    # Test processes that each take all cores for torch stand in each other's way.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if not os.access(root, os.W_OK):
        os.environ |= {
            "RUFF_NO_CACHE": "true",
            "MYPY_CACHE_DIR": os.devnull,
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTEST_ADDOPTS": "-p no:cacheprovider",
        }
    results = {}
    for name, command in commands(python, pytest_arguments).items():
        print(f"==> {name}", flush=True)
        start = time.monotonic()
        code = subprocess.call(command, cwd=root)
        results[name] = f"{'ok' if code == 0 else 'FAILED':7}{time.monotonic() - start:6.1f} s"
    print("==> Summary")
    for name, result in results.items():
        print(f"{name:15}{result}")
    sys.stdout.flush()
    return int(any("FAILED" in result for result in results.values()))
