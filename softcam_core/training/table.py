"""The images of a run with their classes, patients and splits, and the split by patient.

`softcam_core.training.sources` reads them from whatever layout the user's data has. Free of torch.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from softcam_core.errors import ConfigError
from softcam_core.training.rows import MASKS_JOINED, SPLITS, Split

SHARES = (0.75, 0.10, 0.15)
"""Of training, validation and test images, where the data has no split of its own."""

_HEALTHY = re.compile(r"(normal|healthy|no)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """One row: an image, its class (index), its patient and the split it belongs to.

    Attributes:
        mask: PNG file of its lesions, "" for none; several with ``|`` between them.
        boxes: JSON list of boxes in image pixels, "" for none.
        weight: how often it is drawn in training, beside others of weight 1.
        case: of the study that it comes from; None for a table.
        ignore: PNG file of pixels that count neither as lesion nor as none, "" for none.
    """

    path: Path
    label: int
    patient: str
    split: Split
    mask: str = ""
    boxes: str = ""
    weight: float = 1.0
    case: int | None = None
    ignore: str = ""

    @property
    def masks(self) -> tuple[Path, ...]:
        """Files of its lesions, which belong together."""
        return tuple(Path(name) for name in self.mask.split(MASKS_JOINED) if name)


@dataclass(frozen=True)
class Table:
    """All usable rows of a table.

    Attributes:
        source: the file or folder that they come from.
        notes: what a user should know about them, one sentence each.
        format: layout of the source.
        left_out: how many images were left out, by reason.
    """

    source: Path
    classes: tuple[str, ...]
    samples: tuple[Sample, ...]
    notes: tuple[str, ...] = ()
    format: str = "table"
    left_out: Mapping[str, int] = field(default_factory=dict)

    def indices(self, split: Split) -> list[int]:
        """Return the positions of a split's samples, in the table's order."""
        return [i for i, sample in enumerate(self.samples) if sample.split == split]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return the number of images per split and class."""
        found: dict[str, dict[str, int]] = {}
        for split in SPLITS:
            labels = Counter(s.label for s in self.samples if s.split == split)
            found[split] = {name: labels[i] for i, name in enumerate(self.classes)}
        return found

    def digest(self) -> str:
        """Return a fingerprint of names, labels, splits and weights, wherever the files lie."""

        def row(s: Sample) -> str:
            weight = "" if s.weight == 1 else f"\t{s.weight!r}"
            return f"{s.path.name}\t{s.label}\t{s.split}{weight}\n"

        rows = map(row, self.samples)
        return hashlib.sha256("".join((*self.classes, "\n", *rows)).encode()).hexdigest()

    def without(self, dropped: Iterable[int]) -> Table:
        """Return the table without the rows at these positions."""
        gone = set(dropped)
        kept = tuple(s for i, s in enumerate(self.samples) if i not in gone)
        return replace(self, samples=kept)

    def write(self, path: Path) -> None:
        """Write the rows with their split, a table that this program reads again.

        Files below the table's folder are named relative to it.
        """
        weighted = any(s.weight != 1 for s in self.samples)
        ignoring = any(s.ignore for s in self.samples)
        has_cases = any(s.case is not None for s in self.samples)
        base = os.fspath(path.resolve().parent / "-")[:-1]

        def named(file: str) -> str:
            return Path(file[len(base) :]).as_posix() if file.startswith(base) else file

        partial = path.with_name(path.name + ".part")
        with partial.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            names = ["path", "label", "patient", "split", "mask", "boxes"]
            more = ["weight"] * weighted + ["ignore"] * ignoring + ["case"] * has_cases
            writer.writerow(names + more)
            for s in self.samples:
                masks = MASKS_JOINED.join(map(named, s.mask.split(MASKS_JOINED)))
                row = [named(os.fspath(s.path)), self.classes[s.label], s.patient, s.split]
                row += [masks, s.boxes, *[repr(s.weight)] * weighted, *[named(s.ignore)] * ignoring]
                writer.writerow([*row, *[s.case] * has_cases])
        partial.replace(path)


def check_trainable(table: Table) -> None:
    """Raise ConfigError unless every class has training images and there is a validation set."""
    counts = table.counts()
    for name in table.classes:
        if not counts["train"][name]:
            raise ConfigError(f"{table.source.name} has no training image of the class {name!r}.")
    if not sum(counts["val"].values()):
        raise ConfigError(
            f"{table.source.name} has no validation images; mark some rows val in the split "
            "column, or leave that column out."
        )


def is_healthy(name: str) -> bool:
    """Return whether a class says by its name that nothing is wrong."""
    return bool(_HEALTHY.match(name))


def class_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Sort class names, numbers by value, with normal / healthy / no ... first."""

    def key(name: str) -> tuple[bool, list[tuple[int, int, str]]]:
        parts = re.findall(r"\d+|\D+", name.casefold())
        natural = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts]
        return not is_healthy(name), natural

    return tuple(sorted(set(labels), key=key))


def split_by_patient(
    patients: Sequence[str],
    labels: Sequence[int],
    seed: int,
    shares: Sequence[float] = SHARES,
) -> list[Split]:
    """Draw a split in which no patient is torn and each class keeps its shares.

    Patients come in a random order, those with most images first; each goes to the split that is
    furthest behind its share of what has been dealt out so far, rare classes counting more.

    Args:
        patients: patient of each image.
        labels: class index of each image.
        seed: of the draw; the same input and seed give the same split.
        shares: of training, validation and test images.

    Returns:
        The split of each image.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, patient in enumerate(patients):
        groups[patient].append(i)
    classes = max(labels) + 1
    column = np.array(shares, np.float64)[:, None]
    total = np.maximum(np.bincount(labels, minlength=classes), 1)
    given = np.zeros((len(SPLITS), classes))
    order = sorted(groups)
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda patient: -len(groups[patient]))
    chosen: list[Split] = ["train"] * len(labels)
    for patient in order:
        # Of the patient's own classes alone: a set may have a thousand.
        own, count = np.unique([labels[i] for i in groups[patient]], return_counts=True)
        dealt = given[:, own]
        behind = column * (dealt.sum(0) + count) - dealt
        best = int(np.argmax((behind / total[own]).sum(1)))
        given[best, own] += count
        for i in groups[patient]:
            chosen[i] = SPLITS[best]
    return chosen
