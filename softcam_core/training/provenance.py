"""Which annotations of a study a model was trained on: for its card, and for the study's records.

Of the training images count: the grade where it gave the class, else the lesions drawn, which did;
the lesions too where the loss had guidance. No image, path or patient is named. Free of torch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from softcam_core.annotations.opening import open_to_read
from softcam_core.annotations.study import Study, TrainedOn
from softcam_core.errors import SoftcamError
from softcam_core.models.header import model_id
from softcam_core.paths import is_file, shown
from softcam_core.training.config import Config, DataConfig
from softcam_core.training.readings import Readings
from softcam_core.training.sources import read_data
from softcam_core.training.table import Table

_PATIENCE = 3.0  # seconds; a run that ends does not wait long for whoever writes to the study


@dataclass(frozen=True)
class Origin:
    """What of a study a run learns from.

    Attributes:
        study: its file.
        study_id: what tells it from all others.
        reader: whose marks and grades count.
        edit: last line of its history that counts.
        date: of that line.
        rules: how marks and grades become classes and guidance.
        used: annotations and cases.
        grades: number of grades that gave an image its class.
        digest: of all of it.
    """

    study: Path
    study_id: str
    reader: str
    edit: int
    date: str
    rules: dict[str, Any]
    used: TrainedOn
    grades: int
    digest: str

    def record(self) -> dict[str, Any]:
        """Return what a model says of it: names and numbers, no image and no patient."""
        return {
            "study": shown(self.study.name),
            "study_id": self.study_id,
            "reader": self.reader,
            "edit": self.edit,
            "date": self.date,
            "annotations": len(self.used.annotations),
            "grades": self.grades,
            "cases": len(self.used.cases),
            "rules": self.rules,
            "digest": self.digest,
        }

    def sentence(self) -> str:
        """Return it in a sentence, for the card."""
        marks, grades, cases = len(self.used.annotations), self.grades, len(self.used.cases)
        counts = [f"{marks:,} annotation{'s' * (marks != 1)}"] if marks or not grades else []
        counts += [f"{grades:,} grade{'s' * (grades != 1)}"] if grades else []
        date = f" as it was on {self.date}" if self.date else ""
        return (
            f"Trained on {' and '.join(counts)} of {cases:,} image{'s' * (cases != 1)} by "
            f"{self.reader} of the study {shown(self.study.name)}{date} "
            f"(digest {self.digest[:12]})."
        )


def origin_of(table: Table, config: Config) -> Origin | None:
    """Return what of its study a run learns from; None where its data are no study.

    Args:
        table: the images of the run that can be read.
        config: of the run; ``data.as_of`` says which state of the study counts.

    Raises:
        SoftcamError: the study cannot be read.
    """
    data = config.data
    if not data.study:
        return None
    readings = Readings(data, table.classes)
    marks, lines, grades = {}, [], 0
    for sample in table.samples:
        if sample.case is None or sample.split == "test":
            continue
        reading = readings.readings[sample.case]
        guided = config.loss.guidance > 0 and table.classes[sample.label] != data.healthy
        own = reading.lesions if guided or not reading.graded else ()
        line = [[mark.id, mark.modified.isoformat()] for mark in own]
        name = table.classes[sample.label]
        lines.append([sample.case, sample.split, name, reading.graded, line])
        if sample.split == "train":
            marks.update({mark.id: mark.modified for mark in own})
            grades += reading.graded
    return Origin(
        study=Path(data.study),
        study_id=readings.id,
        reader=readings.reader,
        edit=readings.state.edit,
        date=readings.date,
        rules=_rules(config, readings),
        used=TrainedOn(marks, _cases(table, "train"), _cases(table, "val")),
        grades=grades,
        digest=hashlib.sha256(json.dumps(sorted(lines)).encode()).hexdigest(),
    )


def record_in_study(origin: Origin, models: Iterable[Path], config: Config) -> str:
    """Let the study record what trained these models; return why it could not be, or "".

    What it knows already is not recorded again.

    Args:
        origin: from `origin_of`.
        models: their files; those that are not there are left out.
        config: of the run.
    """
    try:
        names = {
            model_id(file): f"{file.parent.name}/{file.name}" for file in models if is_file(file)
        }
        if not names:
            return ""
        if not is_file(origin.study):
            return f"The study {shown(origin.study)} is gone, so that it does not know its models."
        with Study.open(origin.study, _PATIENCE) as study:
            known = (t.models for t in study.trainings() if t.digest == origin.digest)
            for model in {model for models_of in known for model in models_of}:
                names.pop(model, None)
            if not names:
                return ""
            study.record_training(
                names,
                origin.used,
                reader=origin.reader,
                rules=origin.rules,
                config=hashlib.sha256(config.to_toml().encode()).hexdigest(),
                digest=origin.digest,
                edit=origin.edit,
                grades=origin.grades,
            )
    except SoftcamError as error:
        return f"The study could not record which models it trained: {error}"
    return ""


def last_edit(data: DataConfig) -> int:
    """Return the line of a study's history that a run which begins now goes by; 0 for a table.

    Raises:
        SoftcamError: the study cannot be read.
    """
    if not data.study or data.as_of or not is_file(Path(data.study)):
        return data.as_of
    with open_to_read(Path(data.study)) as study:
        return study.last_edit()


def as_begun(config: Config, began: Mapping[str, Any] | None, now: Callable[[], int]) -> Config:
    """Return a configuration that keeps what its study held, and its classes, when a run began.

    Args:
        config: of a run or a sweep.
        began: the plain tables of what it began with; None where it begins now.
        now: gives the line of history that counts if it begins now, see `last_edit`.
    """
    data = config.data
    if not data.study:
        return config
    if began is None:
        return replace(config, data=replace(data, as_of=now()))
    before = began["data"]
    edit, classes = data.as_of or before["as_of"], data.classes or tuple(before["classes"])
    return replace(config, data=replace(data, as_of=edit, classes=classes))


def read_again(data: DataConfig, classes: Iterable[str], split: Path) -> Table:
    """Return the images of a run that goes on: of a study, those that it began with.

    Reading and drawing go on while a run rests, so that its cases are those of its split.csv.

    Raises:
        ConfigError: anything wrong with the data.
    """
    wanted = tuple(classes)
    if not data.study:
        return read_data(data, wanted)
    plain = DataConfig(csv=str(split), format="table")
    return replace(read_data(plain, wanted), source=Path(data.study), format="study")


def _cases(table: Table, split: str) -> tuple[int, ...]:
    return tuple(s.case for s in table.samples if s.split == split and s.case is not None)


def _rules(config: Config, readings: Readings) -> dict[str, Any]:
    data, grading = config.data, readings.grading
    rules: dict[str, Any] = {
        "labels_from": data.labels_from,
        "grade_classes": grading.classes if grading.stated else {},
        "lesion_classes": dict(data.lesion_classes),
        "healthy": data.healthy,
        "guidance": config.loss.guidance,
    }
    if data.hard_model:
        rules |= {"hard_model": Path(data.hard_model).name, "hard_weight": data.hard_weight}
    return rules
