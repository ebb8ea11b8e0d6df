"""What a reader of one layout gives: its images as they are listed, before any is chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from softcam_core.errors import ConfigError
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import Split


@dataclass(slots=True)
class Record:
    """One image of a data set.

    Attributes:
        where: it is named, to begin a sentence with: ``labels.csv, row 7``.
        path: of the file, which may be missing.
        label: name of its class.
        patient: "" where unknown.
        split: None where the data set has none.
        mask, ignore, boxes, weight, case: as in `softcam_core.training.table.Sample`.
    """

    where: str
    path: Path
    label: str
    patient: str = ""
    split: Split | None = None
    mask: str = ""
    ignore: str = ""
    boxes: str = ""
    weight: float = 1.0
    case: int | None = None


@dataclass
class LeftOut:
    """Counts what is left out, and why."""

    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, reason: str, where: str, count: int = 1) -> None:
        """Count ``where``, one or more images, as left out for a reason."""
        self.reasons[reason] += count
        self.first.setdefault(reason, where)

    def sentences(self) -> Iterator[str]:
        """Yield a sentence on each reason."""
        for reason, count in self.reasons.items():
            images = "1 image is" if count == 1 else f"{count:,} images are"
            first = "" if count == 1 else "the first is "
            yield f"{images} left out: {reason} ({first}{self.first[reason]})."


@dataclass
class Listing:
    """All images of a data set.

    Attributes:
        source: the file or folder.
        format: id of the layout.
        recognised: what it is, in a sentence; "" for this project's own table.
        records: in the order of the data set.
        order: of the classes where the data set has one; empty: by their names.
        strict: an image of a class that is not wanted is an error, and is not left out.
        draws_val: validation images are drawn where a split has none.
        left_out: images that are known and not listed.
    """

    source: Path
    format: str
    recognised: str
    records: list[Record]
    order: tuple[str, ...] = ()
    strict: bool = False
    draws_val: bool = True
    notes: list[str] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)


def choose_task(
    data: DataConfig, wanted: Sequence[str], binary: Sequence[str], several: Sequence[str]
) -> bool:
    """Return whether a data set is to have two classes, as ``data.task`` or the classes say.

    Where neither does, several; a reader whose data set is usually binary asks before.
    """
    if data.task:
        return data.task == "binary"
    names = {name.casefold() for name in wanted}
    in_binary = names <= {name.casefold() for name in binary}
    in_several = names <= {name.casefold() for name in several}
    return bool(names) and in_binary and not in_several


def positions(order: Iterable[str], wanted: Sequence[str], title: str) -> tuple[str, ...]:
    """Return the wanted classes as a data set writes them.

    Raises:
        ConfigError: it has no such class.
    """
    known = {name.casefold(): name for name in order}
    for name in wanted:
        if name.casefold() not in known:
            raise ConfigError(
                f"{title} has no class {name!r}; data.classes can hold {', '.join(known.values())}."
            )
    return tuple(known[name.casefold()] for name in wanted)
