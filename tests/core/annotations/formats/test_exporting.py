"""Export: all of the files or none, nothing outside, nothing replaced unasked."""

import errno
import json
import os
from pathlib import Path

import pytest
from PIL import Image

from softcam_core.annotations.formats import FORMATS, exporting, format_of
from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError, SoftcamError
from tests.core.annotations.formats.conftest import make_study, mark_all

PLAIN = ("coco", "voc", "yolo", "yolo-seg", "labelme", "rsna-csv", "geojson", "masks")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_says_what_it_is(format_id):
    chosen = format_of(format_id)
    assert chosen.id == format_id
    assert chosen.name
    assert chosen.cannot.endswith(".")
    assert chosen.file in ("", "annotations.json", "annotations.csv")


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(SoftcamError, match="coco, voc"):
        format_of("cocoo")


@pytest.mark.parametrize("format_id", PLAIN)
def test_no_path_of_this_machine_leaves_it(tmp_path, format_id):
    with make_study(tmp_path, "left/a.png", "right/b.png") as study:
        for record in study.cases():
            mark_all(study, record.id)
        export_study(study, format_id, tmp_path / "out")
    for name, data in tree(tmp_path / "out").items():
        assert not name.startswith(("/", ".."))
        for secret in (str(tmp_path), tmp_path.name, "images/left"):
            assert secret.encode() not in data, name


@pytest.mark.parametrize("format_id", PLAIN)
def test_files_are_replaced_only_when_asked(study, case, tmp_path, format_id):
    mark_all(study, case)
    export_study(study, format_id, tmp_path / "out")
    before = tree(tmp_path / "out")
    study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA")
    with pytest.raises(SoftcamError, match="there already"):
        export_study(study, format_id, tmp_path / "out")
    assert tree(tmp_path / "out") == before
    export_study(study, format_id, tmp_path / "out", overwrite=True)
    assert tree(tmp_path / "out") != before


@pytest.mark.parametrize("format_id", PLAIN)
def test_cancelling_leaves_nothing(tmp_path, format_id):
    with make_study(tmp_path, "a.png", "b.png", "c.png") as study:
        mark_all(study, study.cases()[0].id)
        asked = []

        def cancelled() -> bool:
            asked.append(1)
            return len(asked) == 3

        with pytest.raises(CancelledError):
            export_study(study, format_id, tmp_path / "new", cancelled=cancelled)
        assert not (tmp_path / "new").exists()
        (tmp_path / "old").mkdir()
        (tmp_path / "old" / "mine.txt").write_text("mine")
        asked.clear()
        with pytest.raises(CancelledError):
            export_study(study, format_id, tmp_path / "old", cancelled=cancelled)
        assert names_in(tmp_path / "old") == ["mine.txt"]


@pytest.mark.parametrize("format_id", PLAIN)
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    study, case, tmp_path, format_id, monkeypatch
):
    mark_all(study, case)
    (tmp_path / "out").mkdir()

    def full(*_args: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(type(format_of(format_id)), "write", full)
    with pytest.raises(SoftcamError, match="No space left") as told:
        export_study(study, format_id, tmp_path / "out")
    assert "\n" not in str(told.value)
    assert names_in(tmp_path / "out") == []


def test_a_file_in_the_way_of_the_folder_is_one_sentence(study, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(SoftcamError, match="out"):
        export_study(study, "coco", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "a file"


def test_a_link_in_the_folder_does_not_lead_outside(tmp_path):
    with make_study(tmp_path, "left/a.png", "right/b.png") as study:
        (tmp_path / "outside").mkdir()
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "left").symlink_to(tmp_path / "outside")
        with pytest.raises(SoftcamError, match="link"):
            export_study(study, "voc", tmp_path / "out")
        assert names_in(tmp_path / "outside") == []
        assert names_in(tmp_path / "out") == ["left"]


def test_one_readers_marks_and_grades_alone(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "anna")
    study.add_annotation(case, "box", [[1, 1], [8, 8]], "MA", "béla")
    study.set_label(case, "mild", "anna")
    study.set_label(case, "severe", "béla")
    export_study(study, "coco", tmp_path / "out", reader="anna")
    content = json.loads((tmp_path / "out" / "annotations.json").read_text())
    assert [a["bbox"] for a in content["annotations"]] == [[1, 1, 8, 8]]
    assert content["images"][0]["softcam"]["grades"] == {"anna": "mild"}
    with pytest.raises(SoftcamError, match="anna, béla"):
        export_study(study, "coco", tmp_path / "two", reader="anja")


def test_several_readers_in_a_format_without_readers_are_named(study, case, tmp_path):
    study.add_annotation(case, "box", [[1, 1], [9, 9]], "MA", "anna")
    study.add_annotation(case, "box", [[1, 1], [8, 8]], "MA", "béla")
    report = export_study(study, "yolo", tmp_path / "out")
    assert [str(loss) for loss in report.losses] == [
        "1 x reader anna left out (image eye.png)",
        "1 x reader béla left out (image eye.png)",
    ]


def test_an_image_that_is_gone_is_told_and_others_go_on(tmp_path):
    with make_study(tmp_path, "a.png", "b.png") as study:
        study.add_annotation(1, "box", [[1, 1], [9, 9]], "MA", "anna")
        (tmp_path / "images" / "a.png").unlink()
        report = export_study(study, "coco", tmp_path / "out")
    ((name, sentence),) = report.problems
    assert name == "a.png"
    assert "a.png" in sentence
    assert (report.images, report.marked, report.shapes, report.left_out) == (1, 0, 0, 0)


@pytest.mark.parametrize("format_id", ["coco", "voc", "masks", "rsna-csv", "dicom-seg"])
def test_an_image_that_is_gone_and_has_no_mark_is_no_failure(tmp_path, format_id):
    with make_study(tmp_path, "a.png", "b.png") as study:
        (tmp_path / "images" / "a.png").unlink()
        report = export_study(study, format_id, tmp_path / "out")
    assert report.problems == report.refused == []


@pytest.mark.parametrize("format_id", FORMATS)
def test_what_was_written_and_what_was_left_out_add_up(tmp_path, format_id):
    with make_study(tmp_path, "a.png", "b.png", "c.png") as study:
        study.add_annotation(1, "box", [[1, 1], [9, 9]], "MA", "anna")
        study.add_annotation(1, "length", [[1, 1], [9, 9]], "MA", "anna")
        study.add_annotation(2, "point", [[9000, 9000]], "MA", "anna")
        report = export_study(study, format_id, tmp_path / "out")
    if format_id.startswith("dicom"):  # these are no DICOM files
        assert len(report.refused) == 2
        assert (report.shapes, report.left_out, report.marked) == (0, 0, 0)
        return
    assert report.shapes + report.left_out == 3
    whole = ("length", "mark")
    told = [x for x in report.losses if x.omitted and x.what.startswith(whole)]
    assert sum(loss.count for loss in told) == report.left_out
    assert report.marked == (2 if report.left_out == 0 else 1)


def test_progress_counts_the_cases_and_an_event_is_kept(tmp_path):
    with make_study(tmp_path, "a.png", "b.png") as study:
        seen = []
        export_study(study, "coco", tmp_path / "out", progress=lambda *at: seen.append(at))
        assert seen == [(1, 2), (2, 2)]
        (event,) = [event for event in study.events() if event.what == "export"]
        assert event.detail["format"] == "coco"
        assert event.detail["images"] == 2


def test_a_study_that_cannot_be_written_is_exported_too(study, case, tmp_path):
    mark_all(study, case)
    study.close()
    with Study.open(study.path, read_only=True) as opened:
        report = export_study(opened, "coco", tmp_path / "out")
        assert report.shapes == 9


def test_the_files_are_those_of_the_report(study, case, tmp_path):
    mark_all(study, case)
    report = export_study(study, "masks", tmp_path / "out")
    assert sorted(report.files) == sorted(p for p in (tmp_path / "out").iterdir())
    assert exporting.case_size(study.cases()[0]) == (80, 60)


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    """Images in the homes of two accounts; the machine's own root lies in a folder of the test."""
    monkeypatch.setattr(
        "softcam_core.annotations.formats.roots._hidden",
        lambda path, folders, _names: min(len(tmp_path.parts) + 2, len(folders)),
    )
    with Study.open(tmp_path / "s.softcam") as opened:
        for name in ("home/jane/a.png", "home/joe/a.png", "mnt/disk/b.png"):
            path = tmp_path / name
            path.parent.mkdir(parents=True)
            Image.new("L", (80, 60)).save(path)
            mark_all(opened, opened.add_case(path), label=path.parent.name.upper())
        yield opened


@pytest.mark.parametrize("format_id", PLAIN)
def test_no_account_and_no_disk_is_named_and_marks_find_their_images(
    accounts, tmp_path, format_id, returned
):
    result = returned(accounts, format_id)
    assert result.plan.unmatched == []
    assert result.plan.ambiguous == {}
    for old, new in zip(accounts.cases(), result.study.cases(), strict=True):
        labels = {record.label for record in result.study.annotations(new.id)}
        if format_id not in ("rsna-csv",):
            assert labels == {old.path.parent.name.upper()}
        assert result.study.annotations(new.id)
    for name, data in tree(tmp_path / "out-0").items():
        for secret in ("jane", "joe", "disk", "home", "mnt", tmp_path.name):
            assert secret not in name
            assert secret.encode() not in data, name
