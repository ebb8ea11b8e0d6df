"""The numbers of a report against the core's own, and what must not stand in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from softcam_core.annotations.rasterize import rasterize_union
from softcam_core.annotations.shapes import Shape
from softcam_core.annotations.study import Study
from softcam_core.case_report.build import build_case, failed_case
from softcam_core.case_report.gather import gather
from softcam_core.case_report.html import case_html
from softcam_core.case_report.maps import own_limit
from softcam_core.case_report.values import CaseReport, Table
from softcam_core.case_report.words import Words
from softcam_core.errors import ImageError
from softcam_core.evaluation.masks import input_mask
from softcam_core.explain.comparing import GriddedMap, agreement
from softcam_core.explain.occluded import without_pixels
from softcam_core.imaging.preprocess import model_input
from softcam_core.metrics.localization import activation_precision, activation_sensitivity

EN = Words()
MINUS = "\N{MINUS SIGN}"


def table(report: CaseReport, title: str) -> Table:
    return next(part for part in report.parts if part.title.startswith(title)).tables[0]


def number(text: str) -> float:
    return float(text.replace(MINUS, "-").rstrip("%\N{NARROW NO-BREAK SPACE} "))


def test_evidence_for_and_against_are_the_logit_and_the_probabilities_the_models(asked, told):
    found, looked = told(1)
    report = build_case(asked(1), found, [looked], EN)
    classes = table(report, "Prediction")
    evidence = looked.evidence.astype(np.float64)
    for name, probability, logit, positive, negative in classes.rows:
        index = looked.spec.classes.index(name)
        assert number(probability) == pytest.approx(100 * looked.probabilities[index], abs=0.05)
        assert number(logit) == pytest.approx(evidence[index].mean(), abs=0.006)
        assert number(positive) + number(negative) == pytest.approx(number(logit), abs=1e-9)
        assert number(positive) == pytest.approx(np.maximum(evidence[index], 0).mean(), abs=0.011)
    predicted = looked.spec.classes[int(looked.logits.argmax())]
    assert classes.rows[0][0] == predicted


def test_what_the_marks_hold_is_what_is_left_out_of_the_sum(asked, told, networks):
    found, looked = told(1)
    report = build_case(asked(1), found, [looked], EN)
    regions = table(report, "Evidence inside the marks")
    assert [row[0] for row in regions.rows] == ["all marks together", "MA", "HE"]
    index = int(looked.logits.argmax())
    evidence = looked.evidence.astype(np.float64)
    # By hand: the share of each cell that a box covers, from its corners alone.
    rows, columns = evidence.shape[1:]
    corners = looked.region.to_grid([[100, 120], [180, 220]], (rows, columns))
    across = np.clip(corners[1, 0] - np.arange(columns), 0, 1) - np.clip(
        corners[0, 0] - np.arange(columns), 0, 1
    )
    down = np.clip(corners[1, 1] - np.arange(rows), 0, 1) - np.clip(
        corners[0, 1] - np.arange(rows), 0, 1
    )
    cover = down[:, None] * across
    adds = (evidence * cover).mean(axis=(1, 2))
    positive = np.maximum(evidence[index], 0)
    left = np.exp(looked.logits - adds)
    _, share, added, now, without, blanked = regions.rows[1]
    assert number(share) == pytest.approx(100 * (positive * cover).sum() / positive.sum(), abs=0.06)
    assert number(added) == pytest.approx(adds[index], abs=0.006)
    assert number(now) == pytest.approx(100 * looked.probabilities[index], abs=0.05)
    assert number(without) == pytest.approx(100 * left[index] / left.sum(), abs=0.06)
    network, _ = networks["cxr-sparse"]
    pixels, region = model_input(found.image, network.spec.input)
    mask = rasterize_union([Shape("box", [[100, 120], [180, 220]])], found.size)
    laid = input_mask(mask, region, pixels.shape[1:])
    x = torch.from_numpy(pixels)[None]
    probabilities = without_pixels(network, x, laid, "mean")[1]
    assert number(blanked) == pytest.approx(100 * probabilities[index], abs=0.05)


def test_pixels_whose_loss_raises_the_probability_are_explained(asked, told):
    found, looked = told(1)
    best = int(looked.logits.argmax())

    def note(probability):
        blanked = dict.fromkeys(looked.blanked, np.full(len(looked.probabilities), probability))
        report = build_case(asked(1), found, [replace(looked, blanked=blanked)], EN)
        return table(report, "Evidence inside the marks").note

    now = float(looked.probabilities[best])
    assert looked.blanked
    assert "higher without the pixels" in note((now + 1) / 2)
    assert "higher without the pixels" not in note(now)
    assert "higher without the pixels" not in note(now / 2)


def test_the_sentence_says_the_tables_share(asked, told):
    found, looked = told(1)
    report = build_case(asked(1), found, [looked], EN)
    share = number(table(report, "Evidence inside the marks").rows[0][1])
    said = next(part for part in report.parts if part.title == "Prediction").sentences
    assert f"{share:.0f} % of the evidence for" in said[1].replace("\N{NO-BREAK SPACE}", " ")


def test_agreement_is_that_of_the_metrics(asked, told):
    found, looked = told(1, methods=["evidence", "gradcam"])
    rows = table(build_case(asked(1), found, [looked], EN), "Agreement").rows
    mask = found.masks()[""]
    seen = looked.region.cut(mask)
    index = int(looked.logits.argmax())
    for row, method in zip(rows, ("evidence", "gradcam"), strict=True):
        values = looked.maps[method][index][None]
        assert number(row[1]) == pytest.approx(
            float(activation_precision(values, seen[None])[0]), abs=0.0006
        )
        assert number(row[2]) == pytest.approx(
            float(activation_sensitivity(values, seen[None])[0]), abs=0.0006
        )
        assert row[4] in ("yes", "no")


def test_sizes_are_in_millimetres_where_the_film_says_how_large_its_pixels_are(asked, told):
    found, looked = told(1)
    row, column = found.image.spacing
    marks = table(build_case(asked(1), found, [looked], EN), "Marks of")
    box, ellipse, length = marks.rows
    assert box[3] == f"{80 * column:.1f} × {100 * row:.1f}\N{NARROW NO-BREAK SPACE}mm"
    assert number(length[3].rstrip("m")) == pytest.approx(np.hypot(30 * column, 40 * row), abs=0.06)
    area = ellipse[4].replace("\N{NARROW NO-BREAK SPACE}", "").removesuffix("mm²")
    assert float(area) == pytest.approx(np.pi * 40 * 25 * row * column, abs=0.006)
    assert ellipse[5:] == ("probable", "sharp edge")
    assert "millimetres" in marks.note


def test_without_spacing_sizes_are_in_pixels_and_the_report_says_so(asked, told):
    found, looked = told(2, "fundus-sparse")
    report = build_case(asked(2), found, [looked], EN)
    marks = table(report, "Marks of")
    assert marks.rows[0][3] == "80 × 100\N{NARROW NO-BREAK SPACE}px"
    assert marks.rows[2][3] == "50.0\N{NARROW NO-BREAK SPACE}px"
    assert "not known" in marks.note
    assert any("not known" in fact.value for fact in report.facts)


def test_maps_have_the_limits_that_they_were_given(asked, told):
    found, looked = told(1, methods=["evidence", "gradcam"], limits={"evidence": 12.5})
    report = build_case(asked(1), found, [looked], EN)
    figures = [figure for part in report.parts for figure in part.figures]
    evidence, gradcam = figures[1], figures[2]
    assert (evidence.legend.low, evidence.legend.high) == (f"{MINUS}12.5", "+12.5")
    assert evidence.legend.units == "logit"
    assert "is the prediction" in evidence.caption
    assert "fixed limits" in evidence.caption
    assert (gradcam.legend.low, gradcam.legend.units) == ("0", "a.u.")


def test_a_method_without_a_limit_says_that_its_colours_are_this_images_own(asked, told):
    found, looked = told(1, methods=["layercam"])
    assert "layercam" not in looked.limits
    report = build_case(asked(1), found, [looked], EN)
    figure = report.parts[0].figures[1]
    index = int(looked.logits.argmax())
    assert "this image alone" in figure.caption
    assert figure.legend.high == f"+{own_limit(looked.maps['layercam'][index]):.3g}"


def test_chosen_classes_are_explained_beside_the_predicted_one(asked, told):
    found, looked = told(2, "fundus-sparse", classes=["no DR", "unheard of"])
    report = build_case(asked(2), found, [looked], EN)
    titles = [figure.title for part in report.parts for figure in part.figures]
    predicted = looked.spec.classes[int(looked.logits.argmax())]
    assert titles[1:] == [f"Evidence for {predicted}", "Evidence for no DR"]


def test_a_black_box_says_that_nothing_adds_up(asked, told):
    found, looked = told(2, "fundus-black-box", methods=["gradcam"])
    report = build_case(asked(2), found, [looked], EN)
    classes = table(report, "Prediction")
    assert classes.columns == ("Class", "Probability", "Logit")
    assert "no evidence" in classes.note
    assert not any(part.title.startswith("Evidence inside") for part in report.parts)


@pytest.mark.parametrize("others", [True, False])
def test_what_the_protocol_hides_is_in_no_report(asked, told, others):
    found, looked = told(1)
    blinded = asked(1, model_hidden=True, others_hidden=others, mode="blinded")
    report = build_case(blinded, found, [looked], EN)
    page = case_html(report)
    hidden = [*looked.spec.classes, looked.spec.title, looked.model, "Probability", "SECRET"]
    assert [word for word in hidden if word in page.partition("Reading")[0]] == []
    assert len(report.parts[0].figures) == 1
    assert "hides" in report.notices[0]
    assert ("other readers" in report.notices[0]) == others


def test_nothing_of_other_readers_is_told(asked, told):
    found, looked = told(1)
    page = case_html(build_case(asked(1), found, [looked], EN))
    assert "SECRET" not in page
    assert "moderate" in page


def test_reads_are_told_with_protocol_lock_and_time(asked, told, study: Study):
    read = study.start_read(1, "Dr Mößner", "blinded")
    study.lock_read(read, 83.4)
    study.start_read(1, "somebody else", "open")
    found, looked = told(1)
    rows = table(build_case(asked(1, mode="blinded"), found, [looked], EN), "Reading").rows
    locked = study.reads(1)[0].locked
    assert len(rows) == 1
    assert rows[0][:2] == ("first read", "blinded")
    assert rows[0][3] == f"{locked:%Y-%m-%d %H:%M} UTC"
    assert rows[0][4].replace("\N{NARROW NO-BREAK SPACE}", " ") == "1 min 23 s"


def test_a_file_name_is_told_only_where_it_was_asked_for(asked, told):
    found, looked = told(1)
    name = asked(1).path.name
    assert name not in case_html(build_case(asked(1), found, [looked], EN))
    assert name in case_html(build_case(asked(1, name=name), found, [looked], EN))


def test_the_sentence_of_a_case_that_failed_names_no_file(asked, tmp_path: Path):
    broken = tmp_path / "MUELLER_HANS.png"
    broken.write_bytes(b"no image")
    wanted = asked(1, path=broken)
    with pytest.raises(ImageError) as error:
        gather(wanted)
    assert broken.name in str(error.value)
    page = case_html(failed_case(wanted, str(error.value), EN))
    assert "MUELLER" not in page
    assert "The image " in page
    named = case_html(failed_case(asked(1, path=broken, name=broken.name), str(error.value), EN))
    assert "MUELLER" in named


def test_nothing_of_the_patient_leaves_a_dicom(asked, told):
    from softcam_core.imaging.read import read_identity

    found, looked = told(1)
    page = case_html(build_case(asked(1), found, [looked], EN))
    identity = [value for value in read_identity(asked(1).path).values() if len(value) > 3]
    assert identity
    assert [value for value in identity if value in page] == []


def test_maps_are_compared_with_each_other_and_every_model_tells_its_prediction(asked, told):
    found, sparse = told(2, "fundus-sparse", methods=["evidence", "gradcam"])
    first = sparse.spec.classes[int(sparse.logits.argmax())]
    _, box = told(2, "fundus-black-box", methods=["gradcam"], predicted=first)
    report = build_case(asked(2), found, [sparse, box], EN)
    rows = table(report, "How far the maps agree").rows
    assert len(rows) == 3
    index = sparse.spec.classes.index(first)
    pair = [
        GriddedMap(look.maps[method][index], look.region)
        for look, method in ((sparse, "evidence"), (box, "gradcam"))
    ]
    expected = agreement(*pair)
    row = next(r for r in rows if r[0].startswith("Evidence") and box.spec.title in r[1])
    assert number(row[2]) == pytest.approx(expected.correlation, abs=0.0006)
    assert number(row[3]) == pytest.approx(expected.overlap, abs=0.0006)
    models = table(report, "What each model predicts").rows
    for row, look in zip(models, (sparse, box), strict=True):
        best = int(look.probabilities.argmax())
        assert row[:2] == (look.spec.title, look.spec.classes[best])
        assert number(row[2]) == pytest.approx(100 * look.probabilities[best], abs=0.05)
    alone = build_case(asked(2), found, [told(2, "fundus-sparse")[1]], EN)
    assert not any(p.title.startswith(("How far", "What each")) for p in alone.parts)


def test_nothing_of_the_comparison_is_there_while_models_are_hidden(asked, told):
    found, looked = told(1, methods=["evidence", "gradcam"])
    report = build_case(asked(1, model_hidden=True), found, [looked, looked], EN)
    assert not any(p.title.startswith(("How far", "What each")) for p in report.parts)


def test_a_drawn_phantom_is_called_so(asked, told):
    found, looked = told(2, "fundus-sparse")
    report = build_case(asked(2), found, [looked], EN)
    image = next(fact.value for fact in report.facts if fact.name == "Image")
    assert image.startswith("phantom (drawn)")
    assert "not an image of a patient" in report.notices[-1]


def test_a_study_that_cannot_be_read_is_not_named(asked):
    one = asked(1)
    for path in (str(one.study), one.study.name):
        report = failed_case(one, f"The study {path} is damaged.", EN)
        assert one.study.name not in case_html(report)
