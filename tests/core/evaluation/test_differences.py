"""Every difference against per_image.csv over the images that both sides have."""

from __future__ import annotations

import csv
import math
from itertools import combinations
from pathlib import Path

import pytest

from softcam_core.evaluation.results import DIFFERENCE_COLUMNS, Difference
from softcam_core.evaluation.summary import summarise
from tests.core.evaluation.conftest import RESAMPLES, SEED, Run
from tests.core.evaluation.oracle import ends, resamples
from tests.core.evaluation.runs import own_patients, write_rich

CHANCE = ("random", "centre_prior", "randomized_weights")


@pytest.fixture(params=["binary", "four"])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


def sides(one: Difference) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one.model, one.method), (one.other_model, one.other_method)


def test_every_difference_is_over_the_same_images(run: Run) -> None:
    assert run.summary.differences
    for one in run.summary.differences:
        a, b = sides(one)
        both = run.table.common(a, b, one.metric)
        images = [image for image in run.table.images if image in both]
        first, second = (run.table.value(*side, one.metric, images) for side in (a, b))
        assert one.value == pytest.approx(first - second, abs=1e-9, nan_ok=True), one
        assert one.n == len(both)


def test_differences_are_those_that_people_ask_for(run: Run) -> None:
    expected: set[tuple[tuple[str, str], tuple[str, str]]] = {
        ((a["name"], "-"), (b["name"], "-")) for a, b in combinations(run.summary.run["models"], 2)
    }
    for model in run.summary.run["models"]:
        name = model["name"]
        own = [method for method in model["methods"] if method not in CHANCE]
        expected |= {((name, a), (name, b)) for a, b in combinations(own, 2)}
        expected |= {((name, a), (name, b)) for a in own for b in CHANCE}
        for other in run.summary.run["models"]:
            rest = [method for method in other["methods"] if method not in CHANCE]
            if "evidence" in own and "evidence" not in rest:
                expected |= {((name, "evidence"), (other["name"], b)) for b in rest}
    for a, b in combinations(run.summary.run["models"], 2):
        shared = [m for m in a["methods"] if m in b["methods"] and m not in CHANCE]
        expected |= {((a["name"], m), (b["name"], m)) for m in shared}
    assert {sides(one) for one in run.summary.differences} == expected
    keys = [(*sides(one), one.metric) for one in run.summary.differences]
    assert len(keys) == len(set(keys))


def test_each_metric_that_both_have_is_compared(binary: Run) -> None:
    model = "resnet-dense"
    compared = {
        one.metric
        for one in binary.summary.differences
        if sides(one) == ((model, "evidence"), (model, "random"))
    }
    keys = binary.table.numbers()
    assert compared == {
        metric for name, method, metric in keys if (name, method) == (model, "random")
    }


def test_intervals_and_p_are_those_of_a_slow_paired_bootstrap(binary: Run) -> None:
    chosen = resamples(binary.table, RESAMPLES, SEED)
    wanted = {
        (("resnet-dense", "evidence"), ("resnet-dense", "random")),
        (("resnet-dense", "evidence"), ("resnet-sparse", "evidence")),
        (("resnet-blackbox", "-"), ("resnet-dense", "-")),
    }
    checked = set()
    for one in binary.summary.differences:
        a, b = sides(one)
        if (a, b) not in wanted or one.metric == "auc":
            continue
        both = binary.table.common(a, b, one.metric)
        apart = []
        for drawn in chosen:
            images = [image for image in drawn if image in both]
            first, second = (binary.table.value(*side, one.metric, images) for side in (a, b))
            apart.append(first - second)
        assert (one.low, one.high) == pytest.approx(ends(apart), rel=1e-9, abs=1e-9), one
        known = [value for value in apart if not math.isnan(value)]
        if not any(0 < abs(value) < 1e-9 for value in known):
            least = min(sum(v <= 0 for v in known), sum(v >= 0 for v in known))
            assert one.p == pytest.approx(min(1, 2 * (least + 1) / (len(known) + 1)))
        checked.add(one.metric)
    assert {"pxap", "topk_localization_precision", "max_box_acc", "audc", "kappa"} <= checked


def test_auc_of_two_models_is_compared_by_delong(tmp_path: Path) -> None:
    write_rich(tmp_path, models=("resnet-dense", "resnet-sparse"), change=own_patients)
    summary = summarise(tmp_path, 100)
    one = next(d for d in summary.differences if d.metric == "auc")
    assert (one.interval, one.model, one.other_model) == ("DeLong", "resnet-dense", "resnet-sparse")
    assert one.low < one.value < one.high
    assert one.high - one.value == pytest.approx(one.value - one.low)
    z = one.value / ((one.high - one.low) / 2 / 1.959963984540054)
    assert one.p == pytest.approx(math.erfc(abs(z) / math.sqrt(2)))


def test_auc_of_more_classes_is_compared_by_bootstrap(four: Run) -> None:
    one = next(d for d in four.summary.differences if d.metric == "auc")
    assert one.interval == "bootstrap by image"


def test_csv_has_them_all(run: Run) -> None:
    with (run.folder / "differences.csv").open(newline="") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == list(DIFFERENCE_COLUMNS)
        rows = list(reader)
    assert len(rows) == len(run.summary.differences)
    for row, one in zip(rows, run.summary.differences, strict=True):
        assert (row["metric"], row["model"], row["method"]) == (one.metric, one.model, one.method)
        assert (row["other_model"], row["other_method"]) == (one.other_model, one.other_method)
        for column, value in (
            *(("difference", one.value), ("ci_low", one.low)),
            *(("ci_high", one.high), ("p", one.p)),
        ):
            written = float(row[column]) if row[column] else math.nan
            assert written == pytest.approx(value, nan_ok=True)
        assert (int(row["n"]), row["interval"]) == (one.n, one.interval)
