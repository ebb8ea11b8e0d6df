"""What a reader had seen of a case before reading it, and what a read may be called for it.

A read keeps the mode of the protocol that it began with, as that decides what it hides. Whether
it was in truth a read without the model is another question: the model's word on the case may have
been on this reader's screen before, or the read may have begun after the reveal.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from softcam_core.annotations.happened import Happened
from softcam_core.annotations.records import EventRecord, ReadRecord

MODEL_SEEN = "model seen"
"""The event that a model's word on a case was on a reader's screen."""

HIDING = frozenset({"ai-second", "blinded"})
"""Modes of a read that hide the model until it is locked."""

NOT_BLIND = "not blind"
"""What a first read in such a mode is called whose reader had seen the model's word before."""

AFTER_REVEAL = "after the reveal"
"""The mode of a read that begins once the model was revealed."""


def first_seen(events: Iterable[EventRecord | Happened], reader: str) -> dict[int, datetime]:
    """Return when a model's word on each case was first on a reader's screen, UTC.

    ``events``: of a study, all of them or those of the name `MODEL_SEEN`, stored or not.
    """
    found: dict[int, datetime] = {}
    for event in events:
        if event.what == MODEL_SEEN and event.reader == reader and event.case is not None:
            found[event.case] = min(event.time, found.get(event.case, event.time))
    return found


def read_as(read: ReadRecord, seen: datetime | None) -> str:
    """Return how a read was made in truth: its mode, `AFTER_REVEAL` or `NOT_BLIND`.

    ``seen``: when the model's word on the case was first on the reader's screen, None for never.
    """
    if read.mode not in HIDING:
        return read.mode
    if read.stage > 1:
        return AFTER_REVEAL
    return NOT_BLIND if seen is not None and seen < read.started else read.mode
