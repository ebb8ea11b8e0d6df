"""Where ``softcam figure`` writes: never over what it reads, nor over a text of somebody else."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import typer

from softcam_core.paths import exists, is_folder, same_file, shown
from softcam_core.plates.caption import MADE_WITH

_READ = 1 << 20
"""Bytes of a file that may be an earlier caption."""


def caption_of(out: Path) -> Path:
    """Return where the caption of a figure goes: each kind of file has its own."""
    return out.with_name(f"{out.name}.txt")


def check_free(out: Path, inputs: Iterable[Path]) -> None:
    """Refuse to replace what the figure is made from, or a text that is no caption.

    Raises:
        typer.BadParameter: one sentence.
    """
    text = caption_of(out)
    for path in inputs:
        for target in (out, text):
            if same_file(target, path):
                raise typer.BadParameter(
                    f"{shown(target)} is read for the figure; choose another name.",
                    param_hint="--out",
                )
    if exists(text) and not _is_caption(text):
        raise typer.BadParameter(
            f"{shown(text)}, where the caption goes, is something else; move it away, or "
            "choose another name.",
            param_hint="--out",
        )


def in_tables(data: Iterable[Path]) -> list[Path]:
    """Return what the cells of tables may name: images and masks of every row."""
    found = []
    for table in data:
        if table.suffix.lower() == ".csv" and not is_folder(table):
            try:
                rows = list(csv.reader(table.read_text(encoding="utf-8-sig").splitlines()))
            except (OSError, UnicodeDecodeError, csv.Error):
                continue  # Reading the table says what is wrong with it.
            found += [table.parent / cell for row in rows for cell in row if "." in cell]
    return found


def _is_caption(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return MADE_WITH.encode() in file.read(_READ)
    except OSError:
        return False
