"""What the child does for an evaluation, without a window."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.jobs import evaluate, runs
from app.jobs.asked import Asked, read_asked
from app.jobs.evaluate import plan_of
from app.jobs.runs import Earlier, runs_in
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, EvaluationError
from softcam_core.evaluation.data import open_data
from softcam_core.evaluation.records import read_run, write_run
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.models.header import model_id
from softcam_core.models.spec import ModelSpec


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "s.softcam"
    with Study.open(path) as opened:
        for name in ("a", "b", "c"):
            (tmp_path / f"{name}.png").write_bytes(b"")
        cases = opened.add_cases([tmp_path / f"{name}.png" for name in ("a", "b", "c")])
        opened.set_label(cases[0], "mild", "A")
        opened.set_label(cases[2], "mild", "B")
    return path


def ask(study, folder, **changes):
    values = {
        "folder": folder,
        "study": study,
        "models": (Path("/models/m.safetensors"),),
        "titles": ("M",),
        "methods": ("evidence",),
        "metrics": ("accuracy",),
        "reader": "A",
        "which": "annotated",
        "cases": (1, 2, 3),
        "device": "cpu",
        "options": {"explained": "predicted", "baselines": False},
        "ids": (),
    }
    return Asked(**{**values, **changes})


def test_what_was_asked_for_comes_back(study, tmp_path):
    asked = ask(study, tmp_path / "run")
    asked.write()
    assert read_asked(tmp_path / "run") == asked
    assert runs_in(tmp_path) == [Earlier(asked, finished=False)]
    (tmp_path / "run" / "results.json").write_text("{}")
    assert runs_in(tmp_path) == [Earlier(asked, finished=False)]
    (tmp_path / "run" / "report.html").write_text("<p>")
    assert runs_in(tmp_path) == [Earlier(asked, finished=True)]


def write_model(path, weights):
    """Write the smallest model file that has an id."""
    import numpy as np
    from safetensors.numpy import save_file

    spec = ModelSpec(arch="resnet18", head="blackbox", classes=("a", "b"), input=InputSpec())
    save_file({"w": np.array(weights)}, path, {"softcam": spec.to_json()})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"study": 1}'])
def test_a_damaged_question_is_one_sentence(tmp_path, text):
    (tmp_path / "asked.json").write_text(text)
    with pytest.raises(EvaluationError, match="start a new one"):
        read_asked(tmp_path)


def test_the_plan_is_what_was_asked_for(study, tmp_path):
    plan = plan_of(ask(study, tmp_path / "run"), resume=True)
    assert (plan.data, plan.out, plan.cases) == (study, tmp_path / "run", frozenset({1, 2, 3}))
    assert (plan.reader, plan.device, plan.resume) == ("A", "cpu", True)
    assert plan.options.explained == "predicted"
    assert plan.options.baselines is False


class Plans(list):
    """The plans; ``during``: what somebody does meanwhile."""

    def __init__(self):
        super().__init__()
        self.during = []


@pytest.fixture
def core(monkeypatch):
    """Stands in for the core's run; remembers its plans."""
    plans = Plans()

    def measure(plan, progress, cancelled):
        plans.append(plan)
        with open_data(plan) as data:
            described = {"digest": data.digest}
        needed = {"fingerprint": "f", "models": [], "parameters": {}, "notes": [], "versions": {}}
        write_run(plan.out, {"data": described, **needed})
        for meanwhile in plans.during:
            meanwhile()
        progress(SimpleNamespace(done=1, total=2, seconds_left=3.0, failed=1))
        return SimpleNamespace(images=2, failed=("a.png cannot be read.",), problems=())

    def finish(folder, plan, progress):
        progress("Computing intervals")

    module = SimpleNamespace(evaluate=measure, finish=finish)
    monkeypatch.setitem(sys.modules, "softcam_core.evaluation.run", module)
    monkeypatch.setattr("softcam_core.evaluation.run", module, raising=False)
    monkeypatch.setattr(evaluate, "give_way", lambda: None)
    return plans


def test_annotated_cases_are_those_that_the_truth_knows(study, tmp_path, core):
    told = []
    asked = ask(study, tmp_path / "run")
    outcome = evaluate.evaluate(asked, False, lambda *x: told.append(x), lambda: False)
    assert core[0].cases == frozenset({1})
    assert read_asked(asked.folder).cases == (1,)
    assert told == [(1, 2, 3.0, 1, ""), (2, 2, None, 1, "Computing intervals")]
    assert outcome == {"failed": ["a.png cannot be read."], "problems": []}


def test_a_resumed_evaluation_keeps_its_cases(study, tmp_path, core):
    asked = ask(study, tmp_path / "run")
    evaluate.evaluate(asked, False, lambda *_: None, lambda: False)
    with Study.open(study) as opened:
        opened.set_label(2, "mild", "A")
    evaluate.evaluate(asked, True, lambda *_: None, lambda: False)
    assert core[1].cases == frozenset({1})
    assert core[1].resume


def test_marks_that_change_meanwhile_are_noted(study, tmp_path, core):
    asked = ask(study, tmp_path / "run")
    evaluate.evaluate(asked, False, lambda *_: None, lambda: False)
    assert read_run(asked.folder)["notes"] == []

    def grade():
        with Study.open(study) as opened:
            opened.set_label(1, "severe", "A")

    core.during.append(grade)
    asked = ask(study, tmp_path / "other")
    evaluate.evaluate(asked, False, lambda *_: None, lambda: False)
    assert read_run(asked.folder)["notes"] == [evaluate.CHANGED]


@pytest.mark.parametrize(
    ("resume", "end"), [(False, "open the file again"), (True, "start a new evaluation")]
)
def test_a_file_that_holds_another_model_is_not_measured(study, tmp_path, core, resume, end):
    path = tmp_path / "m.safetensors"
    write_model(path, [1.0])
    asked = ask(study, tmp_path / "run", models=(path,), ids=(model_id(path),))
    evaluate.evaluate(asked, False, lambda *_: None, lambda: False)
    write_model(path, [2.0])
    with pytest.raises(EvaluationError, match=f"is not the M that .* any more; .*{end}"):
        evaluate.evaluate(asked, resume, lambda *_: None, lambda: False)
    assert len(core) == 1


def test_what_another_window_measures_is_left_to_it(study, tmp_path, core, monkeypatch):
    monkeypatch.setattr(runs, "LOOK", 0.1)
    asked = ask(study, tmp_path / "run")
    asked.write()
    with runs.own(asked.folder):
        assert runs.is_busy(asked.folder)
        with pytest.raises(EvaluationError, match="Another window is measuring"):
            evaluate.evaluate(asked, True, lambda *_: None, lambda: False)
        assert not runs.discard(asked.folder)
    assert not runs.is_busy(asked.folder)


def test_what_others_put_into_a_folder_stays(tmp_path, study):
    asked = ask(study, tmp_path / "run")
    asked.write()
    (asked.folder / "mine.txt").write_text("mine")
    assert runs.discard(asked.folder)
    assert [path.name for path in asked.folder.iterdir()] == ["mine.txt"]
    assert runs_in(tmp_path) == []


@pytest.mark.parametrize("images", [True, False])
def test_a_run_that_was_stopped_is_kept_for_its_images(tmp_path, study, images):
    asked = ask(study, tmp_path / "run")
    asked.write()
    (asked.folder / "finished").mkdir()
    (asked.folder / "finished" / "0.jsonl").write_text("{}\n" if images else "")
    runs.let_go(asked.folder, 1.0)
    assert asked.folder.exists() == images


def test_no_case_that_counts_is_one_sentence(study, tmp_path, core):
    asked = ask(study, tmp_path / "run", cases=(2,))
    with pytest.raises(EvaluationError, match="has marks or a grade that count"):
        evaluate.evaluate(asked, False, lambda *_: None, lambda: False)
    assert not asked.folder.exists()


def test_a_cancel_reaches_the_look_for_cases(study, tmp_path, core):
    with pytest.raises(CancelledError):
        evaluate.evaluate(ask(study, tmp_path / "run"), False, lambda *_: None, lambda: True)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="asks a process of its own")
def test_the_child_gives_way(tmp_path):
    import subprocess

    code = "import os\nfrom app.jobs.evaluate import give_way\ngive_way()\nprint(os.nice(0))"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60
    )
    assert int(done.stdout) == min(19, os.nice(0) + evaluate.NICER), done.stderr


def test_an_abandoned_child_is_gone_and_nobody_waits_for_it(client, qtbot):
    from tests.app.jobs.conftest import segments

    failed = []
    client.start()
    qtbot.waitUntil(lambda: client.pid is not None, timeout=20_000)
    pid = client.pid
    client.submit("sleep", {"steps": 10_000}, on_failed=failed.append)
    start = time.monotonic()
    client.abandon()
    assert time.monotonic() - start < 0.1
    qtbot.waitUntil(lambda: not client._server.is_alive(), timeout=5_000)
    assert not Path(f"/proc/{pid}").exists()
    assert failed == []
    assert not segments(os.getpid())


def test_a_child_that_is_abandoned_before_it_starts_never_works(client, qtbot):
    client.start()
    client.abandon()
    qtbot.waitUntil(lambda: not client._server.is_alive(), timeout=20_000)
    assert client.pid is None
