"""Starts the window for one command line, and ends it."""

from __future__ import annotations

import argparse
import gc
import signal
import tempfile
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app import crash, session
from app.main_window import MainWindow
from app.settings import Settings
from app.state import PaneContent
from softcam_core.annotations.location import user_data_dir
from softcam_core.resources import resource_path


def run(options: argparse.Namespace) -> int:
    """Show the window, or do what ``--self-test`` or ``--screenshot`` asks; return the code."""
    app = QApplication.instance() or QApplication(["softcam-viewer"])
    assert isinstance(app, QApplication)
    app.setApplicationName("softcam-viewer")
    app.setApplicationDisplayName("SoftCAM Viewer")
    app.setDesktopFileName("softcam-viewer")
    app.setWindowIcon(QIcon(str(resource_path("icons", "softcam-viewer.svg"))))
    if options.self_test:
        from app.self_test import self_test

        return self_test(options.keep, options.device or "auto")
    if options.screenshot:
        from app.screenshot import screenshot

        # A picture must not depend on, nor change, the settings of the person who takes it.
        with tempfile.TemporaryDirectory() as folder:
            return screenshot(options, Settings(Path(folder)))
    window = MainWindow(Settings())
    crash.install(user_data_dir() / "crash.log", window.tell)
    session.restore_view(window)
    apply_view(window, options)
    open_what_was_asked(window, options)
    window.show()
    # All this lives until the end: a full collection over it would stop the window for 100 ms.
    gc.freeze()
    # Ctrl+C in a terminal closes the window; Python sees the signal when the loop wakes it.
    signal.signal(signal.SIGINT, lambda *_: window.close())
    wake = QTimer()
    wake.start(500)
    wake.timeout.connect(lambda: None)
    return app.exec()


def apply_view(window: MainWindow, options: argparse.Namespace) -> None:
    """Apply size, maps, class, opacity and device of the command line."""
    state = window.state
    if options.size:
        window.resize(QSize(*options.size))
    if options.method:
        state.set_panes([PaneContent(method) for method in options.method])
    if options.opacity is not None:
        state.set_overlay(opacity=options.opacity / 100)
    if options.class_name:
        state.set_class(options.class_name)
    window.controller.set_device(options.device or window.settings.text("last/device", "auto"))


def open_what_was_asked(window: MainWindow, options: argparse.Namespace) -> None:
    """Open the command line's study, paths and models; else the last session or the demo."""
    if options.demo:
        window.open_demo(options.study)
    elif options.study:
        window.open_study(options.study)
    if options.paths:
        window.open_paths(options.paths)
    for model in options.model:
        window.open_model(model)
    if options.demo or options.study or options.paths or options.model:
        return
    if not session.restore_study(window) and not window.settings.flag("last/started", False):
        window.open_demo()
