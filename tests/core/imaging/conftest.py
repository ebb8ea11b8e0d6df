"""Helpers to write small image files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

MakeDicom = Callable[..., Path]


@pytest.fixture
def make_dicom(tmp_path: Path) -> MakeDicom:
    """Write an uncompressed DICOM file: make_dicom(pixels, name="a.dcm", KEYWORD=value, ...)."""

    def make(pixels: np.ndarray, name: str = "a.dcm", **tags: Any) -> Path:
        dataset = Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.file_meta.MediaStorageSOPClassUID = SecondaryCaptureImageStorage
        dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.SOPClassUID = SecondaryCaptureImageStorage
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID
        dataset.PatientName, dataset.PatientID = "Doe^Jane", "4711"
        dataset.PatientBirthDate, dataset.InstitutionName = "19700101", "St. Elsewhere"
        colour = pixels.ndim >= 3 and pixels.shape[-1] == 3
        shape = pixels.shape[:-1] if colour else pixels.shape
        dataset.Rows, dataset.Columns = shape[-2:]
        if len(shape) == 3:
            dataset.NumberOfFrames = shape[0]
        dataset.SamplesPerPixel = 3 if colour else 1
        if colour:
            dataset.PlanarConfiguration = 0
        dataset.PhotometricInterpretation = "RGB" if colour else "MONOCHROME2"
        dataset.BitsAllocated = dataset.BitsStored = pixels.dtype.itemsize * 8
        dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
        for keyword, value in tags.items():
            setattr(dataset, keyword, value)
        dataset.HighBit = dataset.BitsStored - 1
        word = "OB" if dataset.BitsAllocated == 8 else "OW"
        dataset.add_new("PixelData", word, pixels.tobytes() + b"\0" * (pixels.nbytes % 2))
        path = tmp_path / name
        dataset.save_as(path, enforce_file_format=True)
        return path

    return make
