"""The plots: what is drawn, what the mouse says and does, and how they are fetched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QToolTip

from app.evaluation.figures import KINDS, Plots
from app.evaluation.image_figures import MOST_POINTS
from app.evaluation.series import Figure
from app.jobs.evaluate import Cases

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def plots(finished):
    found = finished._shown
    return Plots(found.summary.curves, found.cases)


@pytest.fixture
def shown(finished, qtbot, monkeypatch):
    """The tab of plots with its chart; a platform without a screen cannot raise tips."""
    monkeypatch.setattr(QToolTip, "showText", lambda *_: None)
    finished.tabs.setCurrentWidget(finished.tabs.plots)
    tab = finished.tabs.plots
    qtbot.waitUntil(lambda: tab.pages.currentWidget() is tab.chart, timeout=20_000)
    return tab


def show(tab, kind, model=""):
    tab.kind.setCurrentIndex(tab.kind.findData(kind))
    tab.of_model.setCurrentIndex(max(0, tab.of_model.findData(model)))


def on_screen(chart, x, y):
    return chart._plot.vb.mapViewToScene(QPointF(x, y))


# What is drawn


def test_each_curve_has_its_plot(plots):
    kinds = plots.kinds()
    assert {"scatter", "topk", "deletion", "insertion", "consistency"} <= set(kinds)
    assert {"confusion", "roc", "reliability"} <= set(kinds)
    for kind in kinds:
        for model in ("", plots.models(kind)[0]):
            figure = plots.figure(kind, model)
            assert figure.matrix is not None or figure.series


def test_axes_hold_lines_that_have_no_band(plots):
    """All patches hit, and all resamples agree on it: there is a line and no band."""
    (hits, *_) = plots.curves["topk"]
    count = len(hits["k"])
    bare = {"value": [0.9] * count, "low": [None] * count, "high": [None] * count}
    stages = {"stages": ["head"], "mean": [-0.5], "low": [None], "high": [None]}
    curves = {
        "topk": [{**hits, **bare}],
        "randomization": [{"model": hits["model"], "method": hits["method"], "n": 3, **stages}],
    }
    found = Plots(curves, plots.cases)
    assert found.figure("topk", hits["model"]).y_range[1] > 0.9
    assert found.figure("randomization", hits["model"]).y_range[0] <= -0.5


def test_lines_are_those_of_the_results(plots):
    for kind in ("deletion", "insertion"):
        curves = [c for c in plots.curves[kind] if c["model"] == "resnet-dense"]
        series = plots.figure(kind, "resnet-dense").series
        assert len(series) == len(curves)
        for one, curve in zip(series, curves, strict=True):
            assert one.x.tolist() == curve["k"]
            np.testing.assert_allclose(one.y, curve["mean"])
            # Where all resamples agree there is no band.
            np.testing.assert_allclose(one.low, np.array(curve["low"], float))
    curves = [c for c in plots.curves["topk"] if c["model"] == "resnet-dense"]
    series = plots.figure("topk", "resnet-dense").series
    assert [one.y.tolist() for one in series] == [curve["value"] for curve in curves]
    assert series[0].tips(4).startswith(f"Evidence: {curves[0]['value'][4]:.3f} at k = 5 (")


def test_models_that_share_a_method_can_be_told_apart(plots):
    series = [s for s in plots.figure("topk", "").series if s.name.startswith("Grad-CAM ·")]
    assert len(series) == 3
    assert len({s.look.colour for s in series}) == 1
    assert len({s.look.dash for s in series}) == len({s.look.marker for s in series}) == 3


def test_a_point_of_the_scatter_is_an_image_and_a_method(plots):
    figure, cases = plots.figure("scatter", "resnet-dense"), plots.cases
    for series in figure.series:
        for n, row in enumerate(series.rows):
            assert cases.text("model", row) == "resnet-dense"
            assert series.y[n] == cases.value("activation_precision", row)
            assert series.x[n] == cases.value("activation_sensitivity", row)
            assert cases.text("image", row) in series.tips(n)
        assert series.cross is not None
        assert series.cross[1][0] == pytest.approx(series.y.mean())
    assert sum(len(s.rows) for s in figure.series) > 20


def test_of_very_many_images_some_are_drawn_and_that_is_said(plots):
    n = 3 * MOST_POINTS
    number = np.arange(n)
    words = {column: ["a"] for column in ("model", "class", "label", "predicted")}
    words |= {"image": [str(k) for k in range(n // 2)], "method": ["evidence", "gradcam"]}
    codes = dict.fromkeys(words, np.zeros(n, np.int32))
    codes |= {"image": (number // 2).astype(np.int32), "method": (number % 2).astype(np.int32)}
    values = np.random.default_rng(0).uniform(size=(n, 2))
    metrics = ("activation_precision", "activation_sensitivity")
    figure = Plots({}, Cases(words, codes, number // 2, metrics, values)).figure("scatter", "")
    first, second = figure.series
    assert len(first.rows) == len(second.rows) <= MOST_POINTS // 2 + 1
    assert (codes["image"][first.rows] == codes["image"][second.rows]).all()
    assert "One in 3 of 4500 images" in figure.note


def test_a_violin_is_as_wide_as_its_values_are_frequent(plots):
    curve = plots.curves["consistency"][0]
    series = plots.figure("consistency", curve["model"]).series[0]
    assert series.y[0] == pytest.approx(np.median(curve["positive"]))
    for outline, values in zip(
        series.outlines, (curve["positive"], curve["negative"]), strict=True
    ):
        assert outline[:, 1].min() == pytest.approx(min(values))
        assert outline[:, 1].max() == pytest.approx(max(values))
        assert np.ptp(outline[:, 0]) <= 0.4 + 1e-9


def test_the_confusion_matrix_is_of_one_model(plots, shown):
    show(shown, "confusion")
    assert shown.of_model.itemText(0) == "resnet-blackbox"
    matrix, classes = plots.figure("confusion", "resnet-dense").matrix
    (curve,) = [c for c in plots.curves["confusion"] if c["model"] == "resnet-dense"]
    assert matrix.tolist() == curve["matrix"]
    assert classes == ("normal", "pneumonia")
    assert shown.legend.isHidden()


# The chart


def test_every_plot_is_drawn_and_speaks(shown, plots):
    for kind in plots.kinds():
        show(shown, kind)
        assert shown.chart.view.accessibleName() == KINDS[kind][0]
        assert shown.chart._plot.items or kind == "confusion"


def test_small_shares_are_not_shown_in_thousandths(shown, qtbot):
    for _ in range(2):
        shown.chart.show_figure(Figure("k", "Share", y_range=(0.0, 0.3)), "Top-k", set())
        qtbot.wait(20)  # Axes take their scale when they are painted.
        assert shown.chart._plot.getAxis("left").autoSIPrefixScale == 1.0


def test_the_mouse_over_a_point_says_what_it_is(shown, plots):
    show(shown, "scatter", "resnet-dense")
    series = next(s for s in plots.figure("scatter", "resnet-dense").series if not s.faint)
    chart = shown.chart
    place = on_screen(chart, float(series.x[0]), float(series.y[0]))
    chart._on_move(place)
    image = plots.cases.text("image", int(series.rows[0]))
    assert image in shown.pointed.text()
    assert chart.view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    chart._on_move(QPointF(-50, -50))
    assert shown.pointed.text() == " "
    show(shown, "confusion", "resnet-dense")
    matrix, _ = plots.figure("confusion", "resnet-dense").matrix
    text = chart.tip(on_screen(chart, 0.5, 1.5))
    assert text.startswith(f"{matrix[1, 0]} of {matrix[1].sum()} images of pneumonia")


def test_a_click_on_a_point_chooses_its_case(shown, plots, qtbot):
    show(shown, "scatter", "resnet-dense")
    series = next(s for s in plots.figure("scatter", "resnet-dense").series if not s.faint)
    view = shown.chart.view
    scene = on_screen(shown.chart, float(series.x[0]), float(series.y[0]))
    place = view.mapFromScene(scene)
    with qtbot.waitSignal(shown.chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    cases, row = plots.cases, chosen.args[0]
    away = cases.value("activation_precision", row) - series.y[0]
    assert abs(away) < 0.03
    assert cases.text("model", row) == "resnet-dense"


def test_the_chosen_point_and_its_row_are_marked(finished, shown, plots, qtbot):
    show(shown, "scatter", "resnet-dense")
    series = next(s for s in plots.figure("scatter", "resnet-dense").series if not s.faint)
    row = int(series.rows[2])
    assert shown.chart._ring is None
    shown.chart.chosen.emit(row)
    assert shown.chart._ring.getData()[0].tolist() == [series.x[2]]
    show(shown, "topk", "resnet-dense")
    assert shown.chart._ring is None
    show(shown, "scatter", "")
    assert shown.chart._ring.getData()[1].tolist() == [series.y[2]]
    cases = finished.tabs.cases
    finished.tabs.setCurrentWidget(cases)
    assert cases.model.shown[cases.view.currentIndex().row()] == row
    cases.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert cases.model.shown[cases.view.currentIndex().row()] == row
    other = next(n for n, shown_row in enumerate(cases.model.shown) if shown_row != row)
    cases.view.chosen.emit(other)
    assert shown.chart._row == cases.model.shown[other]


def test_the_chart_is_zoomed_and_moved_by_keys(shown, qtbot):
    show(shown, "topk", "resnet-dense")
    view, box = shown.chart.view, shown.chart._plot.vb

    def seen():
        return np.array(box.viewRange())

    whole = seen()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    near = seen()
    np.testing.assert_allclose(np.ptp(near, axis=1), 0.8 * np.ptp(whole, axis=1))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert (seen()[0] > near[0]).all()
    np.testing.assert_allclose(seen()[1], near[1])
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert (seen()[1] > near[1]).all()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    np.testing.assert_allclose(seen(), whole)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert (np.ptp(seen(), axis=1) > np.ptp(whole, axis=1)).all()


def test_the_tab_key_goes_from_boxes_to_chart_to_legend(finished, shown, qtbot):
    show(shown, "topk", "resnet-dense")
    finished.activateWindow()
    shown.kind.setFocus()
    names = []
    for _ in range(5):
        names.append(finished.focusWidget().objectName())
        finished.focusNextChild()
    assert names[:4] == ["plotsKind", "plotsModel", "chart", "plotsLegend"]
    assert names[4] not in ("", *names[:4])


def test_without_plots_nothing_of_them_is_kept(finished, shown, plots, qtbot):
    show(shown, "scatter", "resnet-dense")
    chart = shown.chart
    series = next(s for s in plots.figure("scatter", "resnet-dense").series if not s.faint)
    place = on_screen(chart, float(series.x[0]), float(series.y[0]))
    chart._on_move(place)
    chart.chosen.emit(int(series.rows[0]))
    assert shown.pointed.text().strip()
    finished._clear()
    assert not shown.pointed.text().strip()
    assert not shown.note.text()
    assert shown.legend.count() == 0
    assert chart._figure is None
    assert chart._places == []
    assert not chart._plot.items
    assert chart._ring is None
    assert chart.nearest(place) is None
    assert chart.tip(place) == ""
    assert not chart.view.accessibleName() + chart.view.accessibleDescription()
    assert not chart._plot.getAxis("left").labelText
    assert not finished.tabs.cases.model.shown.size


def test_the_legend_hides_curves(shown, plots):
    show(shown, "topk", "resnet-dense")
    item = shown.legend.item(0)
    drawn = len(shown.chart._places)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert len(shown.chart._places) == drawn - 1
    assert item.text() not in {s.name for s, _ in shown.chart._places}
    item.setCheckState(Qt.CheckState.Checked)
    assert len(shown.chart._places) == drawn
    show(shown, "deletion", "resnet-dense")
    assert all(
        shown.legend.item(n).checkState() == Qt.CheckState.Checked
        for n in range(shown.legend.count())
    )


def test_the_chart_follows_the_theme(shown):
    show(shown, "topk", "resnet-dense")
    palette = QPalette(shown.chart.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#abcdef"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#123456"))
    shown.chart.setPalette(palette)
    assert shown.chart.view.backgroundBrush().color().name() == "#abcdef"
    assert shown.chart._plot.getAxis("left").textPen().color().name() == "#123456"


def test_a_chosen_model_stays_for_the_next_plot(shown, qtbot):
    show(shown, "topk")
    shown.of_model.setFocus()
    qtbot.keyClick(shown.of_model, Qt.Key.Key_Down)
    chosen = shown.of_model.currentData()
    assert chosen
    show_kind = shown.kind.findData("deletion")
    shown.kind.setCurrentIndex(show_kind)
    assert shown.of_model.currentData() == chosen


def test_nothing_measured_is_said(finished, qtbot):
    tab = finished.tabs.plots
    tab.show_plots(Plots({}, finished._shown.cases.__class__({}, {}, np.empty(0), (), np.empty(0))))
    assert tab.kind.count() == 0
    assert tab.empty.text() == "Nothing that was measured can be drawn."


def test_the_dialog_is_there_without_what_only_plots_need():
    code = (
        "import sys, app.evaluation.dialog\n"
        "names = ('pyqtgraph', 'torch', 'scipy', 'sklearn', 'matplotlib', 'pandas')\n"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_plots_bring_neither_torch_nor_scipy():
    code = (
        "import sys, app.evaluation.plots\n"
        "names = ('torch', 'scipy', 'sklearn', 'matplotlib', 'pandas')\n"
        "print([name for name in names if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "[]", done.stderr
