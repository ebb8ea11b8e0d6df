"""Checks of what a caller gives a study."""

import json
from typing import Any

UNION, MAJORITY = "union", "majority"
"""Truths that are computed from several readers' marks (see `truth`); nobody is called so."""


def check_name(argument: str, name: str) -> None:
    """Raise ValueError unless a name is a text with more than blanks in it."""
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"{argument}: expected a name, got {name!r}")


def check_reader(reader: str) -> None:
    """Raise ValueError unless somebody can be called so."""
    check_name("reader", reader)
    if reader in (UNION, MAJORITY):
        raise ValueError(
            f"reader: nobody can be called {reader!r}, which stands for several readers' marks"
        )


def check_json(argument: str, values: dict[str, Any] | None) -> None:
    """Raise ValueError unless JSON can hold values."""
    try:
        json.dumps(values)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{argument}: expected values that JSON can hold ({error})") from error


def check_label(label: str) -> None:
    """Raise ValueError unless a label is a text."""
    if not isinstance(label, str):
        raise ValueError(f"label: expected a name, got {label!r}")
