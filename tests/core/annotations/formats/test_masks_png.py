"""PNG masks, read with Pillow, and folders of masks as data sets have them."""

import json

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from softcam_core.annotations.records import LabelRecord
from tests.core.annotations.formats.conftest import (
    HEIGHT,
    WIDTH,
    make_study,
    mark_all,
    some_mask,
)


def pixels(path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture)


def test_a_file_for_each_label_and_an_indexed_one(study, case, tmp_path):
    study.set_labels([LabelRecord("MA", "#dd8800"), LabelRecord("EX", "#00ffaa")])
    study.add_annotation(case, "mask", label="EX", mask=some_mask())
    study.add_annotation(case, "ellipse", [[40, 20], [9, 5]], "MA", angle=20)
    study.add_annotation(case, "point", [[12, 40]], "MA")
    export_study(study, "masks", tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"labels.json", "eye.png", "eye_MA.png", "eye_EX.png"}
    found = pixels(tmp_path / "out" / "eye_EX.png")
    assert found.dtype == np.uint8
    assert np.array_equal(found, some_mask() * np.uint8(255))
    assert np.array_equal(pixels(tmp_path / "out" / "eye_MA.png") > 0, study.mask(case, "MA"))
    with Image.open(tmp_path / "out" / "eye.png") as picture:
        assert picture.mode == "P"
        assert picture.getpalette()[3:9] == [0xDD, 0x88, 0, 0, 0xFF, 0xAA]
        assert np.array_equal(np.asarray(picture) == 1, study.mask(case, "MA"))
        assert np.array_equal(np.asarray(picture) > 0, study.mask(case))
    table = json.loads((tmp_path / "out" / "labels.json").read_text())
    assert [(entry["name"], entry["index"]) for entry in table["labels"]] == [("MA", 1), ("EX", 2)]


def test_each_labels_pixels_come_back(tmp_path, returned):
    """Names that mean each other's files: a_b of label c, and a of label b_c."""
    with make_study(tmp_path, "a.png", "a_b.png", "x/a.png") as study:
        for index, record in enumerate(study.cases()):
            mark_all(study, record.id, ["b", "b_c", "../Drüse"][index])
            mark_all(study, record.id, "c")
            study.add_annotation(record.id, "box", [[index, 1], [index + 9, 3]], "")
        back = returned(study, "masks")
        for mine, theirs in zip(study.cases(), back.study.cases(), strict=True):
            labels = {r.label for r in study.annotations(mine.id)}
            assert {r.label for r in back.study.annotations(theirs.id)} == {
                label or "unlabelled" for label in labels
            }
            for label in labels - {""}:
                assert np.array_equal(
                    back.study.mask(theirs.id, label), study.mask(mine.id, label)
                ), label
        for path in back.report.files:
            assert path.resolve().is_relative_to(tmp_path / "out-0")


def test_every_loss_is_named(study, case, tmp_path):
    mark_all(study, case)
    report = export_study(study, "masks", tmp_path / "out")
    told = "\n".join(map(str, report.losses))
    for what in ("box", "ellipse", "polygon", "freehand", "spline", "point"):
        assert f"1 x {what} written as its pixels" in told
    assert "1 x length left out" in told
    assert "7 x mark joined with others of its label" in told


def save(path, mask, mode="1"):
    path.parent.mkdir(parents=True, exist_ok=True)
    if mode == "1":
        Image.fromarray(mask).save(path)
    else:
        Image.fromarray(mask.astype(np.uint8) * 255).convert(mode).save(path)
    return path


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "RGBA"])
def test_a_folder_of_masks_is_read_by_names(imported, study, case, tmp_path, mode):
    save(tmp_path / "in" / "eye_MA.png", some_mask(), mode)
    save(tmp_path / "in" / "eye_EX.tif", np.zeros((HEIGHT, WIDTH), bool))
    plan = imported(tmp_path / "in", "masks")
    assert plan.problems == []
    (record,) = study.annotations(case)
    assert (record.kind, record.label) == ("mask", "MA")
    assert np.array_equal(record.mask, some_mask())


def test_names_choose_the_longest_image_and_folders_the_label(tmp_path):
    with make_study(tmp_path, "a.png", "a_b.png") as study:
        folder = tmp_path / "in"
        for name in ("a_b_c.png", "a_c_d.png", "sub/HE/a.png", "a.png", "nobody_MA.png"):
            save(folder / name, some_mask())
        plan = plan_import(study, folder, "masks")
        first, second = plan.cases
        assert sorted(m.label for m in first.marks) == ["HE", "c_d", "lesion"]
        assert [m.label for m in second.marks] == ["c"]
        assert plan.unmatched == ["nobody_MA"]


def test_several_levels_are_several_labels(imported, study, case, tmp_path):
    levels = np.zeros((HEIGHT, WIDTH), np.uint8)
    levels[1:5, 1:5], levels[7:9, 7:9] = 1, 2
    (tmp_path / "in").mkdir()
    Image.fromarray(levels).save(tmp_path / "in" / "eye_layer.png")
    imported(tmp_path / "in", "masks")
    found = {r.label: int(r.mask.sum()) for r in study.annotations(case)}
    assert found == {"layer 1": 16, "layer 2": 4}


def test_photographs_damaged_files_and_other_sizes_are_told(study, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    rng = np.random.default_rng(0)
    Image.fromarray(rng.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)).save(folder / "eye_A.png")
    Image.fromarray(rng.integers(0, 255, (HEIGHT, WIDTH), np.uint8)).save(folder / "eye_B.png")
    whole = save(tmp_path / "w.png", some_mask()).read_bytes()
    (folder / "eye_C.png").write_bytes(whole[: len(whole) // 2])
    (folder / "eye_D.png").write_bytes(b"GIF89a no picture")
    save(folder / "eye_E.png", np.ones((HEIGHT * 2, WIDTH * 2), bool))
    plan = plan_import(study, folder, "masks")
    told = dict(plan.problems)
    assert "colour picture" in told["eye_A.png"]
    assert "grey levels" in told["eye_B.png"]
    assert "cannot be read" in told["eye_C.png"]
    assert "cannot be read" in told["eye_D.png"]
    assert "160 x 120" in plan.sizes["eye.png"]
    assert plan.added == 0


def test_a_bomb_of_a_png_is_never_decoded(study, tmp_path):
    """50,000 x 50,000 pixels of nothing: told by its header that it is of another size."""
    (tmp_path / "in").mkdir()
    Image.new("1", (20_000, 4_000)).save(tmp_path / "in" / "eye_MA.png")
    plan = plan_import(study, tmp_path / "in", "masks")
    assert "20000 x 4000" in plan.sizes["eye.png"]


def test_a_table_that_lies_leads_nowhere(study, case, tmp_path):
    folder = tmp_path / "in"
    save(folder / "eye_MA.png", some_mask())
    outside = save(tmp_path / "outside.png", some_mask())
    table = {
        "images": [
            {"image": "eye.png", "indexed": "../outside.png", "masks": {"X": "../outside.png"}},
            {"image": 3, "masks": {"X": str(outside)}},
            {"image": "eye.png", "masks": ["eye_MA.png"]},
            "text",
        ]
    }
    (folder / "labels.json").write_text(json.dumps(table))
    (folder / "eye_link.png").symlink_to(outside)
    plan = plan_import(study, folder, "masks")
    assert [m.label for m in plan.cases[0].marks] == ["MA"]
