"""What comes back at the next start: layout, recent files, display settings, shortcuts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

RECENT_LENGTH = 10


def config_dir() -> Path:
    """Return the folder of the settings file: SOFTCAM_CONFIG_DIR, else the user's own."""
    chosen = os.environ.get("SOFTCAM_CONFIG_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_config_path

    return user_config_path("softcam-viewer", appauthor=False)


class Settings:
    """A typed face of one INI file; a value of the wrong type counts as missing."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open the settings in ``folder`` (default: the user's configuration folder)."""
        self._store = QSettings(
            str((folder or config_dir()) / "viewer.ini"), QSettings.Format.IniFormat
        )

    def text(self, key: str, default: str = "") -> str:
        """Return a text value."""
        value = self._store.value(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: float) -> float:
        """Return a number."""
        try:
            return float(self._store.value(key))
        except (TypeError, ValueError):
            return default

    def flag(self, key: str, default: bool) -> bool:
        """Return a yes or no."""
        return {"true": True, "false": False}.get(self.text(key), default)

    def blob(self, key: str) -> QByteArray | None:
        """Return bytes such as a window's geometry."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        value = self._store.value(key)
        items = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return [item for item in items if isinstance(item, str) and item]

    def paths(self, key: str) -> list[Path]:
        """Return a list of paths, the newest first."""
        return [Path(item) for item in self.texts(key)]

    def set(self, key: str, value: Any) -> None:
        """Store a text, number, flag, bytes or list of paths or texts."""
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, int | float):
            value = repr(value)
        elif isinstance(value, Path):
            value = str(value)
        elif isinstance(value, Sequence) and not isinstance(value, str | QByteArray):
            value = [str(item) for item in value]
        self._store.setValue(key, value)

    def remove(self, key: str) -> None:
        """Forget a value."""
        self._store.remove(key)

    def add_recent(self, key: str, path: Path) -> None:
        """Put a path first in a list of recent ones."""
        others = [p for p in self.paths(key) if p != path]
        self.set(key, [path, *others][:RECENT_LENGTH])

    def save(self) -> None:
        """Write to disk now."""
        self._store.sync()
