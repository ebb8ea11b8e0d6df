"""A study as what a run is trained on: its cases with the classes that its readers gave them.

The rules by which a case gets its class are in `softcam_core.training.readings`. The
patient is the one that a DICOM file names, as a digest that leads nobody back to them; the images
of other files count as patients of their own, unless ``data.patient_from`` finds the patient in
their names. With ``data.modality`` the cases of other modalities are left out. A study with too few
cases for validation and test sets has no test set.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from softcam_core.annotations.records import CaseRecord
from softcam_core.errors import ConfigError, ImageError
from softcam_core.imaging.read import read_identity
from softcam_core.paths import is_device, is_file, shown
from softcam_core.training.config import DataConfig
from softcam_core.training.hard import HardCases, hard_cases_of
from softcam_core.training.readings import Readings
from softcam_core.training.sources.assemble import assemble
from softcam_core.training.sources.listing import LeftOut, Listing, Record
from softcam_core.training.table import Table

_THREADS = 8
_NO_DICOM = frozenset((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"))


def read_study(data: DataConfig, classes: Sequence[str] = (), *, need_val: bool = True) -> Table:
    """Return the cases of a study with their classes, patients and splits.

    Args:
        data: the study, whose marks and grades count, and how they become classes.
        classes: order of the logits, in place of ``data.classes``.
        need_val: ask that there are training and validation images.

    Raises:
        SoftcamError: anything wrong with the study, one sentence.
    """
    wanted = tuple(classes) or data.classes
    readings = Readings(data, wanted)
    hard = _hard(readings, data)
    table = assemble(_listing(readings, data, hard), data, wanted, need_val=False)
    train, val, test = data.shares
    if need_val and val and test and not table.indices("val"):
        shared = replace(data, shares=(train, val + test, 0.0))
        listing = _listing(readings, data, hard)
        listing.notes.append(
            f"{readings.name} has too few cases for a test set of its own: its share is validated "
            "with."
        )
        table = assemble(listing, shared, wanted, need_val)
    elif need_val:
        table = assemble(_listing(readings, data, hard), data, wanted, need_val)
    if hard is None:
        return table
    count = sum(s.weight != 1 for s in table.samples if s.split == "train")
    return replace(table, notes=(*table.notes, *_notes_on_hard(hard, count, data)))


def _hard(readings: Readings, data: DataConfig) -> HardCases | None:
    """Return the cases in which the model to learn from disagrees."""
    if not data.hard_model:
        return None
    return hard_cases_of(readings, Path(data.hard_model))


def _notes_on_hard(hard: HardCases, count: int, data: DataConfig) -> list[str]:
    cases = "1 training case" if count == 1 else f"{count:,} training cases"
    verb = "is" if count == 1 else "are"
    notes = [
        f"{cases} in which {hard.reader} and {hard.model} disagree {verb} drawn "
        f"{data.hard_weight:g} times as often."
    ]
    if hard.unseen:
        unseen = "1 case" if hard.unseen == 1 else f"{hard.unseen:,} cases"
        notes.append(
            f"{hard.model} has said nothing yet about {unseen}, drawn as often as others; open the "
            "study with this model in the window, which predicts them."
        )
    return notes


def _listing(readings: Readings, data: DataConfig, hard: HardCases | None) -> Listing:
    """Return the cases that have a class, and why the others have none."""
    left_out, records = LeftOut(), list[Record]()
    weights = {case.case for case in hard.cases} if hard else set()
    for case in readings.cases:
        where = f"{readings.name}, {case.name}"
        reading = readings.readings[case.id]
        if is_device(case.path):
            left_out.add("its image is no file", where)
        elif data.modality and case.modality not in ("", data.modality):
            left_out.add(f"of the modality {case.modality}", where)
        elif not reading.label:
            left_out.add(reading.reason, where)
        else:
            weight = data.hard_weight if case.id in weights else 1.0
            record = Record(where, case.path, reading.label, weight=weight, case=case.id)
            records.append(record)
    if not records:
        raise ConfigError(_nothing(readings, left_out))
    kept = {record.case for record in records}
    _refuse_mixture(readings, kept, data)
    patients = _patients([c for c in readings.cases if c.id in kept], readings.id)
    for record in records:
        record.patient = patients[record.path]
    return Listing(
        readings.path,
        "study",
        readings.rules(),
        records,
        order=_order(readings, {record.label for record in records}),
        notes=[*_notes(readings, data), *_missing(records)],
        left_out=left_out,
    )


def _refuse_mixture(readings: Readings, kept: Collection[int | None], data: DataConfig) -> None:
    """Raise ConfigError where cases of several modalities would train one model."""
    found = Counter(c.modality for c in readings.cases if c.id in kept and c.modality)
    if len(found) > 1 and not data.modality:
        kinds = ", ".join(f"{count:,} {name}" for name, count in found.most_common())
        raise ConfigError(
            f"{readings.name} holds images of several kinds ({kinds}); set data.modality to one of "
            "them."
        )


def _order(readings: Readings, labels: set[str]) -> tuple[str, ...]:
    """Return the classes as the grades are ordered, if all of them are those of grades."""
    order = readings.grading.order()
    if readings.wanted or not labels <= set(order):
        return ()
    return tuple(name for name in order if name in labels)


def _nothing(readings: Readings, left_out: LeftOut) -> str:
    """Return why no case can be trained on."""
    if not left_out.reasons:
        return f"The study {readings.name} has no cases; add images to it."
    reason, count = left_out.reasons.most_common(1)[0]
    return (
        f"No case of {readings.name} has a class ({count:,} of {len(readings.cases):,}: {reason}); "
        "read cases, or change data.reader, data.labels_from, data.grade_classes, "
        "data.lesion_classes or data.healthy."
    )


def _notes(readings: Readings, data: DataConfig) -> list[str]:
    """Return what a user should know about the classes."""
    notes = []
    if readings.of_others and data.labels_from != "lesions":
        notes.append(
            f"{readings.reader} graded nothing in {readings.name}: grades are those that all who "
            "graded a case agree on."
        )
    unknown = [label or "(no label)" for label, _ in readings.unknown.most_common()]
    if unknown:
        notes.append(
            f"Lesions of {', '.join(unknown)} stand for no class; data.lesion_classes can name one."
        )
    if data.labels_from != "grades":
        drawn = {label for label, name in data.lesion_classes.items() if name}
        drawn -= readings.drawn_keys()
        if drawn:
            notes.append(
                f"Nobody who counts drew {', '.join(sorted(drawn))}, which data.lesion_classes "
                "names."
            )
    return notes


def _missing(records: Sequence[Record]) -> list[str]:
    """Return a sentence on the images that are not there; a run lists them in skipped.csv."""
    missing = [record for record in records if not is_file(record.path)]
    if not missing:
        return []
    count = "1 image of the study is" if len(missing) == 1 else f"{len(missing):,} images are"
    return [f"{count} missing; the first is {shown(missing[0].path)}."]


def _patients(cases: Sequence[CaseRecord], study: str) -> dict[Path, str]:
    """Return the patient of each image, "" where its file names none."""
    with ThreadPoolExecutor(_THREADS) as pool:
        found = pool.map(lambda case: _patient(case.path, study), cases, chunksize=64)
        return dict(zip((case.path for case in cases), found, strict=True))


def _patient(path: Path, study: str) -> str:
    if path.suffix.lower() in _NO_DICOM or not is_file(path):
        return ""
    try:
        given = read_identity(path).get("Patient ID", "").strip()
    except ImageError:
        return ""
    # The run folder holds it; whoever reads that shall not learn who the patient is.
    return hashlib.sha256(f"{study} {given}".encode()).hexdigest()[:12] if given else ""
