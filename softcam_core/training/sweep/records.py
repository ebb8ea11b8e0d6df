"""What a sweep found, as its folder holds it: for the figure, the command line and the window.

``sweep.csv`` has a line a run and is replaced whenever a run ends; ``sweep.json`` says what was
asked for; ``selection.json`` is written when the lambdas are chosen. Free of torch.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from softcam_core.errors import ConfigError
from softcam_core.training.sweep.choose import Candidate, passes
from softcam_core.training.sweep.plan import DENSE

TABLE, STATE, SELECTION = "sweep.csv", "sweep.json", "selection.json"
PLOT, PLOT_SVG, CHOSEN = "sweep.png", "sweep.svg", "chosen.toml"
COLUMNS = (
    *("arch", "penalty", "value", "seed", "accuracy", "auc", "kappa", "loss"),
    *("mean_abs_evidence", "epoch", "epochs", "rung", "done", "failed", "run"),
)
VERSION = 1
SECOND_NAMES = {"auc": "AUC", "kappa": "quadratic kappa"}
PENALTY_NAMES = {"l1": "sparse", "l2": "ridge"}


@dataclass(frozen=True)
class RunResult:
    """A line of sweep.csv; NaN where there is nothing yet, or a figure is undefined.

    Attributes:
        penalty: ``l1``, ``l2`` or ``dense``.
        value: of the lambda.
        accuracy, auc, kappa, loss, mean_abs_evidence: on the validation set, at ``epoch``.
        epoch: of the best validation accuracy, from 1; 0 before the first one.
        epochs: that were trained.
        rung: of successive halving that it reached, from 1; 0 before the first one.
        done: trained to its last epoch.
        failed: one sentence, where the loss left the numbers.
        run: name of its folder below ``runs``.
    """

    arch: str
    penalty: str
    value: float
    seed: int
    accuracy: float
    auc: float
    kappa: float
    loss: float
    mean_abs_evidence: float
    epoch: int
    epochs: int
    rung: int
    done: bool
    failed: str
    run: str


@dataclass(frozen=True)
class SweepPoint:
    """One lambda on one architecture: a result for each seed."""

    value: float
    results: tuple[RunResult, ...]

    @property
    def done(self) -> bool:
        """Whether every seed was trained to its last epoch."""
        return all(result.done for result in self.results)

    @property
    def failed(self) -> str:
        """Return why a seed failed; "" if none did."""
        return next((result.failed for result in self.results if result.failed), "")

    @property
    def epochs(self) -> int:
        """Return how far the least trained seed is."""
        return min(result.epochs for result in self.results)

    def seeds(self, metric: str) -> list[float]:
        """Return a metric of each seed."""
        return [float(getattr(result, metric)) for result in self.results]

    def mean(self, metric: str) -> float:
        """Return the mean over the seeds; NaN where one seed has none, or failed."""
        if self.failed:
            return math.nan
        found = self.seeds(metric)
        return math.fsum(found) / len(found)

    def candidate(self, second: str) -> Candidate:
        """Return what the rule needs."""
        return Candidate(self.value, self.mean("accuracy"), self.mean(second))


@dataclass(frozen=True)
class SweepPanel:
    """One penalty on one architecture.

    Attributes:
        penalty: ``l1`` or ``l2``.
        points: ascending in lambda, the dense model not among them.
        reference: the dense model.
        chosen: the lambda; None before the end, and where the dense model failed.
        sentence: what was chosen and why; "" before the end.
    """

    arch: str
    penalty: str
    points: tuple[SweepPoint, ...]
    reference: SweepPoint
    chosen: float | None = None
    sentence: str = ""


@dataclass(frozen=True)
class SweepRecord:
    """A sweep, finished or under way.

    Attributes:
        second: the metric beside accuracy, ``auc`` or ``kappa``.
        tolerance: what both may lose against the dense model.
        rule: by which is chosen, in words.
        epochs: of a whole run.
        finished: whether the lambdas are chosen.
    """

    folder: Path
    panels: tuple[SweepPanel, ...]
    second: str
    tolerance: float
    rule: str
    epochs: int
    finished: bool

    def passes(self, panel: SweepPanel, point: SweepPoint) -> bool:
        """Tell whether a value trained to the end stays within the tolerance."""
        return point.done and passes(
            point.candidate(self.second), panel.reference.candidate(self.second), self.tolerance
        )


def is_sweep(folder: Path) -> bool:
    """Tell whether a folder holds a sweep."""
    return (folder / STATE).is_file()


def load_sweep(folder: Path) -> SweepRecord:
    """Read a sweep's folder, also while the sweep is under way.

    Raises:
        ConfigError: there is no sweep, or a file of it is damaged.
    """
    folder = Path(folder)
    state = read_state(folder)
    try:
        results = read_table(folder / TABLE)
        chosen: dict[tuple[str, str], dict[str, Any]] = {}
        if (folder / SELECTION).exists():
            selection = json.loads((folder / SELECTION).read_text(encoding="utf-8"))
            chosen = {(one["arch"], one["penalty"]): one for one in selection["choices"]}
        panels = tuple(
            SweepPanel(
                panel.arch,
                panel.penalty,
                panel.points,
                panel.reference,
                chosen[panel.arch, panel.penalty]["chosen"],
                chosen[panel.arch, panel.penalty]["sentence"],
            )
            if (panel.arch, panel.penalty) in chosen
            else panel
            for panel in panels_of(results)
        )
        return SweepRecord(
            folder,
            panels,
            str(state["second"]),
            float(state["tolerance"]),
            str(state["rule"]),
            int(state["epochs"]),
            bool(chosen),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"The sweep in {folder} cannot be read; sweep again.") from error


def read_state(folder: Path) -> dict[str, Any]:
    """Return what ``sweep.json`` holds.

    Raises:
        ConfigError: there is none, it is damaged, or of a newer version.
    """
    path = folder / STATE
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        version = int(state["version"])
    except FileNotFoundError as error:
        raise ConfigError(f"The folder {folder} holds no sweep.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{path} is damaged; sweep into another output.dir, or with --overwrite."
        ) from error
    if version > VERSION:
        raise ConfigError(f"The sweep {path} is of a newer version; update SoftCAM Viewer.")
    return dict(state)


def panels_of(results: Sequence[RunResult]) -> list[SweepPanel]:
    """Put lines into panels, in the order in which they come."""
    dense: dict[str, list[RunResult]] = {}
    found: dict[tuple[str, str], dict[float, list[RunResult]]] = {}
    for result in results:
        if result.penalty == DENSE:
            dense.setdefault(result.arch, []).append(result)
        else:
            values = found.setdefault((result.arch, result.penalty), {})
            values.setdefault(result.value, []).append(result)
    return [
        SweepPanel(
            arch,
            penalty,
            tuple(SweepPoint(value, tuple(values[value])) for value in sorted(values)),
            SweepPoint(0.0, tuple(dense[arch])),
        )
        for (arch, penalty), values in found.items()
    ]


def table_text(results: Sequence[RunResult]) -> str:
    """Return ``sweep.csv``: an empty cell where a number is undefined."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for result in results:
        writer.writerow([_cell(getattr(result, name)) for name in COLUMNS])
    return stream.getvalue()


def read_table(path: Path) -> list[RunResult]:
    """Read ``sweep.csv``.

    Raises:
        OSError, ValueError, KeyError: it is missing or damaged.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [
        RunResult(
            arch=row["arch"],
            penalty=row["penalty"],
            value=float(row["value"]),
            seed=int(row["seed"]),
            accuracy=_number(row["accuracy"]),
            auc=_number(row["auc"]),
            kappa=_number(row["kappa"]),
            loss=_number(row["loss"]),
            mean_abs_evidence=_number(row["mean_abs_evidence"]),
            epoch=int(row["epoch"]),
            epochs=int(row["epochs"]),
            rung=int(row["rung"]),
            done=row["done"] == "1",
            failed=row["failed"],
            run=row["run"],
        )
        for row in rows
    ]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.8g}"
    return value


def _number(text: str) -> float:
    return float(text) if text else math.nan
