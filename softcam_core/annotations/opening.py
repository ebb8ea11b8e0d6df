"""Opening a study to read it, also where it cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

from softcam_core.annotations.study import Study


def open_to_read(path: Path) -> Study:
    """Open a study that is there; for reading alone where its file or folder cannot be written.

    Only a study that can be written is brought up to date from an older format.

    Raises:
        StudyError: the study cannot be opened.
    """
    read_only = not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK))
    return Study.open(path, read_only=read_only)
