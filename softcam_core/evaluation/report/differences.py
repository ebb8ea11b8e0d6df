"""The differences that a reader asks for first, as tables: rows compared, columns of metrics.

Every difference, with its p, is in ``differences.csv``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from softcam_core.evaluation.compared import COMPARED_METRICS, chosen_differences, kind_of
from softcam_core.evaluation.metric_ids import method_title, metric_title
from softcam_core.evaluation.records import NO_METHOD
from softcam_core.evaluation.report.numbers import NONE, fixed, interval, model_titles, places_of
from softcam_core.evaluation.report.tables import Head, Row, Shown, TableView, unbroken
from softcam_core.evaluation.results import Difference, Summary
from softcam_core.evaluation.table_types import Column

MOST_COLUMNS, MOST_ROWS = 7, 60
SURE = 0.05
"""Below which p has to be for a bold number."""
MORE = 3
"""Places that a bold number may have more than its metric."""
PAIRED = (
    "Each number less another over the same images, with the 95% interval of the difference "
    "(paired: the same resamples for both{}). Bold: the interval excludes zero and p is below "
    "0.05; neither is corrected for how many there are, and numbers of all images together have "
    "no p below 20 {}."
)


@dataclass
class _Rows:
    """The rows of one comparison: (group, head) -> metric -> difference."""

    by: dict[tuple[str, str], dict[str, Difference]] = field(default_factory=dict)

    def add(self, group: str, head: str, one: Difference) -> None:
        self.by.setdefault((group, head), {})[one.metric] = one


def difference_views(summary: Summary) -> list[TableView]:
    """Return tables of: methods less chance, evidence less other methods, models less models."""
    titles = model_titles(summary.run)
    delong = any(one.interval.startswith("DeLong") for one in summary.differences)
    units = "patients" if summary.counts.get("by_patient") else "images"
    paired = PAIRED.format("; DeLong for the AUC of two classes" * delong, units)
    single = len(titles) == 1
    chance, evidence, models = _Rows(), _Rows(), _Rows()
    for one in chosen_differences(summary):
        model, other = titles[one.model], titles[one.other_model]
        method, other_method = method_title(one.method), method_title(one.other_method)
        match kind_of(one):
            case "chance":
                chance.add(model, method, one)
            case "evidence":
                whose = "" if one.model == one.other_model else f", {other}"
                evidence.add(model, f"less {other_method}{whose}", one)
            case _:
                what = "Predictions" if one.method == NO_METHOD else method
                models.add(f"{model} less {other}", what, one)
    return [
        *_views(
            *("chance", "Methods less chance", chance, ("Model", "Method")),
            "Each method less the chance method that does best on the same model and metric. "
            + paired,
            single,
        ),
        *_views(
            *("evidence", "Evidence less other methods", evidence, ("Evidence of", "Less")),
            paired,
            single,
        ),
        *_views("models", "Models less models", models, ("Models", "Maps"), paired, False),
    ]


def _views(
    id_: str, title: str, rows: _Rows, names: tuple[str, str], caption: str, single: bool
) -> Iterable[TableView]:
    """One table, or several where there are too many metrics for the width of a page."""
    known = {metric for cells in rows.by.values() for metric in cells}
    metrics = [metric for metric in COMPARED_METRICS if metric in known]
    for number, some in enumerate(_parts(metrics), 1):
        groups = list(dict.fromkeys(group for group, _ in rows.by))
        ordered = sorted(rows.by, key=lambda key: groups.index(key[0]))
        kept = {key: rows.by[key] for key in ordered if any(m in rows.by[key] for m in some)}
        more = len(kept) - MOST_ROWS
        end = f" {more:,} more rows are in differences.csv." if more > 0 else ""
        yield TableView(
            id=f"less-{id_}-{number}",
            title=title if number == 1 else f"{title}, continued",
            caption=(caption if number == 1 else "") + end,
            heads=(
                (
                    *(Head(name) for name in names[int(single) :]),
                    *(Head(unbroken(_head(metric)), number=True) for metric in some),
                ),
            ),
            rows=tuple(_lines(list(kept.items())[:MOST_ROWS], some, single)),
            foot=_foot(kept.values(), some, 1 if single else 2),
        )


def _parts(metrics: Sequence[str]) -> list[Sequence[str]]:
    """The metrics of each table, so that all are about equally wide."""
    tables = math.ceil(len(metrics) / MOST_COLUMNS)
    width = math.ceil(len(metrics) / max(1, tables))
    return [metrics[n * width : (n + 1) * width] for n in range(tables)]


def _head(metric: str) -> str:
    title, kind = metric_title(metric)
    return Column("", title, kind.better, kind.unit).head


def _lines(
    rows: Sequence[tuple[tuple[str, str], Mapping[str, Difference]]],
    metrics: Sequence[str],
    single: bool,
) -> Iterable[Row]:
    above = None
    for (group, head), cells in rows:
        again = group == above
        names = (Shown(group, head=True, again=again), Shown(head, head=True))
        common = {metric: _common(metric, [cells for _, cells in rows]) for metric in metrics}
        yield Row(
            (
                *names[int(single) :],
                *(_cell(cells.get(metric), common[metric]) for metric in metrics),
            ),
            first=above is not None and not again and not single,
        )
        above = group


def _common(metric: str, rows: Iterable[Mapping[str, Difference]]) -> str:
    """How many images a metric's differences come from; "" where that differs."""
    counts = {cells[metric].n for cells in rows if metric in cells}
    return str(counts.pop()) if len(counts) == 1 else ""


def _foot(
    rows: Iterable[Mapping[str, Difference]], metrics: Sequence[str], leading: int
) -> tuple[Shown, ...]:
    every = list(rows)
    counts = [_common(metric, every) for metric in metrics]
    if not any(counts):
        return ()
    space = (Shown("") for _ in range(leading - 1))
    return Shown("n", head=True), *space, *(Shown(count, number=True) for count in counts)


def _cell(one: Difference | None, common: str) -> Shown:
    if one is None:
        return Shown(NONE, number=True)
    places = _places(one)
    return Shown(
        signed(one.value, places),
        number=True,
        interval=interval(one.low, one.high, places),
        count="" if common else f"n = {one.n}",
        best=is_sure(one),
        sort="" if math.isnan(one.value) else repr(one.value),
    )


def is_sure(one: Difference) -> bool:
    """Whether a difference is bold: decided by the numbers as they are, not as they are written."""
    return (one.low > 0 or one.high < 0) and one.p < SURE


def _places(one: Difference) -> int:
    """As many places as its metric has; more where a bold number would be written as zero."""
    least = most = places_of(one.metric)
    if is_sure(one):
        nearest = min(abs(one.low), abs(one.high), abs(one.value))
        while most < least + MORE and float(f"{nearest:.{most}f}") == 0:
            most += 1
    return most


def signed(value: float, places: int) -> str:
    """Return a number with its sign; what rounds to zero has none."""
    text = fixed(value, places)
    return f"+{text}" if value > 0 and text != NONE and float(text) else text
