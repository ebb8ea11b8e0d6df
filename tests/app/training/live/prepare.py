"""Make training runs and sweeps by the core's own means, in a process that may import torch.

``python prepare.py FOLDER`` writes the run ``trained``, of three epochs with three watched images;
``dense``, ``ridge`` and ``blackbox``, of drawn numbers; and the sweeps ``sweep-done``,
``sweep-half`` and ``sweep-many``.
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

from softcam_core.training.checkpoint import write_metrics
from softcam_core.training.config import Config, LossConfig, ModelConfig, load_config
from softcam_core.training.loop import train
from softcam_core.training.record import epoch_row
from softcam_core.training.scores import Scores
from softcam_core.training.status import RunStatus, write_status
from softcam_core.training.sweep.records import RunResult
from softcam_core.training.sweep.write import Asked, finish, write_progress
from tests.core.training.conftest import make_toy

VALUES = (1e-4, 1e-3, 1e-2)


def written(folder: Path, config: Config, epochs: int, auc: float) -> None:
    """Write a run whose accuracy rises, and falls in its last epoch."""
    folder.mkdir()
    (folder / "config.toml").write_text(config.to_toml(), encoding="utf-8")
    rows = []
    for epoch in range(epochs):
        accuracy = 0.9 - 0.4 / (epoch + 1) - 0.1 * (epoch == epochs - 1)
        scores = Scores(1 / (epoch + 1), accuracy, auc, 2 * accuracy - 1, 1.5, 0.6)
        l1, l2 = (0.3 if config.loss.l1 else 0.0), (0.2 if config.loss.l2 else 0.0)
        row = epoch_row(epoch, 0.01, (0.5 + l1 + l2, 0.5, l1, l2, 0.0), scores)
        rows.append({**row, "best": epoch < epochs - 1, "seconds": 30.0})
    write_metrics(folder / "metrics.csv", rows)
    write_status(folder, RunStatus("finished", epochs, epochs))
    (folder / "best.safetensors").touch()


def result(penalty: str, value: float, seed: int, done: bool, arch: str = "resnet18") -> RunResult:
    """A run of a sweep: the largest value loses too much accuracy."""
    accuracy = 0.95 - (0.1 if value > 5e-3 else 0.0) + 0.001 * seed
    known = accuracy if done else math.nan
    return RunResult(
        *(arch, penalty, value, seed, known, known + 0.02, known, 0.2, 1.5),
        *(2, 3 if done else 0, 1, done, "", f"{arch}-{penalty}-{value:g}-{seed}"),
    )


def swept(folder: Path, config: Config, results: list[RunResult], seeds: int, ends: bool) -> None:
    """Write a sweep."""
    folder.mkdir()
    asked = Asked(folder, config, "digest", "auc", seeds)
    write_progress(asked, results, {})
    if ends:
        finish(asked, results)


def main(folder: Path) -> None:
    """Make everything."""
    file = folder / "toy.toml"
    file.write_text(
        f"[data]\ncsv = '{make_toy(folder / 'toy')}'\nimage_size = 32\naugment = 'none'\n"
        "[model]\narch = 'shufflenet_v2_x0_5'\n[loss]\nl1 = 0.001\n"
        f"[train]\nepochs = 3\nbatch_size = 8\ndevice = 'cpu'\n[output]\nwatch = 3\n"
        f"dir = '{folder / 'trained'}'\n"
    )
    config = load_config(file)
    for _ in train(config):
        pass
    plain = replace(config, loss=LossConfig())
    written(folder / "dense", plain, 5, math.nan)
    written(folder / "ridge", replace(config, loss=LossConfig(l2=0.01)), 5, 0.97)
    blackbox = replace(plain, model=ModelConfig("shufflenet_v2_x0_5", "blackbox"))
    written(folder / "blackbox", blackbox, 4, 0.9)
    dense = [result("dense", 0.0, seed, True) for seed in (0, 1)]
    values = [result("l1", value, seed, True) for value in VALUES for seed in (0, 1)]
    swept(folder / "sweep-done", plain, dense + values, 2, True)
    half = [result("l1", value, 0, value < 5e-4) for value in VALUES]
    swept(folder / "sweep-half", plain, [*dense[:1], *half], 1, False)
    many = [result("l1", value, 0, True) for value in VALUES]
    many += [result("l2", value, 0, True) for value in VALUES[:2]]
    swept(folder / "sweep-many", plain, [*dense[:1], *many], 1, True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
