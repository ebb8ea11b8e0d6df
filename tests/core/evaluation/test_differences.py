"""Every difference against per_image.csv over the images that both sides have."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from itertools import combinations, product
from operator import mul
from pathlib import Path

import pytest

from softcam_core.evaluation.records import ImageRecord, Row
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


def test_intervals_are_those_of_a_slow_paired_bootstrap(binary: Run) -> None:
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
        checked.add(one.metric)
    assert {"pxap", "topk_localization_precision", "max_box_acc", "audc", "kappa"} <= checked


MEANS = {
    *("accuracy", "sensitivity", "specificity", "activation_precision", "activation_sensitivity"),
    *("pointing_game", "mean_iou", "gt_known_localization", "top1_localization", "audc", "auic"),
    *("average_drop", "increase_in_confidence", "average_drop_branch"),
    *("increase_in_confidence_branch", "model_randomization"),
    *("activation_consistency_positive", "activation_consistency_negative"),
}


def flipped(run: Run, one: Difference) -> tuple[int, float]:
    """Patients with a difference, and p over every way to choose their signs."""
    a, b = sides(one)
    both = run.table.common(a, b, one.metric)
    sums: list[float] = []
    for images in run.table.patients.values():
        apart = [
            run.table.value(*a, one.metric, [i]) - run.table.value(*b, one.metric, [i])
            for i in images
            if i in both
        ]
        if math.fsum(apart):
            sums.append(math.fsum(apart))
    least = abs(math.fsum(sums)) - 1e-9 * math.fsum(map(abs, sums))
    ways = list(product((1, -1), repeat=len(sums)))
    far = sum(abs(sum(map(mul, way, sums))) >= least for way in ways)
    return len(sums), far / len(ways)


def test_p_of_means_is_that_of_every_way_to_choose_signs(binary: Run) -> None:
    checked = set()
    for one in binary.summary.differences:
        if one.metric not in MEANS or sides(one)[0][0] != "resnet-sparse" or one.metric in checked:
            continue
        patients, p = flipped(binary, one)
        way = "exact sign flip by patient" if patients <= 12 else "sign flip by patient"
        assert (one.test, one.p) == (way, pytest.approx(p, abs=1e-9 if patients <= 12 else 0.02))
        checked.add(one.metric)
    assert checked == MEANS - {"average_drop_branch", "increase_in_confidence_branch"}


def test_other_numbers_of_few_patients_have_no_p(binary: Run) -> None:
    others = [one for one in binary.summary.differences if one.metric not in MEANS]
    assert {"kappa", "pxap", "topk_localization_precision", "auc"} <= {o.metric for o in others}
    assert all(math.isnan(one.p) and one.test == "" for one in others)


def test_other_numbers_of_many_patients_have_the_p_of_the_resamples(tmp_path: Path) -> None:
    write_rich(tmp_path, images=60, models=("resnet-dense",), change=own_patients)
    differences = summarise(tmp_path, 100).differences
    tested = [one for one in differences if one.metric == "topk_localization_precision"]
    assert tested
    assert all((one.test, one.n >= 20) == ("bootstrap by image", True) for one in tested)
    assert all(2 / 101 <= one.p <= 1 for one in tested)


def test_four_images_show_no_more_than_they_can(tmp_path: Path) -> None:
    write_rich(tmp_path, images=4, models=("resnet-dense",), change=own_patients)
    tested = [one for one in summarise(tmp_path, 100).differences if one.test]
    assert tested
    assert min(one.p for one in tested) >= 2 / 2**4


def test_methods_that_differ_by_rounding_do_not_differ(tmp_path: Path) -> None:
    def rounded(record: ImageRecord) -> ImageRecord:
        def same(row: Row) -> Row:
            noise = {"gradcam": 2e-8, "layercam": 1e-3}.get(row.method, 0.0)
            return row._replace(value=0.5 + noise) if row.metric == "mean_iou" else row

        models = tuple(replace(m, rows=tuple(map(same, m.rows))) for m in record.models)
        return replace(own_patients(record), models=models)

    write_rich(tmp_path, models=("resnet-dense",), change=rounded)
    found = {
        one.other_method: one.p
        for one in summarise(tmp_path, 100).differences
        if (one.method, one.metric) == ("evidence", "mean_iou")
    }
    assert found["gradcam"] == 1
    assert found["layercam"] < 0.01


def test_auc_of_two_models_is_compared_by_delong(tmp_path: Path) -> None:
    write_rich(tmp_path, models=("resnet-dense", "resnet-sparse"), change=own_patients)
    summary = summarise(tmp_path, 100)
    one = next(d for d in summary.differences if d.metric == "auc")
    assert one.test == "DeLong"
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
        assert (int(row["n"]), row["interval"], row["test"]) == (one.n, one.interval, one.test)
