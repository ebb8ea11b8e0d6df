"""Without those pixels: asked on demand, shown only beside the region that it is about."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
import synthetic
from conftest import SOFT, answer, move_on

LEFT = Shape("box", [[0, 0], [32, 48]])
RIGHT = Shape("box", [[32, 0], [64, 48]])


def last_line(panel):
    return panel.compared.values()[2]


def press(panel):
    QTest.mouseClick(panel.ask, Qt.MouseButton.LeftButton)


def test_it_is_asked_on_demand_and_shown_with_its_change(told, annotator, jobs):
    annotator.add(LEFT)
    assert jobs.asked == []
    press(told)
    assert jobs.asked[0].kind == "without_pixels"
    assert jobs.asked[0].payload["shapes"] == [LEFT]
    assert jobs.asked[0].payload["occluder"] == "mean"
    assert last_line(told)[0] == "predicting…"
    assert told.ask.text() == "Cancel"
    jobs.asked[0].done(answer(0.5, 0.2, 0.3))
    assert last_line(told) == ("without those pixels", "0.30", "−0.58", "0.50", "+0.38")
    assert not told.ask.isEnabled()


def test_without_a_region_there_is_nothing_to_ask(told):
    assert not told.ask.isEnabled()


def test_a_region_that_moved_greys_the_number_of_the_earlier_one(told, annotator, state, jobs):
    mark = annotator.add(LEFT)
    press(told)
    jobs.asked[0].done(answer(0.5, 0.2, 0.3))
    annotator.update(mark, RIGHT)
    assert last_line(told)[0] == "of an earlier region"
    assert not told.compared.lines[2][1].isEnabled()
    annotator.update(mark, LEFT)
    assert last_line(told)[0] == "without those pixels"
    assert told.compared.lines[2][1].isEnabled()
    assert len(jobs.asked) == 1


def test_an_answer_for_a_region_that_moved_meanwhile_is_not_shown_as_its_own(told, annotator, jobs):
    mark = annotator.add(LEFT)
    press(told)
    annotator.update(mark, RIGHT)
    assert jobs.asked[0].cancelled
    assert last_line(told)[0] == "without those pixels"
    assert last_line(told)[1] == "–"


def test_another_cover_is_asked_again_by_itself_once_it_was_asked(told, annotator, jobs):
    annotator.add(LEFT)
    told.cover.setCurrentIndex(1)
    assert jobs.asked == []
    press(told)
    jobs.asked[0].done(answer(0.5, 0.2, 0.3))
    told.cover.setCurrentIndex(2)
    assert [job.payload["occluder"] for job in jobs.asked] == ["blur", "zero"]
    jobs.asked[1].done(answer(0.6, 0.2, 0.2))
    assert last_line(told)[1] == "0.20"
    told.cover.setCurrentIndex(1)
    assert last_line(told)[1] == "0.30"
    assert len(jobs.asked) == 2


def test_it_can_be_cancelled_and_asked_again(told, annotator, jobs):
    annotator.add(LEFT)
    press(told)
    press(told)
    assert jobs.asked[0].cancelled
    assert last_line(told)[0] == "without those pixels"
    press(told)
    assert len(jobs.asked) == 2


def test_a_failure_is_told_in_its_sentence(told, annotator, jobs):
    annotator.add(LEFT)
    press(told)
    jobs.asked[0].failed("The graphics card is out of memory.")
    assert told.failure.text() == "The graphics card is out of memory."
    assert told.failure.isVisible()
    press(told)
    assert not told.failure.isVisible()


def test_another_case_shows_no_number_of_the_one_before(told, annotator, state, jobs):
    annotator.add(LEFT)
    press(told)
    jobs.asked[0].done(answer(0.5, 0.2, 0.3))
    move_on(state)
    assert last_line(told)[1] == ""
    synthetic.tell(state, synthetic.analysis(2, SOFT, evidence=synthetic.evidence()))
    state.set_lasso(RIGHT)
    assert last_line(told)[:2] == ("without those pixels", "–")


def test_a_file_with_another_content_is_another_question(told, annotator, state, jobs):
    annotator.add(LEFT)
    press(told)
    jobs.asked[0].done(answer(0.5, 0.2, 0.3))
    state.stamp = (1, 2)
    state.image_changed.emit()
    assert last_line(told)[1] == "–"


def test_the_number_of_an_earlier_region_is_of_the_same_cover(told, annotator, jobs):
    mark = annotator.add(LEFT)
    press(told)
    jobs.asked[0].done(answer(0.5, 0.2, 0.3))
    annotator.update(mark, RIGHT)
    assert last_line(told)[0] == "of an earlier region"
    told.cover.setCurrentIndex(2)
    assert last_line(told)[:2] == ("without those pixels", "–")


def test_a_point_is_as_large_as_the_study_says(told, annotator, study, jobs):
    study.set_setting("point_radius", 10)
    annotator.add(Shape("point", [[32, 24]]))
    inside = study.mask(study.cases()[0].id)
    assert told.account.region.covered == pytest.approx(inside.mean(), abs=1e-9)
    press(told)
    assert jobs.asked[0].payload["point_radius"] == 10
