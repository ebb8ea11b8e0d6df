"""COCO, read by means that are not the program's own."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from softcam_core.annotations.formats import rle
from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from softcam_core.errors import SoftcamError
from tests.core.annotations.formats.conftest import (
    HEIGHT,
    WIDTH,
    mark_all,
    plain,
    some_mask,
    write_json,
)


def decoded(segmentation: dict) -> np.ndarray:
    """COCO's compressed run lengths, by a reading of maskApi.c that shares no code."""
    counts, text, at = [], segmentation["counts"].encode(), 0
    while at < len(text):
        value = shift = 0
        while True:
            byte = text[at] - 48
            at += 1
            value |= (byte & 31) << (5 * shift)
            shift += 1
            if not byte & 32:
                if byte & 16:
                    value |= -1 << (5 * shift)
                break
        counts.append(value + (counts[-2] if len(counts) > 2 else 0))
    flat = np.repeat(np.arange(len(counts)) % 2 == 1, counts)
    return flat.reshape(segmentation["size"], order="F")


@pytest.fixture
def written(study, case, tmp_path):
    mark_all(study, case)
    study.set_label(case, "moderate", "anna")
    report = export_study(study, "coco", tmp_path / "out")
    assert report.losses == []
    return json.loads((tmp_path / "out" / "annotations.json").read_text())


def test_ids_join_images_annotations_and_categories(written):
    (image,) = written["images"]
    assert (image["file_name"], image["width"], image["height"]) == ("eye.png", WIDTH, HEIGHT)
    assert [entry["id"] for entry in written["annotations"]] == list(range(1, 8))
    assert {entry["image_id"] for entry in written["annotations"]} == {image["id"]}
    assert written["categories"] == [{"id": 1, "name": "MA"}]
    assert all(entry["category_id"] == 1 for entry in written["annotations"])
    assert all(entry["iscrowd"] == 0 for entry in written["annotations"])


def test_a_mask_is_run_lengths_that_others_decode(written):
    (entry,) = [e for e in written["annotations"] if isinstance(e["segmentation"], dict)]
    assert entry["segmentation"]["size"] == [HEIGHT, WIDTH]
    assert np.array_equal(decoded(entry["segmentation"]), some_mask())
    assert entry["area"] == some_mask().sum()
    assert entry["bbox"] == [5, 5, 75, 35]


def test_outlines_are_flat_lists_that_cover_the_shape(written, study, case):
    """Drawn by another program, large, they cover what the shape covers."""
    shapes = {r.kind: r.shape for r in study.annotations(case)}
    for entry in written["annotations"]:
        if isinstance(entry["segmentation"], dict):
            continue
        (ring,) = entry["segmentation"]
        kind = entry["softcam"]["kind"]
        scale = 20
        picture = Image.new("1", (WIDTH * scale, HEIGHT * scale))
        ImageDraw.Draw(picture).polygon([v * scale for v in ring], fill=1)
        area = np.asarray(picture).sum() / scale**2
        assert entry["area"] == pytest.approx(area, rel=0.02, abs=1), kind
        x, y, width, height = entry["bbox"]
        assert [min(ring[::2]), min(ring[1::2])] == pytest.approx([x, y], abs=0.06)
        assert [max(ring[::2]), max(ring[1::2])] == pytest.approx([x + width, y + height], abs=0.06)
        if kind == "point":
            assert (width, height) == (8, 8)
        elif kind != "ellipse":
            assert shapes[kind].bounds == pytest.approx([x, y, x + width, y + height])


def test_measurements_are_no_objects_for_other_programs(written):
    kinds = [entry["softcam"]["kind"] for entry in written["annotations"]]
    assert not {"length", "angle"} & set(kinds)
    assert [m["kind"] for m in written["images"][0]["softcam"]["measures"]] == ["length", "angle"]


def test_every_kind_comes_back_exactly(study, case, returned):
    mark_all(study, case)
    study.add_annotation(
        case,
        "box",
        [[1, 2], [3.7, 4]],
        "HE/x ..",
        "béla",
        attributes={"certainty": "possible", "note": 'a "b"\nä', "locked": True, "rank": 2.5},
    )
    study.set_label(case, "mild", "béla")
    back = returned(study, "coco")
    expected = plain(study.annotations())
    expected = [
        (*row[:-1], json.dumps({k: v for k, v in json.loads(row[-1]).items() if k in KEPT}))
        for row in expected
    ]
    assert plain(back.study.annotations()) == expected
    assert back.study.grades(back.study.cases()[0].id) == {"béla": "mild"}
    assert back.plan.losses == []


KEPT = ("certainty", "note")


def test_what_another_program_changed_counts(written, study, case, tmp_path):
    """An ellipse whose polygon was moved comes back as the moved polygon, by the same reader."""
    for entry in written["annotations"]:
        if entry["softcam"]["kind"] == "ellipse":
            (ring,) = entry["segmentation"]
            entry["segmentation"] = [[value + 3 for value in ring]]
            moved = entry["segmentation"][0]
    written["annotations"] = [
        e for e in written["annotations"] if e["softcam"]["kind"] == "ellipse"
    ]
    plan = plan_import(study, write_json(tmp_path, written), "coco")
    ((planned,),) = [[m for m in c.marks if m.kind not in ("length", "angle")] for c in plan.cases]
    assert planned.kind == "polygon"
    assert np.ravel(planned.points).tolist() == moved
    assert planned.reader == "anna"


FOREIGN = {"images": [{"id": 7, "file_name": "a/b/eye.png", "width": WIDTH, "height": HEIGHT}]}


def foreign(*annotations: dict, **more: object) -> dict:
    entries = [{"id": i, "image_id": 7, "category_id": 3, **a} for i, a in enumerate(annotations)]
    categories = [{"id": 3, "name": "HE", "supercategory": "lesion"}]
    return {**FOREIGN, "annotations": entries, "categories": categories, **more}


def test_uncompressed_and_compressed_run_lengths_are_read(imported, study, case, tmp_path):
    mask = some_mask()
    flat = mask.ravel(order="F").astype(int)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flat, [0]])))
    runs = np.diff(np.concatenate([[0], edges, [flat.size]])).tolist()
    content = foreign(
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": runs}, "iscrowd": 1},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": rle.compress(runs)}},
    )
    imported(write_json(tmp_path, content), "coco")
    first, second = study.annotations(case)
    assert np.array_equal(first.mask, mask)
    assert np.array_equal(second.mask, mask)


def test_run_lengths_are_those_of_the_coco_api():
    """Worked out by hand from maskApi.c: 5 bits a character, each run less the one two before."""
    assert rle.compress([0, 20, 40, 10]) == "0d0X1F"
    assert rle.decompress("0d0X1F") == [0, 20, 40, 10]


def test_boxes_polygons_and_labels_of_others_are_read(imported, study, case, tmp_path):
    content = foreign(
        {"bbox": [1, 2, 3, 4.5]},
        {"bbox": [0, 0, 9, 9], "segmentation": [[0, 0, 9, 0, 9, 9]]},
        {"bbox": [0, 0, 9, 9], "segmentation": [[0, 0, 9, 0, 9, 9], [20, 20, 29, 20, 29, 29]]},
    )
    content["annotations"][0]["category_id"] = 4
    plan = imported(write_json(tmp_path, content), "coco")
    box, polygon, mask = study.annotations(case)
    assert (box.kind, box.points, box.label) == ("box", [[1, 2], [4, 6.5]], "category 4")
    assert (polygon.kind, polygon.label) == ("polygon", "HE")
    assert polygon.points == [[0, 0], [9, 0], [9, 9]]
    assert mask.kind == "mask"
    assert mask.points == [[0, 0], [29, 29]]
    assert 2 * 36 <= mask.mask.sum() <= 2 * 45
    assert [loss.what for loss in plan.losses] == [
        "outlines of one object read as a mask of pixels"
    ]


def test_a_list_of_images_with_boxes_is_read(imported, study, case, tmp_path):
    content = [
        {
            "file": "images/eye.png",
            "width": WIDTH,
            "height": HEIGHT,
            "annotations": [{"label": "GGO", "bbox_xywh": [1, 2, 3, 4], "mask": "../x.png"}],
        }
    ]
    imported(write_json(tmp_path, content), "coco")
    (box,) = study.annotations(case)
    assert (box.kind, box.label, box.points) == ("box", "GGO", [[1, 2], [4, 6]])


@pytest.mark.parametrize(
    "annotation",
    [
        {"bbox": [1, 2, 0, 4]},
        {"bbox": [1, 2, -3, 4]},
        {"bbox": [1, 2, 3]},
        {"bbox": [1, 2, None, 4]},
        {"bbox": [1e300, 2, 3, 4]},
        {"bbox": [float("nan"), 2, 3, 4]},
        {"bbox": "1,2,3,4"},
        {"segmentation": [[1, 2, 3]]},
        {"segmentation": [[1, 2, 3, 4]]},
        {"segmentation": [["a", "b", 3, 4, 5, 6]]},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": [5]}},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": [-5, HEIGHT * WIDTH + 5]}},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": "ooooooooooooooooo"}},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": "\x01"}},
        {"segmentation": {"size": [10**9, 10**9], "counts": [10**18]}},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": [10**30]}},
        {"segmentation": {"size": [HEIGHT, WIDTH], "counts": [HEIGHT * WIDTH]}},
        {},
    ],
)
def test_a_senseless_annotation_is_one_sentence_and_others_go_on(
    imported, study, case, tmp_path, annotation
):
    plan = imported(write_json(tmp_path, foreign(annotation, {"bbox": [1, 2, 3, 4]})), "coco")
    ((name, sentence),) = plan.problems
    assert name in ("eye.png", "a/b/eye.png")
    assert sentence.count(".") <= 2
    assert "is left out" in sentence
    assert [r.points for r in study.annotations(case)] == [[[1, 2], [4, 6]]]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("", "not JSON"),
        ('{"images": [{"id": 1, "file_na', "not JSON"),
        ("[" * 200_000, "not JSON"),
        ("[]", "list without images"),
        ('[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4]}]', "results"),
        ('{"features": []}', "no COCO file"),
        ('{"images": []}', "no annotations"),
        ('{"images": [3], "annotations": []}', "no images"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(study, tmp_path, content, word):
    path = tmp_path / "annotations.json"
    path.write_text(content)
    with pytest.raises(SoftcamError, match=word) as told:
        plan_import(study, path, "coco")
    assert "annotations.json" in str(told.value)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_of_unicode_are_read(imported, study, case, tmp_path, encoding):
    content = foreign({"bbox": [1, 2, 3, 4]})
    content["categories"][0]["name"] = "Drüse"
    path = tmp_path / "annotations.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding)
    imported(path, "coco")
    assert study.annotations(case)[0].label == "Drüse"


def test_latin_1_is_refused_in_one_sentence(study, tmp_path):
    path = tmp_path / "annotations.json"
    path.write_bytes('{"images": [], "x": "Drüse"}'.encode("latin-1"))
    with pytest.raises(SoftcamError, match="UTF-8"):
        plan_import(study, path, "coco")


def test_a_file_is_chosen_only_where_a_folder_has_one(study, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_json(folder, foreign(), "one.json")
    assert plan_import(study, folder, "coco").problems == []
    write_json(folder, foreign(), "two.json")
    with pytest.raises(SoftcamError, match=r"2 \.json files"):
        plan_import(study, folder, "coco")
    assert Path(folder / "one.json").exists()


def test_a_mask_that_reaches_off_the_image_is_cut_and_told(study, case, tmp_path):
    study.add_annotation(case, "mask", [[-2, -2], [3, 3]], mask=np.ones((5, 5), bool))
    report = export_study(study, "coco", tmp_path / "out")
    assert [loss.what for loss in report.losses] == ["mask cut to the image"]
    content = json.loads((tmp_path / "out" / "annotations.json").read_text())
    assert decoded(content["annotations"][0]["segmentation"]).sum() == 9
