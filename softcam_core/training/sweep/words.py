"""The rule and its outcome in words, one sentence each. Free of torch."""

from __future__ import annotations

import math

from softcam_core.counts import counted
from softcam_core.training.sweep.plan import value_text
from softcam_core.training.sweep.records import (
    PENALTY_NAMES,
    SECOND_NAMES,
    SweepPanel,
    SweepPoint,
    SweepRecord,
)


def rule(second: str, tolerance: float, seeds: int) -> str:
    """Say by which rule a lambda is chosen."""
    mean = f", mean of {seeds} seeds" if seeds > 1 else ""
    return (
        f"The largest lambda for which validation accuracy and {SECOND_NAMES[second]} (at the "
        f"epoch of the best accuracy{mean}) both stay within {tolerance:g} of the dense model "
        "(l1 = l2 = 0) of the same architecture; 0 if there is none."
    )


def outcome(record: SweepRecord, panel: SweepPanel, chosen: float | None) -> str:
    """Say what was chosen for a panel, and why."""
    what = f"{panel.penalty} of {panel.arch}"
    second = SECOND_NAMES[record.second]
    reference = panel.reference
    if reference.failed:
        return f"No {what} can be chosen: the dense model failed ({reference.failed.rstrip('.')})."
    if math.isnan(reference.mean(record.second)):
        return (
            f"No {what} can be compared: the {second} of the dense model is not defined on this "
            "validation set, so 0 is chosen."
        )
    dense = f"the dense model's ({_figures(reference, record.second)})"
    limits = f"accuracy and {second} within {record.tolerance:g} of {dense}"
    tried = [point for point in panel.points if point.value > 0]
    if chosen is None or not chosen:
        return f"{what} = 0: none of the {counted(len(tried), 'value')} tried keeps {limits}."
    point = next(point for point in tried if point.value == chosen)
    text = (
        f"{what} = {value_text(chosen)} ({PENALTY_NAMES[panel.penalty]}): with it accuracy and "
        f"{second} ({_figures(point, record.second)}) stay within {record.tolerance:g} of {dense}"
    )
    if chosen == tried[-1].value:
        return (
            f"{text}; it is the largest value tried, and larger ones in sweep.{panel.penalty} may "
            "do as well."
        )
    return f"{text}, and with no larger one of the {counted(len(tried), 'value')} tried."


def _figures(point: SweepPoint, second: str) -> str:
    return f"{point.mean('accuracy'):.3f} and {point.mean(second):.3f}"
