"""What a user need not choose: the format of files that say it themselves."""

from pathlib import Path

import pytest

from softcam_core.annotations.formats import FORMATS
from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.guessing import guess_format
from softcam_core.annotations.study import Study
from tests.core.annotations.formats.dicom_images import make_dicom


@pytest.mark.parametrize("name", FORMATS)
def test_what_this_program_wrote_is_known_again(tmp_path: Path, name: str) -> None:
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_case(make_dicom(tmp_path / "scan.dcm"))
        study.add_annotation(case, "box", [[3, 4], [12, 15]], "MA", "anna")
        study.add_annotation(case, "polygon", [[3, 4], [12, 15], [3, 16]], "HE", "anna")
        report = export_study(study, name, tmp_path / "out")
    assert guess_format(tmp_path / "out") == name
    if len(report.files) == 1:
        assert guess_format(report.files[0]) == name


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "[1, 2]"),
        ("a.json", "{"),
        ("a.csv", "path,label\n"),
        ("a.xml", "<html/>"),
        ("notes.txt", "the patient said\n"),
        ("empty.txt", ""),
        ("a.dcm", "no DICOM"),
        ("a.bin", "?"),
    ],
)
def test_what_says_nothing_is_not_guessed(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    assert guess_format(tmp_path / name) is None
    assert guess_format(tmp_path) is None


def test_a_folder_that_is_gone_is_not_guessed(tmp_path: Path) -> None:
    assert guess_format(tmp_path / "gone") is None


def test_a_file_too_long_to_read_whole_is_known_by_its_start(tmp_path: Path) -> None:
    long = tmp_path / "long.json"
    long.write_text('{"images": [], "annotations": [' + "0, " * 600_000 + "0]}")
    assert guess_format(long) == "coco"
