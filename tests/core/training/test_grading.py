"""What grades mean: said by the user, or known by name."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.errors import ConfigError
from softcam_core.phantoms.cxr import CXR_LABELS
from softcam_core.phantoms.fundus import FUNDUS_GRADES
from softcam_core.resources import resource_path
from softcam_core.training.config import Config, DataConfig, load_config
from softcam_core.training.grading import (
    CHEST,
    MACULA,
    RETINOPATHY,
    SCANS,
    Grading,
    healthy_against_rest,
)
from softcam_core.training.provenance import origin_of
from softcam_core.training.recipes import find_recipe
from softcam_core.training.sources import kaggle, oct, read_data, rsna
from softcam_core.training.table import Table

FIVE = ["No DR", "Mild NPDR", "Moderate NPDR", "Severe NPDR", "PDR"]


@pytest.fixture
def study(tmp_path: Path):
    with Study.open(tmp_path / "s.softcam") as opened:
        yield opened


def graded(study: Study, grades: list[str], modality: str = "fundus", reader: str = "r") -> None:
    folder, count = study.path.parent, len(study.cases())
    paths = [folder / f"{count + n:02d}.png" for n in range(len(grades))]
    for path in paths:
        Image.new("L", (16, 16)).save(path)
    for case, grade in zip(study.add_cases(paths, modality), grades, strict=True):
        study.set_label(case, grade, reader)


def read(study: Study, **changed: object) -> Table:
    return read_data(replace(DataConfig(study=str(study.path)), **changed), need_val=False)


def names(table: Table) -> list[str]:
    return [table.classes[s.label] for s in table.samples]


@pytest.mark.parametrize(
    ("modality", "scale"), [("fundus", RETINOPATHY), ("oct", MACULA), ("cxr", CHEST)]
)
def test_the_grades_that_the_program_offers_are_known(modality, scale):
    file = resource_path("labels") / f"{modality}.json"
    offered = json.loads(file.read_text(encoding="utf-8"))["grades"]
    known = [[name.casefold() for name in level] for level in scale.levels]
    assert len(offered) == len(known)
    assert all(name.casefold() in level for name, level in zip(offered, known, strict=True))


def test_the_grades_of_the_papers_data_sets_are_known():
    for grades in (kaggle.GRADES, FUNDUS_GRADES):
        pairs = zip(grades, RETINOPATHY.levels, strict=True)
        assert all(name in level for name, level in pairs)
    assert RETINOPATHY.binary == tuple((name,) for name in kaggle.BINARY)
    assert SCANS.levels == tuple((name,) for name in oct.CLASSES)
    assert SCANS.binary == tuple((name,) for name in oct.BINARY)
    assert rsna.HEALTHY in CHEST.levels[0]
    assert rsna.ILL in CHEST.levels[1]
    assert rsna.BETWEEN in CHEST.levels[2]
    assert CXR_LABELS[1] in CHEST.levels[1]


def test_grades_stand_for_the_classes_that_the_user_says(study):
    graded(study, ["No DR", "mild npdr", "PDR", "ungradable", "Severe NPDR", "DR"])
    study.set_grade_names([*reversed(FIVE), "ungradable"])
    means = {"no dr": "healthy", "Mild NPDR": "DR", "PDR": "DR", "ungradable": ""}
    table = read(study, labels_from="grades", grade_classes=means)
    assert table.classes == ("healthy", "DR")
    assert names(table) == ["healthy", "DR", "DR", "DR"]
    assert table.left_out == {
        "of the grade ungradable, which is no class": 1,
        "of the grade Severe NPDR, which is no class": 1,
    }
    (rule,) = (note for note in table.notes if "the grades by r" in note)
    assert "No DR for healthy" in rule
    assert "ungradable and Severe NPDR for none" in rule or "Severe NPDR and ungradable" in rule


def test_the_order_of_the_classes_can_be_said(study):
    graded(study, FIVE)
    means = {"No DR": "no DR", **dict.fromkeys(FIVE[1:], "DR")}
    assert read(study, grade_classes=means).classes == ("no DR", "DR")
    study.set_grade_names(FIVE[::-1])
    assert read(study, grade_classes=means).classes == ("no DR", "DR")
    assert read(study, grade_classes=means, classes=("DR", "no DR")).classes == ("DR", "no DR")
    with pytest.raises(ConfigError, match=r"data\.grade_classes names the class 'ill'"):
        read(study, grade_classes={"PDR": "ill"}, classes=("DR", "no DR"))


def test_classes_lie_in_the_order_of_their_grades(study):
    graded(study, ["PDR", "Severe NPDR", "Mild NPDR", "No DR", "Moderate NPDR"])
    assert read(study).classes == tuple(FIVE)
    means = {"Mild NPDR": "early", "Moderate NPDR": "early", "Severe NPDR": "late", "PDR": "late"}
    table = read(study, grade_classes={**means, "No DR": "no DR"})
    assert table.classes == ("no DR", "early", "late")


def test_a_grade_that_stands_for_no_class_is_not_read_by_its_lesions(study):
    graded(study, ["No DR", "ungradable", "PDR"])
    study.add_annotation(2, "box", [[2, 2], [9, 9]], "MA", "r")
    means = {"No DR": "no DR", "PDR": "DR", "ungradable": ""}
    table = read(study, grade_classes=means, lesion_classes={"MA": "DR"})
    assert names(table) == ["no DR", "DR"]


def test_a_healthy_case_is_healthy_by_the_class_of_its_grade(study):
    graded(study, ["clear", "PDR"])
    study.add_annotation(2, "box", [[2, 2], [9, 9]], "MA", "r")
    settings = {"labels_from": "lesions", "lesion_classes": {"MA": "DR"}, "healthy": "no DR"}
    assert names(read(study, **settings)) == ["DR"]
    assert names(read(study, **settings, grade_classes={"clear": "no DR"})) == ["no DR", "DR"]


@pytest.mark.parametrize("grades", [FIVE, list(FUNDUS_GRADES), list(kaggle.GRADES)])
def test_the_papers_binary_recipe_parts_the_five_grades(study, grades):
    graded(study, [grade for grade in grades for _ in range(4)])
    recipe = find_recipe("paper/fundus-binary-resnet50-sparse")
    config = load_config(recipe, [f"data.study={study.path}"])
    table = read_data(config.data)
    assert table.classes == ("no DR", "DR")
    assert names(table) == ["no DR"] * 4 + ["DR"] * 16
    assert any(f"{grades[3]} and {grades[4]} for DR" in note for note in table.notes)
    # The window names no classes.
    assert names(read(study, task="binary")).count("DR") == 16


def test_the_papers_recipe_of_five_classes_knows_the_other_names_of_the_grades(study):
    graded(study, FIVE * 2)
    recipe = find_recipe("paper/fundus-multiclass-resnet50-sparse")
    config = load_config(recipe, [f"data.study={study.path}"])
    table = read_data(config.data, need_val=False)
    assert table.classes == kaggle.GRADES
    assert names(table) == [*kaggle.GRADES] * 2


def test_two_classes_of_scans_leave_out_the_others(study):
    graded(study, ["NORMAL", "Drusen", "DME", "CNV", "Drusen", "fluid"], "oct")
    table = read(study, task="binary", classes=("Normal", "Drusen"), modality="oct")
    assert names(table) == ["Normal", "Drusen", "Drusen"]
    assert sum(table.left_out.values()) == 3
    assert read(study, task="binary").classes == ("NORMAL", "Drusen")


def test_two_classes_of_films_and_of_maculae(study):
    graded(study, ["Normal", "Pneumonia", "Other"], "cxr")
    table = read(study, task="binary", classes=("Normal", "Lung Opacity"))
    assert names(table) == ["Normal", "Lung Opacity"]
    graded(study, ["Normal", "Early AMD", "Late AMD"], "oct")
    assert names(read(study, task="binary", modality="oct")) == ["Normal", "AMD", "AMD"]
    # What is asked for is none of these grades.
    table = read(study, task="binary", classes=("Normal", "Drusen"), modality="oct")
    assert names(table) == ["Normal"]


def test_what_is_unknown_stays_as_it_is(study):
    graded(study, ["no DR", "DR", "no DR"])
    assert names(read(study, task="binary")) == ["no DR", "DR", "no DR"]
    graded(study, ["mild NPDR"])
    assert names(read(study, classes=("no DR", "mild NPDR"), task="binary")).count("mild NPDR") == 1
    assert read(study).classes == ("no DR", "mild NPDR", "DR")


def test_scans_are_not_known_among_films(study):
    graded(study, ["Normal", "Drusen", "CNV"], "cxr")
    with pytest.raises(ConfigError, match=r"3 classes, and data\.task is binary"):
        read(study, task="binary", modality="cxr")
    assert read(study, task="binary").classes == ("Normal", "Drusen")


def test_what_the_user_says_goes_before_what_is_known(study):
    graded(study, FIVE)
    means = {**dict.fromkeys(FIVE[:2], "no or mild"), **dict.fromkeys(FIVE[2:], "referable")}
    table = read(study, task="binary", grade_classes=means)
    assert table.classes == ("no or mild", "referable")


def test_more_than_two_classes_of_a_task_of_two_say_what_to_do(study):
    graded(study, ["a", "b", "c"])
    with pytest.raises(ConfigError, match=r"say in data\.grade_classes what its grades mean"):
        read_data(DataConfig(study=str(study.path), task="binary"))


def test_readers_agree_on_classes(study):
    graded(study, ["Mild NPDR", "No DR"])
    for reader, grades in {"b": ("PDR", "no dr"), "c": ("Severe NPDR", "Mild NPDR")}.items():
        for case, grade in enumerate(grades, 1):
            study.set_label(case, grade, reader)
    assert names(read(study, reader="majority", task="binary")) == ["DR", "No DR"]
    assert names(read(study, reader="union", task="binary")) == ["DR"]
    assert names(read(study, reader="majority")) == ["No DR"]


def test_the_record_of_a_training_has_the_meaning(study):
    graded(study, FIVE * 2)
    config = Config(data=DataConfig(study=str(study.path), task="binary", shares=(0.5, 0.5, 0.0)))
    origin = origin_of(read_data(config.data, need_val=False), config)
    assert origin is not None
    wanted = {grade: "DR" if n else "No DR" for n, grade in enumerate(FIVE)}
    assert origin.rules["grade_classes"] == wanted
    # The same again, once the classes have their order.
    pinned = replace(config, data=replace(config.data, classes=("No DR", "DR")))
    again = origin_of(read_data(pinned.data, need_val=False), pinned)
    assert again is not None
    assert again.rules == origin.rules
    plain = replace(config, data=replace(config.data, task=""))
    table = read_data(plain.data, need_val=False)
    found = origin_of(table, plain)
    assert found is not None
    assert found.rules["grade_classes"] == {}


def test_healthy_against_the_rest():
    assert healthy_against_rest(FIVE) == {"No DR": "No DR", **dict.fromkeys(FIVE[1:], "DR")}
    assert healthy_against_rest(["bad", "worse"]) == {"bad": "bad", "worse": "abnormal"}
    scans = ["CNV", "Normal", "Drusen"]
    assert healthy_against_rest(scans) == {
        "CNV": "abnormal",
        "Normal": "Normal",
        "Drusen": "abnormal",
    }
    assert healthy_against_rest([]) == {}


def test_all_grades_have_a_class_where_nothing_is_said():
    grading = Grading(DataConfig(), (), ["b", " B ", "a"], [])
    assert grading.classes == {"a": "a", "B": "B"}
    assert grading.rule() == ""


def test_a_table_has_no_grades(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text('[data]\ncsv = "x.csv"\ngrade_classes = { a = "b" }\n')
    with pytest.raises(ConfigError, match=r"data\.grade_classes .* set data\.study too"):
        load_config(file)
