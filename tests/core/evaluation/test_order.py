"""A table whose rows are shuffled is the same data: nothing but the numbers of rows changes."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from softcam_core.evaluation.plan import Options, Plan
from softcam_core.evaluation.results import Summary
from softcam_core.evaluation.run import evaluate
from softcam_core.evaluation.summary import summarise
from tests.core.evaluation.tiny import tiny_model, write_images, write_table


def test_shuffled_table_gives_the_same_numbers_and_intervals(tmp_path: Path) -> None:
    model = tiny_model(tmp_path / "model.safetensors")
    table = write_table(tmp_path / "labels.csv", write_images(tmp_path / "images", 8))
    with table.open(newline="") as stream:
        head, *rows = csv.reader(stream)
    random.Random(3).shuffle(rows)
    shuffled = tmp_path / "shuffled.csv"
    with shuffled.open("w", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])

    def summary(data: Path) -> Summary:
        options = Options(deletion_images="all", k=3, resamples=200)
        plan = Plan(
            (model,), data, tmp_path / data.stem, ("evidence",), device="cpu", options=options
        )
        evaluate(plan)
        return summarise(plan.out)

    before, after = (summary(data).plain() for data in (table, shuffled))
    assert before["counts"]["by_patient"]
    assert any(one["interval"] == "bootstrap by patient" for one in before["results"])
    for part in ("results", "differences", "curves"):
        assert before[part] == after[part], part
