"""The table of images: reading it, the order of the classes, and the split by patient.

Columns ``path,label[,patient][,split][,mask][,boxes]``; a byte-order mark, semicolons or tabs in
place of commas and any line ends are fine; relative paths are relative to the table. Free of torch.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from softcam_core.errors import ConfigError
from softcam_core.training.rows import SPLITS, Split, absolute, read_rows, split_word

SHARES: dict[Split, float] = {"train": 0.75, "val": 0.10, "test": 0.15}

_HEALTHY = re.compile(r"(normal|healthy|no)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Sample:
    """One row: an image, its class (index), its patient and the split it belongs to.

    Attributes:
        mask: PNG file of its lesions, "" for none.
        boxes: JSON list of boxes in image pixels, "" for none.
        weight: how often it is drawn in training, beside others of weight 1.
        case: of the study that it comes from; None for a table.
    """

    path: Path
    label: int
    patient: str
    split: Split
    mask: str = ""
    boxes: str = ""
    weight: float = 1.0
    case: int | None = None


@dataclass(frozen=True)
class Table:
    """All usable rows of a table, with what a user should know about them in ``notes``."""

    source: Path
    classes: tuple[str, ...]
    samples: tuple[Sample, ...]
    notes: tuple[str, ...] = ()

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
        """Return a fingerprint of file names, labels and splits, wherever the files lie."""
        rows = (f"{s.path.name}\t{s.label}\t{s.split}\n" for s in self.samples)
        return hashlib.sha256("".join((*self.classes, "\n", *rows)).encode()).hexdigest()

    def without(self, dropped: Iterable[int]) -> Table:
        """Return the table without the rows at these positions."""
        gone = set(dropped)
        kept = tuple(s for i, s in enumerate(self.samples) if i not in gone)
        return replace(self, samples=kept)

    def write(self, path: Path) -> None:
        """Write the rows with their split, a table that this program reads again."""
        partial = path.with_name(path.name + ".part")
        with partial.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(["path", "label", "patient", "split", "mask", "boxes"])
            for s in self.samples:
                writer.writerow(
                    [s.path, self.classes[s.label], s.patient, s.split, s.mask, s.boxes]
                )
        partial.replace(path)


def read_table(
    path: Path | str, classes: Sequence[str] = (), *, split_seed: int = 0, need_val: bool = True
) -> Table:
    """Read a table, put its classes in order and, where it has no split, split it by patient.

    Args:
        path: the CSV file.
        classes: order of the classes; empty: `class_order` of the labels found.
        split_seed: seed of the drawn split.
        need_val: ask that there are training and validation images.

    Raises:
        ConfigError: anything wrong with the table, one sentence; a patient (or a file) in two
            splits is named.
    """
    path = Path(path)
    rows = read_rows(path, ("path", "label"))
    for number, row in rows:
        if not row.get("path") or not row.get("label"):
            raise ConfigError(f"{path.name}, row {number}: path or label is missing.")
    order = tuple(classes) or class_order({row["label"] for _, row in rows})
    if len(order) < 2:
        raise ConfigError(
            f"{path.name} holds one class only, {order[0]!r}; two or more are needed."
        )
    position = {name: i for i, name in enumerate(order)}
    has_patients = any(row.get("patient") for _, row in rows)
    has_split = any(row.get("split") for _, row in rows)
    notes: list[str] = []
    if not has_patients and not has_split:
        notes.append(
            f"{path.name} has no patient column: each image counts as a patient of its own."
        )

    samples: list[Sample] = []
    seen: dict[Path, Sample] = {}
    for number, row in rows:
        where = f"{path.name}, row {number}"
        if row["label"] not in position:
            raise ConfigError(
                f"{where}: label {row['label']!r} is not one of the classes {', '.join(order)}."
            )
        file = absolute(row["path"], path)
        if has_patients and not row.get("patient"):
            raise ConfigError(f"{where}: the patient is missing; fill it in or drop the column.")
        split: Split = "train"
        if has_split:
            split = split_word(row.get("split", ""), where)
        mask = row.get("mask", "")
        sample = Sample(
            path=file,
            label=position[row["label"]],
            patient=row.get("patient") or str(file),
            split=split,
            mask=str(absolute(mask, path)) if mask else "",
            boxes=row.get("boxes", ""),
        )
        before = seen.get(file)
        if before is None:
            seen[file] = sample
            samples.append(sample)
        elif before.label != sample.label:
            raise ConfigError(f"{where}: {file.name} is listed again with another label.")
        elif before.split != sample.split:
            raise ConfigError(
                f"{where}: {file.name} is listed in both {before.split} and {sample.split}."
            )
        elif not any("listed more than once" in note for note in notes):
            notes.append(f"{path.name}: {file.name} is listed more than once and counts once.")

    if has_split:
        _refuse_leaks(path, samples)
    else:
        splits = split_by_patient(
            [s.patient for s in samples], [s.label for s in samples], split_seed
        )
        samples = [replace(s, split=chosen) for s, chosen in zip(samples, splits, strict=True)]
        notes.append(
            f"{path.name} has no split column: split by patient, 75/10/15 %, seed {split_seed}."
        )
    table = Table(path, order, tuple(samples), tuple(notes))
    if need_val and not has_split and not table.indices("val"):
        raise ConfigError(
            f"{path.name} lists too few images to draw a validation set; add a split column."
        )
    if need_val:
        check_trainable(table)
    return table


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


def class_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Sort class names, numbers by value, with normal / healthy / no ... first."""

    def key(name: str) -> tuple[bool, list[tuple[int, int, str]]]:
        parts = re.findall(r"\d+|\D+", name.casefold())
        natural = [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts]
        return not _HEALTHY.match(name), natural

    return tuple(sorted(set(labels), key=key))


def split_by_patient(patients: Sequence[str], labels: Sequence[int], seed: int) -> list[Split]:
    """Draw a split of 75/10/15 % in which no patient is torn and each class keeps its share.

    Patients come in a random order, those with most images first; each goes to the split that is
    furthest behind its share of what has been dealt out so far, rare classes counting more.

    Args:
        patients: patient of each image.
        labels: class index of each image.
        seed: of the draw; the same input and seed give the same split.

    Returns:
        The split of each image.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, patient in enumerate(patients):
        groups[patient].append(i)
    classes = max(labels) + 1
    histogram = {
        p: np.bincount([labels[i] for i in rows], minlength=classes) for p, rows in groups.items()
    }
    shares = np.array([[SHARES[split]] for split in SPLITS])
    total = np.maximum(np.bincount(labels, minlength=classes), 1)
    given = np.zeros((len(SPLITS), classes))
    order = sorted(groups)
    np.random.default_rng(seed).shuffle(order)
    order.sort(key=lambda patient: -len(groups[patient]))
    chosen: list[Split] = ["train"] * len(labels)
    for patient in order:
        own = histogram[patient]
        behind = shares * (given.sum(0) + own) - given
        best = int(np.argmax((behind * (own > 0) / total).sum(1)))
        given[best] += own
        for i in groups[patient]:
            chosen[i] = SPLITS[best]
    return chosen


def _refuse_leaks(path: Path, samples: Sequence[Sample]) -> None:
    """Raise ConfigError for the first patient who is in two splits."""
    first: dict[str, Split] = {}
    for sample in samples:
        split = first.setdefault(sample.patient, sample.split)
        if split != sample.split:
            raise ConfigError(
                f"{path.name}: patient {sample.patient} is in both {split} and {sample.split}; "
                "keep each patient in one split."
            )
