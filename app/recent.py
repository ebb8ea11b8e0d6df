"""The menus of recent folders and models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMenu

from app.settings import Settings
from softcam_core.paths import exists


def fill_recent(
    menu: QMenu, settings: Settings, key: str, open_path: Callable[[Path], None]
) -> None:
    """List the recent paths of ``key``, the newest first; those that are gone are greyed."""
    menu.clear()
    paths = settings.paths(key)
    for path in paths:
        action = menu.addAction(str(path).replace("&", "&&"))
        action.setEnabled(exists(path))
        action.triggered.connect(lambda _=False, p=path: open_path(p))
    if not paths:
        menu.addAction(menu.tr("Nothing opened yet")).setEnabled(False)
        return
    menu.addSeparator()
    menu.addAction(menu.tr("Clear this list")).triggered.connect(lambda: settings.set(key, []))
