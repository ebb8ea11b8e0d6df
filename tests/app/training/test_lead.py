"""From a trained model to its maps in the comparison grid; and the whole window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt

from app.main_window import MainWindow
from app.settings import Settings
from app.state import PaneContent
from app.training.lead import Leader


def test_a_model_takes_the_last_pane_once_it_is_open(open_study):
    models, open_study.models = open_study.models, []
    leader = Leader(open_study, open_study)
    leader.want(Path("/models/resnet-sparse.safetensors"))
    assert open_study.panes == [PaneContent("evidence"), PaneContent("gradcam")]
    open_study.models = models
    open_study.models_changed.emit()
    assert open_study.panes == [PaneContent("evidence"), PaneContent("evidence", "resnet-sparse")]
    open_study.set_panes([PaneContent("evidence")])
    open_study.models_changed.emit()
    assert len(open_study.panes) == 1  # It was wanted once.
    leader.want(Path("/models/resnet-blackbox.safetensors"))
    assert open_study.panes[1] == PaneContent("gradcam", "resnet-blackbox")


@pytest.fixture
def window(qtbot, study, tmp_path):
    made = MainWindow(Settings(tmp_path / "settings"))
    made.jobs.start = lambda: None
    qtbot.addWidget(made, before_close_func=lambda w: w.close())
    made.show()
    made.open_study(study.path)
    qtbot.waitUntil(lambda: len(made.state.cases) == 6 and made.state.painted, timeout=20_000)
    yield made
    made.close()


def test_the_menu_opens_one_window_that_closes_with_the_program(window, qtbot):
    action = window.actions_table["train"]
    assert action in window.menuBar().findChild(QObject, "menu_Readers").actions()
    assert action.shortcut().toString() == "Ctrl+Shift+T"
    action.trigger()
    action.trigger()
    dialog = window.commands._training
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.parent() is None
    button = window.status.training
    dialog.progressed.emit("Training: epoch 1 of 20")
    dialog.close()
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    dialog.progressed.emit("")
    assert not button.isVisible()
    dialog.noticed.emit("The training is done.", True)
    assert window.messages.text() == "The training is done."
    opened = []
    window.controller.open_model = opened.append
    dialog.model_wanted.emit(Path("/runs/best.safetensors"))
    assert opened == [Path("/runs/best.safetensors")]
    window.close()
    assert window.commands._training is None
