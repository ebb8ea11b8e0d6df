"""A full disk, a file that became read-only, a clock set back: told, and nothing is lost."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from softcam_core.annotations import schema
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError
from tests.disks import full_disk


def draw(study: Study, case: int, corners: int = 2000) -> int:
    points = [[n * 0.1, n % 7] for n in range(corners)]
    return study.add_annotation(case, "freehand", points, "MA", "r")


def draw_until_told(study: Study, case: int, sentence: str) -> list[int]:
    """Draw until the disk takes no more; return what was confirmed."""
    confirmed: list[int] = []
    text = ""
    while not text:
        try:
            confirmed.append(draw(study, case))
        except StudyError as error:
            text = str(error)
    assert re.search(sentence, text)
    assert str(study.path) in text
    assert text.endswith(".")
    assert "\n" not in text
    return confirmed


def check_usable(study: Study, case: int, confirmed: list[int]) -> None:
    """Check that all that was confirmed is there and that work goes on, also after a reopening."""
    assert [r.id for r in study.annotations(case)] == confirmed
    assert study.check() is None
    confirmed.append(draw(study, case))
    study.undo("r")
    study.redo("r")
    assert [r.id for r in study.annotations(case)] == confirmed
    study.close()
    with Study.open(study.path) as again:
        assert [r.id for r in again.annotations(case)] == confirmed
        assert again.check() is None


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk can be mounted by root alone")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing_and_work_goes_on_once_there_is_room(small_disk, image):
    (small_disk / "ballast").write_bytes(bytes(1_000_000))
    study = Study.open(small_disk / "s.softcam")
    case = study.add_case(image)
    confirmed = draw_until_told(study, case, "disk of the study .* is full")
    assert len(confirmed) > 5
    with pytest.raises(StudyError, match="is full"):
        draw(study, case, 20_000)
    study.annotations(case)  # can be read all the time
    (small_disk / "ballast").unlink()
    check_usable(study, case, confirmed)


def test_a_study_on_a_full_disk_can_be_closed_and_opened_again(small_disk, image):
    study = Study.open(small_disk / "s.softcam")
    case = study.add_case(image)
    (small_disk / "ballast").write_bytes(bytes(2_000_000))
    confirmed = draw_until_told(study, case, "is full")
    with pytest.raises(OSError, match="No space"):
        (small_disk / "more").write_bytes(bytes(3_000_000))
    study.close()  # the log cannot be brought into the file, and stays
    (small_disk / "more").unlink()
    (small_disk / "ballast").unlink()
    with Study.open(study.path) as again:
        check_usable(again, case, confirmed)


def test_no_study_is_made_on_a_full_disk(small_disk):
    with pytest.raises(OSError, match="No space"):
        (small_disk / "ballast").write_bytes(bytes(4_000_000))
    with pytest.raises(StudyError, match="disk of the study"):
        Study.open(small_disk / "s.softcam")
    assert [p.name for p in small_disk.iterdir()] == ["ballast"]


def test_a_limit_on_files_loses_nothing(study, case):
    confirmed = [draw(study, case)]
    with full_disk(500_000):
        confirmed += draw_until_told(study, case, "check the disk|is full")
    check_usable(study, case, confirmed)


def test_a_file_made_read_only_while_it_is_open(tmp_path, image, start_python):
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("root makes a file that its owner may no longer write to")
    folder = tmp_path / "shared"
    folder.mkdir()
    for path in (folder, *folder.parents):
        if path.stat().st_uid == 0 and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o011)
    folder.chmod(0o777)
    code = (
        "import os, sys\n"
        "from softcam_core.annotations.study import Study\n"
        "from softcam_core.errors import StudyError\n"
        "Study.open(sys.argv[1]).close()\n"
        "os.setgroups([]), os.setgid(65534), os.setuid(65534)\n"
        "study = Study.open(sys.argv[2])\n"
        "case = study.add_cases(['eye.png'])[0]\n"
        "while True:\n"
        "    try: print(study.add_annotation(case, 'point', [1, 1]), flush=True)\n"
        "    except StudyError as error: print(error, flush=True)\n"
        "    if not sys.stdin.readline().strip(): break\n"
        "study.close()\n"
    )
    path = folder / "s.softcam"
    program = start_python(code, tmp_path / "warm.softcam", path, stdin=-1)

    def ask() -> str:
        program.stdin.write("again\n")
        program.stdin.flush()
        return program.stdout.readline().strip()

    confirmed = {int(program.stdout.readline())}
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").chmod(0o444)
    folder.chmod(0o555)
    for _ in range(3):
        said = ask()
        if said.isdigit():  # The handle that is open may still write.
            confirmed.add(int(said))
        else:
            assert "cannot be written to" in said
    folder.chmod(0o777)
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").chmod(0o666)
    confirmed.add(int(ask()))
    assert program.communicate("\n", timeout=20)[1] == ""
    with Study.open(path) as study:
        assert {r.id for r in study.annotations()} >= confirmed
        assert study.check() is None


class SetBack(datetime):
    """A clock that was set back by ten years."""

    @classmethod
    def now(cls, tz: object = None) -> datetime:
        return datetime.now(UTC) - timedelta(days=3650)


def test_a_clock_set_back_confuses_nothing(study, case, monkeypatch):
    first, second = (study.add_annotation(case, "point", [n, n], "MA", "r") for n in range(2))
    study.set_label(case, "mild", "r")
    monkeypatch.setattr(schema, "datetime", SetBack)
    third = study.add_annotation(case, "point", [3, 3], "HE", "r")
    study.update_annotation(first, label="EX")
    study.set_label(case, "severe", "r")
    assert [r.id for r in study.annotations()] == [first, second, third]
    assert study.annotations()[2].created.year < study.annotations()[1].created.year
    assert study.annotations()[0].modified > study.annotations()[0].created
    assert study.cases()[0].label == "severe"
    assert study.check() is None
    assert [line.action for line in study.edits()] == [
        "add",
        "add",
        "grade",
        "add",
        "update",
        "grade",
    ]
    for _ in range(3):
        study.undo("r")
    assert [r.id for r in study.annotations()] == [first, second]
    assert study.annotations()[0].label == "MA"
    assert study.cases()[0].label == "mild"
    study.redo("r")
    assert [r.id for r in study.annotations()] == [first, second, third]
    assert study.check() is None


def test_two_handles_that_write_at_once_both_keep_their_edits(study, case, start_python):
    code = (
        "import sys\n"
        "from softcam_core.annotations.study import Study\n"
        "with Study.open(sys.argv[1]) as study:\n"
        "    for n in range(60):\n"
        "        with study.batch('Import', sys.argv[2]):\n"
        "            for m in range(5):\n"
        "                study.add_annotation(1, 'point', [n, m], 'MA', sys.argv[2])\n"
    )
    programs = [start_python(code, study.path, reader) for reader in ("one", "two")]
    mine = [study.add_annotation(case, "point", [n, n], "HE", "r") for n in range(60)]
    for program in programs:
        assert program.communicate(timeout=60) == ("", "")
    by_reader = [len(study.annotations(case, reader)) for reader in ("one", "two", "r")]
    assert by_reader == [300, 300, 60]
    assert {r.id for r in study.annotations(case, "r")} == set(mine)
    assert study.changed_elsewhere()
    assert study.check() is None
