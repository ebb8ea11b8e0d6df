"""Every row of results.csv against the same number computed again from per_image.csv."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.definitions import methods_paragraph
from softcam_core.evaluation.records import ImageRecord, Row, read_records, read_run, write_run
from softcam_core.evaluation.results import RESULT_COLUMNS, Result, Summary
from softcam_core.evaluation.summary import median_interval, summarise
from tests.core.evaluation.conftest import RESAMPLES, SEED, Run, summarised
from tests.core.evaluation.oracle import ends, resamples
from tests.core.evaluation.runs import (
    copy_of,
    own_patients,
    write_records,
    write_rich,
)


@pytest.fixture(params=["binary", "four"])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    write_rich(folder, images=12, models=("resnet-blackbox", "resnet-dense"))
    return folder


def value_of(summary: Summary, *key: str) -> Result:
    found = summary.result(*key)
    assert found is not None
    return found


def test_every_row_of_the_csv_is_the_number_of_per_image(run: Run) -> None:
    with (run.folder / "results.csv").open(newline="") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == list(RESULT_COLUMNS)
        rows = list(reader)
    keys = [(row["model"], row["method"], row["metric"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert set(keys) == run.table.numbers()
    for key, row in zip(keys, rows, strict=True):
        expected = run.table.value(*key)
        written = float(row["value"]) if row["value"] else math.nan
        assert written == pytest.approx(expected, rel=1e-12, abs=1e-12, nan_ok=True), key
        assert (int(row["n"]), int(row["undefined"])) == run.table.counts(*key), key


def test_rows_follow_models_methods_and_metrics(binary: Run) -> None:
    models = [model["name"] for model in read_run(binary.folder)["models"]]
    methods = {m["name"]: ["-", *m["methods"]] for m in read_run(binary.folder)["models"]}
    places = [
        (models.index(one.model), methods[one.model].index(one.method))
        for one in binary.summary.results
    ]
    assert places == sorted(places)


def _numbers(run: Run) -> list[Result]:
    """Some methods of some models, all metrics; the chance methods too."""
    models = [model["name"] for model in run.summary.run["models"]]
    return [
        one
        for one in run.summary.results
        if one.model in models[-1:] and one.method in ("-", "gradcam", "random")
    ]


def test_intervals_are_those_of_a_slow_bootstrap(run: Run) -> None:
    chosen = resamples(run.table, RESAMPLES, SEED)
    checked = set()
    for one in _numbers(run):
        if not one.interval.startswith("bootstrap"):
            continue
        key = one.model, one.method, one.metric
        low, high = ends([_or_nan(run, key, images) for images in chosen])
        if one.metric == "calibration_error":
            assert one.interval.endswith(", reflected")
            value = run.table.value(*key)
            low, high = max(min(2 * value - high, value), 0), max(2 * value - low, value)
        assert one.low == pytest.approx(low, rel=1e-9, abs=1e-9), key
        assert one.high == pytest.approx(high, rel=1e-9, abs=1e-9), key
        checked.add(one.metric)
    assert {"accuracy", "kappa", "pxap", "max_box_acc_v2", "audc", "pointing_game"} <= checked
    assert "topk_localization_precision" in checked


def _or_nan(run: Run, key: tuple[str, str, str], images: list[str]) -> float:
    """The number of a resample; NaN where it would be a mean over other classes."""
    if key[2] in ("auc", "sensitivity", "specificity"):
        rows, classes = run.table.of(*key), run.table.classes[key[0]]
        all_labels, labels = (
            {rows[i]["label"] for i in some if i in rows} & set(classes) for some in (rows, images)
        )
        looked_at = set(classes[1:] if len(classes) == 2 else classes) & all_labels
        if key[2] != "specificity" and not looked_at <= labels:
            return math.nan
        if key[2] != "sensitivity" and len(labels) < 2:
            return math.nan
    return run.table.value(*key, images)


def test_intervals_say_how_they_were_found(binary: Run, four: Run) -> None:
    assert {one.interval for one in binary.summary.results if one.metric == "audc"} == {
        "bootstrap by patient"
    }
    assert {one.interval for one in binary.summary.results if one.metric == "auc"} == {
        "DeLong by patient"
    }
    assert {one.interval for one in four.summary.results if one.metric in ("auc", "audc")} == {
        "bootstrap by image"
    }


def test_auc_of_one_image_a_patient_has_delongs_interval(tmp_path: Path) -> None:
    write_rich(tmp_path, models=("resnet-dense",), change=own_patients)
    run = summarised(tmp_path)
    found = value_of(run.summary, "resnet-dense", "-", "auc")
    rows = [r for r in run.table.of("resnet-dense", "-", "auc").values() if r["value"] >= 0]
    scores = [
        [r["detail"]["probabilities"][1] for r in rows if r["label"] == label]
        for label in ("pneumonia", "normal")
    ]
    wins = np.array([[(a > b) + (a == b) / 2 for b in scores[1]] for a in scores[0]])
    area = wins.mean()
    spread = math.sqrt(
        wins.mean(1).var(ddof=1) / len(scores[0]) + wins.mean(0).var(ddof=1) / len(scores[1])
    )
    half = 1.959963984540054 * spread / (area * (1 - area))
    middle = math.log(area / (1 - area))
    expected = [1 / (1 + math.exp(-end)) for end in (middle - half, middle + half)]
    assert found.interval == "DeLong"
    assert [found.low, found.high] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("model", "metric", "whole"),
    [("-", "accuracy", 1), ("evidence", "pointing_game", 1), ("evidence", "max_box_acc", 100)],
)
def test_a_share_that_patients_have_alike_has_wilsons_interval(
    tmp_path: Path, small: Path, model: str, metric: str, whole: int
) -> None:
    """One right and one wrong image of each of four patients: every resample has one half."""
    copy_of(small, tmp_path / "half", lambda records: _halves(records, 4))
    found = value_of(summarise(tmp_path / "half", 100), "resnet-dense", model, metric)
    z = 1.959963984540054
    middle, half = (2 + z**2 / 2) / (4 + z**2), z * math.sqrt(1 + z**2 / 4) / (4 + z**2)
    assert (found.n, found.value, found.interval) == (8, whole / 2, "Wilson")
    expected = [whole * (middle - half), whole * (middle + half)]
    assert [found.low, found.high] == pytest.approx(expected)


def test_a_share_of_a_fraction_of_patients_has_wilsons_interval(
    tmp_path: Path, small: Path
) -> None:
    copy_of(small, tmp_path / "half", lambda records: _halves(records, 3))
    found = value_of(summarise(tmp_path / "half", 100), "resnet-dense", "-", "accuracy")
    assert (found.n, found.value, found.interval) == (6, 0.5, "Wilson")
    assert (found.low + found.high) / 2 == pytest.approx(0.5)
    assert 0 < found.low < 0.25


def test_other_numbers_that_all_resamples_share_have_no_interval(
    tmp_path: Path, small: Path
) -> None:
    copy_of(small, tmp_path / "half", lambda records: _halves(records, 4))
    summary = summarise(tmp_path / "half", 100)
    found = value_of(summary, "resnet-dense", "evidence", "activation_precision")
    assert found.value == pytest.approx(0.1)
    assert (found.n, found.interval) == (8, "")
    assert math.isnan(found.low)
    assert math.isnan(found.high)
    apart = [one for one in summary.differences if one.metric == "activation_precision"]
    assert apart
    assert all(math.isnan(one.low) and (one.p, one.value) == (1, 0) for one in apart)
    for one in summary.results:
        assert not math.isclose(one.low, one.high, rel_tol=1e-9), one
    # But for the beginning of the deletion curve, where nothing is removed yet.
    for line in summary.curves["deletion"]:
        assert (line["low"][0], line["mean"][0], line["high"][0]) == (1, 1, 1)


def _halves(records: list[ImageRecord], patients: int) -> list[ImageRecord]:
    """Two images a patient: one that the models are right about, and one that they are not."""
    marked = [r for r in records if not r.error and r.label == "pneumonia" and r.index != 5]
    some = [
        replace(marked[n % len(marked)], index=n, patient=n // 2, image=f"{n}.png")
        for n in range(2 * patients)
    ]
    return [_half(record, bool(record.index % 2)) for record in some]


def _half(record: ImageRecord, right: bool) -> ImageRecord:
    def changed(row: Row) -> Row:
        if row.metric == "prediction":
            p = [0.25, 0.75] if right else [0.75, 0.25]
            return row._replace(value=float(right), detail={"probabilities": p})
        if row.metric == "max_box_acc":
            return row._replace(value=1.0, detail={"0.5": [[100, 200]] if right else []})
        if row.metric == "activation_precision":
            return row._replace(value=0.1, note="")
        return row._replace(value=float(right)) if row.metric == "pointing_game" else row

    models = tuple(replace(m, rows=tuple(map(changed, m.rows))) for m in record.models)
    return replace(record, models=models)


def test_a_share_of_all_images_has_wilsons_interval(tmp_path: Path, small: Path) -> None:
    def all_hit(record: ImageRecord) -> ImageRecord:
        return _changed(record, "pointing_game", 1.0)

    copy_of(small, tmp_path / "hit", lambda records: [all_hit(own_patients(r)) for r in records])
    found = value_of(summarise(tmp_path / "hit"), "resnet-dense", "evidence", "pointing_game")
    z = 1.959963984540054**2
    assert (found.value, found.high, found.interval) == (1, 1, "Wilson")
    assert found.low == pytest.approx(found.n / (found.n + z))


def test_auc_of_one_has_newcombes_interval_by_patient(tmp_path: Path, small: Path) -> None:
    """As far as the AUCs from which 1 is 1.96 standard errors away, for the patients of a class."""

    def sure(record: ImageRecord) -> ImageRecord:
        p = {"pneumonia": [0.25, 0.75], "normal": [0.75, 0.25]}
        models = tuple(
            replace(
                model,
                rows=tuple(
                    row._replace(detail={"probabilities": p[record.label]})
                    if row.metric == "prediction" and record.label in p
                    else row
                    for row in model.rows
                ),
            )
            for model in record.models
        )
        return replace(record, models=models)

    copy_of(small, tmp_path / "sure", lambda records: [sure(r) for r in records])
    run = summarised(tmp_path / "sure")
    found = value_of(run.summary, "resnet-dense", "-", "auc")
    assert (found.value, found.high, found.interval) == (1, 1, "Newcombe")
    rows = [r for r in run.table.of("resnet-dense", "-", "auc").values() if r["value"] >= 0]
    n = [len({r["patient"] for r in rows if r["label"] == x}) for x in ("pneumonia", "normal")]
    assert sum(n) < len(rows)
    low, more = found.low, sum(n) / 2 - 1
    spread = low * (1 - low) * (1 + more * ((1 - low) / (2 - low) + low / (1 + low)))
    assert (1 - low) / math.sqrt(spread / (n[0] * n[1])) == pytest.approx(1.959963984540054)


def test_order_of_images_changes_no_value(tmp_path: Path, small: Path) -> None:
    def turned(records: list[ImageRecord]) -> list[ImageRecord]:
        return [replace(one, index=n) for n, one in enumerate(reversed(records))]

    copy_of(small, tmp_path / "turned", turned)
    before, after = summarise(small, 100), summarise(tmp_path / "turned", 100)
    for one, other in zip(before.results, after.results, strict=True):
        assert (one.model, one.method, one.metric) == (other.model, other.method, other.metric)
        assert (one.n, one.undefined) == (other.n, other.undefined)
        assert one.value == pytest.approx(other.value, rel=1e-12, nan_ok=True)
        assert one.std == pytest.approx(other.std, rel=1e-9, nan_ok=True)


def test_order_of_rows_changes_neither_values_nor_intervals(tmp_path: Path) -> None:
    """The rows of the table shuffled: other places, other numbers of patients, the same files."""
    copied = tmp_path / "sample"
    write_rich(copied, models=("resnet-blackbox", "resnet-dense"))

    def shuffled(records: list[ImageRecord]) -> list[ImageRecord]:
        places = np.random.default_rng(2).permutation(len(records))
        some = [records[n] for n in places]
        patients = list(dict.fromkeys(one.patient for one in some))
        return [
            replace(one, index=n, case=str(n + 2), patient=patients.index(one.patient))
            for n, one in enumerate(some)
        ]

    copy_of(copied, tmp_path / "shuffled", shuffled)
    before, after = (summarise(f, 100).plain() for f in (copied, tmp_path / "shuffled"))
    for part in ("results", "differences", "curves", "tables", "timing"):
        assert before[part] == after[part], part


def test_equal_files_are_ordered_by_their_names(tmp_path: Path, small: Path) -> None:
    def copies(records: list[ImageRecord]) -> list[ImageRecord]:
        return [replace(one, image_id="0" * 64, patient=one.index) for one in records]

    def turned(records: list[ImageRecord]) -> list[ImageRecord]:
        return [replace(one, index=n) for n, one in enumerate(reversed(copies(records)))]

    copy_of(small, tmp_path / "copies", copies)
    copy_of(small, tmp_path / "turned", turned)
    before, after = (summarise(tmp_path / name, 100).plain() for name in ("copies", "turned"))
    assert before["results"] == after["results"]


def test_two_processes_give_the_numbers_of_one(tmp_path: Path, small: Path) -> None:
    lines = (small / "finished" / "0.jsonl").read_bytes().splitlines(keepends=True)
    write_run(tmp_path / "two", read_run(small))
    (tmp_path / "two" / "finished").mkdir()
    for rank in (0, 1):
        path = tmp_path / "two" / "finished" / f"{rank}.jsonl"
        path.write_bytes(b"".join(lines[1 - rank :: 2]))
    one, two = summarise(small, 100), summarise(tmp_path / "two", 100)
    assert one.plain() == two.plain()


def test_same_seed_gives_the_same_and_another_one_does_not(small: Path) -> None:
    first, again, other = (summarise(small, 100, seed) for seed in (1, 1, 2))
    assert first.plain() == again.plain()
    pair = [(a.low, b.low) for a, b in zip(first.results, other.results, strict=True)]
    assert any(a != b for a, b in pair)
    assert [one.value for one in first.results if one.value == one.value] == [
        one.value for one in other.results if one.value == one.value
    ]


def test_run_has_its_own_resamples_and_seed(small: Path) -> None:
    run = read_run(small)
    run["parameters"] |= {"resamples": 100, "seed": 9}
    write_run(small, run)
    assert summarise(small).plain() == summarise(small, 100, 9).plain()


def test_failed_images_are_counted_and_named(binary: Run) -> None:
    counts = binary.summary.counts
    assert (counts["images"], counts["measured"], counts["failed"]) == (30, 29, 1)
    assert binary.summary.failed == (("9", "images/007.png", "The image cannot be read."),)
    assert "The image cannot be read." in binary.summary.notes
    assert "Row 9: the mask is of another size." in binary.summary.notes
    assert (counts["patients"], counts["by_patient"]) == (15, True)
    labelled = sum(n for label, n in counts["labels"].items() if label in ("normal", "pneumonia"))
    assert labelled == 27
    marked = {
        i
        for key, rows in binary.table.rows.items()
        if key[2] in ("pxap", "activation_precision", "max_box_acc")
        for i in rows
    }
    kept = {i for key, rows in binary.table.rows.items() if key[2] == "audc" for i in rows}
    assert (counts["marked"], counts["deletion"]) == (len(marked), len(kept))
    assert counts["held"] == 1


def test_an_undefined_number_comes_from_no_image(tmp_path: Path, small: Path) -> None:
    """All images are of one class, and all are predicted so: there is no kappa."""

    def alike(record: ImageRecord) -> ImageRecord:
        return _half(replace(record, label="pneumonia"), right=True)

    copy_of(small, tmp_path / "alike", lambda records: [alike(one) for one in records])
    summary = summarise(tmp_path / "alike", 100)
    asked = summary.counts["measured"]
    for metric, value in (("kappa", math.nan), ("specificity", math.nan), ("sensitivity", 1.0)):
        found = value_of(summary, "resnet-dense", "-", metric)
        assert found.value == pytest.approx(value, nan_ok=True)
        assert (found.n, found.undefined) == ((0, asked) if math.isnan(value) else (asked, 0))
    metrics = {one.metric for one in summary.differences if one.method == "-"}
    assert {"kappa", "specificity"}.isdisjoint(metrics)
    assert {"accuracy", "sensitivity"} <= metrics


def test_images_without_a_label_are_undefined_for_predictions(binary: Run) -> None:
    found = value_of(binary.summary, "resnet-dense", "-", "accuracy")
    assert (found.n, found.undefined) == (27, 2)


def test_sensitivity_and_specificity_share_the_labelled_images(binary: Run, four: Run) -> None:
    labels = binary.summary.counts["labels"]
    for metric, label in (("sensitivity", "pneumonia"), ("specificity", "normal")):
        found = value_of(binary.summary, "resnet-dense", "-", metric)
        assert (found.n, found.undefined) == (labels[label], 2)
        found = value_of(four.summary, "resnet-sparse", "-", metric)
        assert (found.n, found.undefined) == (27, 2)
    for one in binary.summary.differences:
        if one.metric == "sensitivity":
            assert one.n == labels["pneumonia"]


def test_many_failures_are_not_all_in_the_notes(tmp_path: Path, small: Path) -> None:
    def failing(records: list[ImageRecord]) -> list[ImageRecord]:
        last = records[-1]
        return [
            *records,
            *(replace(last, index=100 + n, models=(), error=f"Row {n}: no.") for n in range(30)),
        ]

    copy_of(small, tmp_path / "failing", failing)
    notes = summarise(tmp_path / "failing", 100).notes
    assert sum(note.startswith("Row ") and note.endswith(": no.") for note in notes) < 30
    assert any(note.startswith("11 more images failed") for note in notes)


def test_stopped_run_says_how_far_it_came(tmp_path: Path, small: Path) -> None:
    copy_of(small, tmp_path / "stopped", lambda records: records[:9])
    notes = summarise(tmp_path / "stopped", 100).notes
    assert any("3 of 12 images are not measured yet" in note for note in notes)


def test_one_class_only(tmp_path: Path, small: Path) -> None:
    def alone(records: list[ImageRecord]) -> list[ImageRecord]:
        return [record for record in records if record.label == "pneumonia"]

    copy_of(small, tmp_path / "one", alone)
    run = summarised(tmp_path / "one")
    count = len(run.table.images)
    for metric in ("auc", "specificity"):
        found = value_of(run.summary, "resnet-dense", "-", metric)
        assert [found.value, found.low, found.high] == pytest.approx([math.nan] * 3, nan_ok=True)
        assert (found.n, found.undefined) == (0, count)
    for one in run.summary.results:
        expected = run.table.value(one.model, one.method, one.metric)
        assert one.value == pytest.approx(expected, rel=1e-12, nan_ok=True)
        counts = run.table.counts(one.model, one.method, one.metric)
        assert (one.n, one.undefined) == counts, one


def test_one_image_has_values_and_no_intervals(tmp_path: Path, small: Path) -> None:
    def first_marked(records: list[ImageRecord]) -> list[ImageRecord]:
        some = [r for r in records if not r.error and r.label == "pneumonia" and r.index != 5]
        return [some[0]]

    copy_of(small, tmp_path / "one", first_marked)
    run = summarised(tmp_path / "one")
    assert any(one.value == one.value for one in run.summary.results)
    for one in run.summary.results:
        expected = run.table.value(one.model, one.method, one.metric)
        assert one.value == pytest.approx(expected, rel=1e-12, nan_ok=True)
        assert (one.n, one.interval) == (run.table.counts(one.model, one.method, one.metric)[0], "")
        assert math.isnan(one.low)
        assert math.isnan(one.high)


def test_images_of_one_patient_have_no_intervals(tmp_path: Path, small: Path) -> None:
    copy_of(small, tmp_path / "one", lambda records: [replace(r, patient=4) for r in records])
    results = summarise(tmp_path / "one", 100).results
    assert all(math.isnan(one.low) and math.isnan(one.high) for one in results)
    assert any(one.n > 2 for one in results)


def test_number_of_one_of_several_patients_has_no_interval(tmp_path: Path, small: Path) -> None:
    def one_is_ill(record: ImageRecord) -> ImageRecord:
        return replace(record, patient=0 if record.label == "pneumonia" else 1 + record.index)

    copy_of(small, tmp_path / "ill", lambda records: [one_is_ill(r) for r in records])
    summary = summarise(tmp_path / "ill", 100)
    found = value_of(summary, "resnet-dense", "evidence", "activation_precision")
    assert found.n > 1
    assert math.isnan(found.low)
    assert found.interval == ""
    assert value_of(summary, "resnet-dense", "-", "accuracy").interval
    apart = [one for one in summary.differences if one.metric == "activation_precision"]
    assert all(math.isnan(one.low) and math.isnan(one.p) for one in apart)


def test_folder_without_a_measured_image_is_refused(tmp_path: Path, small: Path) -> None:
    def only_failed(records: list[ImageRecord]) -> list[ImageRecord]:
        return [one for one in records if one.error]

    copy_of(small, tmp_path / "failed", only_failed)
    with pytest.raises(EvaluationError, match=r"was measured: The image cannot be read\."):
        summarise(tmp_path / "failed")
    write_records(tmp_path / "none", read_run(small), [])
    with pytest.raises(EvaluationError, match=r"No image of labels\.csv was measured\."):
        summarise(tmp_path / "none")
    with pytest.raises(EvaluationError, match="holds no evaluation"):
        summarise(tmp_path / "nowhere")


def test_nothing_is_left_in_the_folder(small: Path) -> None:
    before = sorted(path.name for path in small.rglob("*"))
    summarise(small, 100)
    assert sorted(path.name for path in small.rglob("*")) == before


def test_seconds_are_those_of_the_records(binary: Run) -> None:
    seconds: dict[tuple[str, str], list[float]] = {}
    for record in read_records(binary.folder):
        for model in record.models:
            for method, taken in model.seconds.items():
                seconds.setdefault((model.model, method), []).append(taken)
    assert {(one.model, one.method) for one in binary.summary.timing} == set(seconds)
    for one in binary.summary.timing:
        taken = seconds[one.model, one.method]
        assert one.mean == pytest.approx(math.fsum(taken) / len(taken))
        assert one.median == pytest.approx(sorted(taken)[len(taken) // 2])
        assert one.n == len(taken)
        assert one.low < one.median < one.high
        assert (one.low, one.high) == pytest.approx(ordered_ends(taken))


def ordered_ends(values: list[float]) -> tuple[float, float]:
    """The values furthest in of which the sign test leaves out 2.5% at most on each side."""
    n, ordered = len(values), sorted(values)
    tails = [sum(math.comb(n, k) for k in range(m + 1)) / 2**n for m in range(n)]
    inner = max(m for m in range(n) if tails[m] <= 0.025)
    return ordered[inner], ordered[n - 1 - inner]


@pytest.mark.parametrize("n", [6, 7, 16, 17, 100])
def test_interval_of_a_median_is_that_of_the_sign_test(n: int) -> None:
    values = np.random.default_rng(n).uniform(size=n)
    assert median_interval(values) == pytest.approx(ordered_ends(values.tolist()))


def test_five_values_have_no_interval_of_their_median() -> None:
    assert all(map(math.isnan, median_interval(np.arange(5.0))))


def test_standard_deviation_is_over_images(binary: Run) -> None:
    key = "resnet-ridge", "evidence", "activation_consistency_positive"
    rows = binary.table.of(*key).values()
    values = [row["value"] for row in rows if not math.isnan(row["value"])]
    middle = sum(values) / len(values)
    spread = math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))
    assert value_of(binary.summary, *key).std == pytest.approx(spread)


def _changed(record: ImageRecord, metric: str, value: float) -> ImageRecord:
    models = []
    for model in record.models:
        rows = [r._replace(value=value) if r.metric == metric else r for r in model.rows]
        models.append(replace(model, rows=tuple(rows)))
    return replace(record, models=tuple(models))


def test_images_that_no_model_looks_at_do_not_count(tmp_path: Path, small: Path) -> None:
    def others(records: list[ImageRecord]) -> list[ImageRecord]:
        some = [
            replace(one, index=99 + n, label="drusen", models=()) for n, one in enumerate(records)
        ]
        return [*some[:2], *records]

    copy_of(small, tmp_path / "mixed", others)
    run = read_run(tmp_path / "mixed")
    run["data"]["images"] += 2
    write_run(tmp_path / "mixed", run)
    alone, mixed = summarise(small, 100), summarise(tmp_path / "mixed", 100)
    assert mixed.counts == {
        **alone.counts,
        "images": alone.counts["images"] + 2,
        "others": 2,
    }
    assert (mixed.results, mixed.notes) == (alone.results, alone.notes)
    assert [t.caption for t in mixed.tables] == [t.caption for t in alone.tables]
    text = methods_paragraph(mixed)
    assert "We evaluated 11 of 12 images of" in text
    assert "2 more that the data list are of another kind" in text


def test_a_run_of_other_images_alone_says_so(tmp_path: Path, small: Path) -> None:
    copy_of(small, tmp_path / "other", lambda records: [replace(r, models=()) for r in records])
    with pytest.raises(EvaluationError, match="of another kind"):
        summarise(tmp_path / "other", 100)
