"""Studies that a program draws in until it is killed."""

import random
from pathlib import Path

from softcam_core.annotations.study import Study
from tests.e2e.kills import Said

READER = "reader-1"


def open_study(folder: Path) -> tuple[Study, int]:
    study = Study.open(folder / "s.softcam")
    return study, study.add_case(folder / "eye.png")


def draw(study: Study, case: int, random_: random.Random) -> int:
    """Draw something and return the number of its line in the history."""
    x = random_.random() * 50
    points = [[x + n % 7, n] for n in range(random_.randint(3, 300))]
    study.add_annotation(case, "freehand", points, "MA", READER)
    return study.edits(limit=1)[0].seq


def confirmed_edit(said: Said) -> int:
    return max((line.get("edit", 0) for line in said), default=0)


def check_whole(path: Path, edit: int) -> None:
    """Check that a study opens, has all lines of history up to one, and is whole."""
    with Study.open(path) as study:
        assert study.check() is None
        last = [line.seq for line in study.edits(limit=1)]
    assert max(last, default=0) >= edit, "a confirmed edit is lost"
