"""Numbers and names as the report writes them. Free of matplotlib."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from softcam_core.evaluation.metric_ids import metric_title

NONE = "–"
MINUS = "\N{MINUS SIGN}"
ARROWS = {"high": "↑", "low": "↓", "": ""}
BETTER = {"high": "higher is better", "low": "lower is better", "": ""}


def is_number(value: Any) -> bool:
    """Whether a value of a JSON file is a finite number: null and NaN are none."""
    return isinstance(value, int | float) and math.isfinite(value)


def fixed(value: float | None, places: int) -> str:
    """Return a number with so many places, with a proper minus; an undefined one as a dash."""
    if value is None or not is_number(value):
        return NONE
    text = f"{value:.{places}f}"
    return text.replace("-", MINUS) if float(text) else text.removeprefix("-")


def places_of(metric: str) -> int:
    """Return how many places a metric's values are written with."""
    return 1 if metric_title(metric)[1].unit == "%" else 3


def of_metric(metric: str, value: float | None) -> str:
    """Return a value of a metric, its unit included."""
    unit = metric_title(metric)[1].unit
    text = fixed(value, places_of(metric))
    return f"{text} {unit}" if unit and text != NONE else text


def interval(low: float | None, high: float | None, places: int) -> str:
    """Return [low, high]; "" where it could not be computed."""
    if not is_number(low) or not is_number(high):
        return ""
    return f"[{fixed(low, places)}, {fixed(high, places)}]"


def model_titles(run: Mapping[str, Any]) -> dict[str, str]:
    """Return what each model of a run is called, by name; its name where two have one title."""
    models = run["models"]
    titles = {model["name"]: str(model.get("title") or model["name"]) for model in models}
    often = Counter(titles.values())
    return {name: title if often[title] == 1 else name for name, title in titles.items()}
