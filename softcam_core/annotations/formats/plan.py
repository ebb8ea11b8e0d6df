"""What an import would do, before anything is done."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from softcam_core.annotations.formats.exchange import ImportReport, Loss
from softcam_core.annotations.records import PackedMask


@dataclass(frozen=True)
class Planned:
    """A mark that an import will add to a case."""

    kind: str
    points: list[list[float]]
    angle: float
    label: str
    reader: str
    attributes: dict[str, Any]
    packed: PackedMask | None = field(default=None, repr=False)

    @property
    def key(self) -> tuple[object, ...]:
        """What two marks share that are the same, up to the rounding of text."""
        return (
            self.kind,
            np.round(np.asarray(self.points, float), 6).tobytes(),
            round(self.angle, 6),
            self.label,
            self.reader,
            json.dumps(self.attributes, sort_keys=True),
            self.packed,
        )


@dataclass
class PlannedCase:
    """What an import will do to one case.

    Attributes:
        name: the image's path below the folder that the study's images share.
        marks: to add.
        grades: reader -> grade, to set.
        taken: `Planned.key` of the marks of the file that the study has already -> how many.
    """

    case: int
    name: str
    marks: list[Planned] = field(default_factory=list)
    grades: dict[str, str] = field(default_factory=dict)
    taken: Counter[tuple[object, ...]] = field(default_factory=Counter, repr=False)

    @property
    def present(self) -> int:
        """How many marks of the file are there already, exactly the same."""
        return self.taken.total()


@dataclass
class ImportPlan:
    """What an import would do, and once it is applied what it did.

    Attributes:
        cases: each case that a file says something about.
        unmatched: names in the file that no image of the study has.
        ambiguous: name -> the images that it could mean; nothing is guessed.
        sizes: name -> what differs, for images whose size is not that of the file.
        report: losses and problems of reading.
    """

    format: str
    path: Path
    cases: list[PlannedCase]
    unmatched: list[str]
    ambiguous: dict[str, list[str]]
    sizes: dict[str, str]
    report: ImportReport

    @property
    def added(self) -> int:
        """How many marks will be added."""
        return sum(len(case.marks) for case in self.cases)

    @property
    def present(self) -> int:
        """How many marks of the file are in the study already."""
        return sum(case.present for case in self.cases)

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """(label, kind) -> how many will be added."""
        return dict(Counter((m.label, m.kind) for case in self.cases for m in case.marks))

    @property
    def readers(self) -> list[str]:
        """Whose marks and grades they will be."""
        found: dict[str, None] = {}
        for case in self.cases:
            found |= dict.fromkeys(mark.reader for mark in case.marks)
            found |= dict.fromkeys(case.grades)
        return list(found)

    @property
    def losses(self) -> list[Loss]:
        """What the program could not take from the file."""
        return self.report.losses

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Names and sentences of what failed."""
        return self.report.problems
