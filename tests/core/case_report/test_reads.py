"""A report says how each read was made, and what it said when it was locked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from softcam_core.annotations.records import ReadRecord
from softcam_core.case_report.build import _reading
from softcam_core.case_report.words import Words

THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
READ = ReadRecord(1, 1, "lee", "blinded", THEN, THEN + timedelta(minutes=1), 9.0, 1, 3)


def rows(seen: datetime | None) -> list[tuple[str, ...]]:
    again = replace(READ, id=2, stage=2)
    states = (("Severe", "MA 2"), ("Moderate", "HE"))
    found = SimpleNamespace(reads=(READ, again), seen=seen, states=states)
    asked = SimpleNamespace(mode="blinded", reader="lee")
    (table,) = _reading(asked, found, Words()).tables  # type: ignore[arg-type]
    return [tuple(row) for row in table.rows]


def test_both_reads_are_told_with_grade_and_marks_and_how_they_were_made() -> None:
    first, second = rows(None)
    assert first[1] == "blinded"
    assert first[-2:] == ("Severe", "MA 2")
    assert second[1] == "after the reveal"
    assert second[-2:] == ("Moderate", "HE")


def test_a_read_after_the_model_was_seen_is_said_not_to_be_blind() -> None:
    first, _ = rows(THEN - timedelta(minutes=5))
    assert first[1].startswith("not blind: the model was seen")
