"""The ``softcam`` command: the table of its subcommands.

Their modules import torch only when they run, so that ``softcam --help`` is quick.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import TextIOWrapper

import typer

from softcam_core.cli.common import memory_in_words
from softcam_core.errors import SoftcamError

COMMANDS = (
    "doctor",
    "demo",
    "predict",
    "explain",
    "figure",
    "convert",
    "dataset",
    "train",
    "sweep",
    "evaluate",
    "bench",
)
"""Each is the function of its name in the module of its name beside this one."""

GROUPS = ("annotations",)
"""Each is a table of further subcommands: `app` in the module of its name."""


def build_app() -> typer.Typer:
    """Return the command line with every subcommand."""
    app = typer.Typer(
        help="SoftCAM Viewer's command line: predict, explain, annotate, convert and train.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name in COMMANDS:
        app.command(name)(getattr(import_module(f"softcam_core.cli.{name}"), name))
    for name in GROUPS:
        app.add_typer(import_module(f"softcam_core.cli.{name}").app, name=name)
    return app


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Print no warning: it is for who writes a program, not for who runs it.

    Filters stay, so that Python's option ``-W error`` works and a test sees what would be warned.
    """
    with warnings.catch_warnings():
        warnings.showwarning = lambda *_args, **_named: None
        yield


def main() -> None:
    """Run the command line; a user's mistake is one line on stderr and exit status 1."""
    # A file's name may hold bytes that are no text.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        with memory_in_words(), _without_warnings():
            build_app()(prog_name="softcam")
    except SoftcamError as error:
        print(f"softcam: {error}", file=sys.stderr)
        sys.exit(1)
