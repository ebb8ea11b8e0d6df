"""Runs and their epochs in words and as a bar, for the commands that train."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.cli.common import check_device

if TYPE_CHECKING:
    from softcam_core.training.events import Progress


def _check_device(value: str | None) -> str | None:
    return None if value is None else check_device(value)


ConfigName = Annotated[
    str,
    typer.Argument(
        help="Training configuration (.toml), or the name of a bundled recipe.", metavar="CONFIG"
    ),
]
TrainDevice = Annotated[
    str | None,
    typer.Option(
        help="auto, cpu, cuda or cuda:N, in place of train.device.",
        metavar="DEVICE",
        callback=_check_device,
    ),
]


def say(text: str) -> None:
    """Print one line for a person, on stderr."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def bar() -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows a Progress event; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda _event: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)

        def show(event: Progress) -> None:
            text = f"epoch {event.epoch} {event.stage}" if event.epoch else event.stage
            shown.update(task, description=text, completed=event.done, total=event.total)

        yield show


def line(row: dict[str, Any], epochs: int) -> str:
    """One epoch in words for a person."""
    parts = {name: row[f"train_{name}"] for name in ("ce", "l1", "l2", "guidance")}
    # A second head's loss has no parts.
    terms = [f"{name} {value:.4f}" for name, value in parts.items() if value and value == value]
    loss = f"loss {row['train_loss']:.4f}" + (f" ({' + '.join(terms)})" if terms else "")
    figures = [f"accuracy {row['val_accuracy']:.3f}"]
    figures += [
        f"{label} {row[key]:.3f}"
        for key, label in (("val_auc", "AUC"), ("val_kappa", "kappa"))
        if not math.isnan(row[key])
    ]
    return (
        f"Epoch {row['epoch']}/{epochs}: {loss}; validation loss {row['val_loss']:.4f}, "
        f"{', '.join(figures)}; lr {row['lr']:.2g}; {row['seconds']:.0f} s"
        f"{' (best)' if row['best'] else ''}"
    )
