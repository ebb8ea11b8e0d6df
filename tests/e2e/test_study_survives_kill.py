"""Whatever moment a program is killed at: every confirmed edit is in the study, which opens.

The file is also the program that is killed: it edits a study at random and prints a line when a
call has returned. It is started once and forks for each kill, which saves the imports.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from softcam_core.annotations.study import AnnotationRecord, EditRecord, Study
from tests.e2e.kills import Tell, killed, report, wait
from tests.programs import ROOT

READER = "reader-1"

State = dict[int, Any]


def kill(folder: Path, kills: int, seed: int) -> list[dict[str, int]]:
    """Run the program below; return what it counted after each kill."""
    done = subprocess.run(
        [sys.executable, __file__, str(folder), str(kills), str(seed)],
        capture_output=True,
        text=True,
        timeout=1200,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check_kills(folder: Path, kills: int, seed: int) -> None:
    counts = kill(folder, kills, seed)
    assert len(counts) == kills
    # The kills are worth something only if they fell into the work.
    assert sum(count["confirmed"] > 0 for count in counts) > kills / 4
    assert sum(count["confirmed"] for count in counts) > 2 * kills


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks to be quick; POSIX only")


@needs_fork
def test_every_confirmed_edit_survives_kill_9(tmp_path: Path) -> None:
    check_kills(tmp_path, kills=20, seed=1)


@needs_fork
@pytest.mark.violence
def test_every_confirmed_edit_survives_500_kills(tmp_path: Path) -> None:
    check_kills(tmp_path, kills=500, seed=2)


def edit_for_ever(path: Path, random_: random.Random, tell: Tell) -> None:
    """Edit the study at random; say each call that has returned."""
    tell(begun=True)
    study = Study.open(path)
    # The paths need no images: nothing is read from them.
    cases = study.add_cases([path.with_name(f"{n}.png") for n in range(3)])
    tell(opened=True)
    while True:
        marks = [record.id for record in study.annotations()]
        x, y = random_.random() * 100, random_.random() * 100
        choice = random_.random()
        if choice < 0.4 or not marks:
            corners = [[x + random_.random() * 50, y + n] for n in range(random_.randint(3, 400))]
            study.add_annotation(random_.choice(cases), "freehand", corners, "MA", READER)
        elif choice < 0.6:
            study.update_annotation(random_.choice(marks), label=random_.choice(["MA", "HE"]))
        elif choice < 0.7:
            study.delete_annotation(random_.choice(marks))
        elif choice < 0.8:
            study.undo(READER)
        elif choice < 0.85:
            study.redo(READER)
        elif choice < 0.95:
            with study.batch("Import"):
                for n in range(random_.randint(1, 40)):
                    study.add_annotation(cases[0], "box", [[x, y], [x + n, y + 5]], "EX", READER)
        else:
            study.close()
            study = Study.open(path)
        last = study.edits(limit=1)
        tell(seq=last[0].seq if last else 0, held=digest(held(study.annotations())))


def held(records: list[AnnotationRecord]) -> State:
    """Return what must survive of some annotations."""
    return {r.id: [r.label, r.kind, len(r.points), r.points[-1]] for r in records}


def digest(state: State) -> str:
    """Return a short name of a state; the pipe must not fill up and hold the program."""
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def replayed(lines: list[EditRecord]) -> State:
    """Return what the history alone says is there; each line must fit the one before it."""
    now: dict[int, Any] = {}
    for line in lines:
        assert line.annotation is not None
        assert now.get(line.annotation) == line.before, f"a gap in the history at {line.seq}"
        now[line.annotation] = line.after
    return {
        key: [s["label"], s["kind"], len(s["points"]), s["points"][-1]]
        for key, s in sorted(now.items())
        if s is not None
    }


def check(path: Path, said: list[dict[str, Any]]) -> dict[str, int]:
    """Check a study after a kill against what the program had confirmed."""
    if not path.exists():
        assert not any("opened" in line for line in said), "the study is gone"
        return {"confirmed": 0, "edits": 0}
    with Study.open(path) as study:
        lines, records = study.edits(), study.annotations()
        assert study.check() is None
    assert replayed(lines) == held(records)
    confirmed = [line for line in said if "seq" in line]
    seq = confirmed[-1]["seq"] if confirmed else 0
    unconfirmed = {line.step for line in lines if line.seq > seq}
    if confirmed:
        then = replayed([line for line in lines if line.seq <= seq])
        assert digest(then) == confirmed[-1]["held"], "a confirmed edit is lost"
        assert len(unconfirmed) <= 1, "more than the one call that was under way"
    return {"confirmed": len(confirmed), "edits": len(lines)}


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill ``kills`` programs and check the study after each."""
    random_ = random.Random(seed)
    path = folder / "study-0.softcam"
    Study.open(folder / "warm.softcam").close()
    for number in range(kills):
        if number % 10 == 0:
            path = folder / f"study-{number}.softcam"
        own = random.Random(seed * 100_000 + number)
        said = killed(partial(edit_for_ever, path, own), wait(random_, 0.4))
        report(**check(path, said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
