"""The named colours of the two themes. Evidence and marks have colours of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """The named colours of one theme.

    Attributes:
        line: between parts of the window.
        edge: around what can be clicked or typed into; stands out 3:1 from what lies beside it.
    """

    background: str
    panel: str
    raised: str
    line: str
    edge: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    good: str
    warning: str
    warning_panel: str
    canvas: str


DARK = Colours(
    background="#181a1e",
    panel="#202328",
    raised="#282c32",
    line="#34383f",
    edge="#6f7781",
    text="#e2e5e9",
    secondary="#8c939c",
    accent="#5b9dd9",
    on_accent="#0e1116",
    good="#7bc47f",
    warning="#f2c66d",
    warning_panel="#3a2c16",
    canvas="#0d0e10",
)
LIGHT = Colours(
    background="#eceef1",
    panel="#ffffff",
    raised="#e4e7eb",
    line="#cdd2d8",
    edge="#7d858f",
    text="#1c2026",
    secondary="#59616b",
    accent="#2468a8",
    on_accent="#ffffff",
    good="#2b7231",
    warning="#7a5200",
    warning_panel="#fdf1d6",
    canvas="#0d0e10",
)
