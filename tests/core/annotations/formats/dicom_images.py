"""DICOM images made on the spot, with a patient whose every trace can be looked for."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from softcam_core.annotations import masks
from softcam_core.annotations.formats.exchange import ExportCase
from softcam_core.annotations.records import AnnotationRecord, PackedMask

CANARY = "CANARY"
BORN, VISITED, TIME = "19010203", "19020304", "010203"
WIDTH, HEIGHT = 40, 30
NOW = datetime(2026, 5, 6, 7, 8, 9, tzinfo=UTC)

CR, CT, SC, US_FRAMES, ENHANCED_CT = (
    f"1.2.840.10008.5.1.4.1.1.{end}" for end in ("1", "2", "7", "3.1", "2.1")
)


def make_dicom(path: Path, sop_class: str = CT, **tags: Any) -> Path:
    """Write an image of WIDTH x HEIGHT pixels whose identity tags all hold the canary.

    Keywords are tags to set; None leaves one out.
    """
    frames = 3 if sop_class in (US_FRAMES, ENHANCED_CT) else 1
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = sop_class
    meta.SourceApplicationEntityTitle = CANARY
    meta.PrivateInformationCreatorUID = "1.2.3"
    meta.PrivateInformation = CANARY.encode()
    image = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    image.SOPClassUID = sop_class
    for name in ("SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID"):
        setattr(image, name, generate_uid())
    meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    image.Modality, image.Rows, image.Columns = "CT", HEIGHT, WIDTH
    image.BitsAllocated = image.BitsStored = 8
    image.HighBit, image.PixelRepresentation, image.SamplesPerPixel = 7, 0, 1
    image.PhotometricInterpretation = "MONOCHROME2"
    _add_identity(image)
    if sop_class == CT:
        image.FrameOfReferenceUID = generate_uid()
        image.ImagePositionPatient, image.ImageOrientationPatient = [1, 2, 3], [1, 0, 0, 0, 1, 0]
        image.PixelSpacing, image.SliceThickness = [0.5, 0.25], 2.5
    if frames > 1:
        image.NumberOfFrames = frames
    if sop_class == ENHANCED_CT:
        _add_places(image, frames)
    for name, value in tags.items():
        if value is None:
            delattr(image, name)
        else:
            setattr(image, name, value)
    size = HEIGHT * WIDTH * frames * image.SamplesPerPixel * image.BitsAllocated // 8
    image.PixelData = np.arange(size, dtype=np.uint8).tobytes()
    image.save_as(path, enforce_file_format=True)
    return path


def _add_places(image: Dataset, frames: int) -> None:
    image.FrameOfReferenceUID = generate_uid()
    shared, measures, turn = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [0.5, 0.5], 1.5
    turn.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = [measures], [turn]
    image.SharedFunctionalGroupsSequence = [shared]
    image.PerFrameFunctionalGroupsSequence = []
    for i in range(frames):
        group, place = Dataset(), Dataset()
        place.ImagePositionPatient = [0, 0, 1.5 * i]
        group.PlanePositionSequence = [place]
        image.PerFrameFunctionalGroupsSequence.append(group)


def _add_identity(image: Dataset) -> None:
    for name in (
        "PatientName",
        "PatientID",
        "IssuerOfPatientID",
        "OtherPatientIDs",
        "PatientAddress",
        "PatientComments",
        "AccessionNumber",
        "StudyID",
        "StudyDescription",
        "SeriesDescription",
        "ReferringPhysicianName",
        "PerformingPhysicianName",
        "OperatorsName",
        "InstitutionName",
        "InstitutionAddress",
        "InstitutionalDepartmentName",
        "StationName",
        "DeviceSerialNumber",
        "ProtocolName",
        "ImageComments",
        "PositionReferenceIndicator",
    ):
        setattr(image, name, CANARY)
    image.PatientBirthDate, image.PatientSex, image.PatientAge = BORN, "F", "099Y"
    for name in ("StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate"):
        setattr(image, name, VISITED)
    image.StudyTime = image.SeriesTime = image.ContentTime = TIME
    item = Dataset()
    item.PatientID = item.RequestedProcedureDescription = CANARY
    image.OtherPatientIDsSequence = [item]
    image.RequestAttributesSequence = [item]
    image.ReferencedStudySequence = [item]
    block = image.private_block(0x0011, CANARY, create=True)
    block.add_new(1, "LO", CANARY)
    block.add_new(2, "SQ", [item])


def mark(number: int, kind: str, points: Any, label: str = "MA", **more: Any) -> AnnotationRecord:
    """Return an annotation by reader-1."""
    record = AnnotationRecord(
        number, 1, kind, points, 0.0, label, "reader-1", NOW, NOW, size=(WIDTH, HEIGHT)
    )
    return replace(record, **more)


def mask_mark(number: int, pixels: Any, label: str = "MA") -> AnnotationRecord:
    """Return a mask annotation of pixels (H, W)."""
    x0, y0, x1, y1 = masks.bounding_box(pixels) or (0, 0, 1, 1)
    packed = PackedMask(masks.pack(pixels[y0:y1, x0:x1]), y1 - y0, x1 - x0)
    return mark(number, "mask", [[x0, y0], [x1, y1]], label, packed=packed)


def case_of(path: Path, *records: AnnotationRecord, **more: Any) -> ExportCase:
    """Return what an export says about an image."""
    size = (WIDTH, HEIGHT)
    case = ExportCase(1, path, path.name, path.stem, size, "", list(records))
    return replace(case, **more)


def everything(dataset: Dataset) -> str:
    """Return all of a file as text, file header and nested items included."""
    return f"{dataset.file_meta}\n{dataset}"


def read(path: Path) -> pydicom.FileDataset:
    """Read a file strictly: a warning fails the test."""
    return pydicom.dcmread(path)
