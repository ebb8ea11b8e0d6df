"""``softcam annotations`` with the DICOM formats, in a program of its own."""

import json
import subprocess
import sys
from pathlib import Path

import highdicom
import numpy as np
import pydicom
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from tests.core.annotations.formats.dicom_images import CANARY, CR, US_FRAMES, make_dicom

FILES = {"ct.dcm": {}, "cr.dcm": {"sop_class": CR}, "us.dcm": {"sop_class": US_FRAMES}}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A study of three scans and a photograph, each with a box and an ellipse that overlap."""
    Image.new("L", (40, 30)).save(tmp_path / "eye.png")
    paths = [make_dicom(tmp_path / name, **tags) for name, tags in FILES.items()]
    with Study.open(tmp_path / "s.softcam") as study:
        for path in (*paths, tmp_path / "eye.png"):
            case = study.add_case(path)
            study.add_annotation(case, "box", [[3, 4], [20, 15]], "MA", "anna")
            study.add_annotation(case, "ellipse", [[14, 12], [9, 5]], "HE", "anna", angle=30)
    return tmp_path / "s.softcam"


@pytest.mark.parametrize("name", ["dicom-seg", "dicom-sr"])
def test_dicom_files_round_trip_and_images_without_dicom_are_named(softcam, mixed, tmp_path, name):
    out = tmp_path / "out"
    done = softcam("annotations", "export", mixed, "--format", name, "--out", out, "--json")
    assert done.code == 0, done.err
    (line,) = done.lines
    assert (line["images"], line["annotations"], len(line["files"])) == (3, 6, 3)
    assert [each["name"] for each in line["refused"]] == ["eye.png"]
    assert f"softcam: {name}: eye.png: It is no DICOM file" in done.err
    assert all(said.startswith("softcam: ") for said in done.err.splitlines()), done.err
    for file in out.rglob("*.dcm"):
        assert CANARY.encode() not in file.read_bytes()

    with Study.open(mixed) as study, Study.open(tmp_path / "fresh.softcam") as fresh:
        fresh.add_cases([case.path for case in study.cases()])
        asked = ("annotations", "import", fresh.path, out, "--format", name)
        done = softcam(*asked)
        assert done.code == 0, done.err
        for case in study.cases()[:3]:
            for label in ("MA", "HE"):
                assert np.array_equal(fresh.mask(case.id, label), study.mask(case.id, label))
            assert {mark.reader for mark in fresh.annotations(case.id)} == {"anna"}
        softcam(*asked)
        assert len(fresh.annotations()) == 6, "the same import again adds nothing"


def test_uids_are_kept_and_identity_comes_only_when_asked_for(softcam, mixed, tmp_path):
    for flags, name in (((), ""), (("--keep-identity",), CANARY)):
        out = tmp_path / f"out{len(flags)}"
        asked = ("annotations", "export", mixed, "--format", "dicom-seg", "--out", out)
        assert softcam(*asked, *flags).code == 0
        seg = highdicom.seg.segread(out / "ct.seg.dcm")
        source = pydicom.dcmread(mixed.parent / "ct.dcm")
        assert seg.PatientName == name
        assert seg.StudyInstanceUID == source.StudyInstanceUID
        (uids,) = seg.get_source_image_uids()
        assert uids[2] == source.SOPInstanceUID
        measures = seg.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]
        assert measures.SliceThickness == source.SliceThickness


def test_files_that_are_there_stay_unless_asked(softcam, mixed, tmp_path):
    asked = ("annotations", "export", mixed, "--format", "dicom-sr", "--out", tmp_path / "o")
    assert softcam(*asked).code == 0
    refused = softcam(*asked)
    assert refused.code == 1
    assert len(refused.err.splitlines()) == 1
    assert softcam(*asked, "--overwrite").code == 0


def test_a_start_of_the_command_does_not_load_highdicom():
    code = (
        "import sys, json\n"
        "from softcam_core.cli.main import build_app\n"
        "build_app()\n"
        "import softcam_core.annotations.formats.dicom_seg\n"
        "import softcam_core.annotations.formats.dicom_sr\n"
        "print(json.dumps([m for m in ('highdicom', 'pydicom') if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert json.loads(done.stdout) == [], done.stderr
