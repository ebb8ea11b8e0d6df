"""The sweep around its runs: order, resuming, halving, failures. A stand-in trains."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from softcam_core.annotations.claim import claim, is_claimed
from softcam_core.errors import CancelledError, ConfigError, DivergedError, TrainingError
from softcam_core.training.config import Config, load_config
from softcam_core.training.events import EpochDone, Event, Finished, Note
from softcam_core.training.status import RunStatus, read_status, write_status
from softcam_core.training.sweep import figure
from softcam_core.training.sweep import run as module
from softcam_core.training.sweep.events import RunFailed, SweepFinished, SweepRun
from softcam_core.training.sweep.folder import INPUTS
from softcam_core.training.sweep.records import SELECTION, STATE, TABLE, load_sweep
from softcam_core.training.sweep.run import sweep

Configure = Callable[..., Config]
Metrics = Callable[[float, int], tuple[float, float]]
KEYS = (
    "epoch",
    "val_accuracy",
    "val_auc",
    "val_kappa",
    "val_loss",
    "val_mean_abs_evidence",
    "best",
)


class Trainer:
    """Trains nothing: writes what a run folder would hold, and remembers what it was asked."""

    def __init__(self) -> None:
        self.epochs: list[tuple[str, int]] = []
        self.configs: dict[str, Config] = {}
        self.diverges: set[float] = set()
        self.metrics: Metrics = lambda value, _epoch: (
            round(0.9 - value, 6),
            round(0.9 - value / 2, 6),
        )

    def __call__(
        self,
        config: Config,
        *,
        resume: bool = False,
        overwrite: bool = False,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[Event]:
        folder = Path(config.output.dir)
        assert resume == (folder / "last.ckpt").exists()
        folder.mkdir(parents=True, exist_ok=True)
        self.configs[folder.name] = config
        total, value = config.train.epochs, config.loss.l1 + config.loss.l2
        rows = json.loads((folder / "last.ckpt").read_text()) if resume else []
        yield Note("Every run says this.")
        try:
            while len(rows) < total:
                if cancelled is not None and cancelled():
                    raise CancelledError
                if value in self.diverges:
                    raise DivergedError("The loss is not a number any more.")
                rows.append(self._row(value, rows))
                self.epochs.append((folder.name, len(rows)))
                with (folder / "metrics.csv").open("w", newline="") as stream:
                    writer = csv.DictWriter(stream, KEYS)
                    writer.writeheader()
                    writer.writerows(rows)
                (folder / "last.ckpt").write_text(json.dumps(rows))
                write_status(folder, RunStatus("running", len(rows), total))
                yield EpochDone(rows[-1], total)
        except (CancelledError, GeneratorExit):
            write_status(folder, RunStatus("paused", len(rows), total))
            raise
        write_status(folder, RunStatus("finished", total, total))
        yield Finished(folder, rows[-1])

    def _row(self, value: float, rows: list[dict[str, Any]]) -> dict[str, Any]:
        accuracy, second = self.metrics(value, len(rows) + 1)
        best = all(accuracy > row["val_accuracy"] for row in rows)
        numbers = (len(rows) + 1, accuracy, second, second, 0.3, 0.5, int(best))
        return dict(zip(KEYS, numbers, strict=True))


@pytest.fixture
def trainer(monkeypatch: pytest.MonkeyPatch) -> Trainer:
    trainer = Trainer()
    monkeypatch.setattr(module, "train", trainer)
    monkeypatch.setattr(figure, "png_and_svg", lambda _drawn: (b"\x89PNG", b"<svg/>"))
    return trainer


@pytest.fixture
def config(configure: Configure, tmp_path: Path) -> Configure:
    return lambda *more: configure(
        "sweep.l1=0.001,0.004,0.02,0.1", "train.epochs=4", f"output.dir={tmp_path / 'sweep'}", *more
    )


def finished(events: Iterator[object]) -> SweepFinished:
    *_, last = events
    assert isinstance(last, SweepFinished)
    return last


def test_the_largest_value_within_the_tolerance_is_chosen_and_written(config, trainer, tmp_path):
    record = finished(sweep(config())).record
    (panel,) = record.panels
    assert panel.chosen == 0.004
    assert "l1 of shufflenet_v2_x0_5 = 4e-3 (sparse)" in panel.sentence
    assert "within 0.005" in record.rule
    folder = tmp_path / "sweep"
    assert load_config(folder / "chosen.toml").loss.l1 == 0.004
    selection = json.loads((folder / SELECTION).read_text())
    (choice,) = selection["choices"]
    assert (choice["chosen"], selection["tolerance"]) == (0.004, 0.005)
    assert choice["reference"]["accuracy"] == 0.9
    assert [line["passes"] for line in choice["table"]] == [True, True, False, False]
    with (folder / TABLE).open() as stream:
        lines = list(csv.DictReader(stream))
    assert [line["value"] for line in lines] == ["0", "0.001", "0.004", "0.02", "0.1"]
    assert [line["done"] for line in lines] == ["1"] * 5
    assert float(lines[2]["accuracy"]) == pytest.approx(0.896)
    assert (folder / "sweep.png").read_bytes()[:4] == b"\x89PNG"
    assert (folder / "sweep.svg").read_bytes() == b"<svg/>"
    assert load_sweep(folder) == record


def test_the_epoch_of_the_best_accuracy_counts(config, trainer):
    # 0.1 has its best AUC in the last epoch, and its best accuracy in the second.
    trainer.metrics = lambda value, epoch: (
        (0.9, 0.9) if value < 0.1 else (0.9 - abs(epoch - 2) / 10, [0, 0.1, 0.8, 0.9, 0.95][epoch])
    )
    (panel,) = finished(sweep(config())).record.panels
    assert (panel.points[-1].mean("accuracy"), panel.points[-1].mean("auc")) == (0.9, 0.8)
    assert panel.points[-1].results[0].epoch == 2
    assert panel.chosen == 0.02


def test_the_runs_share_decoded_inputs_which_go_at_the_end(config, trainer, tmp_path):
    for event in sweep(config()):
        if isinstance(event, SweepRun):
            (tmp_path / "sweep" / INPUTS).mkdir(exist_ok=True)
    assert not (tmp_path / "sweep" / INPUTS).exists()
    assert {c.data.cache_dir for c in trainer.configs.values()} == {
        str(tmp_path / "sweep" / INPUTS)
    }


def test_the_users_own_folder_of_inputs_is_used_and_stays(config, trainer, tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    finished(sweep(config(f"data.cache_dir={own}")))
    assert own.is_dir()
    assert {c.data.cache_dir for c in trainer.configs.values()} == {str(own)}


def test_one_dense_model_serves_both_penalties(config, trainer):
    record = finished(sweep(config("sweep.over=l1,l2", "sweep.l2=0.002,0.2"))).record
    assert [panel.chosen for panel in record.panels] == [0.004, 0.002]
    assert len(trainer.epochs) == 4 * (1 + 4 + 2)
    assert len(set(trainer.epochs)) == len(trainer.epochs)
    both = load_config(record.folder / "chosen.toml").loss
    assert (both.l1, both.l2) == (0.004, 0.002)
    one = load_config(record.folder / "chosen-shufflenet_v2_x0_5-l2.toml").loss
    assert (one.l1, one.l2) == (0, 0.002)


def test_seeds_are_averaged(config, trainer):
    calls = iter([0.95, 0.85, 0.95, 0.84, 0.95, 0.83])
    seen: dict[tuple[float, int], float] = {}

    def metrics(value: float, epoch: int) -> tuple[float, float]:
        accuracy = next(calls) if epoch == 1 else 0.1
        seen[value, epoch] = accuracy
        return accuracy, 0.9

    trainer.metrics = metrics
    (panel,) = finished(sweep(config("sweep.l1=0.001,0.1", "sweep.seeds=0,1"))).record.panels
    assert panel.reference.mean("accuracy") == pytest.approx(0.9)
    assert [p.mean("accuracy") for p in panel.points] == pytest.approx([0.895, 0.89])
    assert panel.chosen == 0.001


def test_notes_are_said_once(config, trainer):
    assert [e for e in sweep(config()) if isinstance(e, Note)] == [Note("Every run says this.")]


def test_nothing_qualifies_and_the_dense_model_is_chosen(config, trainer):
    trainer.metrics = lambda value, _epoch: (0.9 if not value else 0.5, 0.9)
    record = finished(sweep(config("loss.select=l1"))).record
    (panel,) = record.panels
    assert panel.chosen == 0
    assert "none of the 4 values" in panel.sentence
    assert load_config(record.folder / "chosen.toml").loss.select == ()


def test_the_largest_value_tried_is_said_to_be_it(config, trainer):
    trainer.metrics = lambda _value, _epoch: (0.9, 0.9)
    (panel,) = finished(sweep(config())).record.panels
    assert panel.chosen == 0.1
    assert "larger ones in sweep.l1 may do as well" in panel.sentence


def test_a_value_whose_loss_leaves_the_numbers_fails_and_the_sweep_goes_on(config, trainer):
    trainer.metrics = lambda _value, _epoch: (0.9, 0.9)
    trainer.diverges = {0.02}
    events = list(sweep(config()))
    (failed,) = [event for event in events if isinstance(event, RunFailed)]
    assert failed.name == "shufflenet_v2_x0_5-l1-0.02-seed0"
    (panel,) = finished(iter(events)).record.panels
    assert panel.chosen == 0.1
    assert panel.points[2].failed == "The loss is not a number any more."
    assert load_sweep(finished(iter(events)).record.folder).panels[0] == panel

    trainer.diverges = set()
    trainer.epochs.clear()
    again = finished(sweep(config(), resume=True)).record
    assert again.panels == (panel,)
    assert trainer.epochs == []


def test_without_a_dense_model_nothing_can_be_chosen(config, trainer, tmp_path):
    trainer.diverges = {0.0}
    with pytest.raises(TrainingError, match="No l1 of shufflenet_v2_x0_5 can be chosen"):
        list(sweep(config()))
    assert trainer.epochs == []
    record = load_sweep(tmp_path / "sweep")
    assert record.panels[0].chosen is None
    assert not (tmp_path / "sweep" / "chosen.toml").exists()


@pytest.mark.parametrize("stop", [1, 6, 11, 20])
def test_a_cancelled_sweep_goes_on_to_the_same_choice(config, trainer, tmp_path, stop):
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked == stop

    with pytest.raises(CancelledError):
        list(sweep(config(), cancelled=cancelled))
    assert not load_sweep(tmp_path / "sweep").finished
    assert not is_claimed(tmp_path / "sweep" / STATE)
    record = finished(sweep(config(), resume=True)).record
    assert record.panels[0].chosen == 0.004
    assert len(trainer.epochs) == len(set(trainer.epochs)) == 4 * 5


def test_a_closed_sweep_leaves_its_run_paused_and_its_folder_free(config, trainer, tmp_path):
    events = sweep(config())
    assert any(isinstance(event, EpochDone) for event in events)
    events.close()
    status = read_status(tmp_path / "sweep" / "runs" / "shufflenet_v2_x0_5-dense-seed0")
    assert status is not None
    assert status.state == "paused"
    finished(sweep(config(), resume=True))


def test_more_values_join_a_finished_sweep(config, trainer):
    trainer.metrics = lambda value, _epoch: (0.9 - value / 50, 0.9)
    assert finished(sweep(config())).record.panels[0].chosen == 0.1
    trainer.epochs.clear()
    record = finished(sweep(config("sweep.l1=0.1,0.2,0.3"), resume=True)).record
    assert record.panels[0].chosen == 0.2
    assert {name for name, _ in trainer.epochs} == {
        "shufflenet_v2_x0_5-l1-0.2-seed0",
        "shufflenet_v2_x0_5-l1-0.3-seed0",
    }


def test_a_folder_is_not_written_into_by_two_or_by_chance(config, trainer, tmp_path):
    finished(sweep(config()))
    with pytest.raises(ConfigError, match="already holds a sweep; add --resume"):
        list(sweep(config()))
    with pytest.raises(ConfigError, match=r"begun with train.lr = 0.02, not 0.5"):
        list(sweep(config("train.lr=0.5"), resume=True))
    held = claim(tmp_path / "sweep" / STATE)
    assert held is not None
    with pytest.raises(TrainingError, match="Another program is sweeping"):
        list(sweep(config(), resume=True))
    held.release()
    table = tmp_path / "toy" / "labels.csv"
    table.write_text(table.read_text().replace("1.png,lesion", "1.png,healthy"))
    with pytest.raises(ConfigError, match="other images, labels or splits"):
        list(sweep(config(), resume=True))

    other = tmp_path / "sweep" / "mine.txt"
    other.write_text("keep")
    trainer.epochs.clear()
    finished(sweep(config("train.lr=0.5", "sweep.l1=0.001"), overwrite=True))
    assert len(trainer.epochs) == 8
    assert other.read_text() == "keep"
    assert sorted(p.name for p in (tmp_path / "sweep" / "runs").iterdir()) == [
        "shufflenet_v2_x0_5-dense-seed0",
        "shufflenet_v2_x0_5-l1-1e-3-seed0",
    ]


def test_a_damaged_sweep_can_be_overwritten_as_its_sentence_says(config, trainer, tmp_path):
    finished(sweep(config()))
    (tmp_path / "sweep" / STATE).write_text("half a fi")
    with pytest.raises(ConfigError, match=r"is damaged; .* or with --overwrite"):
        list(sweep(config(), resume=True))
    trainer.epochs.clear()
    finished(sweep(config("sweep.l1=0.001"), overwrite=True))
    assert len(trainer.epochs) == 8
    assert len(list((tmp_path / "sweep" / "runs").iterdir())) == 2


def test_a_training_runs_folder_is_left_alone(config, trainer, tmp_path):
    (tmp_path / "sweep").mkdir()
    (tmp_path / "sweep" / "metrics.csv").write_text("epoch\n")
    with pytest.raises(ConfigError, match="holds a training run"):
        list(sweep(config(), overwrite=True))


def test_torchrun_is_refused(config, trainer, monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    with pytest.raises(ConfigError, match="without torchrun"):
        list(sweep(config()))


# Successive halving


def test_a_resumed_sweep_keeps_its_rungs(config, trainer, tmp_path):
    finished(sweep(config("sweep.halving=2", "train.epochs=8")))
    before = (tmp_path / "sweep" / TABLE).read_text()
    assert {line["rung"] for line in csv.DictReader(before.splitlines())} >= {"1", "2"}
    finished(sweep(config("sweep.halving=2", "train.epochs=8"), resume=True))
    assert (tmp_path / "sweep" / TABLE).read_text() == before


def test_halving_reaches_the_same_choice_with_fewer_epochs(config, trainer):
    whole = finished(sweep(config())).record.panels[0].chosen
    cost = len(trainer.epochs)
    trainer.epochs.clear()
    events = list(sweep(config("sweep.halving=2"), overwrite=True))
    record = finished(iter(events)).record
    assert record.panels[0].chosen == whole == 0.004
    # Dense 4; four values for 1 epoch, two of them to 2, one to 4.
    assert len(trainer.epochs) == 4 + 4 * 1 + 2 * 1 + 1 * 2 < cost
    assert len(set(trainer.epochs)) == len(trainer.epochs)
    assert [point.epochs for point in record.panels[0].points] == [2, 4, 1, 1]
    assert [point.done for point in record.panels[0].points] == [False, True, False, False]
    assert [point.results[0].rung for point in record.panels[0].points] == [2, 3, 1, 1]
    begun = [event for event in events if isinstance(event, SweepRun)]
    assert [event.rungs for event in begun] == [3] * len(begun)
    assert {c.train.epochs for c in trainer.configs.values()} == {4}


def test_a_rung_compares_at_equal_epochs(config, trainer):
    # Everybody gains with time: beside a finished dense model none would pass at epoch 1.
    trainer.metrics = lambda value, epoch: (0.5 + epoch / 10 - value, 0.5 + epoch / 10)
    list(sweep(config("sweep.l1=0.1")))
    (panel,) = finished(sweep(config("sweep.halving=2"), resume=True)).record.panels
    assert panel.chosen == 0.004
    # That 0.1 was trained to the end before takes it no further.
    assert [point.results[0].rung for point in panel.points] == [2, 3, 1, 1]


def test_dropped_values_come_back_where_no_survivor_passes(config, trainer):
    # 0.02 looks good at first and is alone at the end, where it fails; 0.004 comes next.
    def metrics(value: float, epoch: int) -> tuple[float, float]:
        late = value >= 0.02 and epoch > 2
        return (0.9 + epoch / 100 - (0.3 if late or value > 0.05 else 0), 0.9)

    trainer.metrics = metrics
    whole = finished(sweep(config())).record.panels[0].chosen
    record = finished(sweep(config("sweep.halving=2"), overwrite=True)).record
    assert record.panels[0].chosen == whole == 0.004


def test_a_value_that_was_dropped_is_not_chosen_by_its_early_figures(config, trainer):
    # The dense model's AUC falls: at the end 0.02 would be within it by that of epoch 1.
    def metrics(value: float, epoch: int) -> tuple[float, float]:
        second = {0.0: 0.95 if epoch == 1 else 0.85, 0.02: 0.90, 0.1: 0.5}.get(value, 0.95)
        return 0.9 + epoch / 1000, second

    trainer.metrics = metrics
    (panel,) = finished(sweep(config("sweep.halving=2"))).record.panels
    assert panel.chosen == 0.004
    assert not panel.points[2].done


def test_an_unlucky_sweep_with_halving_tries_everything(config, trainer):
    trainer.metrics = lambda value, _epoch: (0.9 if not value else 0.5, 0.9)
    record = finished(sweep(config("sweep.halving=2"))).record
    assert record.panels[0].chosen == 0
    assert all(point.done for point in record.panels[0].points)


@pytest.mark.parametrize("stop", [2, 6, 9])
def test_a_cancelled_sweep_with_halving_goes_on_as_it_would_have(config, trainer, stop):
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked == stop

    whole = finished(sweep(config("sweep.halving=2"))).record
    trained = list(trainer.epochs)
    trainer.epochs.clear()
    with pytest.raises(CancelledError):
        list(sweep(config("sweep.halving=2"), overwrite=True, cancelled=cancelled))
    assert finished(sweep(config("sweep.halving=2"), resume=True)).record == whole
    assert trainer.epochs == trained
