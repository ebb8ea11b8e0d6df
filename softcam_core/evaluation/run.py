"""An evaluation from beginning to end: `evaluate` measures, `finish` makes tables and a report.

Under torchrun every process measures its share of the images and process 0 finishes: the numbers
are those of one process, because each image is measured on its own and the records are put in the
order of the data before anything is made of them.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from softcam_core import __version__
from softcam_core.annotations.spelling import Spelling
from softcam_core.errors import EvaluationError
from softcam_core.evaluation.data import open_data
from softcam_core.evaluation.items import EvaluationData
from softcam_core.evaluation.measure import Measurer, suits
from softcam_core.evaluation.metric_ids import METRICS, SLOW_METRICS
from softcam_core.evaluation.plan import LABEL, PREDICTED, Plan
from softcam_core.evaluation.processes import Processes
from softcam_core.evaluation.records import (
    FINISHED,
    PER_IMAGE,
    RUN,
    Recorder,
    finished,
    read_records,
    read_run,
    write_per_image,
    write_run,
)
from softcam_core.evaluation.subject import Subject, load_subjects
from softcam_core.paths import exists

FORMAT = 1
PATIENCE = 5
"""Images after which the time left is said."""
WRITTEN = (RUN, PER_IMAGE, "results.csv", "results.json", "differences.csv", "report.html")
FOLDERS = (FINISHED, "figures", "tables")


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
    """

    folder: Path
    images: int
    failed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_first: bool = True


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
        notes = [*data.notes, *_notes(subjects, data)]
        described = _described(plan, subjects, data, metrics, notes)
        with processes.first():
            if processes.rank == 0:
                _prepare(plan, described)
        before = finished(plan.out)
        own = processes.share(range(len(data.items)))
        waiting = [i for i in own if i not in before or before[i].failed]
        measurer = Measurer(subjects, metrics, plan.options, cancelled)
        recorder = Recorder(plan.out, processes.rank)
        done, failed = len(own) - len(waiting), 0
        clock = _Clock(len(own), done)
        if progress is not None:
            progress(Progress(done, len(own)))
        try:
            for index in waiting:
                record = measurer.measure(data, index)
                recorder.add(record)
                done, failed = done + 1, failed + bool(record.error)
                if progress is not None:
                    progress(Progress(done, len(own), failed, clock.left(done)))
        finally:
            recorder.close()
    processes.wait()
    return outcome(plan.out, processes.rank == 0)


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
    return Outcome(folder, images, tuple(failed), tuple(problems), tuple(run["notes"]), is_first)


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


def _notes(subjects: list[Subject], data: EvaluationData) -> list[str]:
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
        labels = {item.label for item in own if item.label}
        spelt = Spelling(subject.classes)
        if labels and not any(spelt(label) in subject.classes for label in labels):
            notes.append(
                f"No label of {data.name} is a class of {subject.name}: its predictions are not "
                "judged, and the predicted class is explained."
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
    models = [subject.describe() for subject in subjects]
    basis = {
        "format": FORMAT,
        "models": [
            {key: model[key] for key in ("name", "id", "methods", "skipped")} for model in models
        ],
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


def _prepare(plan: Plan, described: dict[str, Any]) -> None:
    """Begin in an empty folder, go on with the same evaluation, or refuse another one."""
    folder = plan.out
    if exists(folder / RUN) and not plan.overwrite:
        found = read_run(folder)
        if not plan.resume:
            raise EvaluationError(
                f"The folder {folder} holds an evaluation already; go on with --resume, choose "
                "another folder, or replace it with --overwrite."
            )
        if found.get("fingerprint") != described["fingerprint"]:
            raise EvaluationError(
                f"The evaluation in {folder} was of {_difference(found, described)}; choose "
                "another folder, or replace it with --overwrite."
            )
        return
    try:
        _clear(folder)
        write_run(folder, described)
    except OSError as error:
        raise EvaluationError(
            f"The folder {folder} cannot be written: {error.strerror or 'the disk refused'}."
        ) from error


def _difference(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Say in a few words what an earlier run had otherwise."""
    before, now = ([m["id"] for m in run.get("models", [])] for run in (found, wanted))
    if before != now:
        return "other models"
    if found.get("data", {}).get("digest") != wanted["data"]["digest"]:
        return "other data, or the data have changed since"
    old, new = found.get("parameters", {}), wanted["parameters"]
    changed = [key for key in new if old.get(key) != new[key]]
    if changed:
        return f"other parameters ({', '.join(changed)})"
    return "other software versions"


def _clear(folder: Path) -> None:
    """Remove what an earlier run wrote, and nothing else."""
    for name in WRITTEN:
        (folder / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(folder / name, ignore_errors=True)


def finish(
    folder: Path,
    plan: Plan | None = None,
    *,
    examples: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Make tables, figures and the report of what a folder holds; return the report's path.

    Args:
        folder: of a run, finished or stopped.
        plan: of the run; without it, or without ``examples``, the report has no example pictures.
        examples: whether the report shows images.
        progress: called with what is under way, in a few words.

    Raises:
        EvaluationError: the folder holds no run, or no image that could be measured.
    """
    from softcam_core.evaluation.report import write_report
    from softcam_core.evaluation.results import write_results
    from softcam_core.evaluation.show import Shower
    from softcam_core.evaluation.summary import summarise
    from softcam_core.evaluation.tables import write_tables

    say = progress or (lambda _: None)
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
