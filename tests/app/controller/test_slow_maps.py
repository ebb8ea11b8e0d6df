"""Slow maps: asked for by the user, stopped when nobody waits, limits without extra work."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from app.controller.analyses import Analyses
from app.controller.limits import SAMPLE, Limits
from app.state import PaneContent, ViewerState
from softcam_core.annotations.study import Study
from softcam_core.imaging.geometry import Region

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SOFT = synthetic.model("soft")
MAPS = np.abs(synthetic.evidence())


class Jobs(QObject):
    """Takes jobs and does none of them."""

    ready = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []

    def submit(self, kind: str, payload: dict[str, Any], **rest: Any) -> Any:
        job = SimpleNamespace(kind=kind, payload=payload, cancelled=False, **rest)
        job.cancel = lambda: setattr(job, "cancelled", True)
        self.asked.append(job)
        return job

    def of(self, method: str) -> list[Any]:
        return [j for j in self.asked if method in j.payload["methods"] and not j.cancelled]


@pytest.fixture
def jobs() -> Jobs:
    return Jobs()


@pytest.fixture
def viewing(state: ViewerState, jobs: Jobs, qtbot: Any) -> ViewerState:
    state.analyser = Analyses(state, jobs, state)  # type: ignore[attr-defined, arg-type]
    state.set_panes([PaneContent("evidence"), PaneContent("scorecam")])
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    qtbot.waitUntil(lambda: bool(jobs.of("evidence")))
    return state


def answer(job: Any, **maps: np.ndarray) -> None:
    logits = np.array([1.0, -2.0, 3.0])
    region = Region(0, 0, synthetic.WIDTH, synthetic.HEIGHT)
    found = {"logits": logits, "probabilities": logits, "region": region, "identical": {}}
    job.on_done({**found, "maps": maps})


def test_a_slow_map_is_computed_when_asked_for_and_beside_the_quick_ones(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    assert not jobs.of("scorecam")
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    (job,) = jobs.of("scorecam")
    assert job.kind == "explain"
    assert jobs.of("evidence")[0].kind == "analyse"
    answer(job, scorecam=MAPS)
    assert np.array_equal(viewing.analyses[1, SOFT.id].maps["scorecam"], MAPS)


def test_cancel_stops_it_until_it_is_asked_for_again(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    viewing.map_unwanted.emit(SOFT.id, "scorecam")
    assert not jobs.of("scorecam")
    assert (SOFT.id, "scorecam") not in viewing.working
    qtbot.wait(20)
    assert not jobs.of("scorecam")
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))


def test_a_slow_map_that_no_pane_shows_any_more_is_stopped(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    viewing.set_panes([PaneContent("evidence")])
    qtbot.waitUntil(lambda: not jobs.of("scorecam"))
    assert jobs.of("evidence")


def test_the_next_case_is_not_computed_unasked(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    synthetic.show_case(viewing, 2)
    qtbot.waitUntil(lambda: any(j.payload["path"].endswith("2.png") for j in jobs.asked))
    assert not jobs.of("scorecam")


def test_at_once_means_unasked(viewing: ViewerState, jobs: Jobs, qtbot: Any) -> None:
    viewing.set_slow_at_once(True)
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))


def test_the_limit_of_a_slow_map_comes_from_the_maps_asked_for(
    state: ViewerState, jobs: Jobs, tmp_path: Path
) -> None:
    limits = Limits(state, jobs, state)  # type: ignore[arg-type]
    state.study = Study.open(tmp_path / "a.softcam")
    synthetic.load(state, SOFT)
    key = SOFT.id, "scorecam"

    def see(case: int, value: float) -> float:
        full = np.full((3, 2, 4), value, np.float32)
        synthetic.tell(state, synthetic.analysis(case, SOFT, scorecam=full))
        return state.limits[key]

    assert see(1, 2.0) == 2.0
    assert see(2, 1.0) == 2.0  # A fainter map does not look as full.
    # The next session of the study goes on where this one ended.
    state.limits.clear()
    limits.deleteLater()
    state.analysis_changed.disconnect()
    again = Limits(state, jobs, state)  # type: ignore[arg-type]
    assert see(3, 1.0) == 2.0
    for case in range(4, SAMPLE + 1):
        see(case, 1.0)
    assert see(SAMPLE + 1, 50.0) == 2.0  # Fixed by now.
    assert not jobs.asked
    assert again.parent() is state
    state.study.close()
