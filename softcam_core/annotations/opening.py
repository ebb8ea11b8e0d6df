"""Opening a study to read it, also where it cannot be written."""

from __future__ import annotations

import os
from pathlib import Path

from softcam_core.annotations.study import Study
from softcam_core.errors import OlderStudyError


def open_to_read(path: Path) -> Study:
    """Open a study that is there, for reading; a study of an older format is brought up to date.

    Who has it open to write sees nothing of that: a writer that closes it empties its log, which
    to all others looks like an edit. Only what can be written is brought up to date, and then
    comes open for writing.

    Raises:
        StudyError: the study cannot be opened.
    """
    try:
        return Study.open(path, read_only=True)
    except OlderStudyError:
        if not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
            raise
        return Study.open(path)
