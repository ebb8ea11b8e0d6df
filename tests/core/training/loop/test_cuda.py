"""What only a CUDA device can do: half precision, synchronised statistics, determinism there."""

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from softcam_core.training.config import Config
from softcam_core.training.events import EpochDone
from softcam_core.training.loop import train
from tests.programs import ROOT

needs_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA device")
needs_two = pytest.mark.skipif(torch.cuda.device_count() < 2, reason="needs two CUDA devices")

Configure = Callable[..., Config]


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "metrics.csv").open() as stream:
        return [{k: v for k, v in row.items() if k != "seconds"} for row in csv.DictReader(stream)]


@needs_cuda
@pytest.mark.parametrize("precision", ["16", "bf16"])
def test_a_run_in_half_precision_learns_what_one_in_fp32_learns(configure, precision) -> None:
    losses = {}
    for chosen in ("32", precision):
        config = configure(
            *("train.device=cuda", f"train.precision={chosen}", "train.epochs=2", "loss.l1=1e-4"),
            *("train.lr=1e-3", "model.options.dropout=0"),
        )
        rows = [e.row for e in train(config, overwrite=True) if isinstance(e, EpochDone)]
        losses[chosen] = rows[-1]["train_loss"]
    assert losses[precision] == pytest.approx(losses["32"], rel=0.05)


@needs_cuda
@pytest.mark.parametrize("precision", ["32", "16"])
def test_a_deterministic_run_repeats_to_the_bit(configure, tmp_path, precision) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        config = configure(
            *(f"output.dir={folder}", "train.device=cuda", f"train.precision={precision}"),
            *("train.deterministic=true", "loss.l1=1e-3"),
        )
        list(train(config))
    assert rows_of(folders[0]) == rows_of(folders[1])
    ours, theirs = (load_file(folder / "best.safetensors") for folder in folders)
    assert all(torch.equal(ours[key], theirs[key]) for key in theirs)


@needs_two
def test_synchronised_batch_norm_makes_two_devices_one(configure, tmp_path) -> None:
    file = tmp_path / "cuda.toml"
    file.write_text(
        configure(
            *("train.device=cuda", "train.epochs=1", "train.lr=1e-3", "model.options.dropout=0"),
        ).to_toml()
    )
    command = [sys.executable, "-m", "softcam_core.cli", "train", str(file), "--set"]
    launcher = [
        *(sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"),
        "--no-python",
    ]
    more = ["--set", "train.batch_size=4", "--set", "train.sync_batchnorm=true"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    one, two = (f"output.dir={tmp_path / name}" for name in ("one", "two"))
    subprocess.run([*command, one], check=True, env=env, timeout=300)
    subprocess.run([*launcher, *command, two, *more], check=True, env=env, timeout=300)
    (ours,), (theirs,) = rows_of(tmp_path / "one"), rows_of(tmp_path / "two")
    for key, text in ours.items():
        assert float(text) == pytest.approx(float(theirs[key]), rel=1e-2), key
