"""``softcam dataset``: what a training would see of a data set, and the set as a table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from softcam_core.cli.common import Json, print_json, warn
from softcam_core.counts import are, counted
from softcam_core.errors import ConfigError
from softcam_core.paths import exists, is_file, is_folder
from softcam_core.training.rows import SPLITS

if TYPE_CHECKING:
    from softcam_core.training.config import Config
    from softcam_core.training.table import Table

LAYOUTS = ("auto", "table", "kaggle-dr", "oct", "rsna", "folders", "wsol")
TASKS = ("binary", "multiclass")
_SHOWN = 30
"""Classes with a line of their own; ``--json`` has all."""


def _check_layout(value: str) -> str:
    if value and value not in LAYOUTS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(LAYOUTS)}.")
    return value


def _check_task(value: str) -> str:
    if value and value not in TASKS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(TASKS)}.")
    return value


def dataset(
    source: Annotated[
        Path | None,
        typer.Argument(
            help="A table (CSV), a folder of images, of RSNA or of WSOL metadata, or a study "
            "(.softcam); in place of data.csv.",
            metavar="SOURCE",
        ),
    ] = None,
    layout: Annotated[
        str,
        typer.Option(
            "--format",
            help=f"{', '.join(LAYOUTS)}; auto tells from columns or folders.",
            metavar="FORMAT",
            callback=_check_layout,
        ),
    ] = "",
    images: Annotated[
        Path | None,
        typer.Option(help="Folder of the images, if not beside the table.", metavar="DIR"),
    ] = None,
    task: Annotated[
        str,
        typer.Option(
            help="binary or multiclass, for data sets that serve both.", callback=_check_task
        ),
    ] = "",
    config: Annotated[
        Path | None,
        typer.Option(help="Training configuration whose [data] is to be read.", metavar="TOML"),
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change a key: --set data.min_width=496."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write the images with class, patient and split as a table (CSV) that train and "
            "evaluate read.",
            metavar="CSV",
        ),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the table if it exists.")
    ] = False,
    json: Json = False,
) -> None:
    """Tell what a training sees: layout, classes, splits, patients, and what is left out."""
    from softcam_core.training.sources import read_data

    if out is not None:
        _check_out(out, source, overwrite)
    settings = _settings(config, source, layout, images, task, set_ or [])
    table = read_data(settings.data, need_val=False)
    missing = sum(not is_file(sample.path) for sample in table.samples)
    trouble = _trouble(table)
    if out is not None:
        try:
            table.write(out)
        except OSError as error:
            raise ConfigError(
                f"{out} cannot be written ({error.strerror}); choose another folder."
            ) from error
    if json:
        print_json(_record(table, missing, trouble, out))
        return
    print("\n".join(_lines(table, missing)))
    if trouble:
        warn(trouble)
    if out is not None:
        print(f"written: {out}")


def _settings(
    config: Path | None,
    source: Path | None,
    layout: str,
    images: Path | None,
    task: str,
    changes: list[str],
) -> Config:
    """Return the configuration that the options make."""
    from softcam_core.evaluation.data import is_study
    from softcam_core.training.config import load_config, make_config
    from softcam_core.training.recipes import find_recipe

    given = []
    if source is not None:
        study = is_study(source)
        given += [f"data.csv={'' if study else source}", f"data.study={source if study else ''}"]
    given += [f"data.format={layout}"] if layout else []
    given += [f"data.images={images}"] if images is not None else []
    given += [f"data.task={task}"] if task else []
    if config is None:
        if source is None:
            raise typer.BadParameter("Give a SOURCE, or a --config that names one.")
        return make_config([*given, *changes])
    file = config if is_file(config) else find_recipe(str(config))
    return load_config(file, [*given, *changes])


def _check_out(out: Path, source: Path | None, overwrite: bool) -> None:
    """Refuse what would lose a file, before anything is read."""
    if is_folder(out):
        raise ConfigError(f"The output {out} is a folder; give the name of a file in it.")
    if exists(out) and source is not None and exists(source) and out.samefile(source):
        raise ConfigError(f"The output {out} is the source itself; choose another name.")
    if exists(out) and not overwrite:
        raise ConfigError(
            f"The file {out} exists; choose another name, or replace it with --overwrite."
        )
    if not is_folder(out.absolute().parent):
        raise ConfigError(f"The folder {out.absolute().parent} does not exist; make it first.")


def _trouble(table: Table) -> str:
    """Return why the data cannot be trained on, "" if it can."""
    from softcam_core.training.table import check_trainable

    try:
        check_trainable(table)
    except ConfigError as error:
        return str(error)
    return ""


def _patients(table: Table) -> dict[str, int]:
    counts = Counter(split for _, split in {(s.patient, s.split) for s in table.samples})
    return {split: counts[split] for split in SPLITS}


def _record(table: Table, missing: int, trouble: str, out: Path | None) -> dict[str, Any]:
    """Return what was read for programs."""
    return {
        "source": str(table.source),
        "format": table.format,
        "classes": list(table.classes),
        "images": len(table.samples),
        "missing": missing,
        "counts": table.counts(),
        "patients": _patients(table),
        "masks": sum(bool(s.mask) for s in table.samples),
        "boxes": sum(bool(s.boxes) for s in table.samples),
        "left_out": dict(table.left_out),
        "notes": list(table.notes),
        "trainable": not trouble,
        "trouble": trouble,
        "out": None if out is None else str(out),
    }


def _lines(table: Table, missing: int) -> list[str]:
    """Return what was read for people: notes, then a table of classes and splits."""
    counts, patients = table.counts(), _patients(table)
    totals = {split: sum(counts[split].values()) for split in SPLITS}
    body = [
        [name, *(counts[split][name] for split in SPLITS), sum(c[name] for c in counts.values())]
        for name in table.classes[:_SHOWN]
    ]
    body.append(["images", *totals.values(), sum(totals.values())])
    body.append(["patients", *patients.values(), len({s.patient for s in table.samples})])
    rows = [["", *SPLITS, "all"], *([str(row[0]), *(f"{n:,}" for n in row[1:])] for row in body)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in rows
    ]
    marked = [
        f"{counted(count, 'image')} with {what}."
        for what in ("mask", "boxes")
        if (count := sum(bool(getattr(s, what)) for s in table.samples))
    ]
    # Layouts in which names are looked up have a note of their own.
    if missing and table.format in ("table", "wsol"):
        files = counted(len(table.samples), "file")
        marked.append(f"{missing:,} of {files} {are(missing)} missing.")
    if len(table.classes) > _SHOWN:
        marked.append(f"{len(table.classes):,} classes, of which the first {_SHOWN} are shown.")
    return [f"format: {table.format}", *table.notes, *marked, "", *aligned]
