"""Curves: which there are, what they say, how they grow, and what is saved."""

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.state import Case
from app.training.live.curve_figures import KINDS, csv_of, figure_of, kinds_of, log_ticks, slots_of
from app.training.live.curves import CurvesView
from app.training.live.words import duration, names_of, plain_name
from softcam_core.training.runs import read_run


@pytest.fixture
def trio(put):
    """A sparse run, a dense one without AUC, and a ridge one."""
    return [read_run(put(name)) for name in ("trained", "dense", "ridge")]


@pytest.fixture
def view(qtbot, trio, state):
    made = CurvesView(state)
    qtbot.addWidget(made)
    made.resize(800, 560)
    made.show_runs(trio)
    made.show()
    qtbot.waitUntil(lambda: made.chart is not None and made.chart._figure is not None)
    return made


def choose(view, kind):
    view.kind.setCurrentIndex(view.kind.findData(kind))


def line_of(view, name):
    return view.chart._drawn[name][0].getData()


def grown(run, epochs):
    """The run some epochs later."""
    row = run.rows[-1]
    more = [{**row, "epoch": float(n), "best": 0.0} for n in range(len(run.rows) + 1, epochs + 1)]
    return replace(run, rows=[*run.rows, *more])


def test_there_are_plots_of_what_was_measured_only(trio):
    _, dense, _ = trio
    assert "auc" not in kinds_of([dense])
    assert "kappa" in kinds_of([dense])
    assert kinds_of(trio) == list(KINDS)
    assert kinds_of([replace(dense, rows=[])]) == []


def test_a_loss_is_parted_into_what_it_consists_of(trio):
    figure = figure_of("parts", trio, slots_of(trio, {}))
    names = [series.name for series in figure.series]
    assert "trained · l1" in names
    assert "ridge · l2" in names
    assert not any(name.endswith("guidance") for name in names)
    assert "dense · l1" not in names
    assert "l1 dashed" in figure.note
    alone = figure_of("parts", trio[:1], slots_of(trio, {}))
    assert [curve.entry for curve in alone.series] == ["total", "cross-entropy", "l1"]
    assert len({curve.look.colour for curve in alone.series}) == 3


def test_the_best_epoch_is_pointed_out(trio):
    slots = slots_of(trio, {})
    accuracy = figure_of("accuracy", trio, slots).series[1]
    assert accuracy.best == 4  # the fifth epoch is worse
    auc = {curve.name: curve.best for curve in figure_of("auc", trio, slots).series}
    assert auc["ridge"] == 1
    rate = figure_of("lr", trio, slots).series
    assert all(math.isnan(curve.best) for curve in rate)


def test_an_undefined_number_leaves_a_gap_and_is_no_end_of_an_axis(trio):
    rows = [{**row, "val_kappa": math.nan if row["epoch"] == 2 else 0.5} for row in trio[1].rows]
    figure = figure_of("kappa", [replace(trio[1], rows=rows)], {str(trio[1].folder): 0})
    assert np.isnan(figure.series[0].y).tolist() == [False, True, False, False, False]
    assert all(map(math.isfinite, figure.y_range))


def test_a_logarithmic_axis_is_labelled_by_what_its_places_stand_for(trio):
    figure = figure_of("lr", trio, slots_of(trio, {}), log=True)
    assert figure.series[1].y[0] == pytest.approx(math.log10(0.01))
    assert (-2.0, "0.01") in figure.y_ticks
    assert log_ticks(-3.2, 0.1)[:2] == ((-4.0, "0.0001"), (-3.0, "0.001"))
    assert len(log_ticks(-40, 0)) <= 12
    linear = figure_of("accuracy", trio, slots_of(trio, {}), log=True)
    assert linear.y_ticks == ()


def test_a_run_keeps_its_colour_when_others_come_and_go(trio):
    sparse, dense, ridge = trio
    slots = slots_of([dense], {})
    slots = slots_of([sparse, dense], slots)
    assert slots == {str(dense.folder): 0, str(sparse.folder): 1}
    assert slots_of([ridge, sparse], slots) == {str(sparse.folder): 1, str(ridge.folder): 0}


def test_names_are_short_and_tell_runs_apart(trio):
    assert plain_name("2026-11-23_04-41-00_sparse") == "sparse"
    assert plain_name("2026-11-23_04-41-00-sparse") == "sparse"
    assert plain_name("20261123-044100-sparse") == "sparse"
    assert plain_name("2026-11-23_04-41-00") == "2026-11-23_04-41-00"
    twins = [replace(trio[0], name=f"2026-11-2{n}_04-41-00_sparse") for n in (1, 2)]
    assert names_of(twins) == ["sparse 11-21 04:41", "sparse 11-22 04:41"]
    close = [replace(trio[0], name=f"2026-11-21_04-41-0{n}_sparse") for n in (1, 2)]
    assert names_of(close) == ["sparse 11-21 04:41:01", "sparse 11-21 04:41:02"]
    again = [replace(trio[0], name=f"2026-11-21_04-41-00_sparse{n}") for n in ("", "_2", "_2")]
    assert names_of(again)[0] == "sparse"
    assert names_of([*twins[:1], trio[1]]) == ["sparse", "dense"]
    assert [duration(s) for s in (math.nan, 59, 125, 7500)] == ["–", "59 s", "2 min", "2 h 05 min"]


def test_the_view_draws_every_run_and_names_it(view):
    choose(view, "accuracy")
    assert [view.legend.item(n).text() for n in range(3)] == ["trained", "dense", "ridge"]
    assert set(view.chart._drawn) == {"trained", "dense", "ridge"}
    epochs, values = line_of(view, "dense")
    assert epochs.tolist() == [1, 2, 3, 4, 5]
    assert values[-1] == pytest.approx(0.72)


def test_a_run_is_hidden_by_its_name_with_all_its_lines(view):
    choose(view, "ce")
    assert {"dense · validation", "dense · training"} < set(view.chart._drawn)
    view.legend.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not any(name.startswith("dense") for name in view.chart._drawn)
    choose(view, "accuracy")
    assert "dense" in view.chart._drawn


def test_new_epochs_are_added_without_drawing_anew(view, trio, monkeypatch):
    choose(view, "accuracy")
    line = view.chart._drawn["dense"][0]
    monkeypatch.setattr(view.chart, "_draw", lambda: pytest.fail("drawn anew"))
    view.show_runs([trio[0], grown(trio[1], 9), trio[2]])
    assert view.chart._drawn["dense"][0] is line
    assert line.getData()[0].tolist() == list(range(1, 10))
    assert view.chart._plot.vb.viewRange()[0][1] >= 9


def test_a_part_that_is_looked_at_stays_in_view(view, trio):
    choose(view, "accuracy")
    box = view.chart._plot.vb
    box.setRange(xRange=(2, 3), yRange=(0.6, 0.8), padding=0)
    box.sigRangeChangedManually.emit(box.mouseEnabled())
    view.show_runs([trio[0], grown(trio[1], 9), trio[2]])
    assert box.viewRange()[0] == pytest.approx([2, 3])
    # Another run joins: drawn anew, and still the same part.
    view.show_runs([*trio, replace(trio[1], folder=Path("/x/other"), name="other")])
    assert box.viewRange()[0] == pytest.approx([2, 3])
    view.chart.reset()
    view.show_runs([trio[0], grown(trio[1], 12), trio[2]])
    assert box.viewRange()[0][1] >= 12


def test_the_mouse_says_the_value(view, trio):
    view.show_runs(trio[:2])
    choose(view, "accuracy")
    chart = view.chart
    at = chart._plot.vb.mapViewToScene(QPointF(4, chart._drawn["dense"][0].getData()[1][3]))
    assert chart.tip(at) == "dense, epoch 4: 0.8"


def test_a_plot_that_no_run_has_any_more_gives_way_to_another(view, trio):
    choose(view, "auc")
    view.show_runs([trio[1]])
    assert view.kind.currentData() in KINDS
    assert view.kind.findData("auc") == -1
    assert view.pages.currentWidget() is view.chart


def test_without_numbers_the_view_says_why(view, trio):
    view.show_runs([])
    assert view.pages.currentWidget() is view.empty
    assert "Tick one run" in view.empty.text()
    view.show_runs([replace(trio[0], rows=[])])
    assert "No epoch" in view.empty.text()
    view.show_runs([replace(trio[0], rows=[], alive=True)])
    assert "under way" in view.empty.text()
    assert not view.save.isEnabled()
    view.show_runs(trio[:1])
    assert view.pages.currentWidget() is view.chart


def test_curves_are_saved_as_pictures_and_numbers(view, trio, tmp_path):
    said = []
    view.told.connect(said.append)
    for name in ("a.png", "a.svg", "a.csv"):
        view.save_as(tmp_path / name)
    assert said[-1] == f"Saved {tmp_path / 'a.csv'}."
    picture = QImage(str(tmp_path / "a.png"))
    assert picture.width() == 2 * view.chart.view.width()
    assert b"<svg" in (tmp_path / "a.svg").read_bytes()
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text().splitlines()))
    assert [row["run"] for row in rows] == ["trained"] * 3 + ["dense"] * 5 + ["ridge"] * 5
    assert rows[3]["val_auc"] == ""
    assert float(rows[3]["val_accuracy"]) == pytest.approx(0.5)
    view.save_as(tmp_path / "no such folder" / "a.csv")
    assert "cannot be written" in said[-1]


def test_curves_replace_no_image_of_the_study(view, state, tmp_path, monkeypatch):
    image = tmp_path / "eye.png"
    image.write_bytes(b"pixels")
    state.cases = [Case(1, image, image.name)]
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *a: told.append(a[2]))
    for typed in (image, image.with_suffix("")):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, t=typed: (str(t), ""))
        view.save.click()
    assert image.read_bytes() == b"pixels"
    assert told == ["eye.png belongs to the open study; choose another name."] * 2


def test_numbers_of_runs_of_different_versions_stand_side_by_side(trio):
    later = replace(trio[1], rows=[{**row, "val_f1": 0.5} for row in trio[1].rows])
    rows = list(csv.DictReader(csv_of([trio[0], later]).splitlines()))
    assert rows[0]["val_f1"] == ""
    assert rows[-1]["val_f1"] == "0.5"


def test_ten_long_runs_are_refreshed_quickly(view, trio):
    from time import perf_counter

    runs = [replace(grown(trio[1], 70), folder=Path(f"/x/{n}"), name=f"run {n}") for n in range(10)]
    choose(view, "ce")
    view.show_runs([replace(run, rows=run.rows[:-1]) for run in runs])
    times = []
    for _ in range(5):
        start = perf_counter()
        view.show_runs(runs)
        times.append(perf_counter() - start)
    assert min(times) < 0.02
