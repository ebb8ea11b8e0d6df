"""What both DICOM formats share: the source image without its patient, UIDs, names, files.

Identity: a new file gets its patient, study and institution from an allow-list, so whatever else
the source holds (private tags, comments, operators) cannot come along. Without ``keep_identity``
the list is empty of everything about the person: names, numbers, sex, age, dates and times of
the study, descriptions. UIDs are kept, because they tie the file to its image.

UIDs of new series and instances are ``2.25.`` and a UUID of version 5 (RFC 9562) over what they
stand for. The same marks give the same instance again; changed marks give another one.
"""

from __future__ import annotations

import logging
import re
import uuid
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from softcam_core.annotations.formats.exchange import ExportReport
from softcam_core.annotations.formats.reading import check_folder
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.errors import ImageError, SoftcamError

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

MANUFACTURER = "SoftCAM Viewer"
UTF8 = "ISO_IR 192"

Spacing = tuple[float, float] | None

_NEEDED = (0, 28)
_NAMESPACE = uuid.UUID("8f6b3c52-2f51-4c39-9a70-0d8c5d1c7a11")
_NOWHERE = logging.NullHandler()
_TEXT = 64  # Characters that DICOM's LO and PN hold.

_UIDS = ("SOPClassUID", "SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID")
# What tells nothing about the person, and what ties the marks to pixels.
_IMAGE = (*_UIDS, "Modality", "Rows", "Columns", "PatientOrientation", "LossyImageCompression")
_PATIENT = ("PatientName", "PatientID", "PatientBirthDate", "PatientSex")
_VISIT = ("AccessionNumber", "StudyID", "StudyDate", "StudyTime", "ReferringPhysicianName")
_MORE = ("StudyDescription", "PatientAge")


class UnwritableError(Exception):
    """A case that cannot be written; the text is the sentence for the report."""


class RefusedError(UnwritableError):
    """A case that a DICOM format cannot hold, though nothing is wrong with the image."""


@dataclass(frozen=True)
class Source:
    """A DICOM image as new files refer to it.

    Attributes:
        dataset: its header, reduced to what may go into a new file.
        spacing: (between rows, between columns) in mm, None where the file does not say.
        thickness: of the slice in mm, None where the file does not say.
        frames: number of frames.
        placed: whether its frames have a place in the patient.
        framed: whether the image itself names a frame of reference.
    """

    dataset: Dataset
    spacing: Spacing
    thickness: float | None
    frames: int
    placed: bool
    framed: bool

    @property
    def uid(self) -> str:
        """SOP Instance UID."""
        return str(self.dataset.SOPInstanceUID)


def require_highdicom(feature: str) -> None:
    """Check that highdicom is there, in a version that will do.

    Raises:
        SoftcamError: it is not; the sentence names the feature and the version.
    """
    wanted = ".".join(map(str, _NEEDED))
    try:
        found = version("highdicom")
    except PackageNotFoundError:
        found = ""
    numbers = tuple(int(part) for part in re.findall(r"\d+", found)[:2])
    if numbers < _NEEDED:
        there = f"{found} is installed" if found else "it is not installed"
        raise SoftcamError(
            f"{feature} needs highdicom {wanted} or newer and {there}; "
            f"install it with: pip install 'highdicom>={wanted}'"
        )


def silence() -> None:
    """Keep remarks of pydicom and highdicom off stderr: they quote what a patient's file says."""
    for package in ("pydicom", "highdicom"):
        warnings.filterwarnings("ignore", module=rf"{package}\.")
        logging.getLogger(package).addHandler(_NOWHERE)


def read_source(path: Path, keep_identity: bool) -> Source:
    """Read the header of a DICOM image and reduce it to what may go into a new file.

    Raises:
        RefusedError: it is no DICOM image, or lacks what a reference to it needs.
        UnwritableError: it is damaged or gone.
    """
    from softcam_core.imaging.dicom import read_dataset
    from softcam_core.imaging.dicom_header import frame_count, pixel_spacing

    if not path.exists():
        raise UnwritableError("does not exist any more; put it back where it was.")
    if not is_dicom(path):
        raise RefusedError("is no DICOM file.")
    try:
        with path.open("rb") as file:
            header = read_dataset(file, path, pixels=False)
            missing = [name for name in _UIDS if not header.get(name)]
            if missing:
                raise RefusedError(f"has no {missing[0]}, by which a DICOM file would refer to it.")
            frames = frame_count(header)
            spacing = pixel_spacing(header, 0)[0]
            reduced, placed = _reduced(header, keep_identity, frames, spacing)
            framed = bool(header.get("FrameOfReferenceUID"))
            return Source(reduced, spacing, _thickness(header), frames, placed, framed)
    except UnwritableError:
        raise
    except ImageError as error:
        raise UnwritableError(f"cannot be read: {error}") from error
    except OSError as error:
        raise UnwritableError(f"cannot be read ({error.strerror}).") from error
    except Exception as error:  # Whatever pydicom makes of a damaged header.
        raise UnwritableError("is damaged: its header cannot be read.") from error


def is_dicom(path: Path) -> bool:
    """Tell whether a file says that it is DICOM, by its first bytes or its suffix."""
    try:
        with path.open("rb") as file:
            return file.read(132)[128:] == b"DICM" or path.suffix.lower() in (".dcm", ".dicom")
    except OSError:
        return False


def _reduced(
    header: Dataset, keep_identity: bool, frames: int, spacing: Spacing
) -> tuple[Dataset, bool]:
    from pydicom.dataset import Dataset

    out = Dataset()
    for name in _IMAGE:
        if name in header:
            setattr(out, name, header[name].value)
    out.Modality = header.get("Modality") or "OT"
    for name in (*_PATIENT, *_VISIT):
        value = str(header.get(name) or "") if keep_identity else ""
        setattr(out, name, value)
    if keep_identity:
        for name in _MORE:
            if header.get(name):
                setattr(out, name, str(header[name].value))
    else:
        out.PatientIdentityRemoved = "YES"
        out.DeidentificationMethod = "Attributes copied from an allow-list; UIDs kept"
    placed = _copy_place(header, out, frames)
    if not placed:
        # Marks on the pixels of a whole image: one frame, whose reference names no frame and so
        # means all of them. What stands in for what is not known goes again in `finish`.
        out.FrameOfReferenceUID = header.get("FrameOfReferenceUID") or uid_of("no frame")
        out.NumberOfFrames = 1
        measures, shared = Dataset(), Dataset()
        measures.PixelSpacing, measures.SliceThickness = list(spacing or (1, 1)), 1
        shared.PixelMeasuresSequence = [measures]
        out.SharedFunctionalGroupsSequence = [shared]
    return out, placed


def _copy_place(header: Dataset, out: Dataset, frames: int) -> bool:
    """Copy where in the patient the frames lie; return whether that is known."""
    from pydicom.dataset import Dataset

    from softcam_core.imaging.dicom_header import functional_group

    if not header.get("FrameOfReferenceUID"):
        return False
    places = [functional_group(header, i, "PlanePositionSequence") for i in range(frames)]
    turns = [functional_group(header, i, "PlaneOrientationSequence") for i in range(frames)]
    positions = [_numbers(place.get("ImagePositionPatient"), 3) for place in places]
    orientations = [_numbers(turn.get("ImageOrientationPatient"), 6) for turn in turns]
    spaced = _numbers(functional_group(header, 0, "PixelMeasuresSequence").get("PixelSpacing"), 2)
    one_plane = len({tuple(o or ()) for o in orientations}) == 1
    distinct = len({tuple(p or ()) for p in positions}) == frames
    if not (all(positions) and all(orientations) and spaced and one_plane and distinct):
        return False
    out.FrameOfReferenceUID = header.FrameOfReferenceUID
    out.ImagePositionPatient, out.ImageOrientationPatient = positions[0], orientations[0]
    out.PixelSpacing, out.SliceThickness = spaced, _thickness(header) or 1.0
    out.NumberOfFrames = frames
    shared, measures, turn = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = spaced, out.SliceThickness
    turn.ImageOrientationPatient = orientations[0]
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = [measures], [turn]
    out.SharedFunctionalGroupsSequence = [shared]
    out.PerFrameFunctionalGroupsSequence = []
    for position in positions:
        group, place = Dataset(), Dataset()
        place.ImagePositionPatient = position
        group.PlanePositionSequence = [place]
        out.PerFrameFunctionalGroupsSequence.append(group)
    return True


def _numbers(value: Any, count: int) -> list[float] | None:
    try:
        numbers = [float(v) for v in value]
    except (TypeError, ValueError):
        return None
    return numbers if len(numbers) == count else None


def _thickness(header: Dataset) -> float | None:
    from softcam_core.imaging.dicom_header import functional_group

    group = functional_group(header, 0, "PixelMeasuresSequence")
    try:
        value = float(group.get("SliceThickness") or header.get("SliceThickness") or 0)
    except (TypeError, ValueError):
        return None
    return value if value > 0 else None


def finish(dataset: Dataset, source: Source) -> None:
    """Put right in a new file what its builder takes from the clock or had to be told."""
    dataset.InstanceCreationDate = dataset.ContentDate
    dataset.InstanceCreationTime = dataset.ContentTime
    if source.dataset.get("PatientIdentityRemoved") == "YES":
        dataset.TimezoneOffsetFromUTC = "+0000"
    if source.spacing is None and "SharedFunctionalGroupsSequence" in dataset:
        dataset.SharedFunctionalGroupsSequence[0].pop("PixelMeasuresSequence", None)
    if not source.placed and "SegmentSequence" in dataset:
        dataset.PatientOrientation = source.dataset.get("PatientOrientation") or None
    if not source.framed:
        for name in ("FrameOfReferenceUID", "PositionReferenceIndicator"):
            if name in dataset:
                delattr(dataset, name)


def uid_of(*parts: object) -> str:
    """Return a UID that follows from what it stands for; see the module's text."""
    return f"2.25.{uuid.uuid5(_NAMESPACE, chr(0).join(map(str, parts))).int}"


def person_name(reader: str) -> str:
    """Return a reader's name as DICOM writes names: all of it is the family name."""
    return re.sub(r"[\\^=\x00-\x1f]+", " ", reader).strip()[: _TEXT - 1] + "^"


def reader_name(name: object) -> str:
    """Return the reader's name that `person_name` was given."""
    return str(name or "").rstrip("^").replace("^", " ").strip()


def note(error: UnwritableError, name: str, report: ExportReport) -> None:
    """Tell the report of a case that was not written."""
    (report.refuse if isinstance(error, RefusedError) else report.problem)(name, f"It {error}")


def by_reader(records: list[AnnotationRecord]) -> dict[str, list[AnnotationRecord]]:
    """Return annotations by reader, in the order in which readers and annotations came."""
    found: dict[str, list[AnnotationRecord]] = {}
    for record in records:
        found.setdefault(record.reader, []).append(record)
    return found


def file_names(stem: str, readers: Iterable[str], suffix: str) -> dict[str, str]:
    """Return reader -> path of the file below the folder; several readers are told apart by name.

    `image_name` takes the reader out again.
    """
    wanted = list(readers)
    if len(wanted) == 1:
        return {wanted[0]: stem + suffix}
    names: dict[str, str] = {}
    for reader in wanted:
        name, number = f"{stem}~{_slug(reader)}", 1
        while name + suffix in names.values():
            number += 1
            name = f"{stem}~{_slug(reader)}-{number}"
        names[reader] = name + suffix
    return names


def image_name(file: Path, path: Path, suffix: str, reader: str) -> str:
    """Return the name of the image that a file is about, as far as its own name says it."""
    place = file.name if file == path else file.relative_to(path).as_posix()
    name = place.removesuffix(suffix)
    stem, _, end = name.rpartition("~")
    return stem if stem and end.startswith(_slug(reader)) else name


def _slug(reader: str) -> str:
    return re.sub(r"[^\w-]+", "_", reader)


def last_change(records: list[AnnotationRecord]) -> datetime:
    """Return when the marks last changed, UTC: what a file says about its own time."""
    latest = max((record.modified for record in records), default=datetime(1970, 1, 1))
    return latest.replace(tzinfo=UTC) if latest.tzinfo is None else latest


def dicom_files(path: Path) -> list[Path]:
    """Return a file, or the DICOM files below a folder, in order of their names.

    Raises:
        SoftcamError: there are none, or no such file or folder.
    """
    if path.is_file():
        return [path]
    check_folder(path)
    files = [f for f in sorted(path.rglob("*")) if f.is_file() and not f.is_symlink()]
    found = [f for f in files if is_dicom(f)]
    if not found:
        raise SoftcamError(f"{path} holds no DICOM files; choose the folder of the export.")
    return found
