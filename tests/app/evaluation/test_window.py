"""The dialog in the whole window: from the menu, and from a number to its map."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QObject

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
    (dialog,) = window.findChildren(EvaluationDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "No model is open" in dialog.hint.text()
    dialog.case_chosen.emit(window.state.cases[-1].id)
    assert window.state.case.id == window.state.cases[-1].id
    window.worklist.search.setText("eye-2")
    qtbot.waitUntil(lambda: dialog.choices._shown_cases() == [2], timeout=5_000)
    dialog.close()


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


def test_a_row_leads_to_its_case(finished, qtbot):
    dialog = finished
    dialog.tabs.setCurrentWidget(dialog.tabs.cases)
    tab = dialog.tabs.cases
    row = int(tab.model.shown[0])
    with qtbot.waitSignal(dialog.case_chosen) as chosen:
        tab.view.chosen.emit(0)
    assert chosen.args == [int(dialog._shown.cases.case[row])]
