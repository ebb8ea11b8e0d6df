"""Cases of a study become images with classes by the stated rules."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.annotations.truth import set_truth
from softcam_core.errors import ConfigError, StudyError
from softcam_core.training.config import DataConfig
from softcam_core.training.sources import read_data
from softcam_core.training.table import Table

BOX = [[2, 2], [9, 9]]


@pytest.fixture
def study(tmp_path: Path):
    with Study.open(tmp_path / "s.softcam") as opened:
        yield opened


def add(study: Study, count: int) -> list[int]:
    """Add images of 16 x 16 pixels, named case-00.png, case-01.png, ..."""
    folder = study.path.parent
    paths = [folder / f"case-{n:02d}.png" for n in range(count)]
    for path in paths:
        Image.new("L", (16, 16)).save(path)
    return study.add_cases(paths)


def draw(study: Study, case: int, label: str, reader: str = "r", kind: str = "box") -> int:
    return study.add_annotation(case, kind, BOX, label, reader)


def read(study: Study, **changed: object) -> Table:
    return read_data(replace(DataConfig(study=str(study.path)), **changed), need_val=False)


def classes_of(table: Table) -> dict[int, str]:
    return {s.case: table.classes[s.label] for s in table.samples}


def test_grades_are_classes_as_the_study_spells_them(study):
    one, two, three, _ = add(study, 4)
    study.set_grade_names(["No DR", "Mild"])
    for case, grade in ((one, "no dr"), (two, "mild "), (three, "Mild")):
        study.set_label(case, grade, "r")
    draw(study, three, "MA")
    table = read(study, labels_from="grades")
    assert table.classes == ("No DR", "Mild")
    study.set_grade_names(["Mild", "Severe", "No DR"])
    assert read(study, labels_from="grades").classes == ("Mild", "No DR")
    assert read(study, classes=("No DR", "Mild")).classes == ("No DR", "Mild")
    assert classes_of(table) == {one: "No DR", two: "Mild", three: "Mild"}
    assert table.left_out == {"no grade by r": 1}
    assert table.format == "study"
    assert any("classes of s.softcam are the grades by r" in note for note in table.notes)


def test_lesions_stand_for_classes(study):
    cases = add(study, 9)
    draw(study, cases[0], "MA")
    draw(study, cases[0], "ha")
    draw(study, cases[1], "drusen")
    draw(study, cases[2], "MA")
    draw(study, cases[2], "drusen")
    draw(study, cases[3], "scratch")
    draw(study, cases[4], "disc")
    draw(study, cases[5], "MA", kind="length")
    study.set_label(cases[6], "drusen", "r")
    study.set_status(cases[7], "done")
    given = {"MA": "DR", "HA": "DR", "disc": "", "drusen": "drusen"}
    settings = {"labels_from": "lesions", "lesion_classes": given}
    table = read(study, **settings)
    assert classes_of(table) == {cases[0]: "DR", cases[1]: "drusen"}
    assert table.left_out == {
        "lesions of several classes": 1,
        "lesions of no class": 1,
        "nothing is drawn, and it was not read to its end": 2,
        "nothing is drawn, and the grade is another class than data.healthy": 1,
        "nothing is drawn, and data.healthy names no class for that": 1,
        "not read by r": 1,
    }
    assert any("Lesions of scratch stand for no class" in note for note in table.notes)
    for case in (cases[4], cases[5]):
        study.set_status(case, "done")
    table = read(study, **settings, healthy="normal")
    assert table.classes == ("normal", "DR", "drusen")
    healthy = {case for case, name in classes_of(table).items() if name == "normal"}
    assert healthy == {cases[4], cases[5], cases[7]}


def test_a_label_without_a_rule_is_the_class_of_its_name_if_there_is_one(study):
    one, two, three = add(study, 3)
    draw(study, one, "CNV")
    draw(study, two, "drusen")
    draw(study, three, "MA")
    assert read(study).classes == ("CNV", "drusen", "MA")
    table = read_data(DataConfig(study=str(study.path)), ("cnv", "MA"), need_val=False)
    assert classes_of(table) == {one: "cnv", three: "MA"}
    assert table.left_out == {"lesions of no class": 1}
    # Where some labels are given classes, the others are none.
    table = read_data(
        DataConfig(study=str(study.path), lesion_classes={"MA": "DR", "CNV": "wet"}),
        need_val=False,
    )
    assert classes_of(table) == {one: "wet", three: "DR"}


def test_both_takes_the_grade_first(study):
    one, two, three = add(study, 3)
    study.set_label(one, "normal", "r")
    draw(study, one, "MA")
    draw(study, two, "MA")
    study.set_label(three, "DR", "r")
    table = read(study, lesion_classes={"MA": "DR"})
    assert classes_of(table) == {one: "normal", two: "DR", three: "DR"}


def test_healthy_needs_a_reading_to_its_end(study):
    done, locked, graded, opened, begun, others = add(study, 6)
    ill = add(study, 7)[6]
    draw(study, ill, "MA")
    study.set_status(done, "done")
    study.lock_read(study.start_read(locked, "r"))
    study.set_label(graded, "normal", "r")
    study.start_read(opened, "r")
    study.set_status(begun, "in progress")
    study.set_status(others, "done")
    draw(study, others, "MA", "other")
    table = read(study, reader="r", labels_from="lesions", healthy="normal")
    healthy = {case for case, name in classes_of(table).items() if name == "normal"}
    assert healthy == {done, locked, graded}


def test_grades_that_are_none_of_the_classes_are_left_out(study):
    one, two, three = add(study, 3)
    for case, grade in ((one, "mild"), (two, "ungradable"), (three, "no DR")):
        study.set_label(case, grade, "r")
    table = read(study, classes=("no DR", "mild"))
    assert classes_of(table) == {one: "mild", three: "no DR"}
    assert table.left_out == {"of the class ungradable": 1}


def test_several_readers_must_be_chosen_from(study):
    one, two, three = add(study, 3)
    for reader, grades in {"a": "xxy", "b": "xyy", "c": "xyx"}.items():
        for case, grade in zip((one, two, three), grades, strict=True):
            study.set_label(case, grade, reader)
    with pytest.raises(StudyError, match="a, b, c; choose one"):
        read(study)
    assert classes_of(read(study, reader="b")) == {one: "x", two: "y", three: "y"}
    assert classes_of(read(study, reader="majority")) == {one: "x", two: "y", three: "y"}
    with pytest.raises(ConfigError, match="one class only"):
        read_data(DataConfig(study=str(study.path), reader="union"))
    set_truth(study, "c", "a")
    assert classes_of(read(study)) == {one: "x", two: "y", three: "x"}
    with pytest.raises(StudyError, match="no reader d; choose one of a, b, c, union, majority"):
        read(study, reader="d")


def test_lesions_of_a_majority_and_of_a_union(study):
    one, two = add(study, 2)
    for reader in "ab":
        draw(study, one, "MA", reader)
    draw(study, one, "CNV", "c")
    draw(study, two, "CNV", "a")
    study.set_label(two, "?", "b")
    study.lock_read(study.start_read(two, "c"))
    table = read(study, reader="majority", labels_from="lesions")
    assert classes_of(table) == {one: "MA"}
    assert table.left_out == {"lesions of no class": 1}
    union = read(study, reader="union", labels_from="lesions")
    assert classes_of(union) == {two: "CNV"}


def test_whoever_drew_need_not_have_graded(study):
    one, two = add(study, 2)
    study.set_label(one, "normal", "given")
    study.set_label(two, "ill", "given")
    draw(study, two, "MA", "r")
    table = read(study, reader="r")
    assert classes_of(table) == {one: "normal", two: "ill"}
    assert any("r graded nothing in s.softcam" in note for note in table.notes)


def test_patients_of_dicom_files_stay_together_and_unknown(study, tmp_path):
    from softcam_core.phantoms.cxr import cxr
    from softcam_core.phantoms.dicom import write_dicom

    paths = [tmp_path / f"{n}.dcm" for n in range(24)]
    for n, path in enumerate(paths):
        write_dicom(cxr("normal", n, size=128), path, f"PHANTOM^{n // 3}")
    for n, case in enumerate(study.add_cases(paths)):
        study.set_label(case, "ill" if n // 3 % 2 else "normal", "r")
    table = read_data(DataConfig(study=str(study.path), shares=(0.5, 0.5, 0.0)))
    of_patient = Counter(s.patient for s in table.samples)
    assert set(of_patient.values()) == {3}
    assert not any("PHANTOM" in patient for patient in of_patient)
    splits = {(s.patient, s.split) for s in table.samples}
    assert len(splits) == len(of_patient) == 8
    assert {s.split for s in table.samples} == {"train", "val"}
    assert not any("patient of its own" in note for note in table.notes)


def test_the_split_is_drawn_by_shares_and_seed(study):
    for n, case in enumerate(add(study, 40)):
        study.set_label(case, "ab"[n % 2], "r")
    table = read(study, shares=(0.5, 0.25, 0.25), split_seed=3)
    assert {k: sum(v.values()) for k, v in table.counts().items()} == {
        "train": 20,
        "val": 10,
        "test": 10,
    }
    assert table.digest() != read(study, shares=(0.5, 0.25, 0.25), split_seed=4).digest()
    assert any("each image counts as a patient of its own" in note for note in table.notes)
    named = read(study, patient_from=r"case-(\d)")
    assert {s.patient for s in named.samples} == set("0123")


def test_cases_of_other_modalities_are_left_out(study):
    for n, case in enumerate(add(study, 12)):
        study.set_label(case, "ab"[n % 2], "r")
        study.set_modality(case, ("fundus", "oct", "")[n % 3])
    table = read(study, modality="fundus")
    assert len(table.samples) == 8
    assert table.left_out == {"of the modality oct": 4}
    with pytest.raises(ConfigError, match=r"several kinds \(4 fundus, 4 oct\); set data.modality"):
        read(study)


def test_a_small_study_has_no_test_set(study):
    for n, case in enumerate(add(study, 8)):
        study.set_label(case, "ab"[n % 2], "r")
    table = read_data(DataConfig(study=str(study.path)))
    assert table.counts() == {
        "train": {"a": 3, "b": 3},
        "val": {"a": 1, "b": 1},
        "test": {"a": 0, "b": 0},
    }
    assert any("too few cases for a test set" in note for note in table.notes)


def test_missing_images_are_told(study):
    cases = add(study, 3)
    for n, case in enumerate(cases):
        study.set_label(case, "ab"[n % 2], "r")
    (study.path.parent / "case-01.png").unlink()
    table = read(study)
    assert len(table.samples) == 3
    assert any("1 image of the study is missing" in n and "case-01" in n for n in table.notes)


def test_only_some_cases_as_they_were_once(study):
    one, two, three = add(study, 3)
    for case in (one, two, three):
        study.set_label(case, "x", "r")
    edit = study.last_edit()
    study.set_label(two, "y", "r")
    draw(study, three, "MA")
    assert set(classes_of(read(study)).values()) == {"x", "y"}
    assert classes_of(read(study, as_of=edit)) == {one: "x", two: "x", three: "x"}
    assert classes_of(read(study, cases=(one, two))) == {one: "x", two: "y"}
    with pytest.raises(ConfigError, match="no case 9"):
        read(study, cases=(one, 9))


def test_mistakes_are_one_sentence(study, tmp_path):
    with pytest.raises(ConfigError, match=r"There is no study .*none\.softcam"):
        read_data(DataConfig(study=str(tmp_path / "none.softcam")))
    with pytest.raises(StudyError, match="Nobody has marked anything"):
        read(study)
    (one, *_) = add(study, 2)
    draw(study, one, "MA", kind="length")
    with pytest.raises(ConfigError, match=r"No case of s\.softcam has a class \(1 of 2: "):
        read(study)
    with pytest.raises(ConfigError, match="'DR', which is none of the classes a, b"):
        read(study, lesion_classes={"MA": "DR"}, classes=("a", "b"))
    draw(study, one, "MA")
    with pytest.raises(ConfigError, match="one class only"):
        read_data(DataConfig(study=str(study.path)))
    for case, grade in zip(add(study, 2), "xy", strict=True):
        study.set_label(case, grade, "r")
    with pytest.raises(ConfigError, match="too few images to draw a validation set; read more"):
        read_data(DataConfig(study=str(study.path)))


def test_a_study_that_can_only_be_read(study, monkeypatch):
    one, two = add(study, 2)
    study.set_label(one, "a", "r")
    study.set_label(two, "b", "r")
    study.close()
    before = study.path.read_bytes()
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    monkeypatch.setattr("softcam_core.annotations.database.Database.write", None)
    table = read_data(DataConfig(study=str(study.path)), need_val=False)
    assert classes_of(table) == {one: "a", two: "b"}
    assert study.path.read_bytes() == before


def test_masks_of_any_size_do_not_matter_to_the_classes(study):
    one, two = add(study, 2)
    study.add_annotation(one, "mask", mask=np.eye(16, dtype=bool), label="MA", reader="r")
    study.add_annotation(two, "point", [[3, 3]], "HE", "r")
    assert classes_of(read(study)) == {one: "MA", two: "HE"}
