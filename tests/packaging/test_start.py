"""The launcher's command line: starting, checking, and old Pythons."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from launcher import checks, environment, installer, main
from tests.packaging.doubles import LAUNCH, ROOT, Recorder, posix, run_launch, write_program


@posix
def test_started_again_it_adds_less_than_half_a_second(root: Path, report: Recorder) -> None:
    """From the command to the viewer's first instruction, with a shell script as the viewer."""
    installer.set_up(installer.Plan(ROOT, root / "env"), report)
    python = environment.python_of(root / "env")
    python.unlink()
    write_program(python, 'printf "%s\\n" "$@"')
    times = []
    for _ in range(5):
        start = time.perf_counter()
        done = run_launch("--env", str(root / "env"), "/some folder", "--opacity", "50")
        times.append(time.perf_counter() - start)
    assert done.stdout.split("\n")[:-1] == ["-P", "-m", "app", "/some folder", "--opacity", "50"]
    assert min(times) < 0.5


@posix
def test_the_viewer_opens_the_demo_after_the_set_up_and_later_what_it_likes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A first start shows something; a second one goes on with the last session."""
    started = []
    monkeypatch.setattr(main, "ROOT", root)
    monkeypatch.setattr(main, "start_viewer", lambda python, words, window: started.append(words))
    monkeypatch.setattr(environment, "unmet", lambda root, extras: ["torch"])
    monkeypatch.setattr("launcher.report.Console", Recorder)
    monkeypatch.delenv("SOFTCAM_ENV", raising=False)
    main.main([])
    main.main([])
    main.main(["x.png"])
    assert started == [["--demo"], [], ["x.png"]]


def test_options_are_taken_and_the_rest_is_passed_on() -> None:
    options = main.parse(["--window", "--env", "/e", "--torch-index=u", "a b", "--model", "m"])
    assert (options.window, options.env, options.torch_index) == (True, "/e", "u")
    assert options.arguments == ["a b", "--model", "m"]
    assert main.parse(["test", "-k", "x"]).command == "test"
    assert main.parse(["./test"]).arguments == ["./test"]
    assert main.parse(["--", "--help"]).arguments == ["--help"]


def test_a_missing_value_is_wrong_usage() -> None:
    done = run_launch("--env")
    assert (done.returncode, done.stderr) == (2, "The option --env needs a value; see --help.\n")


def test_help_names_every_command() -> None:
    done = run_launch("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in main.COMMANDS)


def test_an_unusable_environment_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "photo.png").touch()
    done = run_launch("--env", str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "choose another with --env" in done.stderr


def test_every_check_is_part_of_the_test_command(tmp_path: Path) -> None:
    names = list(checks.commands(Path("python"), []))
    assert names == ["ruff check", "ruff format", "import-linter", "mypy", "pytest"]


@posix
def test_one_failed_check_fails_the_test_command_and_hides_no_other(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    python = write_program(tmp_path / "python", 'case "$*" in *mypy*) exit 3;; esac; echo ran')
    assert checks.run_checks(python, tmp_path, []) == 1
    out = capfd.readouterr().out
    assert out.count("ran") == 4
    assert out.count("FAILED") == 1


def run_old(path: str, *args: str) -> subprocess.CompletedProcess:
    """Run the launcher as if this Python were 3.8."""
    code = (
        "import sys, runpy; sys.version_info = (3, 8, 18, 'final', 0); "
        f"sys.argv = [{str(LAUNCH)!r}, *{args!r}]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    env = {**os.environ, "PATH": path}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)


def test_an_old_python_is_told_what_to_install() -> None:
    done = run_old("")
    assert done.returncode == 1
    assert done.stderr == (
        "SoftCAM Viewer needs Python 3.11 or newer and this is Python 3.8; "
        "install it from https://www.python.org/downloads/ and start again.\n"
    )


@posix
def test_an_old_python_hands_over_to_a_newer_one(tmp_path: Path) -> None:
    """A version manager's placeholder that cannot run is passed over."""
    write_program(tmp_path / "python3.13", "exit 127")
    write_program(tmp_path / "python3.12", '[ "$1" = -c ] || echo "new: $2 $3"; exit 0')
    done = run_old(str(tmp_path), "a b", "--demo")
    assert done.stdout == "new: a b --demo\n", done.stderr


def test_old_pythons_can_read_the_launcher() -> None:
    """A sentence, not a syntax error: down to Python 3.6."""
    ast.parse(LAUNCH.read_text(encoding="utf-8"), feature_version=(3, 6))
