"""Which class of a model a grade stands for, where a reader and the model name it differently.

First counts what the model learnt from the grades of a study (``data.grade_classes`` of its
training), then the class of the grade's own name, then the scales that are known by name
(`softcam_core.training.grading.SCALES`): PDR is the class "proliferative DR", and moderate NPDR is
the class "DR" of a model that knows no DR and DR alone. Free of torch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from softcam_core.annotations.spelling import Spelling
from softcam_core.training.grading import meaning_of_scale


class ClassOfGrade:
    """Returns the class of one model for each grade, "" where it stands for none."""

    def __init__(self, classes: Sequence[str], training: Mapping[str, Any] | None = None) -> None:
        """Know the model's classes, and the record of its training where there is one."""
        self._classes = tuple(classes)
        self._own = Spelling(self._classes)
        self._learnt = _learnt(training or {}, self._classes)
        self._learnt_names = Spelling(self._learnt)
        self._scale = meaning_of_scale(self._classes)
        self._scale_names = Spelling(self._scale)

    def __call__(self, grade: str) -> str:
        """Return the class of a grade in any spelling."""
        learnt = self._learnt_names(grade)
        if learnt in self._learnt:
            return self._learnt[learnt]
        own = self._own(grade)
        return own if own in self._classes else self._scale.get(self._scale_names(grade), "")

    def matched(self, grades: Iterable[str]) -> dict[str, str]:
        """Return class by grade of those that stand for another class than that of their name.

        A grade that the training left out stands for "".
        """
        found = {}
        for grade in sorted(set(grades)):
            own, meant = self._own(grade), self(grade)
            if meant != (own if own in self._classes else ""):
                found[grade] = meant
        return found

    def unmatched(self, grades: Iterable[str]) -> list[str]:
        """Return the grades that stand for no class."""
        return sorted({grade for grade in grades if not self(grade)})


def _learnt(training: Mapping[str, Any], classes: Sequence[str]) -> dict[str, str]:
    """Return what the grades meant that the model was trained on; empty where nothing was said."""
    record = training.get("annotations")
    rules = record.get("rules") if isinstance(record, Mapping) else None
    said = rules.get("grade_classes") if isinstance(rules, Mapping) else None
    if not isinstance(said, Mapping):
        return {}
    return {str(grade): str(name) for grade, name in said.items() if name in ("", *classes)}
