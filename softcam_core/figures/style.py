"""Sizes, letters and lines of figures; colours: `softcam_core.figures.palette`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib.style
from matplotlib.font_manager import fontManager, get_font

from softcam_core.figures.palette import FAINT, INK, SOFT

ONE_COLUMN, TWO_COLUMNS = 90.0, 180.0
"""Widths of figures in mm; two columns fill an A4 page with margins of 15 mm."""
MM = 1 / 25.4
"""Inches."""
PNG_DPI = 300

RC: dict[str, Any] = {
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "font.size": 7.0,
    "text.color": INK,
    # A dollar sign in the name of a class is no formula.
    "text.parse_math": False,
    "axes.labelsize": 7.5,
    "axes.titlesize": 7.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 5.0,
    "axes.labelcolor": INK,
    "axes.edgecolor": SOFT,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.5,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": 7.0,
    "ytick.labelsize": 7.0,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.markersize": 3.4,
    "lines.markeredgewidth": 0.0,
    "lines.solid_capstyle": "round",
    "svg.fonttype": "path",
    "svg.hashsalt": "softcam",
}
FALLBACKS = (
    *("Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Noto Sans JP"),
    *("WenQuanYi Micro Hei", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "PingFang SC"),
    *("Hiragino Sans GB", "Apple SD Gothic Neo", "Arial Unicode MS", "Nirmala UI", "Segoe UI"),
)
"""Fonts for letters that matplotlib's own has none of, where they are installed."""


@contextmanager
def drawing() -> Iterator[None]:
    """Draw and save with the project's style and without the user's own matplotlib settings."""
    style = {**RC, "font.family": list(_families())}
    with matplotlib.style.context(["default", style]):
        yield


def plain(text: str, limit: int = 0) -> str:
    """Return a text on one line that can be drawn, shortened in its middle to ``limit`` letters.

    A letter that no installed font has becomes a box.
    """
    line = " ".join(text.split())
    if limit and len(line) > limit:
        head = (limit - 1) * 2 // 3
        line = f"{line[:head].rstrip()}…{line[len(line) - (limit - 1 - head) :].lstrip()}"
    return "".join(letter if ord(letter) in _letters() else "□" for letter in line)


@cache
def _families() -> tuple[str, ...]:
    installed = {font.name for font in fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in FALLBACKS if name in installed))


@cache
def _letters() -> frozenset[int]:
    found: set[int] = set()
    for family in _families():
        path = fontManager.findfont(family, fallback_to_default=True)
        found.update(get_font(path).get_charmap())
    return frozenset(code for code in found if chr(code).isprintable())
