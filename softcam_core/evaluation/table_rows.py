"""Cells and rows of tables: which number stands where, and which is the best. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from softcam_core.evaluation.metric_ids import BASELINES, method_title
from softcam_core.evaluation.model_names import (
    BLACK_BOX,
    DUAL_BRANCH,
    VARIANTS,
    Named,
    named_models,
)
from softcam_core.evaluation.results import Result, Summary
from softcam_core.evaluation.table_types import Cell, Column, Kind, Line, Table

EVIDENCE = "evidence"
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Source:
    """A row before its numbers: backbone -> whose number stands in its columns.

    Attributes:
        group, head, kind: see `Line`.
        of: backbone -> (model, method).
        block: rows among which the best is sought.
    """

    group: str
    head: str
    kind: Kind
    of: Mapping[str, tuple[str, str]]
    block: str = ""


def sources_by_variant(summary: Summary) -> list[Source]:
    """Return the paper's rows, each for all backbones.

    Methods that explain the black box, evidence of the SoftCAM models, methods that explain those
    or a dual-branch model, and chance.
    """
    models = named_models(summary.run["models"])
    labels = _labels(models)
    one = len(labels) == 1
    rows: list[Source] = []
    for label, some in labels.items():
        if some[0].variant == BLACK_BOX:
            rows += _post_hoc(some, _capital(label))
    for label, some in labels.items():
        of = {m.arch: (m.name, EVIDENCE) for m in some if EVIDENCE in m.methods}
        if of:
            rows.append(Source("SoftCAM evidence", f"{label} SoftCAM", "evidence", of))
    for label, some in labels.items():
        if some[0].variant not in (BLACK_BOX, DUAL_BRANCH):
            rows += _post_hoc(some, f"{_capital(label)} SoftCAM, post hoc")
    for label, some in labels.items():
        if some[0].variant == DUAL_BRANCH:
            rows += _post_hoc(some, _capital(label))
    for label, some in labels.items():
        for method in BASELINES:
            head = method_title(method) if one else f"{method_title(method)}, {label}"
            of = {m.arch: (m.name, method) for m in some if method in m.methods}
            rows.append(Source("Chance", head, "chance", of))
    return [row for row in rows if row.of]


def sources_by_backbone(
    models: Sequence[Named], chance: bool = True
) -> list[tuple[Source, Named, str]]:
    """Return the poster's rows with model and method: backbone by backbone, method by method."""
    rows: list[tuple[Source, Named, str]] = []
    for arch in dict.fromkeys(model.arch for model in models):
        group = sorted(
            (model for model in models if model.arch == arch),
            key=lambda model: VARIANTS.index(model.variant),
        )
        methods = dict.fromkeys(method for model in group for method in model.methods)
        for method in sorted(methods, key=lambda method: method in BASELINES):
            if method in BASELINES and not chance:
                continue
            for model in group:
                if method not in model.methods:
                    continue
                kind = _kind(model, method)
                head = method_title(method)
                head = head if len(group) == 1 else f"{head}, {model.label}"
                of = {arch: (model.name, method)}
                rows.append((Source(arch, head, kind, of, arch), model, method))
    return rows


def cell_of(result: Result | None, column: Column, scale: float = 1.0) -> Cell:
    """Return a result as a cell; a dash where there is none."""
    if result is None:
        return Cell()
    low, high = result.low * scale, result.high * scale
    return replace(
        number_cell(result.value * scale, column, low, high),
        n=result.n,
        undefined=result.undefined,
    )


def number_cell(
    value: float, column: Column, low: float = math.nan, high: float = math.nan, n: int = 0
) -> Cell:
    """Return a number as a cell; a dash for NaN."""
    if math.isnan(value):
        return Cell(n=n)
    interval = ""
    if not math.isnan(low):
        interval = f"[{number_text(low, column.digits)}, {number_text(high, column.digits)}]"
    return Cell(value, number_text(value, column.digits), low, high, interval, n)


def with_std(cell: Cell, std: float, digits: int) -> Cell:
    """Return a cell that shows mean and standard deviation, as Tables 2 and 3 of the paper do."""
    if cell.is_empty or math.isnan(std):
        return cell
    return replace(cell, std=std, text=f"{cell.text} ± {number_text(std, digits)}")


def with_delta(cell: Cell, base: Cell, digits: int, share: bool = False) -> Cell:
    """Return a cell that shows how far it is from another; ``share``: in percent of it too."""
    if cell.is_empty or base.is_empty:
        return cell
    delta = cell.value - base.value
    text = signed_text(delta, digits)
    if share and base.value:
        text += f" ({signed_text(100 * delta / base.value, 1)}%)"
    return replace(cell, delta=delta, delta_text=text)


def number_text(value: float, digits: int) -> str:
    """Return a number as tables write it: a true minus, and no zero with a sign."""
    text = f"{value:.{digits}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", MINUS)


def signed_text(value: float, digits: int) -> str:
    """Return a difference with its sign."""
    text = number_text(value, digits)
    return text if text.startswith(MINUS) else f"+{text}"


Caption = Callable[[Table], str]
"""What a table's caption says, by the rows and columns that it has."""


def sentences(*parts: str) -> str:
    """Return sentences with a space between them; those that are "" are left out."""
    return " ".join(part for part in parts if part)


def shows(made: Table, metric: str) -> bool:
    """Whether a table has a column of a metric, or with that title."""
    return any(metric in (column.metric, column.title) for column in made.columns)


def table(
    id_: str,
    title: str,
    caption: Caption,
    columns: Sequence[Column],
    rows: Iterable[tuple[Source, Sequence[Cell]]],
    context: int = 0,
) -> Table | None:
    """Return a table with its best numbers marked; None where there is nothing to show.

    Rows and columns without any result are left out. The first ``context`` columns say something
    of the model and are no reason for a row to stand. Rows of a chance method that are the same
    for all models are one.
    """
    kept = [(source, cells) for source, cells in rows if any(map(_is_known, cells[context:]))]
    kept = _chance_once(kept)
    shown = [n for n in range(len(columns)) if any(_is_known(cells[n]) for _, cells in kept)]
    if not any(not cells[n].is_empty for _, cells in kept for n in shown if n >= context):
        return None
    best = {n: _best(columns[n], [(s, cells[n]) for s, cells in kept]) for n in shown}
    lines = tuple(
        Line(
            *(source.group, source.head, source.kind),
            tuple(replace(cells[n], best=row in best[n]) for n in shown),
        )
        for row, (source, cells) in enumerate(kept)
    )
    made = Table(id_, title, "", tuple(columns[n] for n in shown), lines)
    return replace(made, caption=caption(made))


def by_backbone(
    summary: Summary,
    sources: Sequence[Source],
    specs: Sequence[Column],
    cell: Callable[[str, str, Column], Cell] | None = None,
) -> tuple[list[Column], list[tuple[Source, list[Cell]]]]:
    """Return the columns ``specs`` once for each backbone, and the rows with their cells."""

    def plain(model: str, method: str, column: Column) -> Cell:
        return cell_of(summary.result(model, method, column.metric), column)

    make = cell or plain
    archs = list(dict.fromkeys(m.arch for m in named_models(summary.run["models"])))
    columns = [replace(spec, group=arch) for arch in archs for spec in specs]
    rows = [
        (
            source,
            [make(*source.of[c.group], c) if c.group in source.of else Cell() for c in columns],
        )
        for source in sources
    ]
    return columns, rows


Rows = list[tuple[Source, Sequence[Cell]]]


def _chance_once(rows: Rows) -> Rows:
    """Return the rows with one for each chance method whose numbers are the same for all models."""
    same: dict[tuple[str, str], Rows] = {}
    for source, cells in rows:
        if source.kind == "chance":
            method = next(iter(source.of.values()))[1]
            same.setdefault((source.block, method), []).append((source, cells))
    found: Rows = []
    done: set[tuple[str, str]] = set()
    for source, cells in rows:
        key = source.block, next(iter(source.of.values()))[1]
        some = same.get(key, []) if source.kind == "chance" else []
        once = _merged([others for _, others in some]) if len(some) > 1 else None
        if once is None:
            found.append((source, cells))
        elif key not in done:
            done.add(key)
            head = f"{method_title(key[1])} (all models)"
            found.append((replace(source, head=head), once))
    return found


def _merged(rows: Sequence[Sequence[Cell]]) -> list[Cell] | None:
    """Return the cells that rows have in common, empty ones left aside; None if any differ."""
    found = []
    for column in zip(*rows, strict=True):
        known = {repr(cell): cell for cell in column if _is_known(cell)}
        if len(known) > 1:
            return None
        found.append(next(iter(known.values()), Cell()))
    return found


def _is_known(cell: Cell) -> bool:
    return not cell.is_empty or cell.n + cell.undefined > 0


def _best(column: Column, cells: Sequence[tuple[Source, Cell]]) -> set[int]:
    """Return the rows with the best number of their block, chance left aside."""
    found: set[int] = set()
    for block in {source.block for source, _ in cells}:
        some = {
            row: cell.value
            for row, (source, cell) in enumerate(cells)
            if source.block == block and source.kind != "chance" and not cell.is_empty
        }
        if len(some) > 1 and column.better:
            goal = max(some.values()) if column.better == "high" else min(some.values())
            found |= {row for row, value in some.items() if value == goal}
    return found


def _kind(model: Named, method: str) -> Kind:
    if method in BASELINES:
        return "chance"
    if method == EVIDENCE:
        return "evidence"
    return "black-box" if model.variant == BLACK_BOX else "post-hoc"


def _post_hoc(models: Sequence[Named], group: str) -> list[Source]:
    methods = dict.fromkeys(m for one in models for m in one.methods)
    return [
        Source(
            *(group, method_title(method), _kind(models[0], method)),
            {one.arch: (one.name, method) for one in models if method in one.methods},
        )
        for method in methods
        if method not in BASELINES and method != EVIDENCE
    ]


def _labels(models: Sequence[Named]) -> dict[str, list[Named]]:
    """Return label -> the models that have it, one a backbone at most, in the order of tables."""
    ordered = sorted(models, key=lambda model: VARIANTS.index(model.variant))
    labels = dict.fromkeys(model.label for model in ordered)
    return {label: [m for m in ordered if m.label == label] for label in labels}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
