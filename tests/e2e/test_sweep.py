"""``softcam sweep`` as a user's shell runs it, with real training on a toy set."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from safetensors.numpy import load_file

from tests.core.training.conftest import make_toy
from tests.programs import ROOT

SETTINGS = {"OMP_NUM_THREADS": "1"}
DENSE, SMALL, LARGE = (f"squeezenet1_1-{name}-seed0" for name in ("dense", "l1-1e-9", "l1-1"))


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A value that changes nothing, and one that the evidence does not survive."""
    make_toy(tmp_path / "toy")
    path = tmp_path / "toy.toml"
    path.write_text(
        "[data]\ncsv = 'toy/labels.csv'\nimage_size = 32\naugment = 'none'\n"
        "[model]\narch = 'squeezenet1_1'\n"
        "[loss]\nselect = ['l1']\n"
        "[train]\nepochs = 4\nbatch_size = 8\nlr = 0.02\ndevice = 'cpu'\n"
        "[sweep]\nl1 = [1e-9, 1]\ntolerance = 0.2\n"
    )
    return path


def table(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "sweep.csv").open() as stream:
        return {row["run"]: row for row in csv.DictReader(stream)}


def epochs(folder: Path) -> int:
    return sum(int(row["epochs"]) for row in table(folder).values())


def test_the_largest_lambda_that_costs_nothing_is_chosen_and_trains(softcam_here, config, tmp_path):
    done = softcam_here("sweep", config, cwd=tmp_path)
    assert done.code == 0, done.err
    folder = tmp_path / "runs" / "toy"
    rows = table(folder)
    assert list(rows) == [DENSE, SMALL, LARGE]
    # It learnt, so that there is something to lose.
    assert float(rows[DENSE]["accuracy"]) == float(rows[SMALL]["accuracy"]) >= 0.75
    assert "l1 of squeezenet1_1 = 1e-9 (sparse)" in done.out
    assert "The largest lambda for which validation accuracy and AUC" in done.out
    for name in ("sweep.png", "sweep.csv", "chosen.toml"):
        assert str(Path("runs") / "toy" / name) in done.out
        assert (folder / name).is_file()
    assert not (folder / "inputs").exists()
    assert "Run 3 of 3" in done.err

    trained = softcam_here("train", folder / "chosen.toml", "--set", "train.epochs=1", cwd=tmp_path)
    assert trained.code == 0, trained.err
    assert (folder / "chosen" / "best.safetensors").is_file()

    more = softcam_here("sweep", config, "--resume", "--set", "sweep.l1=1e-9,1,1e4", cwd=tmp_path)
    assert more.code == 0, more.err
    assert "l1-10000-seed0 failed and cannot be chosen: The loss is not a number" in more.err
    assert "l1 of squeezenet1_1 = 1e-9 (sparse)" in more.out

    again = softcam_here("sweep", config, cwd=tmp_path)
    assert again.code == 1
    assert "already holds a sweep; add --resume to go on" in again.err


def test_json_is_an_object_a_line_epochs_first_and_the_choice_last(softcam_here, config, tmp_path):
    done = softcam_here(
        "sweep", config, "--json", "--set", "sweep.l1=1e-9", "--set", "train.epochs=2",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.code == 0, done.err
    *rows, choice = done.lines
    assert [(row["run"], row["epoch"]) for row in rows] == [
        (DENSE, 1), (DENSE, 2), (SMALL, 1), (SMALL, 2),
    ]  # fmt: skip
    assert {"arch", "penalty", "chosen", "rule", "sentence", "plot", "csv"} <= choice.keys()
    assert choice["penalty"] == "l1"
    assert (tmp_path / choice["plot"]).is_file()
    assert (tmp_path / choice["csv"]).is_file()


def test_a_killed_sweep_goes_on_to_the_same_numbers(softcam_here, config, tmp_path):
    whole = softcam_here("sweep", config, "--set", "output.dir=whole", cwd=tmp_path)
    assert whole.code == 0, whole.err
    process = subprocess.Popen(
        [sys.executable, "-m", "softcam_core.cli", "sweep", str(config), "--set", "output.dir=cut"],
        env={**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS},
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    begun = tmp_path / "cut" / "runs" / SMALL / "last.ckpt"
    give_up = time.monotonic() + 120
    while not begun.exists():
        assert process.poll() is None
        assert time.monotonic() < give_up
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    finished = (tmp_path / "cut" / "runs" / DENSE / "last.ckpt").stat().st_mtime_ns

    resumed = softcam_here("sweep", config, "--set", "output.dir=cut", "--resume", cwd=tmp_path)
    assert resumed.code == 0, resumed.err
    assert DENSE not in resumed.err
    assert (tmp_path / "cut" / "runs" / DENSE / "last.ckpt").stat().st_mtime_ns == finished
    assert table(tmp_path / "cut") == table(tmp_path / "whole")
    ours, theirs = (
        json.loads((tmp_path / name / "selection.json").read_text()) for name in ("cut", "whole")
    )
    assert ours == theirs
    for run in (SMALL, LARGE):
        one, other = (
            load_file(tmp_path / name / "runs" / run / "best.safetensors")
            for name in ("cut", "whole")
        )
        assert all((one[name] == other[name]).all() for name in other)


def test_halving_finds_the_same_in_fewer_epochs(softcam_here, config, tmp_path):
    three = ["--set", "sweep.l1=1e-9,1e-8,1", "--set", "train.epochs=9"]
    for name, rate in (("whole", 0), ("halved", 3)):
        done = softcam_here(
            "sweep", config, *three, "--set", f"output.dir={name}", "--set",
            f"sweep.halving={rate}", cwd=tmp_path,
        )  # fmt: skip
        assert done.code == 0, done.err
    whole, halved = (
        json.loads((tmp_path / name / "selection.json").read_text())["choices"][0]
        for name in ("whole", "halved")
    )
    assert whole["chosen"] == halved["chosen"] == 1e-8
    assert epochs(tmp_path / "whole") == 4 * 9
    assert epochs(tmp_path / "halved") == 2 * 9 + 2 * 3
    # A run that was left at a rung and gone on with is the run of one go.
    assert table(tmp_path / "halved")[DENSE]["loss"] == table(tmp_path / "whole")[DENSE]["loss"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (["sweep.l3=1"], "unknown key sweep.l3; did you mean sweep.l1?"),
        (["sweep.over=l3"], "sweep.over holds 'l3'"),
        (["model.head=blackbox"], "set it to softcam"),
        (["sweep.archs=resnet5"], "'resnet5' is not known"),
        (["data.csv=nowhere.csv"], "nowhere.csv cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_1(softcam_here, config, tmp_path, settings, sentence):
    options = [word for text in settings for word in ("--set", text)]
    done = softcam_here("sweep", config, *options, cwd=tmp_path)
    assert done.code == 1
    assert sentence in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert done.out == ""
    assert not (tmp_path / "runs" / "toy" / "sweep.csv").exists()


def test_wrong_usage_is_exit_2(softcam, config):
    assert softcam("sweep").code == 2
    assert softcam("sweep", config, "--device", "tpu").code == 2
    assert softcam("sweep", config, "--resume", "--overwrite").code == 2
