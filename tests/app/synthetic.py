"""A state with models and maps that no child computed, for widgets that only look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.state import Analysis, Case, LoadedModel, ViewerState
from softcam_core.imaging.geometry import Region
from softcam_core.imaging.preprocess import InputSpec
from softcam_core.imaging.read import StoredImage
from softcam_core.models.spec import ModelSpec

CLASSES = ("normal", "mild", "severe")
WIDTH, HEIGHT = 64, 48


def model(name: str, head: str = "softcam", **spec: Any) -> LoadedModel:
    """A loaded model that is only a description."""
    described = ModelSpec(
        "resnet18", head, CLASSES, InputSpec(size=(32, 32)), card={"title": name}, **spec
    )  # type: ignore[arg-type]
    refused = {"evidence": "The model has no evidence."} if head == "blackbox" else {}
    return LoadedModel(name, Path(f"/models/{name}.safetensors"), described, "CPU", refused)


def image(value: int = 90) -> StoredImage:
    """A grey image whose pixel (x, y) is ``value`` + x."""
    pixels = (value + np.arange(WIDTH, dtype=np.uint8))[None].repeat(HEIGHT, axis=0)
    return StoredImage(pixels, (0.0, 255.0), None, None, "PNG")


def evidence() -> np.ndarray:
    """(3, 2, 4) maps whose mean is the logit: 1, -2 and 3."""
    maps = np.zeros((3, 2, 4), np.float32)
    maps[0] += 1
    maps[1] -= 2
    maps[2, :, :2] = 8
    maps[2, :, 2:] = -2
    return maps


def analysis(case: int, model: LoadedModel, **maps: np.ndarray) -> Analysis:
    """What ``model`` says of a case: it is severe."""
    logits = np.array([1.0, -2.0, 3.0])
    probabilities = np.exp(logits) / np.exp(logits).sum()
    region = Region(0, 0, WIDTH, HEIGHT)
    return Analysis(case, model.id, logits, probabilities, region, dict(maps))


def show_case(state: ViewerState, number: int = 1) -> None:
    """Put a case with its image in view."""
    case = Case(number, Path(f"/images/{number}.png"), f"{number}.png")
    state.cases = [case]
    state.case = case
    state.image = image()
    state.case_changed.emit()
    state.image_changed.emit()


def load(state: ViewerState, *models: LoadedModel) -> None:
    """Open models."""
    state.models = list(models)
    state.models_changed.emit()


def tell(state: ViewerState, found: Analysis) -> None:
    """Let an analysis arrive."""
    state.analyses[found.case, found.model] = found
    state.analysis_changed.emit(found.case, found.model)
