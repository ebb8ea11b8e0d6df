"""labelme's files, also read by labelme itself where there is one.

Name its command, installed in an environment of its own, to have it read them:

    LABELME=/path/to/labelme pytest tests/core/annotations/formats/test_labelme.py
"""

import base64
import io
import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from tests.core.annotations.formats.conftest import (
    HEIGHT,
    WIDTH,
    make_study,
    mark_all,
    plain,
    some_mask,
    write_json,
)


@pytest.fixture
def written(study, case, tmp_path):
    mark_all(study, case)
    study.set_label(case, "moderate", "anna")
    assert export_study(study, "labelme", tmp_path / "out").losses == []
    return json.loads((tmp_path / "out" / "eye.json").read_text())


def test_the_fields_are_labelmes(written):
    assert written["imagePath"] == "eye.png"
    assert written["imageData"] is None
    assert (written["imageWidth"], written["imageHeight"]) == (WIDTH, HEIGHT)
    assert written["flags"] == {"moderate": True}
    kinds = {shape["softcam"]["kind"]: shape["shape_type"] for shape in written["shapes"]}
    assert kinds == {
        "box": "rectangle",
        "ellipse": "polygon",
        "polygon": "polygon",
        "freehand": "polygon",
        "spline": "polygon",
        "point": "point",
        "length": "line",
        "angle": "linestrip",
        "mask": "mask",
    }


def test_a_mask_is_a_png_between_two_pixels(written):
    (shape,) = [s for s in written["shapes"] if s["shape_type"] == "mask"]
    (x0, y0), (x1, y1) = np.array(shape["points"], int)
    with Image.open(io.BytesIO(base64.b64decode(shape["mask"]))) as picture:
        pixels = np.asarray(picture)
    whole = np.zeros((HEIGHT, WIDTH), bool)
    whole[y0 : y1 + 1, x0 : x1 + 1] = pixels
    assert np.array_equal(whole, some_mask())


def test_labelme_itself_reads_it(tmp_path):
    command = os.environ.get("LABELME")
    if not command:
        pytest.skip("LABELME names no labelme command")
    with make_study(tmp_path, "eye.png") as study:
        mark_all(study, study.cases()[0].id)
        # labelme looks for the image beside the file.
        export_study(study, "labelme", tmp_path / "images")
    code = (
        "import sys, json\n"
        "from labelme import LabelFile\n"
        "f = LabelFile(sys.argv[1])\n"
        "print(json.dumps([[s['shape_type'], s['label'], s['points'],"
        " None if s['mask'] is None else int(s['mask'].sum())] for s in f.shapes]))\n"
    )
    done = subprocess.run(
        [Path(command).parent / "python", "-c", code, tmp_path / "images" / "eye.json"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""},
    )
    assert done.returncode == 0, done.stderr
    shapes = json.loads(done.stdout.splitlines()[-1])
    assert len(shapes) == 9
    assert [shape[1] for shape in shapes] == ["MA"] * 9
    (pixels,) = [shape[3] for shape in shapes if shape[0] == "mask"]
    assert pixels == some_mask().sum()


def test_every_kind_comes_back_exactly(tmp_path, returned):
    with make_study(tmp_path, "a/eye.png", "b/eye.png", "b/eye.jpg") as study:
        for record in study.cases():
            mark_all(study, record.id)
            study.add_annotation(record.id, "ellipse", [[9, 9], [5, 5]], "", "béla", angle=12.5)
            study.add_annotation(
                record.id, "box", [[9, 9], [11, 11]], "x", "b", attributes={"note": "n\nä"}
            )
            study.add_annotation(record.id, "polygon", [[1, 1], [1, 9], [9, 9], [1, 1]], "", "b")
        study.set_label(study.cases()[0].id, "mild", "b")
        study.set_label(study.cases()[0].id, "severe", "anna")
        back = returned(study, "labelme")
        assert back.losses() == []
        for mine, theirs in zip(study.cases(), back.study.cases(), strict=True):
            assert plain(back.study.annotations(theirs.id)) == plain(study.annotations(mine.id))
        assert back.study.grades(back.study.cases()[0].id) == {"b": "mild", "anna": "severe"}


def foreign(*shapes: dict, **more: object) -> dict:
    return {
        "version": "5.4.1",
        "flags": {"good": True, "bad": False},
        "shapes": [{"label": "MA", "group_id": None, "flags": {}, **shape} for shape in shapes],
        "imagePath": "..\\images\\eye.png",
        "imageData": None,
        "imageWidth": WIDTH,
        "imageHeight": HEIGHT,
        **more,
    }


def test_labelmes_own_shapes_are_read(imported, study, case, tmp_path):
    content = foreign(
        {"shape_type": "rectangle", "points": [[9, 9], [1, 2]], "description": "seen"},
        {"shape_type": "circle", "points": [[20, 20], [23, 24]]},
        {"shape_type": "polygon", "points": [[1, 1], [9, 1], [9, 9], [1, 1]]},
        {"points": [[1, 1], [9, 1], [9, 9]]},
        {"shape_type": "point", "points": [[1, 1]]},
        {"shape_type": "line", "points": [[1, 1], [2, 2]]},
        {"shape_type": "linestrip", "points": [[1, 1], [2, 2], [3, 1]]},
        {"shape_type": "oriented_rectangle", "points": [[5, 1], [9, 5], [5, 9], [1, 5]]},
    )
    plan = imported(write_json(tmp_path, content), "labelme")
    assert plan.problems == []
    found = study.annotations(case)
    assert [r.kind for r in found] == [
        *("box", "ellipse", "polygon", "polygon", "point", "length", "polygon")
    ]
    assert found[0].points == [[1, 2], [9, 9]]
    assert found[0].attributes == {"note": "seen"}
    assert found[1].points == [[20, 20], [5, 5]]
    assert len(found[2].points) == 3
    assert [loss.what for loss in plan.losses] == ["linestrip left out"]
    assert study.grades(case) == {"imported": "good"}


def test_a_note_changed_in_labelme_counts(written, imported, study, tmp_path):
    written["shapes"] = [s for s in written["shapes"] if s["shape_type"] == "rectangle"]
    written["shapes"][0]["description"] = "new"
    written["shapes"][0]["label"] = "HE"
    imported(write_json(tmp_path, written), "labelme", reader="other")
    record = study.annotations()[-1]
    assert (record.label, record.attributes) == ("HE", {"note": "new"})


@pytest.mark.parametrize(
    "shape",
    [
        {"shape_type": "rectangle", "points": [[1, 2]]},
        {"shape_type": "rectangle", "points": [[1, 2], [3, None]]},
        {"shape_type": "rectangle", "points": [[1, 2], [float("inf"), 3]]},
        {"shape_type": "rectangle", "points": []},
        {"shape_type": "rectangle", "points": [[1, 2, 3], [4, 5, 6]]},
        {"shape_type": "polygon", "points": [[1, 2], [3, 4]]},
        {"shape_type": "circle", "points": [[1, 2]]},
        {"shape_type": "mask", "points": [[1, 2], [3, 4]], "mask": None},
        {"shape_type": "mask", "points": [[1, 2], [3, 4]], "mask": "no base64!"},
        {"shape_type": "mask", "points": [[1, 2], [3, 4]], "mask": "aGVsbG8="},
        {"shape_type": "mask", "points": [[1e300, 2], [3, 4]], "mask": "aGVsbG8="},
        {"label": 3, "points": [[1, 2]]},
        {"label": "a\ud800", "shape_type": "point", "points": [[1, 2]]},
    ],
)
def test_a_senseless_shape_is_one_sentence_and_others_go_on(study, tmp_path, shape):
    content = foreign(shape, {"shape_type": "point", "points": [[1, 1]]})
    plan = plan_import(study, write_json(tmp_path, content), "labelme")
    assert len(plan.problems) == 1
    assert plan.added == 1


def test_one_bad_file_among_several_is_named(study, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_json(folder, foreign({"shape_type": "point", "points": [[1, 1]]}), "a.json")
    (folder / "b.json").write_text('{"shapes": [')
    write_json(folder, {"images": []}, "c.json")
    plan = plan_import(study, folder, "labelme")
    assert [name for name, _ in plan.problems] == ["b.json", "c.json"]
    assert plan.added == 1
