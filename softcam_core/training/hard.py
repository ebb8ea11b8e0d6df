"""Hard cases: those in which the readers of a study and a model disagree.

What the model says is what the study keeps of it: the window predicts the cases of its study in the
background and stores what the model said. Cases that the model has not seen, and those whose class
it does not know, are neither hard nor easy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from softcam_core.annotations.opening import open_to_read
from softcam_core.annotations.spelling import Spelling
from softcam_core.annotations.study import Study
from softcam_core.errors import ConfigError
from softcam_core.models.header import model_id
from softcam_core.paths import shown
from softcam_core.training.config import DataConfig
from softcam_core.training.readings import Readings


@dataclass(frozen=True)
class HardCase:
    """A case in which reader and model disagree.

    Attributes:
        case: its id.
        reader_class: its class by the readers who count.
        model_class: the class that the model gives most to.
        probability: what the model gives to that class, 0 to 1.
    """

    case: int
    path: Path
    reader_class: str
    model_class: str
    probability: float


@dataclass(frozen=True)
class HardCases:
    """How readers and a model agree.

    Attributes:
        reader: whose marks and grades count.
        model: name of the model's file.
        cases: in which they disagree, those of which the model is surest first.
        agreed: number of cases in which they agree.
        unseen: number of cases that have a class and that the model has not seen.
        unknown: number of cases whose class is none of the model's.
    """

    reader: str
    model: str
    cases: tuple[HardCase, ...]
    agreed: int
    unseen: int
    unknown: int


def hard_cases(
    study: Study, reader: str | None, model_file: Path, data: DataConfig | None = None
) -> HardCases:
    """Return the cases of a study in which its readers and a model disagree.

    Args:
        study: an open study.
        reader: whose marks and grades count; None: see `resolve_truth`.
        model_file: of the model, whose predictions the study has.
        data: how cases get their class; None for the default rules.

    Raises:
        SoftcamError: no such reader, no model, or the study has no predictions of it.
    """
    given = data or DataConfig()
    path = str(study.path)
    return hard_cases_of(Readings(replace(given, study=path, reader=reader or "")), model_file)


def hard_cases_of(readings: Readings, model_file: Path) -> HardCases:
    """Return the cases in which a model disagrees with readings; see `hard_cases`."""
    name = shown(model_file.name)
    with open_to_read(readings.path) as study:
        results = study.results(model_id(model_file))
    labels = {case: r.label for case, r in readings.readings.items() if r.label}
    if not results.keys() & labels.keys():
        raise ConfigError(
            f"The study {readings.name} holds no predictions of {name} for the cases to train on; "
            "open study and model in the window, which stores them, or set data.hard_model to "
            "another file."
        )
    found, agreed, unknown = list[HardCase](), 0, 0
    for case in readings.cases:
        if case.id not in labels or case.id not in results:
            continue
        result, label = results[case.id], labels[case.id]
        said = Spelling(result.classes)(label)
        top = max(range(len(result.classes)), key=result.probabilities.__getitem__)
        if said not in result.classes:
            unknown += 1
        elif result.classes[top] == said:
            agreed += 1
        else:
            chance = result.probabilities[top]
            found.append(HardCase(case.id, case.path, label, result.classes[top], chance))
    if not found and not agreed:
        classes = ", ".join(next(iter(results.values())).classes)
        raise ConfigError(
            f"{name} knows none of the classes of {readings.name}; its classes are {classes}."
        )
    found.sort(key=lambda one: (-one.probability, one.case))
    unseen = len(labels.keys() - results.keys())
    return HardCases(readings.reader, name, tuple(found), agreed, unseen, unknown)
