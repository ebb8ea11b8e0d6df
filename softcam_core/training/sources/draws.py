"""What is drawn from a data set before it is split: a test set, fewer healthy images, a sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from softcam_core.counts import are, counted
from softcam_core.errors import ConfigError
from softcam_core.paths import shown
from softcam_core.training.sources.listing import LeftOut
from softcam_core.training.table import Sample


def draw_test(
    name: str, samples: Sequence[Sample], per_class: int, seed: int, left_out: LeftOut
) -> list[Sample]:
    """Return the samples with a test set of as many images of each class.

    Whole patients are taken as long as they fit; where only parts of patients would fill a class,
    the rest of their images is left out, since it must not be trained on.

    Raises:
        ConfigError: a class has too few images.
    """
    classes = max(s.label for s in samples) + 1
    groups: dict[str, list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        groups[sample.patient].append(i)
    counts = {
        p: np.bincount([samples[i].label for i in rows], minlength=classes)
        for p, rows in groups.items()
    }
    have = np.bincount([s.label for s in samples], minlength=classes)
    if (have[have > 0] < per_class).any():
        raise ConfigError(
            f"{name} has a class of {counted(have[have > 0].min(), 'image')}, too few for a test "
            f"set of {per_class:,} per class; set data.test_per_class lower."
        )
    order = sorted(groups)
    np.random.default_rng([seed, 1]).shuffle(order)
    need = np.where(have > 0, per_class, 0)
    taken: set[int] = set()
    surplus: set[int] = set()
    rest = []
    for patient in order:
        if (counts[patient] <= need).all():
            need -= counts[patient]
            taken.update(groups[patient])
        else:
            rest.append(patient)
    # Those who waste least come first; `sorted` keeps the drawn order among equals.
    for patient in sorted(rest, key=lambda p: int(np.maximum(counts[p] - need, 0).sum())):
        if not (need.any() and (np.minimum(counts[patient], need) > 0).any()):
            continue
        for i in groups[patient]:
            label = samples[i].label
            (taken if need[label] else surplus).add(i)
            need[label] -= bool(need[label])
    for i in sorted(surplus):
        left_out.add("of a patient of the test set, which is full", shown(samples[i].path.name))
    return [
        replace(s, split="test" if i in taken else s.split)
        for i, s in enumerate(samples)
        if i not in surplus
    ]


def kept_healthy(samples: list[Sample], share: float, seed: int, notes: list[str]) -> list[Sample]:
    """Return the samples with a share of those of the first class."""
    if share >= 1:
        return samples
    healthy = [i for i, s in enumerate(samples) if s.label == 0]
    keep = round(share * len(healthy))
    drawn = set(np.random.default_rng([seed, 2]).permutation(healthy)[:keep].tolist())
    notes.append(
        f"{keep:,} of {counted(len(healthy), 'image')} of the first class {are(keep)} kept "
        f"(data.keep_healthy), seed {seed}."
    )
    return [s for i, s in enumerate(samples) if s.label != 0 or i in drawn]


def sampled(
    name: str, samples: list[Sample], size: int, seed: int, notes: list[str]
) -> list[Sample]:
    """Return so many of the samples, each class at its share."""
    if not size:
        return samples
    if size > len(samples):
        has = counted(len(samples), "image")
        notes.append(f"data.sample is {size:,}, and {name} has {has}: all stay.")
        return samples
    classes: dict[int, list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        classes[sample.label].append(i)
    exact = {label: size * len(own) / len(samples) for label, own in classes.items()}
    count = {label: int(value) for label, value in exact.items()}
    # What rounding down left goes to the largest remainders.
    by_remainder = sorted(exact, key=lambda label: (count[label] - exact[label], label))
    for label in by_remainder[: size - sum(count.values())]:
        count[label] += 1
    rng = np.random.default_rng([seed, 3])
    drawn: set[int] = set()
    for label in sorted(classes):
        drawn.update(rng.permutation(classes[label])[: count[label]].tolist())
    of = counted(len(samples), "image")
    notes.append(f"{size:,} of {of} {are(size)} drawn (data.sample), seed {seed}.")
    return [s for i, s in enumerate(samples) if i in drawn]
