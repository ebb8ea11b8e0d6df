"""The images of an evaluation, and what is true about them. Free of torch."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from softcam_core.paths import shown

Mask = NDArray[np.bool_]
Boxes = NDArray[np.float64]


@dataclass(frozen=True)
class Item:
    """One image.

    Attributes:
        key: number of its first row in the table, or the case's id, as text.
        path: the file, which may be missing.
        shown: its name for people: relative, with slashes, without the machine's folders.
        where: where the data name it, to begin a sentence with: ``labels.csv, row 7``.
        patient: number of its patient, in order of appearance.
        label: "" where unknown.
        modality: "" where unknown.
        row: number of its first row in the table, None in a study.
    """

    key: str
    path: Path
    shown: str
    where: str
    patient: int
    label: str = ""
    modality: str = ""
    row: int | None = None


@dataclass(frozen=True, eq=False)
class Truth:
    """What was marked on one image.

    Attributes:
        mask: bool (H, W) of the whole image; all False where somebody looked and found nothing.
        boxes: float64 (n, 4), x0, y0, x1, y1 in image pixels, cut to the image.
        ignore: bool (H, W), pixels that count neither way; None for none.
        problems: which marks do not count, one sentence each that names the row or the case.
    """

    mask: Mask
    boxes: Boxes
    ignore: Mask | None = None
    problems: tuple[str, ...] = ()


class EvaluationData(ABC):
    """The images of a table or of a study; use `softcam_core.evaluation.data.read_data`.

    Attributes:
        name: of the table's or the study's file.
        items: the images in order, each once.
        digest: fingerprint of all that the numbers depend on but the images themselves (each has
            its own hash): names, labels, patients, splits, and what is marked.
        reader: whose marks of a study count; "" for a table.
        notes: what a user should know, one sentence each.
        problems: what is wrong with single rows, one sentence each; their other numbers count.
    """

    name: str
    items: tuple[Item, ...]
    digest: str
    reader: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @abstractmethod
    def truth(self, item: Item, size: tuple[int, int]) -> Truth | None:
        """Return what is marked on an image of ``size`` = (H, W); None: nobody looked.

        Raises:
            EvaluationError: what is marked cannot be used, in one sentence that names the row or
                the case; the image counts as one that nobody marked. So it is where the pixels of
                a mask are not known: they would count as not marked. A box or shape in which
                nothing of the image lies marks nothing: the others count, and the truth has a
                sentence in its ``problems``.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the files."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


def names_shown(paths: Sequence[Path], folder: Path) -> list[str]:
    """Return the files' names for people: relative to ``folder``, or to the folder of them all."""
    parents = {os.fspath(path.parent) for path in paths}
    base = os.fspath(folder)
    try:
        if os.path.commonpath([base, *parents]) != base:
            base = os.path.commonpath(parents)
        return [shown(Path(os.path.relpath(path, base)).as_posix()) for path in paths]
    except ValueError:  # on several drives
        return [shown(path.name) for path in paths]


def numbered(patients: Iterable[str]) -> list[int]:
    """Return a number for each patient, in order of appearance."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(patient, len(numbers)) for patient in patients]
