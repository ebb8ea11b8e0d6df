"""The one file while the study is open: complete after a rest, and never waited for too long."""

import shutil
import sqlite3
import time

import pytest

from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError


def test_after_a_rest_the_one_file_holds_every_mark(study, case, tmp_path):
    study.add_annotation(case, kind="point", points=[[1, 1]], label="MA", reader="r")
    study.settle()
    shutil.copy(study.path, tmp_path / "copy.softcam")
    with Study.open(tmp_path / "copy.softcam") as copy:
        assert [a.label for a in copy.annotations()] == ["MA"]


def test_a_rest_takes_nothing_from_a_program_that_writes(study, case):
    study.add_annotation(case, kind="point", points=[[1, 1]], label="MA", reader="r")
    other = sqlite3.connect(study.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    study.settle()
    other.execute("ROLLBACK")
    other.close()
    assert len(study.annotations()) == 1


def test_an_impatient_study_does_not_wait_for_another_program(image, tmp_path):
    with Study.open(tmp_path / "own.softcam", patience=0.05) as study:
        case = study.add_case(image)
        other = sqlite3.connect(study.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        start = time.perf_counter()
        with pytest.raises(StudyError, match="busy"):
            study.add_annotation(case, kind="point", points=[[1, 1]], label="", reader="r")
        assert time.perf_counter() - start < 2
        other.execute("ROLLBACK")
        other.close()
        study.add_annotation(case, kind="point", points=[[1, 1]], label="", reader="r")
        assert len(study.annotations()) == 1
