"""Every cell of every table against per_image.csv, by what its heads say in words."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from softcam_core.evaluation.metric_ids import METRICS
from softcam_core.evaluation.model_names import architecture_title, named_models, variant_of
from softcam_core.evaluation.records import read_records
from softcam_core.evaluation.results import Result, Summary, Timing
from softcam_core.evaluation.table_rows import number_text, signed_text
from softcam_core.evaluation.table_types import Cell, Column, Line, Table
from softcam_core.evaluation.tables import tables_of, write_tables
from tests.core.evaluation.conftest import Run, summarised
from tests.core.evaluation.runs import write_rich

MODELS = {
    ("ResNet-50", "black box"): "resnet-blackbox",
    ("ResNet-50", "dense"): "resnet-dense",
    ("ResNet-50", "sparse"): "resnet-sparse",
    ("ResNet-50", "ridge"): "resnet-ridge",
    ("VGG-16", "black box"): "vgg-blackbox",
    ("VGG-16", "dense"): "vgg-dense",
    ("VGG-16", "dual branch"): "vgg-dual-blackbox",
}
METHODS = {
    "Evidence": "evidence",
    "Grad-CAM": "gradcam",
    "Layer-CAM": "layercam",
    "Score-CAM": "scorecam",
    "Random map": "random",
    "Centre prior": "centre_prior",
    "Randomized weights": "randomized_weights",
}
CHANCE = ("random", "centre_prior", "randomized_weights")
TITLES = {
    "Acc.": "accuracy",
    "AUC": "auc",
    "κ": "kappa",
    "Sensitivity": "sensitivity",
    "Specificity": "specificity",
    "Calibration error": "calibration_error",
    "r+": "activation_consistency_positive",
    "r−": "activation_consistency_negative",
    "Top": "topk_localization_precision",
    "Del": "audc",
    "AP": "activation_precision",
    "AS": "activation_sensitivity",
    "AUDC": "audc",
    "Top-1 Cls": "accuracy",
    "Top-1 Loc": "top1_localization",
    "GT-known": "gt_known_localization",
    "MaxBoxAccV2": "max_box_acc_v2",
    "PxAP": "pxap",
    "Average drop": "average_drop",
    "Increase in confidence": "increase_in_confidence",
    "Average drop, branch": "average_drop_branch",
    "Increase, branch": "increase_in_confidence_branch",
    "All drawn": "model_randomization",
    "Pointing game": "pointing_game",
    "Mean IoU": "mean_iou",
    "MaxBoxAcc": "max_box_acc",
    "AUIC": "auic",
}
BY_BACKBONE = ("table_4", "table_5", "table_6", "sanity", "maps")
BY_MODEL = ("localization", "fidelity", "overhead")
EXPECTED = {
    "binary": (
        *("table_1", "table_2", "table_3", "table_4", "table_5"),
        *("localization", "fidelity", "overhead", "sanity", "maps", "classification"),
    ),
    "four": (
        *("table_1", "table_2", "table_4", "table_5", "table_6"),
        *("localization", "fidelity", "overhead", "sanity", "maps", "classification"),
    ),
}


@pytest.fixture(params=["binary", "four"])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


def table_of(run: Run, name: str) -> Table:
    return next(table for table in run.summary.tables if table.id == name)


def place_of(table: Table, line: Line, column: Column) -> tuple[str, str] | None:
    """Return (model, method) of a cell by what the heads say; None if there is no such model."""
    if table.id in ("table_1", "classification"):
        star = line.head.endswith("*")
        plain = line.head.rstrip("*")
        if star:
            variant, _, arch = plain.partition(" ")
        else:
            arch, _, variant = plain.partition(", ")
        return MODELS[arch, variant or "black box"], "-"
    if table.id in BY_MODEL:
        method, _, variant = line.head.partition(", ")
        return MODELS[line.group, variant], METHODS[method]
    arch = column.group or table.title.rpartition(", ")[2]
    if line.kind == "chance":
        method, _, variant = line.head.partition(", ")
    elif line.kind == "evidence":
        method, variant = "Evidence", line.head.removesuffix(" SoftCAM")
    else:
        method, variant = line.head, line.group.removesuffix(" SoftCAM, post hoc").lower()
    model = MODELS.get((arch, variant))
    return None if model is None else (model, METHODS[method])


def described(run: Run, model: str) -> dict[str, object]:
    models = json.loads((run.folder / "run.json").read_text())["models"]
    return next(one for one in models if one["name"] == model)


def seconds(run: Run, model: str, method: str) -> list[float]:
    return [
        one.seconds[method]
        for record in read_records(run.folder)
        for one in record.models
        if one.model == model and method in one.seconds
    ]


def expected(run: Run, table: Table, column: Column, place: tuple[str, str]) -> float:
    """Return what a cell should hold, computed again."""
    model, method = place
    if table.id == "overhead":
        hours = described(run, model)["training_hours"]
        taken = seconds(run, model, method)
        if model == "vgg-dual-blackbox":
            hours = 3.2 + 17.67
        return {
            "Training": math.nan if hours is None else float(str(hours)),
            "Map of an image": 1000 * median(taken),
            "Parameters": float(str(described(run, model)["parameters"])) / 1e6,
        }[column.title]
    if column.title == "Head drawn":
        rows = run.table.of(model, method, "model_randomization").values()
        first = [row["detail"]["similarity"][0] for row in rows if row["detail"]]
        return sum(first) / len(first) if first else math.nan
    metric = TITLES[column.title]
    asked = "-" if metric == "accuracy" else method
    value = run.table.value(model, asked, metric)
    return 100 * value if column.title == "Top-1 Cls" else value


def test_tables_are_those_of_the_paper_and_the_poster(
    run: Run, request: pytest.FixtureRequest
) -> None:
    assert (
        tuple(table.id for table in run.summary.tables)
        == EXPECTED[request.node.callspec.params["run"]]
    )


def test_every_cell_is_computed_again(run: Run) -> None:
    cells = 0
    for table in run.summary.tables:
        for line in table.rows:
            assert len(line.cells) == len(table.columns)
            for column, cell in zip(table.columns, line.cells, strict=True):
                place = place_of(table, line, column)
                value = math.nan if place is None else expected(run, table, column, place)
                where = table.id, line.group, line.head, column.title
                assert cell.value == pytest.approx(value, rel=1e-9, nan_ok=True), where
                number = cell.text.partition(" ± ")[0]
                if math.isnan(value):
                    assert number == "–"
                else:
                    assert number == number_text(value, column.digits), where
                cells += 1
                if place is not None and column.title in TITLES:
                    _same_as_the_result(run, column, cell, place)
    assert cells > 200


def _same_as_the_result(run: Run, column: Column, cell: Cell, place: tuple[str, str]) -> None:
    metric = TITLES[column.title]
    method = "-" if metric == "accuracy" else place[1]
    found = run.summary.result(place[0], method, metric)
    assert (cell.n, cell.undefined) == run.table.counts(place[0], method, metric)
    if found is None or math.isnan(found.value):
        return
    scale = 100 if column.title == "Top-1 Cls" else 1
    assert (cell.low, cell.high) == pytest.approx(
        (found.low * scale, found.high * scale), nan_ok=True
    )
    if not math.isnan(cell.low):
        ends = (number_text(end, column.digits) for end in (cell.low, cell.high))
        assert cell.interval == f"[{', '.join(ends)}]"


def test_every_number_of_a_map_stands_in_a_table(run: Run) -> None:
    shown = set()
    for table in run.summary.tables:
        for line in table.rows:
            for column in table.columns:
                place = place_of(table, line, column)
                if place is not None and column.title in TITLES:
                    shown.add((*place, TITLES[column.title]))
    parts = {f"max_box_acc_v2_{n}" for n in (30, 50, 70)}
    wanted = {key for key in run.table.numbers() if key[1] != "-" and key[2] not in parts}
    assert wanted <= shown


def test_no_row_stands_twice(run: Run) -> None:
    for table in run.summary.tables:
        heads = [(line.group, line.head) for line in table.rows]
        assert len(heads) == len(set(heads)), table.id


def test_rows_are_in_the_papers_order(binary: Run) -> None:
    kinds = [line.kind for line in table_of(binary, "table_4").rows]
    order = ["black-box", "evidence", "post-hoc", "chance"]
    assert kinds == sorted(kinds, key=order.index)
    assert set(kinds) == set(order)
    evidence = [line.head for line in table_of(binary, "table_5").rows if line.kind == "evidence"]
    assert evidence == ["dense SoftCAM", "sparse SoftCAM", "ridge SoftCAM"]


def test_chance_stands_in_every_table_of_maps(run: Run) -> None:
    for table in run.summary.tables:
        if table.id in ("table_1", "classification", "overhead", "sanity"):
            continue
        heads = {line.head.partition(", ")[0] for line in table.rows if line.is_chance}
        assert heads == {"Random map", "Centre prior", "Randomized weights"}, table.id


def test_best_of_a_column_is_marked_and_chance_is_not(run: Run) -> None:
    for table in run.summary.tables:
        for n, column in enumerate(table.columns):
            for block in {line.group for line in table.rows} if table.id in BY_MODEL else {""}:
                lines = [line for line in table.rows if block in ("", line.group)]
                some = [
                    (line.cells[n].value, line.cells[n].best)
                    for line in lines
                    if line.kind != "chance" and not line.cells[n].is_empty
                ]
                assert not any(line.cells[n].best for line in lines if line.is_chance)
                if not column.better or len(some) < 2:
                    assert not any(best for _, best in some)
                    continue
                goal = (max if column.better == "high" else min)(value for value, _ in some)
                assert all(best == (value == goal) for value, best in some), (table.id, column)


def test_arrows_are_those_of_the_metrics(run: Run) -> None:
    homes = {
        **dict.fromkeys(("r+", "r−"), "activation_consistency"),
        **{"Average drop, branch": "average_drop", "Increase, branch": "increase_in_confidence"},
    }
    for table in run.summary.tables:
        for column in table.columns:
            if column.title in TITLES and column.title != "Top-1 Cls":
                metric = METRICS[homes.get(column.title, TITLES[column.title])]
                assert (column.better, column.unit) == (metric.better, metric.unit)


def test_consistency_has_mean_and_standard_deviation(binary: Run) -> None:
    table = table_of(binary, "table_2")
    line = next(one for one in table.rows if one.head == "sparse SoftCAM")
    rows = binary.table.of("resnet-sparse", "evidence", "activation_consistency_negative").values()
    values = [row["value"] for row in rows if not math.isnan(row["value"])]
    middle = sum(values) / len(values)
    spread = math.sqrt(sum((v - middle) ** 2 for v in values) / (len(values) - 1))
    assert line.cells[1].std == pytest.approx(spread)
    assert line.cells[1].text == f"{middle:.2f} ± {spread:.2f}"


def test_dual_branch_shows_what_it_adds_to_its_partner(binary: Run) -> None:
    for name in ("localization", "fidelity"):
        table = table_of(binary, name)
        seen = 0
        for line in table.rows:
            for column, cell in zip(table.columns, line.cells, strict=True):
                model, method = place_of(table, line, column) or ("", "")
                metric = TITLES[column.title]
                base = binary.table.value("vgg-blackbox", method, metric)
                if model != "vgg-dual-blackbox" or metric == "accuracy" or math.isnan(base):
                    assert cell.delta_text == ""
                    assert math.isnan(cell.delta)
                    continue
                delta = binary.table.value(model, method, metric) - base
                assert cell.delta == pytest.approx(delta, abs=1e-9)
                assert cell.delta_text == signed_text(delta, column.digits)
                seen += 1
        assert seen >= 12


def test_overhead_shows_what_is_added_to_the_black_box(binary: Run) -> None:
    table = table_of(binary, "overhead")
    line = next(one for one in table.rows if one.head == "Grad-CAM, dual branch")
    hours, taken, size = line.cells
    assert (hours.delta, hours.delta_text) == (pytest.approx(3.2), "+3.20 (+18.1%)")
    before, after = (
        1000 * median(some)
        for some in (
            seconds(binary, name, "gradcam") for name in ("vgg-blackbox", "vgg-dual-blackbox")
        )
    )
    assert taken.delta == pytest.approx(after - before)
    # The times are drawn from one range, so that a change in percent would say nothing.
    assert taken.delta_text == signed_text(after - before, 1)
    assert size.delta == pytest.approx(2e-6)
    alone = next(one for one in table.rows if one.head == "Grad-CAM, black box")
    assert all(cell.delta_text == "" for cell in alone.cells)


def test_files_hold_the_cells(run: Run) -> None:
    for table in run.summary.tables:
        with (run.folder / "tables" / f"{table.id}.csv").open(newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == len(table.rows)
        for row, line in zip(rows, table.rows, strict=True):
            assert (row["group"], row["row"]) == (line.group, line.head)
            for column, cell in zip(table.columns, line.cells, strict=True):
                name = f"{column.group} {column.title}".strip()
                for part, value in (
                    *(("", cell.value), (" low", cell.low), (" high", cell.high)),
                    *((" std", cell.std), (" delta", cell.delta)),
                ):
                    written = float(row[name + part]) if row[name + part] else math.nan
                    assert written == pytest.approx(value, nan_ok=True)
                assert int(row[f"{name} n"]) == cell.n
                assert int(row[f"{name} undefined"]) == cell.undefined


def test_one_model_is_not_named_in_each_row(tmp_path: Path) -> None:
    write_rich(tmp_path, images=12, models=("resnet-dense",))
    summary = summarised(tmp_path).summary
    for table in summary.tables:
        for line in table.rows:
            assert line.head in {*METHODS, "dense SoftCAM", "dense ResNet-50*"}


def test_two_models_of_one_kind_are_told_apart(binary: Run) -> None:
    run = json.loads(json.dumps(binary.summary.run))
    twin = {**run["models"][1], "name": "other"}
    named = named_models([*run["models"], twin])
    assert [one.label for one in named if one.variant == "dense" and one.arch == "ResNet-50"] == [
        "dense resnet-dense",
        "dense other",
    ]


def test_tables_without_numbers_are_left_out(binary: Run) -> None:
    some = tuple(one for one in binary.summary.results if one.metric == "activation_precision")
    summary = replace(binary.summary, results=some, curves={}, timing=())
    tables = tables_of(summary)
    assert [table.id for table in tables] == ["table_5", "overhead"]
    assert [column.title for column in tables[0].columns] == ["AP", "AP"]
    assert tables_of(Summary(run=binary.summary.run, counts=binary.summary.counts))[1:] == ()


def test_undefined_row_stays_with_a_dash(binary: Run) -> None:
    results = tuple(
        replace(one, value=math.nan, low=math.nan, high=math.nan, n=0, undefined=9)
        if (one.model, one.method) == ("vgg-dense", "evidence")
        else one
        for one in binary.summary.results
    )
    models = [m for m in binary.summary.run["models"] if m["arch"] == "vgg16"]
    run = {**binary.summary.run, "models": models}
    tables = tables_of(replace(binary.summary, run=run, results=results))
    table = next(one for one in tables if one.id == "table_5")
    line = next(one for one in table.rows if one.kind == "evidence")
    assert [(cell.text, cell.undefined) for cell in line.cells] == [("–", 9), ("–", 9)]


def test_texts_of_numbers() -> None:
    assert number_text(-0.0004, 3) == "0.000"
    assert number_text(-1.25, 1) == "−1.2"
    assert signed_text(0.5, 2) == "+0.50"
    assert signed_text(-0.5, 2) == "−0.50"
    assert signed_text(-0.001, 2) == "+0.00"


def test_names_of_backbones_and_variants() -> None:
    titles = {
        "resnet50": "ResNet-50",
        "wide_resnet50_2": "Wide ResNet-50 2",
        "resnext50_32x4d": "ResNeXt-50 32x4d",
        "vgg16": "VGG-16",
        "squeezenet1_0": "SqueezeNet 1.0",
        "shufflenet_v2_x0_5": "ShuffleNet v2 x0.5",
        "regnet_y_1_6gf": "RegNet y 1.6gf",
        "vit_b_16": "ViT b 16",
        "efficientnet_b0": "EfficientNet b0",
        "mine": "mine",
    }
    assert {arch: architecture_title(arch) for arch in titles} == titles
    assert variant_of({"head": "softcam", "l1": 1e-3, "l2": 1e-3}) == "elastic net"
    assert variant_of({"head": "softcam", "l1": None, "l2": 0}) == "dense"


def test_files_of_a_folder_that_cannot_be_written(binary: Run, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("a file")
    with pytest.raises(Exception, match="cannot be written"):
        write_tables(tmp_path, binary.summary)


@pytest.mark.parametrize(
    ("n", "slower", "percent"), [(40, 0.5, True), (40, 0.01, False), (19, 0.5, False)]
)
def test_times_are_compared_in_percent_where_that_says_something(
    binary: Run, n: int, slower: float, percent: bool
) -> None:
    timing = tuple(
        Timing(model, "gradcam", 9.0, 0.98 + more, 1.02 + more, 1.0 + more, n)
        for model, more in (("vgg-blackbox", 0.0), ("vgg-dual-blackbox", slower))
    )
    tables = tables_of(replace(binary.summary, timing=timing))
    table = next(one for one in tables if one.id == "overhead")
    line = next(one for one in table.rows if one.head == "Grad-CAM, dual branch")
    share = f" ({signed_text(100 * slower, 1)}%)" if percent else ""
    assert line.cells[1].text == number_text(1000 + 1000 * slower, 1)
    assert line.cells[1].delta_text == signed_text(1000 * slower, 1) + share


def changed(summary: Summary, keep: Callable[[Result], bool], **counts: int) -> Summary:
    results = tuple(one for one in summary.results if keep(one))
    return replace(summary, results=results, counts={**summary.counts, **counts})


def caption(summary: Summary, name: str) -> str:
    return next(one.caption for one in tables_of(summary) if one.id == name)


def test_captions_explain_what_the_table_has_and_no_more(binary: Run) -> None:
    whole = binary.summary
    without = changed(whole, lambda one: one.metric not in ("audc", "auic", "kappa"), deletion=0)
    for table in tables_of(without):
        for word in ("Del:", "AUIC", "κ", "over the 0 images"):
            assert word not in table.caption, table.id
    assert "Del: area under the deletion curve" in caption(whole, "table_4")
    assert "κ: quadratic kappa" in caption(whole, "classification")
    assert "κ" not in caption(whole, "table_1")
    deleted = changed(whole, lambda one: one.metric == "audc")
    assert "Top:" not in caption(deleted, "table_4")
    titles = [
        next(one.title for one in tables_of(some) if one.id == "table_4")
        for some in (whole, without, deleted)
    ]
    assert titles == [
        "Top-k localization precision and deletion",
        "Top-k localization precision",
        "Deletion",
    ]
    alone = changed(whole, lambda one: one.method == "gradcam")
    assert all("chance" not in table.caption for table in tables_of(alone))
    sure = tuple(replace(one, low=math.nan, high=math.nan) for one in whole.results)
    assert "with 95% intervals" in caption(whole, "table_1")
    assert "with 95% intervals" not in caption(replace(whole, results=sure), "table_1")
    models = [{**model, "training_hours": None} for model in whole.run["models"]]
    untimed = replace(whole, run={**whole.run, "models": models})
    assert "Training: hours" in caption(whole, "overhead")
    assert "Training" not in caption(untimed, "overhead")
    assert all("In brackets" not in table.caption for table in tables_of(whole))


def test_deletion_names_the_images_with_a_label(binary: Run) -> None:
    kept, labelled = (binary.summary.counts[name] for name in ("deletion", "classified"))
    assert labelled < binary.summary.counts["measured"]
    words = f"over the {kept} images that every model gets right, of {labelled} with a label."
    assert words in caption(binary.summary, "table_4")


def test_chance_that_is_the_same_for_all_models_has_one_row(binary: Run) -> None:
    def alike(one: Result) -> Result:
        return replace(one, value=0.25, low=0.2, high=0.3, n=9, undefined=0)

    def is_random(one: Result) -> bool:
        return one.method == "random" and one.metric.startswith("activation_")

    models = [m for m in binary.summary.run["models"] if m["arch"] == "resnet50"]
    run = {**binary.summary.run, "models": models}
    same = tuple(alike(one) if is_random(one) else one for one in binary.summary.results)
    found = {one.id: one for one in tables_of(replace(binary.summary, run=run, results=same))}
    heads = [line.head for line in found["table_5"].rows if line.is_chance]
    assert heads[0] == "Random map (all models)"
    assert sum(head.startswith("Random map") for head in heads) == 1
    assert sum(head.startswith("Centre prior, ") for head in heads) == 4
    # Deletion depends on the model.
    heads = [line.head for line in found["table_4"].rows if line.is_chance]
    assert sum(head.startswith("Random map, ") for head in heads) == 4


def test_chance_of_two_backbones_has_one_row_where_each_has_one_number(binary: Run) -> None:
    def alike(one: Result) -> Result:
        value = 0.25 if one.model.startswith("vgg") else 0.5
        return replace(one, value=value, low=0.2, high=0.6, n=9, undefined=0)

    same = tuple(alike(one) if one.method == "random" else one for one in binary.summary.results)
    found = tables_of(replace(binary.summary, results=same))
    table = next(one for one in found if one.id == "table_5")
    (line,) = (line for line in table.rows if line.head.startswith("Random map"))
    values = {c.group: cell.value for c, cell in zip(table.columns, line.cells, strict=True)}
    assert (line.head, values) == ("Random map (all models)", {"ResNet-50": 0.5, "VGG-16": 0.25})
