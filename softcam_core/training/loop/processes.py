"""Work of the first process alone, whose outcome all of them share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lightning_fabric import Fabric

from softcam_core.errors import SoftcamError

R = TypeVar("R")


def by_first(fabric: Fabric, work: Callable[[], R]) -> R:
    """Let process 0 do something; every process returns its result.

    Raises:
        SoftcamError: process 0's, in every process, so that none waits for it.
    """
    results: list[R] = []
    error: SoftcamError | None = None
    if fabric.is_global_zero:
        try:
            results.append(work())
        except SoftcamError as problem:
            error = problem
    if fabric.world_size > 1:
        results, error = fabric.broadcast((results, error))
    if error is not None:
        raise error
    return results[0]
