"""Studies to export, and what comes back from a round trip."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from softcam_core.annotations.formats.exchange import ExportReport
from softcam_core.annotations.formats.exporting import export_study
from softcam_core.annotations.formats.importing import ImportPlan, apply_import, plan_import
from softcam_core.annotations.records import AnnotationRecord
from softcam_core.annotations.study import Study

WIDTH, HEIGHT = 80, 60


def some_mask() -> np.ndarray:
    """Two parts, one with a hole, one at the right edge."""
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[5:20, 5:20] = True
    mask[8:10, 8:12] = False
    mask[30:40, 60:80] = True
    return mask


SHAPES: dict[str, dict[str, Any]] = {
    "box": {"points": [[10.1, 5], [30, 25.3]]},
    "ellipse": {"points": [[40, 30], [20, 10.5]], "angle": 30.25},
    "polygon": {"points": [[5, 5], [40, 8.1], [20, 50]]},
    "freehand": {"points": [[20, 50], [40, 8], [5, 5], [6, 30.7]]},
    "point": {"points": [[12.25, 13]]},
    "spline": {"points": [[20, 20], [40, 6], [41, 33.3], [6, 40]]},
    "length": {"points": [[1, 2], [30.5, 40]]},
    "angle": {"points": [[1, 2], [30.5, 40], [7, 7]]},
    "mask": {"mask": some_mask()},
}


def make_study(folder: Path, *names: str, size: tuple[int, int] = (WIDTH, HEIGHT)) -> Study:
    """A study of new images of these names; the caller closes it."""
    paths = []
    for name in names:
        path = folder / "images" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", size).save(path)
        paths.append(path)
    study = Study.open(folder / "s.softcam")
    study.add_cases(paths)
    return study


def mark_all(study: Study, case: int, label: str = "MA", reader: str = "anna") -> None:
    """Draw one shape of every kind."""
    for kind, shape in SHAPES.items():
        study.add_annotation(case, kind, label=label, reader=reader, **shape)


def plain(records: list[AnnotationRecord]) -> list[tuple[Any, ...]]:
    """What two annotations share that are the same, in an order of their own."""
    rows = [
        (r.kind, r.points, r.angle, r.label, r.reader, r.packed, json.dumps(r.attributes))
        for r in records
    ]
    return sorted(rows, key=repr)


def write_json(folder: Path, content: object, name: str = "annotations.json") -> Path:
    """A JSON file."""
    path = folder / name
    path.write_text(json.dumps(content), "utf-8")
    return path


class Returned:
    """A study after a round trip through a format."""

    def __init__(self, study: Study, report: ExportReport, plan: ImportPlan) -> None:
        self.study, self.report, self.plan = study, report, plan

    def losses(self) -> list[str]:
        """What the export lost, without counts and images."""
        return [loss.what for loss in self.report.losses]


@pytest.fixture
def study(tmp_path: Path):
    """A study of one image, ``eye.png``."""
    with make_study(tmp_path, "eye.png") as opened:
        yield opened


@pytest.fixture
def case(study: Study) -> int:
    """The one case."""
    return study.cases()[0].id


@pytest.fixture
def returned(tmp_path: Path):
    """Export a study and import the files into a fresh study of the same images."""
    opened: list[Study] = []

    def go(study: Study, format_id: str, **options: Any) -> Returned:
        folder = tmp_path / f"out-{len(opened)}"
        report = export_study(study, format_id, folder, **options)
        fresh = Study.open(tmp_path / f"fresh-{len(opened)}.softcam")
        opened.append(fresh)
        fresh.add_cases([record.path for record in study.cases()])
        plan = plan_import(fresh, folder, format_id)
        apply_import(fresh, plan)
        return Returned(fresh, report, plan)

    yield go
    for each in opened:
        each.close()


@pytest.fixture
def imported(study: Study, tmp_path: Path) -> Callable[..., ImportPlan]:
    """Plan and do an import into the study of one image."""

    def go(path: Path, format_id: str, **options: Any) -> ImportPlan:
        plan = plan_import(study, path, format_id, **options)
        apply_import(study, plan)
        return plan

    return go
