"""From what a data set lists to what a run is trained on: classes, filters, draws and splits."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from softcam_core.counts import are, counted
from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.read import image_size
from softcam_core.paths import shown
from softcam_core.training.config import DataConfig
from softcam_core.training.rows import MASKS_JOINED, SPLITS, Split
from softcam_core.training.sources.draws import draw_test, kept_healthy, sampled
from softcam_core.training.sources.listing import Listing, Record, positions
from softcam_core.training.table import (
    Sample,
    Table,
    check_trainable,
    class_order,
    split_by_patient,
)

_THREADS = 8
_RANK: dict[Split, int] = {split: rank for rank, split in enumerate(SPLITS)}


def assemble(listing: Listing, data: DataConfig, wanted: Sequence[str], need_val: bool) -> Table:
    """Return the table of a listing.

    In this order: classes that are not wanted, splits that are not kept, images listed again,
    narrow images; patients in two splits; the test set of ``data.test_per_class``;
    ``data.keep_healthy`` and ``data.sample`` of what is not for testing; the split of what has
    none.

    Args:
        listing: of all images.
        data: filters, draws, seed and shares.
        wanted: classes in the order of the logits; empty: those of the listing.
        need_val: ask that there are training and validation images.

    Raises:
        ConfigError: anything wrong, one sentence; a patient (or a file) in two splits is named.
    """
    name, notes = shown(listing.source.name), list(listing.notes)
    order, records = _of_classes(name, listing, wanted, data.task, need_val)
    for record in records:
        if data.keep_split == "none" or (data.keep_split == "test" and record.split != "test"):
            record.split = None
    has_split = any(record.split for record in records)
    _name_patients(name, listing, records, data, notes, has_split)
    records = _once(name, records, notes)
    records = _wide(records, data.min_width, listing)
    label = {text: i for i, text in enumerate(order)}
    samples = [
        Sample(
            path=record.path,
            label=label[record.label],
            patient=record.patient or os.fspath(record.path),
            split=record.split or "train",
            mask=record.mask,
            boxes=record.boxes,
            weight=record.weight,
            case=record.case,
            ignore=record.ignore,
        )
        for record in records
    ]
    if has_split:
        samples = _without_leaks(name, samples, data, listing)
    samples = _divided(name, samples, data, listing, notes, has_split)
    notes = [
        *([listing.recognised] if listing.recognised else []),
        *notes,
        *listing.left_out.sentences(),
    ]
    reasons = dict(listing.left_out.reasons)
    table = Table(listing.source, order, tuple(samples), tuple(notes), listing.format, reasons)
    if need_val and not has_split and not table.indices("val"):
        advice = "read more cases" if listing.format == "study" else "add a split column"
        raise ConfigError(f"{name} lists too few images to draw a validation set; {advice}.")
    if not need_val:
        return table
    check_trainable(table)
    lacking = [text for text, count in table.counts()["val"].items() if not count]
    if not lacking:
        return table
    note = f"The validation set has no image of {', '.join(lacking)}: its figures say less."
    return replace(table, notes=(*table.notes, note))


def _of_classes(
    name: str, listing: Listing, wanted: Sequence[str], task: str, need_val: bool
) -> tuple[tuple[str, ...], list[Record]]:
    """Return the classes in order, and the records of them."""
    found = {record.label for record in listing.records}
    if listing.order:
        order = positions(listing.order, wanted, name) if wanted else listing.order
    elif wanted:
        known = {text.casefold(): text for text in class_order(found)}
        order = tuple(
            text if text in found else known.get(text.casefold(), text) for text in wanted
        )
        order = tuple(wanted) if listing.strict else order
    else:
        order = class_order(found)
    if len(order) < 2 and need_val:
        only = repr(order[0]) if order else "none"
        raise ConfigError(f"{name} holds one class only, {only}; two or more are needed.")
    if task == "binary" and len(order) > 2:
        of_study = "say in data.grade_classes what its grades mean, or "
        advice = of_study if listing.format == "study" else ""
        raise ConfigError(
            f"{name} holds {len(order):,} classes, and data.task is binary; {advice}name two of "
            "them in data.classes."
        )
    inside, kept = set(order), []
    for record in listing.records:
        if record.label in inside:
            kept.append(record)
        elif listing.strict:
            raise ConfigError(
                f"{record.where}: label {record.label!r} is not one of the classes "
                f"{', '.join(order)}."
            )
        else:
            listing.left_out.add(f"of the class {record.label}", record.where)
    if not kept:
        raise ConfigError(f"{name} lists no images of the classes {', '.join(order)}.")
    return order, kept


def _name_patients(
    name: str,
    listing: Listing,
    records: Iterable[Record],
    data: DataConfig,
    notes: list[str],
    has_split: bool,
) -> None:
    """Fill in the patients that file names tell, or note that nobody knows them."""
    if data.patient_from:
        pattern, unknown = re.compile(data.patient_from), 0
        for record in records:
            match = pattern.search(record.path.name)
            if match:
                record.patient = match[1] if pattern.groups else match[0]
            unknown += match is None
        if unknown:
            notes.append(
                "data.patient_from matches the names of all but "
                f"{counted(unknown, 'file')}; each of these counts as a patient of its own."
            )
    elif any(record.patient for record in records):
        return
    elif has_split and listing.format == "folders":
        notes.append(
            f"{name} does not name patients, so that one in two splits cannot be seen; "
            "data.patient_from can find them in the files' names."
        )
    elif not has_split:
        column = "has no patient column" if listing.format == "table" else "does not name patients"
        notes.append(f"{name} {column}: each image counts as a patient of its own.")


def _once(name: str, records: Iterable[Record], notes: list[str]) -> list[Record]:
    """Return each image once, with the masks and boxes of all its rows."""
    first: dict[str, Record] = {}
    again: list[Record] = []
    for record in records:
        before = first.setdefault(os.path.normcase(record.path), record)
        if before is record:
            continue
        file = shown(record.path.name)
        if before.label != record.label:
            raise ConfigError(f"{record.where}: {file} is listed again with another label.")
        if before.split != record.split:
            raise ConfigError(
                f"{record.where}: {file} is listed in both {before.split} and {record.split}."
            )
        again.append(record)
        masks = dict.fromkeys((*before.mask.split(MASKS_JOINED), *record.mask.split(MASKS_JOINED)))
        before.mask = MASKS_JOINED.join(filter(None, masks))
        before.ignore = before.ignore or record.ignore
        before.boxes = _joined_boxes(before.boxes, record.boxes)
    if again:
        more = f", and {len(again) - 1:,} more," if len(again) > 1 else ""
        notes.append(
            f"{name}: {shown(again[0].path.name)}{more} is listed more than once and counts once."
        )
    return list(first.values())


def _joined_boxes(one: str, other: str) -> str:
    """Join two JSON lists of boxes as text; what is no list is left to who reads the boxes."""
    if not other or one == other:
        return one
    inner = [text.strip() for text in (one, other) if text.strip() not in ("", "[]")]
    lists = [text[1:-1] if text.startswith("[[") else text for text in inner]
    return f"[{', '.join(lists)}]"


def _wide(records: list[Record], width: int, listing: Listing) -> list[Record]:
    """Leave out images that are not wider than ``width``, told from their headers."""
    if not width:
        return records

    def is_wide(record: Record) -> bool:
        try:
            return image_size(record.path)[0] > width
        except ImageError:
            return True  # it is listed when images are decoded

    with ThreadPoolExecutor(_THREADS) as pool:
        wide = list(pool.map(is_wide, records, chunksize=64))
    for record, keep in zip(records, wide, strict=True):
        if not keep:
            listing.left_out.add(f"not wider than {width} px", record.where)
    return [record for record, keep in zip(records, wide, strict=True) if keep]


def _without_leaks(
    name: str, samples: Sequence[Sample], data: DataConfig, listing: Listing
) -> list[Sample]:
    """Refuse patients in two splits, or leave out their images in all but the last of these."""
    splits: dict[str, Split] = {}
    torn: dict[str, tuple[Split, Split]] = {}
    for sample in samples:
        before = splits.setdefault(sample.patient, sample.split)
        if before != sample.split:
            torn.setdefault(sample.patient, (before, sample.split))
            splits[sample.patient] = max(before, sample.split, key=_RANK.__getitem__)
    if torn and data.shared_patients == "error":
        patient, pair = next(iter(torn.items()))
        one, other = sorted(pair, key=_RANK.__getitem__)
        more = f", and {_more(len(torn) - 1)} in two splits" if len(torn) > 1 else ""
        raise ConfigError(
            f"{name}: patient {patient} is in both {one} and {other}{more}; keep each patient in "
            'one split, or set data.shared_patients = "drop" to train without their images.'
        )
    kept = []
    for sample in samples:
        if splits[sample.patient] == sample.split:
            kept.append(sample)
        else:
            reason = f"in {sample.split}, of a patient who is in {splits[sample.patient]} too"
            listing.left_out.add(reason, shown(sample.path.name))
    return kept


def _more(patients: int) -> str:
    return f"{counted(patients, 'more patient')} {are(patients)}"


def _divided(
    name: str,
    samples: list[Sample],
    data: DataConfig,
    listing: Listing,
    notes: list[str],
    has_split: bool,
) -> list[Sample]:
    """Draw test set and sample, and a split for what has none."""
    seed = data.split_seed
    has_test = has_split and any(s.split == "test" for s in samples)
    if data.test_per_class and has_test:
        notes.append(f"{name} has a test set of its own; data.test_per_class is not used.")
    elif data.test_per_class:
        samples = draw_test(name, samples, data.test_per_class, seed, listing.left_out)
        has_test = True
        notes.append(
            f"A test set of {counted(data.test_per_class, 'image')} per class is drawn by patient, "
            f"seed {seed}."
        )
    test = [s for s in samples if has_test and s.split == "test"]
    pool = [s for s in samples if not (has_test and s.split == "test")]
    pool = kept_healthy(pool, data.keep_healthy, seed, notes)
    pool = sampled(name, pool, data.sample, seed, notes)
    draws_val = listing.draws_val or data.keep_split != "all"
    needs_val = draws_val and not any(s.split == "val" for s in pool)
    place = {s.path: i for i, s in enumerate(samples)}
    if not pool or (has_split and not needs_val):
        return sorted([*pool, *test], key=lambda s: place[s.path])
    shares = _shares(data, has_test)
    patients, labels = [s.patient for s in pool], [s.label for s in pool]
    chosen = split_by_patient(patients, labels, seed, shares)
    pool = [replace(s, split=split) for s, split in zip(pool, chosen, strict=True)]
    percent = "/".join(f"{100 * share:.3g}" for share in (shares[:2] if has_test else shares))
    what = "has no validation set" if has_split else "has no split of its own"
    notes.append(f"{name} {what}: split by patient, {percent} %, seed {seed}.")
    return sorted([*pool, *test], key=lambda s: place[s.path])


def _shares(data: DataConfig, has_test: bool) -> tuple[float, float, float]:
    """Return what is drawn for training, validation and test."""
    train, val, test = data.shares
    if not has_test:
        return train, val, test
    rest = train + val
    return (train / rest, val / rest, 0.0) if rest > 0 else (1.0, 0.0, 0.0)
