"""An event that is not in a study yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple


class Happened(NamedTuple):
    """What an event will say once the study has taken it.

    Attributes:
        time: when it happened, UTC; the study may take it later.
        what: in a few words: ``protocol changed``.
        reader: who did it, empty for nobody in particular.
        case: the case it happened to, None if it was none in particular.
        detail: further values that JSON can hold.
    """

    time: datetime
    what: str
    reader: str
    case: int | None
    detail: dict[str, Any]
