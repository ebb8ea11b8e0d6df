"""A copy of an open study in another file: checked before it gets its name, or not made at all."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from softcam_core.annotations import files
from softcam_core.annotations.database import Database, new_id
from softcam_core.annotations.schema import meta
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError


def save_copy(source: Database, path: Path, complete: Callable[[Study], object] | None) -> None:
    """Copy a study to an absolute path; what is there is replaced only by a finished copy.

    Args:
        source: the open study; its file may be gone, or its disk full.
        path: of the copy.
        complete: writes to the copy what the study itself could not take, if anything.

    Raises:
        StudyError: the copy could not be made; the file at ``path`` is as it was.
    """
    if not path.parent.is_dir():
        raise StudyError(
            f"The study cannot be saved as {path} (its folder does not exist); choose another "
            "place."
        )
    if source.is_at(path):
        raise StudyError(f"The study {path} is the one that is open; choose another name.")
    new = files.new_name(path)
    try:
        with contextlib.closing(sqlite3.connect(new)) as target:
            source.copy_to(target)
        _complete(new, complete)
        files.check_header(new)
        files.check_content(new)
        files.replace(new, path)
    except sqlite3.Error as error:
        raise files.explained(error, path) from error
    except StudyError as error:
        # The reader knows the copy under the name that it was to have.
        raise StudyError(str(error).replace(str(new), str(path))) from error
    except OSError as error:
        raise StudyError(
            f"The study cannot be saved as {path} ({error.strerror}); choose another place."
        ) from error
    finally:
        files.remove(new)


def _complete(new: Path, complete: Callable[[Study], object] | None) -> None:
    with contextlib.closing(Database(new)) as database:
        with database.write() as connection:
            connection.execute(meta.delete().where(meta.c.key == "id"))
            connection.execute(meta.insert().values(key="id", value=new_id()))
        if complete is not None:
            complete(Study(database))
        database.gather()
