"""DICOM SEG: every pixel, the right image, no patient, and a reason for what it cannot hold."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import highdicom
import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray

from softcam_core.annotations.formats import dicom_common, format_of
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.masks import Mask
from softcam_core.annotations.rasterize import rasterize
from softcam_core.annotations.records import LabelRecord
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ImageError, SoftcamError
from softcam_core.imaging.read import image_size, read_image
from tests.core.annotations.formats.dicom_images import (
    BORN,
    CANARY,
    CR,
    CT,
    ENHANCED_CT,
    HEIGHT,
    SC,
    US_FRAMES,
    VISITED,
    WIDTH,
    case_of,
    everything,
    make_dicom,
    mark,
    mask_mark,
    read,
)

LABELS = [LabelRecord("MA", "#dd88ff", meaning="microaneurysm"), LabelRecord("HE", "#99ff00")]
BOX = mark(1, "box", [[3, 4], [12.4, 15.5]])
ELLIPSE = mark(2, "ellipse", [[14, 12], [9, 5]], "HE", angle=30.0)

Export = Callable[..., ExportReport]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Write cases into a folder of their own and return the report."""

    def run(*cases: ExportCase, **options: Any) -> ExportReport:
        folder = tmp_path / "out"
        folder.mkdir(exist_ok=True)
        report = ExportReport("dicom-seg", folder=folder)
        format_of("dicom-seg").write(cases, LABELS, folder, ExportOptions(**options), report)
        return report

    return run


def back(path: Path) -> tuple[list[ImportedImage], ImportReport]:
    report = ImportReport("dicom-seg", path=path)
    return list(format_of("dicom-seg").read(path, report)), report


def pixels_of(*marks: Any) -> Mask:
    out = np.zeros((HEIGHT, WIDTH), bool)
    for one in marks:
        out |= rasterize(one.shape, (HEIGHT, WIDTH))
    return out


def by_highdicom(path: Path, uid: str, frames: int) -> NDArray[Any]:
    seg = highdicom.seg.segread(path)
    if frames > 1:
        return seg.get_pixels_by_source_frame(
            uid, list(range(1, frames + 1)), ignore_spatial_locations=True
        )[0]
    return seg.get_pixels_by_source_instance([uid], ignore_spatial_locations=True)[0]


SOURCES = {
    "CT with a place in the patient": {"sop_class": CT},
    "projection, dark for bright, no spacing": {
        "sop_class": CR,
        "PhotometricInterpretation": "MONOCHROME1",
    },
    "colour": {
        "sop_class": SC,
        "SamplesPerPixel": 3,
        "PlanarConfiguration": 0,
        "PhotometricInterpretation": "RGB",
    },
    "frames without a place": {"sop_class": US_FRAMES},
    "frames with a place": {"sop_class": ENHANCED_CT},
    "frame of reference without a position": {
        "sop_class": CR,
        "FrameOfReferenceUID": "1.2.3.4",
        "ImagerPixelSpacing": [0.1, 0.1],
    },
    "CT that lost its place": {
        "sop_class": CT,
        "FrameOfReferenceUID": None,
        "ImagePositionPatient": None,
    },
}


@pytest.mark.parametrize("tags", SOURCES.values(), ids=SOURCES)
def test_every_pixel_comes_back_to_three_readers(
    tmp_path: Path, export: Export, tags: dict[str, Any]
) -> None:
    source = make_dicom(tmp_path / "scan.dcm", **tags)
    report = export(case_of(source, BOX, ELLIPSE))
    assert not report.problems
    (file,) = report.files
    expected = {"MA": pixels_of(BOX), "HE": pixels_of(ELLIPSE)}
    assert (expected["MA"] & expected["HE"]).any(), "the labels are meant to overlap"

    uid = str(read(source).SOPInstanceUID)
    (image,), _ = back(file)
    assert (image.uid, image.name, image.size) == (uid, "scan", (WIDTH, HEIGHT))
    assert [f.label for f in image.findings] == ["MA", "HE"]
    for finding in image.findings:
        assert finding.reader == "reader-1"
        assert np.array_equal(finding.shape().full_mask((HEIGHT, WIDTH)), expected[finding.label])

    frames = 3 if tags["sop_class"] == ENHANCED_CT else 1
    theirs = by_highdicom(file, uid, frames)
    stored = read(file)
    assert [str(s.SegmentLabel) for s in stored.SegmentSequence] == ["MA", "HE"]
    for i, mask in enumerate(expected.values()):
        assert np.array_equal(theirs[..., i].astype(bool), mask)
    planes = stored.pixel_array.reshape(-1, HEIGHT, WIDTH)
    assert len(planes) == 2 * frames
    for plane, group in zip(planes, stored.PerFrameFunctionalGroupsSequence, strict=True):
        number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
        assert np.array_equal(plane.astype(bool), expected["MA" if number == 1 else "HE"])


def test_without_permission_no_trace_of_the_patient_is_left(tmp_path: Path, export: Export) -> None:
    for i, sop_class in enumerate((CT, CR, US_FRAMES, ENHANCED_CT)):
        source = make_dicom(tmp_path / f"{i}.dcm", sop_class)
        assert CANARY.encode() in source.read_bytes()
        (file,) = export(case_of(source, BOX)).files
        content = file.read_bytes()
        for trace in (CANARY, BORN, VISITED, "099Y"):
            assert trace.encode() not in content
        written = read(file)
        assert written.PatientName == "" == written.PatientID == written.PatientSex
        assert written.PatientIdentityRemoved == "YES"


def test_with_permission_the_patient_and_the_study_are_kept(tmp_path: Path, export: Export) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    (file,) = export(case_of(source, BOX), keep_identity=True).files
    written = read(file)
    assert written.PatientName == written.PatientID == written.AccessionNumber == CANARY
    assert (written.PatientBirthDate, written.StudyDate, written.PatientSex) == (BORN, VISITED, "F")
    assert "PatientIdentityRemoved" not in written


def test_a_name_in_another_script_is_kept_with_permission(tmp_path: Path, export: Export) -> None:
    source = make_dicom(
        tmp_path / "scan.dcm", SpecificCharacterSet="ISO_IR 100", PatientName="Müller^Jürgen"
    )
    (file,) = export(case_of(source, BOX), keep_identity=True).files
    assert str(read(file).PatientName) == "Müller^Jürgen"


def test_uids_of_the_source_are_kept_and_new_ones_follow_from_the_marks(
    tmp_path: Path, export: Export
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    header = read(source)

    def uids(*marks: Any) -> pydicom.FileDataset:
        (file,) = export(case_of(source, *marks)).files
        return read(file)

    first, again, changed = uids(BOX), uids(BOX), uids(BOX, ELLIPSE)
    assert first.StudyInstanceUID == header.StudyInstanceUID
    assert first.FrameOfReferenceUID == header.FrameOfReferenceUID
    (series,) = first.ReferencedSeriesSequence
    assert series.SeriesInstanceUID == header.SeriesInstanceUID
    assert series.ReferencedInstanceSequence[0].ReferencedSOPInstanceUID == header.SOPInstanceUID
    assert first.SOPInstanceUID == again.SOPInstanceUID != changed.SOPInstanceUID
    assert first.SeriesInstanceUID == changed.SeriesInstanceUID != header.SeriesInstanceUID
    assert first.ContentDate == "20260506"
    assert first.InstanceCreationDate == "20260506"


def test_spacing_and_thickness_are_those_of_the_source_and_missing_where_it_has_none(
    tmp_path: Path, export: Export
) -> None:
    def measures(name: str, *args: Any, **tags: Any) -> Any:
        (file,) = export(case_of(make_dicom(tmp_path / name, *args, **tags), BOX)).files
        seg = highdicom.seg.segread(file)
        return seg.SharedFunctionalGroupsSequence[0].get("PixelMeasuresSequence")

    (known,) = measures("a.dcm")
    assert ([*known.PixelSpacing], known.SliceThickness) == ([0.5, 0.25], 2.5)
    (thin,) = measures("b.dcm", CR, PixelSpacing=[0.2, 0.2])
    assert ([*thin.PixelSpacing], thin.SliceThickness) == ([0.2, 0.2], 1)
    assert measures("c.dcm", CR) is None
    assert measures("d.dcm", US_FRAMES) is None


def test_an_image_without_a_place_says_which_way_up_it_is(tmp_path: Path, export: Export) -> None:
    """The standard asks for it, empty where nobody knows."""
    for name, orientation in (("a.dcm", ["L", "F"]), ("b.dcm", None)):
        tags = {"PatientOrientation": orientation} if orientation else {}
        (file,) = export(case_of(make_dicom(tmp_path / name, CR, **tags), BOX)).files
        assert "PatientOrientation" in read(file)
        assert list(read(file).PatientOrientation or []) == (orientation or [])


def test_labels_have_public_codes_where_there_are_some(tmp_path: Path, export: Export) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    long = "a label that is longer than sixteen characters"
    marks = [mark(i, "box", [[1, 1], [5, 5]], label) for i, label in enumerate(["HE", "MA", long])]
    (file,) = export(case_of(source, *marks)).files
    segments = read(file).SegmentSequence
    codes = [segment.SegmentedPropertyTypeCodeSequence[0] for segment in segments]
    assert (codes[0].CodingSchemeDesignator, codes[0].CodeValue) == ("SCT", "50960005")
    assert segments[0].AnatomicRegionSequence[0].CodeValue == "5665001"
    assert (codes[1].CodingSchemeDesignator, codes[1].CodeValue) == ("99SOFTCAM", "MA")
    assert codes[1].CodeMeaning == "microaneurysm"
    assert codes[2].LongCodeValue == long


def test_readers_have_files_of_their_own(tmp_path: Path, export: Export) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    names = ["Dr. Åse Ünal", "a/b", "a:b"]
    marks = [mark(i, "box", [[i, 1], [9, 9]], reader=name) for i, name in enumerate(names)]
    report = export(case_of(source, *marks))
    assert len(report.files) == 3
    images, _ = back(report.folder)
    assert {image.name for image in images} == {"scan"}
    read_back = {image.findings[0].reader: image.findings[0] for image in images}
    assert set(read_back) == set(names)
    for drawn in marks:
        found = read_back[drawn.reader].shape().full_mask((HEIGHT, WIDTH))
        assert np.array_equal(found, pixels_of(drawn))


def test_what_it_cannot_hold_is_listed(tmp_path: Path, export: Export) -> None:
    source = make_dicom(tmp_path / "scan.dcm", US_FRAMES)
    marks = [
        mark(1, "box", [[1, 1], [9, 9]], attributes={"note": "n", "certainty": "possible"}),
        mark(2, "box", [[20, 1], [29, 9]], attributes={"locked": True}),
        mark(3, "length", [[1, 1], [9, 9]]),
        mark(4, "point", [[200, 200]], "far"),
        mark(5, "box", [[1, 1], [2, 2]], reader="a^b"),
    ]
    report = export(case_of(source, *marks, grade="severe", grades={"reader-1": "severe"}))
    losses = {loss.what: loss.count for loss in report.losses}
    assert losses == {
        "box written as pixel mask": 3,
        "certainty left out": 1,
        "note left out": 1,
        "length left out": 1,
        "mark merged with others of its label": 2,
        "mark without a pixel in the image left out": 1,
        "marks written for all frames of an image of several frames": 1,
        "reader's name shortened": 1,
        "grade of the whole image left out": 1,
    }
    assert report.left_out == 2
    assert all(loss.cases == {"scan.dcm": None} for loss in report.losses)


def test_cases_that_it_cannot_hold_are_named_and_the_others_go_on(
    tmp_path: Path, export: Export
) -> None:
    photograph = tmp_path / "photo.png"
    photograph.write_bytes(b"\x89PNG\r\n\x1a\n")
    other = make_dicom(tmp_path / "other.dcm", SOPInstanceUID=None)
    small = make_dicom(tmp_path / "small.dcm", Rows=20)
    torn = tmp_path / "torn.dcm"
    torn.write_bytes(make_dicom(tmp_path / "good.dcm").read_bytes()[:400])
    gone = tmp_path / "gone.dcm"
    good = tmp_path / "good.dcm"
    cases = [case_of(path, BOX) for path in (photograph, other, small, torn, gone, good)]
    report = export(*cases)
    assert [file.name for file in report.files] == ["good.seg.dcm"]
    refused, problems = dict(report.refused), dict(report.problems)
    assert list(refused) == ["photo.png", "other.dcm"]
    assert "no DICOM file" in refused["photo.png"]
    assert "SOPInstanceUID" in refused["other.dcm"]
    assert list(problems) == ["small.dcm", "torn.dcm", "gone.dcm"]
    assert "40 x 20" in problems["small.dcm"]
    assert "does not exist" in problems["gone.dcm"]


def test_an_unlabelled_mark_comes_back_without_a_label(tmp_path: Path, export: Export) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    named = mark(2, "box", [[20, 20], [30, 28]], "unlabelled lesion")
    (file,) = export(case_of(source, mark(1, "box", [[1, 1], [5, 5]], ""), named)).files
    (image,), _ = back(file)
    assert [f.label for f in image.findings] == ["", "unlabelled lesion"]


def test_a_mask_with_holes_comes_back_pixel_by_pixel(tmp_path: Path, export: Export) -> None:
    rng = np.random.default_rng(3)
    pixels = rng.random((HEIGHT, WIDTH)) < 0.4
    (file,) = export(case_of(make_dicom(tmp_path / "s.dcm"), mask_mark(1, pixels))).files
    (image,), _ = back(file)
    assert np.array_equal(image.findings[0].shape().full_mask((HEIGHT, WIDTH)), pixels)


@pytest.mark.parametrize("kind", ["FRACTIONAL", "LABELMAP"])
def test_masks_of_other_programs_are_read(tmp_path: Path, export: Export, kind: str) -> None:
    """Made by highdicom alone, over two slices of one series."""
    slices = [make_dicom(tmp_path / f"{i}.dcm") for i in range(2)]
    headers = [read(path) for path in slices]
    headers[1].SeriesInstanceUID = headers[0].SeriesInstanceUID
    headers[1].StudyInstanceUID = headers[0].StudyInstanceUID
    headers[1].FrameOfReferenceUID = headers[0].FrameOfReferenceUID
    headers[1].ImagePositionPatient = [1, 2, 5.5]
    for header in headers:
        header.PatientName = header.ReferringPhysicianName = "A^B"
    planes = np.zeros((2, HEIGHT, WIDTH), np.uint8)
    planes[0, 2:8, 3:9] = 1
    planes[1, 20:25, 30:35] = 1
    description = highdicom.seg.SegmentDescription(
        1,
        "nodule",
        pydicom.sr.codedict.codes.SCT.MorphologicallyAbnormalStructure,
        pydicom.sr.codedict.codes.SCT.Nodule,
        "MANUAL",
    )
    seg = highdicom.seg.Segmentation(
        headers,
        planes.astype(float) if kind == "FRACTIONAL" else planes,
        kind,
        [description],
        *(highdicom.UID(), 1, highdicom.UID(), 1, "someone", "else", "1", "2"),
    )
    seg.save_as(tmp_path / "theirs.dcm")
    images, report = back(tmp_path / "theirs.dcm")
    by_uid = {image.uid: image.findings for image in images}
    for header, plane in zip(headers, planes, strict=True):
        (finding,) = by_uid[str(header.SOPInstanceUID)]
        assert finding.label == "nodule"
        assert np.array_equal(finding.shape().full_mask((HEIGHT, WIDTH)), plane.astype(bool))
    assert bool(report.losses) == (kind == "FRACTIONAL")


def test_files_that_make_no_sense_are_named_and_the_others_go_on(
    tmp_path: Path, export: Export
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    report = export(case_of(source, BOX))
    whole = report.files[0].read_bytes()
    (report.folder / "torn.seg.dcm").write_bytes(whole[:-40])
    (report.folder / "image.dcm").write_bytes(source.read_bytes())
    (report.folder / "note.txt").write_text("no DICOM")
    images, read_report = back(report.folder)
    assert [image.name for image in images] == ["scan"]
    assert [name for name, _ in read_report.problems] == ["torn.seg.dcm"]
    with pytest.raises(SoftcamError, match=r"torn\.seg\.dcm"):
        back(report.folder / "torn.seg.dcm")
    with pytest.raises(SoftcamError, match="no DICOM SEG"):
        back(source)
    with pytest.raises(SoftcamError, match="no DICOM files"):
        back(make_empty(tmp_path))


def make_empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("found", [None, "0.22.0"])
def test_without_highdicom_one_sentence_says_what_needs_it(
    tmp_path: Path, export: Export, monkeypatch: pytest.MonkeyPatch, found: str | None
) -> None:
    def version(name: str) -> str:
        if found is None:
            raise dicom_common.PackageNotFoundError(name)
        return found

    monkeypatch.setattr(dicom_common, "version", version)
    with pytest.raises(SoftcamError, match=r"DICOM SEG needs highdicom 0\.28"):
        export(case_of(make_dicom(tmp_path / "scan.dcm"), BOX))


def test_every_real_file_comes_back_or_is_named(shared_data: Path, export: Export) -> None:
    """All transfer syntaxes, photometric interpretations, and files damaged on purpose."""
    root = shared_data / "dicom"
    named = {}
    for path in sorted(root.rglob("*.dcm")):
        relative = path.relative_to(root).as_posix()
        try:
            width, height = image_size(path)
        except ImageError:
            width, height = 10, 10
        shape = Shape("ellipse", [[width / 2, height / 2], [width / 3, height / 4]], 20)
        record = mark(1, "ellipse", shape.points.tolist(), angle=20.0, size=(width, height))
        case = case_of(path, record, relative=relative, stem=relative[:-4], size=(width, height))
        report = export(case)
        if not report.files:
            ((name, named[relative]),) = report.problems + report.refused
            assert name == relative
            continue
        (image,), _ = back(report.files[0])
        assert image.uid == str(pydicom.dcmread(path, stop_before_pixels=True).SOPInstanceUID)
        expected = rasterize(shape, (height, width))
        (finding,) = image.findings
        assert np.array_equal(finding.shape().full_mask((height, width)), expected), relative
        theirs = highdicom.seg.segread(report.files[0])
        first = theirs.get_stored_frame(1)
        assert np.array_equal(first.astype(bool), expected), relative
        written = everything(read(report.files[0]))
        assert not [value for value in _identity(path) if value in written], relative
    assert set(named) == {
        "ljdata/JPEGLosslessP14SV1_1s_1f_u_16_16.dcm",  # no SOP Instance UID
        "pydicom/JPEGLSNearLossless_16.dcm",  # no Study Instance UID
        "pydicom/badVR.dcm",  # a number that is none
        "pydicom/no_meta.dcm",  # no file header
        "pydicom/rtplan.dcm",  # no image
        "pydicom-data/JLSL_RGB_ILV0.dcm",  # no SOP Instance UID
        "pydicom-data/OT-PAL-8-face.dcm",  # no file header
    }
    for sentence in named.values():
        assert sentence.endswith(".")


def _identity(path: Path) -> set[str]:
    """Return values that say who the patient of a real file is."""
    header = pydicom.dcmread(path, stop_before_pixels=True, force=True)
    names = ("PatientName", "PatientID", "PatientBirthDate", "AccessionNumber", "InstitutionName")
    values = {str(header.get(name) or "") for name in names}
    return {value for value in values if len(value) > 4}


def test_a_real_mask_lies_on_its_own_photograph(shared_data: Path, export: Export) -> None:
    """The segment's size is that of the pixels that the viewer shows."""
    path = shared_data / "dicom" / "pydicom" / "CT_small.dcm"
    height, width = read_image(path).pixels.shape[:2]
    record = mark(1, "box", [[1, 2], [50, 60]], size=(width, height))
    (file,) = export(case_of(path, record, size=(width, height))).files
    assert (read(file).Rows, read(file).Columns) == (height, width)
