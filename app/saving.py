"""Where a file is saved: its full name, and what it never replaces, or not without a question."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.state import ViewerState
from softcam_core.paths import exists, same_file

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a study's file, by the end of its name."""


def ask_where(
    parent: QWidget, title: str, proposed: Path, kinds: str, state: ViewerState | None = None
) -> Path | None:
    """Ask where to save a file; None for nowhere.

    A name with a suffix of ``kinds`` is taken as it was typed, any other gets that of the kind
    that was picked, else of ``proposed``. The dialog asks before it replaces what was typed; a
    name that got its suffix afterwards is asked about here. What belongs to the study of
    ``state`` is never replaced.

    Args:
        kinds: patterns as Qt wants them, ``PNG (*.png);;PDF (*.pdf)``.
    """
    chosen, picked = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    known = [proposed.suffix, *_suffixes(kinds)]
    typed = chosen.lower().endswith(tuple(known))
    if not typed:
        path = path.with_name(path.name + (_suffixes(picked) or known)[0])
    kept = why_kept(state, path) if state is not None else ""
    if kept:
        QMessageBox.warning(parent, title, kept)
        return None
    return path if typed or may_replace(parent, title, path) else None


def may_replace(parent: QWidget, title: str, path: Path) -> bool:
    """Return whether there is nothing of this name, or the user wants it replaced."""
    if not exists(path):
        return True
    buttons = QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No
    question = QCoreApplication.translate("saving", "{0} already exists. Replace it?")
    answer = QMessageBox.question(parent, title, question.format(path.name), buttons)
    return answer == QMessageBox.StandardButton.Yes


def why_kept(state: ViewerState, path: Path) -> str:
    """Return why a file must not be replaced, in one sentence; "" where it may."""
    if _is_of_study(state, path):
        sentence = QCoreApplication.translate(
            "saving", "{0} belongs to the open study; choose another name."
        )
        return sentence.format(path.name)
    return ""


def _is_of_study(state: ViewerState, path: Path) -> bool:
    """Return whether a file is the study, a copy of it, one of its images, or an open model."""
    real = path.resolve()
    own = [model.path for model in state.models]
    if state.study is not None:
        from softcam_core.annotations.backups import backup_folder

        study = state.study.path.resolve()
        own += [study, *(study.with_name(study.name + end) for end in BESIDE)]
        if same_file(real.parent, backup_folder(study)):
            return True
    names = {path.name.casefold(), real.name.casefold()}
    own += [case.path for case in state.cases if case.path.name.casefold() in names]
    return any(same_file(real, one) for one in own)


def _suffixes(kinds: str) -> list[str]:
    return re.findall(r"\*(\.\w+)", kinds)
