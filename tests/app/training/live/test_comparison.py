"""Runs side by side: the keys in which they differ, and what came of them."""

import csv
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.training.live.comparison import BEST, ComparisonTable, csv_of, lines_of
from app.training.live.key_words import CLASSES, LABELS, WORDS
from softcam_core.training.config import Config
from softcam_core.training.runs import read_run


@pytest.fixture
def pair(put):
    """A dense run without AUC, and a ridge one."""
    return [read_run(put(name)) for name in ("dense", "ridge")]


@pytest.fixture
def table(qtbot, pair):
    made = ComparisonTable()
    qtbot.addWidget(made)
    made.resize(640, 300)
    made.show()
    made.show_runs(pair)
    return made


def cells(runs):
    return {line.name: line.cells for line in lines_of(runs)}


def test_results_lambdas_time_and_differing_keys_stand_side_by_side(pair):
    found = cells(pair)
    assert found["Kind"] == ("dense", "ridge")
    assert found["Validation accuracy"] == ("0.800", "0.800")
    assert found["Highest AUC"] == ("–", "0.970")
    assert found["Best epoch"] == ("4", "4")
    assert found["Training time"] == ("2 min", "2 min")
    assert found["Ridge λ₂"] == ("0", "0.01")
    assert found["Sparsity λ₁"] == (
        "0",
        "0",
    )  # the lambdas stand there even where they are the same
    assert "Epochs" not in found
    assert "Dir" not in found


def test_every_key_in_which_configurations_differ_is_there(pair):
    config = pair[0].config
    other = replace(
        config,
        data=replace(config.data, csv="/a/b/other.csv", classes=("x", "y"), fundus_crop=True),
        model=replace(config.model, options={"dropout": "0.2"}),
    )
    found = cells([pair[0], replace(pair[0], config=other)])
    assert found["Table"] == ("labels.csv", "other.csv")  # no path tells more than its name
    assert found["Classes, in order"] == ("–", "x, y")
    assert found["Cut to the fundus"] == ("no", "yes")
    assert found["Options of the network"] == ("–", "dropout = 0.2")


def test_the_highest_of_a_row_is_marked_where_there_is_a_lower_one(pair):
    lines = {line.name: line for line in lines_of(pair)}
    assert lines["Validation accuracy"].best == frozenset()
    worse = replace(pair[1], rows=[{**row, "val_accuracy": 0.1} for row in pair[1].rows])
    lines = {line.name: line for line in lines_of([pair[0], worse])}
    assert lines["Validation accuracy"].best == {0}
    assert lines["Highest AUC"].best == frozenset()  # only one has a value
    assert lines_of([]) == []


def test_the_table_shows_a_column_for_each_run(table):
    model = table.model
    across = Qt.Orientation.Horizontal
    assert [model.headerData(n, across) for n in range(3)] == ["", "dense", "ridge"]
    assert model.data(model.index(0, 0)) == "Kind"
    assert model.data(model.index(0, 2)) == "ridge"
    assert table.pages.currentWidget() is table.view


def test_a_mark_is_explained_where_there_is_one(table, pair):
    worse = replace(pair[1], rows=[{**row, "val_accuracy": 0.1} for row in pair[1].rows])
    table.show_runs([pair[0], worse])
    row = [line.name for line in table.model.lines].index("Validation accuracy")
    assert table.model.data(table.model.index(row, 1)) == f"{BEST} 0.800"
    assert table.note.text().startswith(BEST)


def test_without_runs_there_is_a_sentence(table, pair):
    table.show_runs([])
    assert table.pages.currentWidget() is table.empty
    assert not table.copy.isEnabled()
    table.show_runs(pair[:1])
    assert "another run" in table.note.text()
    assert table.pages.currentWidget() is table.view


def test_a_growing_run_keeps_the_place(table, pair):
    resets = []
    table.model.modelReset.connect(lambda: resets.append(1))
    table.view.selectRow(4)
    rows = [*pair[0].rows, {**pair[0].rows[-1], "val_accuracy": 0.95, "best": 1.0}]
    table.show_runs([replace(pair[0], rows=rows), pair[1]])
    assert resets == []
    assert table.view.currentIndex().row() == 4
    row = [line.name for line in table.model.lines].index("Validation accuracy")
    assert table.model.data(table.model.index(row, 1)) == f"{BEST} 0.950"


def test_the_table_is_copied_for_texts_and_spreadsheets(table, pair):
    table.copy.click()
    data = QApplication.clipboard().mimeData()
    lines = data.text().splitlines()
    assert lines[0] == "\tdense\tridge"
    assert "Ridge λ₂\t0\t0.01" in lines
    assert bytes(data.data("text/csv").data()).decode() == csv_of(pair)
    assert list(csv.reader(csv_of(pair).splitlines()))[1] == ["Kind", "dense", "ridge"]


def test_words_are_of_keys_that_there_are_and_the_key_is_a_tip(table):
    tables = Config().to_dict()
    for key in (*WORDS, *CLASSES, *LABELS):
        place, _, name = key.partition(".")
        assert name in tables[place], key
    lines = {line.name: line.tip for line in table.model.lines}
    assert lines["Ridge λ₂"] == "loss.l2"


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"classes": ("x", "y")}, "other classes"), ({"reader": "B"}, "other images or labels")],
)
def test_runs_of_other_classes_or_labels_are_compared_with_a_word_of_caution(
    table, pair, changes, said
):
    assert "other" not in table.note.text()
    config = pair[1].config
    other = replace(pair[1], config=replace(config, data=replace(config.data, **changes)))
    table.show_runs([pair[0], other])
    assert said in table.note.text()
