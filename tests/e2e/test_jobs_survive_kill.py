"""Killed in a copy, a backup, an import, a migration, a restoring or a rescue: nothing is lost.

The file is also the program that is killed, as in ``test_study_survives_kill``.
"""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from softcam_core.annotations import backups
from softcam_core.annotations.backups import back_up_daily, backup_folder, backups_of, restore
from softcam_core.annotations.formats.importing import apply_import, plan_import
from softcam_core.annotations.repair import rescue_in_place
from softcam_core.annotations.schema import VERSION
from softcam_core.annotations.study import Study
from softcam_core.errors import DamagedStudyError
from tests.e2e.drawn import check_whole, confirmed_edit, draw, open_study
from tests.e2e.kills import Said, Tell, killed, killed_before, report, wait
from tests.e2e.rescues import check_rescued, check_rescuing, rescuing, spoil
from tests.programs import ROOT

OLD = ROOT / "tests" / "core" / "annotations" / "data" / "study-v1.softcam"
IMPORTED = 150

Check = Callable[[Path, Said], int]
Work = Callable[[Path, Tell, random.Random], None]


def run(folder: Path, job: str, kills: int, seed: int) -> list[dict[str, int]]:
    done = subprocess.run(
        [sys.executable, __file__, str(folder), job, str(kills), str(seed)],
        capture_output=True,
        text=True,
        timeout=1200,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def kill_jobs(folder: Path, job: str, kills: int, seed: int) -> None:
    """Run the program below; check that the kills fell into the work."""
    counts = run(folder, job, kills, seed)
    assert len(counts) == kills
    assert sum(count["confirmed"] for count in counts) >= kills / 3


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks to be quick; POSIX only")
every_job = pytest.mark.parametrize(
    "job", ["copy", "backup", "import", "migrate", "restore", "rescue"]
)


@needs_fork
@every_job
def test_a_killed_job_loses_nothing(tmp_path, job):
    kill_jobs(tmp_path, job, kills=3, seed=1)


@needs_fork
@every_job
@pytest.mark.violence
def test_a_job_killed_60_times_loses_nothing(tmp_path, job):
    kill_jobs(tmp_path, job, kills=60, seed=2)


@needs_fork
@pytest.mark.parametrize("job", ["create", "copy", "backup", "migrate", "restore", "rescue"])
def test_a_job_killed_before_each_of_its_steps_loses_nothing(tmp_path, job):
    counts = run(tmp_path, job, 0, 0)
    assert len(counts) > 4


def copying(folder: Path, tell: Tell, random_: random.Random) -> None:
    """Draw, and save the study under another name."""
    study, case = open_study(folder)
    target = folder / "copies" / "copy.softcam"
    target.parent.mkdir(exist_ok=True)
    while True:
        edit = draw(study, case, random_)
        tell(edit=edit)
        study.save_copy(target)
        tell(copied=edit)


def check_copying(folder: Path, said: Said) -> int:
    check_whole(folder / "s.softcam", confirmed_edit(said))
    copied = [line["copied"] for line in said if "copied" in line]
    target = folder / "copies" / "copy.softcam"
    if copied or target.exists():
        check_whole(target, max(copied, default=0))
    return len(copied)


def backing_up(folder: Path, tell: Tell, random_: random.Random) -> None:
    """Draw, and make the copy of the day; the days pass quickly, and at times back."""
    study, case = open_study(folder)
    while True:
        day = timedelta(days=random_.randint(0, 30))
        backups.now = lambda day=day: datetime(2026, 5, 1, tzinfo=UTC) + day
        edit = draw(study, case, random_)
        tell(edit=edit)
        back_up_daily(study)
        tell(backed_up=edit)


def check_backing_up(folder: Path, said: Said) -> int:
    path = folder / "s.softcam"
    check_whole(path, confirmed_edit(said))
    done = [line["backed_up"] for line in said if "backed_up" in line]
    found = backups_of(path)
    copies = list(backup_folder(path).glob("[!.]*.softcam"))
    assert len(found) == len(copies), "a copy cannot be read"
    assert len(found) <= backups.KEPT + 1
    if done:
        assert found[0].annotations >= max(done), "a confirmed copy is lost"
    for backup in found[:2]:
        with Study.open(backup.path, read_only=True) as study:
            assert study.check() is None
    return len(done)


def importing(folder: Path, tell: Tell, random_: random.Random) -> None:
    """Import many marks, and undo it."""
    shapes = [
        {
            "label": "EX",
            "points": [[n % 90, n // 90], [n % 90 + 5, n // 90 + 5]],
            "shape_type": "rectangle",
        }
        for n in range(IMPORTED)
    ]
    file = {"version": "5.4.1", "flags": {}, "shapes": shapes, "imagePath": "eye.png"}
    (folder / "marks").mkdir(exist_ok=True)
    sized = {**file, "imageData": None, "imageHeight": 80, "imageWidth": 100}
    (folder / "marks" / "eye.json").write_text(json.dumps(sized))
    study, case = open_study(folder)
    while True:
        tell(edit=draw(study, case, random_))
        report = apply_import(study, plan_import(study, folder / "marks", "labelme"))
        assert report.added in (0, IMPORTED)
        tell(edit=study.edits(limit=1)[0].seq, imported=True)
        study.undo()
        tell(edit=study.edits(limit=1)[0].seq)


def check_importing(folder: Path, said: Said) -> int:
    path = folder / "s.softcam"
    check_whole(path, confirmed_edit(said))
    with Study.open(path) as study:
        marks = [record for record in study.annotations() if record.label == "EX"]
        assert len(marks) in (0, IMPORTED), "half an import"
        if marks:
            study.undo()
    return sum("imported" in line for line in said)


def migrating(folder: Path, tell: Tell, random_: random.Random) -> None:
    """Open studies of format 1, one after the other."""
    tell(begun=True)
    for number in range(10_000):
        path = folder / f"old-{random_.random()}.softcam"
        shutil.copyfile(OLD, path)
        tell(path=str(path))
        with Study.open(path):
            tell(migrated=number)


def check_migrating(folder: Path, said: Said) -> int:
    paths = [Path(line["path"]) for line in said if "path" in line]
    for path in paths[-2:]:
        with closing(sqlite3.connect(path)) as plain:
            (version,) = plain.execute("PRAGMA user_version").fetchone()
            assert version in (1, VERSION)
            tables = plain.execute("SELECT name FROM sqlite_master").fetchall()
            assert (("events",) in tables) == (version == VERSION), "half a migration"
        with Study.open(path) as study:
            assert study.check() is None
            assert len(study.annotations()) == 9
            assert len(study.edits()) == 21
    for path in paths:
        path.unlink(missing_ok=True)
    return sum("migrated" in line for line in said)


def restoring(folder: Path, tell: Tell, random_: random.Random) -> None:
    """Damage a study and put a copy in its place."""
    study, case = open_study(folder)
    if not backups_of(study.path):
        for _ in range(20):
            draw(study, case, random_)
        back_up_daily(study)
    study.close()
    backup = backups_of(study.path)[0]
    tell(begun=True)
    while True:
        study.path.write_bytes(b"damaged" * 1000)
        aside = restore(backup, study.path)
        assert aside is not None
        tell(restored=str(aside))


def check_restoring(folder: Path, said: Said) -> int:
    path = folder / "s.softcam"
    assert path.exists(), "there is no study at all"
    asides = [Path(line["restored"]) for line in said if "restored" in line]
    for aside in asides:
        assert aside.read_bytes().startswith(b"damaged")
    try:
        Study.open(path).close()
    except DamagedStudyError:  # Killed before the copy was in its place.
        restore(backups_of(path)[0], path)
    check_whole(path, 20)
    for aside in folder.glob("s.damaged*"):
        aside.unlink()
    return len(asides)


JOBS: dict[str, tuple[Work, Check]] = {
    "copy": (copying, check_copying),
    "backup": (backing_up, check_backing_up),
    "import": (importing, check_importing),
    "migrate": (migrating, check_migrating),
    "restore": (restoring, check_restoring),
    "rescue": (rescuing, check_rescuing),
}


def steps(folder: Path, job: str) -> None:
    """Kill a job before each thing that it does to a file, and check what is left."""
    for step in range(1, 1000):
        place = folder / f"step-{step}"
        place.mkdir()
        if not killed_before(step, prepare(place, job)):
            return
        CHECKS[job](place)
        report(step=step)


def prepare(folder: Path, job: str) -> Callable[[], object]:
    """Make what a job needs; return the job."""
    path, target = folder / "s.softcam", folder / "copies" / "copy.softcam"
    if job == "create":
        return lambda: Study.open(path).close()
    if job == "migrate":
        shutil.copyfile(OLD, path)
        return lambda: Study.open(path).close()
    Image.new("L", (100, 80)).save(folder / "eye.png")
    study, case = open_study(folder)
    random_ = random.Random(1)
    for _ in range(3):
        draw(study, case, random_)
    if job == "restore":
        back_up_daily(study)
        study.close()
        path.write_bytes(b"damaged" * 1000)
        backup = backups_of(path)[0]
        return lambda: restore(backup, path)
    if job == "rescue":
        study.close()
        spoil(path)
        return lambda: rescue_in_place(path)
    if job == "backup":
        back_up_daily(study)
        draw(study, case, random_)
        study.close()
        return lambda: back_up_daily(Study.open(path))
    target.parent.mkdir()
    study.save_copy(target)
    draw(study, case, random_)
    study.close()
    return lambda: Study.open(path).save_copy(target)


def check_created(folder: Path) -> None:
    with Study.open(folder / "s.softcam") as study:
        assert study.check() is None


def check_copied(folder: Path) -> None:
    check_whole(folder / "s.softcam", 4)
    check_whole(folder / "copies" / "copy.softcam", 3)


def check_backed_up(folder: Path) -> None:
    path = folder / "s.softcam"
    check_whole(path, 4)
    (backup,) = backups_of(path)
    assert backup.annotations in (3, 4)


def check_migrated(folder: Path) -> None:
    check_migrating(folder, [{"path": str(folder / "s.softcam")}])


def check_restored(folder: Path) -> None:
    path = folder / "s.softcam"
    assert path.exists(), "there is no study at all"
    try:
        Study.open(path).close()
    except DamagedStudyError:
        restore(backups_of(path)[0], path)
    check_whole(path, 3)
    asides = list(folder.glob("s.damaged*.softcam"))
    assert asides
    assert all(aside.read_bytes() == b"damaged" * 1000 for aside in asides)


CHECKS = {
    "create": check_created,
    "copy": check_copied,
    "backup": check_backed_up,
    "migrate": check_migrated,
    "restore": check_restored,
    "rescue": check_rescued,
}


def begin(work: Work, folder: Path, random_: random.Random, tell: Tell) -> None:
    work(folder, tell, random_)


def main(folder: Path, job: str, kills: int, seed: int) -> None:
    """Kill ``kills`` programs at a job, or one at each step, and check what they left."""
    os.environ["SOFTCAM_DATA_DIR"] = str(folder / "data")
    Study.open(folder / "warm.softcam").close()
    if kills == 0:
        steps(folder, job)
        return
    random_ = random.Random(seed)
    work, check = JOBS[job]
    place = folder
    for number in range(kills):
        if number % 5 == 0:
            place = folder / str(number)
            place.mkdir()
            Image.new("L", (100, 80)).save(place / "eye.png")
        own = random.Random(seed * 1000 + number)
        said = killed(partial(begin, work, place, own), wait(random_, 0.8))
        report(confirmed=check(place, said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
