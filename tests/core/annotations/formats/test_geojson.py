"""GeoJSON by the rules of RFC 7946, and as QuPath writes it."""

import json
from itertools import pairwise

import numpy as np
import pytest

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from softcam_core.errors import SoftcamError
from tests.core.annotations.formats.conftest import (
    make_study,
    mark_all,
    plain,
    some_mask,
    write_json,
)


def shoelace(ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def rings_of(geometry):
    parts = geometry["coordinates"]
    return [parts] if geometry["type"] == "Polygon" else parts


@pytest.fixture
def written(study, case, tmp_path):
    mark_all(study, case)
    assert export_study(study, "geojson", tmp_path / "out").losses == []
    return json.loads((tmp_path / "out" / "annotations.json").read_text())


def test_it_is_a_feature_collection_with_an_image_a_feature(written):
    assert written["type"] == "FeatureCollection"
    assert len(written["features"]) == 9
    for feature in written["features"]:
        assert feature["type"] == "Feature"
        assert feature["properties"]["image"] == "eye.png"
        assert feature["properties"]["objectType"] == "annotation"
        assert feature["properties"]["classification"]["name"] == "MA"
        assert len(feature["properties"]["classification"]["color"]) == 3


def test_rings_are_closed_and_wound_as_the_rfc_says(written):
    seen = 0
    for feature in written["features"]:
        if feature["geometry"]["type"] not in ("Polygon", "MultiPolygon"):
            continue
        for polygon in rings_of(feature["geometry"]):
            for index, ring in enumerate(polygon):
                assert ring[0] == ring[-1]
                assert len(ring) >= 4
                assert (shoelace(ring) > 0) == (index == 0)
                seen += 1
    assert seen == 5 + 3


def test_geometry_types_follow_the_kinds(written):
    types = {f["properties"]["softcam"]["kind"]: f["geometry"]["type"] for f in written["features"]}
    assert types == {
        "box": "Polygon",
        "ellipse": "Polygon",
        "polygon": "Polygon",
        "freehand": "Polygon",
        "spline": "Polygon",
        "point": "Point",
        "length": "LineString",
        "angle": "LineString",
        "mask": "MultiPolygon",
    }


def test_a_masks_area_is_that_of_its_polygons(written):
    (feature,) = [f for f in written["features"] if f["geometry"]["type"] == "MultiPolygon"]
    area = sum(shoelace(ring) for polygon in rings_of(feature["geometry"]) for ring in polygon)
    assert area == some_mask().sum()


def test_every_kind_comes_back_exactly(tmp_path, returned):
    with make_study(tmp_path, "a/eye.png", "b/eye.png", "empty.png") as study:
        for record in study.cases()[:2]:
            mark_all(study, record.id)
            study.add_annotation(record.id, "polygon", [[9, 9], [1, 9], [1, 1]], "", "béla")
            study.add_annotation(record.id, "polygon", [[1, 1], [1, 9], [9, 9], [1, 1]], "", "b")
        study.set_label(study.cases()[2].id, "healthy", "béla")
        back = returned(study, "geojson")
        assert back.plan.losses == []
        for mine, theirs in zip(study.cases(), back.study.cases(), strict=True):
            assert plain(back.study.annotations(theirs.id)) == plain(study.annotations(mine.id))
        assert back.study.grades(back.study.cases()[2].id) == {"béla": "healthy"}


def qupath(geometry, **properties):
    return {
        "type": "Feature",
        "id": "0b6d",
        "geometry": geometry,
        "properties": {"objectType": "annotation", "isLocked": False, **properties},
    }


SQUARE = [[1, 1], [9, 1], [9, 9], [1, 9], [1, 1]]
HOLE = [[3, 3], [3, 5], [5, 5], [5, 3], [3, 3]]


def test_qupaths_file_of_one_image_is_read(imported, study, case, tmp_path):
    named = {"classification": {"name": "Tumor", "colorRGB": -3670016}}
    features = [
        qupath({"type": "Polygon", "coordinates": [SQUARE]}, **named),
        qupath({"type": "Polygon", "coordinates": [SQUARE, HOLE]}, **named),
        qupath({"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]}),
        qupath({"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]}),
        qupath({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}),
        qupath({"type": "LineString", "coordinates": [[1, 2], [3, 4], [5, 5]]}),
        qupath({"type": "GeometryCollection", "coordinates": [1]}),
    ]
    path = write_json(tmp_path, {"type": "FeatureCollection", "features": features}, "eye.geojson")
    plan = imported(path, "geojson")
    found = study.annotations(case)
    assert [r.kind for r in found] == [
        *("polygon", "mask", "polygon", "polygon", "point", "point", "length"),
    ]
    assert found[0].label == "Tumor"
    assert found[1].mask.sum() == 64 - 4
    assert plan.problems == []
    assert [loss.what for loss in plan.losses] == [
        "polygon with holes read as a mask of pixels",
        "MultiPolygon read as one polygon a part",
        "line of several pieces left out",
        "GeometryCollection left out",
    ]


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[["a", 1], [2, 2], [3, 1]]]},
        {"type": "Polygon", "coordinates": [[1, 2, 3, 4]]},
        {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": [1e12, 5]},
        {"type": "Point", "coordinates": [float("nan"), 5]},
        {"type": "MultiPolygon", "coordinates": [[[[1, 2]]]]},
    ],
)
def test_a_senseless_feature_is_one_sentence_and_others_go_on(study, tmp_path, geometry):
    features = [qupath(geometry), qupath({"type": "Point", "coordinates": [1, 2]})]
    path = write_json(tmp_path, {"type": "FeatureCollection", "features": features}, "eye.json")
    plan = plan_import(study, path, "geojson")
    assert len(plan.problems) == 1
    assert plan.added == 1


@pytest.mark.parametrize("content", [{}, [1], {"features": 3}, "text", {"features": [None]}])
def test_a_file_that_is_none_is_one_sentence(study, tmp_path, content):
    with pytest.raises(SoftcamError, match="FeatureCollection"):
        plan_import(study, write_json(tmp_path, content), "geojson")


def test_a_mask_that_was_moved_by_half_a_pixel_is_polygons(written, study, tmp_path):
    """Another program changed it: what it says now counts."""
    (feature,) = [f for f in written["features"] if f["geometry"]["type"] == "MultiPolygon"]
    parts = feature["geometry"]["coordinates"][1:]
    feature["geometry"]["coordinates"] = (np.array(parts) + 0.5).tolist()
    content = {"type": "FeatureCollection", "features": [feature]}
    plan = plan_import(study, write_json(tmp_path, content), "geojson")
    assert [mark.kind for mark in plan.cases[0].marks] == ["polygon"]
