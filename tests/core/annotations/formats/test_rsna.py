"""The RSNA CSV, read by the csv module."""

import csv

import pytest

from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import plan_import
from softcam_core.errors import SoftcamError
from tests.core.annotations.formats.conftest import make_study, mark_all

HEADER = "patientId,x,y,width,height,Target"


def table(folder):
    with (folder / "annotations.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_header_boxes_and_empty_rows(tmp_path):
    with make_study(tmp_path, "a,b.png", "c.png") as study:
        first, _ = [record.id for record in study.cases()]
        study.add_annotation(first, "box", [[10, 5.5], [30, 25]], "opacity")
        study.add_annotation(first, "ellipse", [[40, 30], [20, 10]], "GGO")
        report = export_study(study, "rsna-csv", tmp_path / "out")
    text = (tmp_path / "out" / "annotations.csv").read_text()
    assert text.splitlines()[0] == HEADER
    rows = [list(row.values()) for row in table(tmp_path / "out")]
    assert rows == [
        ["a,b", "10.0", "5.5", "20.0", "19.5", "1"],
        ["a,b", "20.0", "20.0", "40.0", "20.0", "1"],
        ["c", "", "", "", "", "0"],
    ]
    told = [loss.what for loss in report.losses]
    assert "label GGO left out" in told
    assert "ellipse written as its enclosing box" in told
    assert "image that nobody has read written as one without findings" in told


def test_boxes_come_back_exactly(study, case, returned):
    study.add_annotation(case, "box", [[10.1, 5.3], [30.7, 25.9]], "opacity", "anna")
    back = returned(study, "rsna-csv")
    (record,) = back.study.annotations()
    assert [round(v, 9) for p in record.points for v in p] == [10.1, 5.3, 30.7, 25.9]
    assert (record.label, record.reader) == ("opacity", "imported")


def test_measurements_alone_are_no_finding(study, case, tmp_path):
    study.add_annotation(case, "length", [[1, 1], [5, 5]], "MA")
    export_study(study, "rsna-csv", tmp_path / "out")
    assert [row["Target"] for row in table(tmp_path / "out")] == ["0"]


def test_the_challenges_own_rows_are_read(imported, study, case, tmp_path):
    path = tmp_path / "stage_2_train_labels.csv"
    path.write_text(f'\ufeff{HEADER}\r\n"eye",1.0,2.0,3.0,4.0,1\r\neye,5,6,7,8,1\r\nx,,,,,0\r\n')
    plan = imported(tmp_path, "rsna-csv")
    assert [r.points for r in study.annotations(case)] == [[[1, 2], [4, 6]], [[5, 6], [12, 14]]]
    assert plan.unmatched == ["x"]


@pytest.mark.parametrize(
    "row",
    [
        "eye,1,2,0,4,1",
        "eye,1,2,nan,4,1",
        "eye,1,2,3,4,2",
        "eye,,,,,1",
        "eye,1,2,3,4,0",
        "eye,1,,3,4,1",
        "eye,-1e300,2,3,4,1",
    ],
)
def test_a_senseless_row_is_one_sentence_and_others_go_on(study, tmp_path, row):
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\n{row}\neye,1,2,3,4,1\n")
    plan = plan_import(study, path, "rsna-csv")
    assert len(plan.problems) == 1
    assert plan.added == 1


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "columns"),
        ("path,label\na,b\n", "columns"),
        (f"{HEADER}\neye,1,2\n", "3 columns"),
        (f'{HEADER}\n"eye,1,2,3,4,1\n', "not CSV"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(study, tmp_path, text, word):
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(SoftcamError, match=word):
        plan_import(study, path, "rsna-csv")


def test_every_kind_is_written_or_told(study, case, tmp_path):
    mark_all(study, case, "opacity")
    report = export_study(study, "rsna-csv", tmp_path / "out")
    assert len(table(tmp_path / "out")) == 7
    told = [loss.what for loss in report.losses]
    assert "length left out" in told
    assert "angle left out" in told
