"""The system libraries that Qt needs: looked for before each start, installed where allowed."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from launcher.environment import SetupError
from launcher.report import Report, last_line


def check_system_libraries(python: Path, root: Path, report: Report) -> None:
    """Make sure that the system has what Qt needs.

    Raises:
        SetupError: something is missing and could not be installed; names package and command.
    """
    pyside = _pyside_of(python)
    if pyside is None:
        return
    sys.path.insert(0, str(root))
    from softcam_core import system_libraries

    missing = system_libraries.missing_libraries(pyside)
    if missing and system_libraries.package_manager() == "apt-get":
        packages = system_libraries.packages_for(missing, "apt-get")
        install_packages(packages, f"Qt needs {', '.join(missing)}", report)
        missing = system_libraries.missing_libraries(pyside)
    if missing:
        raise SetupError(system_libraries.advice(missing))


def _pyside_of(python: Path) -> Path | None:
    """Return the folder of PySide6 that a Python will import."""
    if python == Path(sys.executable):
        spec = find_spec("PySide6")
        return Path(spec.origin).parent if spec and spec.origin else None
    return next(python.parent.parent.glob("lib/python3*/site-packages/PySide6"), None)


def install_packages(packages: list[str], reason: str, report: Report) -> None:
    """Install packages with apt-get as root, or as somebody who agrees to use sudo.

    Raises:
        SetupError: that is not possible here, or it failed; names the command.
    """
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = f"{reason}; install it with: sudo {' '.join(command)}"
    if shutil.which("apt-get") is None:
        raise SetupError(f"{reason}; install it with the system's package manager.")
    if os.geteuid() != 0:
        if not shutil.which("sudo") or not report.ask(f"{by_hand}\nDo that now?"):
            raise SetupError(by_hand)
        command.insert(0, "sudo")
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    report.step(f"Installing what the system lacks: {', '.join(packages)}")
    before = command[: command.index("install")]
    report.run([*before, "update", "-q"], quiet=True)
    code, tail = report.run(command)
    if code:
        raise SetupError(f"{by_hand} (that failed here: {last_line(tail)})")
