"""The list of runs: what it shows, what is ticked, how it follows, and what can be done."""

import json
import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from app.training.live.runs_list import RunsList
from app.training.live.runs_model import COLUMNS
from softcam_core.annotations.claim import claim
from softcam_core.training.status import RunStatus, write_status

HEADS = [column.head for column in COLUMNS]


@pytest.fixture
def listed(qtbot, put, runs):
    """Show a list of these runs; the last one is the newest."""

    def listed(*names):
        for name in names:
            put(name)
        made = RunsList()
        qtbot.addWidget(made)
        made.resize(800, 400)
        made.emitted = []
        made.chosen.connect(lambda chosen: made.emitted.append([run.name for run in chosen]))
        made.show()
        with qtbot.waitSignal(made._follower.found):
            made.fill(runs)
        return made

    return listed


def cell(view, name, head):
    row = [entry.name for entry in view.model.rows].index(name)
    return view.model.data(view.model.index(row, HEADS.index(head)))


def names(view):
    return [entry.name for entry in view.model.rows]


def select(view, name):
    index = view.model.index(names(view).index(name), 0)
    view.view.selectionModel().setCurrentIndex(
        index,
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )


def tick(view, name, state=Qt.CheckState.Checked):
    index = view.model.index(names(view).index(name), 0)
    assert view.model.setData(index, state.value, Qt.ItemDataRole.CheckStateRole)


def look_again(view, qtbot):
    qtbot.waitUntil(lambda: not view._follower._busy)
    with qtbot.waitSignal(view._follower.found):
        view._follower.ask()


def test_each_run_is_a_row_the_newest_first(listed):
    view = listed("dense", "ridge", "trained")
    assert names(view) == ["trained", "ridge", "dense"]
    assert cell(view, "trained", "Kind") == "sparse 0.001"
    assert cell(view, "ridge", "Kind") == "ridge 0.01"
    assert cell(view, "ridge", "State") == "finished"
    assert cell(view, "ridge", "Epochs") == "5 of 5"
    assert cell(view, "ridge", "Val. accuracy") == "0.800"  # of the best model, not the last
    assert cell(view, "ridge", "Val. AUC") == "0.970"
    assert cell(view, "dense", "Val. AUC") == "–"
    assert cell(view, "dense", "Took") == "2 min"
    assert cell(view, "dense", "Network") == "shufflenet_v2_x0_5"


def test_without_runs_there_is_a_sentence(listed, qtbot):
    view = listed()
    assert view.pages.currentWidget() is view.empty
    assert view.empty.text() == "No model was trained in this study yet."
    buttons = (view.open, view.go_on, view.show_folder, view.remove)
    assert not any(button.isEnabled() for button in buttons)
    view.fill(None)
    assert view.empty.text().startswith("Open a study")


def test_the_newest_run_is_ticked_at_first_and_others_are_added(listed):
    view = listed("dense", "ridge")
    assert view.emitted == [["ridge"]]
    tick(view, "dense")
    assert view.emitted[-1] == ["ridge", "dense"]
    tick(view, "ridge", Qt.CheckState.Unchecked)
    assert view.emitted[-1] == ["dense"]


def test_space_and_enter_tick_the_row(listed, qtbot):
    view = listed("dense", "ridge")
    select(view, "dense")
    qtbot.keyClick(view.view, Qt.Key.Key_Space)
    assert view.emitted[-1] == ["ridge", "dense"]
    qtbot.keyClick(view.view, Qt.Key.Key_Return)
    assert view.emitted[-1] == ["ridge"]


def test_a_click_on_the_box_ticks(listed, qtbot):
    view = listed("dense", "ridge")
    box = view.view.visualRect(view.model.index(1, 0))
    at = box.topLeft()
    at.setX(at.x() + 10)
    at.setY(box.center().y())
    qtbot.mouseClick(view.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.emitted[-1] == ["ridge", "dense"]


def test_a_run_that_begins_takes_the_place_of_what_was_ticked_by_itself(listed, put, qtbot):
    view = listed("dense", "ridge")
    folder = put("trained")
    held = claim(folder / "status.json")
    qtbot.waitUntil(lambda: view.emitted[-1] == ["trained"], timeout=8000)
    assert cell(view, "trained", "State") == "training"
    held.release()
    qtbot.waitUntil(lambda: cell(view, "trained", "State") == "finished", timeout=5000)
    assert view.emitted[-1] == ["trained"]
    tick(view, "dense")
    view.model.ticks.discard(folder)
    held = claim(folder / "status.json")
    look_again(view, qtbot)
    assert view.emitted[-1] == ["trained", "dense"]
    held.release()


def test_a_growing_run_is_told_again_with_its_new_epochs(listed, put, runs, qtbot):
    view = listed("dense", "ridge")
    told = []
    view.chosen.connect(told.append)
    path = runs / "ridge" / "metrics.csv"
    lines = path.read_text().splitlines()
    held = claim(runs / "ridge" / "status.json")
    look_again(view, qtbot)
    assert told[-1][0].alive
    assert view._follower.is_following
    count = len(told)
    path.write_text("\n".join([*lines, "6" + lines[-1][1:]]) + "\n")
    qtbot.waitUntil(lambda: len(told) > count, timeout=5000)
    assert len(told[-1][0].rows) == 6
    assert cell(view, "ridge", "Epochs") == "6 of 5"
    look_again(view, qtbot)
    assert len(told) == count + 1  # nothing new
    held.release()
    qtbot.waitUntil(lambda: not view._follower.is_following, timeout=5000)


def test_a_refresh_keeps_selection_order_and_place(listed, put, runs, qtbot):
    view = listed("dense", "ridge")
    for n in range(30):
        put("blackbox", f"run-{n:02d}")
    look_again(view, qtbot)
    view.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    select(view, "run-20")
    bar = view.view.verticalScrollBar()
    bar.setValue(10)
    write_status(runs / "run-05", RunStatus("paused", 2, 4))
    look_again(view, qtbot)
    assert cell(view, "run-05", "State") == "paused"
    assert (view.current().name, bar.value()) == ("run-20", 10)
    put("blackbox", "another")
    look_again(view, qtbot)
    assert names(view)[0] == "another"
    assert (view.current().name, bar.value()) == ("run-20", 10)


def test_a_damaged_run_stands_below_and_says_why(listed, runs, put, qtbot):
    view = listed("dense", "ridge")
    (runs / "ridge" / "metrics.csv").write_text("epoch,lr\n1\n")
    look_again(view, qtbot)
    assert names(view) == ["dense", "ridge"]
    assert cell(view, "ridge", "State") == "damaged"
    index = view.model.index(1, 0)
    assert "metrics.csv cannot be read" in view.model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert view.model.data(index, Qt.ItemDataRole.CheckStateRole) is None
    assert not view.model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable
    select(view, "ridge")
    assert not view.go_on.isEnabled()
    assert view.remove.isEnabled()
    assert view.emitted[-1] == []


@pytest.mark.parametrize(
    ("state", "word", "can"),
    [
        ("running", "interrupted", True),
        ("paused", "paused", True),
        ("failed", "failed", True),
        ("finished", "finished", False),
    ],
)
def test_a_run_that_was_left_can_go_on(listed, runs, qtbot, state, word, can):
    view = listed("dense")
    write_status(runs / "dense", RunStatus(state, 2, 5, reason="The disk is full."))
    look_again(view, qtbot)
    assert cell(view, "dense", "State") == word
    assert view.go_on.isEnabled() == can
    tip = view.model.data(view.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "dense\nThe disk is full."
    asked = []
    view.resume.connect(asked.append)
    view.go_on.click()
    assert asked == ([runs / "dense"] if can else [])


def test_a_living_run_is_neither_resumed_nor_removed(listed, runs, qtbot):
    view = listed("dense")
    write_status(runs / "dense", RunStatus("running", 2, 5, seconds_left=600.0))
    held = claim(runs / "dense" / "status.json")
    look_again(view, qtbot)
    assert not view.go_on.isEnabled()
    assert not view.remove.isEnabled()
    tip = view.model.data(view.model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert tip == "dense\nAbout 10 min left."
    held.release()


def test_the_models_of_a_run_are_opened_from_a_menu(listed, runs, qtbot):
    view = listed("dense", "blackbox")
    (runs / "blackbox" / "best-auc.safetensors").touch()
    select(view, "dense")
    assert [a.text() for a in view.open.menu().actions()] == ["Model of the best &accuracy"]
    select(view, "blackbox")
    with qtbot.waitSignal(view.open_model) as opened:
        view.open.menu().actions()[1].trigger()
    assert opened.args == [runs / "blackbox" / "best-auc.safetensors"]


def test_a_run_is_removed_only_when_the_user_says_so(listed, runs, qtbot, monkeypatch):
    view = listed("dense", "ridge")
    select(view, "ridge")
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    asked = []
    monkeypatch.setattr(
        QMessageBox, "question", lambda *args: asked.append(args[2]) or answers.pop(0)
    )
    view.remove.click()
    assert "ridge" in asked[0]
    assert (runs / "ridge").exists()
    with qtbot.waitSignal(view.removed) as removed:
        view.remove.click()
    assert removed.args == [runs / "ridge"]
    assert not (runs / "ridge").exists()
    qtbot.waitUntil(lambda: names(view) == ["dense"], timeout=5000)
    assert view.emitted[-1] == []


def test_a_run_that_has_just_begun_again_stays(listed, runs, qtbot, monkeypatch):
    view = listed("dense")
    held = claim(runs / "dense" / "status.json")
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    with qtbot.waitSignal(view.told) as told:
        view.remove.click()
    assert "pause it first" in told.args[0]
    held.release()
    assert (runs / "dense" / "metrics.csv").exists()


def test_the_folder_is_shown_by_the_desktop(listed, runs, monkeypatch):
    view = listed("dense")
    shown = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url))
    view.show_folder.click()
    assert shown == [QUrl.fromLocalFile(str(runs / "dense"))]


def test_the_menu_of_a_row_offers_the_same(listed, qtbot):
    view = listed("dense")
    menu = view.menu_of_row()
    said = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert said == ["Model of the best accuracy", "Resume", "Show folder", "Remove…"]
    assert [action.isEnabled() for action in menu.actions()[2:]] == [False, True, True]
    menu.deleteLater()


def test_the_runs_of_a_sweep_are_listed_by_themselves(listed, prepared, put, runs, qtbot):
    view = listed("dense")
    assert view.where.isHidden()
    sweep = put("sweep-done")
    for name in ("ridge", "blackbox"):
        shutil.copytree(prepared / name, sweep / "runs" / name)
    look_again(view, qtbot)
    assert names(view) == ["dense"]
    assert view.where.isVisible()
    view.where.setCurrentIndex(1)
    with qtbot.waitSignal(view._follower.found):
        view.where.activated.emit(1)
    assert sorted(names(view)) == ["blackbox", "ridge"]
    look_again(view, qtbot)
    assert view.where.currentIndex() == 1
    view.where.setCurrentIndex(0)
    with qtbot.waitSignal(view._follower.found):
        view.where.activated.emit(0)
    assert names(view) == ["dense"]


def test_a_folder_that_is_made_later_is_noticed(qtbot, runs, prepared):
    view = RunsList()
    qtbot.addWidget(view)
    view.show()
    with qtbot.waitSignal(view._follower.found):
        view.fill(runs / "study" / "later")
    assert not view.model.rows
    shutil.copytree(prepared / "dense", runs / "study" / "later" / "dense")
    qtbot.waitUntil(lambda: len(view.model.rows) == 1, timeout=8000)


def test_another_study_shows_its_own_runs_only(listed, put, runs, prepared, tmp_path, qtbot):
    view = listed("dense")
    other = tmp_path / "other"
    shutil.copytree(prepared / "ridge", other / "ridge")
    with qtbot.waitSignal(view._follower.found):
        view.fill(other)
    assert names(view) == ["ridge"]
    assert view.emitted[-1] == ["ridge"]
    view.fill(None)
    assert names(view) == []
    assert view.emitted[-1] == []


def test_a_status_of_a_later_version_is_damaged_not_a_crash(listed, runs, qtbot):
    view = listed("dense")
    path = Path(runs / "dense" / "status.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), "colour": "red"}))
    look_again(view, qtbot)
    assert cell(view, "dense", "State") == "damaged"


def test_the_tip_of_a_figure_says_of_how_many_images_it_is(listed):
    view = listed("trained", "dense")
    column = HEADS.index("Val. accuracy")
    tips = [
        view.model.data(
            view.model.index(names(view).index(name), column), Qt.ItemDataRole.ToolTipRole
        )
        for name in ("trained", "dense")
    ]
    assert re.match(r"On \d+ validation images: one of them is 0\.\d{3} of the accuracy\.", tips[0])
    assert tips[1] == "On the validation set."
