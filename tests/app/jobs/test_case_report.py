"""A case report in the child: slow maps that are on the disk are not computed again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.case_report.values import Asked
from softcam_core.models.header import model_id
from softcam_core.resources import resource_path

FILE = resource_path("demo/models/fundus-sparse.safetensors")


@pytest.fixture
def worker() -> Any:
    from app.jobs import work

    made = work.Worker()
    made.run("load_model", {"path": str(FILE), "device": "cpu"}, lambda *_: None, lambda: False)
    return made


def test_a_slow_map_is_computed_for_the_first_report_alone(worker: Any, tmp_path: Path) -> None:
    path = tmp_path / "eye.png"
    pixels = np.random.default_rng(1).integers(40, 200, (90, 120, 3), np.uint8)
    Image.fromarray(pixels).save(path)
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_case(path)
        asked = Asked(study=study.path, case=case, path=path, number="1", modality="fundus")
        one = {"id": model_id(FILE), "methods": ["smoothgrad"], "limits": {}}
        payload = {"piece": "case", "words": {}, "asked": asked, "models": [one], "classes": []}
        steps: list[int] = []

        def report() -> Any:
            steps.clear()
            return worker.run(
                "case_report", payload, lambda *told: steps.append(told[0]), lambda: False
            )

        first = report()
        assert first["failed"] == ""
        assert len(steps) > 5
        again = report()
        assert not steps
        assert again["html"] == first["html"]
