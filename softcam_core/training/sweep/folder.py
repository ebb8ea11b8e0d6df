"""The folder of a sweep: begun, gone on with, or refused; one program writes it at a time.

Free of torch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from softcam_core.annotations.claim import claim
from softcam_core.errors import ConfigError, TrainingError
from softcam_core.paths import exists
from softcam_core.training.config import Config
from softcam_core.training.runs import remove_run
from softcam_core.training.status import STATUS
from softcam_core.training.sweep.plan import RUNS
from softcam_core.training.sweep.records import (
    CHOSEN,
    PLOT,
    PLOT_SVG,
    SELECTION,
    STATE,
    TABLE,
    is_sweep,
    read_state,
)

INPUTS = "inputs"
"""Folder of decoded inputs, shared by the runs and removed at the end."""
_FREE = {
    *(("train", "device"), ("train", "checkpoint_minutes"), ("model", "arch"), ("train", "seed")),
    *(("data", "cache_gb"), ("data", "cache_dir"), ("data", "csv"), ("data", "study")),
    *(("loss", "select"),),
    *(("sweep", key) for key in ("l1", "l2", "archs", "seeds", "tolerance", "halving")),
}
"""What may differ when a sweep goes on: more values, architectures and seeds join the others."""
_FREE_TABLES = {"output", "card"}


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other programs from sweeping into a folder meanwhile; a killed one holds nothing.

    Raises:
        TrainingError: another program is at it, or the folder cannot be made.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    own = claim(folder / STATE)
    if own is None:
        raise TrainingError(
            f"Another program is sweeping into {folder}; wait for it, or choose another output.dir."
        )
    try:
        yield
    finally:
        own.release()


def prepare(folder: Path, config: Config, digest: str, *, resume: bool, overwrite: bool) -> bool:
    """Begin in a folder, go on with the same sweep, or refuse what is another's.

    Args:
        folder: which exists.
        config: of the sweep.
        digest: of the images, labels and splits.
        resume: go on with the same sweep.
        overwrite: remove what an earlier sweep wrote there, and nothing else.

    Returns:
        Whether it goes on with a sweep.

    Raises:
        ConfigError: the folder holds another sweep, or a training run.
    """
    if not is_sweep(folder):
        if any(exists(folder / name) for name in ("last.ckpt", "metrics.csv")):
            raise ConfigError(
                f"The folder {folder} holds a training run; choose another output.dir for the "
                "sweep."
            )
        return False
    if overwrite:
        with writing(folder):
            _clear(folder)
        return False
    if not resume:
        raise ConfigError(
            f"The folder {folder} already holds a sweep; add --resume to go on, --overwrite to "
            "replace it, or choose another output.dir."
        )
    _refuse_other(folder, read_state(folder), config, digest)
    return True


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn a full or read-only disk into one sentence that names the folder.

    Raises:
        TrainingError: in place of an OSError.
    """
    try:
        yield
    except OSError as error:
        raise TrainingError(
            f"The sweep's folder {folder} cannot be written ({error.strerror or 'disk error'}); "
            "make room or choose another output.dir, and go on with --resume."
        ) from error


def replace_file(path: Path, data: bytes) -> None:
    """Write a file in one step."""
    partial = path.with_name(path.name + ".part")
    partial.write_bytes(data)
    partial.replace(path)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file in one step; it holds plain values and no NaN."""
    text = json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False)
    replace_file(path, text.encode() + b"\n")


def _refuse_other(folder: Path, state: dict[str, Any], config: Config, digest: str) -> None:
    """Raise ConfigError unless a sweep is of this configuration and these images."""
    before, now = state["config"], config.to_dict()
    for table, values in now.items():
        for key, value in values.items():
            if table in _FREE_TABLES or (table, key) in _FREE:
                continue
            old = before.get(table, {}).get(key, value)
            if old != value:
                raise ConfigError(
                    f"The sweep in {folder} was begun with {table}.{key} = {old!r}, not "
                    f"{value!r}; set it back, or sweep into another output.dir."
                )
    if state["digest"] != digest:
        raise ConfigError(
            f"The sweep in {folder} was begun with other images, labels or splits than there are "
            "now; sweep into another output.dir."
        )


def _clear(folder: Path) -> None:
    """Remove what an earlier sweep wrote; the state last, as it says what is a sweep's."""
    try:
        names = list(read_state(folder)["runs"])
    except (ConfigError, KeyError):  # Damaged: what lies in its place is a run or stays.
        names = [path.parent.name for path in (folder / RUNS).glob(f"*/{STATUS}")]
    for name in names:
        remove_run(folder / RUNS / name)
    with suppress(OSError):
        (folder / RUNS).rmdir()
    for path in folder.glob("chosen*.toml"):
        path.unlink()
    for name in (TABLE, SELECTION, PLOT, PLOT_SVG, CHOSEN, STATE):
        (folder / name).unlink(missing_ok=True)
