"""What comes back at the next start: layout, display settings, the last study and case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.state import PaneContent
from softcam_core.paths import is_file

if TYPE_CHECKING:
    from app.main_window import MainWindow

# Raised when docks change so much that an old layout would hide some of them.
LAYOUT_VERSION = 4


def save(window: MainWindow) -> None:
    """Remember the window as it is."""
    settings, state = window.settings, window.state
    settings.set("window/geometry", window.saveGeometry())
    settings.set("window/layout", window.saveState(LAYOUT_VERSION))
    settings.set("view/opacity", state.overlay.opacity)
    settings.set("view/smooth", state.overlay.smooth)
    settings.set("view/linked", state.linked)
    settings.set("view/panes", " ".join(pane.method or "image" for pane in state.panes))
    settings.set("last/device", state.device)
    settings.set("last/study", state.study.path if state.study else "")
    settings.set("last/case", str(state.case.path) if state.case else "")
    settings.set("last/models", [model.path for model in state.models])
    settings.set("last/started", True)
    settings.save()


def restore_view(window: MainWindow) -> None:
    """Bring back layout and display settings."""
    settings, state = window.settings, window.state
    geometry, layout = settings.blob("window/geometry"), settings.blob("window/layout")
    if geometry is not None:
        window.restoreGeometry(geometry)
    if layout is not None:
        window.restoreState(layout, LAYOUT_VERSION)
    state.set_overlay(
        opacity=min(max(settings.number("view/opacity", state.overlay.opacity), 0.0), 1.0),
        smooth=settings.flag("view/smooth", state.overlay.smooth),
    )
    state.set_linked(settings.flag("view/linked", True))
    methods = settings.text("view/panes").split()
    if methods:
        state.set_panes([PaneContent("" if name == "image" else name) for name in methods])


def restore_study(window: MainWindow) -> bool:
    """Open the last study, its models and its case; False when there is none to open."""
    settings = window.settings
    study = Path(settings.text("last/study"))
    if not settings.text("last/study") or not is_file(study):
        return False
    case = settings.text("last/case")
    window.controller.open_study(study, case=Path(case) if case else None)
    for model in settings.paths("last/models"):
        if is_file(model):
            window.controller.open_model(model)
    return True
