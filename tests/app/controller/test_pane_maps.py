"""Which maps the panes need: of both sides of a difference, and of classes that they keep to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from app.controller.analyses import Analyses
from app.controller.live import LiveMetrics
from app.controller.models import without
from app.state import DIFFERENCE, IMAGE, MARKS, PaneContent, ViewerState

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

NAMES = tuple(f"c{number}" for number in range(20))
SOFT, BLACK = synthetic.model("soft"), synthetic.model("black", "blackbox")
MANY = replace(SOFT, id="many", spec=replace(SOFT.spec, classes=NAMES))


class Jobs(QObject):
    """A client that only notes what it is asked for."""

    ready = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[dict[str, Any]] = []

    def submit(self, kind: str, payload: dict[str, Any], **_: Any) -> Any:
        if kind != "kept":  # a look at what is stored
            self.asked.append({"kind": kind, **payload})

        class Job:
            cancel: Callable[[], None] = staticmethod(lambda: None)

        return Job()


@pytest.fixture
def jobs(qapp: Any) -> Jobs:
    return Jobs()


@pytest.fixture
def analyses(state: ViewerState, jobs: Jobs) -> Analyses:
    return Analyses(state, jobs)  # type: ignore[arg-type]


def test_both_sides_of_a_difference_are_asked_for(
    analyses: Analyses, state: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    pair = PaneContent("evidence", SOFT.id), PaneContent("layercam", BLACK.id)
    synthetic.show_case(state)
    synthetic.load(state, SOFT, BLACK)
    state.set_panes([PaneContent(DIFFERENCE, pair=pair), PaneContent(IMAGE), PaneContent(MARKS)])
    assert analyses.wanted() == {SOFT.id: ["evidence"], BLACK.id: ["layercam"]}
    qtbot.waitUntil(lambda: len(jobs.asked) == 2)
    assert {job["model"] for job in jobs.asked} == {SOFT.id, BLACK.id}


def test_of_many_classes_those_that_panes_keep_to_are_computed(
    analyses: Analyses, state: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    synthetic.show_case(state)
    synthetic.load(state, MANY)
    synthetic.tell(state, synthetic.analysis(1, MANY, evidence=synthetic.evidence()))
    content = PaneContent("gradcam", MANY.id)
    state.set_panes([content, replace(content, class_name="c7"), replace(content, class_name="c9")])
    qtbot.waitUntil(lambda: len(jobs.asked) == 3)
    # Class 2 is predicted: the first pane follows it.
    assert sorted(job["classes"] for job in jobs.asked) == [[2], [7], [9]]


def test_a_slow_map_that_is_asked_for_comes_for_every_class_in_view(
    analyses: Analyses, state: ViewerState, jobs: Jobs, qtbot: Any
) -> None:
    synthetic.show_case(state)
    synthetic.load(state, MANY)
    synthetic.tell(state, synthetic.analysis(1, MANY, evidence=synthetic.evidence()))
    content = PaneContent("scorecam", MANY.id)
    state.set_panes([content, replace(content, class_name="c7")])
    qtbot.wait(50)
    assert jobs.asked == []
    state.map_wanted.emit(MANY.id, "scorecam")
    qtbot.waitUntil(lambda: len(jobs.asked) == 2)
    assert sorted(job["classes"] for job in jobs.asked) == [[2], [7]]
    assert {job["kind"] for job in jobs.asked} == {"explain"}


def test_a_pane_is_measured_in_its_own_class_and_not_again_for_an_opacity(
    state: ViewerState, jobs: Jobs, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveMetrics(state, jobs)  # type: ignore[arg-type]
    monkeypatch.setattr(live, "_shapes", lambda: ["a shape"])
    synthetic.show_case(state)
    synthetic.load(state, SOFT)
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    state.set_panes([PaneContent("evidence"), PaneContent("evidence", class_name="mild")])
    qtbot.waitUntil(lambda: len(jobs.asked) == 1)
    shown = [values for values, _, _ in jobs.asked[0]["maps"]]
    assert (shown[0] == synthetic.evidence()[2]).all()
    assert (shown[1] == synthetic.evidence()[1]).all()
    state.set_pane(0, opacity=0.4)
    state.set_pane(1, linked=False)
    qtbot.wait(150)
    assert len(jobs.asked) == 1
    state.set_pane(1, class_name="normal")
    qtbot.waitUntil(lambda: len(jobs.asked) == 2)


def test_a_closed_model_leaves_both_sides_of_a_difference() -> None:
    pair = PaneContent("evidence", "a"), PaneContent("evidence", "b")
    found = without("a", PaneContent(DIFFERENCE, pair=pair))
    assert found.pair == (PaneContent("evidence"), PaneContent("evidence", "b"))
    assert without("a", PaneContent("cam", "a", opacity=0.3)) == PaneContent("cam", opacity=0.3)
