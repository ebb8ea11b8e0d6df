"""The picture of a comparison: bars of how many times faster, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from softcam_core.bench.cases import FORWARD
from softcam_core.bench.rows import Row

WIDTH = 860
LEFT = 290
RIGHT = 90
BAR = 16
STEP = 22
GAP = 12
HEAD = 92
FOOT = 56
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
COLOURS = {
    "torchcam": "#0072b2",
    "torchcam-retain-graph": "#56b4e9",
    "grad-cam": "#d55e00",
    "captum": "#009e73",
}
"""By peer; told apart also by eyes that see few colours."""
INK, FAINT, PAPER = "#1f2328", "#d0d7de", "#ffffff"


@dataclass(frozen=True)
class _Scale:
    """A logarithmic axis from ``low`` to ``high`` times."""

    low: float
    high: float

    def x(self, ratio: float) -> float:
        inside = min(max(ratio, self.low), self.high)
        share = math.log(inside / self.low) / math.log(self.high / self.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def draw_bars(rows: Sequence[Row], machine: dict[str, Any]) -> str:
    """Draw a bar per row with a library as its peer; a bar to the right of 1 is faster than it.

    Rows beside the plain forward pass say what a method costs, which the table holds.
    """
    shown = [row for row in rows if row.peer != FORWARD]
    ratios = [row.ratio for row in shown]
    scale = _Scale(min([1.0, *ratios]), max([2.0, *ratios]) * 1.05)
    body, y = [], float(HEAD)
    for name, group in groupby(shown, key=lambda row: row.name):
        bars = list(group)
        middle = y + (len(bars) * STEP - (STEP - BAR)) / 2
        body.append(_text(LEFT - 14, middle + 4, name, anchor="end"))
        for row in bars:
            body.append(_bar(row, y, scale))
            y += STEP
        y += GAP
    bottom = y - GAP / 2
    ticks = [tick for tick in TICKS if scale.low <= tick <= scale.high]
    grid = [_tick(tick, scale.x(tick), bottom) for tick in ticks]
    height = round(bottom + FOOT)
    peers = list(dict.fromkeys(row.peer for row in shown))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" role="img" '
            'font-family="-apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="13">',
            "<title>How many times faster than other libraries</title>",
            f'<rect width="{WIDTH}" height="{height}" rx="8" fill="{PAPER}"/>',
            _text(24, 34, "Times faster than other libraries", size=18, weight=600),
            *_legend(peers),
            *grid,
            *body,
            _text(24, height - 18, _small_print(shown, machine), size=11, colour="#57606a"),
            "</svg>\n",
        ]
    )


def _bar(row: Row, y: float, scale: _Scale) -> str:
    start, end = sorted((scale.x(1), scale.x(row.ratio)))
    colour = COLOURS.get(row.peer, INK)
    bar = (
        f'<rect x="{start:.1f}" y="{y:.1f}" width="{max(1.5, end - start):.1f}" height="{BAR}" '
        f'rx="2" fill="{colour}"/>'
    )
    label, x = times(row.ratio), max(start, end) + 6
    # Paper behind the label, where a line of the grid would cross it.
    paper = f'<rect x="{x - 2:.1f}" y="{y:.1f}" width="{8 * len(label) + 4}" height="{BAR - 1}" '
    return bar + paper + f'fill="{PAPER}"/>' + _text(x, y + BAR - 4, label, size=12, weight=600)


def times(ratio: float) -> str:
    """Return a ratio for a reader: 14.6×, 120×."""
    return f"{ratio:.0f}×" if ratio >= 100 else f"{ratio:.1f}×" if ratio >= 2 else f"{ratio:.2f}×"


def _tick(tick: float, x: float, bottom: float) -> str:
    strong = tick == 1
    line = (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{HEAD - 8}" y2="{bottom:.1f}" '
        f'stroke="{INK if strong else FAINT}" stroke-width="1"/>'
    )
    label = "same speed" if strong else f"{tick}×"
    return line + _text(x, bottom + 16, label, anchor="middle", size=11, colour="#57606a")


def _legend(peers: Sequence[str]) -> list[str]:
    parts, x = [], 24.0
    for peer in peers:
        parts.append(
            f'<rect x="{x:.1f}" y="50" width="12" height="12" rx="2" '
            f'fill="{COLOURS.get(peer, INK)}"/>'
        )
        parts.append(_text(x + 18, 61, peer))
        x += 44 + 7.2 * len(peer)
    return parts


def _small_print(rows: Sequence[Row], machine: dict[str, Any]) -> str:
    if not rows:
        return "No library to compare with was installed."
    row = rows[0]
    where = machine.get("graphics card", machine.get("processor", ""))
    return (
        f"Medians of rounds in alternation, all {row.classes} classes, one "
        f"image, {where}, {row.threads} thread{'s' if row.threads > 1 else ''}, "
        f"PyTorch {machine.get('torch', '')}; logarithmic scale."
    )


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 13,
    weight: int = 400,
    colour: str = INK,
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )
