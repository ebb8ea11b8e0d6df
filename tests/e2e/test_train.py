"""``softcam train`` as a user's shell runs it."""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.numpy import load_file

from softcam_core.annotations.claim import claim, is_claimed
from softcam_core.training.status import read_status
from tests.core.training.conftest import make_toy
from tests.programs import ROOT

SETTINGS = {"OMP_NUM_THREADS": "1"}
STOPPED = "softcam: stopped; the same command with --resume goes on"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A configuration beside a toy set; paths are relative to it."""
    make_toy(tmp_path / "toy")
    path = tmp_path / "toy.toml"
    path.write_text(
        "[data]\ncsv = 'toy/labels.csv'\nimage_size = 32\naugment = 'cxr'\n"
        "[model]\narch = 'shufflenet_v2_x0_5'\n"
        "[loss]\nl1 = 1e-4\n"
        "[train]\nepochs = 2\nbatch_size = 8\nlr = 0.02\ndevice = 'cpu'\n"
    )
    return path


def metrics(folder: Path) -> list[dict[str, str]]:
    with (folder / "metrics.csv").open() as stream:
        return [{k: v for k, v in row.items() if k != "seconds"} for row in csv.DictReader(stream)]


def test_a_configuration_becomes_a_model_that_predicts(softcam, softcam_here, config, tmp_path):
    done = softcam("train", config, "--json", cwd=tmp_path, **SETTINGS)
    assert done.code == 0, done.err
    assert [row["epoch"] for row in done.lines] == [1, 2]
    assert {"train_loss", "train_ce", "train_l1", "train_l2", "val_accuracy", "val_auc"} <= set(
        done.lines[0]
    )
    assert "Epoch 2/2" in done.err
    run = tmp_path / "runs" / "toy"
    assert len(metrics(run)) == 2
    assert (run / "last.ckpt").exists()
    assert "epochs = 2" in (run / "config.toml").read_text()
    predicted = softcam_here(
        "predict", run / "best.safetensors", tmp_path / "toy" / "30.png", "--json"
    )
    assert predicted.code == 0, predicted.err
    assert predicted.lines[0]["probabilities"].keys() == {"healthy", "lesion"}
    assert predicted.lines[0]["evidence_shape"] == [2, 1, 1]

    again = softcam_here("train", run / "config.toml", "--set", "output.dir=again", cwd=tmp_path)
    assert again.code == 0, again.err
    assert again.out == ""
    assert metrics(tmp_path / "again") == metrics(run)


def start(config: Path, *options: str, processes: int = 1) -> subprocess.Popen[str]:
    """Start a training; Ctrl+C reaches it also where a shell runs the tests in the background."""
    hear = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{hear}; from softcam_core.cli.main import main; main()"
    command = [sys.executable, "-c", program]
    return subprocess.Popen(
        [*(launcher(processes) if processes > 1 else []), *command, "train", str(config), *options],
        env={**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def launcher(processes: int) -> list[str]:
    return [
        *(sys.executable, "-m", "torch.distributed.run", "--standalone"),
        *(f"--nproc-per-node={processes}", "--no-python"),
    ]


def wait_for(process: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 120
    while not reached():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < give_up
        time.sleep(0.02)


def same_run(one: Path, other: Path) -> None:
    """Compare numbers and weights, to the bit."""
    assert metrics(one) == metrics(other)
    for name in ("best", "best-auc", "best-kappa"):
        ours, theirs = (load_file(run / f"{name}.safetensors") for run in (one, other))
        assert ours.keys() == theirs.keys()
        assert all((ours[key] == theirs[key]).all() for key in theirs)
    ours, theirs = (
        torch.load(run / "last.ckpt", weights_only=True)["model"] for run in (one, other)
    )
    assert all(torch.equal(ours[key], theirs[key]) for key in theirs)


def state(folder: Path) -> tuple[str, int, int]:
    status = read_status(folder)
    return (status.state, status.epoch, status.step) if status else ("", 0, 0)


def test_a_run_that_was_stopped_and_killed_resumes_to_the_same_numbers(
    softcam_here, config, tmp_path
):
    """Ctrl+C, then SIGKILL in the middle of an epoch: as if nothing had happened."""
    # Long epochs, of which every step is kept.
    options = ["--set", "data.augment=none", "--set", "train.batch_size=2"]
    unbroken, broken = tmp_path / "unbroken", tmp_path / "broken"
    whole = softcam_here("train", config, *options, "--set", f"output.dir={unbroken}")
    assert whole.code == 0, whole.err

    options += ["--set", f"output.dir={broken}", "--set", "train.checkpoint_minutes=1e-9"]
    for number, sent in enumerate((signal.SIGINT, signal.SIGKILL)):
        more = ["--resume"] if number else []
        before = stamp(broken)
        process = start(config, *options, *more)
        wait_for(process, lambda before=before: stamp(broken) != before)
        process.send_signal(sent)
        out, err = process.communicate(timeout=60)
        assert out == ""
        if sent == signal.SIGKILL:
            assert process.returncode == -signal.SIGKILL
            assert state(broken)[0] == "running"
        else:
            assert process.returncode == 1, err
            assert err.splitlines()[-1] == STOPPED
            assert state(broken)[0] == "paused"
        assert not is_claimed(broken / "status.json")
    assert at(broken) < (2, 0)

    resumed = softcam_here("train", config, *options, "--resume")
    assert resumed.code == 0, resumed.err
    assert state(broken)[:2] == ("finished", 2)
    same_run(broken, unbroken)


def stamp(folder: Path) -> int:
    """Return when a run's checkpoint was written; 0 before there is one."""
    try:
        return (folder / "last.ckpt").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def at(folder: Path) -> tuple[int, int]:
    """Return epoch and step of a run's checkpoint."""
    found = torch.load(folder / "last.ckpt", weights_only=True)
    return (found["epoch"], found["step"])


def test_a_second_program_keeps_its_hands_off_a_run(softcam_here, config, tmp_path):
    (tmp_path / "run").mkdir()
    own = claim(tmp_path / "run" / "status.json")
    assert own is not None
    done = softcam_here("train", config, "--set", f"output.dir={tmp_path / 'run'}")
    inside = list((tmp_path / "run").iterdir())
    own.release()
    assert done.code == 1
    assert "Another program is training in" in done.err
    assert [path.name for path in inside] == [".status.json.lock"]


@pytest.mark.parametrize(
    ("table", "settings", "sentence"),
    [
        (None, ["train.epoch=3"], "unknown key train.epoch; did you mean train.epochs?"),
        (None, ["train.epochs=two"], "train.epochs must be a whole number"),
        (None, ["model.arch=resnet5"], "'resnet5' is not known"),
        (None, ["data.csv=nowhere.csv"], "nowhere.csv cannot be read"),
        (None, ["train.device=cuda:99"], "cuda:99 is not there"),
        (
            "path,label,patient,split\n0.png,no,Ann,train\n1.png,yes,Bob,train\n2.png,no,Ann,val\n",
            [],
            "patient Ann is in both train and val",
        ),
        ("path,label,split\n0.png,no,train\nx.png,yes,train\n2.png,no,val\n", [], "x.png"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_1(
    softcam_here, config, tmp_path, table, settings, sentence
):
    if table:
        (tmp_path / "toy" / "labels.csv").write_text(table)
    options = [word for text in settings for word in ("--set", text)]
    done = softcam_here("train", config, *options, cwd=tmp_path)
    assert done.code == 1
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_imagenet_weights_offline_are_one_sentence(softcam_here, config, tmp_path):
    nowhere = "http://127.0.0.1:9"
    done = softcam_here(
        *("train", config, "--set", "model.weights=imagenet"),
        cwd=tmp_path,
        **{"http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": ""},
    )
    assert done.code == 1
    assert "Fetching the ImageNet weights of shufflenet_v2_x0_5 from https://" in done.err
    assert "cannot be fetched" in done.err
    assert "Traceback" not in done.err


def test_wrong_usage_is_exit_2(softcam_here):
    softcam = softcam_here
    assert softcam("train").code == 2
    assert softcam("train", "c.toml", "--device", "tpu").code == 2
    assert softcam("train", "c.toml", "--resume", "--overwrite").code == 2


@pytest.fixture
def without_statistics(tmp_path: Path) -> Path:
    """A network with dropout, without batch normalisation, on sets that no batch divides."""
    make_toy(tmp_path / "toy", train=26, val=9)
    path = tmp_path / "two.toml"
    path.write_text(
        "[data]\ncsv = 'toy/labels.csv'\nimage_size = 64\naugment = 'cxr'\n"
        "[model]\narch = 'squeezenet1_1'\noptions = {dropout = '0.3'}\n"
        "[loss]\nl1 = 1e-3\nl2 = 1e-3\n"
        "[train]\nepochs = 2\nbatch_size = 4\nlr = 1e-3\ndevice = 'cpu'\n"
        "[output]\nwatch = 2\n"
    )
    return path


def test_two_processes_pause_and_go_on_to_the_model_of_one(
    softcam_here, without_statistics, tmp_path
):
    """The same images make each step, however they are divided; SIGTERM reaches torchrun.

    That two passes are one of twice the batch is tested beside the loop.
    """
    folders = passes, two = [tmp_path / name for name in ("passes", "two")]
    half = ["--set", "train.batch_size=2"]
    more = ["--set", "train.accumulate=2", "--set", f"output.dir={passes}"]
    done = softcam_here("train", without_statistics, *half, *more)
    assert done.code == 0, done.err

    half += ["--json", "--set", f"output.dir={two}", "--set", "train.checkpoint_minutes=1e-9"]
    process = start(without_statistics, *half, processes=2)
    wait_for(process, lambda: stamp(two) > 0)
    process.send_signal(signal.SIGTERM)
    begun, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert STOPPED.removeprefix("softcam: ") in err
    assert state(two)[0] == "paused"
    assert at(two) < (2, 0)
    resumed = start(without_statistics, *half, "--resume", processes=2)
    out, err = resumed.communicate(timeout=240)
    assert resumed.returncode == 0, err
    assert (begun + out).count('"epoch"') == 2
    names = [{path.relative_to(run) for path in run.rglob("*")} for run in folders]
    assert names[0] == names[1]
    # Two processes add two gradients as two passes do: there is nothing left to differ.
    same_run(passes, two)


@pytest.mark.slow
def test_an_error_of_one_process_ends_all_of_them(config, tmp_path):
    """With real processes; test_processes.py has what decides it."""
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "last.ckpt").write_bytes(b"half a file")
    process = start(config, "--set", f"output.dir={folder}", "--resume", processes=2)
    _, err = process.communicate(timeout=120)
    assert process.returncode != 0
    assert "is damaged" in err
