"""Maps that explain a model's logits, all behind `attribute`.

The functions load with torch on first use; `METHODS` and `MethodError` are free of it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from softcam_core.explain.methods import METHODS, MethodError

if TYPE_CHECKING:
    from softcam_core.explain.attribution import (
        Attribution,
        attribute,
        available_methods,
    )
    from softcam_core.explain.identical import identical_groups, identical_to_evidence

__all__ = [
    "METHODS",
    "Attribution",
    "MethodError",
    "attribute",
    "available_methods",
    "identical_groups",
    "identical_to_evidence",
]


def __getattr__(name: str) -> object:
    """Import a function when it is first used (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    file = "identical" if name.startswith("identical") else "attribution"
    value: object = getattr(import_module(f"softcam_core.explain.{file}"), name)
    globals()[name] = value
    return value
