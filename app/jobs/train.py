"""A training, as a child of its own does it; and what the window asks before one begins."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.jobs.evaluate import give_way
from app.jobs.training_asked import TrainingAsked, read_training
from app.jobs.training_spoken import for_form
from softcam_core.annotations.arguments import MAJORITY, UNION
from softcam_core.errors import CancelledError, ConfigError, SoftcamError
from softcam_core.training.config import Config
from softcam_core.training.events import EpochDone, Finished, Note, Progress, Watched

if TYPE_CHECKING:
    from softcam_core.training.estimate import Estimate
    from softcam_core.training.table import Table

Told = Callable[..., None]
Cancelled = Callable[[], bool]
Marked = dict[int, list[str]]
"""Case -> labels of what is drawn in it."""

EVERY = 0.1
"""Seconds between two words on the progress of a step."""
RESUMING = "Resuming "
"""What the core's word on where a run goes on begins with."""
PAUSE = threading.Event()
"""Set when the window wants the training of this process to stop at its next step."""


@dataclass(frozen=True)
class DataSummary:
    """What a configuration would be trained on.

    Attributes:
        classes: names in the order of the logits.
        images: split -> class -> number of images.
        patients: split -> number of patients.
        notes: sentences on what was left out or assumed.
        drawn: images with drawn lesions or given masks.
        lesions: labels of what is drawn, the most frequent first.
        grades: the grades that were given, in order, and the class of each; "" for none.
        problem: one sentence on why it cannot be trained on, "" where it can.
    """

    classes: tuple[str, ...] = ()
    images: dict[str, dict[str, int]] = field(default_factory=dict)
    patients: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    drawn: int = 0
    lesions: tuple[str, ...] = ()
    grades: tuple[tuple[str, str], ...] = ()
    problem: str = ""


def train(asked: TrainingAsked, resume: bool, told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Train what was asked for, or go on with it.

    ``told`` hears done, total, and of what kind the word is: ``step`` (stage and epoch follow),
    ``note`` (a sentence), ``epoch`` (its row), ``map`` (its epoch), or ``run`` (of a sweep: its
    name and epochs).

    Returns:
        ``paused``: whether it can go on; ``best``: the row of the best epoch, {} where there is
        none; ``notes``: sentences.

    Raises:
        SoftcamError: with one sentence for the user.
    """
    give_way()
    asked = read_training(asked.folder) if resume else _begun(asked)

    def stop() -> bool:
        return PAUSE.is_set() or cancelled()

    speaker = _Speaker(told, asked.config.data.study)
    try:
        with _in_its_words(speaker.study):
            for event in _events(asked, resume, stop):
                speaker.say(event)
    except CancelledError:
        return {"paused": True, "best": {}, "notes": speaker.notes}
    return {"paused": False, "best": speaker.best, "notes": speaker.notes}


@contextmanager
def _in_its_words(study: str) -> Iterator[None]:
    """Say in the form's words what the core has to say."""
    try:
        yield
    except CancelledError:
        raise
    except SoftcamError as error:
        raise SoftcamError(for_form(str(error), study)) from error


def _begun(asked: TrainingAsked) -> TrainingAsked:
    """Settle what a run is of: of a study what is drawn now, whatever is drawn meanwhile."""
    own = asked.own()
    data = own.config.data
    if data.study:
        from softcam_core.annotations.study import Study

        # The window has the file open for writing.
        with Study.open(data.study, read_only=True) as study:
            data = replace(data, as_of=study.last_edit())
        own = replace(own, config=replace(own.config, data=data))
    own.write()
    return own


def _events(asked: TrainingAsked, resume: bool, stop: Cancelled) -> Iterator[Any]:
    if asked.sweep:
        from softcam_core.training.sweep.run import sweep

        return iter(sweep(asked.config, resume=resume, cancelled=stop))
    from softcam_core.training.loop import train as run

    return run(asked.config, resume=resume, cancelled=stop)


class _Speaker:
    """Hands on what happens, steps not more often than anybody can read."""

    def __init__(self, told: Told, study: str) -> None:
        self._told = told
        self.study = study
        self._last = -math.inf
        self._stage = ""
        self.best: dict[str, Any] = {}
        self.notes: list[str] = []

    def say(self, event: object) -> None:
        if isinstance(event, Progress):
            now = time.monotonic()
            if event.stage != self._stage or now - self._last >= EVERY:
                self._stage, self._last = event.stage, now
                self._told(event.done, event.total, "step", (event.stage, event.epoch))
        elif isinstance(event, Note):
            self._note(event.text)
        elif isinstance(event, EpochDone):
            self._told(int(event.row["epoch"]), event.epochs, "epoch", _plain(event.row))
        elif isinstance(event, Watched):
            self._told(event.epoch, 0, "map", event.epoch)
        elif isinstance(event, Finished):
            self.best = _plain(event.best)
            if event.reason:
                self._note(event.reason)
        else:
            self._say_of_sweep(event)

    def _note(self, sentence: str) -> None:
        text = for_form(sentence, self.study)
        # Where it goes on from is of interest until it has gone on.
        if not text.startswith(RESUMING):
            self.notes.append(text)
        self._told(0, 0, "note", text)

    def _say_of_sweep(self, event: object) -> None:
        from softcam_core.training.sweep.events import RunFailed, SweepRun

        if isinstance(event, SweepRun):
            self._told(event.number, event.total, "run", (event.name, event.epochs))
        elif isinstance(event, RunFailed):
            self._note(event.reason)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(value, "item", lambda value=value: value)() for key, value in row.items()}


def pause() -> dict[str, Any]:
    """Have the training of this process stop at its next step, with a checkpoint."""
    PAUSE.set()
    return {}


# Before it begins


def summarise(config: Config, cancelled: Cancelled) -> DataSummary:
    """Return what a configuration would be trained on; what is wrong with it is a part of that.

    Raises:
        CancelledError: ``cancelled()`` said so.
    """
    from softcam_core.training.sources import read_data

    found = DataSummary()
    try:
        marked = _marked(config, cancelled)
        found = replace(found, lesions=tuple(name for name, _ in _counted(marked)))
        classes = _classes(config)
        found = replace(found, grades=_graded(config, classes))
        try:
            table = read_data(config.data, classes)
        except ConfigError as error:
            found = replace(found, problem=for_form(str(error), config.data.study))
            table = read_data(config.data, classes, need_val=False)
        return _with_table(found, table, marked, config.data.study)
    except SoftcamError as error:
        if isinstance(error, CancelledError):
            raise
        return replace(found, problem=found.problem or for_form(str(error), config.data.study))


def _classes(config: Config) -> tuple[str, ...]:
    """Return the classes in order: a frozen classifier's are given."""
    if config.data.classes or config.model.head != "dual-branch":
        return config.data.classes
    from softcam_core.training.dual_branch import frozen_spec

    known = frozen_spec(config)
    return known.classes if known is not None else ()


def _with_table(found: DataSummary, table: Table, marked: Marked, study: str) -> DataSummary:
    images = table.counts()
    patients = {
        split: len({sample.patient for sample in table.samples if sample.split == split})
        for split in images
    }
    drawn = sum(
        bool(sample.mask or sample.boxes or sample.case in marked) for sample in table.samples
    )
    return replace(
        found,
        classes=table.classes,
        images=images,
        patients=patients,
        notes=tuple(for_form(note, study) for note in table.notes),
        drawn=drawn,
    )


def _marked(config: Config, cancelled: Cancelled) -> Marked:
    """Return the labels that are drawn in a study's cases; a case without any is not there."""
    data = config.data
    if not data.study:
        return {}
    from softcam_core.annotations.study import Study

    many = data.reader in (UNION, MAJORITY)
    with Study.open(data.study, read_only=True) as study:
        counts = study.annotation_counts(None if many else data.reader)
        found = {}
        for case in data.cases or list(counts):
            if cancelled():
                raise CancelledError
            if counts.get(case):
                marks = study.annotations(case, None if many else data.reader)
                found[case] = [mark.label for mark in marks]
    return found


def _graded(config: Config, classes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the grades of a study's cases with their classes."""
    data = config.data
    if not data.study:
        return ()
    from softcam_core.annotations.study import Study
    from softcam_core.training.grading import Grading

    with Study.open(data.study, read_only=True) as study:
        given = study.all_grades()
        names = {name for case in data.cases or given for name in given.get(case, {}).values()}
        return tuple(Grading(data, classes, names, study.grade_names()).classes.items())


def _counted(marked: Marked) -> list[tuple[str, int]]:
    return Counter(label for labels in marked.values() for label in labels).most_common()


def estimate(config: Config, cancelled: Cancelled) -> Estimate:
    """Return how long a training would take here, after a few steps of it.

    Raises:
        SoftcamError: it cannot be trained; one sentence says why.
        CancelledError: ``cancelled()`` said so.
    """
    from softcam_core.training.estimate import estimate as measure
    from softcam_core.training.sources import read_data

    with _in_its_words(config.data.study):
        table = read_data(config.data, _classes(config))
        return measure(config, table, cancelled)


def kept_weights(archs: tuple[str, ...]) -> tuple[str, ...]:
    """Return those architectures whose ImageNet weights are on this machine."""
    from softcam_core.training.start import imagenet_url, kept_imagenet

    found = []
    for arch in archs:
        with suppress(SoftcamError):
            if kept_imagenet(imagenet_url(arch)) is not None:
                found.append(arch)
    return tuple(found)
