"""Cases become rows: time in turns, memory in processes of their own, maps compared."""

from __future__ import annotations

import contextlib
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from softcam_core.bench.cases import Case, Way
from softcam_core.bench.equality import compare
from softcam_core.bench.measure import alternate, extra_memory
from softcam_core.bench.peers import PeerError, Task, installed, peer_task
from softcam_core.bench.rows import Row
from softcam_core.bench.subject import Subject, make_subject
from softcam_core.errors import SoftcamError
from softcam_core.explain.attribution import attribute, check_applies
from softcam_core.models.device import resolve_device

OURS = "ours"
AUTOCAST = {"bf16": torch.bfloat16, "16": torch.float16}


@dataclass(frozen=True)
class Settings:
    """What holds for a whole run.

    Attributes:
        classes: explained in every case.
        repeats: rounds of every case; long cases take fewer, short ones more.
        threads: of torch; 0: as many as it takes by itself.
        device: auto, cpu, cuda or cuda:N.
        precision: 32, bf16 or 16, for everybody.
        engine: of the methods that only need forward passes; "": as the cases say.
        clock: wall or processor.
        memory: measure it, in a process per case and competitor.
        file: the user's own model instead of the random networks; "" for none.
    """

    classes: int = 5
    repeats: int = 5
    threads: int = 0
    device: str = "cpu"
    precision: str = "32"
    engine: str = ""
    clock: str = "wall"
    memory: bool = True
    file: str = ""


def run_case(
    case: Case, settings: Settings, note: Callable[[str], None] = lambda _text: None
) -> list[Row]:
    """Measure one case; ``note`` is told what had to be left out.

    Raises:
        SoftcamError: our own part cannot be done: an unknown architecture or device, or a method
            that the network does not allow.
    """
    device = resolve_device(settings.device)
    subject = _subject(case, settings, device)
    check_applies(subject.model, case.method)
    ways = {_label(way): way for way in _ways(case, settings)}
    tasks: dict[str, Task] = {
        label: _ours(subject, case.method, way, settings) for label, way in ways.items()
    }
    peers = []
    for peer in filter(installed, case.peers):
        try:
            tasks[peer] = _theirs(subject, case.method, peer, settings)
            peers.append(peer)
        except PeerError as error:
            note(f"{case.method} {case.arch}: {error}")
    with _threads(settings.threads):
        times, maps = alternate(
            tasks, settings.repeats, clock=settings.clock, device=subject.x.device
        )
    memory: dict[str, int | None] = dict.fromkeys(tasks)
    if settings.memory:
        for side in tasks:
            memory[side] = _memory_in_a_child(case, ways.get(side), side, settings, note)
    rows = []
    for label, way in ways.items():
        for peer in peers:
            same = compare(case.method, peer, maps[label], maps[peer], settings.precision)
            ours_s, peer_s = (statistics.median(times[side]) for side in (label, peer))
            rows.append(
                Row(
                    name=case.name(way, Path(settings.file).stem),
                    method=case.method,
                    arch=case.arch,
                    size=case.size,
                    classes=len(subject.classes),
                    ours_s=ours_s,
                    peer=peer,
                    peer_s=peer_s,
                    ratio=peer_s / ours_s,
                    ours_mb=_megabytes(memory[label]),
                    peer_mb=_megabytes(memory[peer]),
                    difference=same.difference,
                    equal=same.equal,
                    comparison=same.meaning,
                    engine=str(way.options.get("engine", "torch")),
                    precision=settings.precision,
                    device=device.type,
                    threads=settings.threads or torch.get_num_threads(),
                    clock=settings.clock,
                    repeats=len(times[label]),
                )
            )
    return rows


def measure_memory(order: dict[str, Any]) -> int | None:
    """Measure the extra memory of one competitor, in this process, which should be a fresh one.

    The network has made one forward pass before, so that what the libraries set up once is not
    counted.
    """
    settings = Settings(**order["settings"])
    device = resolve_device(settings.device)
    method, side = order["method"], order["side"]
    with _threads(settings.threads):
        subject = _subject(Case(method, order["arch"], order["size"], ()), settings, device)
        with torch.inference_mode():
            subject.classifier(subject.x)
        if order["options"] is not None:
            task = _ours(subject, method, Way("", order["options"]), settings)
        else:
            one = replace(subject, classes=subject.classes[:1])
            task = _theirs(one, method, side, settings)
        return extra_memory(task, device)


def _memory_in_a_child(
    case: Case, way: Way | None, side: str, settings: Settings, note: Callable[[str], None]
) -> int | None:
    order = {
        "method": case.method,
        "arch": case.arch,
        "size": case.size,
        "side": side,
        "options": None if way is None else way.options,
        "settings": asdict(settings),
    }
    done = subprocess.run(
        [sys.executable, "-m", "softcam_core.bench.child"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        note(f"The memory of {side} for {case.method} could not be measured: {last}")
        return None
    answer: int | None = json.loads(done.stdout.splitlines()[-1])
    return answer


def _subject(case: Case, settings: Settings, device: torch.device) -> Subject:
    file = Path(settings.file) if settings.file else None
    return make_subject(case.method, case.arch, case.size, settings.classes, device, file)


def _ways(case: Case, settings: Settings) -> list[Way]:
    """Return our ways, with the engine asked for in place of those of the case."""
    ways = [way for way in case.ways if not way.needs or find_spec(way.needs)]
    if not settings.engine:
        return ways
    return [
        replace(way, options=way.options | {"engine": settings.engine})
        for way in ways
        if "engine" not in way.options
    ]


def _label(way: Way) -> str:
    return " ".join(filter(None, (OURS, way.label)))


def _ours(subject: Subject, method: str, way: Way, settings: Settings) -> Task:
    options: dict[str, Any] = dict(way.options)
    if settings.precision != "32":
        options["precision"] = settings.precision
    return lambda: attribute(subject.model, subject.x, method, subject.classes, **options)


def _theirs(subject: Subject, method: str, peer: str, settings: Settings) -> Task:
    task = peer_task(peer, method, subject)
    kind = AUTOCAST.get(settings.precision)

    def run() -> Tensor:
        with torch.autocast(subject.x.device.type, kind, enabled=kind is not None):
            return task()

    return run


@contextlib.contextmanager
def _threads(count: int) -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(count or before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _megabytes(size: int | None) -> float | None:
    return None if size is None else round(size / 1e6, 1)


def measure_all(
    cases: Iterator[Case] | tuple[Case, ...],
    settings: Settings,
    note: Callable[[str], None] = lambda _text: None,
) -> Iterator[Row | SoftcamError]:
    """Measure cases one after another; one that cannot be done yields its error."""
    for case in cases:
        try:
            yield from run_case(case, settings, note)
        except SoftcamError as error:
            yield error
