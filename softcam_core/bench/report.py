"""Rows as text and as files: JSON with the machine, CSV, and a picture."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from softcam_core.bench.cases import FORWARD
from softcam_core.bench.plot import draw_bars, times
from softcam_core.bench.rows import Row


def as_json(rows: Sequence[Row], machine: dict[str, Any]) -> str:
    """Return everything in one JSON object: ``machine`` and ``rows``."""
    return json.dumps({"machine": machine, "rows": [asdict(row) for row in rows]}, indent=1) + "\n"


def as_csv(rows: Sequence[Row]) -> str:
    """Return one line per row, with the attributes of `Row` as columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return text.getvalue()


def files(rows: Sequence[Row], machine: dict[str, Any], out: Path) -> dict[Path, bytes]:
    """Return what is to be written into a folder: bench.json, bench.csv and bench.svg."""
    return {
        out / "bench.json": as_json(rows, machine).encode(),
        out / "bench.csv": as_csv(rows).encode(),
        out / "bench.svg": draw_bars(rows, machine).encode(),
    }


def cells(row: Row) -> tuple[str, ...]:
    """Return a row of the table: work, ours, beside, takes, ratio, memory twice, maps."""
    beside = "its forward pass" if row.peer == FORWARD else row.peer
    if row.peer == FORWARD:
        ratio = f"costs {1 / row.ratio:.2f}" if row.ratio > 0.1 else f"costs {1 / row.ratio:.0f}"
    else:
        ratio = times(row.ratio)
    if row.difference is not None:
        maps = f"{'equal' if row.equal else 'DIFFERENT'} ({row.difference:.0e})"
    else:
        maps = "not an oracle" if row.comparison else ""
    return (
        row.name,
        _seconds(row.ours_s),
        beside,
        _seconds(row.peer_s),
        ratio,
        _memory(row.ours_mb),
        _memory(row.peer_mb),
        maps,
    )


def small_print(rows: Sequence[Row], machine: dict[str, Any]) -> list[str]:
    """Return the lines below the table: what the numbers are, and where they were measured."""
    if not rows:
        return ["Nothing was measured."]
    first = rows[0]
    threads = f"{first.threads} thread{'s' if first.threads > 1 else ''}"
    facts = ", ".join(f"{name} {value}" for name, value in machine.items())
    return [
        f"Medians of {first.clock} time in turns, {first.classes} classes, one image, {threads}. "
        "ratio: how many times faster than a library, or the cost in forward passes. memory: "
        "held at most beyond what was held before the call.",
        *sorted({f"maps: {row.comparison}." for row in rows if row.comparison}),
        facts,
    ]


def _seconds(value: float) -> str:
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.1f} s"


def _memory(value: float | None) -> str:
    return "" if value is None else f"{value:.0f} MB"
