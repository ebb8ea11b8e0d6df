"""Write a chest phantom as a DICOM file with plausible tags and no person behind them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np

from softcam_core.phantoms.case import Phantom
from softcam_core.phantoms.cxr import BITS

_FILM_MM = 356.0  # side of the detector, 14 inches


def dicom_bytes(phantom: Phantom, name: str) -> bytes:
    """Return a Digital X-Ray file, 16 bits allocated, MONOCHROME2, RLE lossless.

    Args:
        phantom: of modality ``cxr``.
        name: patient's name and ID, ``PHANTOM^CXR01``.

    The same phantom and name give the same bytes.
    """
    from pydicom.dataset import FileDataset, FileMetaDataset
    from pydicom.uid import (
        UID,
        DigitalXRayImageStorageForPresentation,
        RLELossless,
        generate_uid,
    )

    def uid(kind: str) -> UID:
        return generate_uid(entropy_srcs=["softcam-phantom", kind, name, str(phantom.seed)])

    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    meta.MediaStorageSOPInstanceUID = uid("instance")
    meta.TransferSyntaxUID = RLELossless
    meta.ImplementationVersionName = "SOFTCAM_PHANTOM"
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SpecificCharacterSet = "ISO_IR 192"
    data.ImageType = ["DERIVED", "PRIMARY"]
    data.SOPClassUID = meta.MediaStorageSOPClassUID
    data.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    data.StudyInstanceUID, data.SeriesInstanceUID = uid("study"), uid("series")
    data.StudyID, data.SeriesNumber, data.InstanceNumber = "1", 1, 1
    data.StudyDate, data.StudyTime = "20200101", "120000"
    data.AccessionNumber = ""
    data.ReferringPhysicianName = ""
    data.PatientName, data.PatientID = name, name.replace("^", "-")
    data.PatientBirthDate, data.PatientSex = "", ""
    data.Modality, data.BodyPartExamined, data.ViewPosition = "DX", "CHEST", "PA"
    data.PatientOrientation = ["L", "F"]
    data.ImageLaterality = "U"
    data.PresentationIntentType = "FOR PRESENTATION"
    data.Manufacturer, data.ManufacturerModelName = "SoftCAM Viewer", "Phantom generator"
    data.ImageComments = "Synthetic phantom. Not a patient. Not for diagnosis."
    data.BurnedInAnnotation = "NO"
    rows, columns = phantom.pixels.shape
    data.Rows, data.Columns = rows, columns
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated, data.BitsStored, data.HighBit = 16, BITS, BITS - 1
    data.PixelRepresentation = 0
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    data.PresentationLUTShape = "IDENTITY"
    data.LossyImageCompression = "00"
    spacing = f"{_FILM_MM / rows:.4f}"
    data.ImagerPixelSpacing = [spacing, spacing]
    data.PixelSpacing = [spacing, spacing]
    low, high = np.percentile(phantom.pixels, [0.1, 99.9])
    data.WindowCenter, data.WindowWidth = round(float(low + high) / 2), round(float(high - low))
    data.compress(
        RLELossless,
        np.ascontiguousarray(phantom.pixels),
        encoding_plugin="pydicom",
        generate_instance_uid=False,
    )
    stream = io.BytesIO()
    data.save_as(stream, enforce_file_format=True)
    return stream.getvalue()


def write_dicom(phantom: Phantom, path: Path, name: str) -> None:
    """Write `dicom_bytes` to ``path``."""
    path.write_bytes(dicom_bytes(phantom, name))
