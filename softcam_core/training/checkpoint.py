"""The files of a run folder: metrics.csv and last.ckpt, written whole or not at all."""

from __future__ import annotations

import csv
import io
import math
import os
import pickle
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import torch

from softcam_core.errors import ConfigError
from softcam_core.training.config import Config
from softcam_core.training.data import Failure

COLUMNS = (
    "epoch",
    "lr",
    "train_loss",
    "train_ce",
    "train_l1",
    "train_l2",
    "train_guidance",
    "val_loss",
    "val_accuracy",
    "val_auc",
    "val_kappa",
    "val_mean_abs_evidence",
    "val_positive_share",
    "best",
    "seconds",
)
CHECKPOINT_VERSION = 2

# What may differ between a run and its continuation without changing what is learnt.
_FREE = {
    ("train", "device"),
    ("train", "epochs"),
    ("train", "patience"),
    ("train", "stop_by"),
    ("train", "checkpoint_minutes"),
    ("data", "cache_gb"),
    ("data", "cache_dir"),
    ("data", "csv"),
    ("data", "study"),
}
_FREE_TABLES = {"output", "card", "sweep"}
_PIXELS = 0.002
"""Of a mean over the training set in [0, 1]: decoders of JPEG files differ far less."""


def write_whole(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Write a file so that a killed program or a lost current leaves the old one or the new one.

    Args:
        path: of the file.
        content: its bytes, or what writes them.

    Raises:
        OSError: the folder cannot be written.
    """
    part = path.with_name(path.name + ".part")
    with part.open("wb") as stream:
        if isinstance(content, bytes):
            stream.write(content)
        else:
            content(stream)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def write_text(path: Path, text: str) -> None:
    """Write a small text file in one step."""
    write_whole(path, text.encode())


def write_metrics(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write metrics.csv: a row an epoch, an empty cell where a value is undefined."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _cell(row[key]) for key in COLUMNS})
    write_text(path, stream.getvalue())


def write_skipped(path: Path, failures: Sequence[Failure]) -> None:
    """Write skipped.csv: the images that were left out, and why; no file where there are none."""
    if not failures:
        path.unlink(missing_ok=True)
        return
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["path", "reason"])
    writer.writerows([failure.sample.path, failure.reason] for failure in failures)
    write_text(path, stream.getvalue())


def _cell(value: Any) -> Any:
    """Write a number with the digits that matter."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.8g}"
    return value


def write_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Write last.ckpt: tensors and plain values only, so that it loads without pickled code."""
    write_whole(path, partial(torch.save, {"version": CHECKPOINT_VERSION, **state}))


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Read what `write_checkpoint` wrote.

    Raises:
        ConfigError: the file is damaged, foreign, or of a newer version.
    """
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        version = int(state["version"])
    except (
        OSError,
        RuntimeError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        pickle.UnpicklingError,
        zipfile.BadZipFile,
    ) as error:
        raise ConfigError(
            f"The checkpoint {path} is damaged; train without --resume into another output.dir."
        ) from error
    if version < CHECKPOINT_VERSION:
        raise ConfigError(
            f"The checkpoint {path} is of an older version, which cannot be gone on with exactly; "
            "train into another output.dir."
        )
    if version > CHECKPOINT_VERSION:
        raise ConfigError(f"The checkpoint {path} is of a newer version; update SoftCAM Viewer.")
    return dict(state)


def refuse_other_config(path: Path, state: dict[str, Any], config: Config) -> None:
    """Raise ConfigError unless a checkpoint belongs to this configuration."""
    before, now = state["config"], config.to_dict()
    for table, values in now.items():
        for key, value in values.items():
            if table in _FREE_TABLES or (table, key) in _FREE:
                continue
            if before.get(table, {}).get(key, value) != value:
                raise ConfigError(
                    f"{path} was made with {table}.{key} = {before[table][key]!r}, not {value!r}; "
                    "set it back, or train into another output.dir."
                )


def refuse_other_images(path: Path, state: dict[str, Any], config: Config, digest: str) -> None:
    """Raise ConfigError unless a checkpoint belongs to the table of this ``digest``."""
    if state["digest"] != digest:
        source = Path(config.data.csv or config.data.study).name
        raise ConfigError(
            f"{path} was made with other images, labels or splits than {source} lists now; train "
            "into another output.dir."
        )


def other_inputs(path: Path, state: dict[str, Any], now: dict[str, Any]) -> str:
    """Return a note where the inputs are no longer to the bit those of a checkpoint, else "".

    Another machine may decode a JPEG a little differently; what is learnt hardly changes by that.

    Args:
        path: of the checkpoint.
        state: of `read_checkpoint`.
        now: digest, mean and std of the inputs as they are decoded now.

    Raises:
        ConfigError: these are other pictures, by their mean or standard deviation.
    """
    before = state.get("inputs", now)
    pairs = zip((*before["mean"], *before["std"]), (*now["mean"], *now["std"]), strict=True)
    if any(abs(one - other) > _PIXELS for one, other in pairs):
        raise ConfigError(
            f"{path} was made with other pixels: the images' mean was {_triple(before['mean'])} "
            f"and is {_triple(now['mean'])}; put the images back, or train into another output.dir."
        )
    if before["digest"] == now["digest"]:
        return ""
    return (
        "The images or their lesions are not to the bit those that the run began with, so that its "
        "numbers are not those of an unbroken run."
    )


def _triple(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)
