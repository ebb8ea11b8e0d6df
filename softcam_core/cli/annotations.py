"""``softcam annotations``: bring marks out of a study and into it, and compare readers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.annotations.formats import FORMATS
from softcam_core.cli.agreement import agreement
from softcam_core.cli.audit import audit
from softcam_core.cli.common import Json, print_json, steps, warn, with_progress
from softcam_core.cli.trainings import trainings
from softcam_core.errors import StudyError
from softcam_core.paths import exists

if TYPE_CHECKING:
    from softcam_core.annotations.formats.exchange import Loss
    from softcam_core.annotations.formats.importing import ImportPlan
    from softcam_core.annotations.study import Study

app = typer.Typer(
    help="Export and import what readers marked, compare readers, list the models it trained.",
    no_args_is_help=True,
)


def _check_format(value: str) -> str:
    if value not in FORMATS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(FORMATS)}.")
    return value


StudyFile = Annotated[Path, typer.Argument(help="Study file (.softcam).", metavar="STUDY")]
FormatName = Annotated[
    str,
    typer.Option("--format", help=f"{', '.join(FORMATS)}.", metavar="F", callback=_check_format),
]


@app.command("export")
def export(
    study: StudyFile,
    format: FormatName,
    out: Annotated[Path, typer.Option(help="Folder to write into.", metavar="FOLDER")],
    reader: Annotated[
        str | None, typer.Option(help="Whose marks; everybody's by default.", metavar="NAME")
    ] = None,
    keep_identity: Annotated[
        bool,
        typer.Option(
            "--keep-identity", help="DICOM: keep the patient's name and numbers of the images."
        ),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that are there.")
    ] = False,
    json: Json = False,
) -> None:
    """Write the annotations in a format; what it cannot hold is listed on stderr."""
    from softcam_core.annotations.formats.exporting import export_study

    with _open(study, read_only=not _writable(study)) as opened:
        for _ in with_progress([format], "Exporting"):
            with steps("Images") as progress:
                report = export_study(
                    opened,
                    format,
                    out,
                    reader=reader,
                    keep_identity=keep_identity,
                    overwrite=overwrite,
                    progress=progress,
                )
    _tell(format, report.losses, report.refused + report.problems)
    record = {
        "format": format,
        "folder": str(report.folder),
        "files": [str(file) for file in report.files],
        "images": report.images,
        "annotations": report.shapes,
        **_told(report.losses, report.problems),
        "refused": [{"name": name, "reason": reason} for name, reason in report.refused],
    }
    if json:
        print_json(record)
    else:
        print(
            f"{report.folder}: {report.shapes} annotations of {report.images} images in "
            f"{len(report.files)} files"
        )
    raise typer.Exit(1 if report.problems else 0)


@app.command("import")
def import_(
    study: StudyFile,
    path: Annotated[Path, typer.Argument(help="File or folder to read.", metavar="PATH")],
    format: FormatName,
    reader: Annotated[
        str | None,
        typer.Option(
            help="Whose marks they become; else whom the file says, else 'imported'.",
            metavar="NAME",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and change nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Add the annotations of a file or folder; one undo step, nothing is overwritten."""
    from softcam_core.annotations.arguments import check_reader
    from softcam_core.annotations.formats.importing import apply_import, plan_import

    if reader is not None:
        try:
            check_reader(reader)
        except ValueError as error:
            raise typer.BadParameter(
                f"Nobody can be called {reader!r}; give a reader's name.", param_hint="--reader"
            ) from error
    with _open(study, read_only=dry_run) as opened:
        plan = plan_import(opened, path, format, reader=reader)
        if not dry_run and any(case.marks or case.grades for case in plan.cases):
            for _ in with_progress([format], "Importing"):
                with steps("Images") as progress:
                    apply_import(opened, plan, progress=progress)
    _tell(format, plan.losses, plan.problems)
    for sentence in _unread(plan):
        warn(f"{format}: {sentence}")
    record = _plan_record(plan, dry_run)
    if json:
        print_json(record)
    else:
        verb = "would be added" if dry_run else "added"
        print(
            f"{path}: {plan.added} annotations {verb} to {record['images']} images, "
            f"{plan.present} were there already, {record['graded']} grades"
        )
    raise typer.Exit(1 if plan.problems or plan.sizes or not plan.cases else 0)


def _open(path: Path, read_only: bool) -> Study:
    """Open a study that is there; none is made.

    Raises:
        StudyError: there is none.
    """
    from softcam_core.annotations.study import Study

    if not exists(path):
        raise StudyError(f"There is no study {path}; check its name and folder.")
    return Study.open(path, read_only=read_only)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)


def _tell(format: str, losses: list[Loss], problems: list[tuple[str, str]]) -> None:
    for loss in losses:
        warn(f"{format}: {loss}")
    for name, sentence in problems:
        warn(f"{format}: {name}: {sentence}")


def _told(losses: list[Loss], problems: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "losses": [
            {"what": loss.what, "count": loss.count, "images": list(loss.cases)} for loss in losses
        ],
        "problems": [{"name": name, "error": sentence} for name, sentence in problems],
    }


def _unread(plan: ImportPlan) -> list[str]:
    """Say which names of the file were not taken, and why."""
    lines = [f"no image of the study is {name}" for name in plan.unmatched]
    lines += [
        f"{name} may be {' or '.join(images)}; nothing of it is imported"
        for name, images in plan.ambiguous.items()
    ]
    return lines + list(plan.sizes.values())


def _plan_record(plan: ImportPlan, dry_run: bool) -> dict[str, Any]:
    touched = [case for case in plan.cases if case.marks or case.grades]
    return {
        "format": plan.format,
        "path": str(plan.path),
        "dry_run": dry_run,
        "images": len(touched),
        "added": plan.added,
        "present": plan.present,
        "graded": sum(len(case.grades) for case in touched),
        "counts": [
            {"label": label, "kind": kind, "count": count}
            for (label, kind), count in sorted(plan.counts.items())
        ],
        "readers": plan.readers,
        "unmatched": plan.unmatched,
        "ambiguous": plan.ambiguous,
        "sizes": plan.sizes,
        **_told(plan.losses, plan.problems),
    }


app.command("agreement")(agreement)
app.command("audit")(audit)
app.command("trainings")(trainings)
