"""Constants of the metrics that others name too. Free of torch."""

TOP_K = 30
"""Patches that the top-k precision and the deletion curve look at (paper, B.3 and B.4)."""
PATCH = 33
"""Side of a patch in pixels of the model's input (paper, B.3)."""
