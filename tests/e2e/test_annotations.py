"""``softcam annotations``: what users type, what they are told, and the exit codes."""

import csv
import json
import os

import numpy as np
import pytest
from PIL import Image

import softcam_core


@pytest.fixture
def study(tmp_path):
    """Two images, one with an ellipse, a length and a grade."""
    opened = softcam_core.Study.open(tmp_path / "own.softcam")
    for name in ("left/a.png", "right/a.png"):
        path = tmp_path / "photos" / name
        path.parent.mkdir(parents=True)
        Image.fromarray(np.zeros((60, 80), np.uint8)).save(path)
        opened.add_case(path)
    first, _ = [record.id for record in opened.cases()]
    opened.add_annotation(
        first, "ellipse", [[40, 30], [20, 10]], "MA", "anna", angle=30, attributes={"note": "n"}
    )
    opened.add_annotation(first, "length", [[1, 2], [3, 4]], "MA", "béla")
    opened.set_label(first, "mild", "anna")
    yield opened
    opened.close()


def test_losses_go_to_stderr_with_exit_0(softcam, study, tmp_path):
    done = softcam("annotations", "export", study.path, "--format", "voc", "--out", tmp_path / "o")
    assert done.code == 0
    assert done.err.splitlines() == [
        "softcam: voc: 1 x grade of the whole image left out (image left/a.png)",
        "softcam: voc: 1 x note left out (image left/a.png)",
        "softcam: voc: 1 x reader anna left out (image left/a.png)",
        "softcam: voc: 1 x ellipse written as its enclosing box (image left/a.png)",
        "softcam: voc: 1 x box grown to whole pixels (image left/a.png)",
        "softcam: voc: 1 x length left out (image left/a.png)",
    ]
    # What was left out is not counted as written.
    assert "1 annotations of 2 images in 2 files" in done.out


def test_json_says_files_and_losses(softcam, study, tmp_path):
    asked = ("annotations", "export", study.path, "--out", tmp_path / "o", "--json", "--format")
    (line,) = softcam(*asked, "yolo").lines
    assert set(line) == {
        *("format", "folder", "files", "images", "annotations"),
        *("losses", "refused", "problems"),
    }
    assert {"what": "length left out", "count": 1, "images": ["left/a.png"]} in line["losses"]
    assert all((tmp_path / "o") in (tmp_path / path).parents for path in line["files"])


def test_a_second_export_needs_overwrite(softcam, study, tmp_path):
    asked = ("annotations", "export", study.path, "--format", "coco", "--out", tmp_path / "o")
    assert softcam(*asked).code == 0
    again = softcam(*asked)
    assert again.code == 1
    (line,) = again.err.splitlines()
    assert "there already" in line
    assert softcam(*asked, "--overwrite").code == 0


def test_an_export_never_replaces_an_image(softcam, study, tmp_path):
    photos = tmp_path / "photos"
    before = [(photos / name / "a.png").read_bytes() for name in ("left", "right")]
    asked = ("annotations", "export", study.path, "--format", "masks", "--out", photos)
    done = softcam(*asked, "--overwrite")
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "a.png, which is an image of the study" in line
    assert [(photos / name / "a.png").read_bytes() for name in ("left", "right")] == before


def test_a_round_trip_from_study_to_study(softcam, study, tmp_path):
    asked = ("annotations", "export", study.path, "--format", "coco", "--out", tmp_path / "o")
    assert softcam(*asked).code == 0
    fresh = softcam_core.Study.open(tmp_path / "fresh.softcam")
    fresh.add_cases([record.path for record in study.cases()])
    asked = ("annotations", "import", fresh.path, tmp_path / "o", "--format", "coco", "--json")
    (dry,) = softcam(*asked, "--dry-run").lines
    assert (dry["dry_run"], dry["added"], dry["graded"]) == (True, 2, 1)
    assert fresh.annotations() == []
    (line,) = softcam(*asked).lines
    assert (line["added"], line["present"], line["readers"]) == (2, 0, ["anna", "béla"])
    assert line["counts"] == [
        {"label": "MA", "kind": "ellipse", "count": 1},
        {"label": "MA", "kind": "length", "count": 1},
    ]
    assert [r.shape for r in fresh.annotations()] == [r.shape for r in study.annotations()]
    assert fresh.grades(fresh.cases()[0].id) == {"anna": "mild"}
    (again,) = softcam(*asked).lines
    assert (again["added"], again["present"]) == (0, 2)
    assert fresh.undo("anna") is not None
    assert fresh.annotations() == []
    fresh.close()


def test_a_reader_of_ones_choice(softcam, study, tmp_path):
    asked = ("annotations", "export", study.path, "--format", "coco", "--out", tmp_path / "o")
    done = softcam(*asked, "--reader", "nobody")
    assert done.code == 1
    assert "anna, béla" in done.err
    assert softcam(*asked, "--reader", "béla").code == 0
    asked = ("annotations", "import", study.path, tmp_path / "o", "--format", "coco")
    assert softcam(*asked, "--reader", "carol").code == 0
    assert [r.reader for r in study.annotations()] == ["anna", "béla", "carol"]
    for nobody in ("", "   ", "union"):
        done = softcam(*asked, "--reader", nobody)
        assert done.code == 2
        assert "Nobody can be called" in done.err


@pytest.mark.parametrize(
    "args",
    [
        ["export", "none.softcam", "--format", "coco", "--out", "o"],
        ["import", "none.softcam", "x.json", "--format", "coco"],
        ["audit", "none.softcam", "--out", "log.csv"],
    ],
)
def test_a_study_that_is_not_there_is_not_made(softcam, tmp_path, args):
    done = softcam("annotations", *args, cwd=tmp_path)
    assert done.code == 1
    (line,) = done.err.splitlines()
    assert "There is no study none.softcam" in line
    assert list(tmp_path.glob("*.softcam")) == []


@pytest.mark.parametrize(
    "args",
    [
        ["export", "s.softcam", "--out", "o"],
        ["export", "s.softcam", "--format", "cocoo", "--out", "o"],
        ["export", "s.softcam", "--format", "coco"],
        ["import", "s.softcam", "--format", "coco"],
        ["audit", "s.softcam", "--out", "log.txt"],
    ],
)
def test_wrong_usage_is_exit_2(softcam, tmp_path, args):
    done = softcam("annotations", *args, cwd=tmp_path)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_what_cannot_be_taken_is_told_with_exit_1(softcam, study, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.json").write_text('{"shapes": [')
    (folder / "b.json").write_text(
        json.dumps(
            {"imagePath": "left/a.png", "imageWidth": 8, "imageHeight": 6, "shapes": []},
        )
    )
    (folder / "c.json").write_text(json.dumps({"imagePath": "a.png", "shapes": []}))
    (folder / "d.json").write_text(json.dumps({"imagePath": "d.png", "shapes": []}))
    done = softcam("annotations", "import", study.path, folder, "--format", "labelme")
    assert done.code == 1
    lines = done.err.splitlines()
    assert len(lines) == 4
    assert "a.json is not JSON" in lines[0]
    assert "no image of the study is d.png" in lines[1]
    assert "a.png may be left/a.png or right/a.png" in lines[2]
    assert "says 8 x 6 pixels and the image has 80 x 60" in lines[3]
    assert len(study.annotations()) == 2


def test_nothing_that_matches_is_exit_1(softcam, study, tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"imagePath": "d.png", "shapes": []}))
    asked = ("annotations", "import", study.path, tmp_path / "x.json", "--format", "labelme")
    assert softcam(*asked).code == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_study_in_a_folder_that_cannot_be_written_is_exported(softcam, study, tmp_path):
    study.close()
    study.path.chmod(0o400)
    asked = ("annotations", "export", study.path, "--format", "coco", "--out", tmp_path / "o")
    assert softcam(*asked).code == 0


def test_the_audit_log_is_a_table_or_json(softcam, study, tmp_path):
    assert softcam("annotations", "audit", study.path, "--out", tmp_path / "log.csv").code == 0
    with (tmp_path / "log.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["what"] for row in rows[:3]] == ["add", "add", "grade"]
    assert [row["reader"] for row in rows[:3]] == ["anna", "béla", "anna"]
    assert str(tmp_path) not in (tmp_path / "log.csv").read_text()
    assert softcam("annotations", "audit", study.path, "--out", tmp_path / "log.json").code == 0
    lines = (tmp_path / "log.json").read_text().splitlines()
    assert len([json.loads(line) for line in lines]) == len(rows)
    assert softcam("annotations", "audit", study.path, "--out", tmp_path / "log.csv").code == 1


def test_a_damaged_study_is_one_sentence(softcam, study, tmp_path):
    study.close()
    data = study.path.read_bytes()
    study.path.write_bytes(data[: len(data) // 2])
    done = softcam("annotations", "export", study.path, "--format", "coco", "--out", tmp_path / "o")
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert not (tmp_path / "o").exists()
