"""A picture of the window as a user would see it, once prediction and maps are on screen."""

from __future__ import annotations

import argparse
import sys

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.command_line import apply_view, open_what_was_asked
from app.main_window import MainWindow
from app.settings import Settings

PATIENCE_MS = 120_000
FAILED, USAGE = 1, 2


def screenshot(options: argparse.Namespace, settings: Settings) -> int:
    """Write the picture; return 0, or 1 with the sentence on stderr that a user would see."""
    window = MainWindow(settings)
    apply_view(window, options)
    window.state.set_slow_at_once(True)
    open_what_was_asked(window, options)
    window.show()
    complete = wait_until_complete(window)
    unknown = unknown_class(window, options.class_name)
    saved = complete and not unknown and window.grab().save(str(options.screenshot))
    said = window.messages.text()
    window.close()
    QApplication.processEvents()
    if unknown:
        print(unknown, file=sys.stderr)
        return USAGE
    if not complete:
        print(said or "The window was not complete in time; try again.", file=sys.stderr)
        return FAILED
    if not saved:
        print(f"{options.screenshot} cannot be written; choose another place.", file=sys.stderr)
        return FAILED
    if said:
        print(said, file=sys.stderr)
        return FAILED
    return 0


def unknown_class(window: MainWindow, name: str | None) -> str | None:
    """Return a sentence when ``--class`` names none of the predicting model's classes."""
    model = window.state.predicting_model()
    if not name or model is None or name in model.spec.classes:
        return None
    return f"The model has no class {name!r}; it has {', '.join(model.spec.classes)}."


def wait_until_complete(window: MainWindow, patience_ms: int = PATIENCE_MS) -> bool:
    """Run the event loop until image, prediction and maps are painted; False when time is up."""
    loop = QEventLoop()
    look = QTimer()
    look.setInterval(50)
    quiet = 0

    def check() -> None:
        nonlocal quiet
        # Twice in a row, so that what the last answer set in motion is painted as well.
        quiet = quiet + 1 if window.controller.settled() else 0
        if quiet >= 3:
            loop.exit(0)

    look.timeout.connect(check)
    QTimer.singleShot(patience_ms, lambda: loop.exit(1))
    look.start()
    code = loop.exec()
    look.stop()
    QApplication.processEvents()
    return code == 0
