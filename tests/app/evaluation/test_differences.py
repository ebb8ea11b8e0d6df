"""Differences in the window: which there are, what is marked, and what is said of them."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.evaluation.differences_tab import CLEAR, COLUMNS, VALUE, DifferencesTab, is_clear, winner
from app.jobs.evaluate import read
from softcam_core.evaluation.compared import kind_of
from softcam_core.evaluation.data import open_data
from softcam_core.evaluation.results import DIFFERENCES_CSV, Difference

AP, AUDC = "activation_precision", "audc"
NAN = math.nan


def difference(first, second, metric=AP, value=0.2, half=0.1, p=0.01, n=9):
    return Difference(*first, *second, metric, value, value - half, value + half, p, n)


@pytest.fixture
def tab(qtbot):
    made = DifferencesTab()
    qtbot.addWidget(made)
    return made


def texts(tab):
    model = tab.model
    return [
        [model.data(model.index(row, column)) for column in range(len(COLUMNS))]
        for row in range(model.rowCount())
    ]


EVIDENCE, GRADCAM = ("soft", "evidence"), ("black", "gradcam")
GIVEN = (
    difference(EVIDENCE, ("soft", "random"), p=0.0002),
    difference(EVIDENCE, GRADCAM, AUDC, 0.2),
    difference(EVIDENCE, ("hard", "evidence"), value=-0.05),
    difference(("soft", "-"), ("black", "-"), "auc", NAN, NAN, NAN),
)


def test_a_row_says_which_is_better_by_more_than_chance(tab):
    tab.show_differences(GIVEN)
    rows = texts(tab)
    assert rows[0] == [
        *("Evidence · soft", "Random map", "Activation precision ↑", "Evidence · soft"),
        *(f"{CLEAR} +0.200", "0.100 to 0.300", "< 0.001", "9"),
    ]
    # Of AUDC the lower is better.
    assert rows[1][VALUE - 1] == "Grad-CAM · black"
    # The interval holds zero: nothing is said.
    assert rows[2][VALUE] == "−0.050"
    assert rows[2][VALUE - 1] == "–"
    assert rows[3][VALUE : VALUE + 3] == ["–", "–", "–"]
    bold = Qt.ItemDataRole.FontRole
    assert tab.model.data(tab.model.index(0, VALUE), bold).bold()
    assert tab.model.data(tab.model.index(2, VALUE), bold) is None
    assert "excludes zero" in tab.legend.text()


@pytest.mark.parametrize(("value", "clear"), [(0.2, True), (-0.2, True), (0.05, False)])
def test_zero_in_the_interval_is_not_clear(value, clear):
    one = difference(EVIDENCE, GRADCAM, value=value)
    assert is_clear(one) is clear
    assert (winner(one) != "–") is clear


def test_rows_are_sorted_and_filtered(tab, qtbot):
    tab.show_differences(GIVEN)
    tab.view.sortByColumn(VALUE, Qt.SortOrder.AscendingOrder)
    assert [one.value for one in tab.model.rows[:3]] == [-0.05, 0.2, 0.2]
    assert math.isnan(tab.model.rows[3].value)
    tab.view.sortByColumn(VALUE, Qt.SortOrder.DescendingOrder)
    assert math.isnan(tab.model.rows[3].value)
    for kind, number in (("chance", 1), ("evidence", 1), ("models", 2)):
        tab.kind.setCurrentIndex(tab.kind.findData(kind))
        assert tab.model.rowCount() == number
    tab.of_model.setCurrentIndex(tab.of_model.findData("hard"))
    assert tab.model.rowCount() == 1
    tab.of_metric.setCurrentIndex(tab.of_metric.findData("auc"))
    assert tab.pages.currentWidget() is tab.empty
    for box in (tab.kind, tab.of_model, tab.of_metric):
        box.setCurrentIndex(0)
    qtbot.keyClicks(tab.search, "GRAD audc")
    assert [one.metric for one in tab.model.rows] == [AUDC]


def test_those_of_the_results_are_shown(finished, prepared):
    found = finished._shown.summary.differences
    assert {kind_of(one) for one in found} == {"chance", "evidence", "models"}
    assert len(found) < len((prepared / DIFFERENCES_CSV).read_text().splitlines()) - 1
    tab = finished.tabs.differences
    finished.tabs.setCurrentWidget(tab)
    assert tab.model.rowCount() == len(found)
    finished._clear()
    assert tab.model.rowCount() == 0
    assert not tab.legend.text()


# Runs and marks


def test_marks_that_were_changed_since_are_said(finished, study, qtbot):
    def said():
        finished._read(folder)
        qtbot.waitUntil(lambda: finished._reading is None, timeout=20_000)
        return "The marks have changed since this run." in finished.status.text()

    folder = finished._shown.asked.folder
    path = folder / "results.json"
    plain = json.loads(path.read_text(encoding="utf-8"))
    plain["run"]["data"]["digest"] = digest(finished._shown.asked)
    path.write_text(json.dumps(plain), encoding="utf-8")
    assert not said()
    mark = study.add_annotation(2, "box", [[1, 1], [9, 9]], "MA", "B")
    assert not said()  # Those of B did not count.
    study.add_annotation(2, "box", [[1, 1], [9, 9]], "MA", "A")
    assert said()
    assert mark


def digest(asked):
    from app.jobs.evaluate import plan_of

    with open_data(plan_of(asked, resume=True)) as data:
        return data.digest


def test_a_study_that_is_gone_has_changed(finished, tmp_path):
    asked = finished._shown.asked
    replace(asked, study=Path(tmp_path / "gone.softcam")).write()
    assert read(asked.folder).changed


def test_a_row_of_another_study_leads_nowhere(measured, open_study, qtbot):
    chosen = []
    measured.case_chosen.connect(chosen.append)
    cases = measured.tabs.cases
    measured.tabs.setCurrentWidget(cases)
    cases.view.chosen.emit(0)
    assert len(chosen) == 1
    open_study.cases = [
        replace(case, path=case.path.with_name("other.png")) for case in open_study.cases
    ]
    cases.view.chosen.emit(0)
    assert len(chosen) == 1
    assert "another study" in measured.status.text()
    open_study.cases = []
    cases.view.chosen.emit(0)
    assert len(chosen) == 1


def test_a_click_asks_the_protocol_for_its_one_case(measured, open_study, monkeypatch):
    asked, chosen = [], []
    sight = type(open_study.sight)
    monkeypatch.setattr(sight, "hides_model", lambda _, case: bool(asked.append(case)))
    measured.case_chosen.connect(chosen.append)
    measured.tabs.setCurrentWidget(measured.tabs.cases)
    asked.clear()
    measured._choose(0)
    assert set(asked) == set(chosen) == {int(measured._shown.cases.case[0])}
    monkeypatch.setattr(sight, "hides_model", lambda *_: True)
    measured._choose(1)
    assert len(chosen) == 1
    assert "protocol hides" in measured.status.text()


# Whose marks


def test_my_marks_follow_the_reader(make_dialog, open_study):
    box = make_dialog().choices.truth
    assert box.currentData() == "A"
    open_study.set_reader("B")
    assert box.currentData() == "B"
    assert box.currentText() == "Mine: B"
    box.setCurrentIndex(box.findData("union"))
    open_study.set_reader("A")
    assert box.currentData() == "union"


def test_the_truth_of_the_study_is_taken_over(make_dialog, open_study, study, tmp_path):
    box = make_dialog().choices.truth
    open_study.set_truth("union")
    assert box.currentData() == "union"
    open_study.set_truth("")
    assert box.currentData() == "A"
    box.setCurrentIndex(box.findData("majority"))
    make_dialog().choices.fill()
    assert box.currentData() == "majority"
    with type(study).open(tmp_path / "other.softcam") as other:
        open_study.study = other
        open_study.study_changed.emit()
        assert box.currentData() == "A"
        open_study.study = study


def test_the_only_marks_there_are_count_where_i_have_none(
    make_dialog, open_study, study, tmp_path, qapp
):
    with type(study).open(tmp_path / "given.softcam") as other:
        case = other.add_case(study.cases()[0].path)
        other.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "given")
        open_study.study = other
        box = make_dialog().choices.truth
        assert (box.currentData(), box.currentText()) == ("given", "Given with the images")
        other.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "B")
        assert make_dialog().choices.truth.currentData() == "A"
        open_study.study = study
