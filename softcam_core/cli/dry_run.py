"""``softcam train --dry-run``: what a run would train on, and how long it would take."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from softcam_core.cli.common import print_json
from softcam_core.counts import counted

if TYPE_CHECKING:
    from softcam_core.training.config import Config
    from softcam_core.training.estimate import Estimate
    from softcam_core.training.table import Table


def dry_run(settings: Config, as_json: bool) -> None:
    """Read the table, time the network, and print both; nothing is written."""
    from softcam_core.training.dual_branch import frozen_spec
    from softcam_core.training.estimate import estimate
    from softcam_core.training.sources import read_data

    known = frozen_spec(settings)
    table = read_data(settings.data, settings.data.classes or (known.classes if known else ()))
    if not as_json:
        print("\n".join(summary(table)), flush=True)
    found = estimate(settings, table)
    if as_json:
        print_json(
            {
                "classes": list(table.classes),
                "images": table.counts(),
                "patients": patients(table),
                "notes": list(table.notes),
                **dataclasses.asdict(found),
            }
        )
        return
    print(in_words(found, settings))


def patients(table: Table) -> dict[str, int]:
    """Return the number of patients in each split."""
    return {
        split: len({s.patient for s in table.samples if s.split == split})
        for split in table.counts()
    }


def summary(table: Table) -> list[str]:
    """Return a line for each split with its classes, and the table's notes."""
    people, lines = patients(table), list(table.notes)
    for split, labels in table.counts().items():
        total = sum(labels.values())
        if not total:
            continue
        classes = ", ".join(
            f"{name} {count} ({count / total:.0%})" for name, count in labels.items()
        )
        lines.append(
            f"{split}: {counted(total, 'image')} of {counted(people[split], 'patient')}: {classes}"
        )
    return lines


def in_words(found: Estimate, settings: Config) -> str:
    """Return an estimate in two sentences."""
    return (
        f"About {duration(found.seconds_per_epoch)} an epoch "
        f"({found.images_per_second:.3g} images per second), "
        f"{duration(found.seconds)} for all {settings.train.epochs}. "
        f"The decoded images take {found.inputs_bytes / 2**30:.2g} GB of memory."
    )


def duration(seconds: float) -> str:
    """Return a length of time in words, to two digits or so."""
    if seconds < 90:
        return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.3g} h"
