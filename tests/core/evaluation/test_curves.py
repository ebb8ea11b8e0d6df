"""Every point of every line against per_image.csv."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from softcam_core.evaluation.curves import MOST_POINTS
from softcam_core.evaluation.records import ImageRecord
from softcam_core.evaluation.summary import summarise
from tests.core.evaluation.conftest import RESAMPLES, SEED, Run
from tests.core.evaluation.oracle import TOP, ends, resamples, topk
from tests.core.evaluation.runs import STAGES, copy_of, write_rich


@pytest.fixture(params=["binary", "four"])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


def lines_of(run: Run, kind: str) -> dict[tuple[str, str], dict[str, Any]]:
    lines = run.summary.curves[kind]
    found = {(line["model"], line["method"]): line for line in lines}
    assert len(found) == len(lines)
    return found


def rows_of(run: Run, place: tuple[str, str], metric: str) -> dict[str, dict[str, Any]]:
    rows = run.table.of(*place, metric)
    return {image: row for image, row in rows.items() if run.table.is_defined(row, metric)}


def places(run: Run, metric: str) -> set[tuple[str, str]]:
    return {key[:2] for key in run.table.rows if key[2] == metric}


def test_precision_at_every_k(run: Run) -> None:
    lines = lines_of(run, "topk")
    assert set(lines) == places(run, TOP)
    for place, line in lines.items():
        rows = list(rows_of(run, place, TOP).values())
        assert line["k"] == list(range(1, 31))
        assert line["value"] == pytest.approx([topk(rows, k) for k in line["k"]])
        assert line["n"] == len(rows)


@pytest.mark.parametrize(("kind", "metric"), [("deletion", "audc"), ("insertion", "auic")])
def test_probability_at_every_k(run: Run, kind: str, metric: str) -> None:
    lines = lines_of(run, kind)
    assert set(lines) == places(run, metric)
    for place, line in lines.items():
        curves = [row["detail"]["curve"] for row in rows_of(run, place, metric).values()]
        assert line["k"] == list(range(31))
        assert line["mean"] == pytest.approx(
            [sum(at) / len(curves) for at in zip(*curves, strict=True)]
        )
        assert line["n"] == len(curves)


def test_similarity_at_every_stage(run: Run) -> None:
    lines = lines_of(run, "randomization")
    assert set(lines) == places(run, "model_randomization")
    for place, line in lines.items():
        rows = [r for r in run.table.of(*place, "model_randomization").values() if r["detail"]]
        assert line["stages"] == STAGES
        assert line["n"] == len(rows)
        for stage in range(len(STAGES)):
            some = [r["detail"]["similarity"][stage] for r in rows]
            known = [value for value in some if value is not None]
            assert line["mean"][stage] == pytest.approx(sum(known) / len(known))


def test_bands_are_those_of_a_slow_bootstrap(binary: Run) -> None:
    chosen = resamples(binary.table, RESAMPLES, SEED)
    place = "vgg-dense", "evidence"
    for kind, metric, at in (("topk", TOP, 4), ("deletion", "audc", 17), ("insertion", "auic", 30)):
        rows = rows_of(binary, place, metric)

        def point(images: list[str], rows: Any = rows, kind: str = kind, at: int = at) -> float:
            some = [rows[image] for image in images if image in rows]
            if not some:
                return math.nan
            if kind == "topk":
                return topk(some, at + 1)
            return float(np.mean([row["detail"]["curve"][at] for row in some]))

        line = lines_of(binary, kind)[place]
        expected = ends([point(images) for images in chosen])
        assert (line["low"][at], line["high"][at]) == pytest.approx(expected, rel=1e-9)


def test_violins_hold_every_image(run: Run) -> None:
    lines = lines_of(run, "consistency")
    assert set(lines) == places(run, "activation_consistency_positive")
    for place, line in lines.items():
        for side in ("positive", "negative"):
            rows = rows_of(run, place, f"activation_consistency_{side}")
            assert line[side] == [row["value"] for row in rows.values()]


def test_violins_of_many_images_are_quantiles(tmp_path: Path) -> None:
    write_rich(tmp_path / "few", images=12, models=("resnet-dense",))

    def many(records: list[ImageRecord]) -> list[ImageRecord]:
        some = []
        for record in (r for r in records if not r.error):
            (model,) = record.models
            rows = tuple(row for row in model.rows if "consistency" in row.metric)
            some.append(replace(record, models=(replace(model, rows=rows),)))
        return [
            replace(some[n % len(some)], index=n, patient=n, image=f"{n}.png") for n in range(2500)
        ]

    copy_of(tmp_path / "few", tmp_path / "many", many)
    line = summarise(tmp_path / "many", 100).curves["consistency"][0]
    values = line["positive"]
    assert len(values) == MOST_POINTS
    assert values == sorted(values)
    few = summarise(tmp_path / "few", 100).curves["consistency"][0]["positive"]
    assert (values[0], values[-1]) == (min(few), max(few))


def test_scatter_is_precision_and_sensitivity(run: Run) -> None:
    lines = lines_of(run, "scatter")
    assert set(lines) == places(run, "activation_precision")
    fewer = 0
    for place, line in lines.items():
        rows = [run.table.of(*place, f"activation_{a}") for a in ("precision", "sensitivity")]
        both = [
            image
            for image in run.table.images
            if all(image in some and not math.isnan(some[image]["value"]) for some in rows)
        ]
        assert line["n"] == len(both)
        for axis in ("precision", "sensitivity"):
            found = run.summary.result(*place, f"activation_{axis}")
            assert found is not None
            value, low, high = line[axis]
            assert value == pytest.approx(run.table.value(*place, f"activation_{axis}", both))
            assert low < value < high
            if found.n == len(both):
                assert [value, low, high] == [found.value, found.low, found.high]
            fewer += found.n > len(both)
    assert fewer


def test_roc_curves_pass_through_every_threshold(run: Run) -> None:
    curves = run.summary.curves["roc"]
    classes = next(iter(run.table.classes.values()))
    looked_at = classes[1:] if len(classes) == 2 else classes
    assert {(c["model"], c["class"]) for c in curves} == {
        (model, name) for model in run.table.classes for name in looked_at
    }
    for curve in curves:
        rows = rows_of(run, (curve["model"], "-"), "accuracy").values()
        scores = [row["detail"]["probabilities"][classes.index(curve["class"])] for row in rows]
        positive = [row["label"] == curve["class"] for row in rows]
        for threshold in [*scores, 2.0]:
            taken = [score >= threshold for score in scores]
            hits = sum(a and b for a, b in zip(taken, positive, strict=True)) / sum(positive)
            false = sum(a and not b for a, b in zip(taken, positive, strict=True))
            place = false / (len(positive) - sum(positive))
            below, above = (
                np.interp(place, np.array(curve["fpr"]) + shift, curve["tpr"])
                for shift in (1e-9, -1e-9)
            )
            assert min(below, above) - 1e-6 <= hits <= max(below, above) + 1e-6
        wins = [
            (a > b) + (a == b) / 2
            for a, one in zip(scores, positive, strict=True)
            for b, other in zip(scores, positive, strict=True)
            if one and not other
        ]
        assert curve["auc"] == pytest.approx(sum(wins) / len(wins))


def test_reliability_and_confusion_count_every_labelled_image(run: Run) -> None:
    curves = {one["model"]: one for one in run.summary.curves["reliability"]}
    matrices = {one["model"]: one for one in run.summary.curves["confusion"]}
    assert set(curves) == set(matrices) == set(run.table.classes)
    for model, classes in run.table.classes.items():
        rows = rows_of(run, (model, "-"), "accuracy").values()
        counts = [[0] * len(classes) for _ in classes]
        bins: list[list[tuple[float, bool]]] = [[] for _ in range(15)]
        for row in rows:
            counts[classes.index(row["label"])][classes.index(row["predicted"])] += 1
            sure = max(row["detail"]["probabilities"])
            bins[min(int(sure * 15), 14)].append((sure, row["label"] == row["predicted"]))
        assert matrices[model]["matrix"] == counts
        assert matrices[model]["classes"] == classes
        assert curves[model]["count"] == [len(one) for one in bins]
        for n, one in enumerate(bins):
            expected = (
                [math.nan, math.nan]
                if not one
                else [sum(v) / len(one) for v in zip(*one, strict=True)]
            )
            found = [curves[model]["confidence"][n], curves[model]["accuracy"][n]]
            assert found == pytest.approx(expected, nan_ok=True)
        error = run.table.value(model, "-", "calibration_error")
        assert curves[model]["ece"] == pytest.approx(error)
