"""Copies of a study, one a day, in the user's data folder; and how one takes the study's place.

The order of the copies is a number inside each, not the clock, which may be set back. A copy is
checked before it gets its name. One whose history is shorter than that of the last copy never
takes that one's place: something must have been lost.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from softcam_core.annotations import files, sqlite
from softcam_core.annotations.location import user_data_dir
from softcam_core.annotations.schema import now
from softcam_core.annotations.stored import DamagedValueError
from softcam_core.errors import DamagedStudyError, StudyError

if TYPE_CHECKING:
    from softcam_core.annotations.study import Study

PathLike = str | os.PathLike[str]

KEPT = 14
"""How many copies of a study are kept."""

_NOT_RESTORED = (
    "The backup {backup} cannot be put in the place of {path} ({why}); close the study everywhere, "
    "see that its folder can be written to and has room, then try again."
)
_NOTES = ("backup_number", "backup_time", "backup_digest")


@dataclass(frozen=True)
class Backup:
    """One copy of a study.

    Attributes:
        path: the copy, a study file.
        time: when it was made, UTC, by the clock of then.
        annotations: how many marks it holds.
    """

    path: Path
    time: datetime
    annotations: int


@dataclass(frozen=True)
class _Found:
    """A copy with what it notes about itself."""

    backup: Backup
    number: int
    digest: str
    study: str
    edits: int


def backup_folder(path: PathLike) -> Path:
    """Return where the copies of a study lie; the folder may not exist yet."""
    real = Path(os.path.realpath(Path(path).expanduser()))
    digest = hashlib.sha256(os.fsencode(os.path.normcase(real))).hexdigest()[:12]
    name = "".join(c if c.isalnum() or c in "-_" else "_" for c in real.stem)[:40]
    return user_data_dir() / "backups" / f"{name or 'study'}-{digest}"


def backups_of(path: PathLike) -> list[Backup]:
    """Return the copies of a study that can be read, the newest first."""
    return [found.backup for found in _found(backup_folder(path))]


def back_up_daily(study: Study, cancelled: Callable[[], bool] | None = None) -> Path | None:
    """Copy a study for today, if it has changed since the last copy; may run in another thread.

    Call it when a study is opened, and now and then: a later copy of the same day takes the
    earlier one's place. Nobody who draws meanwhile waits for it.

    Returns:
        The copy, None where nothing has changed.

    Raises:
        DamagedStudyError: the study is damaged; the copies are as they were.
        StudyError: the copy could not be written; the copies are as they were.
        CancelledError: ``cancelled`` says so.
    """
    folder = backup_folder(study.path)
    today = now().astimezone().date().isoformat()
    new = files.new_name(folder / f"{today}.softcam")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files.forget_half_made(folder)
        with contextlib.closing(sqlite3.connect(new)) as target:
            study._database.copy_to(target, cancelled)
        digest = _digest(new)
        earlier = _found(folder)
        if earlier and earlier[0].digest == digest:
            return None
        made = _finish(new, digest, 1 + (earlier[0].number if earlier else 0), cancelled)
        place = _place(folder, today, made, earlier)
        files.replace(new, place)
        _thin_out(folder)
        return place
    except DamagedValueError as error:
        raise DamagedStudyError(files.DAMAGED.format(path=study.path)) from error
    except sqlite3.Error as error:
        raise _told(error, study.path, folder) from error
    except OSError as error:
        raise _unwritable(error.strerror, study.path, folder) from error
    finally:
        files.remove(new)


def restore(backup: Backup, path: PathLike) -> Path | None:
    """Put a copy in the place of a study, which no program may have open.

    At every moment a file of the study's name is there; the old one is kept under another.

    Returns:
        Where the old file is now, NAME.damaged-DATE.softcam; None where there was none.

    Raises:
        DamagedStudyError: the copy itself is damaged; nothing was done.
        StudyError: the copy could not be written; the study is as it was.
    """
    place = Path(path).expanduser()
    place = place.parent.resolve() / place.name
    new = files.new_name(place)
    if files.is_held(place):
        raise StudyError(f"The study {place} is open here; close it before it is restored.")
    try:
        with (
            contextlib.closing(_reading(backup.path)) as source,
            contextlib.closing(sqlite3.connect(new)) as target,
        ):
            sqlite.copy(source, target)
        _strip(new)
        aside = put_aside(place)
        files.replace(new, place)
        return aside
    except sqlite3.Error as error:
        raise _spoilt(error, backup.path, place) from error
    except OSError as error:
        raise StudyError(
            _NOT_RESTORED.format(backup=backup.path, path=place, why=error.strerror)
        ) from error
    finally:
        files.remove(new)


def _finish(new: Path, digest: str, number: int, cancelled: sqlite.Cancelled | None) -> _Found:
    """Check a copy and note in it when it was made."""
    with contextlib.closing(sqlite.connect(new, "rw", files.BUSY_SECONDS)) as copy:
        found = sqlite.full_check(copy, cancelled)
        if found == "ok":
            values = (str(number), now().isoformat(), digest)
            copy.execute("BEGIN")
            copy.executemany(
                "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
                zip(_NOTES, values, strict=True),
            )
            copy.execute("COMMIT")
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    made = _read(new)
    if found != "ok" or made is None:
        raise DamagedValueError(found)
    return made


def _strip(new: Path) -> None:
    """Check a copy that is to be a study again, and take away what it notes about itself."""
    with contextlib.closing(sqlite.connect(new, "rw", files.BUSY_SECONDS)) as copy:
        found = sqlite.full_check(copy)
        if found != "ok":
            raise sqlite3.DatabaseError(found)
        copy.execute(f"DELETE FROM meta WHERE key IN {_NOTES}")
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def put_aside(path: Path) -> Path | None:
    """Give a study a second name, under which it stays; its log comes along."""
    if not path.exists():
        return None
    day = now().astimezone().date().isoformat()
    aside = _unused(path.parent, f"{path.stem}.damaged-{day}", path.suffix)
    try:
        os.link(path, aside)
    except OSError:  # A file system without hard links.
        shutil.copyfile(path, aside)
    log = Path(f"{path}-wal")
    if log.exists():
        shutil.copyfile(log, f"{aside}-wal")
    return aside


def _place(folder: Path, today: str, made: _Found, earlier: list[_Found]) -> Path:
    """Return the name of a new copy: that of the last one, if it is of today and holds no more."""
    if earlier:
        last = earlier[0]
        of_today = last.backup.path.name.startswith(today)
        if of_today and last.study == made.study and last.edits <= made.edits:
            return last.backup.path
    return _unused(folder, today, ".softcam")


def _unused(folder: Path, stem: str, suffix: str) -> Path:
    for number in count(1):
        path = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
        if not path.exists():
            return path
    raise AssertionError


def _thin_out(folder: Path) -> None:
    for old in _found(folder)[KEPT:]:
        files.remove(old.backup.path)


def _found(folder: Path) -> list[_Found]:
    """Return the copies in a folder that can be read, the newest first."""
    found = [copy for path in folder.glob("[!.]*.softcam") if (copy := _read(path)) is not None]
    return sorted(found, key=lambda copy: (copy.number, copy.backup.time), reverse=True)


def _read(path: Path) -> _Found | None:
    """Return what a copy holds, None where it cannot be read."""
    try:
        files.check_header(path)
        with contextlib.closing(_reading(path)) as copy:
            notes = dict(copy.execute("SELECT key, value FROM meta"))
            (marks,) = copy.execute("SELECT count(*) FROM annotations WHERE NOT deleted").fetchone()
            (edits,) = copy.execute("SELECT coalesce(max(seq), 0) FROM edits").fetchone()
        number, time, digest = (notes.get(name) for name in _NOTES)
        made = (
            datetime.fromisoformat(time)
            if time
            else datetime.fromtimestamp(path.stat().st_mtime, UTC)
        )
        return _Found(
            Backup(path, made, marks), int(number or 0), digest or "", notes.get("id", ""), edits
        )
    except (StudyError, sqlite3.Error, OSError, ValueError):
        return None


def _reading(path: Path) -> sqlite3.Connection:
    """Connect to a copy, which nobody writes to."""
    mode: sqlite.Mode = "ro" if files.log_size(path) else "immutable"
    return sqlite.connect(path, mode, files.BUSY_SECONDS)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(error: sqlite3.Error, path: Path, folder: Path) -> StudyError:
    """Return the sentence for a copy that could not be made."""
    told = files.explained(error, path)
    if isinstance(told, DamagedStudyError):
        return told
    return _unwritable(str(error), path, folder)


def _unwritable(why: str | None, path: Path, folder: Path) -> StudyError:
    return StudyError(
        f"The daily backup of the study {path} cannot be written to {folder} ({why}); make room "
        "there, or make that folder writable."
    )


def _spoilt(error: sqlite3.Error, backup: Path, path: Path) -> StudyError:
    """Return the sentence for a copy that could not be put back."""
    told = files.explained(error, backup)
    if isinstance(told, DamagedStudyError) or type(error) is sqlite3.DatabaseError:
        return DamagedStudyError(
            f"The backup {backup} is itself damaged; {path} was left as it is: choose another "
            "backup."
        )
    return StudyError(_NOT_RESTORED.format(backup=backup, path=path, why=error))
