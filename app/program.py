"""Starts the window for one command line, and ends it."""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import crash, language, last_run, session
from app.command_line import apply_view, greets, open_what_was_asked
from app.main_window import MainWindow
from app.settings import Settings
from softcam_core.annotations.location import user_data_dir
from softcam_core.resources import resource_path


def run(options: argparse.Namespace) -> int:
    """Show the window, or do what ``--self-test`` or ``--screenshot`` asks; return the code."""
    qInstallMessageHandler(_say)
    app = QApplication.instance() or QApplication(["softcam-viewer"])
    assert isinstance(app, QApplication)
    app.setApplicationName("softcam-viewer")
    app.setApplicationDisplayName("SoftCAM Viewer")
    app.setDesktopFileName("softcam-viewer")
    app.setWindowIcon(QIcon(str(resource_path("icons", "softcam-viewer.svg"))))
    if options.self_test or options.screenshot:
        # What other people compare with theirs is in English, unless the variable asks.
        language.install(app, language.language_of(None))
    if options.self_test:
        from app.self_test import self_test

        return self_test(options.keep, options.device or "auto")
    if options.screenshot:
        from app.screenshot import screenshot

        # A picture must not depend on, nor change, the settings of the person who takes it.
        with tempfile.TemporaryDirectory() as folder:
            return screenshot(options, Settings(Path(folder)))
    settings = Settings()
    language.install(app, language.language_of(settings))
    this_run = last_run.begin(user_data_dir())
    window = MainWindow(settings)
    crash.install(this_run.log, window.tell)
    first_start = greets(options) and not settings.flag("last/started", False)
    session.restore_view(window)
    apply_view(window, options)
    open_what_was_asked(window, options)
    window.show()
    if this_run.ended_badly or this_run.told:
        window.offer_log(this_run)
    if first_start:
        QTimer.singleShot(0, window, window.tour_when_ready)
    # All this lives until the end: a full collection over it would stop the window for 100 ms.
    gc.freeze()
    # Ctrl+C in a terminal and the end of the desktop session close the window, and so leave the
    # study whole in its one file; Python sees the signal when the loop wakes it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    wake = QTimer()
    wake.start(500)
    wake.timeout.connect(lambda: None)
    code = app.exec()
    this_run.end()
    return code


def _say(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass Qt's messages on to stderr, but for one that every window without a screen causes."""
    if "propagateSizeHints" not in message and sys.stderr is not None:
        print(message, file=sys.stderr)
