"""What an evaluation gives: the numbers with their intervals, and how they are kept on disk.

``results.csv`` and ``differences.csv`` are for people and spreadsheets; ``results.json`` holds all
of it, curves and tables included, and is what a window reads. Free of torch, pandas and
scikit-learn.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.guard import guarded
from softcam_core.evaluation.table_types import Table

NAN = math.nan
RESULTS_CSV, RESULTS_JSON, DIFFERENCES_CSV = "results.csv", "results.json", "differences.csv"
RESULT_COLUMNS = ("model", "method", "metric", "value", "ci_low", "ci_high", "n", "undefined")
DIFFERENCE_COLUMNS = (
    *("metric", "model", "method", "other_model", "other_method"),
    *("difference", "ci_low", "ci_high", "p", "n", "interval", "test"),
)


@dataclass(frozen=True)
class Result:
    """One number.

    Attributes:
        model: its name in the run.
        method: id; ``-`` for numbers about predictions.
        metric: id, see `softcam_core.evaluation.metric_ids.metric_title`.
        value: NaN where no image has one.
        low: lower end of the 95% interval; NaN for fewer than two images (patients), and where all
            resamples agree and no other interval is known.
        high: its upper end.
        n: images that the value comes from: of the sensitivity of two classes those of class 1, of
            the specificity those of class 0; 0 if it is undefined.
        undefined: images with a row but no value; all of them if the value is undefined.
        std: standard deviation over the images (n - 1); NaN for a number of all together.
        interval: how the interval was found, in a few words.
    """

    model: str
    method: str
    metric: str
    value: float
    low: float
    high: float
    n: int
    undefined: int
    std: float = NAN
    interval: str = ""


@dataclass(frozen=True)
class Difference:
    """A number less another over the same images.

    Attributes:
        model: whose number.
        method: of what.
        other_model: whose number is taken from it.
        other_method: of what.
        metric: id.
        value: the difference.
        low: lower end of the 95% interval, from the same resamples of both; NaN as of `Result`.
        high: its upper end.
        p: two-sided, of no difference; not corrected for the number of comparisons; NaN for fewer
            than two patients (images), and of a number that is no mean over images for fewer than
            20.
        n: images that both come from.
        interval: how it was found, in a few words.
        test: what p comes from, in a few words.
    """

    model: str
    method: str
    other_model: str
    other_method: str
    metric: str
    value: float
    low: float
    high: float
    p: float
    n: int
    interval: str = ""
    test: str = ""


@dataclass(frozen=True)
class Timing:
    """How long a map of one image took, the model's pass included.

    Attributes:
        model: its name in the run.
        method: id.
        mean: seconds.
        low: lower end of the 95% interval of the median; NaN for fewer than six images.
        high: its upper end.
        median: seconds.
        n: images.
    """

    model: str
    method: str
    mean: float
    low: float
    high: float
    median: float
    n: int


@dataclass(frozen=True)
class Summary:
    """All that is known of a run.

    Attributes:
        run: what the numbers depend on, as in ``run.json``.
        results: the numbers, model by model.
        differences: between methods of one model, and between models.
        curves: kind -> one dictionary a line of a figure; undefined numbers are None.
        tables: as the paper and the poster lay them out.
        counts: how many images there are of which kind.
        failed: (case, image, sentence) of each image that failed.
        notes: sentences that a reader should know.
        timing: seconds by model and method.
    """

    run: dict[str, Any]
    results: tuple[Result, ...] = ()
    differences: tuple[Difference, ...] = ()
    curves: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)
    failed: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    timing: tuple[Timing, ...] = ()

    @cached_property
    def _by_key(self) -> dict[tuple[str, str, str], Result]:
        return {(one.model, one.method, one.metric): one for one in self.results}

    def result(self, model: str, method: str, metric: str) -> Result | None:
        """Return one number; None if the run has none."""
        return self._by_key.get((model, method, metric))

    def with_tables(self, tables: tuple[Table, ...]) -> Summary:
        """Return the same with other tables."""
        return replace(self, tables=tables)

    def plain(self) -> dict[str, Any]:
        """Return all of it as JSON has it: undefined numbers are None."""
        return {
            "run": self.run,
            "results": [_plain(asdict(one)) for one in self.results],
            "differences": [_plain(asdict(one)) for one in self.differences],
            "curves": _plain(self.curves),
            "tables": [_plain(asdict(one)) for one in self.tables],
            "counts": _plain(self.counts),
            "failed": [list(one) for one in self.failed],
            "notes": list(self.notes),
            "timing": [_plain(asdict(one)) for one in self.timing],
        }


def write_results(folder: Path, summary: Summary) -> None:
    """Write ``results.csv``, ``differences.csv`` and ``results.json``, each whole or not at all.

    Raises:
        EvaluationError: the folder cannot be written.
    """
    results = [
        (
            *(one.model, one.method, one.metric, one.value),
            *(one.low, one.high, one.n, one.undefined),
        )
        for one in summary.results
    ]
    differences = [
        (
            *(one.metric, one.model, one.method, one.other_model, one.other_method),
            *(one.value, one.low, one.high, one.p, one.n),
            *(one.interval, one.test),
        )
        for one in summary.differences
    ]
    write_csv(folder / RESULTS_CSV, RESULT_COLUMNS, results)
    write_csv(folder / DIFFERENCES_CSV, DIFFERENCE_COLUMNS, differences)
    text = json.dumps(summary.plain(), ensure_ascii=False, allow_nan=False)
    write_whole(folder / RESULTS_JSON, text)


def load_summary(folder: Path) -> Summary:
    """Return what `write_results` wrote.

    Raises:
        EvaluationError: the folder holds no results, or they are damaged.
    """
    path = folder / RESULTS_JSON
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return Summary(
            run=plain["run"],
            results=tuple(_restored(Result, one) for one in plain["results"]),
            differences=tuple(_restored(Difference, one) for one in plain["differences"]),
            curves=plain["curves"],
            tables=tuple(Table.from_plain(one) for one in plain["tables"]),
            counts=plain["counts"],
            failed=tuple((case, image, why) for case, image, why in plain["failed"]),
            notes=tuple(plain["notes"]),
            timing=tuple(_restored(Timing, one) for one in plain["timing"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvaluationError(
            f"The results {path} are missing or damaged; evaluate again with --resume."
        ) from error


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table, whole or not at all; an undefined number is an empty cell.

    Raises:
        EvaluationError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    write_whole(path, text.getvalue())


def write_whole(path: Path, text: str) -> None:
    """Write a text file, whole or not at all.

    Raises:
        EvaluationError: the file cannot be written.
    """
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(text.encode("utf-8", "backslashreplace"))
        partial.replace(path)
    except OSError as error:
        raise EvaluationError(
            f"The file {path} cannot be written ({error.strerror}); choose another folder."
        ) from error


def _cell(value: Any) -> Any:
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(float(value))
    return guarded(value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """Return ``value`` with None for every NaN, and lists for tuples."""
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


T = TypeVar("T", Result, Difference, Timing)


def _restored(kind: type[T], plain: Mapping[str, Any]) -> T:
    floats = {one.name for one in fields(kind) if one.type == "float"}
    values: dict[str, Any] = {
        name: NAN if name in floats and value is None else value for name, value in plain.items()
    }
    return kind(**values)
