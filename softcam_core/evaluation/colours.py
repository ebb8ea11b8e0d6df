"""One colour, dash and marker per method, in the report and in the window. Free of matplotlib.

The colours are those of `softcam_core.figures.palette`. There are fewer of them than methods: two
methods of one colour differ in dash and marker, so that a figure can be read in grey print as well.
Chance is grey, dashed and without markers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from softcam_core.evaluation.metric_ids import BASELINES, CENTRE_PRIOR, RANDOM, RANDOMIZED
from softcam_core.figures.palette import BLACK, BLUE, CHANCE, GREEN, ORANGE, PURPLE, SKY, VERMILLION

Dash = tuple[float, tuple[float, ...]]
SOLID: Dash = (0, ())
DASHED: Dash = (0, (4.5, 1.6))
DOTTED: Dash = (0, (1.2, 1.4))
DASH_DOTTED: Dash = (0, (5, 1.5, 1.2, 1.5))


@dataclass(frozen=True)
class Look:
    """How one line or point is drawn.

    Attributes:
        colour: sRGB hex.
        dash: (offset, lengths in line widths); `SOLID` has no lengths.
        marker: matplotlib's letter; "" for none.
        width: of the line, pt.
        chance: whether it stands for chance, in the background.
    """

    colour: str
    dash: Dash = SOLID
    marker: str = "o"
    width: float = 1.4
    chance: bool = False


METHOD_LOOKS: dict[str, Look] = {
    "evidence": Look(VERMILLION, SOLID, "o", 1.9),
    "cam": Look(BLACK, SOLID, "D"),
    "gradcam": Look(BLUE, SOLID, "s"),
    "gradcam++": Look(BLUE, DASHED, "P"),
    "xgradcam": Look(SKY, DASHED, "X"),
    "layercam": Look(SKY, SOLID, "^"),
    "scorecam": Look(GREEN, SOLID, "v"),
    "guided_backprop": Look(PURPLE, SOLID, "<"),
    "integrated_gradients": Look(ORANGE, SOLID, ">"),
    "occlusion": Look(GREEN, DASHED, "h"),
    "smoothgrad": Look(PURPLE, DASHED, "p"),
    "opticam": Look(ORANGE, DASHED, "d"),
    RANDOM: Look(CHANCE, (0, (1.2, 1.4)), "", 1.1, chance=True),
    CENTRE_PRIOR: Look(CHANCE, (0, (4.5, 1.8)), "", 1.1, chance=True),
    RANDOMIZED: Look(CHANCE, (0, (4.5, 1.5, 1.2, 1.5)), "", 1.1, chance=True),
}
VARIANTS = ((SOLID, "o"), (DASHED, "s"), (DOTTED, "^"), (DASH_DOTTED, "D"))
"""Dash and marker of the first, second ... model of one figure whose method is the same."""
SEQUENCE = tuple(
    Look(colour, dash, marker)
    for dashes, markers in (
        ((SOLID, DASHED, DASH_DOTTED, DOTTED, SOLID), "os^Dv"),
        ((DASHED, SOLID, DOTTED, DASH_DOTTED, DASHED), "DvPXh"),
    )
    for colour, dash, marker in zip(
        (BLUE, ORANGE, GREEN, PURPLE, BLACK), dashes, markers, strict=True
    )
)
"""Models and classes, where a line is no method."""


def look_of(method: str, variant: int = 0) -> Look:
    """Return a method's look; ``variant`` counts the models of one panel that share the method."""
    look = METHOD_LOOKS.get(method, Look(BLACK, DASH_DOTTED, "*"))
    if not variant or method in BASELINES:
        return look
    others = [(d, m) for d, m in VARIANTS if d != look.dash and m != look.marker]
    dash, marker = others[(variant - 1) % len(others)]
    return replace(look, dash=dash, marker=marker)


def look_in_sequence(position: int) -> Look:
    """Return the look of the n-th model or class."""
    return SEQUENCE[position % len(SEQUENCE)]
