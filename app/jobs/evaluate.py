"""An evaluation, as a child of its own does it; and its results, read for the window."""

from __future__ import annotations

import csv
import math
import os
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from app.jobs.asked import Asked, read_asked
from app.jobs.runs import own
from app.jobs.spoken import for_window
from softcam_core.errors import CancelledError, EvaluationError, SoftcamError
from softcam_core.evaluation.compared import chosen_differences
from softcam_core.evaluation.folder import writing
from softcam_core.evaluation.guard import unguarded
from softcam_core.evaluation.plan import Options, Plan
from softcam_core.evaluation.records import NO_METHOD, PER_IMAGE, read_run, write_run
from softcam_core.evaluation.results import Summary, load_summary

if TYPE_CHECKING:
    from softcam_core.evaluation.run import Progress

Cancelled = Callable[[], bool]

NICER = 10
"""By so much the evaluation gives way to the window and to the child that serves the view."""
LONGEST_CELL = 1 << 24
CHANGED = "Marks were changed while this was measured; evaluate again for numbers of one state."
TEXTS = ("model", "image", "method", "class", "label", "predicted")
"""Columns of `Cases` that hold texts."""


@dataclass(frozen=True)
class Cases:
    """The numbers of each image, model and method, a row each, column by column.

    Attributes:
        words: column -> its texts; ``codes`` count in it.
        codes: column of `TEXTS` -> (n,) place in ``words``.
        case: (n,) ids of cases.
        metrics: ids, in the order of the columns of ``values``.
        values: (n, metrics) float64; NaN where a value is undefined or not measured.
    """

    words: dict[str, list[str]]
    codes: dict[str, NDArray[np.int32]]
    case: NDArray[np.int64]
    metrics: tuple[str, ...]
    values: NDArray[np.float64]

    def text(self, column: str, row: int) -> str:
        """Return the text of a cell."""
        return self.words[column][int(self.codes[column][row])]

    def value(self, metric: str, row: int) -> float:
        """Return a number; NaN where there is none."""
        if metric not in self.metrics:
            return math.nan
        return float(self.values[row, self.metrics.index(metric)])


@dataclass(frozen=True)
class Finished:
    """What an evaluation found.

    Attributes:
        asked: what was measured.
        summary: its results, curves, tables, and the differences to show first; without timing.
        cases: the numbers of single images.
        changed: whether the study's marks are others than those that it was measured with.
    """

    asked: Asked
    summary: Summary
    cases: Cases
    changed: bool = False


def evaluate(
    asked: Asked,
    resume: bool,
    progress: Callable[..., None],
    cancelled: Cancelled,
) -> dict[str, Any]:
    """Measure what was asked for, or go on with it, and make tables, figures and report.

    ``progress`` is told done, total, seconds left (None while that is not known), how many failed,
    and what is made of the images once they are done, "" until then.

    Raises:
        SoftcamError: with one sentence for the user.
        CancelledError: ``cancelled()`` said so.
    """
    give_way()
    with _in_its_words():
        _check_models(asked, resume)
        if not resume:
            asked = _settled(asked, cancelled)
        with own(asked.folder):
            if resume:
                asked = read_asked(asked.folder)
            else:
                asked.write()
            return _measure(asked, resume, progress, cancelled)


def _measure(
    asked: Asked, resume: bool, progress: Callable[..., None], cancelled: Cancelled
) -> dict[str, Any]:
    from softcam_core.evaluation import run

    def told(found: Progress) -> None:
        progress(found.done, found.total, found.seconds_left, found.failed, "")

    plan = plan_of(asked, resume)
    outcome = run.evaluate(plan, told, cancelled)
    images, failed = outcome.images, len(outcome.failed)
    _note_changes(plan)
    run.finish(
        asked.folder, plan, progress=lambda doing: progress(images, images, None, failed, doing)
    )
    return {"failed": list(outcome.failed), "problems": list(outcome.problems)}


def plan_of(asked: Asked, resume: bool) -> Plan:
    """Return the core's plan of what was asked for."""
    return Plan(
        models=asked.models,
        data=asked.study,
        out=asked.folder,
        methods=asked.methods,
        metrics=asked.metrics,
        reader=asked.reader,
        cases=frozenset(asked.cases),
        device=asked.device,
        resume=resume,
        options=Options(**asked.options),
    )


@contextmanager
def _in_its_words() -> Iterator[None]:
    """Say in the window's words what the core has to say of an evaluation."""
    try:
        yield
    except EvaluationError as error:
        raise EvaluationError(for_window(str(error))) from error


def _check_models(asked: Asked, resume: bool) -> None:
    """Refuse a file that holds another model than the one that the window has open."""
    from softcam_core.models.header import model_id

    for path, title, identity in zip(asked.models, asked.titles, asked.ids, strict=False):
        if model_id(path) == identity:
            continue
        if resume:
            raise EvaluationError(
                f"{path} is not the {title} that was measured any more; put the old file back, or "
                "press Evaluate to start a new evaluation."
            )
        raise EvaluationError(
            f"{path} is not the {title} that is open any more; open the file again."
        )


def _note_changes(plan: Plan) -> None:
    """Keep with a run, and so in its report, that marks were changed while it was measured."""
    from softcam_core.evaluation.data import open_data

    described = read_run(plan.out)
    with open_data(plan) as data:
        same = data.digest == described["data"]["digest"]
    if not same and CHANGED not in described["notes"]:
        with writing(plan.out):
            write_run(plan.out, {**described, "notes": [CHANGED, *described["notes"]]})


def _settled(asked: Asked, cancelled: Cancelled) -> Asked:
    """Settle which cases are measured."""
    if asked.which == "annotated":
        asked = asked.of(_covered(asked, cancelled))
        if not asked.cases:
            raise EvaluationError(
                "None of these cases has marks or a grade that count; annotate some, choose other "
                "marks, or measure all cases."
            )
    return asked


def _covered(asked: Asked, cancelled: Cancelled) -> tuple[int, ...]:
    """Return the cases that the truth says something about."""
    from softcam_core.annotations.study import Study
    from softcam_core.annotations.truth import resolve_truth

    found = []
    with Study.open(asked.study, read_only=True) as study:
        truth = resolve_truth(study, asked.reader)
        for case in asked.cases:
            if cancelled():
                raise CancelledError
            if truth.covers(case):
                found.append(case)
    return tuple(found)


def give_way() -> None:
    """Lower this process's priority, where the system lets it."""
    with suppress(OSError):
        if sys.platform == "win32":
            import ctypes

            below_normal = 0x4000
            kernel = ctypes.windll.kernel32
            kernel.SetPriorityClass(kernel.GetCurrentProcess(), below_normal)
        else:
            os.nice(NICER)


def read(folder: Path) -> Finished:
    """Return a finished evaluation.

    Raises:
        EvaluationError: its results are not there, or damaged.
    """
    with _in_its_words():
        asked, summary = read_asked(folder), load_summary(folder)
    try:
        cases = read_cases(folder / PER_IMAGE)
    except (OSError, ValueError, KeyError, IndexError, StopIteration, csv.Error) as error:
        raise EvaluationError(
            f"The numbers of single images in {folder} cannot be read; evaluate again."
        ) from error
    # Thousands of differences would be many objects in the window.
    chosen = chosen_differences(summary)
    notes = tuple(map(for_window, summary.notes))
    shown = replace(summary, notes=notes, differences=chosen, timing=())
    return Finished(asked, shown, cases, changed=_has_changed(asked, summary))


def _has_changed(asked: Asked, summary: Summary) -> bool:
    """Return whether the study has other marks or grades than when it was measured."""
    from softcam_core.evaluation.data import open_data

    try:
        with open_data(plan_of(asked, resume=True)) as data:
            return bool(data.digest != summary.run["data"]["digest"])
    except (SoftcamError, KeyError, TypeError):
        return True


def read_cases(path: Path) -> Cases:
    """Return the scalar columns of ``per_image.csv``; the parts of pooled numbers stay out."""
    rows: dict[tuple[str, ...], dict[str, float]] = {}
    with path.open(newline="", encoding="utf-8") as stream:
        # A histogram of pixels is a long cell.
        csv.field_size_limit(LONGEST_CELL)
        lines = csv.reader(stream)
        place = {name: n for n, name in enumerate(next(lines))}
        head = tuple(place[name] for name in ("case", *TEXTS))
        metric, value, method = place["metric"], place["value"], place["method"]
        for line in lines:
            if line[method] != NO_METHOD:
                key = tuple(line[n] for n in head)
                found = rows.setdefault(key, {})
                found[line[metric]] = float(line[value]) if line[value] else math.nan
    return _columns(rows)


def _columns(rows: dict[tuple[str, ...], dict[str, float]]) -> Cases:
    metrics = tuple(dict.fromkeys(name for found in rows.values() for name in found))
    words: dict[str, dict[str, int]] = {column: {} for column in TEXTS}
    codes = {column: array("i") for column in TEXTS}
    for key in rows:
        for column, text in zip(TEXTS, key[1:], strict=True):
            known = words[column]
            codes[column].append(known.setdefault(unguarded(text), len(known)))
    values = np.full((len(rows), len(metrics)), np.nan)
    columns = {name: n for n, name in enumerate(metrics)}
    for number, found in enumerate(rows.values()):
        for name, value in found.items():
            values[number, columns[name]] = value
    return Cases(
        words={column: list(known) for column, known in words.items()},
        codes={column: np.array(found, np.int32) for column, found in codes.items()},
        case=np.array([int(key[0]) for key in rows], np.int64),
        metrics=metrics,
        values=values,
    )
