"""What of the audit log a reader sees who has cases to read, and what it calls a read."""

import csv
import json
from datetime import timedelta

import pytest

from softcam_core.annotations.audit import LEFT_OUT, audit_rows, write_audit
from softcam_core.annotations.happened import Happened
from softcam_core.annotations.protocol import Protocol, hidden_cases, set_protocol
from softcam_core.annotations.seen import AFTER_REVEAL, MODEL_SEEN, NOT_BLIND, read_as


@pytest.fixture
def shared(study, case):
    """A case that anna has read and marked, and bob has not, under the blinded protocol."""
    study.add_annotation(case, "box", [[1, 2], [5, 6]], "NV", "anna")
    study.set_label(case, "severe", "anna")
    study.log("model revealed", "anna", case, model="oracle")
    study.log("evaluation run", "anna", None, marks="anna")
    study.add_annotation(case, "point", [[3, 3]], "mine", "bob")
    set_protocol(study, Protocol("blinded"), "head")
    return study


@pytest.mark.parametrize("kind", ["csv", "json", "list"])
def test_a_blinded_reader_has_only_own_rows_of_hidden_cases(shared, case, tmp_path, kind):
    path = tmp_path / "audit"
    left = write_audit(shared, path, kind, viewer="bob")
    text = path.read_text("utf-8")
    assert left == 4
    assert not {"NV", "severe", "oracle", "anna"} & set(text.replace('"', " ").split())
    assert "anna" not in text
    assert "mine" in text
    assert "protocol changed" in text
    assert "rows: 4" in text
    if kind == "list":
        assert json.loads(text)[-1]["what"] == LEFT_OUT
    if kind == "csv":
        assert list(csv.DictReader(text.splitlines()))[-1]["what"] == LEFT_OUT


def test_the_owner_and_who_has_read_all_have_the_whole_log(shared, case, tmp_path):
    whole = [row.number for row in audit_rows(shared)]
    assert write_audit(shared, tmp_path / "a.csv") == 0
    shared.lock_read(shared.start_read(case, "bob", "blinded"))
    assert hidden_cases(shared, "bob") == set()
    assert write_audit(shared, tmp_path / "b.csv", viewer="bob") == 0
    text = (tmp_path / "b.csv").read_text("utf-8")
    assert "severe" in text
    assert len(list(audit_rows(shared))) == len(whole) + 2


def test_a_read_after_the_model_was_seen_is_not_called_blinded(study, case):
    study.log(MODEL_SEEN, "bob", case)
    read = study.start_read(case, "bob", "blinded")
    study.lock_read(read)
    other = study.start_read(case, "anna", "blinded")
    started, locked, others = (e for e in study.events() if e.what.startswith("read "))
    seen = study.events(MODEL_SEEN)[0].time
    for event in (started, locked):
        assert event.detail["mode"] == NOT_BLIND
        assert event.detail["protocol"] == "blinded"
        assert event.detail["model_seen"] == seen.isoformat()
    assert others.detail == {"read": other, "mode": "blinded", "stage": 1}
    (stored,) = study.reads(case, "bob")
    assert read_as(stored, seen) == NOT_BLIND
    assert read_as(stored, None) == "blinded"
    study.start_read(case, "bob", "blinded")
    assert read_as(study.reads(case, "bob")[1], None) == AFTER_REVEAL


def test_events_stored_late_stand_in_the_log_at_their_time(study, case):
    study.log("first", "bob", case)
    study.log("last", "bob", case)
    first = study.events("first")[0].time
    early = Happened(first - timedelta(hours=1), MODEL_SEEN, "bob", case, {"place": "image"})
    study.log_all([early, early._replace(case=case + 1000, what="of no case")])
    rows = [(row.what, row.time) for row in audit_rows(study) if row.source == "event"]
    assert [what for what, _ in rows][:3] == [MODEL_SEEN, "first", "last"]
    assert rows[0][1] == early.time
    assert not study.events("of no case")
    read = study.start_read(case, "bob", "blinded")
    (started,) = study.events("read started")
    assert (started.detail["read"], started.detail["mode"]) == (read, NOT_BLIND)
