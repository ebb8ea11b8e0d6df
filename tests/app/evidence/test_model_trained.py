"""The card of a model that the open study has trained says so, and what was changed since."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from app.evidence.model_card import ModelCardDialog, ModelCardPanel
from app.state import ViewerState
from softcam_core.annotations.records import TrainedOn
from softcam_core.annotations.study import Study
from softcam_core.errors import StudyError

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic


def trained(study: Study, model: str, reader: str = "Müller") -> None:
    """Record that all marks of a study trained a model."""
    marks = {mark.id: mark.modified for mark in study.annotations()}
    study.record_training(
        {model: "run/best.safetensors"},
        TrainedOn(marks, (1,), ()),
        reader=reader,
        rules={},
        config="c",
        digest="d",
        edit=study.last_edit(),
    )


@pytest.fixture
def study(tmp_path: Path) -> Any:
    with Study.open(tmp_path / "s.softcam") as opened:
        (case,) = opened.add_cases([tmp_path / "0.png"])
        for _ in range(3):
            opened.add_annotation(case, "box", [[2, 2], [9, 9]], "MA", "Müller")
        yield opened


def card(panel: ModelCardPanel) -> str:
    panel.show_dialog()
    dialog = panel.window().findChild(ModelCardDialog)
    text = str(dialog.text.toPlainText())
    dialog.reject()
    dialog.setParent(None)
    return text


def test_the_card_says_what_the_open_study_trained(qtbot: Any, state: ViewerState, study: Study):
    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    synthetic.show_case(state)
    synthetic.load(state, synthetic.model("soft"))
    trained(study, "soft")
    assert "The open study" not in card(panel)
    state.study = study
    assert "Trained on 3 marks by Müller, in 1 image of this study" in card(panel)
    assert "nothing of it was changed since" in card(panel)
    study.delete_annotation(study.annotations()[0].id)
    assert "; 1 mark was changed since." in card(panel)


def test_a_model_of_other_marks_is_not_claimed(qtbot: Any, state: ViewerState, study: Study):
    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    synthetic.show_case(state)
    synthetic.load(state, synthetic.model("soft"))
    trained(study, "another")
    state.study = study
    assert "The open study" not in card(panel)


def test_marks_that_came_with_the_images(qtbot: Any, state: ViewerState, study: Study):
    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    synthetic.show_case(state)
    synthetic.load(state, synthetic.model("soft"))
    trained(study, "soft", "given")
    state.study = study
    assert "Trained on 3 marks given with the images, in 1 image" in card(panel)


def test_a_study_that_cannot_be_read_is_told(
    qtbot: Any, state: ViewerState, study: Study, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise StudyError("The study cannot be read.")

    panel = ModelCardPanel(state)
    qtbot.addWidget(panel)
    synthetic.show_case(state)
    synthetic.load(state, synthetic.model("soft"))
    monkeypatch.setattr(study, "trainings", broken)
    state.study = study
    with qtbot.waitSignal(state.message) as said:
        assert "The open study" not in card(panel)
    assert said.args == ["The study cannot be read."]
