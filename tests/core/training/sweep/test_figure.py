"""The figure of a sweep names everything, clips nothing, and is the same each time."""

import math
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from softcam_core.figures.style import MM, ONE_COLUMN, TWO_COLUMNS, drawing
from softcam_core.training.sweep.figure import RED, draw_sweep, png_and_svg
from softcam_core.training.sweep.records import RunResult, SweepPanel, SweepPoint, SweepRecord

ACCURACY = (0.95, 0.951, 0.949, 0.93, 0.5)


def point(value: float, accuracy: float, seeds: int = 2, *, done: bool = True, failed: str = ""):
    return SweepPoint(
        value,
        tuple(
            RunResult(
                *(
                    "resnet18",
                    "l1",
                    value,
                    seed,
                    accuracy + 0.002 * seed,
                    accuracy + 0.03,
                    math.nan,
                ),
                *(0.2, 0.5, 3, 4, 1, done, failed, f"run-{value}-{seed}"),
            )
            for seed in range(seeds)
        ),
    )


def panel(arch: str = "resnet18", penalty: str = "l1", chosen: float | None = 1e-4) -> SweepPanel:
    values = (1e-5, 1e-4, 1e-3, 1e-2)
    points = tuple(point(v, a) for v, a in zip(values, ACCURACY[1:], strict=True))
    return SweepPanel(arch, penalty, points, point(0.0, ACCURACY[0]), chosen, "")


def record(*panels: SweepPanel, second: str = "auc") -> SweepRecord:
    return SweepRecord(Path(), panels, second, 0.005, "", 4, True)


def texts(figure: Figure) -> set[str]:
    found = {text.get_text() for ax in figure.axes for text in ax.texts}
    for ax in figure.axes:
        found |= {ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()}
        found |= {tick.label1.get_text() for tick in ax.xaxis.get_major_ticks()}
    return found | {text.get_text() for text in figure.legends[0].get_texts()}


def markers(figure: Figure, axes: int) -> dict[float, tuple[str, float]]:
    """Return place -> colour and height of each point."""
    return {
        float(line.get_xdata()[0]): (to_hex(line.get_markerfacecolor()), float(line.get_ydata()[0]))
        for line in figure.axes[axes].lines
        if line.get_marker() in ("o", "v")
    }


def test_everything_is_named():
    names = texts(draw_sweep(record(panel())))
    assert {"resnet18, sparse (l1)", "Validation accuracy", "Validation AUC"} <= names
    assert "λ₁ of the sparse penalty; 0: the dense model" in names
    assert {"0", "1e-5", "1e-4", "1e-3", "0.01"} <= names
    assert {"mean of the seeds", "chosen", "dense model", "at most 0.005 below it"} <= names
    assert "Validation kappa" in texts(draw_sweep(record(panel(), second="kappa")))


def test_points_are_means_and_the_chosen_one_is_red():
    points = markers(draw_sweep(record(panel())), 0)
    assert [points[place][0] for place in sorted(points)].count(RED) == 1
    colour, height = points[sorted(points)[2]]
    assert (colour, height) == (RED, pytest.approx(0.950))


def test_the_dense_model_is_red_where_0_is_chosen():
    points = markers(draw_sweep(record(panel(chosen=0.0))), 0)
    assert points[min(points)][0] == RED


def test_lambda_is_on_a_logarithmic_axis_right_of_the_dense_model():
    places = sorted(markers(draw_sweep(record(panel())), 0))
    assert np.diff(places)[1:] == pytest.approx([1, 1, 1])
    assert places[1] - places[0] > 1


def test_what_lies_far_below_stands_at_the_edge_with_its_number():
    figure = draw_sweep(record(panel()))
    low = figure.axes[0].get_ylim()[0]
    assert low > 0.85
    points = markers(figure, 0)
    assert points[max(points)][1] == low
    assert "0.501" in texts(figure)


def test_failed_and_stopped_values_are_told_apart():
    one = panel()
    points = (*one.points[:2], point(1e-3, 0.9, done=False), point(1e-2, math.nan, failed="Oh."))
    figure = draw_sweep(record(SweepPanel("resnet18", "l1", points, one.reference, 1e-4, "")))
    assert {"failed", "stopped early"} <= texts(figure)
    assert "#ffffff" in {colour for colour, _ in markers(figure, 0).values()}


@pytest.mark.parametrize(("count", "width"), [(1, ONE_COLUMN), (2, TWO_COLUMNS), (3, TWO_COLUMNS)])
def test_nothing_is_cut_off(count, width):
    panels = [panel("efficientnet_v2_s_of_a_long_name_indeed"), panel(penalty="l2"), panel("v")]
    figure = draw_sweep(record(*panels[:count]))
    assert figure.get_figwidth() == pytest.approx(width * MM)
    with drawing():
        figure.draw_without_rendering()
        room = figure.bbox
        boxes = [figure.legends[0].get_window_extent()]
        for ax in figure.axes:
            boxes.append(ax.get_tightbbox())
        for box in boxes:
            assert box.x0 >= -0.5
            assert box.y0 >= -0.5
            assert box.x1 <= room.x1 + 0.5
            assert box.y1 <= room.y1 + 0.5


def test_the_same_sweep_gives_the_same_files():
    first, second = (
        png_and_svg(draw_sweep(record(panel(), panel(penalty="l2")))) for _ in range(2)
    )
    assert first == second
    assert first[0].startswith(b"\x89PNG")
    assert b"<svg" in first[1][:200]


def test_a_sweep_that_has_trained_nothing_can_be_drawn():
    nothing = SweepPanel(
        "resnet18", "l1", (point(1e-4, math.nan, done=False),), point(0.0, math.nan, done=False)
    )
    draw_sweep(record(nothing))
