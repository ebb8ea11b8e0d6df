"""Files of an export get their places: all or none, and never that of an image or a study."""

import errno
import os
from pathlib import Path

import pytest

from softcam_core.annotations.formats import publishing
from softcam_core.annotations.formats.exporting import FilesThereError, export_study
from softcam_core.annotations.study import Study
from softcam_core.errors import SoftcamError
from tests.core.annotations.formats.conftest import make_study, mark_all
from tests.core.annotations.formats.dicom_images import CT, make_dicom
from tests.core.annotations.formats.test_exporting import PLAIN, names_in, tree


@pytest.fixture
def two(tmp_path):
    """A study of two images with marks."""
    with make_study(tmp_path, "a.png", "b.png") as opened:
        for record in opened.cases():
            mark_all(opened, record.id)
        yield opened


def refused(study: Study, format_id: str, folder: Path, named: str) -> None:
    """Export with overwrite; it has to be refused, and everything stays as it was."""
    before = tree(folder), names_in(folder)
    with pytest.raises(SoftcamError, match="choose another folder") as told:
        export_study(study, format_id, folder, overwrite=True)
    assert not isinstance(told.value, FilesThereError)
    assert named in str(told.value)
    assert (tree(folder), names_in(folder)) == before


def test_masks_in_the_folder_of_the_images_do_not_replace_them(two, tmp_path):
    refused(two, "masks", tmp_path / "images", "a.png")
    with pytest.raises(SoftcamError, match="image of the study") as told:
        export_study(two, "masks", tmp_path / "images")
    assert not isinstance(told.value, FilesThereError)  # nobody is asked to replace them


def test_a_mask_does_not_take_the_place_of_an_image_that_is_away(two, tmp_path):
    (tmp_path / "images" / "b.png").unlink()
    (tmp_path / "link").symlink_to(tmp_path / "images")
    place = tmp_path / "link" / "b.png"
    with pytest.raises(SoftcamError, match="image of the study"):
        publishing.check(two, [place], overwrite=True)


@pytest.mark.parametrize("format_id", PLAIN)
@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_no_format_replaces_an_image_or_a_study_by_whatever_name(two, tmp_path, format_id, link):
    files = export_study(two, format_id, tmp_path / "out").files
    image = two.cases()[1].path
    for victim in (image, two.path):
        for file in files:
            kept = file.read_bytes()
            file.unlink()
            link(victim, file)
            refused(two, format_id, tmp_path / "out", image.name if victim == image else file.name)
            file.unlink()
            file.write_bytes(kept)
    export_study(two, format_id, tmp_path / "out", overwrite=True)


@pytest.mark.parametrize("format_id", ["dicom-seg", "dicom-sr"])
def test_dicom_files_do_not_replace_dicom_images(tmp_path, format_id):
    (tmp_path / "images").mkdir()
    with Study.open(tmp_path / "s.softcam") as study:
        image = make_dicom(tmp_path / "images" / "scan.dcm", CT)
        study.add_annotation(study.add_case(image), "box", [[3, 4], [12, 15]], "MA", "anna")
        (file,) = export_study(study, format_id, tmp_path / "out").files
        file.unlink()
        # A second image by the very name that the file of the first one gets.
        study.add_case(make_dicom(tmp_path / "images" / file.name, CT))
        refused(study, format_id, tmp_path / "images", file.name)


def test_another_study_is_not_replaced(two, tmp_path):
    (tmp_path / "out").mkdir()
    with Study.open(tmp_path / "out" / "annotations.json"):
        pass
    refused(two, "coco", tmp_path / "out", "annotations.json")


def failing(monkeypatch, *names: str) -> None:
    """Let new files of these names fail to get their places."""
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target).name in names and ".softcam-export-" in str(self):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)


@pytest.mark.parametrize("links", [True, False])
def test_a_failure_in_the_middle_brings_the_old_files_back(two, tmp_path, monkeypatch, links):
    out = tmp_path / "out"
    export_study(two, "yolo", out)
    (out / "labels" / "a.txt").unlink()
    before = tree(out)
    two.add_annotation(two.cases()[0].id, "box", [[1, 1], [9, 9]], "new", "anna")
    if not links:
        monkeypatch.setattr(os, "link", lambda *_a, **_k: (_ for _ in ()).throw(OSError()))
    with monkeypatch.context() as patched:
        failing(patched, "b.txt")
        with pytest.raises(SoftcamError, match="nothing was written"):
            export_study(two, "yolo", out, overwrite=True)
    assert tree(out) == before
    assert sorted(names_in(out)) == sorted({Path(name).parts[0] for name in before})
    export_study(two, "yolo", out, overwrite=True)
    assert tree(out) != before


def test_a_folder_in_the_way_of_one_file_changes_none(two, tmp_path):
    out = tmp_path / "out"
    export_study(two, "yolo", out)
    (out / "labels" / "b.txt").unlink()
    (out / "labels" / "b.txt").mkdir()
    before = tree(out)
    two.add_annotation(two.cases()[0].id, "box", [[1, 1], [9, 9]], "new", "anna")
    with pytest.raises(SoftcamError, match=r"b\.txt is a folder"):
        export_study(two, "yolo", out, overwrite=True)
    assert tree(out) == before


def test_old_files_that_cannot_be_put_back_are_kept_and_named(two, tmp_path, monkeypatch):
    out = tmp_path / "out"
    export_study(two, "voc", out)
    old = (out / "a.xml").read_bytes()
    two.add_annotation(two.cases()[0].id, "box", [[1, 1], [9, 9]], "new", "anna")
    real, seen = Path.replace, []

    def replace(self: Path, target: Path) -> Path:
        seen.append(target)
        if len(seen) > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(SoftcamError, match="by hand") as told:
            export_study(two, "voc", out, overwrite=True)
    (aside,) = out.glob(".softcam-replaced-*")
    assert "\n" not in str(told.value)
    assert str(aside / "0") in str(told.value)
    assert (aside / "0").read_bytes() == old


def test_what_others_wrote_into_the_folder_meanwhile_stays(two, tmp_path, monkeypatch):
    target = tmp_path / "new" / "deep"

    def full(*_args: object) -> None:
        (target / "report.txt").write_text("precious")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("softcam_core.annotations.formats.exporting.publish", full)
    with pytest.raises(SoftcamError, match="No space left"):
        export_study(two, "coco", target)
    assert names_in(target) == ["report.txt"]


def test_folders_made_for_an_export_that_fails_go_again(two, tmp_path, monkeypatch):
    failing(monkeypatch, "b.xml")
    with pytest.raises(SoftcamError):
        export_study(two, "voc", tmp_path / "new" / "deep")
    assert not (tmp_path / "new").exists()


def test_a_file_where_the_folder_should_be_is_told(two, tmp_path):
    (tmp_path / "out").write_text("a file")
    for folder in (tmp_path / "out", tmp_path / "out" / "below"):
        with pytest.raises(SoftcamError, match="out is no folder; choose a folder"):
            export_study(two, "coco", folder)
