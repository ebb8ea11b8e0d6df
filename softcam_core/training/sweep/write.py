"""The files of a sweep: its progress while it runs, and its choice at the end. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from softcam_core.training.config import Config
from softcam_core.training.sweep.choose import choose
from softcam_core.training.sweep.folder import replace_file, write_json
from softcam_core.training.sweep.plan import chosen_config
from softcam_core.training.sweep.records import (
    CHOSEN,
    PLOT,
    PLOT_SVG,
    SELECTION,
    STATE,
    TABLE,
    VERSION,
    RunResult,
    SweepPanel,
    SweepPoint,
    SweepRecord,
    panels_of,
    table_text,
)
from softcam_core.training.sweep.words import outcome, rule


@dataclass(frozen=True)
class Asked:
    """What a sweep was asked for.

    Attributes:
        digest: of the images, labels and splits.
        second: the metric beside accuracy.
        seeds: number of runs of each value.
    """

    folder: Path
    config: Config
    digest: str
    second: str
    seeds: int


def write_progress(asked: Asked, results: Sequence[RunResult], failed: Mapping[str, str]) -> None:
    """Replace ``sweep.csv`` and ``sweep.json``; an earlier choice holds no more.

    Raises:
        OSError: the folder cannot be written.
    """
    (asked.folder / SELECTION).unlink(missing_ok=True)
    write_json(
        asked.folder / STATE,
        {
            "version": VERSION,
            "config": asked.config.to_dict(),
            "digest": asked.digest,
            "second": asked.second,
            "tolerance": asked.config.sweep.tolerance,
            "rule": rule(asked.second, asked.config.sweep.tolerance, asked.seeds),
            "epochs": asked.config.train.epochs,
            "runs": [result.run for result in results],
            "failed": dict(failed),
        },
    )
    replace_file(asked.folder / TABLE, table_text(results).encode())


def finish(asked: Asked, results: Sequence[RunResult]) -> SweepRecord:
    """Choose, and write ``selection.json``, the figure and ``chosen.toml``.

    With several penalties or architectures each choice has a file ``chosen-<arch>-<penalty>.toml``
    of its own; ``chosen.toml`` holds all lambdas chosen for the first architecture.

    Raises:
        OSError: the folder cannot be written.
    """
    from softcam_core.training.sweep.figure import draw_sweep, png_and_svg

    settings = asked.config.sweep
    record = SweepRecord(
        asked.folder,
        tuple(panels_of(results)),
        asked.second,
        settings.tolerance,
        rule(asked.second, settings.tolerance, asked.seeds),
        asked.config.train.epochs,
        True,
    )
    record = replace(record, panels=tuple(_chosen(record, panel) for panel in record.panels))
    png, svg = png_and_svg(draw_sweep(record))
    replace_file(asked.folder / PLOT, png)
    replace_file(asked.folder / PLOT_SVG, svg)
    for path in asked.folder.glob("chosen*.toml"):
        path.unlink()
    first: dict[str, float] = {}
    for panel in record.panels:
        if panel.chosen is None:
            continue
        if panel.arch == record.panels[0].arch:
            first[panel.penalty] = panel.chosen
        if len(record.panels) > 1:
            name = f"chosen-{panel.arch}-{panel.penalty}.toml"
            _write_config(asked, name, panel.arch, {panel.penalty: panel.chosen})
    if first:
        _write_config(asked, CHOSEN, record.panels[0].arch, first)
    write_json(asked.folder / SELECTION, _selection(record))
    return record


def _write_config(asked: Asked, name: str, arch: str, lambdas: dict[str, float]) -> None:
    text = chosen_config(asked.config, arch, lambdas).to_toml()
    replace_file(asked.folder / name, text.encode())


def _chosen(record: SweepRecord, panel: SweepPanel) -> SweepPanel:
    """Return a panel with its choice; None where the dense model failed."""
    chosen = None
    if not panel.reference.failed:
        done = [point.candidate(record.second) for point in panel.points if point.done]
        chosen = choose(done, panel.reference.candidate(record.second), record.tolerance)
    return replace(panel, chosen=chosen, sentence=outcome(record, panel, chosen))


def _selection(record: SweepRecord) -> dict[str, Any]:
    """Return what ``selection.json`` holds; an undefined number is null."""
    return {
        "version": VERSION,
        "rule": record.rule,
        "tolerance": record.tolerance,
        "metrics": ["accuracy", record.second],
        "choices": [
            {
                "arch": panel.arch,
                "penalty": panel.penalty,
                "chosen": panel.chosen,
                "sentence": panel.sentence,
                "reference": _line(record, panel.reference),
                "table": [
                    {**_line(record, point), "passes": record.passes(panel, point)}
                    for point in panel.points
                ],
            }
            for panel in record.panels
        ],
    }


def _line(record: SweepRecord, point: SweepPoint) -> dict[str, Any]:
    names = ("accuracy", record.second, "loss", "mean_abs_evidence")
    means = {name: point.mean(name) for name in names}
    return {
        "value": point.value,
        **{name: None if math.isnan(mean) else mean for name, mean in means.items()},
        "epochs": point.epochs,
        "done": point.done,
        "failed": point.failed,
        "runs": [result.run for result in point.results],
    }
