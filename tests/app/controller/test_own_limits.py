"""Limits that the user chose are the study's: they are kept with it and come back with it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.controller.own_limits import SETTING, OwnLimits
from app.state import ViewerState
from softcam_core.annotations.study import Study

KEY = ("model", "evidence")


@pytest.fixture
def studies(state: ViewerState, tmp_path: Path) -> list[Study]:
    state.keeper = OwnLimits(state, state)  # type: ignore[attr-defined]
    return [Study.open(tmp_path / f"{name}.softcam") for name in "ab"]


def open_study(state: ViewerState, study: Study | None) -> None:
    state.study = study
    state.study_changed.emit()


def test_an_own_limit_comes_back_with_its_study_alone(
    state: ViewerState, studies: list[Study]
) -> None:
    open_study(state, studies[0])
    state.limits[KEY] = 4.0
    state.set_own_limit(KEY, 2.5)
    open_study(state, studies[1])
    assert state.limit(KEY) == 4.0
    open_study(state, studies[0])
    assert state.limit(KEY) == 2.5
    state.set_own_limit(KEY, None)
    open_study(state, studies[1])
    open_study(state, studies[0])
    assert not state.own_limits


def test_what_is_no_limit_is_left_out(state: ViewerState, studies: list[Study]) -> None:
    worthless = (-1, 0, True, "3", float("inf"), float("nan"), 10**400, 1e-320)
    wrong = [["m", "evidence", value] for value in worthless]
    studies[0].set_setting(SETTING, [["m", "cam", 3], *wrong, ["m"], "x", None])
    open_study(state, studies[0])
    assert state.own_limits == {("m", "cam"): 3.0}


def test_a_setting_that_is_no_json_is_worth_none(
    state: ViewerState, studies: list[Study], tmp_path: Path
) -> None:
    for number, text in enumerate(("{{{", "[" * 100_000 + "]" * 100_000)):
        path = tmp_path / f"damaged{number}.softcam"
        with Study.open(path) as study:
            study.set_setting(SETTING, [["m", "cam", 3]])
        with sqlite3.connect(path) as file:
            file.execute("UPDATE settings SET value = ? WHERE key = ?", (text, SETTING))
        file.close()
        with Study.open(path) as study:
            open_study(state, study)
            assert not state.own_limits
            open_study(state, None)


def test_without_a_study_a_limit_lasts_as_long_as_the_window(state: ViewerState) -> None:
    OwnLimits(state, state)
    state.set_own_limit(KEY, 2.5)
    assert state.limit(KEY) == 2.5
