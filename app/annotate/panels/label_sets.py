"""Which labels suit an image: those of its modality's set, and those that belong to no set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from softcam_core.annotations.labels import presets
from softcam_core.annotations.study import LabelRecord

ANY = "free"
"""The set that suits every modality."""


@cache
def _names() -> dict[str, frozenset[str]]:
    """Return modality -> names of its bundled set."""
    return {m: frozenset(label.name for label in p.labels) for m, p in presets().items()}


def suiting(
    labels: Sequence[LabelRecord], modality: str, also: Collection[str] = ()
) -> list[LabelRecord]:
    """Return the labels to offer for an image of ``modality``: all where that is unknown.

    Labels of another modality's set are left out, but for the names in ``also``. Where nothing
    would be left, the study wants those labels, and all are offered.
    """
    own = _names().get(modality)
    if own is None or modality == ANY:
        return list(labels)
    foreign = {name for m, names in _names().items() if m != ANY for name in names - own}
    return [x for x in labels if x.name not in foreign or x.name in also] or list(labels)


def missing(labels: Sequence[LabelRecord], modality: str) -> list[LabelRecord]:
    """Return the set of ``modality`` where a study has sets of other modalities alone.

    Nothing where it has any label of the set, or no bundled set at all: its readers made their
    own.
    """
    own = _names().get(modality)
    there = {label.name for label in labels}
    if own is None or modality == ANY or own & there:
        return []
    foreign = {name for m, names in _names().items() if m != ANY for name in names - own}
    return presets()[modality].labels if foreign & there else []
