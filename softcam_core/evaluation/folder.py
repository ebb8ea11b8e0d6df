"""The folder of a run: begun, gone on with, or refused; one process group writes it at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from softcam_core.annotations.claim import claim
from softcam_core.errors import EvaluationError
from softcam_core.evaluation.records import FINISHED, PER_IMAGE, RUN, read_run, write_run
from softcam_core.paths import exists

FILES = (RUN, PER_IMAGE, "results.csv", "results.json", "differences.csv", "report.html")
FOLDERS = {FINISHED: (".jsonl",), "figures": (".svg", ".png"), "tables": (".csv",)}
"""Folders that a run writes, and the endings of its files in them."""


def prepare(folder: Path, described: dict[str, Any], *, resume: bool, overwrite: bool) -> None:
    """Begin in a folder, go on with the same evaluation, or refuse what is another's.

    Args:
        folder: which need not exist.
        described: what the numbers depend on; its fingerprint tells evaluations apart.
        resume: go on with the same evaluation.
        overwrite: remove what an earlier evaluation wrote there, and nothing else.

    Raises:
        EvaluationError: the folder holds another evaluation, or files of other origin under the
            names that this one would write; or it cannot be written.
    """
    if exists(folder / RUN) and not overwrite:
        found = read_run(folder)
        if not resume:
            raise EvaluationError(
                f"The folder {folder} holds an evaluation already; go on with --resume, choose "
                "another folder, or replace it with --overwrite."
            )
        if found["fingerprint"] != described["fingerprint"]:
            raise EvaluationError(
                f"The evaluation in {folder} was of {_difference(found, described)}; choose "
                "another folder, or replace it with --overwrite."
            )
        return
    if not exists(folder / RUN):
        strangers = [name for name in (*FILES, *FOLDERS) if exists(folder / name)]
        if strangers:
            raise EvaluationError(
                f"The folder {folder} holds {', '.join(strangers)} of no evaluation that it knows "
                "of; choose an empty folder."
            )
    with writing(folder):
        _clear(folder)
        write_run(folder, described)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a full or read-only disk into one sentence that names the folder."""
    try:
        yield
    except OSError as error:
        raise EvaluationError(
            f"The folder {folder} cannot be written: {error.strerror or 'the disk refused'}; what "
            "is finished is kept: make room, and go on with --resume."
        ) from error


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other programs from writing a run's folder meanwhile; a killed one holds nothing.

    Raises:
        EvaluationError: another program is at it.
    """
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    own = claim(folder / RUN)
    if own is None:
        raise EvaluationError(
            f"Another program is writing the evaluation in {folder}; wait for it, or choose "
            "another folder."
        )
    try:
        yield
    finally:
        own.release()


def _difference(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    """Say in a few words what an earlier run had otherwise."""
    before, now = ([model["id"] for model in run["models"]] for run in (found, wanted))
    if before != now:
        return "other models"
    if found["data"]["digest"] != wanted["data"]["digest"]:
        return "other data, or the data have changed since"
    old, new = found["parameters"], wanted["parameters"]
    changed = [key for key in new if old.get(key) != new[key]]
    if changed:
        return f"other parameters ({', '.join(changed)})"
    return "other software versions"


def _clear(folder: Path) -> None:
    """Remove what an earlier run wrote, and nothing else."""
    # Last the description: as long as it is there, the rest is known as a run's.
    for name, endings in FOLDERS.items():
        place = folder / name
        if not place.is_dir():
            continue
        for path in place.iterdir():
            if path.suffix in endings:
                path.unlink()
        with suppress(OSError):
            place.rmdir()
    for name in reversed(FILES):
        (folder / name).unlink(missing_ok=True)
