"""Where a study's files go: to the folder of its last export, else to the user's documents."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from app.settings import Settings
from softcam_core.paths import is_folder


def export_folder(settings: Settings, study: Path) -> Path | None:
    """Return where this study was exported to last, None where it never was or that is gone."""
    last = settings.text(_key(study))
    return Path(last) if last and is_folder(Path(last)) else None


def save_folder(settings: Settings, study: Path) -> Path:
    """Return the folder that a dialog starts in that saves something of a study."""
    return export_folder(settings, study) or own_folder()


def new_folder(study: Path) -> Path:
    """Return a folder of the study's own that an export may make."""
    name = re.sub(r"-[0-9a-f]{12}$", "", study.stem)  # a study of a folder has a number as well
    return own_folder() / f"{name}-annotations"


def dated_folder(folder: Path, word: str = "") -> Path:
    """Make a folder of its own, named by this moment, for what begins now, and return it.

    Raises:
        OSError: it cannot be made.
    """
    name = datetime.now().strftime("%Y-%m-%d_%H-%M-%S") + (f"-{word}" if word else "")
    wanted, number = folder / name, 2
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        # Another window that begins in the same second has made its own.
        with suppress(FileExistsError):
            wanted.mkdir()
            return wanted
        wanted, number = folder / f"{name}_{number}", number + 1


def own_folder() -> Path:
    """Return the user's folder for documents, else the home folder."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and is_folder(Path(documents)) else Path.home()


def remember(settings: Settings, study: Path, folder: Path) -> None:
    """Start there the next time that something of this study is saved."""
    settings.set(_key(study), str(folder))


def _key(study: Path) -> str:
    # The path itself would be a list of subgroups in the settings file.
    return f"export/folder-{hashlib.sha256(str(study).encode()).hexdigest()[:16]}"
