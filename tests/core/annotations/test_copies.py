"""A study saved as another file, and a study made on a full disk: whole, or not at all."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from softcam_core.annotations import files
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the copy goes: a folder of its own."""
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder / "copy.softcam"


def marks(path: Path) -> list[str]:
    """Return the labels of all annotations of a closed study."""
    with Study.open(path) as study:
        return [record.label for record in study.annotations()]


def test_a_copy_has_everything_and_the_study_stays_open(study, case, target):
    study.add_annotation(case, "point", [1, 1], "MA")
    study.save_copy(target, lambda copy: copy.add_annotation(case, "point", [2, 2], "HE"))
    study.add_annotation(case, "point", [3, 3], "EX")
    assert marks(target) == ["MA", "HE"]
    assert [record.label for record in study.annotations()] == ["MA", "EX"]
    assert [p.name for p in target.parent.iterdir()] == ["copy.softcam"]


def test_every_study_has_an_id_of_its_own_that_stays(study, case, target):
    study.save_copy(target)
    with Study.open(target) as copy:
        assert copy.id not in ("", study.id)
        known = copy.id
    with Study.open(target) as copy, Study.open(study.path) as again:
        assert (copy.id, again.id) == (known, study.id)


def test_a_deleted_study_can_be_saved_while_it_is_open(study, case, target):
    study.add_annotation(case, "point", [1, 1], "MA")
    for end in ("", "-wal", "-shm"):
        Path(f"{study.path}{end}").unlink()
    study.save_copy(target)
    assert marks(target) == ["MA"]
    assert not study.path.exists()
    study.save_copy(study.path)  # and put back where it was
    study.close()
    assert marks(study.path) == ["MA"]


def test_a_deleted_or_replaced_study_never_becomes_another_one(study, case, target):
    study.add_annotation(case, "point", [1, 1], "MA")
    with Study.open(target) as other:
        assert other.annotations() == []
    study.path.unlink()
    # Two reads at once need a second connection, and there is nothing left to connect to.
    with study._database.read(), pytest.raises(StudyError, match="replaced or deleted"):
        study._database.gather()
    assert not study.path.exists()
    shutil.copy(target, study.path)
    with study._database.read(), pytest.raises(StudyError, match="replaced or deleted"):
        study._database.gather()
    assert [record.label for record in study.annotations()] == ["MA"]


def test_the_log_beside_a_replaced_file_is_not_read_into_the_copy(study, case, target, image):
    with Study.open(target) as old:
        for _ in range(40):
            old.add_annotation(old.add_case(image), "point", [9, 9], "OLD")
        for end in ("", "-wal"):
            shutil.copy(f"{target}{end}", target.parent / f"killed{end}")
    for end in ("", "-wal"):
        (target.parent / f"killed{end}").rename(f"{target}{end}")
    study.add_annotation(case, "point", [1, 1], "MA")
    study.save_copy(target)
    assert marks(target) == ["MA"]
    assert [p.name for p in target.parent.iterdir()] == ["copy.softcam"]


def refused(study: Study, target: Path, sentence: str, **options: object) -> None:
    """Check that a copy fails in one sentence that names it, and nothing has changed."""
    before = {p.name: p.read_bytes() for p in target.parent.iterdir()}
    with pytest.raises(StudyError, match=sentence) as caught:
        study.save_copy(target, **options)
    text = str(caught.value)
    assert str(target) in text
    assert ".new" not in text
    assert {p.name: p.read_bytes() for p in target.parent.iterdir()} == before
    study.add_annotation(study.cases()[0].id, "point", [1, 1], "still open")


def test_a_copy_that_fails_leaves_the_old_file(study, case, target):
    target.write_bytes(b"old content")
    Path(f"{target}-wal").write_bytes(b"old log")

    def fill_up(copy: Study) -> None:
        with copy._database.write() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        copy.add_annotation(case, "freehand", [[n * 0.1, n % 7] for n in range(5000)], "MA")

    refused(study, target, "disk of the study .* is full", complete=fill_up)

    def spoil(copy: Study) -> None:
        copy._database.gather()
        os.truncate(copy.path, copy.path.stat().st_size - 4096)

    refused(study, target, "damaged", complete=spoil)


def test_a_log_stays_where_its_file_cannot_be_replaced(study, case, target):
    target.mkdir()
    log = Path(f"{target}-wal")
    log.write_bytes(b"old log")
    with pytest.raises(StudyError, match=r"cannot be saved as .*copy.softcam \("):
        study.save_copy(target)
    assert log.read_bytes() == b"old log"
    assert len(list(target.parent.iterdir())) == 2


def test_a_copy_into_no_folder_or_onto_itself_is_told(study, case, tmp_path):
    with pytest.raises(StudyError, match="folder does not exist"):
        study.save_copy(tmp_path / "no" / "copy.softcam")
    with pytest.raises(StudyError, match="the one that is open"):
        study.save_copy(study.path)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_a_disk_that_fills_up_while_a_study_is_made_leaves_nothing(tmp_path, start_python):
    # A file may no longer grow once the log is written: the log cannot be brought into the file.
    code = (
        "import resource, signal, sys\n"
        "import sqlalchemy as sa\n"
        "from softcam_core.annotations.study import Study\n"
        "from softcam_core.errors import StudyError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "full = lambda *_: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "sa.event.listen(sa.pool.Pool, 'checkin', full)\n"
        "try:\n    Study.open(sys.argv[1])\n"
        "except StudyError as error:\n    print(error)\n"
    )
    folder = tmp_path / "new"
    folder.mkdir()
    said, complained = start_python(code, folder / "s.softcam").communicate()
    assert complained == ""
    assert said.startswith(f"The study {folder / 's.softcam'} could not be read or written")
    assert list(folder.iterdir()) == []
    assert marks(folder / "s.softcam") == []


def test_a_log_that_cannot_be_brought_in_is_told(study, case, monkeypatch):
    reader = sqlite3.connect(study.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM meta").fetchall()
    study.add_annotation(case, "point", [1, 1], "MA")
    monkeypatch.setattr(files, "BUSY_SECONDS", 0.05)
    with Study.open(study.path) as again, pytest.raises(StudyError, match="busy"):
        again._database.gather()
    reader.close()
