"""Killed while what is left of a damaged study takes its place."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from softcam_core.annotations.repair import rescue_in_place
from softcam_core.annotations.study import Study
from softcam_core.errors import DamagedStudyError
from tests.e2e.drawn import check_whole, confirmed_edit, draw, open_study
from tests.e2e.kills import Said, Tell


def spoil(path: Path) -> None:
    """Overwrite the page where the table of annotations begins."""
    with closing(sqlite3.connect(path)) as plain:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'annotations'"
        (page,) = plain.execute(query).fetchone()
    with path.open("r+b") as file:  # In place: a kill must not leave an empty file.
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)


def rescuing(folder: Path, tell: Tell, random_: random.Random) -> None:
    """Draw, damage the study, and let what is left of it take its place."""
    path = folder / "s.softcam"
    if is_spoilt(path):  # The last program was killed at this.
        tell(begun=True)
        rescue_in_place(path)
    while True:
        study, case = open_study(folder)
        edit = draw(study, case, random_)
        study.close()
        tell(edit=edit)
        spoil(path)
        damaged = path.read_bytes()
        _, aside = rescue_in_place(path)
        assert aside.read_bytes() == damaged
        tell(rescued=str(aside))


def is_spoilt(path: Path) -> bool:
    """Return whether there is a study that does not open for damage."""
    try:
        if path.exists():
            Study.open(path).close()
    except DamagedStudyError:
        return True
    return False


def check_rescuing(folder: Path, said: Said) -> int:
    """Check that a study of the name is there, which can be rescued where it is damaged still."""
    path = folder / "s.softcam"
    assert path.exists(), "there is no study at all"
    if is_spoilt(path):
        kept = path.read_bytes()
        copy = folder / "copy-of-damaged.softcam"
        copy.write_bytes(kept)
        rescue_in_place(copy)
        check_rescued_marks(copy, confirmed_edit(said))
        for made in folder.glob("copy-of-damaged*"):
            made.unlink()
        assert path.read_bytes() == kept
    else:
        check_rescued_marks(path, confirmed_edit(said))
    for aside in folder.glob("s.damaged*"):
        assert is_spoilt(aside), "what was kept is not the damaged study"
        aside.unlink()
    return sum("rescued" in line for line in said)


def check_rescued_marks(path: Path, edit: int) -> None:
    """Check that every mark is there: each line of the history up to ``edit`` drew one."""
    check_whole(path, edit)
    with Study.open(path) as study:
        assert len(study.annotations()) >= edit


def check_rescued(folder: Path) -> None:
    check_rescuing(folder, [{"edit": 3}])
