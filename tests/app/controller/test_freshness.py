"""The file of the image in view changes on the disk: what is stale, and how it is renewed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.controller import Controller
from app.state import PaneContent, ViewerState


def redraw(path: Path, value: int, replace: bool = False) -> None:
    """Write another picture of the same size, in place or as a new file of the same name."""
    other = path.with_suffix(".new.png") if replace else path
    Image.fromarray(np.full((47, 61, 3), value, np.uint8)).save(other)
    status = path.stat()
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))
    if replace:
        other.replace(path)


def in_view(state: ViewerState) -> tuple[int, set[tuple[int, str]]]:
    assert state.case is not None
    return state.case.id, {(state.case.id, m.id) for m in state.models}


@pytest.mark.parametrize("replace", [False, True])
def test_a_change_in_view_marks_what_was_computed_and_keeps_showing_it(
    opened: Controller, state: ViewerState, messages: list[str], qtbot: Any, replace: bool
) -> None:
    assert state.case is not None
    image, analyses = state.image, dict(state.analyses)
    assert not state.stale
    redraw(state.case.path, 9, replace)
    qtbot.waitUntil(lambda: bool(state.stale))
    assert state.stale == in_view(state)[1]
    assert state.image is image
    assert state.analyses == analyses
    assert not [m for m in messages if "has changed" in m]  # The panes say it.


def test_where_no_pane_can_say_so_a_note_does_once(
    opened: Controller, state: ViewerState, messages: list[str], qtbot: Any
) -> None:
    assert state.case is not None
    state.set_panes([PaneContent("")])
    redraw(state.case.path, 9)
    qtbot.waitUntil(lambda: bool(state.stale))
    redraw(state.case.path, 10)
    qtbot.wait(700)
    assert [m for m in messages if "has changed" in m] == [
        "The image file case 1.png has changed; what is shown is of its old content."
    ]


def test_compute_again_shows_and_computes_the_new_content(
    opened: Controller, state: ViewerState, shown: Callable[[], None], qtbot: Any
) -> None:
    case, keys = in_view(state)
    assert state.case is not None
    before = {key: state.analyses[key].logits for key in keys}
    redraw(state.case.path, 200)
    qtbot.waitUntil(lambda: bool(state.stale))
    state.renewal_wanted.emit()
    assert not state.stale
    shown()
    qtbot.waitUntil(lambda: all(key in state.analyses for key in keys))
    assert state.image is not None
    assert (state.image.pixels == 200).all()
    assert not any(np.array_equal(state.analyses[key].logits, before[key]) for key in keys)
    best = state.analyses[case, state.models[0].id]
    prediction = state.predictions[case]
    assert prediction.probability == best.probabilities.max()
    qtbot.wait(500)
    assert not state.stale


def test_maps_that_come_later_are_stale_too(
    opened: Controller, state: ViewerState, shown: Callable[[], None], qtbot: Any
) -> None:
    state.set_panes([PaneContent("evidence")])
    shown()
    assert state.case is not None
    redraw(state.case.path, 9)
    qtbot.waitUntil(lambda: bool(state.stale))
    state.set_panes([PaneContent("evidence"), PaneContent("layercam")])
    shown()
    box = next(m for m in state.models if m.spec.head == "blackbox")
    assert "layercam" in state.analyses[state.case.id, box.id].maps
    assert (state.case.id, box.id) in state.stale


def test_a_change_while_another_case_is_in_view_is_seen_on_return(
    opened: Controller, state: ViewerState, shown: Callable[[], None], qtbot: Any
) -> None:
    first, keys = in_view(state)
    assert state.case is not None
    path = state.case.path
    opened.next()
    shown()
    redraw(path, 9)
    qtbot.wait(500)
    assert not state.stale
    opened.select_case(first)
    qtbot.waitUntil(lambda: state.stale == keys)


def test_an_image_that_is_read_anew_drops_the_maps_of_its_old_content(
    opened: Controller, state: ViewerState, shown: Callable[[], None], qtbot: Any
) -> None:
    first, keys = in_view(state)
    assert state.case is not None
    path = state.case.path
    before = {key: state.analyses[key].logits for key in keys}
    opened.next()
    shown()
    redraw(path, 9)
    opened.images.forget((path, 0))  # as when many others were looked at since
    opened.select_case(first)
    shown()
    qtbot.waitUntil(lambda: all(key in state.analyses for key in keys))
    assert not state.stale
    assert not any(np.array_equal(state.analyses[key].logits, before[key]) for key in keys)


def test_the_old_content_back_at_its_time_is_fresh_again(
    opened: Controller, state: ViewerState, qtbot: Any
) -> None:
    assert state.case is not None
    path = state.case.path
    content, status = path.read_bytes(), path.stat()
    redraw(path, 9)
    qtbot.waitUntil(lambda: bool(state.stale))
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    qtbot.waitUntil(lambda: not state.stale)


def test_a_file_that_is_gone_is_not_another_one(
    opened: Controller, state: ViewerState, qtbot: Any
) -> None:
    assert state.case is not None
    state.case.path.unlink()
    qtbot.wait(500)
    assert not state.stale


def test_another_study_has_nothing_stale(
    opened: Controller, state: ViewerState, shown: Any, folder: Any, qtbot: Any
) -> None:
    assert state.case is not None
    redraw(state.case.path, 9)
    qtbot.waitUntil(lambda: bool(state.stale))
    opened.open_paths([folder(2, name="others")])
    shown()
    assert not state.stale


def test_a_stored_prediction_of_an_old_content_is_made_again(
    opened: Controller, state: ViewerState, shown: Any, qtbot: Any
) -> None:
    qtbot.waitUntil(lambda: len(state.predictions) == 9)
    last = state.cases[-1]
    before = {case: prediction.probability for case, prediction in state.predictions.items()}
    place = last.path.parent
    opened.close_study()
    redraw(last.path, 200)
    opened.open_paths([place])
    shown()
    qtbot.waitUntil(lambda: len(state.predictions) == 9, timeout=20_000)
    after = {case: prediction.probability for case, prediction in state.predictions.items()}
    # Untrained models say nearly the same of every image, but never quite.
    assert after.pop(last.id) != before.pop(last.id)
    assert after == before


def test_a_file_that_is_gone_is_said_to_be_so_once(
    opened: Controller, state: ViewerState, messages: list[str], qtbot: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("app.controller.freshness.GONE_MS", 50)
    assert state.case is not None
    path, image = state.case.path, state.image
    content, times = path.read_bytes(), path.stat()
    path.unlink()
    qtbot.waitUntil(lambda: bool(messages))
    qtbot.wait(200)
    assert messages == ["The image file case 1.png is gone; what is shown was read from it before."]
    assert state.image is image
    path.write_bytes(content + b" ")  # It comes back, with another content.
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns + 10**9))
    qtbot.waitUntil(lambda: bool(state.stale))
