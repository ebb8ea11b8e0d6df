"""``softcam evaluate``: models, methods and metrics over a table or a study."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from softcam_core.cli.common import Device, EngineName, Json, Precision, print_json, warn
from softcam_core.cli.evaluate_progress import shown_progress, shown_stage
from softcam_core.errors import EvaluationError
from softcam_core.evaluation.guard import unguarded
from softcam_core.evaluation.metric_ids import (
    BASELINES,
    METRICS,
    SLOW_METRICS,
    metric_title,
    parse_methods,
    parse_metrics,
)
from softcam_core.evaluation.plan import LABEL, Options, Plan
from softcam_core.explain.methods import METHODS, MethodError
from softcam_core.training.rows import SPLITS

_SPLIT_WORDS = ("auto", "all", *SPLITS)


def evaluate(
    models: Annotated[
        list[Path],
        typer.Argument(help="Model files (.safetensors) to compare.", metavar="MODEL..."),
    ],
    data: Annotated[
        Path,
        typer.Option(
            help="A table (CSV: path,label and optionally patient, split, mask, boxes) or a study "
            "(.softcam).",
            metavar="CSV_OR_STUDY",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            help="Folder for results.csv, results.json, per_image.csv and report.html.",
            metavar="DIR",
        ),
    ],
    methods: Annotated[
        str,
        typer.Option(
            help=f"Method ids with commas between them: {', '.join(METHODS)}; or all. "
            "Default: evidence, or gradcam for a black box.",
            metavar="A,B",
        ),
    ] = "",
    metrics: Annotated[
        str,
        typer.Option(
            help=f"Metric ids with commas between them: {', '.join(METRICS)}; or all. "
            f"Default: all but {', '.join(sorted(SLOW_METRICS))}.",
            metavar="X,Y",
        ),
    ] = "",
    label: Annotated[
        list[str] | None,
        typer.Option(
            "--label",
            help="Of a study: only marks of this label are the truth; may be given again.",
            metavar="NAME",
        ),
    ] = None,
    reader: Annotated[
        str | None,
        typer.Option(
            help="Whose marks of a study are the truth: a reader's name, union, majority or "
            "adjudicated.",
            metavar="NAME",
        ),
    ] = None,
    split: Annotated[
        str,
        typer.Option(
            help="Rows of a table: train, val, test, all, or auto: those of test if there are any, "
            "else of val, else all.",
            metavar="SPLIT",
        ),
    ] = "auto",
    class_: Annotated[
        str,
        typer.Option(
            "--class",
            help="Whose maps are measured. label: each image's label, where it is a class of the "
            "model, else its predicted class; predicted; or the name of a class.",
            metavar="CLASS",
        ),
    ] = LABEL,
    disease: Annotated[
        str,
        typer.Option(
            help="Class whose maps the activation consistency looks at. Default: the second of "
            "two.",
            metavar="NAME",
        ),
    ] = "",
    k: Annotated[
        int, typer.Option("--k", help="Patches of the top-k precision and of deletion.")
    ] = Options.k,
    patch: Annotated[
        int, typer.Option(help="Side of a patch in pixels of the model's input.")
    ] = Options.patch,
    score: Annotated[
        str,
        typer.Option(help="Of a patch, for the top-k precision.", metavar="mean|max"),
    ] = Options.score,
    deletion_images: Annotated[
        str,
        typer.Option(
            help="Images of the deletion and insertion curves. correct: those that every model "
            "gets right.",
            metavar="correct|all",
        ),
    ] = Options.deletion_images,
    tolerance: Annotated[
        float, typer.Option(help="Of the pointing game, in pixels of the model's input.")
    ] = Options.tolerance,
    box_threshold: Annotated[
        float,
        typer.Option(help="Share of a map's maximum that a box is drawn at, 0 to below 1."),
    ] = Options.box_threshold,
    no_baselines: Annotated[
        bool,
        typer.Option(
            "--no-baselines",
            help=f"Leave out chance, which else stands beside the methods: {', '.join(BASELINES)}.",
        ),
    ] = False,
    resamples: Annotated[
        int, typer.Option(help="Of the bootstrap that gives the 95% intervals.")
    ] = Options.resamples,
    seed: Annotated[
        int, typer.Option(help="Of chance maps, weights drawn anew and the bootstrap.")
    ] = Options.seed,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on after the last finished image.")
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the evaluation that DIR already holds.")
    ] = False,
    no_examples: Annotated[
        bool, typer.Option("--no-examples", help="No pictures of single images in the report.")
    ] = False,
    json: Json = False,
    device: Device = "auto",
    engine: EngineName = Options.engine,
    precision: Precision = "32",
) -> None:
    """Compute every metric for every model and method, and write tables and a report."""
    _one_of("--split", split, _SPLIT_WORDS)
    _one_of("--score", score, ("mean", "max"))
    _one_of("--deletion-images", deletion_images, ("correct", "all"))
    if resume and overwrite:
        raise typer.BadParameter("--resume and --overwrite exclude each other.")
    _check_reader(data, reader, label or [], split)
    with _wrong_use("--metrics"):
        wanted = parse_metrics(metrics)
    with _wrong_use("--methods"):
        asked = parse_methods(methods)
    with _wrong_use(None):
        options = Options(
            explained=class_,
            k=k,
            patch=patch,
            score="max" if score == "max" else "mean",
            deletion_images="all" if deletion_images == "all" else "correct",
            tolerance=tolerance,
            box_threshold=box_threshold,
            disease=disease,
            baselines=not no_baselines,
            resamples=resamples,
            seed=seed,
            precision=precision,
            engine=engine,
        )
    plan = Plan(
        models=tuple(models),
        data=data,
        out=out,
        methods=asked,
        metrics=wanted,
        reader=reader,
        labels=tuple(label or ()),
        split=split,
        device=device,
        resume=resume,
        overwrite=overwrite,
        options=options,
    )
    try:
        code = _run(plan, not no_examples, json)
    except KeyboardInterrupt as interrupt:
        if _speaks():
            warn("stopped; what is finished is kept, and the same command with --resume goes on")
        raise typer.Exit(1) from interrupt
    raise typer.Exit(code)


def _run(plan: Plan, examples: bool, as_json: bool) -> int:
    """Run an evaluation, say what came of it and return the exit status."""
    from softcam_core.evaluation import run
    from softcam_core.evaluation.results import load_summary

    # Of torchrun's processes only the first one speaks.
    if not _speaks():
        run.evaluate(plan)
        return 0
    with shown_progress() as show:
        outcome = run.evaluate(plan, show)
    with shown_stage() as say:
        report = run.finish(
            outcome.folder, plan, examples=examples, progress=say, fingerprint=outcome.fingerprint
        )
    rows = _read_results(outcome.folder)
    if as_json:
        for row in rows:
            print_json(row)
    else:
        print("\n".join(_lines(rows)))
    notes = (*outcome.notes, *load_summary(outcome.folder).notes)
    for text in dict.fromkeys((*notes, *outcome.failed, *outcome.problems)):
        warn(text)
    warn(f"{outcome.images:,} images, {len(outcome.failed):,} of them failed; {report}")
    return 1 if outcome.failed or outcome.problems else 0


def _speaks() -> bool:
    """Whether this process is alone, or the first of torchrun's."""
    alone = int(os.environ.get("WORLD_SIZE", "1")) < 2
    return alone or os.environ.get("RANK", "0") == "0"


def _one_of(option: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}.", param_hint=option)


def _check_reader(data: Path, reader: str | None, labels: Sequence[str], split: str) -> None:
    """Refuse what goes with the other kind of data, as a wrong use."""
    from softcam_core.evaluation.data import is_study
    from softcam_core.paths import is_file

    if not is_file(data):
        return
    if is_study(data):
        if split not in ("auto", "all"):
            raise typer.BadParameter("A study has no splits.", param_hint="--split")
    elif reader is not None:
        raise typer.BadParameter("A table has no readers.", param_hint="--reader")
    elif labels:
        raise typer.BadParameter("A table has no labels of marks.", param_hint="--label")


@contextmanager
def _wrong_use(option: str | None) -> Iterator[None]:
    """Let what is refused here be a wrong use, with its exit status."""
    try:
        yield
    except (EvaluationError, MethodError) as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def _read_results(folder: Path) -> list[dict[str, Any]]:
    """Return the rows of ``results.csv`` with numbers as numbers, NaN where there is none."""
    with (folder / "results.csv").open(newline="", encoding="utf-8") as stream:
        return [
            {
                **{name: unguarded(text) for name, text in row.items()},
                **{name: _number(row[name]) for name in ("value", "ci_low", "ci_high")},
                **{name: int(row[name]) for name in ("n", "undefined")},
            }
            for row in csv.DictReader(stream)
        ]


def _number(cell: str) -> float:
    return float(cell) if cell else math.nan


def _lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The numbers for a person: a heading for each metric, a line for each model and method."""
    found = list(dict.fromkeys(str(row["metric"]) for row in rows))
    found.sort(key=_place)
    ordered = sorted(rows, key=lambda row: found.index(row["metric"]))
    for metric, numbers in groupby(ordered, key=lambda row: str(row["metric"])):
        title, about = metric_title(metric)
        facts = [f"in {about.unit}"] if about.unit else []
        facts += [f"{about.better}er is better"] if about.better else []
        yield f"{title} ({', '.join(facts)})" if facts else title
        digits = 1 if about.unit else 3
        cells = [("model", "method", "value", "95% interval", "images", "undefined")]
        for row in numbers:
            low, high = (_text(row[name], digits) for name in ("ci_low", "ci_high"))
            between = "" if math.isnan(row["ci_low"]) else f"{low} to {high}"
            cells.append(
                (
                    *(row["model"], row["method"], _text(row["value"], digits)),
                    *(between, str(row["n"]), str(row["undefined"])),
                )
            )
        wide = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
        for line in cells:
            padded = [text.ljust(width) for text, width in zip(line, wide, strict=True)]
            yield f"  {'  '.join(padded)}".rstrip()


def _place(metric: str) -> int:
    """Return where a result stands among the metrics: the parts of one stay together."""
    about = metric_title(metric)[1]
    return next(n for n, known in enumerate(METRICS.values()) if known is about)


def _text(value: float, digits: int) -> str:
    return "-" if math.isnan(value) else f"{value:.{digits}f}"
