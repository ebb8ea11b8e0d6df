"""``softcam annotations audit``: the log of who did what when."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from softcam_core.cli.common import Json, print_json
from softcam_core.errors import StudyError
from softcam_core.paths import exists

_KINDS: dict[str, Literal["csv", "json"]] = {".csv": "csv", ".json": "json", ".jsonl": "json"}


def audit(
    study: Annotated[Path, typer.Argument(help="Study file (.softcam).", metavar="STUDY")],
    out: Annotated[
        Path,
        typer.Option(
            help="File to write: a table (.csv), or one JSON object a line (.json).",
            metavar="FILE.csv|.json",
        ),
    ],
    keep_identity: Annotated[
        bool,
        typer.Option("--keep-identity", help="Keep whole paths and what names a patient."),
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the file if it is there.")
    ] = False,
    json: Json = False,
) -> None:
    """Write the audit log: every edit, grade, undo, read and event with its time and reader."""
    kind = _KINDS.get(out.suffix.lower())
    if kind is None:
        raise typer.BadParameter(f"{out.name} ends in neither .csv nor .json.", param_hint="--out")
    from softcam_core.annotations.audit import write_audit
    from softcam_core.annotations.study import Study

    if not exists(study):
        raise StudyError(f"There is no study {study}; check its name and folder.")
    if os.path.lexists(out) and not overwrite:
        raise StudyError(f"{out} is there already; choose another name, or ask to overwrite.")
    with Study.open(study, read_only=True) as opened:
        write_audit(opened, out, kind, keep_identity)
    if json:
        print_json({"study": str(study), "file": str(out)})
    else:
        print(f"Wrote the audit log to {out}")
