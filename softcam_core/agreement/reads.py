"""Which read of a reader counts who read a case again.

Who reads a case again, after the model was revealed for instance, has several reads of it. Either
the `FIRST` counts, as it was when it was locked, or the `LAST`: what stands now. Of a reader
without a locked first read what stands now counts in either.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from softcam_core.annotations.records import ReadRecord
    from softcam_core.annotations.study import Study

Reads = Literal["first", "last"]
FIRST: Reads = "first"
LAST: Reads = "last"
READS: tuple[Reads, ...] = (FIRST, LAST)

Ends = dict[int, dict[str, int | None]]
"""Case -> reader -> line of history at which the reader's first read was locked."""


def read_again(study: Study, cases: Collection[int]) -> Ends:
    """Return where the first reads ended of those who have begun another one since.

    Of all others what stands now is the first read: nothing changes after a lock until another
    read begins.
    """
    first: dict[tuple[int, str], ReadRecord] = {}
    found: Ends = {}
    for read in study.reads():
        before = first.setdefault((read.case, read.reader), read)
        if before is not read and before.locked is not None and read.case in cases:
            found.setdefault(read.case, {})[read.reader] = before.edit
    return found
