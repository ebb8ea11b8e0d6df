"""Results, report tables and cases as tables: what stands in them, in which order."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.evaluation.cases_table import CasesModel, CasesTab
from app.evaluation.results_table import COLUMNS, ResultsTab, in_order
from app.evaluation.words import interval, is_chance, metric_word, number
from app.jobs.evaluate import read
from softcam_core.evaluation.results import Result

VALUE = [column.head for column in COLUMNS].index("Value")
NAN = math.nan


def result(method, metric="activation_precision", value=0.5, model="m"):
    return Result(model, method, metric, value, value - 0.1, value + 0.1, 10, 2)


def texts(model):
    columns = range(model.columnCount())
    return [
        [model.data(model.index(row, column)) for column in columns]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def results(qtbot):
    tab = ResultsTab()
    qtbot.addWidget(tab)
    return tab


@pytest.fixture
def found(prepared, tmp_path):
    from app.jobs.asked import Asked

    folder = tmp_path / "run"
    folder.symlink_to(prepared)
    Asked(tmp_path / "asked", tmp_path, (), (), (), (), "A", "all", (1,)).write()
    (prepared / "asked.json").write_bytes((tmp_path / "asked" / "asked.json").read_bytes())
    return read(folder)


# Results


def test_the_best_is_marked_and_chance_is_set_apart(results):
    rows = [
        result("random", value=0.9),
        result("gradcam", value=0.4),
        result("evidence", value=0.6),
        result("gradcam", "audc", 0.3),
        result("evidence", "audc", 0.4),
    ]
    results.show_results(rows)
    shown = texts(results.model)
    assert shown[-1][1] == "Random map"
    values = {(row[1], row[2]): row[VALUE] for row in shown}
    assert values["Evidence", "Activation precision ↑"] == "● 0.600"
    assert values["Grad-CAM", "Activation precision ↑"] == "0.400"
    assert values["Grad-CAM", "AUDC ↓"] == "● 0.300"
    assert values["Random map", "Activation precision ↑"] == "0.900"
    chance, other = results.model.index(4, 0), results.model.index(0, 0)
    assert results.model.data(chance, Qt.ItemDataRole.ForegroundRole) is not None
    assert results.model.data(other, Qt.ItemDataRole.ForegroundRole) is None


def test_alone_or_among_equals_nothing_is_the_best():
    assert in_order([result("evidence"), result("random", value=0.1)])[1] == set()
    assert in_order([result("evidence"), result("gradcam")])[1] == set()


def test_a_sort_keeps_undefined_behind_and_chance_last(results):
    values = [("evidence", NAN), ("gradcam", 0.2), ("random", 0.9), ("cam", 0.7)]
    results.show_results([result(method, value=value) for method, value in values])
    for order, expected in (
        (Qt.SortOrder.AscendingOrder, ["gradcam", "cam", "evidence", "random"]),
        (Qt.SortOrder.DescendingOrder, ["cam", "gradcam", "evidence", "random"]),
    ):
        results.view.sortByColumn(VALUE, order)
        assert [row.method for row in results.model.rows] == expected
    results.view.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [row.method for row in results.model.rows] == ["cam", "evidence", "gradcam", "random"]


def test_filters_leave_what_is_asked_for(results, qtbot):
    rows = [
        result(method, metric, model=model)
        for model in ("dense", "sparse")
        for method in ("evidence", "gradcam")
        for metric in ("activation_precision", "pxap")
    ]
    results.show_results(rows)
    assert results.model.rowCount() == 8
    qtbot.keyClicks(results.search, "grad PRECISION")
    assert {(r.method, r.metric) for r in results.model.rows} == {
        ("gradcam", "activation_precision")
    }
    results.of_model.setCurrentIndex(results.of_model.findData("sparse"))
    assert results.model.rowCount() == 1
    results.of_metric.setCurrentIndex(results.of_metric.findData("pxap"))
    assert results.model.rowCount() == 0
    assert results.pages.currentWidget() is results.empty
    # Other results: a filter that still fits stays, one that does not goes.
    results.search.clear()
    results.show_results([result("cam", "pxap", model="other")])
    assert results.of_model.currentData() == ""
    assert results.of_metric.currentData() == "pxap"
    assert results.model.rowCount() == 1


def test_the_mark_of_the_best_is_explained(results, finished):
    results.show_results([result("evidence", value=0.6), result("gradcam")])
    assert results.legend.text().startswith("● best")
    tip = results.model.data(results.model.index(0, VALUE), Qt.ItemDataRole.ToolTipRole)
    assert "need not differ" in tip
    tab = finished.tabs.tables
    finished.tabs.setCurrentWidget(tab)
    for n, table in enumerate(finished._shown.summary.tables):
        tab.which.setCurrentIndex(n)
        marked = any(cell.best for row in table.rows for cell in row.cells)
        assert tab.legend.isVisible() == marked


def test_columns_fit_what_they_hold_and_the_window(results):
    long = "a model with a name that is as long as names of models are in a study " * 2
    rows = [result("evidence", model=f"{long}{n}") for n in range(3)]
    view, header = results.view, results.view.horizontalHeader()
    results.resize(1400, 400)
    results.show()
    results.show_results(rows)
    numbers = range(VALUE, len(COLUMNS))
    natural = [view.columnWidth(n) for n in numbers]
    assert all(view.columnWidth(n) >= header.sectionSizeHint(n) for n in range(len(COLUMNS)))
    assert header.length() < view.viewport().width()
    room = sum(natural) + 3 * 100
    results.resize(room + results.width() - view.viewport().width(), 400)
    assert header.length() <= view.viewport().width()
    assert [view.columnWidth(n) for n in numbers] == natural
    view.setColumnWidth(0, 200)  # By hand: it stays.
    results.resize(1300, 400)
    assert view.columnWidth(0) == 200


def test_numbers_have_the_digits_they_deserve():
    assert number(NAN) == "–"
    assert number(None) == "–"
    assert number(-0.1234) == "−0.123"
    assert number(12.345, "%") == "12.3 %"
    assert interval(1.0, 2.0, "%") == "1.0 to 2.0 %"
    assert interval(NAN, 2.0) == "–"
    assert metric_word("something new") == "something new"


# Cases


def test_single_images_are_read_as_they_were_written(found, prepared):
    import csv

    csv.field_size_limit(1 << 24)
    with (prepared / "per_image.csv").open(newline="", encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["method"] != "-"]
    cases = found.cases
    keys = {(r["model"], r["image"], r["method"]) for r in rows}
    assert len(cases.case) == len(keys)
    place = {
        (cases.text("model", n), cases.text("image", n), cases.text("method", n)): n
        for n in range(len(cases.case))
    }
    for row in rows:
        n = place[row["model"], row["image"], row["method"]]
        assert cases.case[n] == int(row["case"])
        assert cases.text("class", n) == row["class"]
        value = cases.value(row["metric"], n)
        assert math.isnan(value) if row["value"] == "" else value == float(row["value"])
    assert math.isnan(cases.value("nothing", 0))


def test_names_are_free_of_the_guard_against_spreadsheets(tmp_path):
    from app.jobs.evaluate import read_cases

    head = "case,model,image,method,class,label,predicted,metric,value"
    row = "3,'=1+1,'@a.png,gradcam,'-ill,'-ill,'+ill,pxap,-0.5"
    (tmp_path / "per_image.csv").write_text(f"{head}\n{row}\n")
    cases = read_cases(tmp_path / "per_image.csv")
    shown = [cases.text(name, 0) for name in ("model", "image", "class", "label", "predicted")]
    assert shown == ["=1+1", "@a.png", "-ill", "-ill", "+ill"]
    assert cases.value("pxap", 0) == -0.5


def test_the_worst_cases_come_first(found, qtbot):
    tab = CasesTab()
    qtbot.addWidget(tab)
    tab.show_cases(found.cases)
    cases, shown = found.cases, tab.model.shown
    first = [cases.value("activation_precision", int(row)) for row in shown]
    known = [value for value in first if not math.isnan(value)]
    assert known == sorted(known)
    assert all(math.isnan(value) for value in first[len(known) :])
    assert not any(is_chance(cases.text("method", int(row))) for row in shown)
    head = tab.view.horizontalHeader()
    assert head.sortIndicatorSection() == 4 + cases.metrics.index("activation_precision")


def test_a_hit_is_yes_or_no(found, qtbot):
    tab = CasesTab()
    qtbot.addWidget(tab)
    tab.show_cases(found.cases)
    column = 4 + found.cases.metrics.index("pointing_game")
    shown = {tab.model.data(tab.model.index(n, column)) for n in range(tab.model.rowCount())}
    assert {"yes", "no"} <= shown <= {"yes", "no", "–"}
    tab.view.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert tab.model.data(tab.model.index(0, column)) == "yes"


def test_one_row_is_one_row(found, qtbot):
    tab = CasesTab()
    qtbot.addWidget(tab)
    tab.show_cases(found.cases)
    image, words = found.cases.text("image", 0), found.cases.words
    tab.search.setText(image)
    tab.of_method.setCurrentIndex(tab.of_method.findData("gradcam"))
    tab.of_model.setCurrentIndex(tab.of_model.findData(words["model"][0]))
    assert tab.model.rowCount() == 1
    assert tab.count.text().startswith("1 row;")


def test_cases_are_sorted_and_filtered(found, qtbot):
    tab = CasesTab()
    qtbot.addWidget(tab)
    tab.show_cases(found.cases)
    every = len(tab.model.shown)
    tab.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    names = [row[0] for row in texts(tab.model)]
    assert names == sorted(names, reverse=True)
    tab.of_method.setCurrentIndex(tab.of_method.findData("random"))
    assert {row[2] for row in texts(tab.model)} == {"Random map"}
    tab.of_method.setCurrentIndex(0)
    qtbot.keyClicks(tab.search, "003")
    assert {row[0] for row in texts(tab.model)} == {"images/003.png"}
    assert 0 < len(tab.model.shown) < every
    qtbot.keyClicks(tab.search, "x")
    assert tab.pages.currentWidget() is tab.empty


def test_a_metric_that_is_better_low_has_its_worst_high(found):
    from dataclasses import replace

    cases = found.cases
    column = cases.metrics.index("audc")
    model = CasesModel()
    model.show(replace(cases, metrics=("audc",), values=cases.values[:, [column]]))
    model.filter("", "", "")
    first = cases.values[model.shown, column]
    known = first[~np.isnan(first)]
    assert (np.diff(known) <= 0).all()
    assert model.order == (4, Qt.SortOrder.DescendingOrder)


# Tables of the report


def test_the_tables_are_those_of_the_report(finished, qtbot):
    tab, tables = finished.tabs.tables, finished._shown.summary.tables
    finished.tabs.setCurrentWidget(tab)
    assert [tab.which.itemText(n) for n in range(tab.which.count())] == [t.title for t in tables]
    for n, table in enumerate(tables):
        tab.which.setCurrentIndex(n)
        assert tab.caption.text() == table.caption
        shown = texts(tab.model)
        assert [row[:2] for row in shown] == [[line.group, line.head] for line in table.rows]
        for row, line in zip(shown, table.rows, strict=True):
            for text, cell in zip(row[2:], line.cells, strict=True):
                assert text.startswith(f"● {cell.text}" if cell.best else cell.text)
                assert cell.delta_text in text
        assert tab.model.columnCount() == 2 + len(table.columns)
