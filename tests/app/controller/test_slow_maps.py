"""Slow maps: asked for by the user, stopped when nobody waits, limits without extra work."""

from __future__ import annotations

import sys
from dataclasses import replace
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
        """Return the jobs that compute a map; the look whether it is on the disk is none."""
        computing = [j for j in self.asked if j.kind != "kept" and not j.cancelled]
        return [j for j in computing if method in j.payload["methods"]]


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


def other(jobs: Jobs, number: int, method: str = "evidence") -> list[Any]:
    return [j for j in jobs.of(method) if j.payload["path"].endswith(f"{number}.png")]


def test_what_was_asked_for_goes_on_while_another_case_is_in_view(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    (job,) = jobs.of("scorecam")
    synthetic.show_case(viewing, 2)
    qtbot.waitUntil(lambda: bool(other(jobs, 2)))
    assert jobs.of("scorecam") == [job]  # The next case is not computed unasked.
    assert (SOFT.id, "scorecam") not in viewing.working
    assert viewing.working_elsewhere == 1
    job.on_progress(1, 4)
    synthetic.show_case(viewing, 1)
    qtbot.wait(20)
    assert jobs.of("scorecam") == [job]
    assert viewing.working[SOFT.id, "scorecam"].share == 0.25
    synthetic.show_case(viewing, 2)
    answer(job, scorecam=MAPS)
    assert viewing.working_elsewhere == 0
    synthetic.show_case(viewing, 1)
    assert viewing.map_is_there(SOFT, "scorecam")


def test_a_map_of_another_case_can_be_stopped_from_anywhere(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    synthetic.show_case(viewing, 2)
    viewing.no_map_wanted.emit()
    assert not jobs.of("scorecam")
    synthetic.show_case(viewing, 1)
    qtbot.wait(20)
    assert not jobs.of("scorecam")


@pytest.mark.parametrize("closed", ["study", "model"])
def test_closing_stops_it(viewing: ViewerState, jobs: Jobs, qtbot: Any, closed: str) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    synthetic.show_case(viewing, 2)
    if closed == "model":
        synthetic.load(viewing)
    else:
        viewing.study_changed.emit()
    assert not jobs.of("scorecam")
    assert viewing.working_elsewhere == 0


def test_what_nobody_asked_for_is_dropped_with_its_case(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.set_slow_at_once(True)
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    (job,) = jobs.of("scorecam")
    synthetic.show_case(viewing, 2)
    assert job.cancelled


def test_it_waits_only_for_another_slow_map(viewing: ViewerState, jobs: Jobs, qtbot: Any) -> None:
    viewing.set_panes([PaneContent("scorecam"), PaneContent("occlusion")])
    for method in ("scorecam", "occlusion"):
        viewing.map_wanted.emit(SOFT.id, method)
        qtbot.waitUntil(lambda m=method: bool(jobs.of(m)))
    assert not viewing.working[SOFT.id, "scorecam"].waits
    assert viewing.working[SOFT.id, "occlusion"].waits
    answer(jobs.of("scorecam")[0], scorecam=MAPS)
    assert not viewing.working[SOFT.id, "occlusion"].waits


def test_the_time_left_is_told_when_progress_allows(
    viewing: ViewerState, jobs: Jobs, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("app.controller.analyses.time.monotonic", lambda: now[0])
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    (job,) = jobs.of("scorecam")
    for seconds, done, left in ((0, 0, None), (1, 1, None), (10, 10, 90.0), (50, 50, 50.0)):
        now[0] = 100.0 + seconds
        job.on_progress(done, 100)
        assert viewing.working[SOFT.id, "scorecam"].left == left


MANY = replace(
    SOFT, spec=replace(SOFT.spec, classes=(*synthetic.CLASSES, *(f"c{n}" for n in range(20))))
)


@pytest.fixture
def many(viewing: ViewerState, jobs: Jobs, qtbot: Any) -> ViewerState:
    viewing.analyses.clear()
    synthetic.load(viewing, MANY)
    answer(jobs.of("evidence")[-1], evidence=np.zeros((23, 2, 4), np.float32))
    return viewing


def test_of_many_classes_the_one_in_view_is_computed(
    many: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    assert many.shown_class() == "severe"
    many.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    (first,) = jobs.of("scorecam")
    assert first.payload["classes"] == [2]
    # Another class is offered again; what was asked for goes on.
    many.set_class("c3")
    qtbot.wait(20)
    assert many.slow_in_view() == [(MANY, "scorecam")]
    assert jobs.of("scorecam") == [first]
    assert many.working_elsewhere == 1
    answer(first, scorecam=MAPS[2:])
    assert many.slow_in_view() == [(MANY, "scorecam")]
    many.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: len(jobs.of("scorecam")) == 2)
    second = jobs.of("scorecam")[1]
    assert second.payload["classes"] == [6]
    answer(second, scorecam=2 * MAPS[2:])
    analysis = many.analyses[1, SOFT.id]
    assert np.array_equal(analysis.map("scorecam", 2), MAPS[2])
    assert np.array_equal(analysis.map("scorecam", 6), 2 * MAPS[2])
    many.set_class(None)
    assert many.slow_in_view() == []
    assert "classes" not in jobs.of("evidence")[0].payload


def test_of_many_classes_a_quick_map_follows_the_class_in_view(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.analyses.clear()
    viewing.set_panes([PaneContent("evidence"), PaneContent("layercam")])
    synthetic.load(viewing, MANY)
    qtbot.wait(20)
    assert not jobs.of("layercam")  # Which class is not known yet; the prediction waits for none.
    answer(jobs.of("evidence")[-1], evidence=np.zeros((23, 2, 4), np.float32))
    qtbot.waitUntil(lambda: bool(jobs.of("layercam")))
    (first,) = jobs.of("layercam")
    assert (first.kind, first.payload["classes"]) == ("analyse", [2])
    answer(first, layercam=MAPS[2:])
    assert viewing.map_is_there(MANY, "layercam")
    viewing.set_class("c3")
    qtbot.waitUntil(lambda: len(jobs.of("layercam")) == 2)
    assert jobs.of("layercam")[1].payload["classes"] == [6]


def test_up_to_twelve_classes_are_computed_together(
    viewing: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    viewing.map_wanted.emit(SOFT.id, "scorecam")
    qtbot.waitUntil(lambda: bool(jobs.of("scorecam")))
    assert "classes" not in jobs.of("scorecam")[0].payload


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
