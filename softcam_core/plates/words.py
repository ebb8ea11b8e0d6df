"""The words around the pictures: titles of columns and panes, letters of rows, numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from softcam_core.explain.methods import TITLES
from softcam_core.models.titles import BLACK_BOX
from softcam_core.plates.sources import EVIDENCE, Lane
from softcam_core.plates.values import Column, Model, Pane

_VARIANTS = ("sparse", "dense", "ridge", "elastic net")
"""The order of rows in the paper's Figure 15."""
NO_VALUE = "\N{EN DASH}"


def columns_of(found: dict[Lane, list[Model]]) -> list[Column]:
    """Return the heads of lanes, grouped by what they explain."""
    columns = []
    for lane in found:
        if lane.variant == BLACK_BOX:
            group = "Post-hoc, black box"
        elif lane.method == EVIDENCE:
            group = "SoftCAM evidence"
        else:
            group = f"Post-hoc, {lane.variant} SoftCAM"
        columns.append(Column(lane.title, lane.arch, group))
    return columns


def pane_title(pane: Pane, model: Model | None, panes: Sequence[Pane]) -> str:
    """Return what stands above a pane: method and kind of model; its class where they differ."""
    if model is None or pane.method not in TITLES:
        return pane.title
    title = Lane(pane.method, model.variant).title
    if pane.method != EVIDENCE:
        title = f"{title}, {model.variant}"
    classes = {one.class_name for one in panes if one.method in TITLES}
    return f"{title}: {pane.class_name}" if len(classes) > 1 else title


def as_in_figure_15(lane: Lane) -> tuple[bool, int]:
    """Return what rows are sorted by: evidence, sparse before dense, then post-hoc methods."""
    known = lane.variant in _VARIANTS
    return lane.method != EVIDENCE, _VARIANTS.index(lane.variant) if known else len(_VARIANTS)


def share(value: float) -> str:
    """Return a metric with two digits, a dash where it is undefined."""
    return NO_VALUE if math.isnan(value) else f"{value:.2f}"


def letter_of(number: int) -> str:
    """Return a, b ... z, aa, bb ..."""
    return chr(ord("a") + number % 26) * (1 + number // 26)


def legible(text: str) -> str:
    """Return a text on one line without what no page can show: controls, and bytes of no letter.

    Example:
        >>> legible("a\\nb\\x07")
        'a b'
    """
    line = " ".join(text.split())
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if "\ud800" <= letter <= "\udfff" else letter
        for letter in line
        if letter.isprintable() or "\ud800" <= letter <= "\udfff"
    )
