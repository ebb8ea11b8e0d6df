"""The words of the evaluation: names of methods, metrics and models as people read them."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from app.language import core_word
from app.texts import MINUS, NO_VALUE
from softcam_core.evaluation.metric_ids import BASELINES, method_title, metric_title
from softcam_core.evaluation.records import NO_METHOD

UP, DOWN = "\N{UPWARDS ARROW}", "\N{DOWNWARDS ARROW}"


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("evaluation", text)


def method_word(method: str) -> str:
    """Return a method's name; what is about the prediction alone has none."""
    return tr("Prediction") if method in ("", NO_METHOD) else core_word(method_title(method))


def metric_word(metric: str) -> str:
    """Return a metric's name; an id that this version does not know stands for itself."""
    try:
        return core_word(metric_title(metric)[0])
    except KeyError:
        return metric


def better(metric: str) -> str:
    """Return ``high`` or ``low``, which of the two is better; "" where neither is."""
    try:
        return metric_title(metric)[1].better
    except KeyError:
        return ""


def unit(metric: str) -> str:
    """Return ``%`` or ""."""
    try:
        return metric_title(metric)[1].unit
    except KeyError:
        return ""


def arrow(metric: str) -> str:
    """Return an arrow in the direction in which a metric is better."""
    return {"high": UP, "low": DOWN}.get(better(metric), "")


def is_chance(method: str) -> bool:
    """Return whether a method stands for chance: it has no map to look at."""
    return method in BASELINES


def number(value: float | None, of_unit: str = "") -> str:
    """Return a value with as many digits as it deserves; a dash where it is undefined."""
    if value is None or math.isnan(value):
        return NO_VALUE
    digits = 1 if of_unit == "%" else 3
    text = f"{value:.{digits}f}".replace("-", MINUS)
    return f"{text} %" if of_unit == "%" else text


def interval(low: float | None, high: float | None, of_unit: str = "") -> str:
    """Return a 95 % interval; a dash where there is none."""
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return NO_VALUE
    first = number(low, of_unit).removesuffix(" %")
    return tr("{0} to {1}").format(first, number(high, of_unit))
