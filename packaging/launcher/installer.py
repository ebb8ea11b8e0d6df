"""The set-up itself: environment, PyTorch, everything else, system libraries."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from launcher import environment
from launcher.environment import SetupError, python_of
from launcher.libraries import install_packages
from launcher.report import Report, last_line

CPU_INDEX = "https://download.pytorch.org/whl/cpu"


@dataclass(frozen=True)
class Plan:
    """What to set up, and where.

    Attributes:
        root: the checkout.
        folder: the environment.
        extras: names of optional dependencies, such as ``dev``.
        torch_index: package index for PyTorch builds; empty: those pip is configured with.
    """

    root: Path
    folder: Path
    extras: tuple[str, ...] = ()
    torch_index: str = ""


def set_up(plan: Plan, report: Report) -> None:
    """Make the environment complete; harmless when repeated, and after an interruption.

    The stamp says "installing" from the first moment and "ready" at the last one. Whoever
    finds the first makes the environment anew: a package that was cut off while it was being
    unpacked looks installed and is not.

    Raises:
        SetupError: with one sentence for the user.
    """
    try:
        with _only_one(plan.folder, report):
            if not environment.is_ready(plan.folder, plan.root, plan.extras, plan.torch_index):
                _complete(plan, report)
    except OSError as error:
        raise SetupError(
            f"The set-up stopped ({error.strerror}: {error.filename}); "
            "check the free disk space and start again."
        ) from error


def _complete(plan: Plan, report: Report) -> None:
    """Take the steps of the set-up, the stamp first and last."""
    extras = _extras_to_keep(plan)
    _make_environment(plan.folder, report)
    made_here = bool(environment.read_stamp(plan.folder).get("made_here"))
    stamp = {"made_here": made_here, "extras": extras}
    environment.write_stamp(plan.folder, state=environment.INSTALLING, **stamp)
    _install_torch(plan, report)
    report.step("Installing everything else")
    wanted = str(plan.root) + (f"[{','.join(extras)}]" if extras else "")
    _pip(plan, ["--constraint", _constraints(plan), "--editable", wanted], report)
    environment.write_stamp(
        plan.folder,
        state=environment.READY,
        **stamp,
        torch_index=plan.torch_index,
        fingerprint=environment.fingerprint(plan.root),
    )


def _extras_to_keep(plan: Plan) -> list[str]:
    """Return the extras to install: those asked for, and those that are there already."""
    present = environment.read_stamp(plan.folder).get("extras")
    return sorted({*plan.extras, *(present if isinstance(present, list) else [])})


def _make_environment(folder: Path, report: Report) -> None:
    """Leave a Python environment with pip in a folder; remake one of ours that is unfinished."""
    stamp = environment.read_stamp(folder)
    if stamp.get("made_here"):
        if stamp.get("state") == environment.READY and _can(folder, "import pip"):
            return
        report.step("Removing an environment whose set-up was interrupted")
        _remove(folder)
    elif folder.exists() and any(folder.iterdir()):
        _adopt(folder, report)
        return
    report.step(f"Making a Python environment in {folder}")
    if find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        install_packages([package], "This Python cannot make environments", report)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        environment.write_stamp(folder, state=environment.INSTALLING, made_here=True)
    except OSError as error:
        raise SetupError(
            f"The environment cannot be made in {folder} ({error.strerror}); "
            "choose a folder that can be written with --env."
        ) from error
    code, tail = report.run([sys.executable, "-m", "venv", str(folder)])
    if code:
        raise SetupError(f"The environment in {folder} could not be made: {last_line(tail)}")


def _adopt(folder: Path, report: Report) -> None:
    """Prepare somebody else's environment for installing into it; never remove it."""
    if not _can(folder, "import sys; sys.exit(sys.version_info < (3, 11))"):
        raise SetupError(
            f"The folder {folder} is not a working Python 3.11 environment and was not made here; "
            "move it away, or choose another with --env."
        )
    if not _can(folder, "import pip"):
        report.run([str(python_of(folder)), "-m", "ensurepip"])


def _can(folder: Path, code: str) -> bool:
    """Return whether an environment's Python runs a line of code."""
    command = [str(python_of(folder)), "-c", code]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _remove(folder: Path) -> None:
    """Remove an environment in one stroke: what is left over later is under another name."""
    doomed = folder.with_name(f"{folder.name}.removed-{os.getpid()}")
    try:
        folder.replace(doomed)
    except OSError as error:
        raise SetupError(
            f"The unfinished environment {folder} cannot be removed ({error.strerror}); "
            "close what is using it, or delete it by hand."
        ) from error
    shutil.rmtree(doomed, ignore_errors=True)


def _install_torch(plan: Plan, report: Report) -> None:
    """Install torch and torchvision: without an NVIDIA card a CPU build, if one is offered."""
    pins = environment_pins(plan.root)
    torch, torchvision = f"torch=={pins['torch']}", f"torchvision=={pins['torchvision']}"
    source = ["--no-deps"]
    if plan.torch_index:
        source += ["--index-url", plan.torch_index, "--force-reinstall"]
    report.step("Installing PyTorch (the largest part)")
    if sys.platform != "darwin" and not has_nvidia_card():
        code, tail = _try_pip(plan, [*source, f"{torch}+cpu"], report)
        if code and not re.search("No matching distribution|from versions", tail):
            raise SetupError(_pip_sentence(tail))
        if code and sys.platform == "linux":
            report.step(
                "No CPU build of PyTorch in the package indexes; taking the build with CUDA, some "
                f"3 GB (to avoid that: stop, and start with --torch-index {CPU_INDEX})"
            )
    _pip(plan, [*source, torch, torchvision], report)


def has_nvidia_card() -> bool:
    """Return whether an NVIDIA driver is installed here."""
    return shutil.which("nvidia-smi") is not None or Path("/proc/driver/nvidia").exists()


def environment_pins(root: Path) -> dict[str, str]:
    """Return the exact versions of packaging/constraints.txt by name."""
    lines = (root / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {name.strip(): version.strip() for name, version in pairs}


def _constraints(plan: Plan) -> str:
    return str(plan.root / "packaging" / "constraints.txt")


def _try_pip(plan: Plan, arguments: list[str], report: Report) -> tuple[int, str]:
    """Run ``pip install`` where failing is expected."""
    return report.run(_pip_command(plan, arguments), quiet=True)


def _pip(plan: Plan, arguments: list[str], report: Report) -> None:
    """Run ``pip install``, with a sentence for the user if it fails."""
    code, tail = report.run(_pip_command(plan, arguments))
    if code:
        raise SetupError(_pip_sentence(tail))


def _pip_command(plan: Plan, arguments: list[str]) -> list[str]:
    python = str(python_of(plan.folder))
    options = ["--disable-pip-version-check", "--no-input"]
    return [python, "-m", "pip", "install", *options, *arguments]


def _pip_sentence(tail: str) -> str:
    return (
        f"The packages could not be installed ({last_line(tail)}); check the connection and the "
        "free disk space, then start again: what is already downloaded is kept."
    )


@contextmanager
def _only_one(folder: Path, report: Report) -> Iterator[None]:
    """Let one process at a time set up a folder: a double click is soon repeated."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    name = hashlib.sha256(f"{user}{folder}".encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"softcam-setup-{name}.lock").open("a+") as handle:
        if not _lock(handle.fileno()):
            report.step("Waiting for another set-up of the same environment")
            while not _lock(handle.fileno()):
                time.sleep(0.5)
        yield


def _lock(handle: int) -> bool:
    """Take a lock that the system gives back when this process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
