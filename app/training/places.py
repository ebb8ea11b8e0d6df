"""Where trainings lie."""

from __future__ import annotations

from pathlib import Path

from app.places import dated_folder
from app.state import ViewerState
from app.training.words import tr
from softcam_core.annotations.location import user_data_dir
from softcam_core.errors import TrainingError

WITHOUT_STUDY = "tables"


def folder_of(state: ViewerState) -> Path:
    """Return where the trainings of the open study lie, in the user's data folder."""
    study = state.study
    name = WITHOUT_STUDY if study is None else f"{study.path.stem[:40]}-{study.id[:12]}"
    return user_data_dir() / "training" / name


def new_folder(folder: Path, word: str) -> Path:
    """Make a folder of its own for a training that begins now, and return it.

    Raises:
        TrainingError: it cannot be made.
    """
    try:
        return dated_folder(folder, word.replace(" ", "-"))
    except OSError as error:
        text = tr(
            "The folder {0} cannot be written to ({1}); make room there or set SOFTCAM_DATA_DIR to "
            "another folder."
        )
        raise TrainingError(text.format(folder, error.strerror)) from error
