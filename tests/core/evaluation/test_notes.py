"""What was asked for and not measured is said, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from softcam_core.evaluation.metric_ids import METRICS, SLOW_METRICS
from softcam_core.evaluation.records import ImageRecord, Row, read_run, write_run
from softcam_core.evaluation.summary import summarise
from tests.core.evaluation.runs import copy_of, write_rich

USUAL = [metric for metric in METRICS if metric not in SLOW_METRICS]
OCCLUDED = "No image was occluded because none is predicted rightly by every model"
MARKS = "No image has marks that can be read"
SIGNS = "The activation consistency was not measured"


@pytest.fixture
def notes(tmp_path: Path) -> Callable[..., list[str]]:
    """Notes on a run without some rows, and with some parameters."""
    write_rich(tmp_path / "whole", images=8, models=("resnet-dense",))

    def without(*parts: str, **parameters: Any) -> list[str]:
        def bare(record: ImageRecord) -> ImageRecord:
            def stays(row: Row) -> bool:
                home = METRICS.get(row.metric)
                kind = home.kind if home else ""
                return kind not in parts and not row.metric.startswith(parts or ("none",))

            models = tuple(
                replace(model, rows=tuple(filter(stays, model.rows))) for model in record.models
            )
            return replace(record, models=models)

        folder = tmp_path / "bare"
        copy_of(tmp_path / "whole", folder, lambda records: [bare(one) for one in records])
        run = read_run(folder)
        run["parameters"] |= {"metrics": USUAL, **parameters}
        write_run(folder, run)
        found = summarise(folder, 100).notes
        return [note for note in found if note.startswith((OCCLUDED, MARKS, SIGNS))]

    return without


def test_nothing_is_said_of_what_was_measured(notes: Callable[..., list[str]]) -> None:
    assert notes() == []
    assert notes(metrics=list(METRICS)) == []


def test_no_occluded_image(notes: Callable[..., list[str]]) -> None:
    assert notes("audc", "auic") == [f"{OCCLUDED}; --deletion-images all takes all images."]
    assert notes("audc", "auic", metrics=["auic"])
    assert notes("audc", "auic", metrics=["average_drop"]) == []
    assert notes("audc", "auic", deletion_images="all") == []


def test_no_marked_image(notes: Callable[..., list[str]]) -> None:
    (note,) = notes("localization", "boxes")
    assert note == f"{MARKS}, so no map was compared with marks."
    assert notes("localization", "boxes", metrics=["pxap"]) == [note]
    assert notes("localization", "boxes", metrics=["max_box_acc", "audc"]) == [note]
    assert notes("localization", "boxes", metrics=["audc"]) == []


def test_neither_disease_nor_health(notes: Callable[..., list[str]]) -> None:
    """Said to who asks for it by name alone: many models know neither."""
    (note,) = notes("activation_consistency", metrics=["activation_consistency"])
    assert note.startswith(SIGNS)
    assert notes("activation_consistency", metrics=list(METRICS)) == [note]
    assert notes("activation_consistency") == []
    assert notes("activation_consistency", metrics=["audc"]) == []
