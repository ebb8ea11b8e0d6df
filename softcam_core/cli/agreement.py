"""``softcam annotations agreement``: readers with each other, and with models."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.cli.common import (
    Device,
    Json,
    memory_in_words,
    print_json,
    steps,
    warn,
    with_progress,
)
from softcam_core.errors import StudyError
from softcam_core.explain.methods import METHODS
from softcam_core.paths import exists

if TYPE_CHECKING:
    from softcam_core.agreement.table import Agreement, Row
    from softcam_core.annotations.study import Study

Compare = Callable[[Callable[[int, int], None]], "Agreement"]


def agreement(
    study: Annotated[Path, typer.Argument(help="Study file (.softcam).", metavar="STUDY")],
    reader: Annotated[
        list[str] | None,
        typer.Option(
            "--reader",
            help="A reader to compare; give it again for each. Default: all.",
            metavar="NAME",
        ),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            "--label", help="Compare marks of this label only; may be given again.", metavar="NAME"
        ),
    ] = None,
    criterion: Annotated[
        str,
        typer.Option(
            help="When two lesions are one. iou: they overlap by at least --iou; hit: the centre "
            "of one lies inside the other.",
            metavar="iou|hit",
        ),
    ] = "iou",
    iou: Annotated[
        float, typer.Option(help="Intersection over union, above 0 to 1.", metavar="SHARE")
    ] = 0.5,
    weights: Annotated[
        str,
        typer.Option(
            help="Of Cohen's kappa: how disagreements count.", metavar="none|linear|quadratic"
        ),
    ] = "none",
    components: Annotated[
        bool,
        typer.Option("--components", help="Each connected part of a mask is a lesion of its own."),
    ] = False,
    reads: Annotated[
        str,
        typer.Option(
            help="Which read counts of who read a case again. first: as it was when it was locked; "
            "last: what stands now.",
            metavar="first|last",
        ),
    ] = "last",
    distances: Annotated[
        bool, typer.Option("--distances/--no-distances", help="Hausdorff distances too.")
    ] = True,
    model: Annotated[
        list[Path] | None,
        typer.Option(
            "--model",
            help="A model (.safetensors) to compare the readers with; may be given again.",
            metavar="FILE",
        ),
    ] = None,
    method: Annotated[
        str,
        typer.Option(
            help=f"Whose maps of the model: {', '.join(METHODS)}. Default: evidence, or gradcam "
            "for a black box.",
            metavar="METHOD",
        ),
    ] = "",
    class_: Annotated[
        str,
        typer.Option(
            "--class", help="Class of the maps. Default: the predicted one.", metavar="NAME"
        ),
    ] = "",
    threshold: Annotated[
        str,
        typer.Option(
            help="Maps mark what lies above it: a number in their units, or a share of their "
            "maximum (20%). Default: 0 for evidence, 20% for other methods.",
            metavar="T",
        ),
    ] = "",
    best_threshold: Annotated[
        bool,
        typer.Option(
            "--best-threshold",
            help="Also give the Dice of the threshold that suits these very cases best, which is "
            "optimistic.",
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the numbers as CSV.", metavar="FILE.csv")
    ] = None,
    per_case: Annotated[
        Path | None,
        typer.Option("--per-case", help="Write the cases as CSV, worst first.", metavar="FILE.csv"),
    ] = None,
    json: Json = False,
    device: Device = "auto",
) -> None:
    """Say how well readers agree with each other, and with what models mark."""
    _check(criterion, iou, weights, reads, method, threshold)
    from softcam_core.agreement.between import agreement_between
    from softcam_core.agreement.table import row_record, write_cases, write_rows
    from softcam_core.annotations.study import Study

    if not exists(study):
        raise StudyError(f"There is no study {study}; check its name and folder.")
    same: dict[str, Any] = {
        "readers": reader or None,
        "labels": label or None,
        "criterion": criterion,
        "iou": iou,
        "weights": weights,
        "components": components,
        "reads": reads,
        "distances": distances,
    }
    found: list[Agreement] = []
    # Only a study that can be written is brought up to date from an older format.
    read_only = not (os.access(study, os.W_OK) and os.access(study.absolute().parent, os.W_OK))
    with Study.open(study, read_only=read_only) as opened:
        jobs: list[tuple[str, Compare]] = []
        if not model or len(set(reader or opened.readers_of())) > 1:
            jobs.append(
                ("Readers", lambda progress: agreement_between(opened, progress=progress, **same))
            )
        for path in model or ():
            asked = method, class_, threshold, best_threshold
            jobs.append((path.name, _against(opened, path, device, asked, same)))
        for name, compare in with_progress(jobs, "Comparing"):
            with steps(name) as progress, memory_in_words():
                found.append(compare(progress))
    rows = [row for one in found for row in one.rows]
    if out is not None:
        write_rows(rows, out)
    if per_case is not None:
        write_cases((row for one in found for row in one.cases), per_case)
    if json:
        for row in rows:
            print_json(row_record(row))
    else:
        print("\n".join(_lines(rows)) or "There is nothing to compare yet.")
    for note in (note for one in found for note in one.notes):
        warn(note)
    problems = [problem for one in found for problem in one.problems]
    for problem in problems:
        warn(problem)
    raise typer.Exit(1 if problems else 0)


def _check(
    criterion: str, iou: float, weights: str, reads: str, method: str, threshold: str
) -> None:
    """Refuse what cannot be meant, as a wrong use."""
    from softcam_core.agreement.lesions import CRITERIA
    from softcam_core.agreement.measures import WEIGHTS
    from softcam_core.agreement.reads import READS
    from softcam_core.agreement.threshold import parse_threshold

    for value, known, option in (
        (criterion, CRITERIA, "--criterion"),
        (weights, WEIGHTS, "--weights"),
        (reads, READS, "--reads"),
        (method or "evidence", METHODS, "--method"),
    ):
        if value not in known:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(known)}.", param_hint=option)
    if not 0 < iou <= 1:
        raise typer.BadParameter(f"{iou:g} is not above 0 to 1.", param_hint="--iou")
    parse_threshold(threshold, method or "evidence")


def _against(
    study: Study,
    path: Path,
    device: str,
    asked: tuple[str, str, str, bool],
    same: dict[str, Any],
) -> Compare:
    """Return what compares the readers with one model."""
    method, class_, threshold, best = asked

    def compare(progress: Callable[[int, int], None]) -> Agreement:
        from softcam_core.agreement.evidence import agreement_with_model
        from softcam_core.agreement.threshold import parse_threshold
        from softcam_core.models.checkpoint import load_model

        network = load_model(path, device)
        chosen = method or ("gradcam" if network.spec.head == "blackbox" else "evidence")
        return agreement_with_model(
            study,
            network,
            method=chosen,
            class_=class_ or None,
            threshold=parse_threshold(threshold, chosen),
            best=best,
            name=path.name,
            progress=progress,
            **same,
        )

    return compare


def _lines(rows: Iterable[Row]) -> Iterable[str]:
    """The numbers for a person: a heading for each pair, a line for each number."""
    from softcam_core.agreement.table import MEASURES, label_text

    for pair, numbers in groupby(rows, key=lambda row: (row.reader, row.other)):
        yield f"{pair[0]} (reference) and {pair[1]}"
        cells = [("label", "measure", "value", "95% interval", "cases", "undefined", "")]
        for row in numbers:
            name = f"{MEASURES[row.measure][0]} {f'[{row.unit}]' if row.unit else ''}"
            low, high = _number(row.low, row.unit), _number(row.high, row.unit)
            between = "" if math.isnan(row.low) else f"{low} to {high}"
            cells.append(
                (
                    *(label_text(row.label), name, _number(row.value, row.unit)),
                    *(between, str(row.n), str(row.undefined)),
                    row.note,
                )
            )
        wide = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
        for line in cells:
            padded = [text.ljust(width) for text, width in zip(line, wide, strict=True)]
            yield f"  {'  '.join(padded)}".rstrip()


def _number(value: float, unit: str) -> str:
    """Three digits after the point for shares and kappas, one for percents and distances."""
    if math.isnan(value):
        return "-"
    return f"{value:.1f}" if unit else f"{value:.3f}"
