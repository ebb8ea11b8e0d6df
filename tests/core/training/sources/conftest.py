"""Small trees of images, laid out as the public data sets are."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage, generate_uid

from softcam_core.training.config import DataConfig
from softcam_core.training.sources import read_data
from softcam_core.training.table import Table

Picture = Callable[..., Path]


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Write an image of (width, height) at a place below the test's folder."""

    def write(place: str, size: tuple[int, int] = (40, 30)) -> Path:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", size, 90).save(path)
        return path

    return write


@pytest.fixture
def film(tmp_path: Path) -> Picture:
    """Write a DICOM file of (width, height) at a place below the test's folder."""

    def write(place: str, size: tuple[int, int] = (64, 64)) -> Path:
        width, height = size
        dataset = Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.SOPClassUID = SecondaryCaptureImageStorage
        dataset.SOPInstanceUID = generate_uid()
        dataset.PatientID = Path(place).stem
        dataset.Rows, dataset.Columns = height, width
        dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
        dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 8, 8, 7
        dataset.PixelRepresentation = 0
        dataset.PixelData = np.zeros(height * width, np.uint8).tobytes()
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        dataset.save_as(path, enforce_file_format=True)
        return path

    return write


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a text file at a place below the test's folder."""

    def write(place: str, text: str) -> Path:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def read() -> Callable[..., Table]:
    """Read a source with keys of ``[data]``; not asking that it can be trained on."""

    def read(source: Path, need_val: bool = False, **keys: object) -> Table:
        return read_data(DataConfig(csv=str(source), **keys), need_val=need_val)

    return read
