"""YOLO boxes and outlines, read by means that are not the program's own."""

import json

import numpy as np
import pytest
from PIL import Image, ImageDraw

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from softcam_core.annotations.records import LabelRecord
from tests.core.annotations.formats.conftest import HEIGHT, WIDTH, mark_all, some_mask


def rows(folder, name="eye"):
    lines = (folder / "labels" / f"{name}.txt").read_text().splitlines()
    return [(int(line.split()[0]), [float(v) for v in line.split()[1:]]) for line in lines]


@pytest.mark.parametrize("format_id", ["yolo", "yolo-seg"])
def test_classes_are_named_in_the_studys_order(study, case, tmp_path, format_id):
    names = ["MA", "a: b", 'q"uote', "ü/.."]
    study.set_labels([LabelRecord(name, "#ffffff") for name in names])
    study.add_annotation(case, "box", [[1, 2], [3, 4]], "ü/..")
    export_study(study, format_id, tmp_path / "out")
    assert (tmp_path / "out" / "classes.txt").read_text("utf-8").splitlines() == names
    assert rows(tmp_path / "out")[0][0] == 3
    lines = (tmp_path / "out" / "data.yaml").read_text("utf-8").splitlines()
    assert lines[:4] == ["path: .", "train: images", "val: images", "names:"]
    # A JSON string is a YAML string, whatever it holds.
    entries = [line.split(": ", 1) for line in lines[4:]]
    assert [(int(key), json.loads(name)) for key, name in entries] == list(enumerate(names))


def test_a_box_is_its_centre_and_size_as_parts_of_the_image(study, case, tmp_path):
    study.add_annotation(case, "box", [[8, 6], [24, 30]], "MA")
    export_study(study, "yolo", tmp_path / "out")
    assert rows(tmp_path / "out") == [(0, [16 / 80, 18 / 60, 16 / 80, 24 / 60])]


def test_all_coordinates_lie_on_the_image(study, case, tmp_path):
    """Trainers throw a file away in which one lies beyond."""
    study.add_annotation(case, "box", [[-8, -6], [24, 90]], "MA")
    study.add_annotation(case, "ellipse", [[0, 0], [30, 20]], "MA", angle=20)
    study.add_annotation(case, "polygon", [[-50, 30], [40, -50], [130, 30], [40, 99]], "MA")
    for format_id in ("yolo", "yolo-seg"):
        report = export_study(study, format_id, tmp_path / format_id)
        found = rows(tmp_path / format_id)
        assert len(found) == 3
        assert all(0 <= value <= 1 for _, values in found for value in values)
        assert any("cut to the image" in loss.what for loss in report.losses)


def test_outlines_cover_the_shapes_in_another_programs_picture(study, case, tmp_path):
    """What Ultralytics would fill, drawn large by Pillow, is what the study's mask holds."""
    mark_all(study, case)
    report = export_study(study, "yolo-seg", tmp_path / "out")
    scale, covered = 10, np.zeros((HEIGHT, WIDTH), bool)
    for _, values in rows(tmp_path / "out"):
        picture = Image.new("1", (WIDTH * scale, HEIGHT * scale))
        points = np.array(values).reshape(-1, 2) * [WIDTH * scale, HEIGHT * scale]
        ImageDraw.Draw(picture).polygon([tuple(p) for p in points], fill=1)
        covered |= np.asarray(picture)[scale // 2 :: scale, scale // 2 :: scale]
    assert np.count_nonzero(covered != study.mask(case)) < 25
    told = [loss.what for loss in report.losses]
    assert "mask of several parts written as one polygon a part" in told
    assert "mask with holes written as a bridged polygon" in told
    assert "length left out" in told


def test_a_masks_pixels_come_back_with_its_holes(study, case, returned):
    study.add_annotation(case, "mask", label="EX", mask=some_mask())
    back = returned(study, "yolo-seg")
    assert [r.kind for r in back.study.annotations()] == ["polygon", "polygon"]
    assert np.array_equal(back.study.mask(back.study.cases()[0].id, "EX"), some_mask())


def test_boxes_come_back(study, case, returned):
    study.add_annotation(case, "box", [[10.1, 5], [30, 25.3]], "MA", "anna")
    back = returned(study, "yolo")
    (record,) = back.study.annotations()
    assert record.points == [[10.1, 5], [30, 25.3]]
    assert (record.label, record.reader) == ("MA", "imported")
    assert back.losses() == ["reader anna left out"]


def test_an_image_that_nobody_has_read_is_told(study, case, tmp_path):
    report = export_study(study, "yolo", tmp_path / "a")
    assert rows(tmp_path / "a") == []
    assert [loss.what for loss in report.losses] == [
        "image that nobody has read written as one without findings"
    ]
    study.set_status(case, "done")
    assert export_study(study, "yolo", tmp_path / "b").losses == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("data.yaml", "path: ../../etc\nnames: ['MA', \"HE, x\", EX]\n"),
        ("data.yaml", "names:\n  0: MA\n  1: 'HE, x'\n\n  2: EX # hard\nnc: 3\n"),
        ("data.yaml", 'nc: 3\nnames:\n- MA\n- "HE, x"\n- EX\n'),
        ("classes.txt", "MA\nHE, x\nEX\n"),
        ("obj.names", "\ufeffMA\r\nHE, x\r\nEX\r\n"),
    ],
)
def test_names_of_others_are_read(study, case, tmp_path, imported, file, text):
    folder = tmp_path / "in"
    (folder / "labels" / "train").mkdir(parents=True)
    (folder / file).write_text(text, "utf-8")
    (folder / "train.txt").write_text("images/eye.png\n")
    (folder / "labels" / "train" / "eye.txt").write_text(
        "1 .5 .5 .25 .5\n\n2 0 0 1 0 1 1\n0 .5 .5 .5 .5 .987\n"
    )
    plan = imported(folder, "yolo")
    assert plan.problems == []
    assert [(r.label, r.kind) for r in study.annotations(case)] == [
        ("HE, x", "box"),
        ("EX", "polygon"),
        ("MA", "box"),
    ]
    assert study.annotations(case)[0].points == [[30, 15], [50, 45]]


def test_a_class_without_a_name_is_told(study, case, tmp_path, imported):
    (tmp_path / "eye.txt").write_text("7 .5 .5 .25 .5\n7 .5 .5 .2 .5\n")
    plan = imported(tmp_path / "eye.txt", "yolo")
    assert [r.label for r in study.annotations(case)] == ["class 7", "class 7"]
    assert [loss.what for loss in plan.losses] == ["name of class 7 not given"]


@pytest.mark.parametrize(
    "row",
    [
        "x .5 .5 .5 .5",
        "0 .5 .5 .5",
        "0 .5 nan .5 .5",
        "0 .5 .5 0 .5",
        "0 .5 .5 -.1 .5",
        "0 300 200 50 60",
        "0 .1 .2 .3 .4 .5 .6 .7",
        "-1 .5 .5 .5 .5",
        "0",
    ],
)
def test_a_senseless_row_is_one_sentence_and_others_go_on(study, tmp_path, row):
    (tmp_path / "eye.txt").write_text(f"{row}\n0 .5 .5 .5 .5\n")
    plan = plan_import(study, tmp_path / "eye.txt", "yolo")
    ((name, sentence),) = plan.problems
    assert name == "eye"
    assert sentence.startswith("Row 1 of")
    assert plan.added == 1


def test_files_that_are_no_text_are_one_sentence(study, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "eye.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    plan = plan_import(study, folder, "yolo")
    assert len(plan.problems) == 1
    assert plan.added == 0
