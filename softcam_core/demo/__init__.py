"""The bundled demo study: phantoms of three modalities, their lesions, and models for them.

Free of torch and quick to import: the window opens it at the very first start.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from softcam_core.resources import resource_path

_MODELS = ("fundus-sparse", "fundus-dense", "fundus-black-box", "oct-sparse", "cxr-sparse")


@dataclass(frozen=True)
class DemoCase:
    """One image of the demo study.

    Attributes:
        path: the image.
        label: its class.
        modality: ``fundus``, ``oct`` or ``cxr``.
        mask: PNG of all its lesions, None where there is none.
        masks: lesion label -> PNG of that lesion alone.
    """

    path: Path
    label: str
    modality: str
    mask: Path | None
    masks: dict[str, Path]


def demo_folder() -> Path:
    """Return the folder of the bundled demo study.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    return resource_path("demo")


def demo_models(folder: Path | None = None) -> list[Path]:
    """Return the model files, the one that predicts first: sparse, dense, black box of fundus.

    Args:
        folder: of a demo study that ``softcam demo`` wrote; default the bundled one.
    """
    models = (folder or demo_folder()) / "models"
    paths = [models / f"{name}.safetensors" for name in _MODELS]
    return [path for path in paths if path.is_file()]


def demo_cases(folder: Path | None = None) -> list[DemoCase]:
    """Return the cases in the order of ``labels.csv``.

    Args:
        folder: of a demo study that ``softcam demo`` wrote; default the bundled one.
    """
    root = folder or demo_folder()
    with (root / "labels.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    cases = []
    for row in rows:
        stem = Path(row["path"]).stem
        masks = {p.stem.rsplit("_", 1)[1]: p for p in sorted(root.glob(f"masks/{stem}_*.png"))}
        mask = root / row["mask"] if row["mask"] else None
        cases.append(DemoCase(root / row["path"], row["label"], row["modality"], mask, masks))
    return cases
