"""The dialog in the whole window: from the menu, and from a number to its map."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from app.evaluation.dialog import EvaluationDialog
from app.evaluation.lead import show_map
from app.jobs.evaluate import Cases
from app.main_window import MainWindow
from app.settings import Settings
from app.state import PaneContent


@pytest.fixture
def window(qtbot, study, tmp_path):
    made = MainWindow(Settings(tmp_path / "settings"))
    made.jobs.start = lambda: None
    qtbot.addWidget(made, before_close_func=lambda w: w.close())
    made.show()
    made.open_study(study.path)
    qtbot.waitUntil(lambda: len(made.state.cases) == 4 and made.state.painted, timeout=20_000)
    yield made
    made.close()


def found(method="gradcam", model="dense", class_="mild", predicted="severe"):
    """One row: a method of a model on the second case."""
    texts = {"image": "2.png", "label": "mild", "predicted": predicted, "class": class_}
    words = {column: [text] for column, text in texts.items()}
    words |= {"model": [model], "method": [method]}
    codes = dict.fromkeys(words, np.zeros(1, np.int32))
    metric = ("activation_precision",)
    cases = Cases(words, codes, np.array([2]), metric, np.array([[0.5]]))
    run = {"models": [{"name": "dense", "id": "resnet-dense"}, {"name": "gone", "id": "gone"}]}
    return SimpleNamespace(cases=cases, summary=SimpleNamespace(run=run))


def test_the_menu_opens_one_dialog_and_a_case_chosen_there_is_shown(window, qtbot):
    action = window.actions_table["evaluate"]
    assert action in window.menuBar().findChild(QObject, "menu_Readers").actions()
    assert action.shortcut().toString() == "Ctrl+Shift+E"
    action.trigger()
    action.trigger()
    dialog = window.commands._evaluation
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, EvaluationDialog)]
    assert shown == [dialog]
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "No model is open" in dialog.hint.text()
    dialog.case_chosen.emit(window.state.cases[-1].id)
    assert window.state.case.id == window.state.cases[-1].id
    window.worklist.search.setText("eye-2")
    qtbot.waitUntil(lambda: dialog.choices._shown_cases() == [2], timeout=5_000)
    dialog.close()


def test_it_lies_beside_the_main_window_and_closes_with_it(window, qtbot):
    window.actions_table["evaluate"].trigger()
    dialog = window.commands._evaluation
    assert dialog.parent() is None
    assert dialog.windowType() == Qt.WindowType.Window
    assert dialog.windowHandle().transientParent() is None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5_000)
    dialog.case_chosen.emit(window.state.cases[-1].id)
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    assert dialog.isVisible()
    dialog.resize(790, 580)
    window.close()
    assert not dialog.isVisible()
    assert window.commands._evaluation is None
    again = EvaluationDialog(window.state, window.jobs, list, settings=window.settings)
    qtbot.addWidget(again)
    assert again.height() == 580


def test_progress_stands_in_the_main_window_and_leads_back(window, qtbot):
    window.actions_table["evaluate"].trigger()
    dialog = window.commands._evaluation
    dialog.close()
    button = window.status.evaluation
    height = window.status.height()
    assert not button.isVisible()
    dialog.progressed.emit("Evaluating 3 of 26")
    assert button.isVisible()
    assert button.text() == button.accessibleDescription() == "Evaluating 3 of 26"
    assert window.status.height() == height
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    dialog.progressed.emit("")
    assert not button.isVisible()
    dialog.noticed.emit("The evaluation is done.", True)
    assert window.messages.text() == "The evaluation is done."


def test_a_map_takes_the_last_pane_and_its_class(open_study):
    state = open_study
    state.set_panes([PaneContent("evidence"), PaneContent("layercam")])
    show_map(state, found(), 0)
    assert state.panes == [PaneContent("evidence"), PaneContent("gradcam", "resnet-dense")]
    assert state.chosen_class == "mild"
    show_map(state, found(class_="severe"), 0)
    assert state.chosen_class is None
    # A pane shows it already.
    show_map(state, found("evidence"), 0)
    assert state.panes[0] == PaneContent("evidence")
    assert state.panes[1].method == "gradcam"


@pytest.mark.parametrize("method", ["random", "centre_prior", "randomized_weights"])
def test_chance_has_no_map_to_show(open_study, method):
    before = list(open_study.panes)
    show_map(open_study, found(method), 0)
    assert open_study.panes == before


def test_a_model_that_is_not_open_is_named(open_study):
    told = []
    open_study.noted.connect(told.append)
    before = list(open_study.panes)
    show_map(open_study, found(model="gone"), 0)
    assert told == ["gone is not open; open it in the Models menu to see its map."]
    assert open_study.panes == before


def test_a_row_leads_to_its_case(measured, qtbot):
    dialog = measured
    dialog.tabs.setCurrentWidget(dialog.tabs.cases)
    tab = dialog.tabs.cases
    row = int(tab.model.shown[0])
    with qtbot.waitSignal(dialog.case_chosen) as chosen:
        tab.view.chosen.emit(0)
    assert chosen.args == [int(dialog._shown.cases.case[row])]
