"""A study that is only read: beside its writer, and where nothing can be written."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from softcam_core.annotations import schema
from softcam_core.annotations.study import Study
from softcam_core.errors import DamagedStudyError, StudyError

NOBODY = 65534


def labels(study: Study) -> list[str]:
    return [record.label for record in study.annotations()]


def test_a_second_opening_reads_what_the_first_writes(study, case):
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    with Study.open(study.path, read_only=True) as reader:
        assert (reader.read_only, study.read_only) == (True, False)
        assert reader.id == study.id
        assert labels(reader) == ["MA"]
        study.add_annotation(case, "point", [1, 1], "HE", "r")
        assert labels(reader) == ["MA", "HE"]
        assert reader.image_size(case) == (40, 30)
        assert reader.mask(case).shape == (30, 40)
        assert reader.check() is None
    assert labels(study) == ["MA", "HE"]


def test_every_write_is_refused_in_one_sentence(study, case, tmp_path):
    one = study.add_annotation(case, "point", [1, 1], "MA", "r")
    with Study.open(study.path, read_only=True) as reader:
        for write in (
            lambda: reader.add_annotation(case, "point", [1, 1]),
            lambda: reader.update_annotation(one, label="HE"),
            lambda: reader.delete_annotation(one),
            lambda: reader.set_label(case, "mild"),
            lambda: reader.set_status(case, "done"),
            lambda: reader.set_setting("point_radius", 3),
            lambda: reader.add_case(tmp_path / "images" / "eye.png"),
            lambda: reader.add_reader("new"),
            lambda: reader.start_read(case, "r"),
            reader.undo,
        ):
            with pytest.raises(StudyError, match="open for reading only") as caught:
                write()
            assert str(study.path) in str(caught.value)
            assert str(caught.value).count("\n") == 0
        reader.settle()
        reader.save_copy(tmp_path / "copy.softcam")
    assert len(study.edits()) == 1
    with Study.open(tmp_path / "copy.softcam") as copy:
        assert labels(copy) == ["MA"]


def test_reading_alone_changes_nothing_and_leaves_nothing(study, case):
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    study.close()
    before = study.path.read_bytes()
    names = sorted(p.name for p in study.path.parent.iterdir())
    with Study.open(study.path, read_only=True) as reader:
        assert labels(reader) == ["MA"]
    assert study.path.read_bytes() == before
    assert sorted(p.name for p in study.path.parent.iterdir()) == names


def test_no_study_is_made_for_reading(tmp_path):
    with pytest.raises(StudyError, match="cannot be read"):
        Study.open(tmp_path / "no.softcam", read_only=True)
    assert not list(tmp_path.glob("*.softcam"))


def test_an_older_format_is_told_and_left(study, monkeypatch):
    study.close()
    before = study.path.read_bytes()
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(StudyError, match=r"older SoftCAM Viewer.*open it for writing"):
        Study.open(study.path, read_only=True)
    assert study.path.read_bytes() == before


def test_a_damaged_study_is_told(study):
    study.close()
    os.truncate(study.path, study.path.stat().st_size // 2)
    with pytest.raises(DamagedStudyError):
        Study.open(study.path, read_only=True)


def test_images_that_moved_with_the_study_are_found(tmp_path):
    old = tmp_path / "old"
    old.mkdir()
    Image.new("L", (8, 6)).save(old / "eye.png")
    with Study.open(old / "s.softcam") as study:
        case = study.add_case(old / "eye.png")
    new = old.rename(tmp_path / "new")
    with Study.open(new / "s.softcam", read_only=True) as study:
        assert study.case(case).path == new / "eye.png"
        assert study.cases()[0].path == new / "eye.png"
        assert study.image_size(case) == (8, 6)


READ = (
    "import os, sys\n"
    "from softcam_core.annotations.study import Study\n"
    "from softcam_core.errors import StudyError\n"
    "Study.open(sys.argv[1]).close()\n"
    f"if os.geteuid() == 0: os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})\n"
    "try:\n"
    "    study = Study.open(sys.argv[2], read_only=True)\n"
    "except StudyError as error:\n"
    "    sys.exit(print(error))\n"
    "while True:\n"
    "    changed = study.changed_elsewhere()\n"
    "    print(changed, [a.label for a in study.annotations()], flush=True)\n"
    "    if not sys.stdin.readline().strip(): break\n"
    "study.close()\n"
)


@pytest.fixture
def closed_folder(image: Path) -> Iterator[Path]:
    """A folder with a study that the programs below may read and not write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Study.open(folder / "s.softcam") as study:
            study.add_annotation(study.add_case(image), "point", [1, 1], "MA", "r")
        (folder / "s.softcam").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


needs_posix = pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX file systems")
needs_root = pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0, reason="writes where another user may only read"
)


@needs_posix
def test_a_study_on_a_medium_that_cannot_be_written_to(closed_folder, tmp_path, start_python):
    path = closed_folder / "s.softcam"
    before = path.read_bytes()
    program = start_python(READ, tmp_path / "warm.softcam", path, stdin=-1)
    assert program.communicate("", timeout=30) == ("False ['MA']\n", "")
    assert path.read_bytes() == before
    assert [p.name for p in closed_folder.iterdir()] == ["s.softcam"]


@needs_root
def test_one_who_may_only_read_follows_another_users_writing(closed_folder, tmp_path, start_python):
    path = closed_folder / "s.softcam"
    program = start_python(READ, tmp_path / "warm.softcam", path, stdin=-1)

    def answer() -> str:
        return program.stdout.readline().strip()

    def ask() -> str:
        program.stdin.write("again\n")
        program.stdin.flush()
        return answer()

    assert answer() == "False ['MA']"
    study = Study.open(path)
    (case,) = study.cases()
    study.add_annotation(case.id, "point", [1, 1], "HE", "r")
    assert ask() == "True ['MA', 'HE']"
    assert ask() == "False ['MA', 'HE']"
    study.add_annotation(case.id, "point", [1, 1], "EX", "r")
    study.close()
    assert ask() == "True ['MA', 'HE', 'EX']"
    program.communicate("\n", timeout=30)


@needs_root
def test_last_edits_that_cannot_be_read_are_told(closed_folder, tmp_path, start_python):
    path = closed_folder / "s.softcam"
    study = Study.open(path)
    study.add_annotation(study.cases()[0].id, "point", [1, 1], "HE", "r")
    shutil.copy(f"{path}-wal", tmp_path / "log")
    study.close()
    shutil.copy(tmp_path / "log", f"{path}-wal")
    Path(f"{path}-wal").chmod(0o444)
    said, complained = start_python(READ, tmp_path / "warm.softcam", path, stdin=-1).communicate()
    assert complained == ""
    assert "s.softcam-wal beside it" in said
    assert "copy both files" in said


def test_what_another_program_writes_is_noticed(study, case, start_python):
    assert not study.changed_elsewhere()
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    study.undo("r")
    study.settle()
    study.annotations()
    assert not study.changed_elsewhere()
    code = (
        "import sys\n"
        "from softcam_core.annotations.study import Study\n"
        "with Study.open(sys.argv[1]) as study: study.add_annotation(1, 'point', [2, 2])\n"
    )
    assert start_python(code, study.path).communicate(timeout=30) == ("", "")
    assert study.changed_elsewhere()
    assert not study.changed_elsewhere()
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    assert not study.changed_elsewhere()


def test_what_another_program_reads_is_no_change(study, case, start_python):
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    assert not study.changed_elsewhere()
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from softcam_core.annotations.opening import open_to_read\n"
        "with open_to_read(Path(sys.argv[1])) as study: print(len(study.annotations()))\n"
    )
    for settled in (False, True):
        if settled:
            study.settle()
        assert start_python(code, study.path).communicate(timeout=30) == ("1\n", "")
        assert not study.changed_elsewhere()
    assert labels(study) == ["MA"]


@needs_posix
def test_opening_a_study_twice_keeps_the_log_from_another_program(study, case, start_python):
    # On POSIX, closing any handle of a file gives up all locks of the program on it. Another
    # program that closes the study would think that it is the last one, and delete the log.
    Study.open(study.path).close()
    code = (
        "import sys\n"
        "from softcam_core.annotations.study import Study\n"
        "Study.open(sys.argv[1]).close()\n"
    )
    assert start_python(code, study.path).communicate(timeout=30) == ("", "")
    study.add_annotation(case, "point", [1, 1], "MA", "r")
    count = (
        "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())"
    )
    out = start_python(count, study.path, "SELECT count(*) FROM annotations").communicate()[0]
    assert out == "(1,)\n"
