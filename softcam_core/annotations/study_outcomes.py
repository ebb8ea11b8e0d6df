"""The part of a study that holds what models say, its settings, and the grades it knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from softcam_core.annotations.records import ResultRecord

if TYPE_CHECKING:
    from softcam_core.annotations.outcomes import Outcomes

_GRADE_NAMES = "grade_names"


class StudyOutcomes:
    """Model results, settings and the names of grades; a base of `Study`."""

    _outcomes: Outcomes

    def store_result(
        self,
        case: int,
        model_id: str,
        classes: Sequence[str],
        logits: Sequence[float],
        probabilities: Sequence[float],
    ) -> None:
        """Store what a model says about a case, in place of what it said before.

        Raises:
            ValueError: the lists are not equally long.
        """
        self._outcomes.store_result(case, model_id, classes, logits, probabilities)

    def results(self, model_id: str) -> dict[int, ResultRecord]:
        """Return what a model said: case -> result."""
        return self._outcomes.results(model_id)

    def get_setting(self, key: str, default: Any = None) -> Any:
        """Return a setting of the study."""
        return self._outcomes.setting(key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Store a setting of the study, any value that JSON can hold."""
        self._outcomes.set_setting(key, value)

    def grade_names(self) -> list[str]:
        """Return the grades that a reader chooses from for a whole image, in order."""
        return list(self.get_setting(_GRADE_NAMES, []))

    def set_grade_names(self, names: Iterable[str]) -> None:
        """Replace the grades to choose from; grades that were given stay.

        Raises:
            ValueError: a name is empty or comes twice.
        """
        wanted = list(names)
        if len(set(wanted)) < len(wanted) or not all(wanted):
            raise ValueError(f"grades: expected names, each once, got {wanted}")
        self.set_setting(_GRADE_NAMES, wanted)
