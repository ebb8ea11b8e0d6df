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
    sentences,
    shows,
    sources_by_backbone,
    table,
    with_delta,
)
from softcam_core.evaluation.table_types import Cell, Column, Table

DELTA = (
    "Numbers with a sign: what the dual branch adds to the same method on the softmax head alone. "
    "Square brackets: 95% intervals."
)
ENOUGH = 20
"""Images from which on times are compared in percent."""
TIME = "Map of an image"


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

    def caption(made: Table) -> str:
        boxes = [title for title in ("Top-1 Loc", "GT-known") if shows(made, title)]
        box = f"{' and '.join(boxes)}: one box at {threshold:g} of the map's maximum, IoU 0.5."
        return sentences(
            "Weakly supervised localization.",
            "Top-1 Cls: accuracy over all labelled images." * shows(made, "Top-1 Cls"),
            box if boxes else "",
            "MaxBoxAccV2: mean over IoU 0.3, 0.5 and 0.7, each at its best threshold."
            * shows(made, "MaxBoxAccV2"),
            _deltas(made),
            "Layout of the dual-branch poster.",
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

    def caption(made: Table) -> str:
        return sentences(
            "What is left of the confidence in the predicted class when the image is seen through "
            "its map.",
            "Branch: confidence of the sigmoid branch, as released."
            * any(shows(made, metric) for metric in BRANCH),
            _deltas(made),
            "Layout of the dual-branch poster.",
        )

    return table("fidelity", "Explanation fidelity", caption, columns, rows)


def _overhead(summary: Summary, models: Sequence[Named]) -> Table | None:
    columns = [
        Column("", "Training", "", "h", digits=2),
        Column("", TIME, "", "ms", digits=1),
        Column("", "Parameters", "", "M", digits=2),
    ]
    rows = []
    for source, model, method in sources_by_backbone(models, chance=False):
        cells = _costs(summary, models, model, method, columns)
        partner = partner_of(model, models)
        if partner is not None:
            base = _costs(summary, models, partner, method, columns)
            cells = [
                with_delta(cell, other, column.digits, share=_are_apart(cell, other))
                for cell, other, column in zip(cells, base, columns, strict=True)
            ]
        rows.append((source, cells))

    def caption(made: Table) -> str:
        dual = any(model.variant == DUAL_BRANCH for model in models)
        added = any(cell.delta_text for line in made.rows for cell in line.cells)
        return sentences(
            (
                "Training: hours of the training run"
                f"{', and for a dual branch those of the network that it is put on' * dual}."
            )
            * shows(made, "Training"),
            (
                "Map of an image: the model's pass and one map, median over images with its 95% "
                f"interval in square brackets, on {summary.run['device']}; measured during the "
                "run, so that other work on the machine counts."
            )
            * shows(made, TIME),
            (
                "Numbers with a sign: what is added to the black box"
                f"{', or without one to the SoftCAM model' * dual}; times in percent too where "
                f"their intervals are apart and there are {ENOUGH} images."
            )
            * added,
            "Layout of the dual-branch poster.",
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
        taken = number_cell(1000 * found.median, inference, *ends, found.n)
    size = described[model.name]["parameters"] / 1e6
    return [number_cell(hours, training), taken, number_cell(size, parameters)]


def _hours(given: float | None) -> float:
    return math.nan if given is None else float(given)


def _are_apart(cell: Cell, other: Cell) -> bool:
    """Whether a change in percent says something: of exact numbers, and of times that differ."""
    if cell.n == other.n == 0:
        return True
    return min(cell.n, other.n) >= ENOUGH and (cell.low > other.high or cell.high < other.low)


def _deltas(made: Table) -> str:
    return DELTA if any(cell.delta_text for line in made.rows for cell in line.cells) else ""
