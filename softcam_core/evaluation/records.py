"""What each image leaves behind: one line of JSON, on disk before the next image begins.

A run's folder holds ``run.json`` (what the numbers depend on) and ``finished/RANK.jsonl`` (a line
an image, by each process). Every number of a table is made of these lines and of nothing else, so
a run that was stopped goes on exactly, and several processes give the numbers of one.
``per_image.csv`` holds the same rows for people. Free of torch.
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any, NamedTuple

from softcam_core.errors import EvaluationError
from softcam_core.evaluation.guard import guarded

RUN = "run.json"
FINISHED = "finished"
PER_IMAGE = "per_image.csv"
NO_METHOD = "-"
"""The method of rows that are about the prediction alone."""
PREDICTION = "prediction"
"""The metric of such a row: 1 for a right prediction, 0 for a wrong one, NaN without a label; its
detail holds the probabilities of all classes."""

COLUMNS = (
    *("run", "model", "model_id", "image", "image_id", "case", "patient", "label", "predicted"),
    *("method", "class", "metric", "value", "note", "detail"),
)


class Row(NamedTuple):
    """One number of one image.

    Attributes:
        method: id of the map's method, or of a chance method, or `NO_METHOD`.
        class_: whose map; "" where there is no map.
        metric: id, or a part of one: see `softcam_core.evaluation.metric_ids.metric_title`.
        value: NaN where it is undefined.
        note: why it is undefined, or what to know of it; "" for nothing.
        detail: what a pooled number is made of, as plain JSON; None for nothing:
            topk_localization_precision: {"hits": [..k], "patches": [..k]}, cumulative counts;
            audc, auic: {"curve": [..k + 1] of p / p(original), "used": patches, "p": p(original)};
            max_box_acc: {"0.5": runs}; max_box_acc_v2: {"0.3": runs, "0.5": runs, "0.7": runs},
            with runs [[first, last], ...] of the threshold's index at which the image is right;
            pxap: {"positive": text, "counted": text}: see `pack`;
            average_drop, increase_in_confidence: {"p": .., "p_masked": ..};
            model_randomization: {"stages": [names], "similarity": [..]};
            prediction: {"probabilities": [.. in the order of the model's classes]}.
    """

    method: str
    class_: str
    metric: str
    value: float
    note: str = ""
    detail: Any = None


@dataclass(frozen=True)
class ModelRecord:
    """One model on one image.

    Attributes:
        model: its name in the run.
        predicted: name of the most probable class.
        rows: the numbers.
        seconds: method -> how long its map took, the model's pass included.
    """

    model: str
    predicted: str
    rows: tuple[Row, ...]
    seconds: dict[str, float]


@dataclass(frozen=True)
class ImageRecord:
    """One image.

    Attributes:
        index: its position in the data.
        case: number of its row in the table, or its id in the study.
        image: its path as the data give it, relative.
        image_id: SHA-256 of the file.
        patient: number of its patient, in order of appearance; names stay out.
        label: "" where unknown.
        models: empty if the image failed.
        error: one sentence if it failed, else "".
        problems: sentences on what could not be computed.
    """

    index: int
    case: str
    image: str
    image_id: str
    patient: int
    label: str
    models: tuple[ModelRecord, ...] = ()
    error: str = ""
    problems: tuple[str, ...] = ()


def write_run(folder: Path, description: dict[str, Any]) -> None:
    """Write what the numbers of a run depend on, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / (RUN + ".part")
    partial.write_text(json.dumps(description, indent=2, ensure_ascii=False), encoding="utf-8")
    partial.replace(folder / RUN)


def read_run(folder: Path) -> dict[str, Any]:
    """Return what `write_run` wrote.

    Raises:
        EvaluationError: there is no run in the folder, or it is damaged.
    """
    try:
        found = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError(_unreadable(folder)) from error
    if not isinstance(found, dict) or not found.keys() >= _NEEDED:
        raise EvaluationError(_unreadable(folder))
    return found


_NEEDED = {"fingerprint", "models", "data", "parameters", "notes", "versions"}


def _unreadable(folder: Path) -> str:
    return (
        f"The folder {folder} holds no evaluation that can be read; choose another, or start one "
        "there."
    )


class Recorder:
    """Appends finished images to one process's file, which is made when the first one comes."""

    def __init__(self, folder: Path, rank: int = 0, number: int = 0) -> None:
        """Write as process ``rank`` in the run's pass ``number``: see `next_pass`."""
        name = f"{rank}.jsonl" if number == 0 else f"{rank}.{number}.jsonl"
        self._path = folder / FINISHED / name
        self._stream: IO[bytes] | None = None

    def add(self, record: ImageRecord) -> None:
        """Write one image; it is on disk when the call returns."""
        if self._stream is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._path.open("ab")
        self._stream.write(_to_json(record).encode() + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            # What a full disk did not take is no record, and is said by `add`.
            with suppress(OSError):
                self._stream.close()


def next_pass(folder: Path) -> int:
    """Return the number of the pass that goes on with a run: its files are its own.

    So half a line that a killed process left stays the last of its file.
    """
    return max((_order(path)[0] for path in _files(folder)), default=-1) + 1


class Place(NamedTuple):
    """Where a finished image's record is, and of which file.

    Attributes:
        path: the file of records.
        offset: where in it the line begins.
        failed: whether the image could not be measured.
        image_id: SHA-256 of the image when it was measured.
    """

    path: Path
    offset: int
    failed: bool
    image_id: str


def finished(folder: Path) -> dict[int, Place]:
    """Return where each image's record is, by index.

    The latest pass counts, but for an image that failed in it. A line that a crash of the machine
    has damaged is none.
    """
    found: dict[int, Place] = {}
    for path in _files(folder):
        offset = 0
        with path.open("rb") as stream:
            for line in stream:
                plain = _parsed(line)
                if plain is not None:
                    index, failed = int(plain["index"]), bool(plain["error"])
                    if not failed or index not in found:
                        found[index] = Place(path, offset, failed, str(plain["image_id"]))
                offset += len(line)
    return found


def _files(folder: Path) -> list[Path]:
    found = [path for path in (folder / FINISHED).glob("*.jsonl") if _NAME.fullmatch(path.name)]
    return sorted(found, key=_order)


def _order(path: Path) -> tuple[int, int]:
    """Return number of the pass and rank of a file of records."""
    match = _NAME.fullmatch(path.name)
    assert match is not None
    return int(match[2] or 0), int(match[1])


_FIELDS = {field.name for field in fields(ImageRecord)}
_NAME = re.compile(r"(\d+)(?:\.(\d+))?\.jsonl")


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return a line as a record's plain values; None for what is no whole record."""
    if not line.endswith(b"\n"):
        return None
    try:
        plain = json.loads(line)
    except ValueError:
        return None
    whole = isinstance(plain, dict) and plain.keys() == _FIELDS
    return plain if whole else None


def read_records(folder: Path) -> Iterator[ImageRecord]:
    """Yield the finished images in the order of the data, one at a time."""
    places = finished(folder)
    streams: dict[Path, IO[bytes]] = {}
    try:
        for index in sorted(places):
            path, offset, *_ = places[index]
            if path not in streams:
                streams[path] = path.open("rb")
            streams[path].seek(offset)
            yield _from_json(json.loads(streams[path].readline()))
    finally:
        for stream in streams.values():
            stream.close()


def write_per_image(folder: Path) -> Path:
    """Write ``per_image.csv`` from the finished images; return its path.

    Texts are guarded against spreadsheets as those of ``results.csv`` are, so that names are the
    same in both: see `softcam_core.evaluation.guard`.
    """
    run = read_run(folder)
    ids = {model["name"]: model["id"] for model in run["models"]}
    path = folder / PER_IMAGE
    partial = path.with_name(path.name + ".part")
    with partial.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for record in read_records(folder):
            for model in record.models:
                name, image = guarded(model.model), guarded(record.image)
                head = (run["fingerprint"], name, ids[model.model], image)
                label, predicted = guarded(record.label), guarded(model.predicted)
                place = (record.image_id, record.case, record.patient, label)
                for row in model.rows:
                    writer.writerow(
                        (
                            *(*head, *place, predicted),
                            *(row.method, guarded(row.class_), row.metric),
                            *(_number(row.value), guarded(row.note)),
                            "" if row.detail is None else json.dumps(row.detail),
                        )
                    )
    partial.replace(path)
    return path


def _number(value: float) -> str:
    return "" if math.isnan(value) else repr(float(value))


def _to_json(record: ImageRecord) -> str:
    plain = asdict(record)
    for model in plain["models"]:
        # NaN is no JSON: an undefined value is null.
        model["rows"] = [
            [*row[:3], None if math.isnan(row[3]) else row[3], *row[4:]] for row in model["rows"]
        ]
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def _from_json(plain: dict[str, Any]) -> ImageRecord:
    models = tuple(
        ModelRecord(
            model=one["model"],
            predicted=one["predicted"],
            rows=tuple(map(_row, one["rows"])),
            seconds=one["seconds"],
        )
        for one in plain["models"]
    )
    return ImageRecord(**{**plain, "models": models, "problems": tuple(plain["problems"])})


def _row(cells: list[Any]) -> Row:
    method, class_, metric, value, note, detail = cells
    return Row(method, class_, metric, math.nan if value is None else float(value), note, detail)
