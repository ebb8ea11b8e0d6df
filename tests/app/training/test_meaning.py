"""What grades mean, as the form lets it be said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.jobs.train import DataSummary
from app.settings import Settings
from app.training.form import Form
from app.training.meaning import GradeMeaning

FIVE = ("No DR", "Mild", "Moderate", "Severe", "PDR")
OWN = tuple((name, name) for name in FIVE)


@pytest.fixture
def meaning(qtbot):
    made = GradeMeaning()
    qtbot.addWidget(made)
    made.show()
    made.button.setChecked(True)
    made.offer(OWN)
    return made


def shown(meaning):
    return [box.class_() for box in meaning.boxes]


def test_until_something_is_said_the_rules_hold(meaning):
    assert meaning.classes() == {}
    assert shown(meaning) == list(FIVE)
    assert meaning.hint.isVisible()
    meaning.offer([(name, "DR" if n else "No DR") for n, name in enumerate(FIVE)])
    assert shown(meaning) == ["No DR", "DR", "DR", "DR", "DR"]
    assert meaning.classes() == {}


def test_healthy_against_the_rest_and_back(meaning, qtbot):
    with qtbot.waitSignal(meaning.changed):
        meaning.rest.click()
    assert meaning.classes() == {"No DR": "No DR", **dict.fromkeys(FIVE[1:], "DR")}
    assert shown(meaning) == ["No DR", "DR", "DR", "DR", "DR"]
    assert not meaning.hint.isVisible()
    with qtbot.waitSignal(meaning.changed):
        meaning.each.click()
    assert meaning.classes() == dict(OWN)


def test_a_class_is_chosen_or_written_or_left_out(meaning, qtbot):
    meaning.rest.click()
    mild, pdr = meaning.boxes[1], meaning.boxes[4]
    with qtbot.waitSignal(meaning.changed):
        mild.setCurrentIndex(mild.findData("No DR"))
        mild.activated.emit(mild.currentIndex())
    assert meaning.classes()["Mild"] == "No DR"
    with qtbot.waitSignal(meaning.changed):
        pdr.setCurrentIndex(0)
        pdr.activated.emit(0)
    assert meaning.classes()["PDR"] == ""
    assert pdr.currentText() == ""
    assert pdr.written.placeholderText() == "left out"
    pdr.setFocus()
    qtbot.keyClicks(pdr.written, "late")
    with qtbot.waitSignal(meaning.changed):
        qtbot.keyClick(pdr.written, Qt.Key.Key_Return)
    assert meaning.classes()["PDR"] == "late"
    assert "late" in [pdr.itemText(n) for n in range(pdr.count())]
    assert list(meaning.classes().values()) == ["No DR", "No DR", "DR", "DR", "late"]


def test_what_is_not_changed_is_not_told(meaning, qtbot):
    with qtbot.assertNotEmitted(meaning.changed):
        meaning.boxes[0].activated.emit(meaning.boxes[0].currentIndex())
    assert meaning.classes() == {}


def test_what_was_said_stays_for_these_grades_alone(meaning):
    meaning.rest.click()
    meaning.offer((*OWN, ("ungradable", "")))
    assert meaning.classes() == {
        "No DR": "No DR",
        **dict.fromkeys(FIVE[1:], "DR"),
        "ungradable": "",
    }
    assert len(meaning.boxes) == 6
    meaning.offer((("No DR", "No DR"), ("Drusen", "Drusen")))
    assert meaning.classes() == {}
    assert [box.grade for box in meaning.boxes] == ["No DR", "Drusen"]


@pytest.fixture
def form(qtbot, open_study, tmp_path):
    made = Form(open_study, Settings(tmp_path / "settings"))
    qtbot.addWidget(made)
    made.show()
    made.fill()
    return made


def test_the_form_trains_on_what_was_said(form):
    assert form.images.grades.isHidden()
    form.show_summary(DataSummary(grades=OWN))
    assert not form.images.grades.isHidden()
    form.recipe.recipe.choose("bundled:paper/fundus-binary-resnet50-dense")
    assert (form.config().data.task, form.config().data.grade_classes) == ("binary", {})
    form.images.grades.rest.click()
    data = form.config().data
    assert data.grade_classes == {"No DR": "No DR", **dict.fromkeys(FIVE[1:], "DR")}
    assert data.task == ""
    form.images.labels_from.choose("lesions")
    assert form.images.grades.isHidden()
    assert form.config().data.grade_classes == {}
    form.images.labels_from.choose("grades")
    assert form.images.grades.button.isChecked()
    form.images.source.choose("files")
    form.images.path.setText(str(form.images._study))
    assert form.config().data.grade_classes == {}


def test_a_models_order_of_classes_waits_for_the_classes_that_are_said(form):
    form.show_summary(DataSummary(classes=("mild", "normal", "severe"), grades=OWN))
    assert form.config().data.classes == ("normal", "mild", "severe")
    form.images.grades.rest.click()
    assert form.config().data.classes == ()
