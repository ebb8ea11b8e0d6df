"""A study as it was after a line of its history, in memory."""

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.annotations.study_at import StudyAt
from softcam_core.annotations.truth import Truth


@pytest.fixture
def two(study: Study, tmp_path) -> list[int]:
    """Two cases of 40 x 30 pixels."""
    for name in "ab":
        Image.new("L", (40, 30)).save(tmp_path / f"{name}.png")
    cases = study.add_cases([tmp_path / "a.png", tmp_path / "b.png"])
    for case in cases:
        assert study.image_size(case) == (40, 30)
    return cases


def everything(source: Study | StudyAt, cases: list[int]) -> list[object]:
    """Return what a truth asks of a study, case by case."""
    return [
        (
            source.readers_of(case),
            source.grades(case),
            source.annotations(case, "r"),
            source.mask(case, "MA", None).tolist(),
            source.image_size(case),
        )
        for case in cases
    ]


def draw(study: Study, cases: list[int]) -> None:
    one, other = cases
    study.add_annotation(one, "ellipse", [[20, 14], [6, 3]], "MA", "r", angle=30)
    study.add_annotation(one, "point", [[5, 5]], "MA", "s")
    study.add_annotation(one, "box", [[1, 1], [9, 9]], "HE", "r")
    study.add_annotation(other, "mask", mask=np.eye(30, 40, dtype=bool), label="MA", reader="s")
    study.set_label(other, "mild", "r")
    study.set_setting("point_radius", 3.0)


def test_it_answers_as_the_study_does(study, two):
    draw(study, two)
    wanted = everything(study, two)
    found = StudyAt(study)
    study.close()
    assert everything(found, two) == wanted


def test_what_is_drawn_graded_and_locked_later_changes_nothing(study, two):
    draw(study, two)
    wanted, edit = everything(study, two), study.last_edit()
    before = StudyAt(study)
    first = study.annotations(two[0])[0].id
    study.update_annotation(first, label="HE")
    study.delete_annotation(first)
    study.add_annotation(two[1], "box", [[0, 0], [9, 9]], "MA", "new")
    study.set_label(two[1], "severe", "r")
    study.set_label(two[0], "mild", "late")
    study.lock_read(study.start_read(two[0], "locker"))
    assert everything(before, two) == wanted
    assert everything(StudyAt(study, edit), two) == wanted
    assert everything(StudyAt(study), two) != wanted
    assert StudyAt(study).locked(two[0]) == {"locker"}


def test_undone_lines_do_not_count_later(study, two):
    draw(study, two)
    wanted, edit = everything(study, two), study.last_edit()
    study.undo("r")
    study.undo("s")
    assert everything(StudyAt(study), two) != wanted
    assert everything(StudyAt(study, edit), two) == wanted


def test_a_truth_is_the_same_of_both(study, two):
    draw(study, two)
    for name in ("r", "union", "majority"):
        for case in two:
            here, there = Truth(study, name), Truth(StudyAt(study), name)
            assert np.array_equal(here.mask(case), there.mask(case))
            assert here.grade(case) == there.grade(case)
            assert here.shapes(case) == there.shapes(case)
