"""The record of which annotations trained which models: whole, compact, and never changed."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from softcam_core.annotations.audit import audit_rows
from softcam_core.annotations.rescue import rescue
from softcam_core.annotations.stored import DamagedValueError
from softcam_core.annotations.study import Study, TrainedOn
from softcam_core.annotations.trainings import counts, pack, unpack
from softcam_core.errors import DamagedStudyError, StudyError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
USED = TrainedOn({7: NOON, 3: NOON + timedelta(microseconds=1), 900: NOON}, (4, 2, 11), (5,))


def record(study: Study, model: str = "c0ffee", **changed: object) -> int:
    values = {
        "reader": "union",
        "rules": {"labels_from": "both"},
        "config": "c1",
        "digest": "d1",
        "edit": 12,
        "grades": 2,
    }
    return study.record_training({model: "best.safetensors"}, USED, **{**values, **changed})


def test_a_training_comes_back_as_it_was_recorded(study):
    before = datetime.now(UTC)
    number = record(study, "c0ffee", reader="Müller")
    record(study, "other")
    (one,) = study.trainings("c0ffee")
    assert (one.id, one.models) == (number, {"c0ffee": "best.safetensors"})
    assert (one.reader, one.rules) == ("Müller", {"labels_from": "both"})
    assert (one.config, one.digest, one.edit) == ("c1", "d1", 12)
    assert (one.annotations, one.grades, one.cases, one.validation) == (3, 2, 3, 1)
    assert before <= one.time <= datetime.now(UTC)
    assert study.trained_on(number) == USED
    assert [training.id for training in study.trainings()] == [1, 2]


def test_it_is_still_there_after_a_reopening_a_copy_and_a_rescue(study, tmp_path):
    record(study)
    study.save_copy(tmp_path / "copy.softcam")
    wanted = study.trainings()
    study.close()
    found = rescue(study.path, tmp_path / "rescued.softcam")
    assert (found.lost, found.counts["trainings"]) == ([], 1)
    for name in ("s", "copy", "rescued"):
        with Study.open(tmp_path / f"{name}.softcam") as again:
            assert again.trainings() == wanted
            assert again.trained_on(1) == USED
            assert again.check() is None


def test_nobody_can_change_it(study):
    record(study)
    for statement in ("UPDATE trainings SET reader = 'me'", "DELETE FROM trainings"):
        with (
            pytest.raises(StudyError, match="only ever appended"),
            study._database.write() as connection,
        ):
            connection.exec_driver_sql(statement)


def test_undo_and_the_history_know_nothing_of_it(study, case):
    study.add_annotation(case, "box", [[1, 1], [5, 5]], "MA", "r")
    record(study)
    assert study.undo("r") == case
    assert len(study.trainings()) == 1
    assert study.undo("r") is None


def test_the_audit_log_tells_of_it(study):
    record(study, reader="Müller")
    (row,) = audit_rows(study)
    assert (row.what, row.reader) == ("model trained", "Müller")
    assert row.after_state == {
        "training": 1,
        "models": {"c0ffee": "best.safetensors"},
        "annotations": 3,
        "grades": 2,
        "cases": 3,
        "digest": "d1",
    }


def test_a_study_open_for_reading_refuses_it(study, tmp_path):
    study.close()
    with (
        Study.open(tmp_path / "s.softcam", read_only=True) as quiet,
        pytest.raises(StudyError, match="reading only"),
    ):
        record(quiet)


def test_a_hundred_thousand_annotations_take_half_a_megabyte():
    seconds = np.cumsum(np.random.default_rng(0).integers(100_000, 30_000_000, 100_000)).tolist()
    marks = {i: NOON + timedelta(microseconds=ticks) for i, ticks in enumerate(seconds, 1)}
    used = TrainedOn(marks, tuple(range(1, 10_001)))
    content = pack(used)
    assert len(content) < 500_000
    assert counts(content) == (100_000, 10_000, 0)
    assert unpack(content) == used


@pytest.mark.parametrize("content", [b"", b"nothing", pack(USED)[:-6]])
def test_what_is_no_record_is_damage(content):
    with pytest.raises(DamagedValueError):
        unpack(content)


def test_a_damaged_record_is_a_sentence(study):
    record(study)
    study.close()
    with closing(sqlite3.connect(study.path)) as plain, plain:
        plain.execute("DROP TRIGGER trainings_no_update")
        plain.execute("UPDATE trainings SET content = x'00'")
    with Study.open(study.path) as again, pytest.raises(DamagedStudyError, match="damaged"):
        again.trainings()


def test_mistakes(study):
    with pytest.raises(ValueError, match="models"):
        study.record_training({}, USED, reader="r", rules={}, config="", digest="", edit=0)
    with pytest.raises(ValueError, match="rules"):
        record(study, rules={"x": object()})
    with pytest.raises(StudyError, match="no training 4"):
        study.trained_on(4)
