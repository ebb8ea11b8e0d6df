"""What a run of a sweep has come to, from its folder alone. Free of torch."""

from __future__ import annotations

import math
from pathlib import Path

from softcam_core.training.runs import METRICS, read_metrics
from softcam_core.training.status import read_status
from softcam_core.training.sweep.plan import Run
from softcam_core.training.sweep.records import RunResult


def result_of(
    run: Run, total: int, limit: int | None = None, *, rung: int = 0, failed: str = ""
) -> RunResult:
    """Return the figures of a run at its epoch of best validation accuracy.

    Args:
        run: of the plan; its folder need not exist.
        total: epochs of a whole run.
        limit: look at the first epochs only, so that runs are compared at equal ones.
        rung: of successive halving that it is at.
        failed: why it cannot go on.

    Raises:
        ConfigError: its numbers or status cannot be read.
    """
    folder = Path(run.config.output.dir)
    every = read_metrics(folder / METRICS)
    rows = every[:limit]
    status = read_status(folder)
    done = len(every) >= total if status is None else status.state == "finished"
    best = next((row for row in reversed(rows) if row["best"]), None)
    figures = {} if best is None else best
    return RunResult(
        run.arch,
        run.penalty,
        run.value,
        run.seed,
        accuracy=figures.get("val_accuracy", math.nan),
        auc=figures.get("val_auc", math.nan),
        kappa=figures.get("val_kappa", math.nan),
        loss=figures.get("val_loss", math.nan),
        mean_abs_evidence=figures.get("val_mean_abs_evidence", math.nan),
        epoch=int(figures.get("epoch", 0)),
        epochs=len(every),
        rung=rung,
        done=done and not failed,
        failed=failed,
        run=run.name,
    )
