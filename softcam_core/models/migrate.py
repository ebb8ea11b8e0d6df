"""Descriptions of models that earlier versions wrote, brought to the present format.

A file is never written again by reading it: it keeps its version until it is saved. To change the
format, raise `FORMAT_VERSION` and add the function that takes the version before to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from softcam_core.errors import ModelError

FORMAT_VERSION = 2
"""1: conversions were a sentence of the card. 2: they are a record; the network is described."""

_SENTENCE = re.compile(
    r"(?P<kind>exact|approximate): (?P<reason>.*) \(largest logit difference (?P<worst>[^ ),]+)"
)


def migrated(data: Any) -> dict[str, Any]:
    """Return a description in the present format.

    Raises:
        ModelError: it names no version, or a newer one.
    """
    version = data.get("format_version") if isinstance(data, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ModelError("The model's description is damaged; save the model again.")
    if version > FORMAT_VERSION:
        raise ModelError(
            f"The model has format version {version}, this program reads up to {FORMAT_VERSION}; "
            "update SoftCAM Viewer."
        )
    description: dict[str, Any] = dict(data)
    for step in range(version, FORMAT_VERSION):
        description = MIGRATIONS[step](description)
    return description | {"format_version": FORMAT_VERSION}


def _with_conversion_record(data: dict[str, Any]) -> dict[str, Any]:
    """1 -> 2: what the card says of a conversion becomes a record; the card keeps its sentence."""
    card = data.get("card")
    text = card.get("conversion") if isinstance(card, dict) else None
    if not text:
        return data
    found = _SENTENCE.search(str(text))
    record = {
        "exact": "approximate" not in str(text),
        "reason": found["reason"] if found else str(text),
        "max_abs_difference": _number(found["worst"]) if found else None,
        "real_max_abs_difference": None,
    }
    return data | {"conversion": record}


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _with_conversion_record}
"""version -> what takes a description of it to the next one."""
