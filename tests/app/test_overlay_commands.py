"""The actions of the overlay change the state; the state decides what the menus show."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from app.actions.overlay import OVERLAY
from app.commands import Commands
from app.commands.overlay import checks
from app.state import Overlay, PaneContent, ViewerState
from app.state.values import CLASS_VIEWS, STYLES


@pytest.fixture
def commands(qtbot: Any, state: ViewerState) -> Commands:
    window = QWidget()
    window.state = state  # type: ignore[attr-defined]
    qtbot.addWidget(window)
    return Commands(window)  # type: ignore[arg-type]


def run(commands: Commands, action: str, *values: Any) -> None:
    spec = next(spec for spec in OVERLAY if spec.id == action)
    commands.slot(spec)(*values)


def test_the_next_style_and_the_next_classes_go_round(
    commands: Commands, state: ViewerState
) -> None:
    seen = []
    for _ in range(len(STYLES)):
        run(commands, "next_style")
        seen.append(state.overlay.style)
    assert seen == [*STYLES[1:], STYLES[0]]
    seen = []
    for _ in range(len(CLASS_VIEWS)):
        run(commands, "next_class_view")
        seen.append(state.overlay.classes)
    assert seen == [*CLASS_VIEWS[1:], CLASS_VIEWS[0]]


@pytest.mark.parametrize(
    ("action", "name", "value"),
    [
        ("map_style_contour", "style", "contour"),
        ("class_view_winner", "classes", "winner"),
        ("colours_print", "colours", "print"),
    ],
)
def test_a_choice_is_taken_and_checked(
    commands: Commands, state: ViewerState, action: str, name: str, value: str
) -> None:
    run(commands, action)
    assert getattr(state.overlay, name) == value
    assert checks(state)[action]


@pytest.mark.parametrize(
    ("action", "name"),
    [
        ("toggle_overlay", "visible"),
        ("smooth", "smooth"),
        ("grid_lines", "grid"),
        ("positive_only", "positive"),
        ("receptive_field", "field"),
    ],
)
def test_a_switch_is_taken_and_checked(
    commands: Commands, state: ViewerState, action: str, name: str
) -> None:
    for on in (True, False):
        run(commands, action, on)
        assert getattr(state.overlay, name) is on
        assert checks(state)[action] is on


def test_what_is_checked_is_an_action(state: ViewerState) -> None:
    assert set(checks(state)) <= {spec.id for spec in OVERLAY if spec.checkable}


def test_every_value_of_the_state_has_an_action() -> None:
    ids = {spec.id for spec in OVERLAY}
    assert {f"map_style_{style}" for style in STYLES} <= ids
    assert {f"class_view_{view}" for view in CLASS_VIEWS} <= ids
    assert f"colours_{Overlay().colours}" in ids


def test_opacity_of_all_panes_and_of_one(commands: Commands, state: ViewerState) -> None:
    run(commands, "opacity_up")
    assert state.overlay.opacity == 0.7
    for _ in range(9):
        run(commands, "opacity_down")
    assert state.overlay.opacity == 0
    state.set_overlay(opacity=0.5)
    state.set_panes([PaneContent("evidence"), PaneContent("gradcam")])
    state.set_current(1)
    run(commands, "pane_opacity_down")
    assert [pane.opacity for pane in state.panes] == [None, 0.4]
    run(commands, "pane_opacity_up")
    run(commands, "pane_opacity_up")
    assert state.panes[1].opacity == 0.6
    assert state.overlay.opacity == 0.5


def test_every_own_limit_is_given_up(commands: Commands, state: ViewerState) -> None:
    state.limits["a", "evidence"] = 4.0
    state.set_own_limit(("a", "evidence"), 2.0)
    state.set_own_limit(("b", "cam"), 3.0)
    run(commands, "reset_limits")
    assert state.own_limits == {}
    assert state.limit(("a", "evidence")) == 4.0
