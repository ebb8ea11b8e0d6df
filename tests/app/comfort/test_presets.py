"""Presets: each arranges the window for its work, and the user's own arrangement comes back."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint

from app import session
from app.arrangement import panes_of, panes_text
from app.main_window import MainWindow
from app.presets import PRESETS, Presets, panes
from app.state import DIFFERENCE, PaneContent
from app.theme import scaled

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

GRADES = ("no DR", "mild NPDR", "moderate NPDR", "severe NPDR", "proliferative DR")


def shown(window: MainWindow) -> set[str]:
    return {name for name in window.docks.names() if not window.docks.widget(name).isHidden()}


def test_every_preset_shows_its_own_docks(reading: MainWindow) -> None:
    there = set(reading.docks.names())
    for name, preset in PRESETS.items():
        reading.actions_table[f"preset_{name}"].trigger()
        assert shown(reading) == set(preset.docks) & there, name
        assert reading.actions_table[f"preset_{name}"].isChecked()
        assert reading.state.tool == preset.tool


def test_to_annotate_is_one_pane_without_maps(reading: MainWindow) -> None:
    reading.actions_table["preset_annotate"].trigger()
    assert len(reading.state.panes) == 1
    assert not reading.state.overlay.visible
    tools = [a.objectName() for a in reading.menus.bar.actions()]
    assert "action_tool_polygon" in tools
    assert "action_panes_2" not in tools


def test_to_compare_shows_what_the_models_can_give(reading: MainWindow) -> None:
    reading.actions_table["preset_compare"].trigger()
    content = reading.state.panes
    assert 4 <= len(content) <= 8
    assert content[0].method == "evidence"
    assert PaneContent("gradcam") in content
    assert len(set(content)) == len(content)
    for pane in content:
        model = reading.state.pane_model(pane)
        assert not pane.has_map or reading.state.has_map(model, pane.method)


def test_without_a_model_there_are_still_four_panes(window: MainWindow) -> None:
    assert len(panes("compare", window.state)) == 4


def test_the_own_arrangement_comes_back_after_several_presets(reading: MainWindow) -> None:
    reading.state.set_panes([PaneContent("gradcam", opacity=0.3), PaneContent("evidence")])
    reading.state.set_tool("box")
    reading.docks.widget("history").hide()
    docks, content = shown(reading), list(reading.state.panes)
    for name in PRESETS:
        reading.presets.choose(name)
    reading.actions_table["own_arrangement"].trigger()
    assert shown(reading) == docks
    assert reading.state.panes == content
    assert reading.state.tool == "box"
    assert reading.state.overlay.visible
    assert reading.presets.current == ""
    assert not reading.actions_table["own_arrangement"].isEnabled()
    assert "action_open_folder" in [a.objectName() for a in reading.menus.bar.actions()]


def test_the_next_start_goes_on_in_the_preset(reading: MainWindow) -> None:
    reading.state.set_panes([PaneContent("gradcam")])
    reading.presets.choose("annotate")
    session.save(reading)
    again = Presets(reading)
    assert again.current == "annotate"
    again.back()
    assert reading.state.panes == [PaneContent("gradcam")]


def test_a_presets_key_again_leads_back(reading: MainWindow) -> None:
    mine = [PaneContent("gradcam", opacity=0.3), PaneContent("evidence")]
    reading.state.set_panes(mine)
    docks = shown(reading)
    compare = reading.actions_table["preset_compare"]
    compare.trigger()
    assert reading.state.panes != mine
    compare.trigger()
    assert reading.state.panes == mine
    assert shown(reading) == docks
    assert not compare.isChecked()
    assert reading.presets.current == ""


def test_panes_chosen_in_a_preset_are_not_lost(reading: MainWindow) -> None:
    five = [PaneContent("evidence", opacity=n / 10) for n in range(5)]
    reading.presets.choose("compare")
    given = list(reading.state.panes)
    reading.state.set_panes(five)
    reading.presets.choose("review")
    assert reading.state.panes != five
    reading.presets.choose("review")
    assert reading.presets.current == "compare"
    assert reading.state.panes == five
    reading.presets.choose("review")
    reading.presets.back()
    assert reading.state.panes == five, "the last that the reader chose"
    reading.presets.choose("compare")
    assert reading.state.panes == five
    again = Presets(reading)
    again.choose("review")
    again.choose("compare")
    assert reading.state.panes == five
    assert given != five


def test_panes_of_a_model_that_is_closed_give_way(reading: MainWindow) -> None:
    reading.presets.choose("compare")
    given = list(reading.state.panes)
    reading.state.set_panes([PaneContent("evidence", "gone")])
    reading.presets.choose("review")
    reading.presets.choose("compare")
    assert reading.state.panes == given


def test_nobody_who_adjudicates_loses_the_readers_panes(reading: MainWindow) -> None:
    before = list(reading.state.panes)
    reading.state.adjudicating = ("one", "other")
    reading.actions_table["preset_compare"].trigger()
    assert reading.state.panes == before
    assert "adjudication" in reading.messages.text()
    reading.state.adjudicating = None


def test_what_panes_show_survives_as_text() -> None:
    content = [
        PaneContent("evidence", "m", class_name="mild", opacity=0.25, linked=False),
        PaneContent(DIFFERENCE, pair=(PaneContent("evidence"), PaneContent("gradcam"))),
    ]
    assert panes_of(panes_text(content)) == content
    for damaged in ("", "[", "{}", '[{"method": 3}]', '[{"other": ""}]', '[{"opacity": 7}]'):
        assert panes_of(damaged) == []


SIDE = '{"method": "evidence"}'


@pytest.mark.parametrize(
    "damaged",
    [
        '{"method": "evidence", "linked": "x"}',
        '{"method": "evidence", "linked": null}',
        '{"method": "evidence", "linked": 2}',
        '{"method": "evidence", "opacity": true}',
        '{"method": "evidence", "opacity": "0.5"}',
        '{"method": "evidence", "opacity": NaN}',
        '{"method": "evidence", "model": null}',
        '{"method": "evidence", "reader": "\\udfff"}',
        '{"method": "evidence", "unheard": 1}',
        '{"method": ["evidence"]}',
        '{"method": "difference"}',
        '{"method": "difference", "pair": "ab"}',
        f'{{"method": "difference", "pair": [{SIDE}]}}',
        f'{{"method": "difference", "pair": [{SIDE}, {SIDE}, {SIDE}]}}',
        f'{{"method": "difference", "pair": [{SIDE}, {{"method": "image"}}]}}',
        f'{{"method": "difference", "pair": [{SIDE}, {{"method": "evidence", "linked": 1}}]}}',
        "null",
        '"evidence"',
    ],
)
def test_a_value_of_another_kind_makes_no_pane(damaged: str) -> None:
    """A pane whose `linked` was a text gave its viewport away, and the program crashed."""
    assert panes_of(f"[{damaged}]") == []
    assert panes_of(f"[{SIDE}]") == [PaneContent("evidence")]


def test_widths_go_with_the_text(reading: MainWindow, qtbot: Any) -> None:
    reading.look.set_scale(1.3)
    reading.presets.choose("review")
    qtbot.waitUntil(lambda: reading.docks.widget("classes").width() >= scaled(300))


def show_grades(window: MainWindow) -> None:
    """Open a model of five classes with long names."""
    model = synthetic.model("graded")
    model = replace(model, spec=replace(model.spec, classes=GRADES))
    synthetic.load(window.state, model)
    found = synthetic.analysis(1, model, evidence=np.ones((5, 2, 4), np.float32))
    logits = np.array([1.0, -20.0, 8.5, 0.3, -0.1])
    synthetic.tell(window.state, replace(found, logits=logits, probabilities=np.full(5, 0.2)))


@pytest.mark.parametrize("preset", ["compare", "review"])
def test_the_classes_and_their_controls_are_whole(
    reading: MainWindow, qtbot: Any, preset: str
) -> None:
    show_grades(reading)
    reading.presets.choose(preset)
    qtbot.wait(100)
    classes = reading.docks.classes

    def right(widget: Any) -> int:
        return widget.mapTo(classes, QPoint(widget.width(), 0)).x()

    edge = classes.width() - 12
    assert {right(row.logit) for row in classes.rows} == {edge}
    assert abs(right(classes.controls.hide_button) - edge) <= 2
    for row in classes.rows:
        assert row.logit.width() >= row.logit.sizeHint().width()
        assert row.name.width() >= row.name.sizeHint().width()
    dock = reading.docks.widget("classes").widget()
    assert dock.verticalScrollBar().maximum() == 0, "nothing is cut"
