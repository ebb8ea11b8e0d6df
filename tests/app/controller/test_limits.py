"""Display limits: shared by what is the same by construction, provisional, and never too small."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject

from app.controller.limits import LEAST_EVIDENCE, Limits
from app.state import LoadedModel, ViewerState
from softcam_core.annotations.study import Study

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

BLACK, SOFT = synthetic.model("black", "blackbox"), synthetic.model("soft")
CELLS = 8
GROUP = ("cam", "gradcam", "xgradcam")


def alike(model: LoadedModel, *methods: str, **limits: float) -> LoadedModel:
    spec = replace(model.spec, map_limits=limits)
    return replace(model, spec=spec, same=[(methods, "One linear layer.")])


class Jobs(QObject):
    """Takes the sample's jobs and does none of them."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Any] = []

    def submit(self, kind: str, payload: dict[str, Any], **rest: Any) -> Any:
        self.asked.append(SimpleNamespace(payload=payload, cancel=lambda: None, **rest))
        return self.asked[-1]


@pytest.fixture
def jobs(state: ViewerState) -> Jobs:
    found = Jobs()
    state.keeper = Limits(state, found, state)  # type: ignore[attr-defined, arg-type]
    synthetic.show_case(state)
    return found


def full(value: float) -> np.ndarray:
    return np.full((3, 2, 4), value, np.float32)


def test_what_is_the_same_has_one_scale_whatever_its_file_records(
    state: ViewerState, jobs: Jobs
) -> None:
    model = alike(BLACK, *GROUP, gradcam=0.6, xgradcam=0.4, cam=99.0)
    synthetic.load(state, model)
    synthetic.tell(state, synthetic.analysis(1, model, cam=full(4.0), xgradcam=full(0.5)))
    limits = {method: state.limits[model.id, method] for method in GROUP}
    assert limits == pytest.approx({"cam": 0.6 * CELLS, "gradcam": 0.6, "xgradcam": 0.6})
    assert not jobs.asked


@pytest.mark.parametrize("method", ["cam", "xgradcam"])
def test_the_shared_scale_is_measured_on_grad_cam(
    state: ViewerState, jobs: Jobs, method: str
) -> None:
    model = alike(BLACK, *GROUP)
    factor = CELLS if method == "cam" else 1
    synthetic.load(state, model)
    synthetic.tell(state, synthetic.analysis(1, model, **{method: factor * full(0.5)}))
    assert state.limits[model.id, method] == pytest.approx(0.5 * factor)
    assert (model.id, method) in state.provisional
    (job,) = jobs.asked
    assert job.payload["methods"] == ["gradcam"]
    job.on_done({"maps": {"gradcam": full(0.7)}})
    assert state.limits[model.id, method] == pytest.approx(0.7 * factor)
    assert not state.provisional


def test_on_a_sigmoid_branch_cam_keeps_its_own_scale(state: ViewerState, jobs: Jobs) -> None:
    model = alike(BLACK, *GROUP, "layercam", gradcam=0.6)
    synthetic.load(state, model)
    maps = {"cam": full(4.0), "layercam": full(0.5)}
    synthetic.tell(state, synthetic.analysis(1, model, **maps))
    assert state.limits[model.id, "cam"] == 4.0
    assert state.limits[model.id, "layercam"] == 0.6


def test_methods_that_differ_have_limits_of_their_own(state: ViewerState, jobs: Jobs) -> None:
    synthetic.load(state, BLACK)
    synthetic.tell(state, synthetic.analysis(1, BLACK, gradcam=full(0.5), xgradcam=full(0.25)))
    assert state.limits[BLACK.id, "gradcam"] == 0.5
    assert state.limits[BLACK.id, "xgradcam"] == 0.25


def test_the_evidence_of_a_model_that_learned_nothing_looks_empty(
    state: ViewerState, jobs: Jobs
) -> None:
    model = alike(SOFT, "evidence", *GROUP)
    synthetic.load(state, model)
    maps = {"evidence": full(2e-9), "gradcam": full(2e-9 / CELLS)}
    synthetic.tell(state, synthetic.analysis(1, model, **maps))
    assert state.limits[model.id, "evidence"] == LEAST_EVIDENCE
    assert state.limits[model.id, "gradcam"] == LEAST_EVIDENCE / CELLS
    for job in jobs.asked:
        (method,) = job.payload["methods"]
        job.on_done({"maps": {method: full(1e-9)}})
    assert state.limits[model.id, "evidence"] == LEAST_EVIDENCE
    assert state.limits[model.id, "gradcam"] == LEAST_EVIDENCE / CELLS


def test_maps_of_single_classes_count_together(state: ViewerState, jobs: Jobs) -> None:
    synthetic.load(state, SOFT)
    found = synthetic.analysis(1, SOFT)
    for method in ("scorecam", "layercam"):
        single = {(method, 0): full(1.0)[0], (method, 2): full(3.0)[0]}
        synthetic.tell(state, replace(found, single=single))
        assert state.limits[SOFT.id, method] == 3.0
        assert (SOFT.id, method) in state.provisional
    assert not jobs.asked  # All classes of the sample would take too long.


@pytest.mark.parametrize("method", ["scorecam", "layercam"])
def test_the_limit_of_a_map_from_the_disk_is_that_of_the_session_that_computed_it(
    state: ViewerState, jobs: Jobs, tmp_path: Path, method: str
) -> None:
    with Study.open(tmp_path / "s.softcam") as study:
        state.study = study
        state.study_changed.emit()
        synthetic.load(state, SOFT)
        found = synthetic.analysis(1, SOFT)
        for case, value in ((1, 1.0), (2, 3.0)):
            single = {(method, 0): full(value)[0]}
            synthetic.tell(state, replace(found, case=case, single=single))
        assert state.limits[SOFT.id, method] == 3.0
        state.analyses.clear()
        state.study_changed.emit()  # As after another start.
        synthetic.tell(state, replace(found, single={(method, 0): full(1.0)[0]}))
        assert state.limits[SOFT.id, method] == 3.0
        assert (SOFT.id, method) in state.provisional


def test_a_slow_map_has_its_limit_before_it_is_in_any_pane(
    state: ViewerState, jobs: Jobs, tmp_path: Path
) -> None:
    with Study.open(tmp_path / "s.softcam") as study:
        state.study = study
        study.set_setting(f"limit-samples/{SOFT.id}/occlusion", {"1": 1.35})
        study.set_setting(f"limit/{SOFT.id}/scorecam", 2.45)
        state.study_changed.emit()
        synthetic.load(state, SOFT)
        assert state.limits[SOFT.id, "occlusion"] == 1.35
        assert state.limits[SOFT.id, "scorecam"] == 2.45
        assert state.provisional == {(SOFT.id, "occlusion")}
