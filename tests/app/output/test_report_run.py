"""Making a report: every case is told of, one that fails stops no other, and no half file stays."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import synthetic

from app.jobs.case_report import report
from app.output.report_cases import ALL, DONE, FLAGGED, THIS, Choices, chosen_cases
from app.output.report_run import ReportRun
from app.output.report_write import Spool, Target, write
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.case_report.values import Block
from softcam_core.errors import CancelledError

NOTHING = Choices(methods=())
NEVER = (None, None, None)


def make(qtbot, state, jobs, path: Path, which: str = ALL, choices: Choices = NOTHING) -> Path:
    target = Target(path, path.suffix[1:])
    run = ReportRun(state, jobs, chosen_cases(state, which), choices, target, jobs.parent)
    with qtbot.waitSignal(run.written, timeout=20_000):
        run.start()
    return path


@pytest.mark.parametrize("which", [THIS, FLAGGED, DONE, ALL])
def test_a_report_tells_of_the_chosen_cases_by_their_numbers(
    qtbot, reported, jobs, tmp_path, which
):
    page = make(qtbot, reported, jobs, tmp_path / "r.html", which).read_text("utf-8")
    wanted = {THIS: [1], FLAGGED: [2], DONE: [1, 3], ALL: [1, 2, 3, 4]}[which]
    assert [n for n in range(1, 6) if f"<h2>Case {n}</h2>" in page] == wanted
    assert "MEIER" not in page
    assert "SECRET" not in page
    assert page.count("Research use only. Not for diagnosis.") == 2


def test_file_names_are_told_where_they_were_asked_for(qtbot, reported, jobs, tmp_path):
    page = make(qtbot, reported, jobs, tmp_path / "r.html", THIS, Choices((), names=True))
    assert "Case 1: MEIER_1.png" in page.read_text("utf-8")


def test_one_bad_image_is_told_of_and_stops_no_other(qtbot, reported, jobs, tmp_path):
    reported.cases[1].path.write_bytes(b"no image")
    page = make(qtbot, reported, jobs, tmp_path / "r.html").read_text("utf-8")
    assert page.count("This case could not be reported") == 1
    assert "<h2>Case 4</h2>" in page
    assert "MEIER" not in page


def test_a_child_that_dies_over_a_case_stops_no_other(qtbot, reported, jobs, tmp_path):
    jobs.dies_on = {"2"}
    page = make(qtbot, reported, jobs, tmp_path / "r.html").read_text("utf-8")
    assert "ended unexpectedly" in page
    assert "<h2>Case 3</h2>" in page


def test_a_pdf_is_written_and_nothing_beside_it(qtbot, reported, jobs, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    path = make(qtbot, reported, jobs, folder / "r.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert list(folder.iterdir()) == [path]


def test_a_report_replaces_the_one_before_only_when_it_is_whole(qtbot, reported, jobs, tmp_path):
    path = tmp_path / "r.html"
    path.write_text("before")
    jobs.holds = True
    cases = chosen_cases(reported, ALL)
    run = ReportRun(reported, jobs, cases, NOTHING, Target(path, "html"), jobs.parent)
    run.start()
    qtbot.wait(50)
    with qtbot.waitSignal(run.cancelled):
        run.cancel()
    assert path.read_text() == "before"
    assert jobs.asked[-1].cancelled
    jobs.holds = False
    make(qtbot, reported, jobs, path)
    assert "<h2>" in path.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_a_folder_that_cannot_be_written(qtbot, reported, jobs, tmp_path, kind):
    refuses(qtbot, reported, jobs, tmp_path / "locked" / f"r.{kind}", kind)


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_a_folder_that_is_gone_is_told_in_one_sentence(qtbot, reported, jobs, tmp_path, kind):
    said = refuses(qtbot, reported, jobs, tmp_path / "gone" / f"r.{kind}", kind)
    assert said.startswith(f"The report {tmp_path / 'gone' / f'r.{kind}'} cannot be written")
    assert said.endswith("choose another place.")


def refuses(qtbot, state, jobs, path: Path, kind: str) -> str:
    cases = chosen_cases(state, THIS)
    run = ReportRun(state, jobs, cases, NOTHING, Target(path, kind), jobs.parent)
    with qtbot.waitSignal(run.failed, timeout=20_000) as failed:
        run.start()
    assert not path.exists()
    return str(failed.args[0])


def test_a_blinded_reader_asks_for_no_model_and_the_report_says_why(
    qtbot, reported, jobs, study, tmp_path, monkeypatch
):
    synthetic.load(reported, synthetic.model("oracle"))
    set_protocol(study, Protocol("blinded"), "reader-1")
    reported.sight.forget()
    choices = Choices(("evidence",), ("severe",))
    page = make(qtbot, reported, jobs, tmp_path / "r.html", ALL, choices).read_text("utf-8")
    told = [job.payload for job in jobs.asked if job.payload["piece"] == "case"]
    assert [payload["models"] for payload in told] == [[]] * 4
    assert page.count("contains nothing of either") == 4
    assert "oracle" not in page
    assert "severe" not in page
    assert "SECRET" not in page


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_a_report_that_is_stopped_while_it_is_written_leaves_nothing(qapp, tmp_path, kind):
    words = {"words": {}, "piece": "closing", "models": []}
    head = {"made": datetime.now(UTC), "reader": "anna", "cases": 1, "named": False}
    front = report({"piece": "front", "words": {}, "front": head}, *NEVER)
    closing = report(words, *NEVER)
    spool = Spool()
    spool.add({"html": "one", "blocks": front["blocks"]})
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > (0 if kind == "html" else 1)

    target = Target(tmp_path / f"r.{kind}", kind)
    with pytest.raises(CancelledError):
        write(target, front, spool, closing, lambda *_: None, stop)
    assert list(tmp_path.iterdir()) == []
    spool.close()


def test_a_spool_gives_back_what_it_took_as_often_as_asked():
    spool = Spool()
    pieces = [
        {"html": "one", "blocks": [Block("<p>1</p>", {"picture-0": bytes(range(256))})]},
        {"html": "zwei\n\u4e8c", "blocks": []},
    ]
    for piece in pieces:
        spool.add(piece)
    assert list(spool) == pieces
    assert list(spool) == pieces
    spool.close()
