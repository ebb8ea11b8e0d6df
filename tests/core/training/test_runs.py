"""Run folders read from outside: whole, damaged, growing, held by a program, and removed."""

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from softcam_core.annotations.claim import claim, is_claimed
from softcam_core.errors import ConfigError, TrainingError
from softcam_core.training.checkpoint import write_metrics
from softcam_core.training.record import epoch_row
from softcam_core.training.runs import (
    MODELS,
    RunsFolder,
    differing,
    read_metrics,
    read_run,
    remove_run,
    runs_in,
)
from softcam_core.training.scores import Scores
from softcam_core.training.status import RunStatus, write_status

NAN = math.nan
SCORES = Scores(loss=0.5, accuracy=0.9, auc=0.95, kappa=0.8, evidence=1.5, positive=0.6)


def rows(*accuracies: float, auc=0.95):
    found = []
    for epoch, accuracy in enumerate(accuracies):
        scores = replace(SCORES, accuracy=accuracy, auc=auc)
        row = epoch_row(epoch, 0.01, (0.7, 0.5, 0.2, 0.0, 0.0), scores)
        row["best"] = accuracy == max(accuracies[: epoch + 1])
        found.append({**row, "seconds": 2.0})
    return found


@pytest.fixture
def make(configure, tmp_path):
    """Write a run folder as a run does."""

    def make(name: str, *accuracies: float, state="finished", at=1000, settings=(), **more):
        folder = tmp_path / "runs" / name
        folder.mkdir(parents=True)
        config = configure(*settings)
        (folder / "config.toml").write_text(config.to_toml(), encoding="utf-8")
        if accuracies:
            write_metrics(folder / "metrics.csv", rows(*accuracies, **more))
        if state:
            write_status(folder, RunStatus(state, len(accuracies), config.train.epochs))
        os.utime(folder / "config.toml", (at, at))
        return folder

    return make


def test_a_run_is_read_with_its_configuration_numbers_and_state(make):
    run = read_run(make("a", 0.8, 0.9, 0.9, settings=["loss.l1=0.002"]))
    assert (run.name, run.kind, run.standing, run.alive) == ("a", "sparse", "finished", False)
    assert run.config.loss.l1 == 0.002
    assert run.column("val_accuracy") == [0.8, 0.9, 0.9]
    assert run.column("epoch") == [1, 2, 3]
    assert run.seconds == 6.0
    assert run.best()["epoch"] == 3  # the last one that was better, or as good, when it came
    assert run.best("val_auc")["epoch"] == 1
    assert run.started == 1000


def test_what_a_run_never_measured_is_not_a_number(make):
    run = read_run(make("a", 0.8, auc=NAN))
    assert math.isnan(run.rows[0]["val_auc"])
    assert run.best("val_auc") is None
    assert math.isnan(run.column("of a later version")[0])


def test_the_newest_run_is_the_first_and_other_folders_are_none(make, tmp_path):
    make("old", 0.8, at=1000)
    make("new", 0.8, at=3000)
    make("middle", 0.8, at=2000)
    (tmp_path / "runs" / "pictures").mkdir()
    (tmp_path / "runs" / "notes.txt").touch()
    assert [run.name for run in runs_in(tmp_path / "runs")] == ["new", "middle", "old"]
    assert runs_in(tmp_path / "not there") == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.toml", b"[data\n"),
        ("config.toml", b"[unknown]\nkey = 1\n"),
        ("metrics.csv", b"epoch,lr\n1\n"),
        ("metrics.csv", b"epoch,lr\n1,\xff\xfe\n"),
        ("metrics.csv", b"epoch,lr\n1,many\n"),
        ("metrics.csv", b"epoch,lr\ninf,0.1\n"),
        ("metrics.csv", b"epoch,lr\n1e300,0.1\n"),
        ("metrics.csv", b"epoch,seconds\n1,inf\n"),
        ("metrics.csv", b"lr\n0.1\n"),
        ("status.json", b'{"state": "run'),
        ("status.json", b"[]"),
        ("status.json", b'{"state": "foo", "epoch": 1, "epochs": 2}'),
        ("status.json", b'{"state": "paused", "epoch": "1", "epochs": 2}'),
        ("status.json", b'{"state": "paused", "epoch": -1, "epochs": 2}'),
        ("status.json", b'{"state": "paused", "epoch": 1, "epochs": true}'),
        ("status.json", b'{"state": "paused", "epoch": 1, "epochs": 2, "seconds_left": NaN}'),
        ("status.json", b'{"state": "paused", "epoch": 1, "epochs": 2, "reason": 3}'),
    ],
)
def test_a_damaged_folder_is_told_apart_from_the_others(make, tmp_path, name, content):
    make("whole", 0.8)
    (make("broken", 0.8) / name).write_bytes(content)
    found = RunsFolder(tmp_path / "runs").look()
    assert [run.name for run in found.runs] == ["whole"]
    (damaged,) = found.damaged
    assert damaged.folder.name == "broken"
    assert name in damaged.reason
    assert "\n" not in damaged.reason


def test_numbers_without_a_configuration_are_damaged_not_overlooked(make, tmp_path):
    (make("a", 0.8) / "config.toml").unlink()
    assert [one.folder.name for one in RunsFolder(tmp_path / "runs").look().damaged] == ["a"]


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("running", "interrupted"),
        ("paused", "paused"),
        ("failed", "failed"),
        ("finished", "finished"),
    ],
)
def test_a_run_that_no_program_works_on_stands_still(make, state, standing):
    folder = make("a", 0.8, state=state)
    assert read_run(folder).standing == standing
    held = claim(folder / "status.json")
    assert read_run(folder).standing == "running"
    held.release()
    assert read_run(folder).standing == standing


def test_a_run_of_an_earlier_version_has_no_status_file(make):
    run = read_run(make("a", 0.8, state=None))
    assert (run.standing, run.status.epoch, run.status.epochs) == ("interrupted", 1, 3)
    assert read_run(make("b", 0.8, 0.8, 0.9, state=None)).standing == "finished"
    assert read_run(make("c", state=None)).rows == []


def test_looking_again_reads_only_what_has_changed(make, tmp_path, monkeypatch):
    from softcam_core.training import runs as module

    make("still", 0.8)
    grows = make("grows", 0.8, state="running")
    folder = RunsFolder(tmp_path / "runs")
    folder.look()
    read = []
    monkeypatch.setattr(module, "read_run", lambda path: read.append(path.name) or read_run(path))
    folder.look()
    assert read == []
    write_metrics(grows / "metrics.csv", rows(0.8, 0.9))
    found = folder.look()
    assert read == ["grows"]
    assert len(next(run for run in found.runs if run.name == "grows").rows) == 2
    held = claim(grows / "status.json")
    alive = folder.look()
    assert (alive.goes_on, found.goes_on) == (True, False)
    assert read == ["grows", "grows"]
    held.release()
    assert not folder.look().goes_on


def test_a_run_that_has_only_begun_goes_on_without_being_damaged(tmp_path):
    folder = tmp_path / "runs" / "begins"
    folder.mkdir(parents=True)
    held = claim(folder / "status.json")
    found = RunsFolder(tmp_path / "runs").look()
    held.release()
    assert (found.runs, found.damaged, found.goes_on) == ((), (), True)


def test_sweeps_are_no_runs(make, tmp_path):
    (make("sweep", 0.8) / "sweep.json").write_text("{}")
    found = RunsFolder(tmp_path / "runs").look()
    assert not found.runs
    assert [path.name for path in found.sweeps] == ["sweep"]


def test_removing_a_run_leaves_files_of_other_origin(make):
    folder = make("a", 0.8)
    (folder / "maps").mkdir()
    for name in (*MODELS, "last.ckpt", "split.csv", "maps/epoch-0001.npz", "maps/inputs.npz"):
        (folder / name).touch()
    (folder / "notes.txt").write_text("mine")
    (folder / "events.out.tfevents.1").touch()
    remove_run(folder)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    (folder / "notes.txt").unlink()
    remove_run(folder)
    assert not folder.exists()


def test_a_run_in_work_is_not_removed(make):
    folder = make("a", 0.8)
    held = claim(folder / "status.json")
    with pytest.raises(TrainingError, match="pause it first"):
        remove_run(folder)
    held.release()
    assert read_run(folder).rows
    remove_run(folder)
    assert not folder.exists()


def test_all_that_a_real_run_writes_is_removed_with_it(configure):
    from softcam_core.training.loop import train

    config = configure("output.watch=2", "train.epochs=1")
    for _ in train(config):
        pass
    folder = Path(config.output.dir)
    assert (folder / "maps" / "epoch-0001.npz").exists()
    assert read_run(folder).standing == "finished"
    assert read_run(folder).models()
    remove_run(folder)
    assert not folder.exists()


def test_runs_are_compared_by_the_keys_in_which_they_differ(make):
    runs = [
        read_run(make("a", 0.8, settings=["loss.l1=0.002"])),
        read_run(make("b", 0.8, settings=["loss.l1=0.004", "output.dir=elsewhere"])),
    ]
    assert differing(runs) == {"loss.l1": [0.002, 0.004]}
    assert differing(runs[:1]) == {}
    assert differing([]) == {}


def test_unreadable_numbers_are_one_sentence(tmp_path):
    (tmp_path / "metrics.csv").mkdir()
    with pytest.raises(ConfigError, match="cannot be read; train again"):
        read_metrics(tmp_path / "metrics.csv")
    (tmp_path / "empty.csv").touch()
    assert read_metrics(tmp_path / "empty.csv") == []


def test_to_look_whether_something_is_claimed_claims_nothing(tmp_path):
    path = tmp_path / "status.json"
    assert not is_claimed(path)
    assert list(tmp_path.iterdir()) == []
    held = claim(path)
    assert is_claimed(path)
    held.release()
    assert not is_claimed(path)
    # What a killed program leaves is in nobody's way.
    (tmp_path / ".status.json.lock").touch()
    assert not is_claimed(path)
    assert claim(path) is not None


def test_runs_are_read_without_torch(make):
    folder = make("a", 0.8)
    code = (
        "import sys; from softcam_core.training.runs import read_run; "
        "print(len(read_run(__import__('pathlib').Path(sys.argv[1])).rows), 'torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["1", "False"], done.stderr


def test_the_status_says_what_it_was_asked(make):
    folder = make("a", 0.8)
    write_status(folder, RunStatus("failed", 1, 9, reason="The disk is full."))
    run = read_run(folder)
    assert (run.standing, run.status.reason) == ("failed", "The disk is full.")
    assert json.loads((folder / "status.json").read_text())["epochs"] == 9
