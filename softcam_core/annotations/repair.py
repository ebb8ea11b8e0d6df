"""A damaged study is replaced by what can still be read of it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from softcam_core.annotations import files
from softcam_core.annotations.backups import put_aside
from softcam_core.annotations.rescue import Rescued, rescue
from softcam_core.errors import StudyError

PathLike = str | os.PathLike[str]


def rescue_in_place(path: PathLike) -> tuple[Rescued, Path]:
    """Read what is left of a damaged study, and let that take its place.

    At every moment a file of the study's name is there; the damaged one is kept under another.

    Returns:
        What was found, and where the damaged file is now, NAME.damaged-DATE.softcam.

    Raises:
        DamagedStudyError: nothing of it can be read; it is as it was.
        StudyError: that failed; the study is as it was.
    """
    place = Path(path).expanduser()
    place = place.parent.resolve() / place.name
    new = place.with_name(f".{place.name}.{os.getpid()}.rescued")
    try:
        found = rescue(place, new)
        aside = put_aside(place)
        assert aside is not None
        files.replace(new, place)
    except OSError as error:
        raise StudyError(
            f"What is left of the study {place} cannot be written ({error.strerror}); see that its "
            "folder can be written to and has room, then try again."
        ) from error
    finally:
        with contextlib.suppress(OSError):
            files.remove(new)
    return found, aside
