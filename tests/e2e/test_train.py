"""``softcam train`` as a user's shell runs it."""

import csv
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


def test_a_configuration_becomes_a_model_that_predicts(softcam, config, tmp_path):
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
    predicted = softcam("predict", run / "best.safetensors", tmp_path / "toy" / "30.png", "--json")
    assert predicted.code == 0, predicted.err
    assert predicted.lines[0]["probabilities"].keys() == {"healthy", "lesion"}
    assert predicted.lines[0]["evidence_shape"] == [2, 1, 1]

    again = softcam(
        "train", run / "config.toml", "--set", "output.dir=again", cwd=tmp_path, **SETTINGS
    )
    assert again.code == 0, again.err
    assert again.out == ""
    assert metrics(tmp_path / "again") == metrics(run)


def test_a_killed_run_resumes_to_the_same_numbers(softcam, config, tmp_path):
    options = ["--set", "train.epochs=4"]
    unbroken = tmp_path / "unbroken"
    whole = softcam("train", config, *options, "--set", f"output.dir={unbroken}", **SETTINGS)
    assert whole.code == 0, whole.err

    broken = tmp_path / "broken"
    command = [*options, "--set", f"output.dir={broken}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "softcam_core.cli", "train", str(config), *command],
        env={**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS},
        stderr=subprocess.DEVNULL,
    )
    give_up = time.monotonic() + 120
    while not (broken / "last.ckpt").exists():
        assert process.poll() is None
        assert time.monotonic() < give_up
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()

    resumed = softcam("train", config, *command, "--resume", **SETTINGS)
    assert resumed.code == 0, resumed.err
    assert metrics(broken) == metrics(unbroken)
    ours, theirs = (load_file(run / "best.safetensors") for run in (broken, unbroken))
    assert all((ours[name] == theirs[name]).all() for name in theirs)


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
def test_a_mistake_is_one_sentence_and_exit_1(softcam, config, tmp_path, table, settings, sentence):
    if table:
        (tmp_path / "toy" / "labels.csv").write_text(table)
    options = [word for text in settings for word in ("--set", text)]
    done = softcam("train", config, *options, cwd=tmp_path, **SETTINGS)
    assert done.code == 1
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_imagenet_weights_offline_are_one_sentence(softcam, config, tmp_path):
    nowhere = "http://127.0.0.1:9"
    done = softcam(
        *("train", config, "--set", "model.weights=imagenet"),
        cwd=tmp_path,
        **SETTINGS,
        **{"http_proxy": nowhere, "https_proxy": nowhere, "no_proxy": ""},
    )
    assert done.code == 1
    assert "Fetching the ImageNet weights of shufflenet_v2_x0_5 from https://" in done.err
    assert "cannot be fetched" in done.err
    assert "Traceback" not in done.err


def test_wrong_usage_is_exit_2(softcam):
    assert softcam("train").code == 2
    assert softcam("train", "c.toml", "--device", "tpu").code == 2


def test_two_processes_train_one_model(config, tmp_path):
    launched = subprocess.run(
        [
            *(sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone"),
            *("-m", "softcam_core.cli", "train", str(config), "--json"),
            *("--set", "train.batch_size=4"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **SETTINGS},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert launched.returncode == 0, launched.stderr
    assert launched.stdout.count('"epoch"') == 2
    assert len(metrics(tmp_path / "runs" / "toy")) == 2
