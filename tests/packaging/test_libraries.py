"""The system libraries that Qt needs: installed where allowed, else named."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from launcher import environment, libraries
from tests.packaging.doubles import ROOT, Recorder, posix


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A system that lacks libEGL until something is installed."""
    from softcam_core import system_libraries

    missing = ["libEGL.so.1"]
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda pyside: list(missing))
    monkeypatch.setattr(system_libraries, "package_manager", lambda: "apt-get")
    monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    return missing


@posix
def test_root_with_apt_installs_what_qt_needs(
    lacking: list[str], report: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container or a CI machine sets itself up."""
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 0)
    run = report.run

    def install(command: list[str], quiet: bool = False) -> tuple[int, str]:
        if "install" in command:
            lacking.clear()
        return run(command, quiet)

    report.run = install  # type: ignore[method-assign]
    libraries.check_system_libraries(Path(sys.executable), ROOT, report)
    assert report.commands[0][:2] == ["apt-get", "update"]
    assert report.commands[1][-1] == "libegl1"


@posix
def test_others_are_told_the_command(
    lacking: list[str], report: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is installed that nobody agreed to."""
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 1000)
    with pytest.raises(environment.SetupError) as failure:
        libraries.check_system_libraries(Path(sys.executable), ROOT, report)
    assert str(failure.value) == (
        "Qt needs libEGL.so.1; install it with: "
        "sudo apt-get install -y --no-install-recommends libegl1"
    )
    assert report.commands == []
