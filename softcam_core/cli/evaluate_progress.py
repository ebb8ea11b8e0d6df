"""How far ``softcam evaluate`` is, on stderr: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from softcam_core.cli.common import warn

if TYPE_CHECKING:
    from softcam_core.evaluation.run import Progress

EVERY_SECONDS = 30.0
"""How often a line says how far the run is, where stderr is no terminal."""


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a function that shows how far the images are: a bar, or a line now and then."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()),
        TextColumn("{task.fields[left]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Loading", total=None, left="")

        def show(progress: Progress) -> None:
            bar.update(
                task,
                description="Evaluating",
                completed=progress.done,
                total=progress.total,
                left=_rest(progress),
            )

        yield show


class _Lines:
    """Says how far the images are on a line of its own, not too often."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        if now - self._last < EVERY_SECONDS:
            return
        self._last = now
        rest = _rest(progress)
        warn(f"{progress.done:,} of {progress.total:,} images{', ' if rest else ''}{rest}")


def _rest(progress: Progress) -> str:
    """Return what failed and the time left, in words."""
    parts = [f"{progress.failed:,} failed"] if progress.failed else []
    if progress.seconds_left is not None and progress.done < progress.total:
        parts.append(f"about {_duration(progress.seconds_left)} left")
    return ", ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{math.ceil(seconds)} s"
    minutes = math.ceil(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


@contextmanager
def shown_stage() -> Iterator[Callable[[str], None]]:
    """Give a function that shows what is under way after the images."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield lambda text: status.update(text)
