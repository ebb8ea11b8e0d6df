"""The poster's tables: localization, fidelity and overhead, model by model. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from softcam_core.evaluation.metric_ids import BRANCH, METRICS
from softcam_core.evaluation.model_names import DUAL_BRANCH, Named, named_models, partner_of
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.evaluation.results import Summary
from softcam_core.evaluation.table_rows import (
    cell_of,
    number_cell,
    sources_by_backbone,
    table,
    with_delta,
)
from softcam_core.evaluation.table_types import Cell, Column, Table

DELTA = "In brackets: what the dual branch adds to the same method on the softmax head alone."


def poster_tables(summary: Summary) -> Iterator[Table | None]:
    """Yield localization, fidelity and overhead."""
    models = named_models(summary.run["models"])
    yield _localization(summary, models)
    yield _fidelity(summary, models)
    yield _overhead(summary, models)


def _localization(summary: Summary, models: Sequence[Named]) -> Table | None:
    classified = Column("", "Top-1 Cls", "", "%", "accuracy", 2)
    columns = [
        classified,
        *(
            Column("", title, METRICS[metric].better, "%", metric, 2)
            for title, metric in (
                ("Top-1 Loc", "top1_localization"),
                ("GT-known", "gt_known_localization"),
                ("MaxBoxAccV2", "max_box_acc_v2"),
                ("PxAP", "pxap"),
            )
        ),
    ]
    rows = []
    for source, model, method in sources_by_backbone(models):
        accuracy = summary.result(model.name, NO_METHOD, "accuracy")
        cells = [cell_of(accuracy, classified, 100.0)]
        cells += _with_deltas(summary, models, model, method, columns[1:])
        rows.append((source, cells))
    threshold = summary.run["parameters"]["box_threshold"]
    caption = (
        "Weakly supervised localization. Top-1 Cls: accuracy over all labelled images. Top-1 Loc "
        f"and GT-known: one box at {threshold:g} of the map's maximum, IoU 0.5. MaxBoxAccV2: mean "
        f"over IoU 0.3, 0.5 and 0.7, each at its best threshold. {_of_dual(models)}"
        "Layout of the dual-branch poster."
    )
    return table("localization", "Localization", caption, columns, rows, context=1)


def _fidelity(summary: Summary, models: Sequence[Named]) -> Table | None:
    columns = [
        Column("", "Average drop", "low", "%", "average_drop", 2),
        Column("", "Increase in confidence", "high", "%", "increase_in_confidence", 2),
        Column("", "Average drop, branch", "low", "%", BRANCH[0], 2),
        Column("", "Increase, branch", "high", "%", BRANCH[1], 2),
    ]
    rows = [
        (source, _with_deltas(summary, models, model, method, columns))
        for source, model, method in sources_by_backbone(models)
    ]
    branch = ""
    if any(one.metric in BRANCH for one in summary.results):
        branch = "Branch: confidence of the sigmoid branch, as released. "
    caption = (
        "What is left of the confidence in the predicted class when the image is seen through its "
        f"map. {branch}{_of_dual(models)}Layout of the dual-branch poster."
    )
    return table("fidelity", "Explanation fidelity", caption, columns, rows)


def _overhead(summary: Summary, models: Sequence[Named]) -> Table | None:
    columns = [
        Column("", "Training", "", "h", digits=2),
        Column("", "Map of an image", "", "ms", digits=1),
        Column("", "Parameters", "", "M", digits=2),
    ]
    rows = []
    for source, model, method in sources_by_backbone(models, chance=False):
        cells = _costs(summary, models, model, method, columns)
        partner = partner_of(model, models)
        if partner is not None:
            base = _costs(summary, models, partner, method, columns)
            cells = [
                with_delta(cell, other, column.digits, share=True)
                for cell, other, column in zip(cells, base, columns, strict=True)
            ]
        rows.append((source, cells))
    caption = (
        "Training: hours of the training run, and for a dual branch those of the network that it "
        "is put on. Map of an image: the model's pass and one map, on "
        f"{summary.run['device']}. In brackets: what is added to the black box (of a dual branch, "
        "without one, to the SoftCAM model). Layout of the dual-branch poster."
    )
    return table("overhead", "Computational overhead", caption, columns, rows)


def _with_deltas(
    summary: Summary,
    models: Sequence[Named],
    model: Named,
    method: str,
    columns: Sequence[Column],
) -> list[Cell]:
    """Return a row's cells; of a dual branch with what it adds to the method on its partner."""
    cells = [cell_of(summary.result(model.name, method, c.metric), c) for c in columns]
    partner = partner_of(model, models) if model.variant == DUAL_BRANCH else None
    if partner is None:
        return cells
    base = [cell_of(summary.result(partner.name, method, c.metric), c) for c in columns]
    return [
        with_delta(cell, other, column.digits)
        for cell, other, column in zip(cells, base, columns, strict=True)
    ]


def _costs(
    summary: Summary, models: Sequence[Named], model: Named, method: str, columns: Sequence[Column]
) -> list[Cell]:
    training, inference, parameters = columns
    described = {one["name"]: one for one in summary.run["models"]}
    hours = _hours(described[model.name]["training_hours"])
    partner = partner_of(model, models)
    if model.variant == DUAL_BRANCH and partner is not None:
        hours += _hours(described[partner.name]["training_hours"] or 0.0)
    found = next((t for t in summary.timing if (t.model, t.method) == (model.name, method)), None)
    taken = Cell()
    if found is not None:
        ends = 1000 * found.low, 1000 * found.high
        taken = number_cell(1000 * found.mean, inference, *ends, found.n)
    size = described[model.name]["parameters"] / 1e6
    return [number_cell(hours, training), taken, number_cell(size, parameters)]


def _hours(given: float | None) -> float:
    return math.nan if given is None else float(given)


def _of_dual(models: Sequence[Named]) -> str:
    with_partner = any(
        model.variant == DUAL_BRANCH and partner_of(model, models) is not None for model in models
    )
    return f"{DELTA} " if with_partner else ""
