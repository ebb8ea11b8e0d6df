"""Receptive fields are measured while they are shown, once, of the models in view."""

from __future__ import annotations

from typing import Any

from app.controller import Controller
from app.state import PaneContent, ReceptiveField, ViewerState


def test_they_are_asked_for_while_they_are_outlined(
    opened: Controller, state: ViewerState, qtbot: Any
) -> None:
    asked: list[str] = []
    submit = opened.jobs.submit

    def watched(kind: str, *rest: Any, **more: Any) -> Any:
        asked.append(kind)
        return submit(kind, *rest, **more)

    opened.jobs.submit = watched  # type: ignore[method-assign]
    soft, box = state.models
    state.set_panes([PaneContent("evidence", soft.id), PaneContent("")])
    assert "receptive_field" not in asked
    with qtbot.waitSignal(state.fields_changed, timeout=30_000):
        state.set_overlay(field=True)
    assert set(state.fields) == {soft.id}
    field = state.fields[soft.id]
    assert field == ReceptiveField(field.first, (32, 32), field.size)
    assert field.size[0] == field.size[1] == 1 - 2 * field.first[0]
    with qtbot.waitSignal(state.fields_changed, timeout=30_000):
        state.set_panes([PaneContent("evidence", soft.id), PaneContent("gradcam", box.id)])
    assert state.fields[box.id] == field
    state.set_overlay(field=False)
    state.set_overlay(field=True)
    opened.next()
    assert asked.count("receptive_field") == 2


def test_no_model_is_asked_about_that_the_protocol_hides(
    opened: Controller, state: ViewerState, qtbot: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(state, "model_hidden", lambda *_: True)
    state.set_overlay(field=True)
    assert not opened.fields._asked


def test_a_field_that_cannot_be_told_is_said_to_be_so(
    opened: Controller, state: ViewerState, messages: list[str], monkeypatch: Any
) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(opened.jobs, "submit", lambda _kind, _payload, **rest: asked.append(rest))
    soft, box = state.models
    state.set_panes([PaneContent("evidence", soft.id), PaneContent("gradcam", box.id)])
    state.set_overlay(field=True)
    first, second = (rest for rest in asked if rest["priority"] == 10)
    first["on_done"](None)
    second["on_failed"]("It broke.")
    said = [text for text in messages if text.startswith("It cannot be told")]
    assert [soft.spec.title in said[0], box.spec.title in said[1]] == [True, True]
    state.set_overlay(field=False)
    state.set_overlay(field=True)
    state.set_overlay(grid=True)
    assert len([text for text in messages if text.startswith("It cannot be told")]) == 4
    assert not state.fields
