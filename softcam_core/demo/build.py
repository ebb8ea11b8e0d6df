"""Draw the demo study and the models' training sets from seeds.

``python -m softcam_core.demo.build resources/demo`` draws the bundled images anew;
``softcam demo DIR --training-set N`` draws N phantoms per modality to train on. The seeds of the
two never meet.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from softcam_core.phantoms.case import Phantom
from softcam_core.phantoms.cxr import CXR_LABELS, cxr
from softcam_core.phantoms.dicom import dicom_bytes
from softcam_core.phantoms.fundus import FUNDUS_GRADES, fundus
from softcam_core.phantoms.oct import OCT_LABELS, oct_scan

CLASSES: dict[str, tuple[str, ...]] = {
    "fundus": FUNDUS_GRADES,
    "oct": OCT_LABELS,
    "cxr": CXR_LABELS,
}
COLUMNS = ("path", "label", "patient", "split", "mask", "modality")
TRAINING_SEEDS = 1_000_000
"""Seeds from here on are drawn for training; the demo's are below."""

# Grades in the order of the worklist, one phantom each.
_DEMO: dict[str, tuple[int, ...]] = {
    "fundus": (2, 0, 3, 1, 4, 2, 3, 0, 4, 1, 3, 2, 1, 4, 0, 2, 4, 3, 0, 1),
    "oct": (1, 0, 2, 1, 2, 0, 2, 1),
    "cxr": (1, 0, 1, 0, 1, 1, 0, 0),
}
# A case's seed is its number and this; chosen so that both kinds of fluid are among the scans.
_DEMO_SEEDS = {"fundus": 0, "oct": 80, "cxr": 0}
_SUFFIX = {"fundus": ".jpg", "oct": ".png", "cxr": ".dcm"}
_VALIDATION_SHARE, _TEST_SHARE = 0.15, 0.15


@dataclass(frozen=True)
class Plan:
    """One phantom to draw: what, from which seed, under which name, for which split."""

    modality: str
    grade: int
    seed: int
    name: str
    split: str


def make_phantom(plan: Plan) -> Phantom:
    """Draw the phantom of a plan."""
    label = CLASSES[plan.modality][plan.grade]
    if plan.modality == "fundus":
        return fundus(plan.grade, plan.seed)
    if plan.modality == "oct":
        return oct_scan(label, plan.seed)
    return cxr(label, plan.seed)


def demo_plans() -> list[Plan]:
    """Return the cases of the demo study, in the order of the worklist."""
    return [
        Plan(modality, grade, _DEMO_SEEDS[modality] + number, f"{modality}-{number:02d}", "test")
        for modality, grades in _DEMO.items()
        for number, grade in enumerate(grades, start=1)
    ]


def training_plans(modality: str, count: int) -> list[Plan]:
    """Return ``count`` phantoms of one modality, grades in equal parts, 70/15/15 % split."""
    classes = len(CLASSES[modality])
    held = np.random.default_rng(len(modality)).random(count // classes + 1)
    plans = []
    for number in range(count):
        draw = held[number // classes]
        split = "train"
        if draw < _TEST_SHARE + _VALIDATION_SHARE:
            split = "test" if draw < _TEST_SHARE else "val"
        seed = TRAINING_SEEDS + number
        plans.append(Plan(modality, number % classes, seed, f"{modality}-{number:05d}", split))
    return plans


def build(folder: Path, plans: list[Plan], workers: int = 1) -> Iterator[str]:
    """Draw ``plans`` into ``folder`` (images, masks, labels.csv); yield each name when written."""
    for part in ("images", "masks"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, str]] = []
    for plan, row in zip(plans, _drawn(folder, plans, workers), strict=True):
        rows.append(row)
        yield plan.name
    partial = folder / ".labels.csv.part"
    with partial.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    partial.replace(folder / "labels.csv")


def _drawn(folder: Path, plans: list[Plan], workers: int) -> Iterator[dict[str, str]]:
    folders = [folder] * len(plans)
    if workers <= 1:
        yield from map(_write_case, folders, plans)
        return
    # A forked child would hold locks of threads that it does not have.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_write_case, folders, plans, chunksize=8)


def _write_case(folder: Path, plan: Plan) -> dict[str, str]:
    """Draw one phantom, write its image and masks, return its row of the table."""
    cv2.setNumThreads(1)
    phantom = make_phantom(plan)
    image = f"images/{plan.name}{_SUFFIX[plan.modality]}"
    patient = f"PHANTOM^{plan.name.upper().replace('-', '')}"
    if plan.modality == "cxr":
        (folder / image).write_bytes(dicom_bytes(phantom, patient))
    else:
        _write_picture(folder / image, phantom.pixels)
    # An earlier drawing may have had other lesions.
    for old in (folder / "masks").glob(f"{plan.name}[._]*"):
        old.unlink()
    mask = ""
    if phantom.masks:
        mask = f"masks/{plan.name}.png"
        _write_picture(folder / mask, _as_picture(phantom.lesion_mask))
        for label, pixels in phantom.masks.items():
            _write_picture(folder / f"masks/{plan.name}_{label}.png", _as_picture(pixels))
    values = (image, phantom.label, patient, plan.split, mask, plan.modality)
    return dict(zip(COLUMNS, values, strict=True))


def _as_picture(mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return mask.astype(np.uint8) * np.uint8(255)


def _write_picture(path: Path, pixels: NDArray[np.uint8]) -> None:
    """Write a grey or RGB picture; JPEG at quality 92, as a fundus camera stores it."""
    options = [cv2.IMWRITE_JPEG_QUALITY, 92] if path.suffix == ".jpg" else []
    if path.suffix == ".png":
        options = [cv2.IMWRITE_PNG_COMPRESSION, 9]
        if not pixels.any() or set(np.unique(pixels)) <= {0, 255}:
            options += [cv2.IMWRITE_PNG_BILEVEL, 1]
    stored = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., ::-1])
    done, data = cv2.imencode(path.suffix, stored, options)
    if not done:
        raise OSError(f"{path.name} could not be encoded")
    path.write_bytes(data.tobytes())


def main() -> None:
    """Draw the demo study's images, masks and table into the folder that was named."""
    for name in build(Path(sys.argv[1]), demo_plans()):
        print(name)


if __name__ == "__main__":
    main()
