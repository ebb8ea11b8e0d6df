"""Damaged, foreign, newer and read-only files; several programs at once."""

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from softcam_core.annotations import schema
from softcam_core.annotations.files import APPLICATION_ID
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

NOBODY = 65534


@pytest.fixture
def filled(tmp_path: Path, image: Path) -> Path:
    """A closed study with 200 annotations."""
    path = tmp_path / "filled.softcam"
    with Study.open(path) as study:
        case = study.add_case(image)
        with study.batch("Import"):
            for n in range(200):
                study.add_annotation(case, "box", [[n, 0], [n + 5, 5]], "MA", "r")
    return path


def refused(path: Path, sentence: str) -> None:
    """Check that a file is refused in one sentence and not touched."""
    before = path.read_bytes()
    files = sorted(p.name for p in path.parent.iterdir())
    for _ in range(2):
        with pytest.raises(StudyError, match=sentence) as caught:
            Study.open(path)
        text = str(caught.value)
        assert str(path) in text
        assert text.endswith(".")
        assert "\n" not in text
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir()) == files


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 9999",
        "UPDATE meta SET value = '9999' WHERE key = 'format_version'",
        f"PRAGMA user_version = {schema.VERSION + 1}",
    ],
)
def test_a_newer_version(filled, statement):
    connection = sqlite3.connect(filled)
    connection.execute(statement)
    connection.commit()
    connection.close()
    refused(filled, "newer SoftCAM Viewer.*update the program")


def test_a_truncated_file(filled):
    whole = filled.read_bytes()
    for size in (50, 100, 4096, 5000, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        filled.write_bytes(whole[:size])
        refused(filled, "is damaged")


def test_a_file_with_overwritten_pages(filled):
    whole = filled.read_bytes()
    refusals = 0
    for page in range(1, len(whole) // 4096, 5):
        spoilt = bytearray(whole)
        spoilt[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
        filled.write_bytes(spoilt)
        told = ""
        try:
            Study.open(filled).close()
        except StudyError as error:
            told = str(error)
        if told:
            refusals += 1
            assert "is damaged" in told
            assert filled.read_bytes() == bytes(spoilt)
    assert refusals > 5


class NoTime(threading.Timer):
    """A timer that goes off at once."""

    def start(self) -> None:
        self.function()

    def join(self, timeout: float | None = None) -> None:
        pass


def test_a_check_that_runs_out_of_time_does_not_stand_in_the_way(filled, monkeypatch):
    connection = sqlite3.connect(filled)
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'results'"
    (page,) = connection.execute(query).fetchone()
    connection.close()
    spoilt = bytearray(filled.read_bytes())
    spoilt[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    filled.write_bytes(spoilt)
    refused(filled, "is damaged")
    monkeypatch.setattr(threading, "Timer", NoTime)
    Study.open(filled).close()


@pytest.mark.parametrize("content", [b"just some text\n", b"\x89PNG" + bytes(5000), b"S"])
def test_a_file_of_another_kind(tmp_path, content):
    path = tmp_path / "x.softcam"
    path.write_bytes(content)
    refused(path, "is not a study")


def test_an_empty_file(tmp_path):
    path = tmp_path / "x.softcam"
    path.touch()
    refused(path, r"is empty \(0 bytes\)")


def test_a_database_of_another_program(tmp_path):
    path = tmp_path / "x.softcam"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key, value)")
    connection.commit()
    connection.close()
    refused(path, "of another program")


def test_a_study_without_its_tables(tmp_path):
    path = tmp_path / "x.softcam"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("CREATE TABLE other (key)")
    connection.commit()
    connection.close()
    refused(path, "is damaged")


def test_a_folder_in_place_of_a_study(tmp_path):
    with pytest.raises(StudyError, match="cannot be read"):
        Study.open(tmp_path)


def test_a_missing_folder(tmp_path):
    with pytest.raises(StudyError, match=r"folder of the study .* does not exist"):
        Study.open(tmp_path / "no" / "x.softcam")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def public_folder(filled: Path) -> Iterator[Path]:
    """A folder with a study that every user of the machine can reach; pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(filled, folder / "s.softcam")
        for path in (folder, folder / "s.softcam"):
            if os.geteuid() == 0:
                os.chown(path, NOBODY, NOBODY)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX file systems")
@pytest.mark.parametrize(
    ("closed", "name"), [("s.softcam", "s.softcam"), (".", "s.softcam"), (".", "new.softcam")]
)
def test_without_the_right_to_write(public_folder, tmp_path, start_python, closed, name):
    before = (public_folder / "s.softcam").read_bytes()
    target = public_folder / closed
    target.chmod(target.stat().st_mode & 0o555)
    # Root may write everywhere; the program gives up its rights once everything is loaded.
    code = (
        "import os, sys\n"
        "from softcam_core.annotations.study import Study\n"
        "from softcam_core.errors import StudyError\n"
        "Study.open(sys.argv[1]).close()\n"
        "if os.geteuid() == 0:\n"
        f"    os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})\n"
        "try:\n    Study.open(sys.argv[2])\n"
        "except StudyError as error:\n    print(error)\n"
    )
    path = public_folder / name
    said, complained = start_python(code, tmp_path / "first.softcam", path).communicate()
    assert complained == ""
    assert str(path.resolve()) in said
    assert "cannot be" in said
    assert said.count("\n") == 1
    assert [p.name for p in public_folder.iterdir()] == ["s.softcam"]
    assert (public_folder / "s.softcam").read_bytes() == before


def test_a_study_deleted_or_replaced_while_open_is_told(tmp_path, image, filled):
    path = tmp_path / "s.softcam"
    study = Study.open(path)
    case = study.add_case(image)
    path.rename(tmp_path / "elsewhere.softcam")
    with pytest.raises(StudyError, match="moved, replaced or deleted"):
        study.add_annotation(case, "point", [1, 1])
    shutil.copy(filled, path)
    with pytest.raises(StudyError, match="moved, replaced or deleted"):
        study.add_annotation(case, "point", [1, 1])
    path.unlink()
    (tmp_path / "elsewhere.softcam").rename(path)
    study.add_annotation(case, "point", [1, 1])
    assert len(study.annotations(case)) == 1
    study.close()


def test_a_full_disk_is_told_and_harms_nothing(study, case):
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    with study._database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    corners = [[n * 0.1, n % 7] for n in range(5000)]
    with pytest.raises(StudyError, match=r"disk of the study .* is full"):
        study.add_annotation(case, "freehand", corners, "MA", "r")
    assert len(study.annotations(case)) == len(study.edits()) == 1


def test_a_busy_file_is_told(tmp_path, study, case, monkeypatch):
    monkeypatch.setattr("softcam_core.annotations.files.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(study.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Study.open(tmp_path / "second.softcam"):
        pass
    with pytest.raises(StudyError, match="busy in another program"):
        Study.open(study.path)
    other.execute("ROLLBACK")
    other.close()


def test_the_log_of_a_deleted_study_does_not_reach_a_new_one(tmp_path, image):
    path = tmp_path / "s.softcam"
    study = Study.open(path)
    study.add_annotation(study.add_case(image), "point", [1, 1])
    shutil.copy(f"{path}-wal", tmp_path / "kept")
    study.close()
    path.unlink()
    (tmp_path / "kept").rename(f"{path}-wal")
    with Study.open(path) as study:
        assert study.cases() == []
    assert Path(f"{path}-wal.old").exists()


def test_what_a_killed_program_half_made_goes(tmp_path):
    old, young = tmp_path / ".s.softcam.1-1.new", tmp_path / ".s.softcam.2-2.new-wal"
    old.write_bytes(b"half")
    young.write_bytes(b"half")
    os.utime(old, (0, 0))
    Study.open(tmp_path / "s.softcam").close()
    assert not old.exists()
    assert young.exists()


def test_older_versions_are_migrated_in_one_transaction(tmp_path, filled, monkeypatch):
    def first(connection) -> None:
        connection.exec_driver_sql("ALTER TABLE cases ADD COLUMN frames INTEGER")

    def second(connection) -> None:
        connection.exec_driver_sql("UPDATE cases SET frames = 3")

    def broken(connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (done INTEGER)")
        raise OSError("power cut")

    now = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", now + 2)
    monkeypatch.setattr(schema, "MIGRATIONS", {now: first, now + 1: broken})
    with pytest.raises(OSError, match="power cut"):
        Study.open(filled)
    connection = sqlite3.connect(filled)
    assert connection.execute("PRAGMA user_version").fetchone() == (now,)
    assert "half" not in str(connection.execute("SELECT name FROM sqlite_master").fetchall())
    connection.close()
    monkeypatch.setattr(schema, "MIGRATIONS", {now: first, now + 1: second})
    with Study.open(filled) as study:
        assert len(study.annotations(1)) == 200
        with study._database.read() as connection:
            assert connection.exec_driver_sql("SELECT frames FROM cases").scalar() == 3
    monkeypatch.undo()
    refused(filled, "newer SoftCAM Viewer")


def test_two_programs_write_to_one_study(tmp_path, image, start_python):
    path = tmp_path / "s.softcam"
    code = (
        "import sys\n"
        "from softcam_core.annotations.study import Study\n"
        "with Study.open(sys.argv[1]) as study:\n"
        "    case = study.add_case(sys.argv[2])\n"
        "    for n in range(40):\n"
        "        print(study.add_annotation(case, 'point', [n, n], 'MA', sys.argv[3]))\n"
        "        if n % 10 == 9: study.undo(sys.argv[3])\n"
    )
    programs = [start_python(code, path, image, reader) for reader in ("one", "two")]
    confirmed = []
    for program in programs:
        out, err = program.communicate(timeout=60)
        assert (program.returncode, err) == (0, "")
        confirmed += [int(line) for line in out.split()]
    with Study.open(path) as study:
        (case,) = study.cases()
        ids = [r.id for r in study.annotations(case.id)]
        assert len(set(confirmed)) == 80
        assert len(ids) == 72
        assert set(ids) < set(confirmed)
        assert len(study.edits()) == 88


def test_another_thread_reads_while_one_writes(study, case):
    inside, read = threading.Event(), threading.Event()
    seen: list[int] = []

    def look() -> None:
        inside.wait(5)
        seen.append(len(study.annotations(case)))
        read.set()

    thread = threading.Thread(target=look)
    thread.start()
    with study.batch("Import"):
        study.add_annotation(case, "point", [1, 1])
        inside.set()
        assert read.wait(5)
    thread.join()
    assert seen == [0]
    assert len(study.annotations(case)) == 1


def test_opening_a_large_study_is_quick(tmp_path, image):
    path = tmp_path / "large.softcam"
    with Study.open(path) as study:
        case = study.add_case(image)
        corners = [[n * 0.123456789, n * 0.987654321] for n in range(20_000)]
        with study.batch("Import"):
            for _ in range(20):
                study.add_annotation(case, "freehand", corners, "MA", "r")
    assert path.stat().st_size > 20_000_000
    start = time.perf_counter()
    Study.open(path).close()
    assert time.perf_counter() - start < 0.5
