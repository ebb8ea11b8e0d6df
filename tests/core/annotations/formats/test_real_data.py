"""IDRiD's lesion masks and the boxes of the chest X-rays, through every format.

The quick tests take one photograph and all X-rays; run by ``-m slow`` the whole set is taken.
"""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from softcam_core.annotations.formats.importing import apply_import, plan_import
from softcam_core.annotations.study import Study

HOLD_PIXELS = ("coco", "labelme", "geojson", "masks", "yolo-seg")
HOLD_BOXES = ("coco", "labelme", "geojson", "voc", "yolo", "rsna-csv")


def study_of(folder: Path, images: list[Path]) -> Study:
    study = Study.open(folder / "real.softcam")
    study.add_cases(images)
    return study


@pytest.fixture(scope="module")
def shared() -> Path:
    folder = Path(__file__).resolve().parents[5] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder of real images (../shared/data) is not here")
    return folder


def check_idrid(folder: Path, shared: Path, count: int, returned) -> None:
    images = sorted((shared / "fundus_idrid" / "images").iterdir())[:count]
    with study_of(folder, images) as study:
        plan = plan_import(study, shared / "fundus_idrid" / "masks", "masks", reader="IDRiD")
        assert plan.problems == []
        assert plan.sizes == {}
        assert not [name for name in plan.unmatched if name[:8] in {i.stem for i in images}]
        apply_import(study, plan)
        with (shared / "fundus_idrid" / "mask_pixels.csv").open() as file:
            rows = [r for r in csv.DictReader(file) if r["image"] in {i.stem for i in images}]
        assert len(study.annotations()) == len([r for r in rows if int(r["pixels"])])
        cases = {record.path.stem: record.id for record in study.cases()}
        truth = {
            (row["image"], row["lesion"]): study.mask(cases[row["image"]], row["lesion"])
            for row in rows
        }
        for row in rows:
            assert truth[row["image"], row["lesion"]].sum() == int(row["pixels"]), row
        for format_id in HOLD_PIXELS:
            back = returned(study, format_id)
            assert back.plan.problems == []
            fresh = {record.path.stem: record.id for record in back.study.cases()}
            for (image, lesion), mask in truth.items():
                found = back.study.mask(fresh[image], lesion)
                assert np.array_equal(found, mask), (format_id, image, lesion)
            if format_id in ("coco", "labelme", "geojson"):
                assert back.losses() == []
                assert {r.kind for r in back.study.annotations()} == {"mask"}
            else:
                assert "reader IDRiD left out" in back.losses()


def test_idrids_masks_keep_every_pixel(tmp_path, shared, returned):
    check_idrid(tmp_path, shared, 1, returned)


@pytest.mark.slow
def test_all_of_idrids_masks_keep_every_pixel(tmp_path, shared, returned):
    check_idrid(tmp_path, shared, 10, returned)


def test_the_boxes_of_the_chest_xrays_come_back(tmp_path, shared, returned):
    source = shared / "cxr_covid_masks"
    with study_of(tmp_path, sorted((source / "images").iterdir())) as study:
        plan = plan_import(study, source / "annotations.json", "coco", reader="boxes")
        assert plan.unmatched == []
        assert plan.problems == []
        assert [loss.what for loss in plan.losses] == ["boxes of parts left out"]
        apply_import(study, plan)
        content = json.loads((source / "annotations.json").read_text())
        assert plan.added == sum(len(image["annotations"]) for image in content)
        boxes = {
            (record.case, record.label): np.ravel(record.points).tolist()
            for record in study.annotations()
        }
        # The same readers' masks, read apart, have these very boxes.
        apply_import(study, plan_import(study, source / "masks", "masks", reader="masks"))
        for record in study.annotations(reader="masks"):
            found = np.ravel(record.points)
            assert np.abs(found - boxes[record.case, record.label]).max() <= 2
        with study.batch("Take the masks away"):
            for record in study.annotations(reader="masks"):
                study.delete_annotation(record.id)
        for format_id in HOLD_BOXES:
            back = returned(study, format_id)
            fresh = back.study.annotations()
            assert len(fresh) == len(boxes)
            expected = sorted(boxes.values())
            found = sorted(np.ravel(record.points).tolist() for record in fresh)
            assert np.allclose(found, expected, rtol=0, atol=1e-6), format_id
