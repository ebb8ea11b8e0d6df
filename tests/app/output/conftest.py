"""A study of small photographs in a state, and a child that answers without torch."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget

from app.state import Case, ViewerState
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
from reporting import FakeJobs

STATUSES = "done", "flagged", "done", "unread"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Four photographs; reader-1 drew on the first, somebody else on the second."""
    with Study.open(tmp_path / "s.softcam") as study:
        for number, status in enumerate(STATUSES, start=1):
            path = tmp_path / f"MEIER_{number}.png"
            pixels = np.random.default_rng(number).integers(0, 255, (60, 80, 3), np.uint8)
            Image.fromarray(pixels).save(path)
            study.set_status(study.add_case(path), status)
        study.add_annotation(1, "box", [[10, 10], [30, 40]], "MA", "reader-1")
        study.add_annotation(2, "box", [[10, 10], [30, 40]], "SECRET", "somebody else")
        yield study


@pytest.fixture
def reported(state: ViewerState, study: Study) -> ViewerState:
    """The study is open, its first case in view."""
    state.study = study
    state.cases = [Case(c.id, c.path, c.name, c.modality, c.status) for c in study.cases()]
    state.case = state.cases[0]
    return state


@pytest.fixture
def jobs(qtbot) -> FakeJobs:
    gc.collect()
    gc.freeze()
    parent = QWidget()
    qtbot.addWidget(parent)
    return FakeJobs(parent)
