"""Which class of a model a reader's grade stands for."""

from __future__ import annotations

import pytest

from softcam_core.annotations.labels import presets
from softcam_core.training.matching import ClassOfGrade

FIVE = ("no DR", "mild NPDR", "moderate NPDR", "severe NPDR", "proliferative DR")


def test_the_grades_of_the_program_are_classes_of_a_model_of_retinopathy() -> None:
    class_of = ClassOfGrade(FIVE)
    assert tuple(map(class_of, presets()["fundus"].grades)) == FIVE
    assert class_of.matched(presets()["fundus"].grades) == {"PDR": "proliferative DR"}
    assert class_of.unmatched(["pdr", "Severe  NPDR", "glaucoma"]) == ["glaucoma"]


@pytest.mark.parametrize(
    ("classes", "grade", "meant"),
    [
        (("no DR", "DR"), "No DR", "no DR"),
        (("no DR", "DR"), "Mild NPDR", "DR"),
        (("DR", "no DR"), "PDR", "DR"),
        (("Normal", "AMD"), "Late AMD", "AMD"),
        (("Normal", "Drusen"), "CNV", ""),
        (("Normal", "Pneumonia"), "lung opacity", "Pneumonia"),
        (("Normal", "Pneumonia"), "Other", ""),
        (("no DR", "PDR"), "moderate NPDR", ""),
        (("healthy", "mild", "severe"), "severe NPDR", ""),
        (("mild",), "mild NPDR", ""),
        (("a", "b"), "B", "b"),
        (FIVE, "", ""),
    ],
)
def test_names_on_a_scale_are_matched_and_others_are_not(
    classes: tuple[str, ...], grade: str, meant: str
) -> None:
    assert ClassOfGrade(classes)(grade) == meant


def test_what_the_model_was_taught_goes_first() -> None:
    rules = {"Moderate NPDR": "referable", "mild npdr": "not", "PDR": "", "odd": "no such class"}
    class_of = ClassOfGrade(
        ("not", "referable"), {"annotations": {"rules": {"grade_classes": rules}}}
    )
    assert class_of("moderate NPDR") == "referable"
    assert class_of("Mild NPDR") == "not"
    assert class_of("PDR") == ""
    assert class_of("odd") == ""


@pytest.mark.parametrize("training", [{}, {"annotations": 3}, {"annotations": {"rules": []}}])
def test_a_record_that_says_nothing_of_grades_teaches_nothing(training: dict[str, object]) -> None:
    assert ClassOfGrade(FIVE, training)("PDR") == "proliferative DR"
