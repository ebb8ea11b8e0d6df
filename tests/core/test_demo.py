"""The demo study: what is bundled, how it is drawn again, and what its models say of it."""

import csv

import numpy as np
import pytest

from softcam_core.demo import demo_cases, demo_folder, demo_models
from softcam_core.demo.build import (
    CLASSES,
    TRAINING_SEEDS,
    build,
    demo_plans,
    make_phantom,
    training_plans,
)
from softcam_core.imaging.read import image_size, read_image
from softcam_core.models.header import read_spec

MEGABYTE = 1024 * 1024


def folder_size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def test_the_demo_holds_cases_of_three_modalities_and_every_class():
    cases = demo_cases()
    assert len(cases) == 36
    for modality, classes in CLASSES.items():
        assert {c.label for c in cases if c.modality == modality} == set(classes)


def test_every_file_of_the_table_is_there_and_masks_fit_their_image():
    for case in demo_cases():
        width, height = image_size(case.path)
        assert bool(case.masks) == (case.label != CLASSES[case.modality][0])
        union = np.zeros((height, width), bool)
        for path in case.masks.values():
            union |= read_image(path).pixels > 0
        if case.mask is not None:
            assert np.array_equal(read_image(case.mask).pixels > 0, union)
            assert union.any()


def test_the_demo_is_small():
    models = demo_folder() / "models"
    assert folder_size(demo_folder()) - folder_size(models) < 6 * MEGABYTE
    assert folder_size(models) < 8 * MEGABYTE


def test_the_sparse_fundus_model_comes_first_then_dense_and_black_box():
    specs = [read_spec(path) for path in demo_models()]
    assert [s.modality for s in specs] == ["fundus", "fundus", "fundus", "oct", "cxr"]
    assert [s.head for s in specs] == ["softcam", "softcam", "blackbox", "softcam", "softcam"]
    assert specs[0].lambdas["l1"] > 0
    assert specs[1].lambdas["l1"] == 0
    assert len({s.input for s in specs[:3]}) == 1
    for spec in specs:
        assert spec.classes == CLASSES[spec.modality]
        text = " ".join(spec.card.values()).lower()
        assert "phantom" in text
        assert "real" in text


def test_the_bundled_images_are_drawn_from_their_seeds(tmp_path):
    plans = [plan for plan in demo_plans() if plan.name in {"oct-02", "cxr-01"}]
    list(build(tmp_path, plans))
    bundled = demo_folder()
    for name in ("images/oct-02.png", "images/cxr-01.dcm"):
        ours, theirs = read_image(tmp_path / name).pixels, read_image(bundled / name).pixels
        # Other processors round a few pixels the other way.
        assert (ours != theirs).mean() < 1e-3


def test_drawing_again_leaves_no_mask_of_an_earlier_drawing(tmp_path):
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / "oct-02_drusen.png").write_bytes(b"old")
    other = tmp_path / "masks" / "oct-021.png"
    other.write_bytes(b"another case's")
    list(build(tmp_path, [plan for plan in demo_plans() if plan.name == "oct-02"]))
    assert list((tmp_path / "masks").iterdir()) == [other]


def test_seeds_for_training_are_none_of_the_demos():
    shown = {(plan.modality, plan.seed) for plan in demo_plans()}
    for modality in CLASSES:
        drawn = {(modality, plan.seed) for plan in training_plans(modality, 200)}
        assert not shown & drawn
        assert min(seed for _, seed in drawn) >= TRAINING_SEEDS


@pytest.mark.parametrize("modality", list(CLASSES))
def test_a_training_set_has_classes_in_equal_parts_in_every_split(modality):
    classes = len(CLASSES[modality])
    plans = training_plans(modality, 60 * classes)
    for split in ("train", "val", "test"):
        counts = np.bincount([p.grade for p in plans if p.split == split], minlength=classes)
        assert len(set(counts)) == 1
        assert counts[0] > 0


def test_building_writes_images_masks_and_a_table_that_training_reads(tmp_path):
    from softcam_core.training.config import DataConfig
    from softcam_core.training.sources import read_data

    plans = training_plans("oct", 12)
    assert list(build(tmp_path, plans, workers=2)) == [plan.name for plan in plans]
    with (tmp_path / "labels.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["label"] for row in rows] == [CLASSES["oct"][plan.grade] for plan in plans]
    assert all((tmp_path / row["path"]).is_file() for row in rows)
    data = DataConfig(csv=str(tmp_path / "labels.csv"), classes=CLASSES["oct"])
    assert read_data(data, need_val=False).samples
    phantom = make_phantom(plans[1])
    assert np.array_equal(read_image(tmp_path / rows[1]["path"]).pixels, phantom.pixels)


@pytest.mark.parametrize(
    ("index", "accuracy"), [(0, 0.75), (1, 0.75), (2, 0.75), (3, 0.93), (4, 0.93)]
)
def test_the_models_know_the_demo_cases(index, accuracy):
    import torch

    from softcam_core import load_model
    from softcam_core.imaging.preprocess import model_input

    model = load_model(demo_models()[index])
    cases = [case for case in demo_cases() if case.modality == model.spec.modality]
    inputs = [model_input(read_image(case.path), model.spec.input)[0] for case in cases]
    with torch.inference_mode():
        logits = model(torch.from_numpy(np.stack(inputs))).logits
    found = [model.spec.classes[i] for i in logits.argmax(dim=1).tolist()]
    right = np.mean([a == case.label for a, case in zip(found, cases, strict=True)])
    assert right >= accuracy
