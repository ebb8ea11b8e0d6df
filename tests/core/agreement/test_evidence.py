"""Readers against a model, its maps computed and thresholded another way."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from softcam_core.agreement.evidence import SHARES, agreement_with_model
from softcam_core.agreement.field import map_on_image
from softcam_core.agreement.measures import cohen_kappa, dice
from softcam_core.agreement.threshold import Threshold, default_threshold, parse_threshold
from softcam_core.errors import CancelledError, ModelError, SoftcamError, StudyError
from softcam_core.explain import attribute
from softcam_core.explain.methods import MethodError
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec, model_input
from softcam_core.imaging.read import read_image
from softcam_core.models.build import build_model

from .conftest import HEIGHT, WIDTH
from .test_between import case_of, value_of

CLASSES = ["healthy", "mild", "severe"]


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(5)
    built = build_model(
        "shufflenet_v2_x0_5", CLASSES, "softcam", input=InputSpec((96, 64), geometry="crop")
    ).eval()
    # Random weights say nearly nothing: let the maps of different cells differ.
    with torch.no_grad():
        for parameter in built.head.parameters():
            parameter.mul_(200)
    return built


def expected_map(model, path, index, method="evidence"):
    """The map over the whole image, NaN where the model does not look."""
    image = read_image(path)
    pixels, region = model_input(image, model.spec.input)
    maps = attribute(model, torch.from_numpy(pixels)[None], method)[:, index : index + 1].double()
    size = (region.height, region.width)
    wide = torch.nn.functional.interpolate(maps, size, mode="bicubic", align_corners=False)
    return region.paste(wide[0, 0].numpy(), image.pixels.shape[:2], np.nan)


def predicted(model, path):
    pixels, _ = model_input(read_image(path), model.spec.input)
    with torch.inference_mode():
        return CLASSES[int(model(torch.from_numpy(pixels)[None]).logits.argmax())]


@pytest.mark.parametrize("class_", [None, "severe"])
def test_evidence_above_zero_is_what_the_model_marks(study, box, model, class_):
    for case in (1, 2):
        box(case, "A", 5, 5, 20, 15)
    result = agreement_with_model(study, model, class_=class_, name="net")
    for case in (1, 2):
        path = study.case(case).path
        name = class_ or predicted(model, path)
        mask = np.nan_to_num(expected_map(model, path, CLASSES.index(name)), nan=-1) > 0
        row = case_of(result, case)
        assert row.dice == pytest.approx(dice(study.mask(case, None, "A"), mask), abs=1e-3)
        assert row.note == f"{name}, above 0"
    row = value_of(result, "dice", pair=("A", "net"))
    assert row.value == pytest.approx(np.mean([case_of(result, c).dice for c in (1, 2)]))
    assert row.note == f"evidence of {class_ or 'the predicted class'} above 0; mean over cases"


def test_the_threshold_is_in_the_maps_units_or_a_share_of_its_maximum(study, box, model):
    box(1, "A", 5, 5, 30, 25)
    values = expected_map(model, study.case(1).path, 2)
    drawn = study.mask(1, None, "A")
    for threshold, level in (
        (Threshold(1.5), 1.5),
        (Threshold(0.4, share=True), 0.4 * np.nanmax(values)),
    ):
        found = agreement_with_model(study, model, class_="severe", threshold=threshold)
        mask = np.nan_to_num(values, nan=-np.inf) > level
        assert 0 < mask.sum() < mask.size
        assert case_of(found, 1).dice == pytest.approx(dice(drawn, mask), abs=2e-3)


def test_a_post_hoc_method_marks_a_fifth_of_its_maximum(study, box, model):
    box(1, "A", 5, 5, 30, 25)
    found = agreement_with_model(study, model, method="layercam", class_="mild")
    values = expected_map(model, study.case(1).path, 1, "layercam")
    mask = np.nan_to_num(values, nan=-1) > 0.2 * np.nanmax(values)
    drawn = study.mask(1, None, "A")
    assert case_of(found, 1).dice == pytest.approx(dice(drawn, mask), abs=2e-3)


def test_the_best_threshold_is_called_optimistic(study, box, model):
    for case in (1, 2):
        box(case, "A", 5, 5, 30, 25)
    result = agreement_with_model(study, model, class_="severe", best=True)
    means = []
    for share in SHARES:
        found = agreement_with_model(
            study, model, class_="severe", threshold=Threshold(share, share=True)
        )
        means.append(value_of(found, "dice", pair=("A", model.spec.title)).value)
    row = value_of(result, "dice_best", pair=("A", model.spec.title))
    assert row.value == pytest.approx(max(means))
    assert "optimistic" in row.note
    assert str(Threshold(SHARES[int(np.argmax(means))], share=True)) in row.note
    plain = value_of(result, "dice", pair=("A", model.spec.title))
    assert row.value >= plain.value


def test_what_the_model_does_not_see_it_does_not_mark(study, box, model):
    """The crop of a 40 x 30 image to 96 x 64 (rows, columns) leaves its sides out."""
    box(1, "A", 0, 0, 5, 30)
    found = agreement_with_model(study, model, class_="mild", threshold=Threshold(-1e9))
    row = case_of(found, 1)
    assert (row.dice, row.hits, row.lesions, row.other_lesions) == (0, 0, 1, 1)


def test_grades_against_the_predicted_class(study, model):
    said = {}
    for case in (1, 2, 3):
        said[case] = predicted(model, study.case(case).path)
    grades = {1: said[1].upper(), 2: "mild" if said[2] != "mild" else "severe", 3: "no idea"}
    for case, grade in grades.items():
        study.set_label(case, grade, "A")
    result = agreement_with_model(study, model, name="net")
    row = value_of(result, "cohen_kappa", pair=("A", "net"))
    expected = cohen_kappa([said[1], grades[2]], [said[1], said[2]], CLASSES)
    assert row.value == pytest.approx(expected, nan_ok=True)
    assert value_of(result, "percent_agreement", pair=("A", "net")).value == 50
    assert value_of(result, "percent_agreement", pair=("A", "net")).undefined == 1
    assert result.notes == ["A drew nothing to compare with maps of net."]


def test_grades_that_name_a_class_differently_are_compared(study, model, monkeypatch):
    said = {case.id: predicted(model, case.path) for case in study.cases()}
    names = dict(zip(CLASSES, ("no DR", "mild NPDR", "PDR"), strict=True))
    monkeypatch.setattr(model, "spec", replace(model.spec, classes=tuple(names.values())))
    given = {"no DR": "No DR", "mild NPDR": "mild", "PDR": "proliferative DR"}
    for case in (1, 2):
        study.set_label(case, given[names[said[case]]], "A")
    result = agreement_with_model(study, model, readers=["A"])
    (same,) = [row for row in result.rows if row.measure == "percent_agreement"]
    assert (same.value, same.n) == (100.0, 2)


def test_grades_that_are_no_classes_are_told(study, model):
    study.set_label(1, "R1", "A")
    result = agreement_with_model(study, model, name="net")
    assert result.rows == []
    assert result.notes[0].startswith("No grade of A is a class of net (healthy, mild, severe)")


def test_only_read_cases_of_the_models_modality_are_explained(study, box, model, monkeypatch):
    import softcam_core.agreement.evidence as evidence

    looked = []
    real = evidence.read_image
    monkeypatch.setattr(evidence, "read_image", lambda path: looked.append(path.name) or real(path))
    monkeypatch.setattr(model, "spec", replace(model.spec, modality="fundus"))
    for case in (1, 2):
        box(case, "A", 5, 5, 15, 15)
    study.set_modality(1, "fundus")
    study.set_modality(2, "cxr")
    result = agreement_with_model(study, model)
    assert looked == ["eye-1.png"]
    assert result.notes == ["1 cases are of another modality than the model's."]


def test_one_broken_image_does_not_stop_the_others(study, box, model, tmp_path):
    for case in (1, 2, 3):
        box(case, "A", 5, 5, 15, 15)
        study.image_size(case)
    (tmp_path / "eye-1.png").write_bytes(b"nothing")
    Image.new("L", (WIDTH, HEIGHT + 1)).save(tmp_path / "eye-2.png")
    result = agreement_with_model(study, model)
    assert {row.case for row in result.cases} == {3}
    assert [problem[:9] for problem in result.problems] == ["eye-1.png", "eye-2.png"]
    assert "40 x 31 pixels now and was 40 x 30" in result.problems[1]


def test_refusals_are_one_sentence(study, box, model):
    with pytest.raises(StudyError, match="No reader has read a case"):
        agreement_with_model(study, model)
    box(1, "A", 5, 5, 15, 15)
    with pytest.raises(ModelError, match="no class 'fatal'; it has healthy, mild, severe"):
        agreement_with_model(study, model, class_="fatal")
    with pytest.raises(MethodError):
        agreement_with_model(study, model, method="nonsense")
    with pytest.raises(CancelledError):
        agreement_with_model(study, model, cancelled=lambda: True)


def test_thresholds_as_people_write_them():
    assert parse_threshold("", "evidence") == default_threshold("evidence") == Threshold(0)
    assert parse_threshold(" ", "gradcam") == Threshold(0.2, share=True)
    assert parse_threshold("-0.5", "evidence") == Threshold(-0.5)
    assert parse_threshold("35 %", "evidence") == Threshold(0.35, share=True)
    for wrong in ("much", "100%", "-3%", "1e3", "%"):
        with pytest.raises(SoftcamError, match="threshold"):
            parse_threshold(wrong, "evidence")


def test_a_map_with_nothing_positive_marks_nothing_by_a_share():
    seen = map_on_image(np.full((2, 3), -1, np.float32), Region(0, 0, 12, 8), (8, 12))
    assert seen.above(Threshold(0.2, share=True).level(seen.maximum)) is None
    assert math.isinf(Threshold(0.0, share=True).level(seen.maximum))


def test_a_map_over_a_padded_region_is_clipped_to_the_image():
    values = np.arange(12, dtype=np.float32).reshape(3, 4)
    region = Region(-4, -2, 20, 16)
    seen = map_on_image(values, region, (12, 15))
    wide = torch.nn.functional.interpolate(
        torch.from_numpy(values)[None, None].double(), (18, 24), mode="bicubic"
    )
    assert (seen.x, seen.y) == (0, 0)
    assert np.allclose(seen.values, wide[0, 0, 2:14, 4:19], atol=1e-5)
    levels = [-1.0, 3.0, 7.5, 100.0]
    assert seen.counts(levels).tolist() == [float((seen.values > level).sum()) for level in levels]
