"""Import of what makes no sense: one sentence each, nothing raw, nothing that never ends."""

import json
import os
from pathlib import Path

import pytest

from softcam_core.annotations.formats import FORMATS
from softcam_core.annotations.formats.guessing import guess_format
from softcam_core.annotations.formats.importing import apply_import, plan_import
from softcam_core.errors import SoftcamError
from tests.core.annotations.formats.conftest import write_json

OWN_FIELDS = {
    "coco": lambda own: {
        "images": [{"id": 1, "file_name": "eye.png", "softcam": {"grades": own["grades"]}}],
        "annotations": [{"image_id": 1, "bbox": [1, 2, 3, 4], "label": "MA", "softcam": own}],
    },
    "geojson": lambda own: {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [1, 1]},
                "properties": {"image": "eye.png", "softcam": own},
            }
        ],
        "softcam": {"images": [{"image": "eye.png", "grades": own["grades"]}]},
    },
    "labelme": lambda own: {
        "imagePath": "eye.png",
        "shapes": [{"label": "MA", "shape_type": "point", "points": [[1, 1]], "softcam": own}],
        "softcam": {"grades": own["grades"]},
    },
}


@pytest.mark.parametrize("format_id", OWN_FIELDS)
@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"grades": {"anna": "\ud800"}}, "no text"),
        ({"grades": {"\ud800": "mild"}}, "no text"),
        ({"grades": {"union": "mild"}}, "nobody can be called"),
        ({"grades": {}, "reader": "\ud800"}, "no text"),
        ({"grades": {}, "reader": "  "}, "nobody can be called"),
        ({"grades": {}, "reader": "majority"}, "nobody can be called"),
        ({"grades": {}, "attributes": {"note": "\ud800"}}, "no text"),
    ],
)
def test_names_that_are_none_are_told_and_left_out(study, case, tmp_path, format_id, own, said):
    path = write_json(tmp_path, OWN_FIELDS[format_id](own))
    plan = plan_import(study, path, format_id)
    apply_import(study, plan)
    ((_, sentence),) = plan.problems
    assert "is left out" in sentence
    assert said in sentence
    assert study.grades(case) == {}
    assert plan.added == (1 if own["grades"] else 0)


@pytest.mark.parametrize("format_id", OWN_FIELDS)
@pytest.mark.parametrize("huge", [1e18, 1e308, -1e300, 10**400])
def test_absurd_numbers_are_one_sentence(study, tmp_path, format_id, huge):
    """Warnings are errors here: numpy warns of a number that no pixel has."""
    own = {"grades": {}, "kind": "ellipse", "points": [[1, 1], [huge, 1]], "angle": huge}
    content = OWN_FIELDS[format_id](own)
    plan_import(study, write_json(tmp_path, content), format_id)
    text = json.dumps(content).replace("[1, 1]", f"[{huge}, 1]").replace("[1, 2,", f"[{huge}, 2,")
    (tmp_path / "annotations.json").write_text(text)
    plan = plan_import(study, tmp_path / "annotations.json", format_id)
    assert plan.added == 0
    ((_, sentence),) = plan.problems
    assert "is left out: it has a coordinate" in sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize("format_id", FORMATS)
def test_pipes_and_devices_are_not_read(study, tmp_path, format_id):
    os.mkfifo(tmp_path / "pipe.json")
    for path in (tmp_path / "pipe.json", Path("/dev/zero")):
        with pytest.raises(SoftcamError, match="a device or a pipe"):
            plan_import(study, path, format_id)
    (tmp_path / "in").mkdir()
    for suffix in ("json", "csv", "xml", "txt", "png", "dcm"):
        os.mkfifo(tmp_path / "in" / f"eye.{suffix}")
    assert guess_format(tmp_path / "in") is None
    with pytest.raises(SoftcamError, match="holds no"):
        plan_import(study, tmp_path / "in", format_id)


@pytest.mark.parametrize("name", ["", "   ", "\t\n", "union", "majority"])
def test_a_reader_needs_a_name(study, tmp_path, name):
    path = write_json(tmp_path, OWN_FIELDS["coco"]({"grades": {}}))
    with pytest.raises(ValueError, match="reader"):
        plan_import(study, path, "coco", reader=name)
    with pytest.raises(ValueError, match="reader"):
        study.set_label(study.cases()[0].id, "mild", name)


def test_a_mask_beyond_all_memory_is_one_sentence(study, tmp_path):
    far = 1e6
    ring = [[0, 0], [far, 0], [far, far], [0, far], [0, 0]]
    feature = {
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"image": "eye.png", "softcam": {"kind": "mask"}},
    }
    own = {"images": [{"image": "eye.png", "width": far, "height": far}]}
    content = {"type": "FeatureCollection", "features": [feature], "softcam": own}
    plan = plan_import(study, write_json(tmp_path, content), "geojson")
    ((_, sentence),) = plan.problems
    assert "1000000 x 1000000 pixels, more than the memory holds" in sentence
    parts = [[0, 0, 9, 0, 9, 9], [far - 9, far - 9, far, far, far, far - 9]]
    content = {
        "images": [{"id": 1, "file_name": "eye.png", "width": far, "height": far}],
        "annotations": [{"image_id": 1, "segmentation": parts}],
    }
    plan = plan_import(study, write_json(tmp_path, content), "coco")
    ((_, sentence),) = plan.problems
    assert "more than the memory holds" in sentence
