"""What a DICOM header says about showing and measuring an image: windows, spacing, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from softcam_core.imaging.window import Window

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

# Name -> keyword of tags that describe the image and not the person. Institution, station, UIDs,
# dates and free text stay out, because they lead to a person.
_SHOWN = {
    "Modality": "Modality",
    "Body part": "BodyPartExamined",
    "View": "ViewPosition",
    "Laterality": "ImageLaterality",
    "Photometric interpretation": "PhotometricInterpretation",
    "Bits stored": "BitsStored",
    "Burned-in annotation": "BurnedInAnnotation",
    "Lossy compression": "LossyImageCompression",
    "Tube voltage (kV)": "KVP",
    "Exposure (mAs)": "Exposure",
    "Manufacturer": "Manufacturer",
    "Model": "ManufacturerModelName",
}
_IDENTITY = {
    "Patient name": "PatientName",
    "Patient ID": "PatientID",
    "Birth date": "PatientBirthDate",
    "Sex": "PatientSex",
    "Age": "PatientAge",
    "Study date": "StudyDate",
    "Accession number": "AccessionNumber",
    "Institution": "InstitutionName",
    "Referring physician": "ReferringPhysicianName",
}
_SPACINGS = {
    "PixelSpacing": "in the patient",
    "ImagerPixelSpacing": "at the detector; the patient is magnified there",
    "NominalScannedPixelSpacing": "on the scanned film",
}


def frame_count(dataset: Dataset) -> int:
    """Return the number of frames, 1 where the file does not say."""
    return max(1, int(dataset.get("NumberOfFrames") or 1))


def functional_group(dataset: Dataset, frame: int, keyword: str) -> Dataset:
    """Return ``frame``'s item of an enhanced file's functional group, else the file itself."""
    per_frame = dataset.get("PerFrameFunctionalGroupsSequence") or []
    shared = dataset.get("SharedFunctionalGroupsSequence") or []
    for groups in (*per_frame[frame : frame + 1], *shared[:1]):
        items = groups.get(keyword)
        if items:
            found: Dataset = items[0]
            return found
    return dataset


def display_windows(dataset: Dataset, frame: int) -> tuple[tuple[str, Window], ...]:
    """Return the windows that the file offers, (name, window), the first one first.

    LINEAR is read to the half value as DICOM PS3.3 C.11.2.1.2.1 defines it. A VOI LUT gives the
    window between the values where its curve leaves its lowest and reaches its highest output.
    """
    source = functional_group(dataset, frame, "FrameVOILUTSequence")
    centres, widths = _numbers(source.get("WindowCenter")), _numbers(source.get("WindowWidth"))
    names = source.get("WindowCenterWidthExplanation") or []
    names = [names] if isinstance(names, str) else list(names)
    linear = str(source.get("VOILUTFunction") or "LINEAR") == "LINEAR"
    found: list[tuple[str, Window]] = []
    for i, (centre, width) in enumerate(zip(centres, widths, strict=False)):
        if width <= 0:
            continue
        exact = not linear or width <= 1
        middle, half = (centre, width / 2) if exact else (centre - 0.5, (width - 1) / 2)
        name = str(names[i]) if i < len(names) and names[i] else f"Window {i + 1} of the file"
        found.append((name, Window(middle - half, middle + half)))
    for i, table in enumerate(dataset.get("VOILUTSequence") or []):
        window = _window_of_table(table)
        if window is not None:
            name = str(table.get("LUTExplanation") or "") or f"Table {i + 1} of the file"
            found.append((name, window))
    return tuple(found)


def _window_of_table(table: Dataset) -> Window | None:
    """Return the span over which a rising VOI LUT rises; None for anything else."""
    stored, descriptor = table.get("LUTData"), table.get("LUTDescriptor")
    if not stored or not descriptor:
        return None
    width = "<u1" if len(stored) == int(descriptor[0]) else "<u2"
    curve = np.frombuffer(stored, width) if isinstance(stored, bytes) else np.asarray(stored)
    if curve[-1] <= curve[0]:
        return None
    low = int(np.flatnonzero(curve == curve[0])[-1])
    high = int(np.flatnonzero(curve == curve[-1])[0])
    first = int(descriptor[1])
    return Window(float(first + low), float(first + high)) if high > low else None


def pixel_spacing(dataset: Dataset, frame: int) -> tuple[tuple[float, float] | None, str]:
    """Return (between rows, between columns) in mm and where it holds; (None, "") if unknown."""
    source = functional_group(dataset, frame, "PixelMeasuresSequence")
    for keyword, place in _SPACINGS.items():
        values = _numbers(source.get(keyword, dataset.get(keyword)))
        if len(values) == 2 and min(values) > 0:
            return (values[0], values[1]), place
    return None, ""


def shown_tags(dataset: Dataset, frame: int) -> dict[str, str]:
    """Return tags to show, name -> value, none of which says who the patient is."""
    tags = {"Transfer syntax": dataset.file_meta.TransferSyntaxUID.name}
    frames = frame_count(dataset)
    if frames > 1:
        tags["Frame"] = f"{frame + 1} of {frames}"
    spacing, place = pixel_spacing(dataset, frame)
    if spacing:
        tags["Spacing holds"] = place
    return tags | _values(dataset, _SHOWN)


def identity_tags(dataset: Dataset) -> dict[str, str]:
    """Return the tags that say who the patient is, for a user who asks to see them."""
    return _values(dataset, _IDENTITY)


def _values(dataset: Dataset, keywords: dict[str, str]) -> dict[str, str]:
    found = {name: dataset.get(keyword) for name, keyword in keywords.items()}
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


def _numbers(value: Any) -> list[float]:
    """Return a DICOM value of any multiplicity as floats."""
    if value is None or value == "":
        return []
    values = value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
    return [float(v) for v in values]
