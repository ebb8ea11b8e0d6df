"""What a configuration can ask of a run: each key does what it says."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from softcam_core.annotations.claim import claim
from softcam_core.errors import ConfigError, TrainingError
from softcam_core.models.softcam import SoftCAM
from softcam_core.training.config import Config
from softcam_core.training.events import EpochDone, Finished, Note, Progress, Watched
from softcam_core.training.loop import board, images, learner, train, validation
from softcam_core.training.loop.watch import choose_watched
from softcam_core.training.scores import Scores
from softcam_core.training.status import read_status
from softcam_core.training.table import Sample, Table

Configure = Callable[..., Config]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def smooth(configure: Configure, tmp_path: Path) -> Configure:
    """A network without batch normalisation and dropout, and steps too small for chaos."""

    def run(name: str, *more: str) -> Config:
        return configure(
            *("model.arch=squeezenet1_1", "model.options.dropout=0", "data.image_size=64"),
            *("train.lr=5e-4", "train.epochs=1", f"output.dir={tmp_path / name}", *more),
        )

    return run


def rows_of(config: Config) -> list[dict[str, str]]:
    with (Path(config.output.dir) / "metrics.csv").open() as stream:
        return [{k: v for k, v in row.items() if k != "seconds"} for row in csv.DictReader(stream)]


def weights(config: Config) -> dict[str, torch.Tensor]:
    return load_file(Path(config.output.dir) / "best.safetensors")


def close(one: Config, other: Config) -> None:
    """Compare runs in which rounding alone differs."""
    for ours, theirs in zip(rows_of(one), rows_of(other), strict=True):
        for key, text in ours.items():
            assert float(text) == pytest.approx(float(theirs[key]), rel=1e-3), key
    ours, theirs = weights(one), weights(other)
    apart = sum(float(((w - theirs[key]) ** 2).sum()) for key, w in ours.items())
    assert apart <= 1e-4**2 * sum(float((w**2).sum()) for w in ours.values())


@pytest.mark.parametrize(
    "more", [["loss.l2=1e-3"], ["loss.l1=1e-3", "loss.reduction=first_sample"]]
)
def test_two_passes_of_four_are_one_of_eight(smooth: Configure, more: list[str]) -> None:
    whole = smooth("whole", *more)
    parts = smooth("parts", *more, "train.batch_size=4", "train.accumulate=2")
    for config in (whole, parts):
        assert isinstance(list(train(config))[-1], Finished)
    close(whole, parts)
    other = smooth("other", *more, "train.batch_size=4")
    list(train(other))
    assert rows_of(other)[0]["train_ce"] != rows_of(whole)[0]["train_ce"]


def test_every_pass_of_a_run_draws_its_own_dropout(configure, monkeypatch) -> None:
    seeds: list[tuple[int, ...]] = []
    monkeypatch.setattr(learner, "seed_pass", lambda *key: seeds.append(key))
    list(train(configure("train.epochs=2", "train.batch_size=4", "train.accumulate=2")))
    assert len(seeds) == len(set(seeds)) == 2 * 6


def test_an_incomplete_group_of_passes_is_dropped(configure: Configure) -> None:
    config = configure("train.epochs=1", "train.batch_size=5", "train.accumulate=2")
    steps = [e for e in train(config) if isinstance(e, Progress) and e.stage == "training"]
    assert [(step.done, step.total) for step in steps] == [(1, 2), (2, 2)]


def test_a_set_too_small_for_the_passes_says_so(configure: Configure) -> None:
    config = configure("train.epochs=1", "train.accumulate=4")
    notes = [e.text for e in train(config) if isinstance(e, Note)]
    assert notes == ["The 24 training images make batches of 24, smaller than 32."]


def test_deterministic_runs_are_one_to_the_bit_and_the_mode_ends(configure, tmp_path) -> None:
    runs = [
        configure(f"output.dir={tmp_path / name}", "train.deterministic=true", "loss.l1=1e-3")
        for name in "ab"
    ]
    for config in runs:
        events = train(config)
        next(events)
        assert torch.are_deterministic_algorithms_enabled()
        list(events)
        assert not torch.are_deterministic_algorithms_enabled()
    assert rows_of(runs[0]) == rows_of(runs[1])
    ours, theirs = map(weights, runs)
    assert all(torch.equal(ours[key], theirs[key]) for key in theirs)


@pytest.mark.parametrize("last", [True, False])
def test_network_and_inputs_have_the_layout_asked_for(smooth, monkeypatch, last) -> None:
    seen = []
    forward = SoftCAM.forward

    def spied(self: SoftCAM, x: torch.Tensor, *args: Any, **named: Any) -> Any:
        kernel = next(p for p in self.parameters() if p.ndim == 4 and p.shape[2] == 3)
        layout = {"memory_format": torch.channels_last}
        if self.training:
            seen.append((x.is_contiguous(**layout), kernel.is_contiguous(**layout)))
        return forward(self, x, *args, **named)

    monkeypatch.setattr(SoftCAM, "forward", spied)
    list(train(smooth("run", f"train.channels_last={str(last).lower()}")))
    assert set(seen) == {(last, last)}


def test_penalties_are_computed_in_fp32_under_bf16(configure, monkeypatch) -> None:
    kinds = []
    inner = learner.training_loss

    def spied(output: Any, *args: Any) -> Any:
        terms = inner(output, *args)
        kinds.append((output.evidence.dtype, terms.ce.dtype, terms.l1.dtype, terms.l2.dtype))
        return terms

    monkeypatch.setattr(learner, "training_loss", spied)
    list(train(configure("train.precision=bf16", "train.epochs=1", "loss.l1=1e-3", "loss.l2=1e-3")))
    ((evidence, *terms),) = set(kinds)
    assert evidence in (torch.bfloat16, torch.float32)
    assert terms == [torch.float32] * 3


def fixed_scores(monkeypatch: pytest.MonkeyPatch, values: list[float]) -> None:
    """Let the epochs have these AUCs, and nothing else that differs."""
    left = iter(values)
    monkeypatch.setattr(
        validation, "score", lambda *_: Scores(loss=1.0, accuracy=0.5, auc=next(left), kappa=0.0)
    )


def test_a_run_ends_early_and_says_why(configure, monkeypatch) -> None:
    settings = ("train.epochs=9", "train.patience=2", "train.stop_by=auc")
    config = configure(*settings)
    fixed_scores(monkeypatch, [0.5, 0.7, 0.6, 0.7, 0.9])
    finished = list(train(config))[-1]
    reason = (
        "Ended after epoch 4: the validation AUC has not become better for 2 epochs "
        "(train.patience)."
    )
    assert (len(rows_of(config)), finished.reason) == (4, reason)
    status = read_status(Path(config.output.dir))
    assert (status.state, status.epoch, status.epochs, status.reason) == ("finished", 4, 9, reason)
    # Resumed it decides the same; with more patience it goes on.
    again = list(train(config, resume=True))
    assert "nothing to resume" in again[-2].text
    assert again[-1].reason == reason
    fixed_scores(monkeypatch, [0.9, 0.8, 0.8, 0.8])
    list(train(configure(*settings, "train.patience=3"), resume=True))
    assert len(rows_of(config)) == 8


def test_a_lambda_that_is_still_to_be_selected_is_refused(configure) -> None:
    with pytest.raises(ConfigError, match=r"^loss.l1 is to be selected first: run softcam sweep"):
        list(train(configure("loss.select=l1")))
    list(train(configure("loss.select=l1", "loss.l1=1e-4", "train.epochs=1")))


def test_guidance_has_a_column_of_its_own(configure, toy) -> None:
    head, *rows = toy.read_text().splitlines()
    boxes = '"[[2, 2, 4, 4]]"'
    rows = [f"{row},{boxes if ',lesion,' in row else ''}" for row in rows]
    toy.write_text("\n".join([f"{head},boxes", *rows]) + "\n")
    config = configure("loss.guidance=0.5", "train.epochs=1", "data.image_size=64")
    (done,) = [e.row for e in train(config) if isinstance(e, EpochDone)]
    assert done["train_guidance"] > 0
    assert done["train_loss"] == pytest.approx(done["train_ce"] + done["train_guidance"])
    assert float(rows_of(config)[0]["train_guidance"]) == pytest.approx(done["train_guidance"])


def test_images_are_drawn_by_their_weight(configure, monkeypatch) -> None:
    """Of the first class nothing is drawn where its weight is next to nothing."""
    inner = images.read_data

    def weighted(*args: Any, **named: Any) -> Table:
        table = inner(*args, **named)
        return replace(
            table,
            samples=tuple(replace(s, weight=1e-9 if s.label == 0 else 2.0) for s in table.samples),
        )

    seen: list[int] = []
    loss = learner.training_loss

    def spied(output: Any, labels: torch.Tensor, *args: Any) -> Any:
        seen.extend(labels.tolist())
        return loss(output, labels, *args)

    monkeypatch.setattr(images, "read_data", weighted)
    monkeypatch.setattr(learner, "training_loss", spied)
    list(train(configure("train.epochs=1")))
    assert seen == [1] * 24


@pytest.mark.parametrize("head", ["softcam", "blackbox"])
def test_the_maps_of_watched_images_are_kept_after_every_epoch(configure, head) -> None:
    config = configure("output.watch=3", f"model.head={head}", "train.epochs=2")
    events = list(train(config))
    folder = Path(config.output.dir) / "maps"
    watched = [e for e in events if isinstance(e, Watched)]
    assert watched == [Watched(n, folder / f"epoch-000{n}.npz") for n in (1, 2)]
    inputs = np.load(folder / "inputs.npz")
    assert (inputs["inputs"].shape, inputs["inputs"].dtype) == ((3, 32, 32, 3), np.uint8)
    with (Path(config.output.dir) / "split.csv").open() as stream:
        split = list(csv.DictReader(stream))
    for event in watched:
        found = np.load(event.path)
        assert found["evidence"].shape == (3, 2, 1, 1)
        assert found["evidence"].dtype == np.float32
        assert found["logits"].shape == (3, 2)
        assert str(found["method"]) == ("evidence" if head == "softcam" else "gradcam")
        assert found["classes"].tolist() == ["healthy", "lesion"]
        assert found["labels"].tolist() == [1, 1, 1]
        assert [split[i]["split"] for i in found["indices"]] == ["val"] * 3
        assert [split[i]["label"] for i in found["indices"]] == ["lesion"] * 3
        if head == "softcam":  # One cell: its evidence is the logit.
            assert np.allclose(found["evidence"][..., 0, 0], found["logits"], atol=1e-6)
    first, second = (np.load(event.path)["logits"] for event in watched)
    assert not np.array_equal(first, second)
    list(train(configure("train.epochs=1"), overwrite=True))
    assert not list(folder.glob("*"))


def table_of(labels: list[int]) -> Table:
    samples = tuple(
        Sample(Path(f"{i}.png"), label, str(i), "val") for i, label in enumerate(labels)
    )
    return Table(Path("t.csv"), ("healthy", "a", "b"), samples)


def test_watched_images_are_of_all_diseases_and_healthy_ones_only_if_need_be() -> None:
    labels = [0] * 5 + [1] * 5 + [2] * 2
    chosen = choose_watched(table_of(labels), 4, seed=1)
    assert sorted(labels[i] for i in chosen) == [1, 1, 2, 2]
    assert choose_watched(table_of(labels), 4, seed=1) == chosen
    assert any(choose_watched(table_of(labels), 4, seed=s) != chosen for s in range(2, 6))
    assert sorted(labels[i] for i in choose_watched(table_of(labels), 9, seed=1)) == [
        *(0, 0, 1, 1, 1, 1, 1, 2, 2)
    ]
    assert sorted(choose_watched(table_of([0, 0]), 3, seed=1)) == [0, 1]


def test_tensorboard_is_named_where_it_is_missing(configure, monkeypatch) -> None:
    monkeypatch.setattr(board, "find_spec", lambda _name: None)
    with pytest.raises(ConfigError, match=r"package tensorboard, .* softcam-viewer\[tensorboard\]"):
        list(train(configure("output.tensorboard=true")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tensorboard_has_the_curves(configure) -> None:
    pytest.importorskip("tensorboard", reason="the optional package tensorboard is not installed")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    config = configure("output.tensorboard=true", "train.epochs=1")
    list(train(config))
    list(train(configure("output.tensorboard=true", "train.epochs=2"), resume=True))
    read = EventAccumulator(config.output.dir)
    read.Reload()
    found = {e.step: e.value for e in read.Scalars("val/accuracy")}
    wanted = {int(row["epoch"]): float(row["val_accuracy"]) for row in rows_of(config)}
    assert found == pytest.approx(wanted)
    assert "train/ce" in read.Tags()["scalars"]


def test_one_program_at_a_time_trains_in_a_folder(configure) -> None:
    config = configure("train.epochs=1")
    folder = Path(config.output.dir)
    folder.mkdir()
    held = claim(folder / "status.json")
    with pytest.raises(ConfigError, match="Another program is training in"):
        list(train(config))
    assert [path.name for path in folder.iterdir()] == [".status.json.lock"]
    held.release()
    events = train(config)
    next(events)
    assert claim(folder / "status.json") is None
    list(events)
    claim(folder / "status.json").release()


def test_the_status_follows_the_run(configure) -> None:
    config = configure("train.epochs=2")
    folder = Path(config.output.dir)
    seen = []
    for event in train(config):
        status = read_status(folder)
        if isinstance(event, EpochDone):
            seen.append((status.state, status.epoch, status.epochs, status.seconds_left))
    assert [entry[:3] for entry in seen] == [("running", 1, 2), ("running", 2, 2)]
    assert seen[0][3] > 0
    assert seen[1][3] == 0
    assert json.loads((folder / "status.json").read_text())["state"] == "finished"


def test_a_failure_is_the_statuss_last_word(configure, monkeypatch) -> None:
    def full(*args: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(learner, "training_loss", full)
    config = configure()
    with pytest.raises(TrainingError) as told:
        list(train(config))
    status = read_status(Path(config.output.dir))
    assert (status.state, status.reason) == ("failed", str(told.value))
    assert "train.batch_size=4 with train.accumulate=2" in status.reason


def test_a_run_that_cannot_be_gone_on_with_keeps_its_status(configure) -> None:
    list(train(configure("train.epochs=1")))
    before = read_status(Path(configure().output.dir))
    assert before.state == "finished"
    with pytest.raises(ConfigError, match=r"train\.lr = 0\.02, not 0\.5"):
        list(train(configure("train.lr=0.5"), resume=True))
    with pytest.raises(ConfigError, match="already holds a run"):
        list(train(configure()))
    assert read_status(Path(configure().output.dir)) == before
