"""The estimate of a run, and what ``softcam train --dry-run`` says."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from softcam_core.cli.dry_run import duration
from softcam_core.cli.main import main
from softcam_core.errors import CancelledError, ConfigError, ModelError
from softcam_core.models.backbones import torchvision_classifier
from softcam_core.models.build import build_model
from softcam_core.models.checkpoint import save_model
from softcam_core.training import estimate as module
from softcam_core.training.config import Config
from softcam_core.training.estimate import estimate
from softcam_core.training.loop import train


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    monkeypatch.setattr(module, "_SECONDS", 0.2)
    yield
    torch.set_num_threads(before)


def test_the_estimate_is_near_what_a_run_takes(configure: Callable[..., Config]) -> None:
    config = configure("data.image_size=96", "train.epochs=3")
    found = estimate(config)
    assert found.inputs_bytes == 32 * 96 * 96 * 3
    assert 1 / found.images_per_second * 24 < found.seconds_per_epoch
    assert found.seconds > 3 * found.seconds_per_epoch
    assert not Path(config.output.dir).exists()
    begin = time.perf_counter()
    list(train(config))
    # Of small networks files and maps take their share; a busy machine has moods.
    assert found.seconds / 10 < time.perf_counter() - begin < found.seconds * 50


def test_more_work_takes_longer(configure: Callable[..., Config]) -> None:
    small, large = (estimate(configure(f"data.image_size={side}")) for side in (32, 192))
    assert large.seconds_per_epoch > 2 * small.seconds_per_epoch
    assert large.inputs_bytes == 36 * small.inputs_bytes
    once, often = (estimate(configure(f"train.epochs={epochs}")) for epochs in (1, 200))
    assert often.seconds > 20 * once.seconds


@pytest.mark.parametrize("head", ["blackbox", "softcam", "dual-branch"])
def test_every_head_is_measured(
    head: str, configure: Callable[..., Config], tmp_path: Path
) -> None:
    words = [f"model.head={head}", "train.epochs=1"]
    if head == "dual-branch":
        arch = "shufflenet_v2_x0_5"
        box = build_model(arch, ("healthy", "lesion"), "blackbox", options={"dropout": "0.2"})
        save_model(box, tmp_path / "box.safetensors")
        words.append(f"model.weights={tmp_path / 'box.safetensors'}")
    found = estimate(configure(*words))
    assert found.images_per_second > 0


def test_an_estimate_can_be_left(configure: Callable[..., Config]) -> None:
    asked: list[bool] = []
    with pytest.raises(CancelledError):
        estimate(configure(), cancelled=lambda: not asked.append(True) and len(asked) > 2)
    assert len(asked) == 3


def test_what_a_run_would_refuse_is_refused(
    configure: Callable[..., Config], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=r"none\.pth do not exist"):
        estimate(configure("model.weights=none.pth"))
    torch.save(torchvision_classifier("squeezenet1_1", 2).state_dict(), tmp_path / "other.pth")
    with pytest.raises(ModelError, match=r"other\.pth"):
        estimate(configure(f"model.weights={tmp_path / 'other.pth'}"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    monkeypatch.setattr(sys, "argv", ["softcam", "train", *words])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0


def test_a_dry_run_shows_data_and_time(
    configure: Callable[..., Config],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure()
    run(monkeypatch, str(tmp_path / "toy.toml"), "--dry-run")
    out = capsys.readouterr().out
    assert "train: 24 images of 24 patients: healthy 12 (50%), lesion 12 (50%)" in out
    assert "val: 8 images of 8 patients: healthy 4 (50%), lesion 4 (50%)" in out
    assert "an epoch" in out
    assert "for all 3." in out
    run(monkeypatch, str(tmp_path / "toy.toml"), "--dry-run", "--json")
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["images"]["train"] == {"healthy": 12, "lesion": 12}
    assert told["patients"] == {"train": 24, "val": 8, "test": 0}
    assert told["seconds"] > 3 * told["seconds_per_epoch"] > 0
    assert not (tmp_path / "run").exists()


def test_lengths_of_time_in_words() -> None:
    assert [duration(s) for s in (0.123, 42.4, 200, 7200 * 1.25)] == [
        "0.12 s",
        "42 s",
        "3 min",
        "2.5 h",
    ]
