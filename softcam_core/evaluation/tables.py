"""The tables of a run, as the paper and the poster lay them out. Free of torch.

Tables 1 to 6 of the SoftCAM paper have a column for each backbone, the poster's have a row for each
model and method. What neither has a place for stands in two tables more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from softcam_core.evaluation.metric_ids import CONSISTENCY, METRICS
from softcam_core.evaluation.model_names import BLACK_BOX, DUAL_BRANCH, Named, named_models
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.evaluation.results import Summary, write_csv
from softcam_core.evaluation.table_poster import poster_tables
from softcam_core.evaluation.table_rows import (
    Caption,
    Source,
    by_backbone,
    cell_of,
    number_cell,
    sentences,
    shows,
    sources_by_variant,
    table,
    with_std,
)
from softcam_core.evaluation.table_types import Cell, Column, Table

FOLDER = "tables"
CHANCE = "The last rows are chance: what a method has to beat before its numbers say anything."


def tables_of(summary: Summary) -> tuple[Table, ...]:
    """Return the tables of the numbers that there are, those of the paper first."""
    return tuple(one for one in _tables(summary) if one is not None)


def write_tables(folder: Path, summary: Summary) -> None:
    """Write each table as ``tables/ID.csv``: a row a row, and for each of its columns the value,
    the ends of its interval, and how many images it comes from.

    Raises:
        EvaluationError: the folder cannot be written.
    """
    for one in summary.tables:
        names = [f"{column.group} {column.title}".strip() for column in one.columns]
        parts = ("", " low", " high", " std", " n", " undefined", " delta")
        rows: list[list[Any]] = []
        for line in one.rows:
            row: list[Any] = [line.group, line.head]
            for cell in line.cells:
                row += [cell.value, cell.low, cell.high, cell.std]
                row += [cell.n, cell.undefined, cell.delta]
            rows.append(row)
        head = ["group", "row", *(name + part for name in names for part in parts)]
        write_csv(folder / FOLDER / f"{one.id}.csv", head, rows)


def _tables(summary: Summary) -> Iterator[Table | None]:
    models = named_models(summary.run["models"])
    sources = sources_by_variant(summary)
    yield _table_1(summary, models)
    yield from _tables_2_and_3(summary, models, sources)
    yield _table_4(summary, models, sources)
    yield _by_backbone(
        summary,
        sources,
        ("table_5", "Activation precision and sensitivity"),
        lambda made: sentences(
            _marked(summary),
            "AP, activation precision: share of the map on the marks." * shows(made, "AP"),
            "AS, activation sensitivity: how strongly the map covers the marks."
            * shows(made, "AS"),
            _chance(made),
            "Layout of Table 5 of the SoftCAM paper.",
        ),
        (_column("AP", "activation_precision"), _column("AS", "activation_sensitivity")),
    )
    yield _table_6(summary, models, sources)
    yield from poster_tables(summary)
    yield _sanity(summary, sources)
    yield _by_backbone(
        summary,
        sources,
        ("maps", "Other numbers of the maps"),
        lambda made: sentences(
            _marked(summary) if any(c.metric != "auic" for c in made.columns) else "",
            f"AUIC: area under the insertion curve, {_kept(summary)}" * shows(made, "auic"),
            _chance(made),
        ),
        (
            *(_column("Pointing game", "pointing_game"), _column("Mean IoU", "mean_iou")),
            *(_column("MaxBoxAcc", "max_box_acc", 2), _column("AUIC", "auic")),
        ),
    )
    yield _classification(summary, models)


def _by_backbone(
    summary: Summary,
    sources: Sequence[Source],
    name: tuple[str, str],
    caption: Caption,
    specs: Sequence[Column],
) -> Table | None:
    return table(*name, caption, *by_backbone(summary, sources, specs))


def _table_1(summary: Summary, models: Sequence[Named]) -> Table | None:
    several = len({model.classes > 2 for model in models}) > 1
    columns: list[Column] = []
    for many, group, second in ((False, "Two classes", "AUC"), (True, "More classes", "κ")):
        if any((model.classes > 2) == many for model in models):
            metric = "kappa" if many else "auc"
            columns += [
                replace(_column("Acc.", "accuracy"), group=group if several else ""),
                replace(_column(second, metric), group=group if several else ""),
            ]
    rows = []
    for model in models:
        cells = [
            cell_of(summary.result(model.name, NO_METHOD, column.metric), column)
            if not several or (model.classes > 2) == (column.group == "More classes")
            else Cell()
            for column in columns
        ]
        rows.append((_model_source(model), cells))

    def caption(made: Table) -> str:
        sure = any(cell.interval for line in made.rows for cell in line.cells)
        return sentences(
            f"Classification of the labelled images{', with 95% intervals' if sure else ''}.",
            "* SoftCAM models." * any(line.head.endswith("*") for line in made.rows),
            "κ: quadratic kappa." * shows(made, "κ"),
            "Layout of Table 1 of the SoftCAM paper.",
        )

    return table("table_1", "Classification", caption, columns, rows)


def _tables_2_and_3(
    summary: Summary, models: Sequence[Named], sources: Sequence[Source]
) -> Iterator[Table | None]:
    columns = [_column("r+", CONSISTENCY[0], 2), _column("r−", CONSISTENCY[1], 2)]
    for n, arch in enumerate(dict.fromkeys(model.arch for model in models)):
        rows = []
        # The paper has the evidence of the models alone, which is their prediction.
        for source in sorted(sources, key=lambda s: (s.kind == "chance", s.kind != "evidence")):
            if arch not in source.of:
                continue
            found = [summary.result(*source.of[arch], column.metric) for column in columns]
            cells = [
                cell if one is None else with_std(cell, one.std, column.digits)
                for one, column in zip(found, columns, strict=True)
                for cell in (cell_of(one, column),)
            ]
            rows.append((source, cells))
        disease = summary.run["parameters"].get("disease") or "class 1"

        def caption(made: Table, disease: str = disease) -> str:
            return sentences(
                f"r+: share of cells that speak for the disease ({disease}) on images with it."
                * shows(made, "r+"),
                "r−: share of cells that speak against it on healthy images." * shows(made, "r−"),
                "Mean ± standard deviation over images.",
                _chance(made),
                "Layout of Tables 2 and 3 of the SoftCAM paper.",
            )

        id_ = ("table_2", "table_3")[n] if n < 2 else f"table_3_{n}"
        yield table(id_, f"Activation consistency, {arch}", caption, columns, rows)


def _table_4(summary: Summary, models: Sequence[Named], sources: Sequence[Source]) -> Table | None:
    k = summary.run["parameters"]["k"]
    many = all(model.classes > 2 for model in models)
    if many and not any(one.metric == "topk_localization_precision" for one in summary.results):
        return None  # Table 6 has the rest.

    def caption(made: Table) -> str:
        return sentences(
            (
                f"Top: share of the {k} highest patches that meet a mark, over the "
                f"{summary.counts['marked']} images with marks."
            )
            * shows(made, "Top"),
            (
                "Del: area under the deletion curve, relative to the untouched image; "
                f"{_kept(summary)}"
            )
            * shows(made, "Del"),
            _chance(made),
            "Layout of Table 4 of the SoftCAM paper.",
        )

    columns = (
        _column("Top", "topk_localization_precision"),
        _column("Del", "audc"),
    )
    metrics = {one.metric for one in summary.results if one.metric in ("audc", columns[0].metric)}
    title = "Top-k localization precision and deletion"
    if len(metrics) == 1:
        title = "Deletion" if "audc" in metrics else "Top-k localization precision"
    return _by_backbone(summary, sources, ("table_4", title), caption, columns)


def _table_6(summary: Summary, models: Sequence[Named], sources: Sequence[Source]) -> Table | None:
    many = {model.name for model in models if model.classes > 2}
    some = [
        replace(source, of={a: place for a, place in source.of.items() if place[0] in many})
        for source in sources
    ]

    def caption(made: Table) -> str:
        return sentences(
            f"Area under the deletion curve of models with more than two classes; {_kept(summary)}",
            _chance(made),
            "Layout of Table 6 of the SoftCAM paper.",
        )

    name = "table_6", "Area under the deletion curve, more than two classes"
    return _by_backbone(summary, some, name, caption, (_column("AUDC", "audc"),))


def _sanity(summary: Summary, sources: Sequence[Source]) -> Table | None:
    first = {
        (line["model"], line["method"]): line for line in summary.curves.get("randomization", [])
    }

    def cell(model: str, method: str, column: Column) -> Cell:
        if column.metric:
            return cell_of(summary.result(model, method, column.metric), column)
        line = first.get((model, method))
        if line is None:
            return Cell()
        return number_cell(line["mean"][0], column, line["low"][0], line["high"][0], line["n"])

    columns = (
        _column("Head drawn", "", better="low"),
        _column("All drawn", "model_randomization"),
    )

    def caption(_made: Table) -> str:
        return (
            "Spearman's rank correlation of a map with that of the trained model after the weights "
            "of the head, and of all layers from the head backwards, are drawn anew: a method "
            "whose maps stay the same explains the image and not the model."
        )

    made = by_backbone(summary, sources, columns, cell)
    return table("sanity", "Similarity after randomization", caption, *made)


def _classification(summary: Summary, models: Sequence[Named]) -> Table | None:
    columns = [
        *(_column("Acc.", "accuracy"), _column("AUC", "auc"), _column("κ", "kappa")),
        _column("Sensitivity", "sensitivity"),
        _column("Specificity", "specificity"),
        _column("Calibration error", "calibration_error"),
    ]
    rows = [
        (
            _model_source(model),
            [cell_of(summary.result(model.name, NO_METHOD, c.metric), c) for c in columns],
        )
        for model in models
    ]

    def caption(made: Table) -> str:
        many = {model.classes > 2 for model in models}
        return sentences(
            "Of two classes: class 1 against class 0." * (False in many),
            "Of more than two classes: the mean over classes, each against the rest."
            * (True in many),
            "κ: quadratic kappa." * shows(made, "κ"),
        )

    return table("classification", "All numbers of the predictions", caption, columns, rows)


def _column(title: str, metric: str, digits: int = 3, better: str = "") -> Column:
    known = METRICS.get(metric)
    if metric in CONSISTENCY:
        known = METRICS["activation_consistency"]
    if known is None:
        return Column("", title, better, "", metric, digits)
    return Column("", title, known.better, known.unit, metric, digits)


def _model_source(model: Named) -> Source:
    """Return the row of a model, named as the paper does."""
    if model.variant == BLACK_BOX:
        head = model.arch + model.label.removeprefix(BLACK_BOX)
    elif model.variant == DUAL_BRANCH:
        head = f"{model.arch}, {model.label}"
    else:
        head = f"{model.variant} {model.arch}*" + model.label.removeprefix(model.variant)
    return Source("", head, "model", {model.arch: (model.name, NO_METHOD)})


def _chance(made: Table) -> str:
    return CHANCE if any(line.is_chance for line in made.rows) else ""


def _marked(summary: Summary) -> str:
    return f"Over the {summary.counts['marked']} images with marks."


def _kept(summary: Summary) -> str:
    counts = summary.counts
    if summary.run["parameters"]["deletion_images"] != "correct":
        return f"over {counts['deletion']} of {counts['measured']} images."
    return (
        f"over the {counts['deletion']} images that every model gets right, of "
        f"{counts['classified']} with a label."
    )
