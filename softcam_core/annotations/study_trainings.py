"""The part of a study that says which of its annotations trained which models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from softcam_core.annotations.arguments import check_json, check_name
from softcam_core.annotations.records import TrainedOn, TrainingRecord

if TYPE_CHECKING:
    from softcam_core.annotations.trainings import Trainings


class StudyTrainings:
    """The trainings with a study; a base of `Study`."""

    _trainings: Trainings

    def record_training(
        self,
        models: Mapping[str, str],
        used: TrainedOn,
        *,
        reader: str,
        rules: Mapping[str, Any],
        config: str,
        digest: str,
        edit: int,
        grades: int = 0,
    ) -> int:
        """Append a training, which nobody can change, and an event; return the training's number.

        Args:
            models: id of each model file of the run -> its name.
            used: annotations and cases.
            reader: whose marks and grades counted: a name, ``union``, ``majority``, ...
            rules: how they became classes and guidance; values that JSON can hold.
            config: digest of the training's configuration.
            digest: of the annotations, grades and cases.
            edit: last line of history that counted.
            grades: how many image-level grades counted.

        Raises:
            ValueError: JSON cannot hold the rules, or there is no model.
            StudyError: the study cannot be written.
        """
        check_name("reader", reader)
        check_json("rules", dict(rules))
        if not models:
            raise ValueError("models: expected one or more, got none")
        return self._trainings.record(models, used, reader, rules, config, digest, edit, grades)

    def trainings(self, model_id: str | None = None) -> list[TrainingRecord]:
        """Return the trainings in order; with ``model_id`` those that made this model."""
        return self._trainings.all(model_id)

    def trained_on(self, training: int) -> TrainedOn:
        """Return the annotations and cases of a training.

        Raises:
            StudyError: the study has no such training.
        """
        return self._trainings.content(training)
