"""An error nobody foresaw: told to the user, logged without patient data, the window lives on."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

LOG_LIMIT = 200_000


def describe(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return where an error came from: its type and the program's lines.

    Its message is left out: it may hold a file's or a patient's name.
    """
    lines = [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
    return "\n".join([f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {kind.__name__}", *lines, ""])


def record(log: Path, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Add an error to ``log``; raises OSError where it cannot be written."""
    add(log, describe(kind, trace))


def add(log: Path, text: str) -> None:
    """Add a text to ``log``, which keeps its end only; raises OSError.

    Whatever stands there already, text or not, is kept as far as it can be read.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    earlier = log.read_text("utf-8", "replace")[-LOG_LIMIT:] if log.exists() else ""
    log.write_text(earlier + text, "utf-8", "replace")


def install(log: Path, tell: Callable[[str], None]) -> None:
    """Log every unforeseen error to ``log`` and tell the user in one sentence."""
    from PySide6.QtCore import QCoreApplication  # The child records without Qt.

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        said = QCoreApplication.translate(
            "crash", "Something went wrong ({0}); your marks are saved."
        )
        try:
            record(log, kind, trace)
            more = QCoreApplication.translate("crash", "Details: Help > Show the error log.")
            tell(f"{said.format(kind.__name__)} {more}")
        except OSError:
            tell(said.format(kind.__name__))

    sys.excepthook = hook
