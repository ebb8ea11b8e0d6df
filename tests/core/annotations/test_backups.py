"""A copy a day: checked, numbered, never lost to a clock, a damaged study or a full disk."""

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from softcam_core.annotations import backups, files
from softcam_core.annotations.backups import back_up_daily, backup_folder, backups_of, restore
from softcam_core.annotations.location import user_data_dir
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, DamagedStudyError, StudyError
from tests.disks import full_disk

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC).astimezone()


@pytest.fixture
def on_day(monkeypatch) -> Callable[[int], None]:
    """Set the clock to noon of a day, counted from 1 May 2026."""

    def set_clock(day: int) -> None:
        monkeypatch.setattr(backups, "now", lambda: NOON + timedelta(days=day))

    set_clock(0)
    return set_clock


def names(study: Study) -> list[str]:
    return sorted(p.name for p in backup_folder(study.path).iterdir())


def mark(study: Study, case: int, count: int = 1) -> None:
    for _ in range(count):
        study.add_annotation(case, "point", [1, 1], "MA", "r")


def test_a_changed_study_is_copied_once_a_day(study, case, on_day):
    mark(study, case)
    first = back_up_daily(study)
    assert first is not None
    assert first.name == "2026-05-01.softcam"
    assert first.is_relative_to(user_data_dir() / "backups")
    assert back_up_daily(study) is None
    on_day(1)
    assert back_up_daily(study) is None  # nothing has changed
    mark(study, case)
    assert back_up_daily(study) == first.with_name("2026-05-02.softcam")
    study.set_status(case, "done")
    assert back_up_daily(study) == first.with_name("2026-05-02.softcam")
    assert back_up_daily(study) is None
    assert names(study) == ["2026-05-01.softcam", "2026-05-02.softcam"]
    newest, oldest = backups_of(study.path)
    assert (newest.annotations, oldest.annotations) == (2, 1)
    assert newest.time == NOON + timedelta(days=1)
    with Study.open(newest.path, read_only=True) as copy:
        assert copy.check() is None
        assert [case.status for case in copy.cases()] == ["done"]
    assert backups_of(study.path.with_name("other.softcam")) == []


def test_the_newest_fourteen_are_kept(study, case, on_day):
    for day in range(17):
        on_day(day)
        mark(study, case)
        back_up_daily(study)
    assert [b.annotations for b in backups_of(study.path)] == list(range(17, 3, -1))
    assert len(names(study)) == 14


def test_a_clock_set_back_or_forth_loses_no_copy(study, case, on_day):
    marks = []
    for day in (3, 400, 0, 3, 1, 1):
        on_day(day)
        mark(study, case)
        back_up_daily(study)
        marks.append(len(study.annotations()))
    # Only the last one took the place of another, which was made on the same day just before.
    assert [b.annotations for b in backups_of(study.path)] == [6, 4, 3, 2, 1]
    for day in range(20, 33):
        on_day(day)
        mark(study, case)
        back_up_daily(study)
    assert [b.annotations for b in backups_of(study.path)] == list(range(19, 5, -1))


def test_a_shorter_history_never_takes_a_copys_place(study, case, on_day, tmp_path, image):
    mark(study, case, 5)
    first = back_up_daily(study)
    study.close()
    study.path.unlink()
    with Study.open(study.path) as again:
        mark(again, again.add_case(image))
        second = back_up_daily(again)
    assert (first.name, second.name) == ("2026-05-01.softcam", "2026-05-01-2.softcam")
    assert [b.annotations for b in backups_of(study.path)] == [1, 5]
    restore(backups_of(study.path)[1], study.path)
    with Study.open(study.path) as again:
        again.undo()
        assert back_up_daily(again).name == "2026-05-01-3.softcam"


def test_a_damaged_study_leaves_the_copies(study, case, on_day):
    with study.batch("Import"):
        mark(study, case, 300)
    good = back_up_daily(study)
    before = good.read_bytes()
    mark(study, case)
    study.settle()
    with closing(sqlite3.connect(study.path)) as plain:
        (page,) = plain.execute("SELECT rootpage FROM sqlite_master WHERE name='edits'").fetchone()
    with study.path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    for day in (0, 1):
        on_day(day)
        with pytest.raises(DamagedStudyError, match="is damaged"):
            back_up_daily(study)
    assert names(study) == [good.name]
    assert good.read_bytes() == before


def told(study: Study, sentence: str) -> None:
    with pytest.raises(StudyError, match=sentence) as caught:
        back_up_daily(study)
    text = str(caught.value)
    assert str(study.path) in text
    assert str(backup_folder(study.path)) in text
    assert text.endswith(".")
    assert "\n" not in text


def test_a_full_disk_is_told_and_leaves_the_copies(study, case, on_day):
    mark(study, case)
    good = back_up_daily(study)
    before = good.read_bytes()
    mark(study, case)
    with full_disk(20_000):
        told(study, "cannot be written")
    assert names(study) == [good.name]
    assert good.read_bytes() == before
    mark(study, case)
    assert back_up_daily(study) == good
    assert backups_of(study.path)[0].annotations == 3


def test_a_folder_that_cannot_be_made_is_told(study, case, on_day):
    mark(study, case)
    backups_place = user_data_dir() / "backups"
    backups_place.parent.mkdir(parents=True, exist_ok=True)
    backups_place.write_text("a file where the folder should be")
    told(study, "make that folder writable")
    assert len(study.annotations()) == 1


def test_a_copy_can_be_ended(study, case, on_day):
    mark(study, case)
    with pytest.raises(CancelledError):
        back_up_daily(study, lambda: True)
    assert names(study) == []


def test_what_a_killed_program_half_made_goes(study, case, on_day):
    folder = backup_folder(study.path)
    folder.mkdir(parents=True)
    for name, age in ((".2026-04-30.softcam.1-2.new", 1e6), (".2026-05-01.softcam.3-4.new-wal", 0)):
        (folder / name).write_bytes(b"half")
        stamp = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (stamp, stamp))
    mark(study, case)
    back_up_daily(study)
    assert names(study) == [".2026-05-01.softcam.3-4.new-wal", "2026-05-01.softcam"]


def test_whoever_draws_does_not_wait_for_a_copy(study, case, on_day, monkeypatch):
    mark(study, case)
    drawn = threading.Event()
    copied = backups.sqlite.copy

    def slow(source, target, cancelled):
        copied(source, target, lambda: drawn.wait(10) and False)

    monkeypatch.setattr("softcam_core.annotations.sqlite.copy", slow)
    thread = threading.Thread(target=back_up_daily, args=(study,))
    thread.start()
    mark(study, case)
    drawn.set()
    thread.join()
    assert backups_of(study.path)[0].annotations in (1, 2)
    assert len(study.annotations()) == 2


def test_a_copy_is_restored_and_the_damaged_file_is_kept(study, case, on_day):
    mark(study, case, 3)
    back_up_daily(study)
    mark(study, case)
    study.close()
    known = study.id
    Path(f"{study.path}-wal").write_bytes(b"a log that goes with the damaged file")
    os.truncate(study.path, 8192)
    damaged = study.path.read_bytes()
    with pytest.raises(DamagedStudyError):
        Study.open(study.path)
    aside = restore(backups_of(study.path)[0], study.path)
    assert aside == study.path.with_name("s.damaged-2026-05-01.softcam")
    assert aside.read_bytes() == damaged
    assert Path(f"{aside}-wal").read_bytes() == b"a log that goes with the damaged file"
    with Study.open(study.path) as again:
        assert again.id == known
        assert len(again.annotations()) == 3
        assert again.check() is None
        again.undo("r")
    second = restore(backups_of(study.path)[0], study.path)
    assert second.name == "s.damaged-2026-05-01-2.softcam"
    study.path.unlink()
    assert restore(backups_of(study.path)[0], study.path) is None
    with Study.open(study.path) as again:
        assert len(again.annotations()) == 3
    assert not list(study.path.parent.glob("*.new*"))
    assert not list(study.path.parent.glob(".*"))


def test_what_cannot_be_restored_is_told_and_changes_nothing(study, case, on_day):
    mark(study, case)
    back_up_daily(study)
    (backup,) = backups_of(study.path)
    with pytest.raises(StudyError, match="close it before"):
        restore(backup, study.path)
    study.close()
    before = study.path.read_bytes()
    with full_disk(20_000), pytest.raises(StudyError, match="cannot be put in the place"):
        restore(backup, study.path)
    os.truncate(backup.path, backup.path.stat().st_size - 4096)
    with pytest.raises(DamagedStudyError, match="itself damaged"):
        restore(backup, study.path)
    backup.path.unlink()
    with pytest.raises(StudyError, match="cannot be put in the place"):
        restore(backup, study.path)
    assert study.path.read_bytes() == before
    assert not list(study.path.parent.glob("*damaged*"))
    assert not files.is_held(study.path)
