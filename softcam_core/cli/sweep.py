"""``softcam sweep``: the selection of the lambdas from a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from softcam_core.cli.common import Json, print_json
from softcam_core.cli.epochs import ConfigName, TrainDevice, bar, line, say
from softcam_core.cli.stopping import stoppable

if TYPE_CHECKING:
    from softcam_core.training.sweep.events import SweepEvent
    from softcam_core.training.sweep.records import SweepRecord


def sweep(
    config: ConfigName,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a key: --set sweep.l1=1e-5,1e-4."),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on with output.dir's sweep; finished runs are kept."),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the sweep that output.dir already holds.")
    ] = False,
    json: Json = False,
    device: TrainDevice = None,
) -> None:
    """Choose lambda: train a model per value, and take the largest that costs no accuracy or AUC.

    The configuration's [sweep] says what is tried. output.dir receives a plot, a table and
    chosen.toml, which is ready for softcam train.
    """
    if resume and overwrite:
        raise typer.BadParameter("--resume and --overwrite exclude each other.")
    from softcam_core.training.config import load_config
    from softcam_core.training.recipes import config_path

    overrides = [*(set_ or []), *([f"train.device={device}"] if device else [])]
    settings = load_config(config_path(config), overrides)
    from softcam_core.training.sweep.run import sweep as run

    with stoppable() as stop:
        _show(run(settings, resume=resume, overwrite=overwrite, cancelled=stop), json)


def _show(events: Iterator[SweepEvent], as_json: bool) -> None:
    """Print notes, runs and epochs as they come, and the choice at the end."""
    from softcam_core.training.events import EpochDone, Note, Progress
    from softcam_core.training.sweep.events import RunFailed, SweepFinished, SweepRun

    name = ""
    with bar() as show_progress:
        for event in events:
            if isinstance(event, Progress):
                show_progress(event)
            elif isinstance(event, Note):
                say(event.text)
            elif isinstance(event, SweepRun):
                name = event.name
                rung = f", to epoch {event.epochs}" if event.rungs > 1 else ""
                say(f"Run {event.number} of {event.total}: {name}{rung}")
            elif isinstance(event, EpochDone):
                say(line(event.row, event.epochs))
                if as_json:
                    print_json({"run": name, **event.row})
            elif isinstance(event, RunFailed):
                say(f"{event.name} failed and cannot be chosen: {event.reason}")
                if as_json:
                    print_json({"run": event.name, "error": event.reason})
            elif isinstance(event, SweepFinished):
                _print_choice(event.record, as_json)


def _print_choice(record: SweepRecord, as_json: bool) -> None:
    from softcam_core.training.sweep.records import CHOSEN, PLOT, TABLE

    plot, table, chosen = (record.folder / name for name in (PLOT, TABLE, CHOSEN))
    if as_json:
        for panel in record.panels:
            print_json(
                {
                    "arch": panel.arch,
                    "penalty": panel.penalty,
                    "chosen": panel.chosen,
                    "sentence": panel.sentence,
                    "rule": record.rule,
                    "plot": str(plot),
                    "csv": str(table),
                    "config": str(chosen) if chosen.exists() else None,
                }
            )
        return
    print(f"Rule: {record.rule}")
    for panel in record.panels:
        print(panel.sentence)
    print(f"Plot: {plot}")
    print(f"Table: {table}")
    if chosen.exists():
        print(f"Train with what was chosen: softcam train {chosen}")
