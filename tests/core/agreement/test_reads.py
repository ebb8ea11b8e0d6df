"""Which read counts of a reader who read a case again after the reveal."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from softcam_core.agreement.between import agreement_between
from softcam_core.agreement.table import Agreement, write_cases, write_rows
from softcam_core.annotations.study import Study

from .test_between import case_of, value_of

Box = Callable[..., int]


@pytest.fixture
def again(study: Study, box: Box) -> Study:
    """A and B agree at first; A then reads case 1 again and says something else."""
    for reader in ("A", "B"):
        for case, grade in ((1, "PDR"), (2, "mild")):
            read = study.start_read(case, reader, "blinded")
            box(case, reader, 5, 5, 20, 20)
            study.set_label(case, grade, reader)
            study.lock_read(read)
    read = study.start_read(1, "A", "after the reveal")
    box(1, "A", 22, 5, 30, 12, label="HE")
    study.set_label(1, "severe", "A")
    study.lock_read(read)
    return study


def numbers(found: Agreement) -> tuple[float, float]:
    same = value_of(found, "percent_agreement").value
    return same, round(value_of(found, "dice").value, 3)


def test_the_first_read_counts_as_it_was_locked(again: Study) -> None:
    found = agreement_between(again, reads="first")
    assert numbers(found) == (100.0, 1.0)
    first = case_of(found, 1)
    assert (first.lesions, first.grade, first.reads) == (1, "PDR", "first")
    assert {row.label for row in found.rows} == {None, "MA"}
    (note,) = [note for note in found.notes if note.startswith("First reads count")]
    assert "1 were followed by later ones" in note


def test_the_last_read_counts_unless_told_otherwise(again: Study) -> None:
    found = agreement_between(again)
    assert numbers(found)[0] == 50.0
    assert case_of(found, 1).grade == "severe"
    assert {row.reads for row in found.rows} == {"last"}
    assert any(note.startswith("Last reads count: 1 first reads") for note in found.notes)


def test_a_second_read_under_way_does_not_touch_the_first(again: Study, box: Box) -> None:
    again.start_read(2, "B", "after the reveal")
    box(2, "B", 1, 1, 3, 3)
    assert numbers(agreement_between(again, reads="first")) == (100.0, 1.0)


def test_who_took_everything_back_has_read_the_case_all_the_same(again: Study) -> None:
    again.start_read(2, "B", "after the reveal")
    for mark in again.annotations(2, "B"):
        again.delete_annotation(mark.id)
    again.set_label(2, "", "B")
    found = agreement_between(again, reads="first")
    assert numbers(found) == (100.0, 1.0)
    assert value_of(found, "percent_agreement").n == 2


def test_without_locked_reads_what_stands_now_counts(study: Study, box: Box) -> None:
    for reader in ("A", "B"):
        box(1, reader, 5, 5, 20, 20)
        study.start_read(1, reader, "blinded")
    first, last = (agreement_between(study, reads=reads) for reads in ("first", "last"))
    assert numbers_of(first) == numbers_of(last)
    assert first.notes == last.notes == []


def numbers_of(found: Agreement) -> list[tuple[str, float]]:
    return [(row.measure, row.value) for row in found.rows if row.value == row.value]


def test_the_saved_tables_say_which_reads_count(again: Study, tmp_path: Path) -> None:
    found = agreement_between(again, reads="first")
    write_rows(found.rows, tmp_path / "rows.csv")
    write_cases(found.cases, tmp_path / "cases.csv")
    for name in ("rows.csv", "cases.csv"):
        with (tmp_path / name).open(newline="", encoding="utf-8") as stream:
            assert {row["reads"] for row in csv.DictReader(stream)} == {"first"}


def test_another_word_is_refused(study: Study) -> None:
    with pytest.raises(ValueError, match="first, last"):
        agreement_between(study, ["A", "B"], reads="best")  # type: ignore[arg-type]
