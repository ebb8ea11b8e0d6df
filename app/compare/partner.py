"""Finds the black box that belongs to a SoftCAM model, for an independent second picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.state import LoadedModel
from app.texts import tr
from softcam_core.errors import ModelError


def open_black_box(models: Sequence[LoadedModel], model: LoadedModel) -> LoadedModel | None:
    """Return the open black box with a model's classes, the same architecture preferred."""
    fitting = [
        m for m in models if m.spec.head == "blackbox" and m.spec.classes == model.spec.classes
    ]
    same = [m for m in fitting if m.spec.arch == model.spec.arch]
    return next(iter(same or fitting), None)


def find_partner(model: LoadedModel, parent: QWidget | None = None) -> Path | None:
    """Return a black box with the same classes from the model's folder, else ask for one."""
    beside = black_box_beside(model)
    if beside is not None:
        return beside
    chosen, _ = QFileDialog.getOpenFileName(
        parent, tr("Open black box"), str(model.path.parent), tr("Models (*.safetensors)")
    )
    return Path(chosen) if chosen else None


def black_box_beside(model: LoadedModel) -> Path | None:
    """Return the black box in the model's folder that fits best: same classes, then same name."""
    try:
        changed = model.path.parent.stat().st_mtime_ns
    except OSError:
        return None
    return _beside(
        model.path.parent, changed, (model.spec.classes, model.spec.arch, model.spec.modality)
    )


@lru_cache(maxsize=64)
def _beside(folder: Path, _changed: int, wanted: tuple[tuple[str, ...], str, str]) -> Path | None:
    """Look through a folder, once for as long as nothing comes into it or goes."""
    from softcam_core.models.header import read_spec

    classes, arch, modality = wanted
    found: list[tuple[bool, bool, str, Path]] = []
    for path in folder.glob("*.safetensors"):
        try:
            spec = read_spec(path)
        except ModelError:
            continue
        if spec.head == "blackbox" and spec.classes == classes:
            same_arch = spec.arch == arch
            same_modality = spec.modality == modality
            found.append((not same_arch, not same_modality, path.name, path))
    return min(found)[3] if found else None
