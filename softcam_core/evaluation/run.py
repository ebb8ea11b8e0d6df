"""An evaluation from beginning to end: `evaluate` measures, `finish` makes tables and a report.

Under torchrun every process measures its share of the images and process 0 finishes: the numbers
are those of one process, because each image is measured on its own and the records are put in the
order of the data before anything is made of them.
"""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from softcam_core import __version__
from softcam_core.errors import EvaluationError, ImageError
from softcam_core.evaluation.data import open_data
from softcam_core.evaluation.folder import held, prepare, writing
from softcam_core.evaluation.items import EvaluationData
from softcam_core.evaluation.measure import Measurer, sha256_of, suits
from softcam_core.evaluation.metric_ids import METRICS, SLOW_METRICS
from softcam_core.evaluation.plan import LABEL, PREDICTED, Plan
from softcam_core.evaluation.processes import Processes
from softcam_core.evaluation.records import (
    Recorder,
    finished,
    next_pass,
    read_records,
    read_run,
    write_per_image,
)
from softcam_core.evaluation.subject import Subject, load_subjects

FORMAT = 1
PATIENCE = 5
"""Images after which the time left is said."""


@dataclass(frozen=True)
class Progress:
    """How far a run is.

    Attributes:
        done: images of this process that are finished, those of an earlier run included.
        total: images of this process.
        failed: how many of the finished ones failed.
        seconds_left: None where nobody can say yet.
    """

    done: int
    total: int
    failed: int = 0
    seconds_left: float | None = None


@dataclass(frozen=True)
class Outcome:
    """What a run left behind.

    Attributes:
        folder: where.
        images: how many are finished.
        failed: a sentence for each image that failed.
        problems: sentences on what else could not be computed.
        notes: what a user should know, one sentence each.
        is_first: whether this is the process that finishes.
        fingerprint: of the run.
    """

    folder: Path
    images: int
    failed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_first: bool = True
    fingerprint: str = ""


@dataclass
class _Clock:
    """Says how long the rest takes, by the images that this run has done itself."""

    total: int
    before: int
    start: float = field(default_factory=time.monotonic)

    def left(self, done: int) -> float | None:
        own = done - self.before
        if own < PATIENCE and done < self.total:
            return None
        return (self.total - done) * (time.monotonic() - self.start) / max(own, 1)


def evaluate(
    plan: Plan,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Measure every image with every model and method, and keep each as soon as it is done.

    What is finished when the run is stopped, in whatever way, is kept; ``plan.resume`` goes on.

    Raises:
        EvaluationError: the folder holds another evaluation, or nothing can be evaluated.
        SoftcamError: a model or the data cannot be read.
        CancelledError: ``cancelled()`` said so.
    """
    processes = Processes(plan.device)
    with open_data(plan) as data:
        subjects = load_subjects(plan.models, plan.methods, plan.options, processes.device)
        metrics = plan.metrics or tuple(m for m in METRICS if m not in SLOW_METRICS)
        _check(plan, subjects, data)
        notes = [*data.notes, *_notes(plan, subjects, data)]
        described = _described(plan, subjects, data, metrics, notes)
        with held(plan.out) if processes.rank == 0 else nullcontext():
            with processes.first():
                if processes.rank == 0:
                    prepare(plan.out, described, resume=plan.resume, overwrite=plan.overwrite)
            own = processes.share(range(len(data.items)))
            waiting = _waiting(plan.out, data, own)
            recorder = Recorder(plan.out, processes.rank, next_pass(plan.out))
            processes.wait()  # Nobody writes before all have seen what is finished.
            measurer = Measurer(subjects, metrics, plan.options, cancelled)
            done, failed = len(own) - len(waiting), 0
            clock = _Clock(len(own), done)
            if progress is not None:
                progress(Progress(done, len(own)))
            with closing(recorder):
                for index in waiting:
                    record = measurer.measure(data, index)
                    with writing(plan.out):
                        recorder.add(record)
                    done, failed = done + 1, failed + bool(record.error)
                    if progress is not None:
                        progress(Progress(done, len(own), failed, clock.left(done)))
            processes.wait()
    return outcome(plan.out, processes.rank == 0)


def _waiting(folder: Path, data: EvaluationData, own: list[int]) -> list[int]:
    """Return the images that are still to be measured, changed ones among them."""
    places = finished(folder)
    return [
        index
        for index in own
        if index not in places
        or places[index].failed
        or _has_changed(data.items[index].path, places[index].image_id)
    ]


def _has_changed(path: Path, image_id: str) -> bool:
    """Whether a file is another one than when it was measured; one that is gone has not."""
    try:
        return sha256_of(path) != image_id
    except ImageError:
        return False


def outcome(folder: Path, is_first: bool = True) -> Outcome:
    """Return what a folder holds of a run, finished or not.

    Raises:
        EvaluationError: it holds none.
    """
    run = read_run(folder)
    failed, problems, images = [], list(run["data"]["problems"]), 0
    for record in read_records(folder):
        images += 1
        problems += record.problems
        if record.error:
            failed.append(record.error)
    return Outcome(
        folder,
        images,
        tuple(failed),
        tuple(problems),
        tuple(run["notes"]),
        is_first,
        run["fingerprint"],
    )


def _check(plan: Plan, subjects: list[Subject], data: EvaluationData) -> None:
    if not data.items:
        raise EvaluationError(f"{data.name} holds no image to evaluate.")
    explained, disease = plan.options.explained, plan.options.disease
    for name in (explained if explained not in (LABEL, PREDICTED) else "", disease):
        if name and not any(name in subject.classes for subject in subjects):
            known = dict.fromkeys(c for subject in subjects for c in subject.classes)
            raise EvaluationError(
                f"No model has a class {name!r}; choose from {', '.join(list(known)[:20])}."
            )


def _notes(plan: Plan, subjects: list[Subject], data: EvaluationData) -> list[str]:
    """Return what a user should know before the numbers, one sentence each."""
    notes = []
    for subject in subjects:
        own = [item for item in data.items if suits(subject, item)]
        if len(own) < len(data.items):
            notes.append(
                f"{subject.name} is for {subject.network.spec.modality} images: "
                f"{len(data.items) - len(own)} of {len(data.items)} are of another kind and are "
                "left out for it."
            )
        notes += [f"{subject.name}, {method}: {why}" for method, why in subject.skipped.items()]
        explained = plan.options.explained
        if explained not in (LABEL, PREDICTED, *subject.classes):
            notes.append(
                f"{subject.name} has no class {explained!r}: its predicted class is explained."
            )
        notes += _on_labels(subject, data.name, {item.label for item in own if item.label})
    return notes


def _on_labels(subject: Subject, name: str, labels: set[str]) -> list[str]:
    """Return sentences on labels that stand for a class of another name, or for none."""
    meant, none = subject.class_of.matched(labels), subject.class_of.unmatched(labels)
    told = ", ".join(f"{label} = {known}" for label, known in meant.items() if known)
    notes = [f"Labels of {name} that {subject.name} knows by other names: {told}."] if told else []
    if not none:
        return notes
    if len(none) == len(labels):
        notes.append(
            f"No label of {name} is a class of {subject.name}: its predictions are not "
            "judged, and the predicted class is explained."
        )
    else:
        notes.append(
            f"Labels of {name} that are no class of {subject.name}: {', '.join(none)}; its "
            "predictions are not judged there, and the predicted class is explained."
        )
    notes.append(
        f"{subject.name} has the classes {', '.join(subject.classes)}; a label counts that is "
        "spelt like one of them, or is another name of the same grade."
    )
    return notes


def _described(
    plan: Plan,
    subjects: list[Subject],
    data: EvaluationData,
    metrics: tuple[str, ...],
    notes: list[str],
) -> dict[str, Any]:
    """Return all that the numbers depend on, with a fingerprint of it."""
    versions = {
        "softcam": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in ("torch", "torchvision", "numpy", "scipy")},
        "opencv": version("opencv-python-headless"),
        "scikit-learn": version("scikit-learn"),
        "engines": sorted({subject.engine.name for subject in subjects}),
    }
    parameters = {**plan.parameters(), "metrics": list(metrics)}
    labels = {item.label for item in data.items if item.label}
    models = [subject.describe(labels) for subject in subjects]
    basis = {
        "format": FORMAT,
        "models": [_basis(model) for model in models],
        "data": data.digest,
        "parameters": parameters,
        "versions": versions,
    }
    text = json.dumps(basis, sort_keys=True)
    return {
        "format": FORMAT,
        "fingerprint": hashlib.sha256(text.encode()).hexdigest()[:12],
        "versions": versions,
        "device": str(subjects[0].device.type),
        "models": models,
        "data": {
            "name": data.name,
            "digest": data.digest,
            "images": len(data.items),
            "reader": data.reader,
            "problems": list(data.problems),
        },
        "parameters": parameters,
        "notes": notes,
    }


def _basis(model: dict[str, Any]) -> dict[str, Any]:
    """Return what of a model's description the numbers depend on."""
    keys = ["name", "id", "methods", "skipped"]
    # A run in which every label is spelt as its class goes on with that of an earlier version.
    return {key: model[key] for key in keys + ["label_classes"] * bool(model["label_classes"])}


def finish(
    folder: Path,
    plan: Plan | None = None,
    *,
    examples: bool = True,
    progress: Callable[[str], None] | None = None,
    fingerprint: str = "",
) -> Path:
    """Make tables, figures and the report of what a folder holds; return the report's path.

    Args:
        folder: of a run, finished or stopped.
        plan: of the run; without it, or without ``examples``, the report has no example pictures.
        examples: whether the report shows images.
        progress: called with what is under way, in a few words.
        fingerprint: of the run that is meant; "": whatever is there.

    Raises:
        EvaluationError: the folder holds no run, another one, or no image that could be measured;
            or it cannot be written.
    """
    from softcam_core.evaluation.report import write_report
    from softcam_core.evaluation.results import write_results
    from softcam_core.evaluation.show import Shower
    from softcam_core.evaluation.summary import summarise
    from softcam_core.evaluation.tables import write_tables

    say = progress or (lambda _: None)
    with held(folder), writing(folder):
        if fingerprint and read_run(folder)["fingerprint"] != fingerprint:
            raise EvaluationError(
                f"The folder {folder} holds another evaluation by now; choose another folder."
            )
        say("Writing the rows of all images")
        write_per_image(folder)
        say("Computing intervals")
        summary = summarise(folder)
        write_results(folder, summary)
        write_tables(folder, summary)
        say("Drawing the report")
        if plan is None or not examples:
            return write_report(folder, summary)
        with Shower(plan) as show:
            return write_report(folder, summary, show=show)
