"""``softcam annotations trainings``: which models were trained on a study."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from softcam_core.cli.common import Json, print_json
from softcam_core.errors import StudyError
from softcam_core.paths import exists, shown

if TYPE_CHECKING:
    from softcam_core.annotations.trained import TrainedModel


def trainings(
    study: Annotated[Path, typer.Argument(help="Study file (.softcam).", metavar="STUDY")],
    json: Json = False,
) -> None:
    """List the models that the study's marks and grades trained, and what was changed since."""
    from softcam_core.annotations.study import Study
    from softcam_core.annotations.trained import trained_models

    if not exists(study):
        raise StudyError(f"There is no study {study}; check its name and folder.")
    with Study.open(study, read_only=True) as opened:
        models = trained_models(opened)
    if json:
        for model in models:
            print_json({**asdict(model), "time": model.time.isoformat()})
        return
    if not models:
        print(f"No training with {shown(study.name)} is recorded")
    wide = max((len(shown(model.name)) for model in models), default=0)
    for model in models:
        print(f"{shown(model.name):{wide}}  {_line(model)}")


def _line(model: TrainedModel) -> str:
    counts = f"{model.marks:,} marks ({model.changed:,} changed since), "
    counts += f"{model.grades:,} grades ({model.regraded:,} changed since), "
    return f"{model.time:%Y-%m-%d %H:%M} UTC  {model.reader}: {counts}{model.cases:,} images"
