"""The audit log: who did what when, before and after, and nothing about this computer."""

import csv
import json
import shutil
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from softcam_core.annotations.audit import audit_rows, write_audit
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study
from softcam_core.annotations.words import state_in_words
from softcam_core.errors import StudyError
from softcam_core.phantoms.cxr import cxr
from softcam_core.phantoms.dicom import write_dicom
from tests.core.annotations.past_studies import make_images


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_the_log_says_who_did_what_when_before_and_after(study, case, tmp_path):
    set_protocol(study, Protocol("blinded", seed=3), "a")
    read = study.start_read(case, "a", "blinded")
    ann = study.add_annotation(case, "box", [[1, 2], [5.5, 6]], "MA", "a")
    study.update_annotation(ann, label="HE", attributes={"certainty": "probable"})
    study.set_label(case, "mild", "b")
    study.undo("a")
    study.delete_annotation(ann)
    study.lock_read(read, 12.5)
    write_audit(study, tmp_path / "audit.csv")
    rows = table(tmp_path / "audit.csv")
    box = "box MA from (1, 2) to (5.5, 6)"
    probable = "box HE from (1, 2) to (5.5, 6); certainty: probable"
    columns = ("reader", "what", "image", "mark", "step", "before", "after")
    mark = str(ann)
    assert [tuple(row[name] for name in columns) for row in rows] == [
        (
            *("a", "protocol changed", "", "", "", ""),
            "before: none; after: {mode: blinded, order: fixed, seed: 3}",
        ),
        ("a", "read started", "eye.png", "", "", "", "read: 1; mode: blinded; stage: 1"),
        ("a", "add", "eye.png", mark, "Add box MA", "", box),
        ("a", "update", "eye.png", mark, "Relabel box MA to HE", box, probable),
        ("b", "grade", "eye.png", "", "Grade mild", "", "grade mild"),
        ("a", "undo", "eye.png", mark, "Relabel box MA to HE", probable, box),
        ("a", "delete", "eye.png", mark, "Delete box MA", box, ""),
        (
            *("a", "read locked", "eye.png", "", "", ""),
            "read: 1; mode: blinded; stage: 1; grade: none; marks: 0; active_seconds: 12.5; "
            "edit: 5",
        ),
    ]
    times = [row["time"] for row in rows]
    assert times == sorted(times)
    assert times[2] == study.edits()[0].time.isoformat()
    write_audit(study, tmp_path / "audit.json", "json")
    objects = lines(tmp_path / "audit.json")
    assert [row["after"] for row in objects] == [row["after"] for row in rows]
    assert objects[3]["before_state"]["points"] == [[1, 2], [5.5, 6]]
    assert objects[3]["after_state"]["attributes"] == {"certainty": "probable"}
    assert objects[0]["after_state"]["after"]["seed"] == 3


def test_reads_from_before_there_were_events_are_in_it(tmp_path):
    make_images(tmp_path)
    data = Path(__file__).with_name("data") / "study-v1.softcam"
    with Study.open(shutil.copy(data, tmp_path)) as study:
        rows = list(audit_rows(study))
        assert len(rows) == 21 + 3
        reads = [(r.what, r.reader, r.image, r.after) for r in rows if r.source == "read"]
        assert reads == [
            ("read started", "Müller", "eye-1.png", "read: 1; mode: blinded; stage: 1"),
            (
                *("read locked", "Müller", "eye-1.png"),
                "read: 1; mode: blinded; stage: 1; active_seconds: 61.25; edit: 12",
            ),
            ("read started", "reader-1", "eye-2.png", "read: 2; mode: open; stage: 1"),
        ]
        assert [row.time for row in rows] == sorted(row.time for row in rows)
        study.lock_read(2)
        assert [r.what for r in audit_rows(study)][-1] == "read locked"


def test_no_folder_and_no_patient_gets_out(tmp_path):
    folder = tmp_path / "Secret^Folder" / "images"
    (folder / "left").mkdir(parents=True)
    for name in ("one.dcm", "left/two.dcm"):
        write_dicom(cxr("normal", 1, 128), folder / name, "PHANTOM^SECRET")
    with Study.open(tmp_path / "s.softcam") as study:
        one, two = study.add_cases([folder / "one.dcm", folder / "left" / "two.dcm"])
        study.add_annotation(one, "point", [3, 3], "MA", "a")
        study.set_label(two, "mild", "a")
        study.log(
            "import",
            "a",
            two,
            file=str(folder / "masks.json"),
            windows=r"C:\Users\secret\masks.json",
            note=f"read from {folder}/masks.json and C:\\Users\\secret\\more.json",
            files=[str(folder / "more.json"), "relative/kept.json"],
            PatientName="PHANTOM^SECRET",
            blanks="opened /home/secret Jane/pics/x.png and C:\\Users\\secret Jane\\a.png",
            folder="/home/secret",
            share=["\\\\secret\\Jane\\x", "on \\\\secret\\Jane\\x", "file:///home/secret/x.png"],
            source={"patient_id": 987654321, "format": "coco", "/home/secret/x.png": 3},
        )
        for kind in ("csv", "json"):
            write_audit(study, tmp_path / f"audit.{kind}", kind)
            text = (tmp_path / f"audit.{kind}").read_text("utf-8")
            for secret in (
                str(tmp_path),
                "Secret",
                "secret",
                "SECRET",
                "Users",
                "Jane",
                "PHANTOM",
                "987654321",
            ):
                assert secret not in text, secret
            for kept in ("one.dcm", "left/two.dcm", "masks.json", "relative/kept.json", "coco"):
                assert kept in text
        write_audit(study, tmp_path / "all.json", "json", keep_identity=True)
        text = (tmp_path / "all.json").read_text("utf-8")
        assert "PHANTOM^SECRET" in text
        assert str(folder / "one.dcm") in text


def test_every_change_reads_differently():
    base = {"kind": "freehand", "label": "MA", "angle": 0.0, "attributes": {}, "mask": None}
    outline = [[float(i), float(i % 7)] for i in range(30)]
    moved = [*outline[:10], [10.0, 3.01], *outline[11:]]
    states = [
        {**base, "points": outline},
        {**base, "points": moved},
        {**base, "points": outline[:4]},
        {**base, "points": outline, "label": "HE"},
        {**base, "points": outline, "attributes": {"note": "x"}},
        {**base, "kind": "mask", "points": [[1, 1], [5, 5]], "mask": "0" * 64},
        {**base, "kind": "mask", "points": [[1, 1], [5, 5]], "mask": "1" * 64},
        {**base, "kind": "ellipse", "points": [[1, 1], [5, 4]]},
        {**base, "kind": "ellipse", "points": [[1, 1], [5, 4]], "angle": 10.0},
        {**base, "kind": "point", "points": [[1, 1]]},
        {**base, "kind": "length", "points": [[1, 1], [5, 4]]},
        {**base, "kind": "angle", "points": [[1, 1], [5, 4], [6, 6]]},
        {**base, "kind": "spline", "points": [[1, 1], [5, 4], [6, 6]]},
        {"label": "mild"},
        None,
    ]
    words = [state_in_words(state) for state in states]
    assert len(set(words)) == len(words)
    assert words[8] == "ellipse MA at (1, 1), radii 5 and 4, turned by 10°"
    assert words[9] == "point MA at (1, 1)"
    assert words[2] == "freehand MA through (0, 0), (1, 1), (2, 2), (3, 3)"
    assert words[0].startswith("freehand MA of 30 points within (0, 0) to (29, 6), outline ")
    assert words[12] == "spline MA through (1, 1), (5, 4), (6, 6)"


def test_a_note_is_no_formula(study, case, tmp_path):
    study.log("=HYPERLINK(1)", "@b")
    write_audit(study, tmp_path / "audit.csv")
    (row,) = table(tmp_path / "audit.csv")
    assert (row["what"], row["reader"]) == ("'=HYPERLINK(1)", "'@b")


def test_a_file_that_cannot_be_written_is_told_and_left(study, case, tmp_path, monkeypatch):
    study.set_label(case, "mild", "a")
    with pytest.raises(StudyError, match=r"audit log cannot be written as .*choose another place"):
        write_audit(study, tmp_path / "no folder" / "audit.csv")
    with pytest.raises(ValueError, match=r"^kind: "):
        write_audit(study, tmp_path / "audit.xml", "xml")
    target = tmp_path / "audit.csv"
    target.write_text("old")

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("softcam_core.annotations.audit._cell", full)
    with pytest.raises(StudyError, match="No space left on device"):
        write_audit(study, target)
    assert target.read_text() == "old"
    assert not list(tmp_path.glob(".audit*"))


def _lengthen(study: Study, case: int, lines: int) -> None:
    """Repeat the first line of history, as a long study would hold it."""
    with study._database.write() as connection:
        connection.execute(
            sa.text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
                "INSERT INTO edits (step, time, reader, action, case_id, annotation, before, after)"
                " SELECT step, time, reader, action, case_id, annotation, before, after "
                "FROM edits, n WHERE seq = 1"
            ),
            {"count": lines - 1},
        )


def test_a_long_history_streams(study, case, tmp_path):
    outline = np.cumsum(np.ones((12, 2)), axis=0)
    study.add_annotation(case, "freehand", outline, "MA", "a")
    _lengthen(study, case, 100_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in zip(audit_rows(study), range(5000), strict=False)) == 5000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The 100,000 lines together would take some hundred megabytes.
    assert peak < 30_000_000
    start = time.perf_counter()
    assert sum(1 for _ in study.history()) == 100_000
    assert time.perf_counter() - start < 30
