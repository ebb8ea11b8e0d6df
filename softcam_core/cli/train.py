"""``softcam train``: a model from a configuration."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from softcam_core.cli.common import Json, print_json
from softcam_core.cli.epochs import TrainDevice, bar, line, say
from softcam_core.cli.stopping import stoppable

if TYPE_CHECKING:
    from softcam_core.training.events import Event


def train(
    config: Annotated[
        str | None,
        typer.Argument(
            help="Training configuration (.toml), or the name of a bundled recipe.",
            metavar="CONFIG",
        ),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a key: --set train.epochs=4."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where the run was stopped or killed.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the run that output.dir already holds.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the data and how long it would take; train nothing."),
    ] = False,
    json: Json = False,
    device: TrainDevice = None,
    list_recipes: Annotated[
        bool, typer.Option("--recipes", help="List the bundled recipes, and train nothing.")
    ] = False,
) -> None:
    """Train a black-box, dense, sparse, ridge, elastic-net or dual-branch model on images."""
    from softcam_core.training.recipes import config_path

    if list_recipes:
        show_recipes(json)
        return
    if config is None:
        raise typer.BadParameter("Name a configuration, or a recipe of --recipes.")
    if resume and overwrite:
        raise typer.BadParameter("--resume and --overwrite exclude each other.")
    from softcam_core.training.config import load_config

    overrides = [*(set_ or []), *([f"train.device={device}"] if device else [])]
    settings = load_config(config_path(config), overrides)
    if dry_run:
        from softcam_core.cli.dry_run import dry_run as show_plan

        show_plan(settings, json)
        return
    from softcam_core.training.loop import train as run

    with stoppable() as stop:
        events = run(settings, resume=resume, overwrite=overwrite, cancelled=stop)
        # Of torchrun's processes only the first one speaks.
        if os.environ.get("RANK", "0") != "0":
            for _ in events:
                pass
        else:
            _show(events, json)


def show_recipes(as_json: bool) -> None:
    """Print the bundled recipes: a line each, or with ``--json`` all that is known of them."""
    from softcam_core.training.recipes import recipes

    found = recipes()
    width = max(len(recipe.name) for recipe in found)
    for recipe in found:
        if as_json:
            print_json({**dataclasses.asdict(recipe), "path": str(recipe.path)})
        else:
            print(f"{recipe.name:{width}}  {recipe.title}")


def _show(events: Iterator[Event], as_json: bool) -> None:
    """Print notes and epochs as they come, with a bar where stderr is a terminal."""
    from softcam_core.training.events import EpochDone, Finished, Note, Progress

    with bar() as show_progress:
        for event in events:
            if isinstance(event, Progress):
                show_progress(event)
            elif isinstance(event, Note):
                say(event.text)
            elif isinstance(event, EpochDone):
                say(line(event.row, event.epochs))
                if as_json:
                    print_json(event.row)
            elif isinstance(event, Finished):
                if event.reason:
                    say(event.reason)
                say(
                    f"Best epoch {event.best['epoch']}, validation accuracy "
                    f"{event.best['val_accuracy']:.3f}: {event.folder / 'best.safetensors'}"
                )
