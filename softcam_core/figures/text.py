"""How wide a text will be, and texts that fit: shortened, or broken into lines."""

from __future__ import annotations

from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from softcam_core.figures.style import MM, plain


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a text of ``size`` pt will be, mm."""
    font = FontProperties(size=size, weight="bold" if bold else "normal")
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width) / 72 / MM


def fitted(text: str, width: float, size: float, bold: bool = False) -> str:
    """Return a text shortened in its middle to at most ``width`` mm."""
    short = text
    while text_width(short, size, bold) > width and len(short) > 3:
        short = plain(text, len(short) - 1)
    return short


def wrapped(text: str, width: float, size: float, lines: int = 2, bold: bool = False) -> list[str]:
    """Return a text broken into at most ``lines`` lines of ``width`` mm; the last is shortened."""
    found: list[str] = []
    words = text.split()
    while words and len(found) < lines - 1:
        taken = 1
        while taken < len(words) and text_width(" ".join(words[: taken + 1]), size, bold) <= width:
            taken += 1
        found.append(fitted(" ".join(words[:taken]), width, size, bold))
        words = words[taken:]
    return [*found, fitted(" ".join(words), width, size, bold)] if words else found
