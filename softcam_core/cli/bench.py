"""``softcam bench``: this project beside its peers on the same work, in one run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from softcam_core.bench.cases import PEERS, chosen_cases, own_model
from softcam_core.cli.common import (
    Device,
    Json,
    make_folder,
    print_json,
    warn,
    with_progress,
    write_bytes,
)
from softcam_core.engines.names import ENGINES, PRECISIONS
from softcam_core.explain.methods import METHODS

if TYPE_CHECKING:
    from softcam_core.bench.rows import Row
    from softcam_core.bench.run import Settings

CLOCKS = ("wall", "processor")
INSTALL = 'run: pip install "softcam-viewer[peers]"'
HEADINGS = {
    "work": False,
    "ours": True,
    "beside": False,
    "takes": True,
    "ratio": True,
    "memory, ours": True,
    "theirs": True,
    "maps": False,
}
"""Of the table's columns, and whether their text stands on the right."""


def bench(
    arch: Annotated[
        str,
        typer.Option(
            help="torchvision's names with commas between them; random weights, nothing is "
            "downloaded. Default: a table of the methods on networks that suit them.",
            metavar="A,B",
        ),
    ] = "",
    methods: Annotated[
        str, typer.Option(help=f"Ids with commas: {', '.join(METHODS)}.", metavar="A,B")
    ] = "",
    peers: Annotated[
        str, typer.Option(help="Names with commas between them.", metavar="A,B")
    ] = ",".join(PEERS),
    model: Annotated[
        Path | None,
        typer.Option(help="Your own model (.safetensors) instead of --arch.", metavar="FILE"),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(min=32, help="Side of the input in pixels; 224, or the table's."),
    ] = None,
    classes: Annotated[int, typer.Option(min=2, help="Classes to explain.")] = 5,
    repeats: Annotated[
        int, typer.Option(min=1, help="Rounds; long work takes fewer, short work more.")
    ] = 5,
    threads: Annotated[int, typer.Option(min=0, help="Of PyTorch; 0: as many as it takes.")] = 0,
    clock: Annotated[
        str,
        typer.Option(
            help="wall, or processor: the time that all threads worked, steadier on a busy "
            "machine with --threads 1.",
        ),
    ] = "wall",
    precision: Annotated[str, typer.Option(help=f"{', '.join(PRECISIONS)}; for everybody.")] = "32",
    engine: Annotated[
        str,
        typer.Option(help=f"Of methods that take forward passes alone: {', '.join(ENGINES)}."),
    ] = "",
    memory: Annotated[
        bool, typer.Option(help="Measure memory, each in a process of its own.")
    ] = True,
    quick: Annotated[
        bool, typer.Option("--quick", help="Small and rough, in seconds, without memory.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for bench.json, bench.csv and bench.svg.", metavar="DIR"),
    ] = None,
    json: Json = False,
    device: Device = "auto",
) -> None:
    """Measure time, memory and equality of the maps beside torchcam, grad-cam and captum."""
    _one_of("--clock", clock, CLOCKS)
    _one_of("--precision", precision, PRECISIONS)
    if engine:
        _one_of("--engine", engine, tuple(ENGINES))
    archs, ids = _list(arch), _list(methods, METHODS, "--methods")
    if model is not None and archs:
        raise typer.BadParameter("give either --arch or --model.", param_hint="--model")
    wanted = _list(peers, PEERS, "--peers")

    from softcam_core.bench.peers import installed
    from softcam_core.bench.run import Settings, measure_all
    from softcam_core.errors import SoftcamError
    from softcam_core.models.backbones import BACKBONES
    from softcam_core.models.device import resolve_device

    for name in archs:
        if name not in BACKBONES:
            raise typer.BadParameter(
                f"{name!r} is not known; choose from {', '.join(BACKBONES)}.", param_hint="--arch"
            )
    for peer in wanted:
        if not installed(peer):
            warn(f"{peer} is not installed, so its rows are left out; {INSTALL}.")
    cases = chosen_cases(archs, ids, size, quick=quick)
    if model is not None:
        cases = own_model(cases if ids else chosen_cases(archs, ["gradcam"], size, quick=quick))
    settings = Settings(
        classes=classes,
        repeats=1 if quick else repeats,
        threads=threads,
        device=device,
        precision=precision,
        engine=engine,
        clock=clock,
        memory=memory and not quick,
        file=str(model) if model is not None else "",
    )
    resolve_device(device)
    if out is not None:
        make_folder(out)
    rows: list[Row] = []
    failed = False
    cases = tuple(replace(case, peers=_kept(case.peers, wanted)) for case in cases)
    for case in with_progress(cases, "Measuring"):
        for found in measure_all((case,), settings, warn):
            if isinstance(found, SoftcamError):
                failed = True
                warn(f"{f'{case.method} {case.arch}'.strip()}: {found}")
            else:
                rows.append(found)
                if json:
                    print_json(asdict(found))
    _finish(rows, settings, out, json)
    raise typer.Exit(1 if failed else 0)


def _finish(rows: list[Row], settings: Settings, out: Path | None, json: bool) -> None:
    from softcam_core.bench.machine import machine_facts
    from softcam_core.bench.report import files
    from softcam_core.models.device import resolve_device

    machine = machine_facts(resolve_device(settings.device))
    if out is not None:
        for path, data in files(rows, machine, out).items():
            write_bytes(path, data)
    if not json:
        _print_table(rows, machine)


def _print_table(rows: list[Row], machine: dict[str, str | int]) -> None:
    from rich.console import Console
    from rich.table import Table

    from softcam_core.bench.report import cells, small_print

    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading, right in HEADINGS.items():
        table.add_column(heading, justify="right" if right else "left")
    before = ""
    for row in rows:
        first, *others = cells(row)
        table.add_row("" if row.name == before else first, *others)
        before = row.name
    # A pipe or a file gets lines that are not wrapped.
    console = Console()
    if not console.is_terminal:
        console = Console(width=160)
    console.print(table)
    for line in small_print(rows, machine):
        console.print(line, style="dim", highlight=False)


def _list(text: str, known: Iterable[str] | None = None, option: str = "") -> list[str]:
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names if known is not None else ():
        _one_of(option, name, known or ())
    return names


def _one_of(option: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise typer.BadParameter(
            f"{value!r} is not available; choose from {', '.join(known)}.", param_hint=option
        )


def _kept(peers: tuple[str, ...], wanted: list[str]) -> tuple[str, ...]:
    return tuple(peer for peer in peers if peer in wanted)
