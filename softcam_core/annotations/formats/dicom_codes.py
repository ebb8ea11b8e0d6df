"""Coded concepts for the labels of a study, as DICOM wants them beside the plain names.

Only codes that the standard itself, or a published implementation guide, gives for exactly this
meaning; every other label gets a code of the private scheme ``99SOFTCAM`` made of its own name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from highdicom.coding_schemes import CodingSchemeIdentificationItem
    from highdicom.sr import CodedConcept

SCHEME = "99SOFTCAM"
UNLABELLED = "unlabelled"
"""What stands for an empty label, which DICOM does not know."""

_MEANING = 64
_ABNORMAL = ("49755003", "SCT", "Morphologically abnormal structure")
_ANATOMY = ("91723000", "SCT", "Anatomical structure")
_RETINA = ("5665001", "SCT", "Retina")
_LUNG = ("39607008", "SCT", "Lung")

Code = tuple[str, str, str]


@dataclass(frozen=True)
class _Known:
    """What is known about a label: its code, its category and where it lies."""

    code: Code
    category: Code = _ABNORMAL
    site: Code | None = None


# Hemorrhage: CID 7159. Ground glass opacity, opacity: CID 6102 and PS3.16 D. Exudates: HL7 eye
# care guide. Effusion and consolidation: SNOMED CT, international edition.
_EXUDATE = _Known(("39832008", "SCT", "Retinal exudates"), site=_RETINA)
_HEMORRHAGE = _Known(("50960005", "SCT", "Hemorrhage"), site=_RETINA)
_EFFUSION = _Known(("60046008", "SCT", "Pleural effusion"))
_CONSOLIDATION = _Known(("95436008", "SCT", "Lung consolidation"), site=_LUNG)
_GROUND_GLASS = _Known(("112120", "DCM", "Ground glass opacity"), site=_LUNG)
_OPTIC_DISC = _Known(("81016008", "SCT", "Optic disc"), category=_ANATOMY)
_KNOWN = {
    "he": _HEMORRHAGE,
    "retinal haemorrhage": _HEMORRHAGE,
    "retinal hemorrhage": _HEMORRHAGE,
    "haemorrhage": _Known(_HEMORRHAGE.code),
    "hemorrhage": _Known(_HEMORRHAGE.code),
    "ex": _EXUDATE,
    "hard exudate": _EXUDATE,
    "retinal exudate": _EXUDATE,
    "effusion": _EFFUSION,
    "pleural effusion": _EFFUSION,
    "eff": _EFFUSION,
    "consolidation": _CONSOLIDATION,
    "cons": _CONSOLIDATION,
    "ground glass": _GROUND_GLASS,
    "ground glass opacity": _GROUND_GLASS,
    "ggo": _GROUND_GLASS,
    "opacity": _Known(("112001", "DCM", "Opacity"), site=_LUNG),
    "optic disc": _OPTIC_DISC,
    "od": _OPTIC_DISC,
    "lung": _Known(_LUNG, category=_ANATOMY),
    "lesion": _Known(("52988006", "SCT", "Lesion")),
}


def label_code(label: str, meaning: str = "") -> CodedConcept:
    """Return the concept of a label: a public code where there is one, else a private one.

    ``meaning``: the label in full words, where it is an abbreviation.
    """
    known = _known(label)
    return concept(*known.code) if known else private(label or UNLABELLED, meaning)


def label_category(label: str) -> CodedConcept:
    """Return what kind of thing a label names: an abnormal structure or an anatomical one."""
    known = _known(label)
    return concept(*(known.category if known else _ABNORMAL))


def label_site(label: str) -> CodedConcept | None:
    """Return where in the body a label's finding lies, None where its name does not say."""
    known = _known(label)
    return concept(*known.site) if known and known.site else None


def private(name: str, meaning: str = "") -> CodedConcept:
    """Return a concept of the private scheme, made of a name."""
    value = _one_line(name) or "unnamed"
    return concept(value, SCHEME, (_one_line(meaning) or value)[:_MEANING])


def _one_line(text: str) -> str:
    # A backslash would part a value in two.
    return re.sub(r"[\\\s]+", " ", text).strip()


def concept(value: str, scheme: str, meaning: str) -> CodedConcept:
    """Return a coded concept."""
    from highdicom.sr import CodedConcept

    return CodedConcept(value, scheme, meaning)


def coding_scheme() -> CodingSchemeIdentificationItem:
    """Return what a file says about the private scheme."""
    from highdicom.coding_schemes import CodingSchemeIdentificationItem

    return CodingSchemeIdentificationItem(
        designator=SCHEME, name="Label names of SoftCAM Viewer", version="1"
    )


def _known(label: str) -> _Known | None:
    return _KNOWN.get(" ".join(label.casefold().replace("_", " ").split()))
