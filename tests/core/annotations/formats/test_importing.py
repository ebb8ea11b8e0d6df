"""Import: a plan that changes nothing, then one undo step; nothing guessed, nothing twice."""

import json
from pathlib import Path

import numpy as np
import pytest

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import apply_import, plan_import
from softcam_core.errors import CancelledError, SoftcamError, StudyError
from tests.core.annotations.formats.conftest import (
    HEIGHT,
    WIDTH,
    make_study,
    mark_all,
    plain,
    write_json,
)


def coco(tmp_path: Path, *names: str, size=(WIDTH, HEIGHT), box=(1, 2, 3, 4)) -> Path:
    """A COCO file with the same box in each image."""
    return write_json(
        tmp_path,
        {
            "images": [
                {"id": i, "file_name": name, "width": size[0], "height": size[1]}
                for i, name in enumerate(names)
            ],
            "annotations": [
                {"image_id": i, "category_id": 1, "bbox": list(box)} for i in range(len(names))
            ],
            "categories": [{"id": 1, "name": "MA"}],
        },
        "in.json",
    )


def paths_of(study, plan) -> list[str]:
    return [study.case(case.case).path.name for case in plan.cases]


def test_a_plan_changes_nothing(study, tmp_path):
    before = study.path.read_bytes()
    plan = plan_import(study, coco(tmp_path, "eye.png", "no.png"), "coco")
    assert plan.added == 1
    assert plan.counts == {("MA", "box"): 1}
    assert plan.unmatched == ["no.png"]
    assert plan.readers == ["imported"]
    assert study.annotations() == []
    assert study.events() == []
    assert study.path.read_bytes() == before


FOLDERS = ("left/eye.png", "right/eye.png", "right/fovea.png", "right/disc.jpg", "right/disc.png")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("left/eye.png", "left/eye.png"),
        ("left\\eye.png", "left/eye.png"),
        ("./left/eye.png", "left/eye.png"),
        ("images/left/eye.png", "left/eye.png"),
        ("elsewhere/fovea.png", "right/fovea.png"),
        ("fovea.png", "right/fovea.png"),
        ("fovea.tif", "right/fovea.png"),
        ("fovea", "right/fovea.png"),
        ("/root/x/fovea.png", "right/fovea.png"),
        ("C:\\x\\fovea.png", "right/fovea.png"),
        ("../../etc/fovea.png", "right/fovea.png"),
        ("right/disc.jpg", "right/disc.jpg"),
        ("disc.png", "right/disc.png"),
        ("right/disc_png", "right/disc.png"),
    ],
)
def test_images_match_by_path_else_name_else_stem(tmp_path, name, expected):
    with make_study(tmp_path, *FOLDERS) as study:
        plan = plan_import(study, coco(tmp_path, name), "coco")
        assert [case.name for case in plan.cases] == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "eye.png",
        "eye",
        "disc.tif",
        "../left/eye.png",
        "/data/left/eye.png",
        "left/../right/eye.png",
        "nowhere/eye.png",
    ],
)
def test_a_doubtful_name_means_none(tmp_path, name):
    with make_study(tmp_path, *FOLDERS) as study:
        plan = plan_import(study, coco(tmp_path, name), "coco")
        assert plan.cases == []
        assert len(plan.ambiguous[name]) == 2


@pytest.mark.parametrize("name", ["", "..", "/", "../", ".", "C:", "x/", "\0", "a" * 5000, "*"])
def test_senseless_names_match_nothing(study, tmp_path, name):
    plan = plan_import(study, coco(tmp_path, name), "coco")
    assert plan.cases == []


def test_another_image_of_the_same_stem_is_not_mistaken(tmp_path):
    """The file has eye.png and eye.jpg, the study eye.png alone."""
    with make_study(tmp_path, "eye.png") as study:
        plan = plan_import(study, coco(tmp_path, "eye.jpg", "eye.png"), "coco")
        assert plan.added == 1
        assert plan.unmatched == ["eye.jpg"]


def test_importing_twice_adds_nothing(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 2], [4, 6]], "MA", "anna")
    path = coco(tmp_path, "eye.png")
    assert apply_import(study, plan_import(study, path, "coco")).added == 1
    plan = plan_import(study, path, "coco")
    assert (plan.added, plan.present) == (0, 1)
    apply_import(study, plan)
    assert len(study.annotations()) == 2
    assert plan_import(study, path, "coco", reader="anna").added == 0


@pytest.mark.parametrize("format_id", ["coco", "labelme", "geojson"])
def test_an_export_brings_nothing_new_to_its_own_study(study, case, tmp_path, format_id):
    mark_all(study, case)
    study.add_annotation(case, "box", [[1, 2], [4, 6]], "MA", attributes={"hidden": True})
    study.set_label(case, "mild")
    export_study(study, format_id, tmp_path / "out")
    plan = plan_import(study, tmp_path / "out", format_id)
    assert (plan.added, plan.present) == (0, 10)
    assert all(not planned.grades for planned in plan.cases)


def test_the_same_mark_twice_in_a_file_stays_two(study, tmp_path):
    path = coco(tmp_path, "eye.png")
    content = json.loads(path.read_text())
    content["annotations"] *= 2
    path.write_text(json.dumps(content))
    apply_import(study, plan_import(study, path, "coco"))
    assert len(study.annotations()) == 2
    assert plan_import(study, path, "coco").added == 0


def test_of_two_marks_that_are_the_same_one_may_be_there_already(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 2], [4, 6]], "MA", "imported")
    path = coco(tmp_path, "eye.png")
    content = json.loads(path.read_text())
    content["annotations"] *= 2
    path.write_text(json.dumps(content))
    plan = plan_import(study, path, "coco")
    assert (plan.added, plan.present) == (1, 1)


def test_an_import_is_one_undo_step_and_an_event(tmp_path):
    with make_study(tmp_path, "a.png", "b.png") as study:
        mark_all(study, study.cases()[0].id, reader="anna")
        study.set_label(study.cases()[1].id, "mild", "béla")
        export_study(study, "coco", tmp_path / "out")
        while study.undo() is not None:
            pass
        before = [plain(study.annotations()), study.grades(study.cases()[1].id)]
        apply_import(study, plan_import(study, tmp_path / "out", "coco"), by="carol")
        assert len(study.annotations()) == 9
        assert study.grades(study.cases()[1].id) == {"béla": "mild"}
        assert study.undo_text("carol") == "Import coco out"
        assert not study.can_undo("anna")
        study.undo("carol")
        assert [plain(study.annotations()), study.grades(study.cases()[1].id)] == before
        (event,) = [event for event in study.events() if event.what == "import"]
        assert event.detail["annotations"] == 9
        assert event.detail["file"] == "out"


def test_what_is_there_stays_as_it_is(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 2], [4, 6.5]], "MA", "imported")
    study.set_label(case, "mild", "anna")
    before = plain(study.annotations())
    content = {
        "version": "5",
        "flags": {},
        "shapes": [{"label": "HE", "shape_type": "point", "points": [[1, 1]]}],
        "imagePath": "eye.png",
        "softcam": {"grades": {"anna": "severe", "béla": "severe"}},
    }
    plan = plan_import(study, write_json(tmp_path, content), "labelme")
    apply_import(study, plan)
    assert plain(study.annotations()[:1]) == before
    assert study.grades(case) == {"anna": "mild", "béla": "severe"}
    assert [loss.what for loss in plan.losses] == ["grade 'severe' left out, anna has given 'mild'"]


def test_another_size_is_refused(study, tmp_path):
    path = coco(tmp_path, "eye.png", size=(2 * WIDTH, 2 * HEIGHT))
    plan = plan_import(study, path, "coco")
    assert plan.added == 0
    assert plan.sizes == {
        "eye.png": "eye.png says 160 x 120 pixels and the image has 80 x 60; nothing of it is "
        "imported."
    }


def test_marks_off_the_image_are_left_out_and_told(study, tmp_path):
    path = coco(tmp_path, "eye.png", box=(WIDTH + 5, 2, 3, 4))
    plan = plan_import(study, path, "coco")
    assert plan.added == 0
    assert [loss.what for loss in plan.losses] == ["mark off the image left out"]


def test_the_readers_are_the_files_unless_one_is_named(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 2], [4, 6]], "MA", "anna")
    export_study(study, "coco", tmp_path / "out")
    study.delete_annotation(study.annotations()[0].id)
    assert plan_import(study, tmp_path / "out", "coco").readers == ["anna"]
    assert plan_import(study, tmp_path / "out", "coco", reader="béla").readers == ["béla"]
    with pytest.raises(ValueError, match="reader"):
        plan_import(study, tmp_path / "out", "coco", reader="")


def test_marks_of_which_nobody_says_whose_they_are_go_to_whom_is_named_for_them(
    study, case, tmp_path
):
    study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "béla")
    export_study(study, "coco", tmp_path / "own")
    study.undo("béla")
    own = tmp_path / "own" / "annotations.json"
    assert plan_import(study, own, "coco", nameless="anna").readers == ["béla"]
    assert plan_import(study, coco(tmp_path, "eye.png"), "coco", nameless="anna").readers == [
        "anna"
    ]
    with pytest.raises(ValueError, match="reader"):
        plan_import(study, own, "coco", nameless="")


def test_a_locked_read_is_told_and_stays(study, case, tmp_path):
    read = study.start_read(case, "anna")
    study.lock_read(read, 1.0)
    plan = plan_import(study, coco(tmp_path, "eye.png"), "coco", reader="anna")
    assert plan.added == 0
    ((name, sentence),) = plan.problems
    assert name == "eye.png"
    assert "locked" in sentence
    assert plan_import(study, coco(tmp_path, "eye.png"), "coco").added == 1


def test_a_failure_in_the_middle_imports_nothing(tmp_path, monkeypatch):
    with make_study(tmp_path, "a.png", "b.png") as study:
        plan = plan_import(study, coco(tmp_path, "a.png", "b.png"), "coco")
        real, seen = study.add_annotation, []

        def failing(*args, **named):
            seen.append(1)
            if len(seen) == 2:
                raise StudyError("The disk is full.")
            return real(*args, **named)

        monkeypatch.setattr(study, "add_annotation", failing)
        with pytest.raises(StudyError):
            apply_import(study, plan)
        assert study.annotations() == []
        assert not study.can_undo()
        assert study.events() == []


def test_cancelling_a_plan(study, tmp_path):
    with pytest.raises(CancelledError):
        plan_import(study, coco(tmp_path, "eye.png"), "coco", cancelled=lambda: True)


@pytest.mark.parametrize("format_id", ["coco", "voc", "yolo", "labelme", "geojson", "masks"])
def test_no_such_file_and_empty_folders_are_one_sentence(study, tmp_path, format_id):
    with pytest.raises(SoftcamError, match="no file or folder"):
        plan_import(study, tmp_path / "nothing", format_id)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SoftcamError, match="holds no"):
        plan_import(study, tmp_path / "empty", format_id)


def test_a_million_points_are_taken(study, case, tmp_path):
    turn = np.linspace(0, 2 * np.pi, 1_000_000)
    ring = np.stack([40 + 20 * np.cos(turn), 30 + 20 * np.sin(turn)], axis=1).round(3)
    path = coco(tmp_path, "eye.png")
    content = json.loads(path.read_text())
    content["annotations"] = [
        {"image_id": 0, "category_id": 1, "segmentation": [ring.ravel().tolist()]}
    ]
    path.write_text(json.dumps(content))
    apply_import(study, plan_import(study, path, "coco"))
    (record,) = study.annotations(case)
    assert len(record.points) >= 999_999


def test_labels_join_the_studys_labels(study, tmp_path):
    apply_import(study, plan_import(study, coco(tmp_path, "eye.png"), "coco"))
    assert [label.name for label in study.labels()] == ["MA"]


def test_what_came_while_the_plan_was_looked_at_stays(tmp_path):
    with make_study(tmp_path, "a.png", "b.png") as study:
        first, second = (record.id for record in study.cases())
        mark_all(study, first, reader="anna")
        study.set_label(first, "severe", "anna")
        study.set_label(second, "severe", "béla")
        export_study(study, "coco", tmp_path / "out")
        while study.undo() is not None:
            pass
        plan = plan_import(study, tmp_path / "out", "coco")
        assert plan.added == 9
        study.set_label(first, "normal", "anna")
        study.add_annotation(first, "box", [[10.1, 5], [30, 25.3]], "MA", "anna")
        report = apply_import(study, plan)
        assert study.grades(first) == {"anna": "normal"}
        assert study.grades(second) == {"béla": "severe"}
        assert (report.added, report.present, report.graded) == (8, 1, 1)
        assert (plan.added, plan.present) == (8, 1)
        assert len(study.annotations()) == 9
        (loss,) = report.losses
        assert loss.what == "grade 'severe' left out, anna has given 'normal'"


def test_a_plan_applied_twice_adds_nothing(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 2], [4, 6]], "MA", "imported")
    path = coco(tmp_path, "eye.png")
    content = json.loads(path.read_text())
    content["annotations"] *= 2
    path.write_text(json.dumps(content))
    plan = plan_import(study, path, "coco")
    assert apply_import(study, plan).added == 1
    assert apply_import(study, plan).added == 0
    assert len(study.annotations()) == 2
    assert len([event for event in study.events() if event.what == "import"]) == 1


def test_a_read_that_was_locked_meanwhile_stays(study, case, tmp_path):
    plan = plan_import(study, coco(tmp_path, "eye.png"), "coco", reader="anna")
    study.lock_read(study.start_read(case, "anna"), 1.0)
    report = apply_import(study, plan)
    assert (report.added, study.annotations()) == (0, [])
    assert "anna has locked" in report.problems[0][1]


def test_only_the_marks_of_the_reader_who_locked_are_left_out(study, case, tmp_path):
    for reader in ("anna", "béla"):
        study.add_annotation(case, "box", [[1, 2], [4, 6]], "MA", reader)
        study.set_label(case, "mild", reader)
    export_study(study, "coco", tmp_path / "out")
    while study.undo() is not None:
        pass
    study.lock_read(study.start_read(case, "anna"), 1.0)
    plan = plan_import(study, tmp_path / "out", "coco")
    apply_import(study, plan)
    assert [record.reader for record in study.annotations()] == ["béla"]
    assert study.grades(case) == {"béla": "mild"}
    ((name, sentence),) = plan.problems
    assert name == "eye.png"
    assert "nothing of anna is imported" in sentence
