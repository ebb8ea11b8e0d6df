"""``softcam train``: a model from a configuration."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.errors import SoftcamError

if TYPE_CHECKING:
    from softcam_core.training.events import Event, Progress


def train(
    config: Annotated[Path, typer.Argument(help="Training configuration (TOML).")],
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a key: --set train.epochs=4."),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on after the last finished epoch.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the run that output.dir already holds.")
    ] = False,
    json_: Annotated[
        bool, typer.Option("--json", help="One JSON object per epoch on stdout.")
    ] = False,
    device: Annotated[
        str | None, typer.Option("--device", help="auto, cpu, cuda or cuda:N.")
    ] = None,
) -> None:
    """Train a black-box, dense, sparse, ridge or elastic-net model on a table of images."""
    main_process = int(os.environ.get("RANK", "0")) == 0
    try:
        from softcam_core.training.config import load_config

        overrides = [*(set_ or []), *([f"train.device={device}"] if device else [])]
        settings = load_config(config, overrides)
        from softcam_core.training.loop import train as run

        events = run(settings, resume=resume, overwrite=overwrite)
        if main_process:
            _show(events, json_)
        else:
            for _ in events:
                pass
    except SoftcamError as error:
        if main_process:
            typer.echo(f"softcam train: {error}", err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        if main_process:
            typer.echo("Stopped; the same command with --resume goes on.", err=True)
        raise typer.Exit(1) from error


def _show(events: Iterator[Event], as_json: bool) -> None:
    """Print notes and epochs as they come; a bar where stderr is a terminal."""
    from softcam_core.training.events import EpochDone, Finished, Note, Progress

    with _bar() as show_progress:
        for event in events:
            if isinstance(event, Progress):
                show_progress(event)
            elif isinstance(event, Note):
                print(event.text, file=sys.stderr, flush=True)
            elif isinstance(event, EpochDone):
                print(_line(event.row, event.epochs), file=sys.stderr, flush=True)
                if as_json:
                    print(json.dumps(_plain(event.row)), flush=True)
            elif isinstance(event, Finished):
                text = (
                    f"Best epoch {event.best['epoch']}, validation accuracy "
                    f"{event.best['val_accuracy']:.3f}: {event.folder / 'best.safetensors'}"
                )
                print(text, file=sys.stderr, flush=True)


@contextmanager
def _bar() -> Iterator[Any]:
    """Give a function that shows a Progress event; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _event: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(event: Progress) -> None:
            text = f"epoch {event.epoch} {event.stage}" if event.epoch else event.stage
            bar.update(task, description=text, completed=event.done, total=event.total)

        yield show


def _line(row: dict[str, Any], epochs: int) -> str:
    """One epoch in words for a person."""
    penalty = "".join(
        f" + {name} {row[f'train_{name}']:.4f}" for name in ("l1", "l2") if row[f"train_{name}"]
    )
    figures = [f"accuracy {row['val_accuracy']:.3f}"]
    figures += [
        f"{label} {row[key]:.3f}"
        for key, label in (("val_auc", "AUC"), ("val_kappa", "kappa"))
        if not math.isnan(row[key])
    ]
    return (
        f"Epoch {row['epoch']}/{epochs}: loss {row['train_loss']:.4f} (ce {row['train_ce']:.4f}"
        f"{penalty}); validation {', '.join(figures)}; lr {row['lr']:.2g}; {row['seconds']:.0f} s"
        f"{' (best)' if row['best'] else ''}"
    )


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN: an undefined value is null."""
    return {k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()}
