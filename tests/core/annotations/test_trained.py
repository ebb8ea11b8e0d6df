"""The models that a study has trained: one line each, with what was changed since."""

from datetime import UTC, datetime

import pytest

from softcam_core.annotations.records import TrainedOn
from softcam_core.annotations.study import Study
from softcam_core.annotations.trained import trained_models

BOX = [[2, 2], [9, 9]]


@pytest.fixture
def drawn(tmp_path):
    """Three marks in two cases, and a grade in each of three."""
    with Study.open(tmp_path / "eyes.softcam") as study:
        cases = study.add_cases([tmp_path / f"{n}.png" for n in range(3)])
        for case in (cases[0], cases[0], cases[1]):
            study.add_annotation(case, "box", BOX, "MA", "r")
        for case in cases:
            study.set_label(case, "mild", "r")
        yield study


def record(study, *models, grades=0, digest="d", reader="r", edit=None):
    marks = {mark.id: mark.modified for mark in study.annotations()}
    cases = tuple(case.id for case in study.cases())
    return study.record_training(
        {model: f"run/{model.partition('-')[0]}.safetensors" for model in models},
        TrainedOn(marks, cases, ()),
        reader=reader,
        rules={},
        config="c",
        digest=digest,
        edit=study.last_edit() if edit is None else edit,
        grades=grades,
    )


def test_what_was_changed_since_is_counted(drawn):
    record(drawn, "best-1", grades=3)
    (model,) = trained_models(drawn, "best-1")
    assert (model.marks, model.grades, model.cases) == (3, 3, 3)
    assert (model.changed, model.regraded) == (0, 0)
    assert model.sentence() == (
        "Trained on 3 marks and 3 grades by r, in 3 images of this study, and recorded on "
        f"{datetime.now(UTC):%Y-%m-%d}; nothing of it was changed since."
    )
    first, second, third = drawn.annotations()
    drawn.update_annotation(first.id, label="HE")
    drawn.delete_annotation(third.id)
    drawn.add_annotation(1, "box", BOX, "EX", "r")
    drawn.set_label(2, "PDR", "r")
    drawn.set_label(3, "PDR", "somebody else")
    (model,) = trained_models(drawn, "best-1")
    assert (model.changed, model.regraded) == (2, 1)
    assert model.sentence().endswith("; 2 marks and 1 grade were changed since.")
    # A move and back again is a change as well.
    drawn.update_annotation(second.id, label="SE")
    drawn.update_annotation(second.id, label="MA")
    assert trained_models(drawn)[0].changed == 3


def test_grades_count_where_they_were_learnt_from(drawn):
    record(drawn, "best-1")
    drawn.set_label(2, "PDR", "r")
    (model,) = trained_models(drawn)
    assert (model.changed, model.regraded) == (0, 0)
    assert "3 marks by r, in 3 images" in model.sentence()
    record(drawn, "best-2", reader="majority")
    assert "3 marks by the majority of readers, in" in trained_models(drawn)[0].sentence()


def test_grades_of_others_count_where_the_reader_gave_none(drawn):
    record(drawn, "best-1", grades=3, reader="q")
    drawn.set_label(2, "PDR", "r")
    assert trained_models(drawn)[0].regraded == 1


def test_a_run_that_was_resumed_is_one_line_a_model(drawn):
    record(drawn, "best-1", "kappa-1")
    again = record(drawn, "best-2")
    other = record(drawn, "best-3", digest="other marks")
    found = [(model.model, model.training) for model in trained_models(drawn)]
    assert found == [("best-3", other), ("best-2", again), ("kappa-1", 1)]
    # What was open when the run was paused is still known.
    assert [model.training for model in trained_models(drawn, "best-1")] == [1]
    assert trained_models(drawn, "nobody") == []
