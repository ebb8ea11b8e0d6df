"""DICOM SR: geometry, findings, certainty, notes and grades come back; the patient does not."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import highdicom
import numpy as np
import pydicom
import pytest
from highdicom.sr import ComprehensiveSR, srread
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pydicom.sr.codedict import codes

from softcam_core.annotations.formats import format_of
from softcam_core.annotations.formats.exchange import (
    ExportCase,
    ExportOptions,
    ExportReport,
    Finding,
    ImportedImage,
    ImportReport,
)
from softcam_core.annotations.records import AnnotationRecord, LabelRecord
from softcam_core.annotations.shapes import Shape
from softcam_core.errors import ImageError, SoftcamError
from softcam_core.imaging.read import image_size
from tests.core.annotations.formats.dicom_images import (
    BORN,
    CANARY,
    CR,
    CT,
    ENHANCED_CT,
    HEIGHT,
    US_FRAMES,
    VISITED,
    WIDTH,
    case_of,
    make_dicom,
    mark,
    mask_mark,
    read,
)

# Half a step of a 32-bit number at the right edge of the image.
TOLERANCE = WIDTH * 2.0**-24

MARKS = [
    mark(1, "box", [[3.123456789, 4], [12.4, 15.5]]),
    mark(2, "ellipse", [[14, 12], [9, 5]], "HE", angle=30.0),
    mark(3, "ellipse", [[14, 12], [4, 7.25]], "HE", angle=-75.5),
    mark(4, "polygon", [[1, 1], [20.1, 3.3], [12, 29.9], [5, 4]], "effusion"),
    mark(5, "freehand", [[1.5, 1], [20.1, 3], [12, 29.9], [5, 4], [2, 2]]),
    mark(6, "spline", [[10, 10], [20.7, 11], [22, 20], [9, 18]]),
    mark(7, "point", [[30.3, 20.7]], ""),
    mark(8, "length", [[1, 1], [5, 4]]),
    mark(9, "angle", [[1, 1], [5, 1], [5, 9]]),
]

Export = Callable[..., ExportReport]


def write(folder: Path, *cases: ExportCase, **options: Any) -> ExportReport:
    folder.mkdir(exist_ok=True)
    report = ExportReport("dicom-sr", folder=folder)
    labels = [LabelRecord("MA", "#dd88ff", meaning="microaneurysm")]
    format_of("dicom-sr").write(cases, labels, folder, ExportOptions(**options), report)
    return report


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Write cases into a folder of their own and return the report."""
    return lambda *cases, **options: write(tmp_path / "out", *cases, **options)


def back(path: Path) -> tuple[list[ImportedImage], ImportReport]:
    report = ImportReport("dicom-sr", path=path)
    return list(format_of("dicom-sr").read(path, report)), report


def regions(path: Path) -> list[tuple[str, NDArray[Any]]]:
    """What highdicom finds in a report: graphic type and places of each region."""
    report = srread(path)
    assert isinstance(report, ComprehensiveSR)
    groups = report.content.get_planar_roi_measurement_groups()
    return [(group.roi.graphic_type.value, group.roi.value) for group in groups]


@pytest.mark.parametrize("record", MARKS, ids=[f"{m.kind} {m.id}" for m in MARKS])
def test_every_kind_of_shape_comes_back_as_it_was(
    tmp_path: Path, export: Export, record: AnnotationRecord
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    report = export(case_of(source, record))
    assert not report.problems
    assert not report.losses
    (image,), _ = back(report.files[0])
    assert (image.uid, image.name) == (str(read(source).SOPInstanceUID), "scan")
    (finding,) = image.findings
    assert finding.shape() == record.shape
    assert (finding.label, finding.reader) == (record.label, "reader-1")


@pytest.mark.parametrize("record", MARKS[:7], ids=[f"{m.kind} {m.id}" for m in MARKS[:7]])
def test_other_programs_see_the_same_places(
    tmp_path: Path, export: Export, record: AnnotationRecord
) -> None:
    """To half a step of the 32-bit numbers that DICOM keeps."""
    (file,) = export(case_of(make_dicom(tmp_path / "scan.dcm"), record)).files
    ((graphic, places),) = regions(file)
    shape = record.shape
    if record.kind == "point":
        expected = shape.points
    elif record.kind == "ellipse":
        assert graphic == "ELLIPSE"
        expected = shape.handles[[0, 2, 1, 3] if record.id == 2 else [1, 3, 0, 2]]
        longer, shorter = places[1] - places[0], places[3] - places[2]
        assert np.hypot(*longer) > np.hypot(*shorter)
        assert abs(longer @ shorter) < 1e-4
    else:
        assert graphic == "POLYLINE"
        assert np.array_equal(places[0], places[-1]), "a region is a closed line"
        expected = shape.outline()[0]
    assert np.abs(places - expected).max() <= TOLERANCE


coordinate = st.floats(0, HEIGHT, allow_nan=False)
place = st.tuples(coordinate, coordinate)


@given(
    kind=st.sampled_from(["box", "polygon", "freehand", "ellipse", "point", "length"]),
    places=st.lists(place, min_size=3, max_size=9),
    angle=st.floats(-180, 180),
)
@settings(max_examples=40, deadline=None)
def test_any_shape_in_the_image_comes_back_exactly(
    kind: str, places: list[tuple[float, float]], angle: float
) -> None:
    points: Any = places
    turn = 0.0
    if kind == "ellipse":
        points, turn = [[20, 15], [abs(places[0][0] - 15) / 2, places[0][1] / 5]], angle
    elif kind in ("box", "length"):
        points = places[:2]
    elif kind == "point":
        points = places[:1]
    shape = Shape(kind, points, turn)
    record = mark(1, kind, shape.points.tolist(), angle=turn)
    with tempfile.TemporaryDirectory() as folder:
        source = make_dicom(Path(folder) / "scan.dcm")
        report = write(Path(folder) / "out", case_of(source, record))
        (image,), _ = back(report.files[0])
    assert image.findings[0].shape() == shape


def test_a_mask_with_parts_and_holes_comes_back_pixel_by_pixel(
    tmp_path: Path, export: Export
) -> None:
    rng = np.random.default_rng(5)
    pixels = rng.random((HEIGHT, WIDTH)) < 0.5
    report = export(case_of(make_dicom(tmp_path / "scan.dcm"), mask_mark(1, pixels)))
    assert not report.losses
    (image,), _ = back(report.files[0])
    (finding,) = image.findings
    assert finding.kind == "mask"
    assert np.array_equal(finding.shape().full_mask((HEIGHT, WIDTH)), pixels)
    assert [graphic for graphic, _ in regions(report.files[0])] == ["POLYLINE"]


def test_a_line_of_more_places_than_explicit_files_hold_comes_back(
    tmp_path: Path, export: Export
) -> None:
    turn = np.linspace(0, 2 * np.pi, 9000, endpoint=False)
    points = np.stack([20 + 9 * np.cos(turn), 15 + 9 * np.sin(turn)], axis=1)
    record = mark(1, "freehand", points.tolist())
    (file,) = export(case_of(make_dicom(tmp_path / "scan.dcm"), record)).files
    (image,), _ = back(file)
    assert image.findings[0].shape() == record.shape


def test_certainty_note_and_further_attributes_come_back(tmp_path: Path, export: Export) -> None:
    said = {"certainty": "probable", "note": "Grüße\nfrom \\ the reader", "depth": 3}
    record = mark(1, "box", [[1, 1], [5, 5]], attributes=said | {"locked": True, "rank": 2.0})
    report = export(case_of(make_dicom(tmp_path / "scan.dcm"), record))
    assert not report.losses
    (image,), _ = back(report.files[0])
    assert image.findings[0].attributes == said


def test_grades_of_every_reader_come_back(tmp_path: Path, export: Export) -> None:
    record = mark(1, "box", [[1, 1], [5, 5]])
    grades = {"reader-1": "severe", "Dr. B": "a grade of more than sixteen characters"}
    case = case_of(make_dicom(tmp_path / "scan.dcm"), record, grade="severe", grades=grades)
    report = export(case)
    assert len(report.files) == 2
    images, _ = back(report.folder)
    found: dict[str, str] = {}
    for image in images:
        found |= image.grades
    assert found == grades


def test_lengths_and_angles_are_measured_in_the_patient_where_the_spacing_is_known(
    tmp_path: Path, export: Export
) -> None:
    def measured(source: Path) -> dict[str, tuple[float, str]]:
        (file,) = export(case_of(source, *MARKS[7:])).files
        report = srread(file)
        assert isinstance(report, ComprehensiveSR)
        groups = report.content.get_image_measurement_groups()
        values = [group.get_measurements()[0] for group in groups]
        return {v.name.meaning: (round(v.value, 6), v.unit.value) for v in values}

    # 4 columns of 0.25 mm and 3 rows of 0.5 mm.
    known = measured(make_dicom(tmp_path / "known.dcm"))
    assert known == {"Length": (round(np.hypot(1.0, 1.5), 6), "mm"), "Angle": (90, "deg")}
    unknown = measured(make_dicom(tmp_path / "unknown.dcm", CR))
    assert unknown == {"Length": (5, "{pixels}"), "Angle": (90, "deg")}


def test_findings_have_codes_and_trackers_that_last(tmp_path: Path, export: Export) -> None:
    source = make_dicom(tmp_path / "scan.dcm")

    def groups(*marks: AnnotationRecord) -> Any:
        (file,) = export(case_of(source, *marks)).files
        report = srread(file)
        assert isinstance(report, ComprehensiveSR)
        return report.content.get_planar_roi_measurement_groups()

    first, second = groups(MARKS[3], MARKS[0])
    assert first.finding_type.value == "60046008"
    assert (second.finding_type.value, second.finding_type.meaning) == ("MA", "microaneurysm")
    (moved,) = groups(mark(1, "box", [[4, 4], [9, 9]]))
    assert moved.tracking_uid == second.tracking_uid != first.tracking_uid


def test_without_permission_no_trace_of_the_patient_is_left(tmp_path: Path, export: Export) -> None:
    for i, sop_class in enumerate((CT, CR, US_FRAMES, ENHANCED_CT)):
        source = make_dicom(tmp_path / f"{i}.dcm", sop_class)
        (file,) = export(case_of(source, *MARKS)).files
        content = file.read_bytes()
        for trace in (CANARY, BORN, VISITED, "099Y"):
            assert trace.encode() not in content


def test_with_permission_the_patient_is_kept_and_uids_always(
    tmp_path: Path, export: Export
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    header = read(source)
    for keep in (True, False):
        (file,) = export(case_of(source, MARKS[0]), keep_identity=keep).files
        written = read(file)
        assert written.PatientName == (CANARY if keep else "")
        assert written.StudyInstanceUID == header.StudyInstanceUID
        (study,) = written.CurrentRequestedProcedureEvidenceSequence
        (series,) = study.ReferencedSeriesSequence
        assert series.SeriesInstanceUID == header.SeriesInstanceUID
        assert series.ReferencedSOPSequence[0].ReferencedSOPInstanceUID == header.SOPInstanceUID


def test_the_same_marks_are_the_same_instance_and_changed_ones_another(
    tmp_path: Path, export: Export
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    uids = []
    for note in ("", "", "changed"):
        record = mark(1, "box", [[1, 1], [5, 5]], attributes={"note": note})
        (file,) = export(case_of(source, record)).files
        uids.append(read(file).SOPInstanceUID)
    assert uids[0] == uids[1] != uids[2]


def test_marks_are_cut_at_the_edges_of_the_image_and_that_is_listed(
    tmp_path: Path, export: Export
) -> None:
    marks = [
        mark(1, "box", [[-5, 4], [12, 50]]),
        mark(2, "polygon", [[30, 10], [60, 10], [60, 20], [30, 20]]),
        mark(3, "ellipse", [[0, 15], [6, 4]]),
        mark(4, "point", [[-1, 3]]),
        mark(5, "polygon", [[100, 10], [160, 10], [160, 20]]),
        mark(6, "length", [[1, 1], [99, 1]]),
    ]
    report = export(case_of(make_dicom(tmp_path / "scan.dcm"), *marks))
    assert {loss.what: loss.count for loss in report.losses} == {
        "part of a mark outside the image cut off": 3,
        "mark outside the image left out": 2,
        "length that reaches past the image left out": 1,
    }
    for _, places in regions(report.files[0]):
        assert places.min() >= 0
        assert (places.max(axis=0) <= [WIDTH, HEIGHT]).all()
    (image,), _ = back(report.files[0])
    assert image.findings[0].shape() == Shape("box", [[0, 4], [12, HEIGHT]])
    assert image.findings[1].shape() == Shape("box", [[30, 10], [WIDTH, 20]])


def test_cases_that_it_cannot_hold_are_named_and_the_others_go_on(
    tmp_path: Path, export: Export
) -> None:
    photograph = tmp_path / "photo.png"
    photograph.write_bytes(b"\x89PNG\r\n\x1a\n")
    lost = make_dicom(tmp_path / "lost.dcm", StudyInstanceUID=None)
    good = make_dicom(tmp_path / "good.dcm", US_FRAMES)
    report = export(*(case_of(path, MARKS[0]) for path in (photograph, lost, good)))
    assert [file.name for file in report.files] == ["good.sr.dcm"]
    assert [name for name, _ in report.refused] == ["photo.png", "lost.dcm"]
    assert "StudyInstanceUID" in report.refused[1][1]
    assert [loss.what for loss in report.losses] == ["mark written for all frames of its image"]


def test_an_outline_that_another_program_changed_counts(tmp_path: Path, export: Export) -> None:
    (file,) = export(case_of(make_dicom(tmp_path / "scan.dcm"), MARKS[0])).files
    dataset = read(file)

    def walk(item: Any) -> None:
        for child in item.get("ContentSequence", []):
            if child.ValueType == "SCOORD":
                child.GraphicData = [1, 1, 9, 1, 9, 7, 1, 7, 1, 1]
            walk(child)

    walk(dataset)
    dataset.save_as(file)
    (image,), _ = back(file)
    assert image.findings[0].shape() == Shape("box", [[1, 1], [9, 7]])


def foreign(source: Path, graphic: str, places: Any, name: str = "Nodule") -> Any:
    """A report as highdicom alone writes it."""
    image = highdicom.sr.SourceImageForRegion(CT, str(read(source).SOPInstanceUID))
    group = highdicom.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
        highdicom.sr.TrackingIdentifier(highdicom.UID(), "1"),
        referenced_region=highdicom.sr.ImageRegion(graphic, np.array(places, float), image),
        finding_type=getattr(codes.SCT, name),
    )
    observer = highdicom.sr.ObserverContext(
        codes.DCM.Person, highdicom.sr.PersonObserverIdentifyingAttributes("Doe^Ann")
    )
    report = highdicom.sr.MeasurementReport(
        highdicom.sr.ObservationContext(observer), codes.SCT.ImagingProcedure, [group]
    )
    header = read(source)
    header.PatientName = header.ReferringPhysicianName = "A^B"
    return ComprehensiveSR([header], report[0], highdicom.UID(), 1, highdicom.UID(), 1, "somebody")


@pytest.mark.parametrize(
    ("graphic", "places", "expected"),
    [
        ("POINT", [[3, 4]], Shape("point", [[3, 4]])),
        ("CIRCLE", [[10, 10], [13, 14]], Shape("ellipse", [[10, 10], [5, 5]])),
        ("ELLIPSE", [[5, 9], [15, 9], [10, 7], [10, 11]], Shape("ellipse", [[10, 9], [5, 2]])),
        ("POLYLINE", [[1, 1], [9, 1], [9, 7], [1, 1]], Shape("polygon", [[1, 1], [9, 1], [9, 7]])),
        ("POLYLINE", [[1, 1], [9, 1], [9, 7], [1, 7], [1, 1]], Shape("box", [[1, 1], [9, 7]])),
        ("POLYLINE", [[1, 1], [9, 2]], Shape("length", [[1, 1], [9, 2]])),
    ],
)
def test_reports_of_other_programs_are_read(
    tmp_path: Path, graphic: str, places: Any, expected: Shape
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    foreign(source, graphic, places).save_as(tmp_path / "theirs.dcm")
    (image,), _ = back(tmp_path / "theirs.dcm")
    assert image.uid == str(read(source).SOPInstanceUID)
    (finding,) = image.findings
    assert finding.shape() == expected
    assert finding == Finding(
        expected.kind, expected.points.tolist(), "Nodule", expected.angle, None, "Doe Ann"
    )


def test_files_that_make_no_sense_are_named_and_the_others_go_on(
    tmp_path: Path, export: Export
) -> None:
    source = make_dicom(tmp_path / "scan.dcm")
    report = export(case_of(source, MARKS[0]))
    dataset = read(report.files[0])
    for item in dataset.ContentSequence[-1].ContentSequence[0].ContentSequence:
        if item.ValueType == "SCOORD":
            item.GraphicData = [1, 2, 3]
    dataset.save_as(report.folder / "torn.dcm")
    (report.folder / "image.dcm").write_bytes(source.read_bytes())
    images, read_report = back(report.folder)
    assert [image.name for image in images] == ["scan"]
    assert [name for name, _ in read_report.problems] == ["torn.dcm"]
    with pytest.raises(SoftcamError, match="no DICOM SR"):
        back(source)


def test_every_real_file_comes_back_or_is_named(shared_data: Path, export: Export) -> None:
    root = shared_data / "dicom"
    named = set()
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
            named.add(relative)
            continue
        (image,), _ = back(report.files[0])
        assert image.uid == str(pydicom.dcmread(path, stop_before_pixels=True).SOPInstanceUID)
        assert image.findings[0].shape() == shape
        ((graphic, places),) = regions(report.files[0])
        assert graphic == "ELLIPSE"
        assert np.allclose(places.mean(axis=0), shape.points[0])
    assert named == {
        "ljdata/JPEGLosslessP14SV1_1s_1f_u_16_16.dcm",
        "pydicom/JPEGLSNearLossless_16.dcm",
        "pydicom/badVR.dcm",
        "pydicom/no_meta.dcm",
        "pydicom/rtplan.dcm",
        "pydicom-data/JLSL_RGB_ILV0.dcm",
        "pydicom-data/OT-PAL-8-face.dcm",
    }
