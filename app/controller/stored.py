"""Looks on the child's disk for slow maps of the view, so that nobody asks for them twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Generic, TypeVar

from app.jobs.client import Job, JobClient

PRIORITY = 30
"""Below what the panes wait for, above everything behind them."""

Key = TypeVar("Key")


class StoredMaps(Generic[Key]):
    """One look per map of the view; ``found`` gets what is there, as if it had been computed."""

    def __init__(self, jobs: JobClient, found: Callable[[Key, dict[str, Any]], None]) -> None:
        """Have seen nothing yet."""
        self._jobs = jobs
        self._found = found
        self._looks: dict[Key, Job] = {}

    def look(self, key: Key, payload: dict[str, Any]) -> None:
        """Look once; ``payload`` as of the job ``explain``."""
        if key not in self._looks:
            self._looks[key] = self._jobs.submit(
                "kept", payload, priority=PRIORITY, on_done=partial(self._done, key)
            )

    def forget(self) -> None:
        """Be ready to look again: another case is in view, or the same one with another image."""
        for job in self._looks.values():
            job.cancel()
        self._looks.clear()

    def _done(self, key: Key, answer: dict[str, Any] | None) -> None:
        if answer is not None:
            self._found(key, answer)
