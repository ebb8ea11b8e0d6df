"""A sweep: the plot with the chosen value, the table, the rule, and the way on."""

import csv
import math
import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.training.live.sweep_figure import RED, Dots, columns_of, figure_of, rows_of
from app.training.live.sweep_view import CHOSEN_SIGN, SweepView, doubt
from softcam_core.annotations.claim import claim
from softcam_core.training.sweep.records import load_sweep


@pytest.fixture
def make_view(qtbot, runs):
    def make(folder):
        made = SweepView()
        qtbot.addWidget(made)
        made.resize(800, 560)
        made.show()
        qtbot.waitUntil(lambda: made.chart is not None)
        if folder is not None:
            with qtbot.waitSignal(made._follower.found):
                made.show_sweep(folder)
        return made

    return make


def look_again(view, qtbot):
    qtbot.waitUntil(lambda: not view._follower._busy)
    with qtbot.waitSignal(view._follower.found):
        view._follower.ask()


def series_of(figure, name):
    return next(series for series in figure.series if series.name == name)


def test_the_plot_shows_both_metrics_the_tolerance_and_the_chosen_value(put):
    record = load_sweep(put("sweep-done"))
    figure = figure_of(record, record.panels[0])
    accuracy = series_of(figure, "Accuracy")
    assert accuracy.y == pytest.approx([0.9505, 0.9505, 0.9505, 0.8505])  # means of two seeds
    assert accuracy.x[1:] == pytest.approx([-4, -3, -2])
    assert accuracy.x[0] < -4  # the dense model stands to the left
    band = series_of(figure, "Accuracy, tolerated")
    assert (band.low, band.high) == (pytest.approx([0.9455] * 2), pytest.approx([0.9505] * 2))
    chosen = series_of(figure, "Chosen: 1e-3")
    assert chosen.look.colour == RED
    assert set(chosen.x) == {-3.0}
    seeds = series_of(figure, "AUC, each seed")
    assert isinstance(seeds, Dots)
    assert len(seeds.x) == 8
    assert [text for _, text in figure.ticks] == ["0", "1e-4", "1e-3", "0.01"]
    low, high = figure.y_range
    assert low < 0.8505 < 0.9705 < high


def test_places_tell_their_values(put):
    record = load_sweep(put("sweep-done"))
    figure = figure_of(record, record.panels[0])
    assert series_of(figure, "Accuracy").tips(3) == "Accuracy at 0.01: 0.851"
    assert series_of(figure, "Accuracy, each seed").tips(1) == "Accuracy at 0, seed 1: 0.951"
    dense = series_of(figure, "AUC, tolerated").tips(0)
    assert dense == "AUC of the dense model: 0.970; tolerated from 0.965 on"


def test_the_names_of_values_that_stand_close_do_not_overlap(put):
    from dataclasses import replace

    record = load_sweep(put("sweep-done"))
    panel = record.panels[0]
    close = tuple(
        replace(panel.points[n % 3], value=value)
        for n, value in enumerate(np.geomspace(1e-5, 1e-2, 40).tolist())
    )
    figure = figure_of(record, replace(panel, points=close, chosen=close[21].value))
    places = [place for place, _ in figure.ticks]
    assert min(np.diff(places)) >= 0.12 * (places[-1] - places[0])
    assert math.log10(close[21].value) in places


def test_the_table_says_what_became_of_each_value(put):
    record = load_sweep(put("sweep-done"))
    panel = record.panels[0]
    columns = columns_of(record, panel)
    texts = [[column.text(row) for column in columns] for row in rows_of(record, panel)]
    assert [column.head for column in columns][:3] == ["λ₁", "Accuracy", "AUC"]
    assert [row[0] for row in texts] == ["0", "1e-4", "1e-3", "0.01"]
    assert [row[-1] for row in texts] == [*("reference", "passes", "chosen", "too low")]
    half = load_sweep(put("sweep-half"))
    states = [row.state for row in rows_of(half, half.panels[0])]
    assert states == ["reference", "passes", "to be trained", "to be trained"]


def test_the_view_shows_plot_table_sentence_and_rule(make_view, put):
    view = make_view(put("sweep-done"))
    assert view.chart._figure is not None
    model = view.model
    chosen = model.index(2, 0)
    assert model.data(chosen) == f"{CHOSEN_SIGN} 1e-3"
    assert model.data(chosen, Qt.ItemDataRole.ForegroundRole) == QColor(RED)
    assert model.data(model.index(1, 0), Qt.ItemDataRole.ForegroundRole) is None
    assert "1e-3" in view.sentence.text()
    assert view.rule.text().startswith("The largest lambda")
    assert view.legend.count() == len(view.chart._figure.series)
    assert view.panel.isHidden()
    view.legend.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert view.chart._hidden == {"Chosen: 1e-3"}


def test_training_goes_on_with_the_chosen_value(make_view, put, qtbot):
    folder = put("sweep-done")
    view = make_view(folder)
    with qtbot.waitSignal(view.train_chosen) as wanted:
        view.train.click()
    assert wanted.args == [folder / "chosen.toml"]
    (folder / "chosen.toml").unlink()
    look_again(view, qtbot)
    assert not view.train.isEnabled()


def test_each_panel_has_its_own_plot_and_configuration(make_view, put, qtbot):
    folder = put("sweep-many")
    view = make_view(folder)
    assert [view.panel.itemText(n) for n in range(2)] == [
        "resnet18, sparse (λ₁)",
        "resnet18, ridge (λ₂)",
    ]
    view.panel.setCurrentIndex(1)
    assert view.model.rowCount() == 3
    assert view.chosen_file() == folder / "chosen-resnet18-l2.toml"
    look_again(view, qtbot)
    assert view.panel.currentIndex() == 1


def test_a_sweep_under_way_is_followed_to_its_end(make_view, put, prepared, qtbot):
    folder = put("sweep-half")
    held = claim(folder / "sweep.json")
    view = make_view(folder)
    assert view.is_following
    assert view.sentence.text() == "Nothing is chosen until every value is trained."
    assert not view.train.isEnabled()
    rows = list(csv.reader((folder / "sweep.csv").read_text().splitlines()))
    trained = rows[2][:2] + rows[3][2:4] + rows[2][4:]
    lines = [*rows[:3], trained, *rows[4:]]
    (folder / "sweep.csv").write_text("\n".join(map(",".join, lines)) + "\n")
    qtbot.waitUntil(
        lambda: [row.state for row in view.model.rows].count("to be trained") == 1, timeout=5000
    )
    for name in ("sweep.csv", "sweep.json", "chosen.toml", "selection.json"):
        (folder / name).write_bytes((prepared / "sweep-done" / name).read_bytes())
    qtbot.waitUntil(view.train.isEnabled, timeout=5000)
    held.release()
    qtbot.waitUntil(lambda: not view.is_following, timeout=5000)
    assert "chosen" in [row.state for row in view.model.rows]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("sweep.json", b"{", "is damaged"),
        ("sweep.csv", b"arch\nresnet18\n", "cannot be read"),
        ("selection.json", b"{}", "cannot be read"),
        ("sweep.json", b'{"version": 99}', "newer version"),
    ],
)
def test_a_damaged_sweep_is_a_sentence(make_view, put, name, content, said):
    folder = put("sweep-done")
    (folder / name).write_bytes(content)
    view = make_view(folder)
    assert view.whole.currentIndex() == 0
    assert said in view.empty.text()
    assert not view.train.isEnabled()


def test_without_a_sweep_there_is_a_sentence(make_view, runs, put, qtbot):
    view = make_view(None)
    assert view.empty.text().startswith("No sweep was made")
    folder = runs / "begins"
    folder.mkdir()
    held = claim(folder / "sweep.json")
    with qtbot.waitSignal(view._follower.found):
        view.show_sweep(folder)
    assert view.empty.text().startswith("The sweep begins")
    assert view.is_following
    held.release()


def test_another_sweep_of_the_study_is_chosen_from_a_box(make_view, put, runs, qtbot):
    put("sweep-done")
    put("sweep-half")
    view = make_view(None)
    with qtbot.waitSignal(view._follower.found):
        view.show_newest(runs)
    assert view.where.currentText() == "sweep-half"
    assert view.where.isVisible()
    view.where.setCurrentIndex(1)
    with qtbot.waitSignal(view._follower.found):
        view.where.activated.emit(1)
    assert view.train.isEnabled()
    view.show_newest(runs)  # what is shown stays
    assert view._folder == runs / "sweep-done"
    view.show_newest(None)
    assert view.whole.currentIndex() == 0


def test_undefined_numbers_are_no_points(put):
    folder = put("sweep-done")
    rows = list(csv.DictReader((folder / "sweep.csv").read_text().splitlines()))
    for row in rows:
        row["auc"] = ""
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    (folder / "sweep.csv").write_text("\n".join(lines) + "\n")
    record = load_sweep(folder)
    figure = figure_of(record, record.panels[0])
    assert np.isnan(series_of(figure, "AUC").y).all()
    assert not any(series.name == "AUC, tolerated" for series in figure.series)
    assert all(map(math.isfinite, figure.y_range))


def test_a_sweep_that_begins_is_no_error(make_view, runs):
    (runs / "begins").mkdir()
    assert make_view(runs / "begins").empty.text() == "The sweep begins…"


def test_a_choice_among_few_images_is_doubted(make_view, put, qtbot):
    folder = put("sweep-done")
    view = make_view(folder)
    assert "means little" not in view.sentence.text()
    run = folder / "runs" / "one"
    run.mkdir(parents=True)
    lines = [f"{n}.png,ill,{n},val" for n in range(5)]
    (run / "split.csv").write_text("\n".join(["path,label,patient,split", *lines]) + "\n")
    look_again(view, qtbot)
    said = "One of the 5 validation images is 0.200 of the accuracy: this choice means little."
    assert said in view.sentence.text()
    assert doubt(0.3, 5) == doubt(0.005, 0) == doubt(0.005, 1000) == ""


def test_no_name_of_a_setting_is_read(make_view, put):
    view = make_view(put("sweep-done"))
    for text in (view.sentence.text(), view.rule.text()):
        assert not re.search(r"\bl[12]\b|sweep\.", text), text
    assert "λ₁" in view.sentence.text()
