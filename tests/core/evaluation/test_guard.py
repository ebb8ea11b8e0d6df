"""Tables are safe in a spreadsheet, and their names are the same in all of them."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from softcam_core.evaluation.guard import guarded, unguarded
from softcam_core.evaluation.records import ImageRecord, read_records, read_run
from softcam_core.evaluation.results import write_results
from softcam_core.evaluation.summary import summarise
from tests.core.evaluation.runs import write_records, write_rich

NAME = "=1+1"


@given(st.text(alphabet="=+-@\t\r'a", max_size=5))
@example("'=a")
@example("'-")
def test_guard_comes_off_again(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert len(cell) < 2 or cell[0] not in "=+-@\t\r"


def test_names_join_the_results_and_the_images(tmp_path: Path) -> None:
    write_rich(tmp_path / "plain", images=8, models=("resnet-dense",))
    run = read_run(tmp_path / "plain")
    run["models"][0]["name"] = NAME
    run["models"][0]["classes"][1] = "-ill"

    def named(record: ImageRecord) -> ImageRecord:
        models = [
            replace(
                model,
                model=NAME,
                predicted="-ill",
                rows=tuple(
                    row._replace(class_="-ill", note=row.note and f"@{row.note}")
                    for row in model.rows
                ),
            )
            for model in record.models
        ]
        label = "-ill" if record.label == "pneumonia" else record.label
        return replace(record, image=f"@{record.image}", label=label, models=tuple(models))

    folder = tmp_path / "named"
    write_records(folder, run, [named(one) for one in read_records(tmp_path / "plain")])
    write_results(folder, summarise(folder, 100))
    with (folder / "per_image.csv").open(newline="") as stream:
        images = list(csv.DictReader(stream))
    with (folder / "results.csv").open(newline="") as stream:
        results = list(csv.DictReader(stream))
    assert {row["model"] for row in images} == {row["model"] for row in results} == {"'=1+1"}
    for row in images:
        for column, text in row.items():
            if column not in ("value", "method"):
                assert not text.startswith(("=", "+", "-", "@")), column
    assert {row["class"] for row in images} == {"'-ill"}
    assert {row["predicted"] for row in images} == {"'-ill"}
    assert "'-ill" in {row["label"] for row in images}
    assert any(row["note"] == "'@The map is constant." for row in images)
