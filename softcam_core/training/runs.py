"""The runs in a folder, for whoever looks from outside: read, compared, removed; torch-free."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Literal

from softcam_core.annotations.claim import claim, is_claimed
from softcam_core.errors import ConfigError, TrainingError
from softcam_core.paths import exists, is_file
from softcam_core.training.config import Config, load_config
from softcam_core.training.kind import kind
from softcam_core.training.status import STATUS, RunStatus, read_status
from softcam_core.training.sweep.records import STATE as SWEEP
from softcam_core.training.sweep.records import is_sweep

CONFIG, METRICS, MAPS, SPLIT = "config.toml", "metrics.csv", "maps", "split.csv"
MODELS = ("best.safetensors", "best-auc.safetensors", "best-kappa.safetensors")
"""Files of the epochs with the best accuracy, AUC and kappa."""
FILES = (CONFIG, METRICS, STATUS, *MODELS, "last.ckpt", SPLIT, "skipped.csv")
PATTERNS = ("*.part", "*.ckpt", "events.out.tfevents.*", f"{MAPS}/*.npz", f"{MAPS}/*.part")
"""What else a run writes."""
LAST = 1e9
"""No run has an epoch beyond it."""

Standing = Literal["running", "paused", "interrupted", "failed", "finished"]


@dataclass(frozen=True)
class RunRecord:
    """What a run folder says of its run.

    Attributes:
        folder, name: of the run.
        config: what it was asked for.
        rows: metrics.csv, a row an epoch; NaN where a value is undefined.
        status: how far it is, by its own word.
        alive: whether a program is working on it now.
        started: when its configuration was written, seconds since 1970.
    """

    folder: Path
    name: str
    config: Config
    rows: list[dict[str, float]]
    status: RunStatus
    alive: bool
    started: float = 0.0

    @property
    def standing(self) -> Standing:
        """How it stands: ``interrupted`` is a run that was killed."""
        if self.alive:
            return "running"
        return "interrupted" if self.status.state == "running" else self.status.state

    @property
    def kind(self) -> str:
        """What is trained: black box, dense, sparse, ..."""
        return kind(self.config)

    @property
    def seconds(self) -> float:
        """Time that its finished epochs took."""
        return sum(row["seconds"] for row in self.rows if row.get("seconds", 0.0) > 0)

    def column(self, key: str) -> list[float]:
        """Return a column of metrics.csv; NaN where it has none."""
        return [row.get(key, float("nan")) for row in self.rows]

    def best(self, key: str = "") -> dict[str, float] | None:
        """Return the first row with the highest ``key``; "": the epoch of best.safetensors."""
        if not key:
            return next((row for row in reversed(self.rows) if row.get("best")), None)
        known = [row for row in self.rows if row.get(key, float("nan")) == row.get(key)]
        return max(known, key=lambda row: row[key], default=None)

    def models(self) -> list[Path]:
        """Return the models that it has written, the most accurate first."""
        return [self.folder / name for name in MODELS if is_file(self.folder / name)]


@dataclass(frozen=True)
class Damaged:
    """A folder that looks like a run's and cannot be read; ``reason`` is one sentence."""

    folder: Path
    reason: str


@dataclass(frozen=True)
class Found:
    """What lies in a folder of runs, the newest first.

    Attributes:
        goes_on: whether a program is working on any of them, or beginning one.
        sweeps: folders of lambda selections, whose runs are listed in a folder of their own.
    """

    runs: tuple[RunRecord, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    goes_on: bool = False
    sweeps: tuple[Path, ...] = ()


def is_alive(folder: Path) -> bool:
    """Return whether a program is working on a run now."""
    return is_claimed(folder / STATUS)


def read_run(folder: Path) -> RunRecord:
    """Read a run folder.

    Raises:
        ConfigError: its configuration, numbers or status cannot be read.
    """
    config = load_config(folder / CONFIG)
    rows = read_metrics(folder / METRICS)
    alive = is_alive(folder)
    status = read_status(folder) or _supposed(config, rows)
    started = 0.0
    with suppress(OSError):
        started = (folder / CONFIG).stat().st_mtime
    return RunRecord(folder, folder.name, config, rows, status, alive, started)


def read_metrics(path: Path) -> list[dict[str, float]]:
    """Read metrics.csv; a run that has finished no epoch has none.

    Raises:
        ConfigError: the file is damaged.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = list(csv.reader(stream))
        head = lines[0] if lines else []
        rows = [
            {key: float(cell or "nan") for key, cell in zip(head, line, strict=True)}
            for line in lines[1:]
        ]
        # A loss may leave the numbers; what counts and times a run cannot.
        if not all(1 <= row["epoch"] <= LAST and row.get("seconds", 0.0) != inf for row in rows):
            raise ValueError("an epoch, or its time, that cannot be")
        return rows
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise ConfigError(f"The numbers {path} cannot be read; train again.") from error


def validation_counts(folder: Path) -> dict[str, int]:
    """Return how many validation images of each class a run has; empty where it does not say."""
    found: dict[str, int] = {}
    try:
        with (folder / SPLIT).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["split"] == "val":
                    found[row["label"]] = found.get(row["label"], 0) + 1
    except (OSError, ValueError, KeyError, csv.Error):
        return {}
    return found


def runs_in(folder: Path) -> list[RunRecord]:
    """Return the runs in a folder, the newest first; what is damaged is left out."""
    return list(RunsFolder(folder).look().runs)


class RunsFolder:
    """A folder of runs that is looked at again and again; only what has changed is read."""

    def __init__(self, folder: Path) -> None:
        """Look into ``folder``, which need not exist."""
        self.folder = folder
        self._known: dict[Path, tuple[tuple[object, ...], RunRecord | Damaged]] = {}

    def look(self) -> Found:
        """Return what lies there now."""
        known, self._known = self._known, {}
        inside = self._folders()
        sweeps = self.sweeps()
        for folder in inside:
            if folder in sweeps or not any(exists(folder / name) for name in (CONFIG, METRICS)):
                continue
            stamp = _stamp(folder)
            before = known.get(folder)
            if before is None or before[0] != stamp:
                try:
                    before = stamp, read_run(folder)
                except ConfigError as error:
                    before = stamp, Damaged(folder, str(error))
            self._known[folder] = before
        found = [one for _, one in self._known.values()]
        runs = [one for one in found if isinstance(one, RunRecord)]
        runs.sort(key=lambda run: (run.started, run.name), reverse=True)
        damaged = [one for one in found if isinstance(one, Damaged)]
        damaged.sort(key=lambda one: one.folder.name, reverse=True)
        goes_on = any(run.alive for run in runs) or any(
            is_alive(folder) or is_claimed(folder / SWEEP) for folder in inside
        )
        return Found(tuple(runs), tuple(damaged), goes_on, sweeps)

    def sweeps(self) -> tuple[Path, ...]:
        """Return the folders of lambda selections, the newest name first."""
        found = [path for path in self._folders() if is_sweep(path)]
        return tuple(sorted(found, key=lambda path: path.name, reverse=True))

    def _folders(self) -> list[Path]:
        try:
            return [Path(entry.path) for entry in os.scandir(self.folder) if entry.is_dir()]
        except OSError:
            return []


def remove_run(folder: Path) -> None:
    """Remove what a run wrote; files of other origin, and then the folder, stay.

    Raises:
        TrainingError: a program is working on it, or the disk refuses.
    """
    held = claim(folder / STATUS)
    if held is None:
        raise TrainingError(f"The run {folder.name} is being trained now; pause it first.")
    try:
        for name in (CONFIG, *FILES):  # The configuration first: nobody offers it any more.
            (folder / name).unlink(missing_ok=True)
        for pattern in PATTERNS:
            for path in folder.glob(pattern):
                path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or "the disk refused"
        raise TrainingError(f"The run {folder} cannot be removed whole: {reason}.") from error
    finally:
        held.release()
    with suppress(OSError):
        (folder / MAPS).rmdir()
    with suppress(OSError):
        folder.rmdir()


def differing(runs: Sequence[RunRecord]) -> dict[str, list[object]]:
    """Return the keys of the configurations in which runs differ, with the value of each run.

    The run folder itself is left out: it always differs.
    """
    tables = [run.config.to_dict() for run in runs]
    found: dict[str, list[object]] = {}
    for table, values in tables[0].items() if tables else ():
        for key in values:
            of_each = [one[table][key] for one in tables]
            if (table, key) != ("output", "dir") and any(v != of_each[0] for v in of_each):
                found[f"{table}.{key}"] = of_each
    return found


def _supposed(config: Config, rows: Sequence[dict[str, float]]) -> RunStatus:
    """Return the status of a run that wrote none: of an earlier version, or killed at its start."""
    epochs = config.train.epochs
    state: Literal["running", "finished"] = "finished" if len(rows) >= epochs else "running"
    return RunStatus(state, len(rows), epochs)


def _stamp(folder: Path) -> tuple[object, ...]:
    """Return what changes when a run writes, or when it begins or ends."""
    stamps: list[object] = [is_alive(folder)]
    for name in (CONFIG, METRICS, STATUS):
        try:
            found = (folder / name).stat()
            stamps.append((found.st_mtime_ns, found.st_size, found.st_ino))
        except OSError:
            stamps.append(None)
    return tuple(stamps)
