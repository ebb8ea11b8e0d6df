"""How a study is read: what a reader sees before the first read, and in which order.

The study keeps its protocol; each change of it is an event.

- ``open``: nothing is hidden.
- ``ai-second``: what models say is hidden until the reader's first read of the case is locked.
- ``blinded``: so are the other readers' marks and grades.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, get_args

from softcam_core.annotations.records import ReadRecord
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

Mode = Literal["open", "ai-second", "blinded"]
Order = Literal["fixed", "shuffled"]
MODES: tuple[Mode, ...] = get_args(Mode)
ORDERS: tuple[Order, ...] = get_args(Order)

PROTOCOL_CHANGED = "protocol changed"

_SETTING = "protocol"


@dataclass(frozen=True)
class Protocol:
    """How a study is read.

    Attributes:
        mode: what is hidden before the first read.
        order: of the cases: as they were added, or shuffled by the seed for each reader.
        seed: any whole number; the same one gives the same order on every machine.
    """

    mode: Mode = "open"
    order: Order = "fixed"
    seed: int = 0

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ValueError: one is none of its kind; the text names it.
        """
        for name, value, known in (("mode", self.mode, MODES), ("order", self.order, ORDERS)):
            if value not in known:
                raise ValueError(f"{name}: expected one of {', '.join(known)}, got {value!r}")
        if not isinstance(self.seed, int) or isinstance(self.seed, bool):
            raise ValueError(f"seed: expected a whole number, got {self.seed!r}")


def protocol(study: Study) -> Protocol:
    """Return a study's protocol.

    Raises:
        StudyError: it was set by a program that knows other ones.
    """
    try:
        return Protocol(**study.get_setting(_SETTING, {}))
    except (TypeError, ValueError) as error:
        raise StudyError(
            f"The reading protocol of the study {study.path} is not known here ({error}); choose "
            "another one, or update the program."
        ) from error


def set_protocol(study: Study, wanted: Protocol, reader: str) -> None:
    """Set a study's protocol and log who did it; nothing is logged where it stays as it is."""
    before = study.get_setting(_SETTING)
    after = asdict(wanted)
    if after == (asdict(Protocol()) if before is None else before):
        return
    with study.batch("Change the reading protocol", reader):
        study.set_setting(_SETTING, after)
        study.log(PROTOCOL_CHANGED, reader, before=before, after=after)


def reading_order(ids: Iterable[int], wanted: Protocol, reader: str) -> list[int]:
    """Return case ids in the order in which a reader reads them.

    Shuffled, each case has a place of its own by a hash of seed, reader and id: the order is the
    same on every machine, another one for each reader, and cases that are added later come in
    between without changing the order of the others.
    """
    found = list(ids)
    if wanted.order == "fixed":
        return found

    def place(case: int) -> bytes:
        return hashlib.sha256(f"{wanted.seed}\n{reader}\n{case}".encode()).digest()

    return sorted(found, key=place)


def hides_model(study: Study, case: int, reader: str) -> bool:
    """Return whether a reader must not see yet what models say about a case.

    A read that has begun keeps the mode it began with, whatever the protocol becomes meanwhile.
    """
    return _hides(study, case, reader, ("ai-second", "blinded"))


def hides_others(study: Study, case: int, reader: str) -> bool:
    """Return whether a reader must not see yet what other readers drew and said about a case."""
    return _hides(study, case, reader, ("blinded",))


def hidden_cases(study: Study, reader: str) -> set[int]:
    """Return the ids of all cases of which `hides_model` holds, quickly for many cases.

    A protocol that is not known here hides all that the reader has not locked: what was shown
    cannot be taken back.
    """
    try:
        mode: str = protocol(study).mode
    except StudyError:
        mode = "blinded"
    begun: dict[int, list[ReadRecord]] = {}
    for read in study.reads(reader=reader):
        begun.setdefault(read.case, []).append(read)
    hiding = ("ai-second", "blinded")
    hidden = set()
    for case in study.cases():
        reads = begun.get(case.id, [])
        modes = [read.mode for read in reads] or [mode]
        if all(read.locked is None for read in reads) and any(m in hiding for m in modes):
            hidden.add(case.id)
    return hidden


def _hides(study: Study, case: int, reader: str, modes: tuple[str, ...]) -> bool:
    reads = study.reads(case, reader)
    if any(read.locked is not None for read in reads):
        return False
    if reads:
        return any(read.mode in modes for read in reads)
    return protocol(study).mode in modes
