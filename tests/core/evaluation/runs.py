"""Finished runs with all that can happen in one, made of the sample's drawn numbers."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from softcam_core.evaluation.metric_ids import BASELINES
from softcam_core.evaluation.records import (
    PREDICTION,
    ImageRecord,
    ModelRecord,
    Recorder,
    Row,
    read_records,
    read_run,
    write_per_image,
    write_run,
)
from tests.core.evaluation.sample import write_sample

STAGES = ["head", "layer4", "conv1"]
BINARY = ("normal", "pneumonia")
FOUR = ("normal", "drusen", "dme", "cnv")
DESCRIBED: dict[str, dict[str, Any]] = {
    "resnet-blackbox": {"arch": "resnet50", "head": "blackbox", "training_hours": None},
    "resnet-dense": {"arch": "resnet50", "head": "softcam", "training_hours": 1.5},
    "resnet-sparse": {"arch": "resnet50", "head": "softcam", "l1": 5e-5, "training_hours": 2.0},
    "resnet-ridge": {"arch": "resnet50", "head": "softcam", "l1": 0.0, "l2": 7e-5},
    "vgg-blackbox": {"arch": "vgg16", "head": "blackbox", "training_hours": 17.67},
    "vgg-dense": {"arch": "vgg16", "head": "softcam", "training_hours": 18.0},
    "vgg-dual-blackbox": {"arch": "vgg16", "head": "dual-branch", "training_hours": 3.2},
}
Change = Callable[[ImageRecord], ImageRecord]


def write_rich(
    folder: Path,
    images: int = 30,
    classes: tuple[str, ...] = BINARY,
    models: tuple[str, ...] = tuple(DESCRIBED),
    change: Change | None = None,
    seed: int = 3,
) -> None:
    """Write a run with undefined values of every kind, and ``per_image.csv``.

    ``change`` is applied to every record at last.
    """
    drawn = folder / "drawn"
    run = write_sample(drawn, images, seed, classes, models)
    for model in run["models"]:
        model |= DESCRIBED[model["name"]]
        model["l2"] = model.get("l2", 0.0)
    records = [_rich(record) for record in read_records(drawn)]
    write_records(folder, run, [change(record) if change else record for record in records])


def write_records(folder: Path, run: dict[str, Any], records: list[ImageRecord]) -> None:
    """Write a run of these records, and ``per_image.csv``."""
    write_run(folder, run)
    recorder = Recorder(folder)
    for record in records:
        recorder.add(record)
    recorder.close()
    write_per_image(folder)


def copy_of(
    folder: Path, to: Path, change: Callable[[list[ImageRecord]], list[ImageRecord]]
) -> None:
    """Write the run of ``folder`` to another one, with its records changed."""
    write_records(to, read_run(folder), change(list(read_records(folder))))


def own_patients(record: ImageRecord) -> ImageRecord:
    """Give each image a patient of its own."""
    return replace(record, patient=record.index)


def _rich(record: ImageRecord) -> ImageRecord:
    label = {4: "", 13: "unknown"}.get(record.index, record.label)
    models = tuple(
        _model(model, record.index, bool(label == record.label)) for model in record.models
    )
    problems = ("Row 9: the mask is of another size.",) if record.index == 9 else ()
    return replace(record, label=label, models=models, problems=problems)


def _model(model: ModelRecord, index: int, labelled: bool) -> ModelRecord:
    rng = np.random.default_rng([index, *model.model.encode()])
    rows: list[Row] = []
    for row in model.rows:
        if row.metric == PREDICTION and not labelled:
            row = row._replace(value=math.nan, note="No label.")
        elif row.metric == "pxap" and index % 5 == 2:
            row = row._replace(value=math.nan, note="Nothing is marked there.")
        elif row.method != "-" and (index + len(row.metric) + len(row.method)) % 7 == 0:
            row = row._replace(value=math.nan, note="The map is constant.", detail=None)
        elif row.metric == "audc" and index == 3:
            held = [*row.detail["curve"][:13], *[row.detail["curve"][12]] * 18]
            row = row._replace(detail={**row.detail, "curve": held, "used": 12})
        if row.metric in ("average_drop", "increase_in_confidence") and "dual" in model.model:
            value = float(rng.uniform(0, 100)) if row.metric == "average_drop" else 100.0
            rows.append(row._replace(metric=f"{row.metric}_branch", value=value))
        rows.append(row)
    if index < 8:
        for method in dict.fromkeys(row.method for row in model.rows):
            if method == "-" or method in BASELINES:
                continue
            values: list[float | None] = rng.uniform(-0.2, 1, len(STAGES)).tolist()
            if index == 5:
                values[-1] = None
            last = math.nan if values[-1] is None else values[-1]
            detail = {"stages": STAGES, "similarity": values}
            rows.append(Row(method, "normal", "model_randomization", last, "", detail))
    return replace(model, rows=tuple(rows))


def plain(folder: Path) -> dict[str, Any]:
    """Return ``run.json``."""
    return dict(json.loads((folder / "run.json").read_text(encoding="utf-8")))
