"""Readers of a study, pair by pair."""

import csv
import math

import numpy as np
import pydicom
import pytest

from softcam_core.agreement.between import agreement_between, grade_order
from softcam_core.agreement.measures import dice, hausdorff, iou
from softcam_core.agreement.table import write_cases, write_rows
from softcam_core.annotations.spelling import Spelling
from softcam_core.errors import CancelledError, SoftcamError, StudyError

from .conftest import HEIGHT, WIDTH


def value_of(result, measure, label=None, pair=("A", "B")):
    (row,) = [
        row
        for row in result.rows
        if (row.measure, row.label, row.reader, row.other) == (measure, label, *pair)
    ]
    return row


def case_of(result, case, label=None):
    (row,) = [row for row in result.cases if (row.case, row.label) == (case, label)]
    return row


def test_overlap_and_distance_are_those_of_the_drawn_masks(study, box):
    box(1, "A", 5, 5, 15, 15)
    box(1, "A", 25, 5, 30, 12, label="HE")
    box(1, "B", 8, 6, 16, 15)
    study.add_annotation(1, "ellipse", [[28, 9], [4, 3]], "HE", "B", angle=30)
    result = agreement_between(study)
    for label in (None, "MA", "HE"):
        a, b = study.mask(1, label, "A"), study.mask(1, label, "B")
        row = case_of(result, 1, label)
        assert row.dice == pytest.approx(dice(a, b))
        assert row.iou == pytest.approx(iou(a, b))
        assert row.hd95_px == pytest.approx(hausdorff(a, b))
        assert value_of(result, "dice", label).value == pytest.approx(row.dice)
        assert value_of(result, "hd95_px", label).value == pytest.approx(row.hd95_px)


def test_only_cases_that_both_have_read_count(study, box):
    for case in (1, 2, 3):
        box(case, "A", 5, 5, 15, 15)
    box(1, "B", 5, 5, 15, 15)
    # On case 2 B gave a grade and found nothing; on case 3 B has not been.
    study.set_label(2, "healthy", "B")
    row = value_of(agreement_between(study), "dice")
    assert (row.value, row.n, row.undefined) == (0.5, 2, 0)
    # A locked read counts too: B was on case 3 and found nothing there.
    study.lock_read(study.start_read(3, "B"))
    row = value_of(agreement_between(study), "dice")
    assert row.n == 3
    assert row.value == pytest.approx(1 / 3)


def test_nothing_by_both_is_undefined_and_counted(study, box):
    box(1, "A", 5, 5, 15, 15)
    box(1, "B", 5, 5, 15, 15)
    for reader in ("A", "B"):
        study.set_label(2, "healthy", reader)
    box(3, "A", 5, 5, 15, 15)
    study.set_label(3, "healthy", "B")
    result = agreement_between(study)
    overlap, distance = value_of(result, "dice"), value_of(result, "hd95_px")
    assert (overlap.value, overlap.n, overlap.undefined) == (0.5, 2, 1)
    assert (distance.value, distance.n, distance.undefined) == (0, 1, 2)
    recall, precision = value_of(result, "lesion_recall"), value_of(result, "lesion_precision")
    assert (recall.value, recall.n, recall.undefined) == (0.5, 2, 1)
    assert (precision.value, precision.n, precision.undefined) == (1.0, 1, 2)


def test_lesions_are_pooled_over_cases(study, box):
    for x in (2, 10, 18, 26):
        box(1, "A", x, 2, x + 5, 7)
        box(1, "B", x, 2, x + 5, 7)
    box(2, "A", 2, 2, 7, 7)
    box(2, "B", 20, 20, 25, 25)
    result = agreement_between(study)
    for measure in ("lesion_precision", "lesion_recall", "lesion_f1"):
        assert value_of(result, measure).value == pytest.approx(4 / 5)
    assert [case_of(result, case).f1 for case in (1, 2)] == [1, 0]
    worst = sorted(result.cases, key=lambda row: row.badness)
    assert worst[0].case == 2


def test_all_labels_together_ask_where_and_each_label_asks_what(study, box):
    box(1, "A", 5, 5, 15, 15, label="MA")
    box(1, "B", 5, 5, 15, 15, label="HE")
    result = agreement_between(study)
    assert value_of(result, "lesion_f1").value == 1
    assert value_of(result, "lesion_f1", "MA").value == 0
    only = agreement_between(study, labels=["HE"])
    assert {row.label for row in only.rows} == {"HE"}
    assert value_of(only, "dice", "HE").value == 0


def test_lengths_and_angles_are_no_lesions(study, box):
    for reader in ("A", "B"):
        box(1, reader, 5, 5, 15, 15)
    study.add_annotation(1, "length", [[1, 1], [30, 20]], "MA", "B")
    study.add_annotation(1, "angle", [[1, 1], [30, 20], [5, 9]], "MA", "B")
    result = agreement_between(study)
    assert case_of(result, 1).other_lesions == 1
    assert value_of(result, "dice").value == value_of(result, "lesion_f1").value == 1


def test_who_only_measured_drew_no_lesion(study, box):
    box(1, "A", 5, 5, 15, 15)
    study.add_annotation(1, "length", [[1, 1], [30, 20]], "MA", "B")
    result = agreement_between(study)
    assert result.rows == []
    assert result.notes[0].startswith("B drew nothing")


def test_points_are_discs_of_the_studys_radius_and_hit_what_they_lie_in(study, box):
    box(1, "A", 5, 5, 25, 25)
    study.add_annotation(1, "point", [[12, 13]], "MA", "B")
    study.set_setting("point_radius", 2.0)
    assert value_of(agreement_between(study), "lesion_f1").value == 0
    assert value_of(agreement_between(study, criterion="hit"), "lesion_f1").value == 1
    a, b = study.mask(1, None, "A"), study.mask(1, None, "B")
    assert value_of(agreement_between(study), "dice").value == pytest.approx(dice(a, b))


def test_parts_of_a_mask_are_lesions_where_asked_for(study, box):
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[5:10, 5:10] = mask[20:25, 20:25] = True
    study.add_annotation(1, "mask", mask=mask, label="MA", reader="A")
    box(1, "B", 5, 5, 10, 10)
    box(1, "B", 20, 20, 25, 25)
    whole = case_of(agreement_between(study), 1)
    parts = case_of(agreement_between(study, components=True), 1)
    assert (whole.lesions, whole.hits) == (1, 1)
    assert (parts.lesions, parts.hits, parts.f1) == (2, 2, 1)
    assert whole.dice == parts.dice == 1


def test_grades_in_the_studys_order(study):
    study.set_grade_names(["R0", "mild", "R4"])
    for case, (a, b) in enumerate([("R0", "R0"), ("mild", "R4"), ("R4", "R4")], start=1):
        study.set_label(case, a, "A")
        study.set_label(case, b, "B")
    result = agreement_between(study, weights="quadratic")
    row = value_of(result, "cohen_kappa")
    assert row.note == "quadratic: R0 < mild < R4"
    # Observed 1/9 of the largest disagreement at each step; by chance (0+4+4 + 1+1+1 + 4+0+0) / 9.
    assert row.value == pytest.approx(1 - (1 / 3) / (15 / 9))
    assert value_of(result, "percent_agreement").value == pytest.approx(200 / 3)
    more = ["no DR", "9", "10"]
    assert grade_order(study, {"R4", *more}) == ["R0", "mild", "R4", *more]


@pytest.mark.parametrize("listed", [["No DR", "Moderate NPDR"], []])
def test_grades_agree_whatever_capitals_and_spaces_they_are_written_in(study, listed):
    study.set_grade_names(listed)
    for case, (a, b) in enumerate(
        [("No DR", "no DR"), ("Moderate NPDR", " moderate  npdr"), ("No DR", "moderate NPDR")], 1
    ):
        study.set_label(case, a, "A")
        study.set_label(case, b, "given")
    result = agreement_between(study, weights="linear")
    assert value_of(result, "percent_agreement", pair=("A", "given")).value == pytest.approx(
        200 / 3
    )
    row = value_of(result, "cohen_kappa", pair=("A", "given"))
    assert row.value == pytest.approx(0.4)
    assert row.note == "linear: No DR < Moderate NPDR"
    second = case_of(result, 2)
    assert (second.grade, second.other_grade) == ("Moderate NPDR", "Moderate NPDR")


def test_grades_that_the_study_tells_apart_by_capitals_stay_apart():
    spelling = Spelling(["t1", "T1"])
    assert [spelling("t1"), spelling("T1"), spelling("T2"), spelling(" t2 ")] == [
        *("t1", "T1", "T2", "T2")
    ]


def test_kappa_of_one_case_or_of_one_grade_is_undefined_and_says_why(study):
    for reader, grade in zip("ABC", "xyx", strict=True):
        study.set_label(1, grade, reader)
    for reader in "ABC":
        study.set_label(2, "", reader)
    result = agreement_between(study)
    for measure, pair in (("cohen_kappa", ("A", "B")), ("fleiss_kappa", ("A", "B, C"))):
        row = value_of(result, measure, pair=pair)
        assert math.isnan(row.value)
        assert math.isnan(row.low)
        assert row.n == 0
        assert "two cases" in row.note
    assert value_of(result, "percent_agreement", pair=("A", "B")).value == 0
    study.set_label(2, "x", "A")
    study.set_label(2, "x", "C")
    row = value_of(agreement_between(study), "cohen_kappa", pair=("A", "C"))
    assert math.isnan(row.value)
    assert "same grade throughout" in row.note


def test_all_readers_together_on_cases_that_each_of_them_graded(study):
    for case, grades in ((1, "xxx"), (2, "xyy"), (3, "yy")):
        for reader, grade in zip("ABC", grades, strict=False):
            study.set_label(case, grade, reader)
    result = agreement_between(study)
    row = value_of(result, "fleiss_kappa", pair=("A", "B, C"))
    assert row.n == 2
    # P: 1 and 1/3; p(x) = 4/6.
    chance = (4 / 6) ** 2 + (2 / 6) ** 2
    assert row.value == pytest.approx((2 / 3 - chance) / (1 - chance))
    assert value_of(result, "cohen_kappa", pair=("A", "C")).n == 2


def test_who_only_grades_is_compared_by_grades_alone(study, box):
    box(1, "A", 5, 5, 15, 15)
    for reader in ("A", "given"):
        study.set_label(1, "ill", reader)
    result = agreement_between(study)
    assert {row.measure for row in result.rows} == {"cohen_kappa", "percent_agreement"}
    assert result.notes == [
        "given drew nothing, so that only grades are compared with those of others."
    ]
    assert math.isnan(case_of(result, 1).dice)


def test_the_adjudicated_layer_is_compared_where_it_is_named(study, box):
    for reader in ("A", "B", "adjudicated"):
        box(1, reader, 5, 5, 15, 15)
    assert {row.other for row in agreement_between(study).rows} == {"B"}
    named = agreement_between(study, ["A", "adjudicated"])
    assert {row.other for row in named.rows} == {"adjudicated"}


def test_cases_can_be_left_out(study, box):
    for case in (1, 2):
        box(case, "A", 5, 5, 15, 15)
        box(case, "B", 5, 5, 15, 5 + 5 * case)
    assert value_of(agreement_between(study), "dice").n == 2
    assert value_of(agreement_between(study, cases={2}), "dice").value == 1


def test_the_interval_has_a_seed(study, box):
    for case in (1, 2, 3):
        box(case, "A", 5, 5, 15, 15)
        box(case, "B", 5, 5, 15, 6 + 3 * case)
    first, again = agreement_between(study, seed=1), agreement_between(study, seed=1)
    assert repr(first.rows) == repr(again.rows)
    row = value_of(first, "dice")
    dices = [case_of(first, case).dice for case in (1, 2, 3)]
    assert min(dices) <= row.low < row.value < row.high <= max(dices)


def test_distances_in_millimetres_where_the_image_says_how_large_a_pixel_is(study, box, tmp_path):
    source = pydicom.examples.get_path("ct")
    case = study.add_case(source)
    size = pydicom.dcmread(source).PixelSpacing
    for reader, x in (("A", 40), ("B", 44)):
        box(case, reader, x, 50, x + 10, 60)
        box(1, reader, x - 35, 5, x - 30, 10)
    result = agreement_between(study)
    assert case_of(result, case).hd95_px == 4
    assert case_of(result, case).hd95_mm == pytest.approx(4 * float(size[1]))
    row = value_of(result, "hd95_mm")
    assert (row.n, row.undefined) == (1, 1)
    assert not any(
        row.measure.startswith("hd95") for row in agreement_between(study, distances=False).rows
    )


def test_an_image_that_is_gone_is_told_and_the_others_go_on(study, box, tmp_path):
    for case in (1, 2):
        for reader in ("A", "B"):
            box(case, reader, 5, 5, 15, 15)
    (tmp_path / "eye-1.png").unlink()
    result = agreement_between(study)
    assert value_of(result, "dice").n == 1
    assert len(result.problems) == 1
    assert result.problems[0].startswith("eye-1.png: ")


def test_progress_and_cancel(study, box):
    for reader in ("A", "B"):
        box(1, reader, 5, 5, 15, 15)
    steps = []
    agreement_between(study, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]
    with pytest.raises(CancelledError):
        agreement_between(study, cancelled=lambda: True)


def test_too_few_readers_are_told(study, box):
    with pytest.raises(StudyError, match="Nobody has read a case"):
        agreement_between(study)
    box(1, "A", 5, 5, 15, 15)
    with pytest.raises(StudyError, match="there is only A; let another reader read"):
        agreement_between(study)
    with pytest.raises(StudyError, match="The study has no reader 'Z'; it has A"):
        agreement_between(study, ["A", "Z"])


def test_tables_as_csv(study, box, tmp_path):
    box(1, "A", 5, 5, 15, 15)
    box(1, "=cmd", 5, 5, 15, 10)
    for reader in ("A", "=cmd"):
        box(2, reader, 5, 5, 15, 15, label="")
    result = agreement_between(study)
    write_rows(result.rows, tmp_path / "rows.csv")
    write_cases(result.cases, tmp_path / "cases.csv")
    rows = list(csv.DictReader((tmp_path / "rows.csv").read_text().splitlines()))
    assert {row["label"] for row in rows} == {"(all labels)", "(no label)", "MA"}
    first = next(row for row in rows if row["measure"] == "dice")
    assert float(first["value"]) == pytest.approx((1 + 2 / 3) / 2)
    # A spreadsheet must not run what somebody called themselves.
    assert first["other"] == "'=cmd"
    alone = next(row for row in rows if (row["measure"], row["label"]) == ("dice", "MA"))
    assert (alone["ci_low"], alone["n"], alone["undefined"]) == ("", "1", "1")
    cases = list(csv.DictReader((tmp_path / "cases.csv").read_text().splitlines()))
    assert [row["name"] for row in cases][:2] == ["eye-1.png"] * 2
    with pytest.raises(SoftcamError, match="cannot be written"):
        write_rows(result.rows, tmp_path / "missing" / "rows.csv")
    assert not list(tmp_path.glob(".*.part"))
