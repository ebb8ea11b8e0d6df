"""The loop: it learns, repeats itself, survives, and leaves a model that says what it is."""

import csv
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file

from softcam_core.annotations.claim import is_claimed
from softcam_core.errors import CancelledError, ConfigError, TrainingError
from softcam_core.models.checkpoint import load_model
from softcam_core.training.config import Config
from softcam_core.training.data import ImageStore
from softcam_core.training.events import EpochDone, Finished, Note, Progress
from softcam_core.training.loop import learner, train, validation
from softcam_core.training.scores import Scores
from softcam_core.training.status import read_status
from tests.core.training.conftest import make_toy


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def rows_of(config: Config) -> list[dict[str, str]]:
    with (Path(config.output.dir) / "metrics.csv").open() as stream:
        return [{k: v for k, v in row.items() if k != "seconds"} for row in csv.DictReader(stream)]


def best_of(config: Config) -> dict[str, torch.Tensor]:
    return load_file(Path(config.output.dir) / "best.safetensors")


def weights(config: Config, name: str) -> dict[str, torch.Tensor]:
    path = Path(config.output.dir) / f"{name}.safetensors"
    return load_file(path) if path.exists() else {}


def checkpoint(config: Config) -> dict[str, Any]:
    return torch.load(Path(config.output.dir) / "last.ckpt", weights_only=True)


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[k], b[k]) for k in a)


def test_sixteen_images_are_learnt_by_heart(tmp_path, configure):
    table = make_toy(tmp_path / "sixteen", train=16, val=16)
    # The training images again as validation: this asks for memory, not for generalisation.
    for i in range(16):
        shutil.copy(table.parent / f"{i}.png", table.parent / f"{i + 16}.png")
    config = configure(
        f"data.csv={table}",
        "data.augment=none",
        "model.arch=squeezenet1_1",
        "model.options={}",
        "data.image_size=64",
        "train.epochs=20",
        "train.batch_size=4",
        "train.lr=0.01",
    )
    events = list(train(config))
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.best["val_accuracy"] == 1.0
    assert finished.best["val_auc"] == 1.0
    last = [e for e in events if isinstance(e, EpochDone)][-1].row
    assert last["train_ce"] < 0.25


def test_the_run_folder_and_the_model_tell_everything(configure):
    config = configure("loss.l1=1e-3", "loss.l2=1e-4", "data.modality=fundus", "card.title=Toy")
    events = list(train(config))
    folder = Path(config.output.dir)
    assert {p.name for p in folder.iterdir()} == {
        "best.safetensors",
        "best-auc.safetensors",
        "best-kappa.safetensors",
        "last.ckpt",
        "status.json",
        "metrics.csv",
        "config.toml",
        "split.csv",
    }
    rows = rows_of(config)
    assert [row["epoch"] for row in rows] == ["1", "2", "3"]
    for row in rows:
        parts = sum(float(row[f"train_{name}"]) for name in ("ce", "l1", "l2", "guidance"))
        assert float(row["train_loss"]) == pytest.approx(parts, rel=1e-5)
        assert float(row["train_l1"]) > 0
    assert float(rows[0]["lr"]) == 0.02

    best = max((r for r in rows if r["best"] == "1"), key=lambda r: int(r["epoch"]))
    top = max(float(r["val_accuracy"]) for r in rows)
    assert float(best["val_accuracy"]) == top
    spec = load_model(folder / "best.safetensors").spec
    assert spec.training["best_epoch"] == int(best["epoch"]) == events[-1].best["epoch"]
    assert spec.classes == ("healthy", "lesion")
    assert spec.modality == "fundus"
    assert spec.lambdas == {
        "l1": 1e-3,
        "l2": 1e-4,
        "grid": [1, 1],
        "classes": 2,
        "reduction": "mean",
        "ridge": "norm",
    }
    assert spec.map_limits.keys() == {"evidence", "gradcam"}
    assert all(limit > 0 for limit in spec.map_limits.values())
    assert 0.1 < spec.input.mean[0] < 0.4
    assert 0.1 < spec.input.std[0] < 0.3
    assert spec.input.size == (32, 32)
    assert spec.training["kind"] == "elastic net"
    assert spec.training["data"]["images"]["train"] == {"healthy": 12, "lesion": 12}
    assert "esearch use only" in spec.card["intended_use"]
    assert spec.card["title"] == "Toy"
    assert str(folder.parent) not in spec.to_json()  # no path of this machine, no patient
    stages = {e.stage for e in events if isinstance(e, Progress)}
    assert stages == {"images", "training", "validation", "limits"}


def test_the_evidence_limit_is_the_percentile_over_the_validation_set(configure):
    from softcam_core.imaging.preprocess import model_input
    from softcam_core.imaging.read import read_image

    config = configure("train.epochs=1")
    list(train(config))
    model = load_model(Path(config.output.dir) / "best.safetensors")
    folder = Path(config.data.csv).parent
    inputs = [
        model_input(read_image(folder / f"{i}.png"), model.spec.input)[0] for i in range(24, 32)
    ]
    with torch.no_grad():
        out = model(torch.from_numpy(np.stack(inputs)))
    limit = np.quantile(out.evidence.abs().numpy(), 0.995)
    assert model.spec.map_limits["evidence"] == pytest.approx(limit, rel=0.02)
    labels = torch.tensor([0, 1] * 4)
    accuracy = (out.logits.argmax(1) == labels).float().mean().item()
    assert accuracy == pytest.approx(float(rows_of(config)[0]["val_accuracy"]))


def test_a_black_box_has_no_evidence_to_report(configure):
    config = configure("model.head=blackbox", "train.epochs=1")
    list(train(config))
    (row,) = rows_of(config)
    assert row["val_mean_abs_evidence"] == row["val_positive_share"] == ""
    spec = load_model(Path(config.output.dir) / "best.safetensors").spec
    assert spec.lambdas == {}
    assert spec.map_limits.keys() == {"gradcam"}
    assert spec.training["kind"] == "black box"


def test_one_seed_gives_the_same_numbers_twice_and_another_others(configure, tmp_path):
    runs = [
        configure(f"output.dir={tmp_path / name}", f"train.seed={seed}", "train.epochs=2")
        for name, seed in (("a", 3), ("b", 3), ("c", 4))
    ]
    for config in runs:
        list(train(config))
    assert rows_of(runs[0]) == rows_of(runs[1])
    assert same(best_of(runs[0]), best_of(runs[1]))
    assert rows_of(runs[0]) != rows_of(runs[2])


MOMENTS = {
    "in the images": ("images", 0, 5),
    "after the first step": ("training", 1, 1),
    "within an epoch": ("training", 2, 2),
    "after the last step": ("training", 2, 3),
    "in the validation": ("validation", 1, 1),
    "before the best is written": ("limits", 1, 1),
}


def stopped(config: Config, stage: str, epoch: int, done: int, *, resume: bool = False) -> None:
    """Train until just after a moment."""
    moment = Progress(stage, done, 0, epoch)
    seen: list[object] = []

    def cancelled() -> bool:
        return any(isinstance(e, Progress) and replace(e, total=0) == moment for e in seen)

    with pytest.raises(CancelledError):
        seen.extend(train(config, resume=resume, cancelled=cancelled))


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return the folder of a run that nothing stopped, made once per precision."""
    made: dict[str, Path] = {}

    def run(configure: Callable[..., Config], precision: str) -> Path:
        if precision not in made:
            made[precision] = tmp_path_factory.mktemp("unbroken") / precision
            config = configure(f"output.dir={made[precision]}", f"train.precision={precision}")
            list(train(config))
        return made[precision]

    return run


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_resumed_run_is_the_unbroken_run(configure, unbroken, moment):
    whole = configure(f"output.dir={unbroken(configure, '32')}")
    broken = configure()
    stopped(broken, *MOMENTS[moment])
    status = read_status(Path(broken.output.dir))
    assert status.state == "paused"
    assert not is_claimed(Path(broken.output.dir) / "status.json")
    assert (Path(broken.output.dir) / "last.ckpt").exists() == (moment != "in the images")
    list(train(broken, resume=True))
    assert rows_of(broken) == rows_of(whole)
    for name in ("best", "best-auc", "best-kappa"):
        assert same(weights(broken, name), weights(whole, name))
    ours, theirs = (checkpoint(config) for config in (broken, whole))
    assert same(ours["model"], theirs["model"])
    ours, theirs = (
        {n: s["momentum_buffer"] for n, s in c["optimizer"]["state"].items()}
        for c in (ours, theirs)
    )
    assert same(ours, theirs)
    assert read_status(Path(broken.output.dir)).state == "finished"


def test_a_run_in_bf16_that_was_stopped_twice_is_the_unbroken_run(configure, unbroken):
    whole = configure(f"output.dir={unbroken(configure, 'bf16')}", "train.precision=bf16")
    broken = configure("train.precision=bf16")
    stopped(broken, "training", 1, 2)
    stopped(broken, "training", 2, 1, resume=True)
    notes = [e.text for e in train(broken, resume=True) if isinstance(e, Note)]
    assert notes == ["Resuming in epoch 2 of 3, after 2 of 3 steps."]
    assert rows_of(broken) == rows_of(whole)
    assert same(best_of(broken), best_of(whole))


def test_a_run_whose_events_nobody_takes_any_more_is_paused_where_it_is(configure):
    events = train(configure("train.epochs=1"))
    for event in events:
        if isinstance(event, Progress) and event.stage == "training" and event.done == 2:
            break
    events.close()
    state = checkpoint(configure())
    assert (state["epoch"], state["step"]) == (0, 2)
    assert read_status(Path(configure().output.dir)).state == "paused"


def test_the_best_so_far_outlives_a_pause(configure):
    config = configure("train.epochs=1")
    list(train(config))
    last = Path(config.output.dir) / "last.ckpt"
    state = torch.load(last, weights_only=True)
    state["best"]["best.safetensors"] = [2.0, 0.0]  # better than anything can be
    torch.save(state, last)
    before = best_of(config)
    list(train(configure("train.epochs=3"), resume=True))
    assert [row["best"] for row in rows_of(config)] == ["1", "0", "0"]
    assert same(best_of(config), before)


def test_among_equal_accuracies_the_lower_loss_is_best(configure, monkeypatch):
    losses = iter([0.5, 0.4, 0.6])
    monkeypatch.setattr(
        validation, "score", lambda *_: Scores(loss=next(losses), accuracy=0.75, auc=0.5, kappa=0.5)
    )
    config = configure()
    list(train(config))
    assert [row["best"] for row in rows_of(config)] == ["1", "1", "0"]


def test_each_epoch_sees_every_image_in_an_order_of_its_own(configure, monkeypatch):
    orders: list[list[int]] = []
    batches = ImageStore.batches

    def spied(store: ImageStore, indices: list[int], *args: object, **kwargs: object) -> object:
        if "scheme" in kwargs:
            orders.append(list(indices))
        return batches(store, indices, *args, **kwargs)

    monkeypatch.setattr(ImageStore, "batches", spied)
    list(train(configure("train.epochs=2")))
    assert [sorted(order) for order in orders] == [list(range(24))] * 2
    assert orders[0] != orders[1]
    assert orders[0] != list(range(24))


def test_black_box_and_dense_model_are_the_same_run(configure, tmp_path):
    """Without dropout the pooled linear layer and the mean of its 1x1 convolution are equal."""
    runs = {
        head: configure(
            f"output.dir={tmp_path / head}",
            f"model.head={head}",
            "model.options.dropout=0",
            "train.epochs=1",
            "train.lr=0.005",
        )
        for head in ("softcam", "blackbox")
    }
    for config in runs.values():
        list(train(config))
    soft, black = (float(rows_of(config)[0]["train_ce"]) for config in runs.values())
    assert soft == pytest.approx(black, rel=1e-3)


def test_resume_without_a_run_starts_and_with_a_finished_one_ends(configure):
    config = configure("train.epochs=1")
    texts = [e.text for e in train(config, resume=True) if isinstance(e, Note)]
    assert "starting from the beginning" in texts[0]
    before = rows_of(config)
    events = list(train(config, resume=True))
    assert "nothing to resume" in events[-2].text
    assert isinstance(events[-1], Finished)
    assert rows_of(config) == before


def test_a_run_is_never_overwritten_unasked(configure):
    config = configure("train.epochs=1")
    list(train(config))
    with pytest.raises(ConfigError, match="already holds a run; add --resume"):
        list(train(config))
    list(train(configure("train.epochs=1", "train.seed=9"), overwrite=True))
    assert (
        load_model(Path(config.output.dir) / "best.safetensors").spec.training["train"]["seed"] == 9
    )


def test_another_configuration_or_table_cannot_be_resumed(configure):
    config = configure("train.epochs=1")
    list(train(config))
    with pytest.raises(ConfigError, match=r"train.lr = 0.02, not 0.5"):
        list(train(configure("train.epochs=1", "train.lr=0.5"), resume=True))
    table = Path(config.data.csv)
    table.write_text(table.read_text().replace("0.png,healthy", "0.png,lesion", 1))
    with pytest.raises(ConfigError, match="other images, labels or splits"):
        list(train(config, resume=True))
    (Path(config.output.dir) / "last.ckpt").write_bytes(b"half a file")
    with pytest.raises(ConfigError, match="is damaged"):
        list(train(config, resume=True))


def test_other_pixels_are_refused_and_a_little_other_ones_are_said(configure, toy):
    config = configure("train.epochs=1")
    list(train(config))
    more, image = configure("train.epochs=2"), toy.parent / "3.png"
    mean = load_model(Path(config.output.dir) / "best.safetensors").spec.input.mean
    pixels = np.array(Image.open(image))
    Image.fromarray(pixels ^ 1).save(image)
    said = " ".join(e.text for e in train(more, resume=True) if isinstance(e, Note))
    assert "not to the bit those that the run began with" in said
    assert "train.epochs was 1 and is 2" in said
    assert load_model(Path(config.output.dir) / "best.safetensors").spec.input.mean == mean
    for i in range(24):
        Image.fromarray(255 - np.array(Image.open(toy.parent / f"{i}.png"))).save(
            toy.parent / f"{i}.png"
        )
    with pytest.raises(ConfigError, match="was made with other pixels: the images' mean was 0"):
        list(train(more, resume=True))


def test_other_lesions_are_said(configure, toy):
    head, *rows = toy.read_text().splitlines()
    mask = toy.parent / "mask.png"
    drawn = np.zeros((36, 40), np.uint8)
    drawn[2:6, 2:6] = 255
    Image.fromarray(drawn).save(mask)
    rows = [f"{row},{'mask.png' if ',lesion,' in row else ''}" for row in rows]
    toy.write_text("\n".join([f"{head},mask", *rows]) + "\n")
    settings = ("loss.guidance=0.5", "data.image_size=64")
    list(train(configure(*settings, "train.epochs=1")))
    Image.fromarray(np.roll(drawn, 9)).save(mask)
    notes = [e.text for e in train(configure(*settings), resume=True) if isinstance(e, Note)]
    assert any("or their lesions are not to the bit" in text for text in notes)


def test_a_checkpoint_is_loaded_without_running_pickled_code(configure, tmp_path):
    class Bomb:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "exploded",))

    config = configure("train.epochs=1")
    list(train(config))
    torch.load(Path(config.output.dir) / "last.ckpt", weights_only=True)
    torch.save({"version": 1, "x": Bomb()}, Path(config.output.dir) / "last.ckpt")
    with pytest.raises(ConfigError, match="is damaged"):
        list(train(config, resume=True))
    assert not (tmp_path / "exploded").exists()


def test_a_loss_that_leaves_the_numbers_is_one_sentence_and_nothing_is_stored(configure):
    config = configure("train.lr=1e30", "train.epochs=2")
    with pytest.raises(TrainingError, match=r"not a number any more in epoch 1; lower train\.lr"):
        list(train(config))
    assert not (Path(config.output.dir) / "last.ckpt").exists()


def test_half_precision_on_a_cpu_is_one_sentence(configure):
    with pytest.raises(ConfigError, match="needs a CUDA device"):
        list(train(configure("train.precision=16")))


def test_full_memory_is_one_sentence(configure, monkeypatch):
    def full(*args: object, **kwargs: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(learner, "training_loss", full)
    with pytest.raises(TrainingError, match="memory is full with batches of 8 images of 32 x 32"):
        list(train(configure()))


def test_a_batch_that_leaves_one_value_per_channel_is_one_sentence(configure):
    with pytest.raises(TrainingError, match=r"raise train.batch_size or data.image_size\.$"):
        list(train(configure("train.batch_size=1")))


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes into a read-only folder")
def test_a_read_only_folder_is_one_sentence(configure, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(TrainingError, match="cannot be written"):
        list(train(configure(f"output.dir={locked / 'run'}")))


def test_a_file_in_the_way_of_the_run_folder_is_one_sentence(configure, tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(TrainingError, match="cannot be written"):
        list(train(configure(f"output.dir={tmp_path / 'taken' / 'run'}")))


def test_fewer_images_than_a_batch_make_one_batch(configure):
    config = configure("train.batch_size=64", "train.epochs=1")
    notes = [e.text for e in train(config) if isinstance(e, Note)]
    assert notes == ["All 24 training images make one batch, smaller than 64."]


def test_the_last_incomplete_batch_is_dropped(configure):
    config = configure("train.batch_size=10", "train.epochs=1")
    steps = [e.total for e in train(config) if isinstance(e, Progress) and e.stage == "training"]
    assert steps == [2, 2]


def test_skipped_images_are_listed(configure):
    config = configure("train.epochs=1")
    (Path(config.data.csv).parent / "4.png").write_bytes(b"no image")
    notes = [e.text for e in train(config) if isinstance(e, Note)]
    assert "1 of 32 images is left out, see skipped.csv" in notes[0]
    assert "4.png" in (Path(config.output.dir) / "skipped.csv").read_text()
    (Path(config.data.csv).parent / "5.png").unlink()
    with pytest.raises(ConfigError, match="2 of 32 images cannot be read"):
        list(train(config, overwrite=True))
