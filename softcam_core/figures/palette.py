"""Colours of figures, in the report, in plots and in the window. Free of matplotlib.

The seven are those of Okabe and Ito (2008), which every kind of colour vision tells apart.
"""

INK, SOFT, FAINT, CHANCE = "#1f2328", "#57606a", "#d8dee4", "#767676"
"""Text, axes, grids, and what stands for chance."""
ORANGE, SKY, GREEN, BLUE, VERMILLION, PURPLE, BLACK = (
    *("#e69f00", "#56b4e9", "#009e73", "#0072b2", "#d55e00", "#cc79a7", "#000000"),
)
