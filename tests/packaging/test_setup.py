"""The set-up: finished once, repaired after an interruption, one at a time."""

import sys
import threading
import time
from pathlib import Path

import pytest

from launcher import environment, installer, libraries
from tests.packaging.doubles import Recorder, plan, posix, write_program


def test_set_up_ends_ready_and_is_not_repeated(root: Path, report: Recorder) -> None:
    """The stamp is the last thing written; with it nothing is run again."""
    installer.set_up(plan(root), report)
    assert environment.is_ready(root / ".venv", root, [])
    count = len(report.commands)
    installer.set_up(plan(root), report)
    assert len(report.commands) == count


def test_everything_is_installed_with_the_constraints(root: Path, report: Recorder) -> None:
    """The exact versions hold for whatever pip pulls in."""
    installer.set_up(plan(root, "dev"), report)
    constraints = root / "packaging" / "constraints.txt"
    assert report.installed[-1] == f"--constraint {constraints} --editable {root}[dev]"


@pytest.mark.parametrize("moment", ["-m venv", "torch==", "--editable"])
def test_an_interrupted_set_up_is_made_anew(root: Path, report: Recorder, moment: str) -> None:
    """Whatever was going on, the next start finds it and begins from an empty environment."""
    report.cut_off_at = moment
    with pytest.raises(KeyboardInterrupt):
        installer.set_up(plan(root), report)
    (root / ".venv" / "half-unpacked").touch()
    assert not environment.is_ready(root / ".venv", root, [])
    again = Recorder()
    installer.set_up(plan(root), again)
    assert environment.is_ready(root / ".venv", root, [])
    assert any("interrupted" in step for step in again.steps)
    assert sorted(p.name for p in (root / ".venv").iterdir()) == ["bin", environment.STAMP]
    assert [p.name for p in root.iterdir() if "removed" in p.name] == []


def test_a_damaged_stamp_counts_as_none(root: Path, report: Recorder) -> None:
    """Half a stamp never passes for a finished set-up."""
    installer.set_up(plan(root), report)
    (root / ".venv" / environment.STAMP).write_text('{"state": "rea')
    assert not environment.is_ready(root / ".venv", root, [])


@pytest.mark.parametrize("name", ["pyproject.toml", "packaging/constraints.txt"])
def test_new_requirements_are_installed_in_place(root: Path, report: Recorder, name: str) -> None:
    """After an update of the checkout the environment follows, keeping its extras."""
    installer.set_up(plan(root, "dev"), report)
    with (root / name).open("a") as file:
        file.write("\n# changed\n")
    assert not environment.is_ready(root / ".venv", root, [])
    again = Recorder()
    installer.set_up(plan(root), again)
    assert not any("venv" in command for command in again.commands)
    assert again.installed[-1].endswith("[dev]")
    assert environment.is_ready(root / ".venv", root, ["dev"])


def test_extras_are_added_when_asked_for(root: Path, report: Recorder) -> None:
    """An environment for viewing is not yet one for testing."""
    installer.set_up(plan(root), report)
    assert not environment.is_ready(root / ".venv", root, ["dev"])
    installer.set_up(plan(root, "dev"), report)
    assert environment.is_ready(root / ".venv", root, ["dev"])


def test_an_environment_whose_python_is_gone_is_made_anew(root: Path, report: Recorder) -> None:
    """An upgrade of the system takes the interpreter away that the environment points to."""
    installer.set_up(plan(root), report)
    environment.python_of(root / ".venv").unlink()
    assert not environment.is_ready(root / ".venv", root, [])
    installer.set_up(plan(root), report)
    assert environment.is_ready(root / ".venv", root, [])


def test_a_moved_checkout_is_set_up_again(root: Path, report: Recorder) -> None:
    """Environments hold absolute paths."""
    installer.set_up(plan(root), report)
    moved = root.with_name("moved here")
    root.rename(moved)
    assert not environment.is_ready(moved / ".venv", moved, [])


def test_an_environment_of_somebody_else_is_never_removed(root: Path, report: Recorder) -> None:
    """A folder that the launcher did not make is used if it works, else named and left."""
    keep = root / ".venv" / "keep"
    keep.parent.mkdir()
    keep.touch()
    with pytest.raises(environment.SetupError, match=r"not a working Python 3\.11"):
        installer.set_up(plan(root), report)
    python = environment.python_of(root / ".venv")
    write_program(python, f'exec "{sys.executable}" "$@"')
    report.cut_off_at = "--editable"
    with pytest.raises(KeyboardInterrupt):
        installer.set_up(plan(root), report)
    installer.set_up(plan(root), Recorder())
    assert keep.exists()
    assert environment.is_ready(root / ".venv", root, [])


def test_only_one_set_up_at_a_time(root: Path, report: Recorder) -> None:
    """The second of two double clicks waits, then finds everything done."""
    inside, go_on = threading.Event(), threading.Event()
    slow, second = Recorder(), report
    first_run = slow.run

    def wait_in_venv(command: list[str], quiet: bool = False) -> tuple[int, str]:
        if "venv" in command:
            inside.set()
            assert go_on.wait(10)
        return first_run(command, quiet)

    slow.run = wait_in_venv  # type: ignore[method-assign]
    threads = [threading.Thread(target=installer.set_up, args=(plan(root), slow))]
    threads[0].start()
    assert inside.wait(10)
    threads.append(threading.Thread(target=installer.set_up, args=(plan(root), second)))
    threads[1].start()
    deadline = time.monotonic() + 10
    while not second.steps and time.monotonic() < deadline:
        time.sleep(0.01)
    assert second.steps == ["Waiting for another set-up of the same environment"]
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert second.commands == []


def test_a_failed_pip_is_one_sentence(root: Path, report: Recorder) -> None:
    """What pip said last and what to do, no traceback; and the next start tries again."""
    report.answers["--editable"] = (1, "WARNING: x\nERROR: No space left on device\n")
    with pytest.raises(environment.SetupError) as failure:
        installer.set_up(plan(root), report)
    assert str(failure.value).startswith("The packages could not be installed (No space left")
    assert not environment.is_ready(root / ".venv", root, [])


def test_a_full_disk_is_one_sentence(
    root: Path, report: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "stamp")

    monkeypatch.setattr(environment, "write_stamp", fail)
    with pytest.raises(environment.SetupError, match="No space left on device"):
        installer.set_up(plan(root), report)


@posix
def test_a_python_without_ensurepip_names_its_package(
    root: Path, report: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian and Ubuntu leave it out of python3."""
    monkeypatch.setattr(installer, "find_spec", lambda name: None)
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(environment.SetupError, match=r"install .*python3\.\d+-venv"):
        installer.set_up(plan(root), report)
