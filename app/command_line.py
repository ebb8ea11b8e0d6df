"""Brings a window to what its command line asks for."""

from __future__ import annotations

import argparse

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLayout

from app import session
from app.main_window import STUDY_SUFFIX, MainWindow
from app.state import PaneContent
from app.texts import tr


def apply_view(window: MainWindow, options: argparse.Namespace) -> None:
    """Apply size, maps, class, opacity and device of the command line."""
    state = window.state
    if options.size:
        # Whatever the fonts of this machine need: the size was asked for.
        layout = window.layout()
        assert layout is not None
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        window.resize(QSize(*options.size))
    if options.method:
        state.set_panes([PaneContent(method) for method in options.method])
        window.grid.layouts.asked_for = True
    if options.opacity is not None:
        state.set_overlay(opacity=options.opacity / 100)
    if options.class_name:
        state.set_class(options.class_name)
    window.controller.set_device(options.device or window.settings.text("last/device", "auto"))


def asks_nothing(options: argparse.Namespace) -> bool:
    """Return whether a command line leaves to the program what to open."""
    return not (options.demo or options.study or options.paths or options.model)


def greets(options: argparse.Namespace) -> bool:
    """Return whether a command line is of somebody who looks around: nothing, or the demo alone.

    The starter asks for the demo when it has set everything up.
    """
    return not (options.study or options.paths or options.model)


def open_what_was_asked(window: MainWindow, options: argparse.Namespace) -> None:
    """Open the command line's study, paths and models; else the last session or the demo."""
    _go_on(window, options)
    if options.demo:
        window.open_demo(options.study)
    elif options.study and not options.paths:
        window.open_study(options.study)
    if options.paths:
        # A study that is named beside images takes these in, and is made if there is none.
        window.open_paths(options.paths, None if options.demo else options.study)
    for model in options.model:
        window.open_model(model)
    if not asks_nothing(options):
        return
    if session.restore_study(window):
        return
    if not window.settings.flag("last/started", False):
        window.open_demo()
    elif window.settings.text("last/study"):
        text = tr("The study {0} is no longer there; open a folder or a study.")
        window.tell(text.format(window.settings.text("last/study")))


def _go_on(window: MainWindow, options: argparse.Namespace) -> None:
    """Go on with the last case in what is asked for; a screenshot shows the first."""
    if options.screenshot or not (options.demo or options.study or options.paths):
        return
    studies = [path for path in options.paths if path.suffix.lower() == STUDY_SUFFIX]
    images = [] if studies else list(options.paths)
    if options.demo:
        from softcam_core.demo import demo_cases

        images += [case.path for case in demo_cases()]
    session.return_to_case(window, images, studies[0] if studies else options.study)
