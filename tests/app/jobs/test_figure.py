"""Figures in the child: marks of the study, kept maps, and the panel's own numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.study import Study
from softcam_core.errors import CancelledError
from softcam_core.models.header import model_id, read_spec
from softcam_core.plates import values
from softcam_core.plates.values import Asked, Look, Model, Page
from softcam_core.resources import resource_path

FILE = resource_path("demo/models/fundus-sparse.safetensors")


@pytest.fixture(scope="module")
def work() -> Any:
    """The child's module; torch comes with it."""
    from app.jobs import work

    return work


@pytest.fixture
def worker(work: Any) -> Any:
    made = work.Worker()
    made.run("load_model", {"path": str(FILE), "device": "cpu"}, lambda *_: None, lambda: False)
    return made


@pytest.fixture
def study(tmp_path: Path) -> Any:
    path = tmp_path / "MEIER.png"
    pixels = np.random.default_rng(1).integers(40, 200, (90, 120, 3), np.uint8)
    Image.fromarray(pixels).save(path)
    with Study.open(tmp_path / "s.softcam") as study:
        case = study.add_case(path)
        study.add_annotation(case, "box", [[20, 30], [70, 80]], "MA", "reader-1")
        study.add_annotation(case, "ellipse", [[90, 40], [12, 9]], "HE", "reader-1", angle=20)
        yield study


def payload(study: Any, *methods: str, quick: bool = False) -> dict[str, Any]:
    (case,) = study.cases()
    model = Model(model_id(FILE), read_spec(FILE))
    asked = Asked(
        layout="localization",
        cases=(values.Case(str(case.path), modality="fundus"),),
        models=(model,),
        methods=methods,
        look=Look(),
        page=Page(dpi=72),
    )
    return {
        "asked": asked,
        "study": study.path,
        "marks": [(case.id, "reader-1")],
        "pane_marks": [],
        "kind": "svg",
        "quick": quick,
    }


def run(worker: Any, kind: str, asked: dict[str, Any], told: Any = None, stop: Any = None) -> Any:
    return worker.run(kind, asked, told or (lambda *_: None), stop or (lambda: False))


def test_the_corners_have_the_numbers_of_the_live_panel(worker: Any, study: Any) -> None:
    (case,) = study.cases()
    study.set_setting("point_radius", 17)
    study.add_annotation(case.id, "point", [[30, 60]], "", study.readers()[0])
    made = run(worker, "figure", payload(study, "gradcam", "evidence"))
    analysed = run(
        worker,
        "analyse",
        {"model": model_id(FILE), "path": str(case.path), "methods": ["gradcam", "evidence"]},
    )
    shown = int(np.argmax(analysed["logits"]))
    maps = [
        (analysed["maps"][method][shown], analysed["region"], (448, 448))
        for method in ("gradcam", "evidence")
    ]
    shapes = [record.shape for record in study.annotations(case.id)]
    asked = {"maps": maps, "size": (120, 90), "shapes": shapes, "point_radius": 17.0}
    panel = run(worker, "metrics", asked)
    words = made["data"].decode()
    for numbers in panel:
        assert f"AP {numbers['precision']:.2f}" in words
        assert f"AS {numbers['sensitivity']:.2f}" in words
    assert "MEIER" not in words


def test_a_slow_map_is_computed_once_and_then_known(worker: Any, study: Any) -> None:
    asked = payload(study, "smoothgrad", "evidence")
    assert run(worker, "figure", {**asked, "quick": True})["waiting"] == 1
    told: list[tuple[int, int]] = []
    whole = run(worker, "figure", asked, told=lambda *step: told.append(step))
    assert whole["waiting"] == 0
    assert len(told) > 5
    again = run(worker, "figure", {**asked, "quick": True})
    assert again["waiting"] == 0
    assert again["data"] == whole["data"]
    # On the disk as well, for the next session.
    worker._shelf = None
    assert run(worker, "figure", {**asked, "quick": True})["data"] == whole["data"]


def test_a_figure_stops_when_it_is_cancelled(worker: Any, study: Any) -> None:
    told: list[int] = []
    with pytest.raises(CancelledError):
        run(
            worker,
            "figure",
            payload(study, "smoothgrad"),
            told=lambda done, _: told.append(done),
            stop=lambda: len(told) > 2,
        )
    assert told
    assert told[-1] < 1000
