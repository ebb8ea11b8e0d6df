"""Ctrl+C and the signals that end a program, for the commands that train: stop, and keep it all."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import typer

from softcam_core.errors import CancelledError

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Of the keyboard, of schedulers and of a terminal that is closed; no system has all of them."""


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether somebody asked to stop; end with exit status 1 then.

    A second Ctrl+C does not wait for the end of the step. A signal that whoever started the program
    let it ignore (nohup) stays ignored.
    """
    asked = False

    def ask(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked and number == signal.SIGINT:
            raise KeyboardInterrupt
        asked = True
        if sys.stderr.isatty():
            os.write(sys.stderr.fileno(), b"\nStopping after this step; Ctrl+C again: at once.\n")

    before = {}
    # Elsewhere than in the main thread signals cannot be asked for, and do not arrive either.
    if threading.current_thread() is threading.main_thread():
        for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, ask)
    try:
        yield lambda: asked
    except (CancelledError, KeyboardInterrupt) as stop:
        if os.environ.get("RANK", "0") == "0":
            print("softcam: stopped; the same command with --resume goes on", file=sys.stderr)
        raise typer.Exit(1) from stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
