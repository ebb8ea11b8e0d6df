"""AI second, in the real program: hidden before the lock, shown after, both reads in the log."""

import csv
import os
import sys
from pathlib import Path

import pytest

from softcam_core.annotations.audit import write_audit
from softcam_core.annotations.protocol import Protocol, set_protocol
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
from test_window import drive

STEPS = """
from app.readers.lock_question import explained_key
from app.readers import room

def said(w):
    classes = w.state.models[0].spec.classes if w.state.models else ()
    hint = w.docks.classes.hint.text() if w.docks.classes.hint.isVisible() else ""
    return {{
        "map": w.grid.panes[0].canvas.evidence.values is not None,
        "rows": len(w.docks.classes.rows),
        "notice": w.grid.panes[0].badge.text(),
        "row": str(w.worklist.filter.index(0, 0).data(258)),
        "models": len(w.state.models),
    }}

before = {{}}

def look(w):
    # The models are open; give them time to say what they must not say.
    QTimer.singleShot(3000, lambda: draw(w))

def draw(w):
    before.update(said(w))
    w.settings.set(explained_key("ai-second", w.state.reader), True)
    w.state.set_tool("box")
    canvas = w.grid.canvas(0)
    drag(canvas, canvas.to_screen(60, 60), canvas.to_screen(120, 120))
    w.annotator.set_grade("No DR")  # A lock without a grade would ask.
    w.actions_table["lock_read"].trigger()
    when(lambda w: w.grid.panes[0].canvas.evidence.values is not None, second)

def second(w):
    canvas = w.grid.canvas(0)
    drag(canvas, canvas.to_screen(150, 60), canvas.to_screen(200, 120))
    after = said(w)
    w.actions_table["lock_read"].trigger()
    print("BEFORE", before["map"], before["rows"], before["row"], before["models"] > 0)
    print("NOTICE", before["notice"])
    print("AFTER", after["map"], after["rows"] > 0)
    w.close()

when(lambda w: w.state.painted and len(w.state.models) > 0 and w.state.study is not None, look)
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "reading.softcam"
    with Study.open(path) as made:
        set_protocol(made, Protocol("ai-second"), "head of the study")
    return path


def test_ai_second_hides_then_reveals_and_logs_both_reads(study: Path, tmp_path: Path) -> None:
    done = drive(STEPS.replace("{{", "{").replace("}}", "}"), "--demo", "--study", study)
    assert done.returncode == 0, done.stderr
    assert "BEFORE False 0 None True" in done.stdout, done.stdout + done.stderr
    assert "NOTICE Hidden until your first read is locked" in done.stdout
    assert "AFTER True True" in done.stdout
    with Study.open(study) as read:
        first, second = read.reads()
        assert (first.stage, second.stage) == (1, 2)
        assert first.locked is not None
        assert second.locked is not None
        assert len(read.annotations_at(first.case, first.reader, first.edit)) == 1
        assert len(read.annotations_at(second.case, second.reader, second.edit)) == 2
        log = tmp_path / "log.csv"
        write_audit(read, log)
    rows = [row["what"] for row in csv.DictReader(log.read_text("utf-8").splitlines())]
    assert rows.count("read locked") == 2
    assert rows.count("model revealed") == 1
    assert os.fspath(tmp_path) not in log.read_text("utf-8")
