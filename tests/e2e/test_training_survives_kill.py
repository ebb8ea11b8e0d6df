"""Whatever moment a training is killed at: resumed, it gives the numbers of an unbroken one.

The file is also the program that is killed. It is started once and forks for each kill, which saves
the imports; before a fork it computes nothing, so that the child's threads are its own.
"""

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from softcam_core.training.config import Config, load_config
from softcam_core.training.loop import train
from tests.core.training.conftest import make_toy
from tests.e2e.kills import killed_before, report
from tests.programs import ROOT

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks to be quick; POSIX only")


def check_kills(folder: Path, kills: int, seed: int) -> None:
    """Kill a training so often, resume it to its end and compare it with an unbroken one."""
    make_toy(folder / "toy")
    (folder / "toy.toml").write_text(
        "[data]\ncsv = 'toy/labels.csv'\nimage_size = 32\naugment = 'cxr'\n"
        "[model]\narch = 'shufflenet_v2_x0_5'\noptions = {dropout = '0.2'}\n"
        f"[train]\nepochs = {2 * kills}\nbatch_size = 4\naccumulate = 2\nlr = 5e-3\n"
        "device = 'cpu'\ncheckpoint_minutes = 1e-9\n[output]\nwatch = 1\n"
    )
    done = subprocess.run(
        [sys.executable, __file__, str(folder), str(kills), str(seed)],
        capture_output=True,
        text=True,
        timeout=1800,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    counts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(counts) == kills
    # The kills are worth something only if they fell into the work, and into half-written files.
    assert len({(count["epoch"], count["step"]) for count in counts}) > kills / 4
    assert sum(count["half_written"] for count in counts) >= kills / 4
    assert contents(folder / "broken") == contents(folder / "whole")


@needs_fork
def test_a_training_killed_at_any_moment_is_the_unbroken_one(tmp_path: Path) -> None:
    check_kills(tmp_path, kills=6, seed=1)


@needs_fork
@pytest.mark.violence
@pytest.mark.parametrize("seed", range(4))
def test_a_training_killed_at_60_moments_is_the_unbroken_one(tmp_path: Path, seed: int) -> None:
    check_kills(tmp_path, kills=60, seed=seed)


def contents(folder: Path) -> dict[str, Any]:
    """Return what a run has written, without the time that it took."""
    with (folder / "metrics.csv").open() as stream:
        rows = [{k: v for k, v in row.items() if k != "seconds"} for row in csv.DictReader(stream)]
    state = torch.load(folder / "last.ckpt", weights_only=True)
    momentum = {n: s["momentum_buffer"] for n, s in state["optimizer"]["state"].items()}
    tensors = {"last": state["model"], "momentum": momentum}
    for path in folder.glob("*.safetensors"):
        tensors[path.name] = load_file(path)
    return {
        "rows": rows,
        "best": state["best"],
        "tensors": {
            name: {key: tensor.numpy().tobytes() for key, tensor in found.items()}
            for name, found in tensors.items()
        },
        "maps": {path.name: path.read_bytes() for path in folder.glob("maps/*")},
        "names": sorted(str(path.relative_to(folder)) for path in folder.rglob("*")),
    }


def killed_in_a_checkpoint(number: int, work: Callable[[], object]) -> bool:
    """Fork, and kill the child when half of its ``number``-th checkpoint is on the disk."""
    child = os.fork()
    if child == 0:
        whole, left = torch.save, number

        def half(state: Any, stream: Any) -> None:
            nonlocal left
            left -= 1
            content = io.BytesIO()
            whole(state, content)
            if left:
                stream.write(content.getvalue())
                return
            stream.write(content.getvalue()[: content.tell() // 2])
            stream.flush()
            os.kill(os.getpid(), signal.SIGKILL)

        try:
            torch.save = half
            work()
            os._exit(0)
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work failed"
    return os.WIFSIGNALED(status)


def run(config: Config) -> None:
    """Go on with a run, or begin it."""
    torch.set_num_threads(1)
    for _ in train(config, resume=True):
        pass


def main(folder: Path, kills: int, seed: int) -> None:
    """Train without a break, then with so many."""
    draw = random.Random(seed)
    file = folder / "toy.toml"
    whole, broken = (load_config(file, [f"output.dir={folder / n}"]) for n in ("whole", "broken"))
    assert not killed_before(10**9, lambda: run(whole))
    done = 0
    while done < kills:
        if draw.random() < 0.5:
            hit = killed_in_a_checkpoint(draw.randint(1, 3), lambda: run(broken))
        else:
            hit = killed_before(draw.randint(1, 250), lambda: run(broken))
        assert hit, "the training had ended before all kills were done"
        done += 1
        last, part = folder / "broken" / "last.ckpt", folder / "broken" / "last.ckpt.part"
        state = torch.load(last, weights_only=True) if last.exists() else {"epoch": 0, "step": 0}
        report(epoch=state["epoch"], step=state["step"], half_written=int(part.exists()))
    assert not killed_before(10**9, lambda: run(broken))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
