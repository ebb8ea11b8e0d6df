"""Checks of what a caller gives a study."""

import json
from typing import Any


def check_reader(reader: str) -> None:
    """Raise ValueError unless a reader has a name."""
    if not isinstance(reader, str) or not reader:
        raise ValueError(f"reader: expected a name, got {reader!r}")


def check_attributes(attributes: dict[str, Any] | None) -> None:
    """Raise ValueError unless JSON can hold an annotation's attributes."""
    try:
        json.dumps(attributes)
    except (TypeError, ValueError) as error:
        raise ValueError(f"attributes: expected values that JSON can hold ({error})") from error


def check_label(label: str) -> None:
    """Raise ValueError unless a label is a text."""
    if not isinstance(label, str):
        raise ValueError(f"label: expected a name, got {label!r}")
