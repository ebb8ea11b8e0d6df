"""What comes back at the next start: layout, display settings, the last study, case and models."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.arrangement import LAYOUT_VERSION, is_share, panes_of, panes_text
from app.state import Overlay
from app.state.values import CLASS_VIEWS, STYLES
from softcam_core.imaging.colormap import PAIRS
from softcam_core.paths import is_file

if TYPE_CHECKING:
    from app.main_window import MainWindow

CHOICES = {"style": STYLES, "classes": CLASS_VIEWS, "colours": ("auto", *PAIRS)}
"""Settings of the overlay that are one of a few words."""
MOST_PATCHES = 1000

SETTLE_MS = 1000
"""So long after the first picture the study may still bring its own panes."""


def save(window: MainWindow) -> None:
    """Remember the window as it is, and the last study until the next one is open."""
    settings, state = window.settings, window.state
    settings.set("window/geometry", window.saveGeometry())
    settings.set("window/layout", window.saveState(LAYOUT_VERSION))
    settings.set("view/overlay", json.dumps(asdict(state.overlay)))
    settings.set("view/linked", state.linked)
    if state.adjudicating is None:
        settings.set("view/panes", panes_text(state.panes))
    settings.set("last/class", state.chosen_class or "")
    settings.set("last/place", _place(window))
    settings.set("last/device", state.device)
    settings.set("last/models", window.controller.models.paths)
    if not window.controller.opening_study:
        settings.set("last/study", state.study.path if state.study else "")
        settings.set("last/case", str(state.case.path) if state.case else "")
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
    window.presets.show_tools()
    state.set_overlay(**_overlay(settings.text("view/overlay")))
    state.set_linked(settings.flag("view/linked", True))
    panes = panes_of(settings.text("view/panes"))
    if panes:
        state.set_panes(panes)


def restore_study(window: MainWindow) -> bool:
    """Open the last study, its case, and the models; False when there is no study to open."""
    settings = window.settings
    for model in settings.paths("last/models"):
        if is_file(model):
            window.controller.open_model(model)
    study = Path(settings.text("last/study"))
    if not settings.text("last/study") or not is_file(study):
        return False
    window.state.set_class(settings.text("last/class") or None)
    case = settings.text("last/case")
    if case:
        Returning(window, Path(case), settings.text("last/place"))
    window.controller.open_study(study, case=Path(case) if case else None)
    return True


def return_to_case(window: MainWindow, asked: Sequence[Path], study: Path | None) -> None:
    """Let what is opened next begin with the last case looked at, where that is in it.

    Args:
        window: that is about to open it.
        asked: images and folders, empty for those of ``study``.
        study: the file, None for the one that belongs to the images.
    """
    last, before = window.settings.text("last/case"), window.settings.text("last/study")
    if not last or (study is not None and study.absolute() != Path(before)):
        return
    case = Path(last)
    if is_file(case) and (not asked or {case, *case.parents} & {p.absolute() for p in asked}):
        Returning(window, case, window.settings.text("last/place"))
        window.controller.return_to = case


class Returning(QObject):
    """Looks at the place in the last case that was looked at, once its image is there."""

    def __init__(self, window: MainWindow, case: Path, place: str) -> None:
        """Wait for the image of ``case``."""
        super().__init__(window)
        self._window, self._case = window, case
        try:
            x, y, scale, turns, flipped = json.loads(place)
            self._centre, self._scale = (float(x), float(y)), float(scale)
            self._turns, self._flipped = int(turns), bool(flipped)
        except (ValueError, TypeError, OverflowError, RecursionError):
            return
        # The image comes twice, quick and whole, and the study may bring its own panes.
        for signal in (window.state.image_changed, window.state.panes_changed):
            signal.connect(self._look)
        window.state.case_changed.connect(self._on_case)
        settled = QTimer(self)
        settled.setSingleShot(True)
        settled.setInterval(SETTLE_MS)
        settled.timeout.connect(self.deleteLater)
        window.grid.painted.connect(settled.start)

    def _look(self) -> None:
        state = self._window.state
        if state.case is None or state.case.path != self._case:
            return
        if state.image is None and state.preview is None:
            return
        for viewport in dict.fromkeys(pane.viewport for pane in self._window.grid.panes):
            if self._flipped != viewport.flipped:
                viewport.flip()
            viewport.rotate((self._turns - viewport.turns) % 4)
            if self._scale > 0:
                viewport.look_at(self._centre, self._scale)

    def _on_case(self) -> None:
        """Look, the image being there before its case; leave where another case was chosen."""
        case = self._window.state.case
        if case is not None and case.path != self._case:
            self.deleteLater()
        else:
            self._look()


def _place(window: MainWindow) -> str:
    """Return what part of the image is seen; a scale of 0 is the whole of it."""
    view = window.grid.panes[0].viewport
    scale = 0.0 if view.fitted else view.scale
    return json.dumps([*view.centre, scale, view.turns, view.flipped])


def _overlay(text: str) -> dict[str, Any]:
    """Return the stored settings of the overlay that are of their kind and range."""
    try:
        stored = json.loads(text)
        known = {f.name: getattr(Overlay(), f.name) for f in fields(Overlay)}
        found = {name: stored[name] for name in known if name in stored}
    except (ValueError, TypeError, RecursionError):
        return {}
    good: dict[str, Any] = {}
    for name, value in found.items():
        usual = known[name]
        if name in CHOICES:
            if value in CHOICES[name]:
                good[name] = value
        elif isinstance(usual, tuple):
            good[name] = _texts(value) if name == "several" else _shares(value)
        elif isinstance(usual, float):
            if is_share(value):
                good[name] = float(value)
        elif type(value) is type(usual):
            good[name] = value
    if not 1 <= good.get("top_k", 1) <= MOST_PATCHES:
        good.pop("top_k")
    return good


def _texts(value: Any) -> tuple[str, ...]:
    """Return the texts in a stored list."""
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def _shares(value: Any) -> tuple[tuple[str, float], ...]:
    """Return the pairs of a name and a share in a stored list."""
    found = []
    for entry in value if isinstance(value, list) else ():
        match entry:
            case [str(name), share] if is_share(share):
                found.append((name, float(share)))
    return tuple(found)
