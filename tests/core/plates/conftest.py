"""Two drawn photographs of patients with names, and the demo's three fundus models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.shapes import Shape
from softcam_core.plates.explaining import Explainer
from softcam_core.plates.values import Case, Mark, Model
from softcam_core.resources import resource_path

SIDE = 120


@pytest.fixture(scope="session")
def networks() -> dict[str, Any]:
    """Black box, dense and sparse SoftCAM by their ids."""
    from softcam_core.models.checkpoint import load_model, model_id

    files = [resource_path(f"demo/models/fundus-{n}.safetensors") for n in ("black-box", *KINDS)]
    return {model_id(file): load_model(file) for file in files}


KINDS = ("dense", "sparse")


@pytest.fixture
def models(networks: dict[str, Any]) -> tuple[Model, ...]:
    return tuple(Model(name, one.spec, dict(one.spec.map_limits)) for name, one in networks.items())


@pytest.fixture
def explainer(networks: dict[str, Any]) -> Explainer:
    return Explainer(networks.__getitem__)


@pytest.fixture
def cases(tmp_path: Path) -> tuple[Case, ...]:
    found = []
    for number in (1, 2):
        path = tmp_path / f"MEIER_ANNA_{number}.png"
        pixels = np.random.default_rng(number).integers(40, 200, (SIDE, SIDE, 3), np.uint8)
        Image.fromarray(pixels).save(path)
        mark = Mark(Shape("box", [[20, 30], [70, 90]]), "MA", "#ff8800")
        found.append(Case(str(path), modality="fundus", label="mild NPDR", marks=(mark,)))
    return tuple(found)
