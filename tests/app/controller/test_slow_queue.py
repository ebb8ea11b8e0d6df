"""Eight panes with slow maps and a real child: they queue, can be stopped, and come back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.controller import Controller
from app.state import PaneContent, ViewerState

SLOW = ("scorecam", "smoothgrad", "integrated_gradients", "occlusion")


@pytest.fixture
def opened(
    controller: Controller,
    state: ViewerState,
    folder: Callable[..., Path],
    models: dict[str, Path],
    shown: Callable[[], None],
) -> Controller:
    """Two models, and images that no other test has maps of."""
    place = folder(2)
    for path in place.iterdir():
        Image.fromarray(np.random.default_rng().integers(0, 255, (47, 61, 3), np.uint8)).save(path)
    controller.open_paths([place])
    for path in models.values():
        controller.open_model(path)
    shown()
    return controller


@pytest.fixture
def eight(opened: Controller, state: ViewerState, shown: Callable[[], None]) -> ViewerState:
    """Eight panes, all of slow maps: four methods of two models."""
    state.set_panes([PaneContent(method, m.id) for m in state.models for method in SLOW])
    assert len(state.panes) == 8
    shown()
    return state


def ask_for_all(state: ViewerState) -> None:
    for model, method in state.slow_in_view():
        state.map_wanted.emit(model.id, method)


def done(state: ViewerState) -> int:
    assert state.case is not None
    return sum(
        method in state.analyses[state.case.id, m.id].maps for m in state.models for method in SLOW
    )


def test_they_are_computed_one_after_the_other(eight: ViewerState, qtbot: Any) -> None:
    assert not eight.working
    ask_for_all(eight)
    qtbot.waitUntil(lambda: len(eight.working) == 8)
    assert [work.waits for work in eight.working.values()].count(False) == 1
    shares: list[float] = []
    eight.progress_changed.connect(
        lambda *_: shares.extend(w.share for w in eight.working.values() if not w.waits)
    )
    qtbot.waitUntil(lambda: done(eight) == 8, timeout=60_000)
    assert not eight.working
    assert any(0 < share < 1 for share in shares)


def test_one_or_all_can_be_stopped_and_the_rest_goes_on(eight: ViewerState, qtbot: Any) -> None:
    box = eight.models[1]
    ask_for_all(eight)
    qtbot.waitUntil(lambda: len(eight.working) == 8)
    running = next(key for key, work in eight.working.items() if not work.waits)
    waiting = (box.id, "occlusion")
    for key in (running, waiting):
        eight.map_unwanted.emit(*key)
        assert key not in eight.working
    assert len(eight.working) == 6
    assert [work.waits for work in eight.working.values()].count(False) == 1
    qtbot.waitUntil(lambda: done(eight) >= 1, timeout=60_000)
    eight.no_map_wanted.emit()
    assert not eight.working
    before = done(eight)
    assert before < 6
    qtbot.wait(300)
    assert done(eight) == before
    assert len(eight.slow_in_view()) == 8 - before


def test_what_was_computed_once_is_there_without_being_asked_for(
    eight: ViewerState, opened: Controller, shown: Callable[[], None], qtbot: Any
) -> None:
    assert eight.case is not None
    case = eight.case.id
    ask_for_all(eight)
    qtbot.waitUntil(lambda: done(eight) == 8, timeout=60_000)
    known = {m.id: dict(eight.analyses[case, m.id].maps) for m in eight.models}
    opened.next()
    shown()
    qtbot.wait(200)
    assert not any(set(SLOW) & set(eight.analyses[eight.case.id, m.id].maps) for m in eight.models)
    eight.analyses.clear()  # as after a restart
    opened.previous()
    qtbot.waitUntil(lambda: not eight.slow_in_view(), timeout=10_000)
    assert not eight.working
    for model in eight.models:
        for method in SLOW:
            found = eight.analyses[case, model.id].maps[method]
            assert np.array_equal(found, known[model.id][method])
