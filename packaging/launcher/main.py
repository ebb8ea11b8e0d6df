"""The launcher's command line and what each command does."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from launcher import environment
from launcher.environment import ROOT, SetupError, python_of

HELP = """\
Usage: python3 packaging/launch.py [OPTIONS] [COMMAND] [ARGUMENTS]

Sets SoftCAM Viewer up in an environment of its own (once), then starts it.

Commands:
  (none)     open the viewer; ARGUMENTS go to it: images, folders, --model FILE, --demo, ...
  test       set up with the developers' tools, run all checks; ARGUMENTS go to pytest
  shortcut   put a launcher with an icon on the menu and the desktop
  setup      set up only

Options:
  --env DIR          environment to use, made there if missing (also: SOFTCAM_ENV);
                     default: .venv in the checkout, or the user's data folder if read-only;
                     an activated environment that meets the requirements is used as it is
  --torch-index URL  package index for PyTorch builds, such as
                     https://download.pytorch.org/whl/cpu
  --window           show the set-up in a window (the double-click starters use this)
  --help             this text; `--help` after `--` is the viewer's own
"""

COMMANDS = ("test", "shortcut", "setup")


@dataclass
class Options:
    """The command line of the launcher, taken apart."""

    command: str = "view"
    env: str = field(default_factory=lambda: os.environ.get("SOFTCAM_ENV", ""))
    torch_index: str = ""
    window: bool = False
    help: bool = False
    arguments: list[str] = field(default_factory=list)


def parse(arguments: list[str]) -> Options:
    """Take the launcher's own options out; everything it does not know is passed on.

    Raises:
        SetupError: an option without its value.
    """
    options = Options()
    rest = iter(arguments)
    for word in rest:
        name, _, value = word.partition("=")
        if word == "--":
            options.arguments.extend(rest)
        elif name in ("--env", "--torch-index"):
            value = value or next(rest, "")
            if not value:
                raise SetupError(f"The option {name} needs a value; see --help.")
            setattr(options, name[2:].replace("-", "_"), value)
        elif word == "--window":
            options.window = True
        elif word in ("-h", "--help"):
            options.help = True
        elif word in COMMANDS and options.command == "view" and not options.arguments:
            options.command = word
        else:
            options.arguments.append(word)
    return options


def main(arguments: list[str]) -> int:
    """Run one command of the launcher and return the exit code."""
    try:
        options = parse(arguments)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    if options.help:
        print(HELP, end="")
        return 0
    try:
        return _run(options)
    except SetupError as error:
        if options.window:
            from launcher.clickable import show

            show(str(error))
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the next start goes on from here.", file=sys.stderr)
        return 130


def _run(options: Options) -> int:
    if options.command == "shortcut":
        from launcher.shortcut import make_shortcuts

        for path in make_shortcuts(ROOT):
            print(f"Made {path}")
        return 0
    extras = ("dev",) if options.command == "test" else ()
    if options.command == "test":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    python, fresh = ready_python(options, extras)
    if options.command == "setup":
        print(f"SoftCAM Viewer is set up; its Python is {python}")
        return 0
    if options.command == "test":
        from launcher.checks import run_checks

        return run_checks(python, ROOT, options.arguments)
    first_time = ["--demo"] if fresh and not options.arguments else []
    return start_viewer(python, [*first_time, *options.arguments], options.window)


def ready_python(options: Options, extras: tuple[str, ...]) -> tuple[Path, bool]:
    """Return a Python in which everything is installed, and whether that was done just now.

    Raises:
        SetupError: with one sentence for the user.
    """
    chosen = Path(options.env).expanduser().resolve() if options.env else None
    folder = chosen or environment.default_folder(ROOT)
    ready = environment.is_ready(folder, ROOT, extras, options.torch_index)
    if not ready and not options.torch_index:
        if chosen is None and not environment.unmet(ROOT, extras):
            return _with_libraries(Path(sys.executable)), False
        foreign = folder.exists() and not environment.read_stamp(folder)
        ready = foreign and environment.is_prepared(folder, ROOT, extras)
    if not ready:
        _set_up(options, folder, extras)
    return _with_libraries(python_of(folder)), not ready


def _set_up(options: Options, folder: Path, extras: tuple[str, ...]) -> None:
    """Set up in the terminal, or in a window after a double click."""
    from launcher.installer import Plan, set_up

    plan = Plan(ROOT, folder, extras, options.torch_index)
    if options.window:
        from launcher.clickable import set_up_in_window

        set_up_in_window(plan)
    else:
        from launcher.report import Console

        set_up(plan, Console())


def _with_libraries(python: Path) -> Path:
    """Check what Qt needs of the system, and hand the interpreter on."""
    if sys.platform.startswith("linux"):
        from launcher.libraries import check_system_libraries
        from launcher.report import Console

        check_system_libraries(python, ROOT, Console())
    return python


def start_viewer(python: Path, arguments: list[str], window: bool) -> int:
    """Become the viewer; where that is not possible, or nobody would see its errors, wait."""
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
    )
    # -P: nothing in the current folder may stand in for one of the program's modules.
    command = [str(python), "-P", "-m", "app", *arguments]
    if window:
        from launcher.clickable import watch

        return watch(command)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    import subprocess

    return subprocess.call(command)
