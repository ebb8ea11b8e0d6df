"""What headers and footers say: whose prediction it is, short names, and maps too faint to see."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu

from app.annotate.annotator import Annotator
from app.canvas.elided import ElidedLabel
from app.compare.description import describe
from app.compare.grid import CompareGrid
from app.compare.model_words import model_kind
from app.state import PaneContent, ViewerState

sys.path.insert(0, str(Path(__file__).parents[1]))
import synthetic

SPARSE = synthetic.model("Sparse SoftCAM, phantoms", lambdas={"l1": 0.1})
DENSE = synthetic.model("Dense SoftCAM, phantoms")
BLACK = synthetic.model("Black box, phantoms", "blackbox")


@pytest.fixture
def viewing(state: ViewerState) -> ViewerState:
    synthetic.show_case(state)
    synthetic.load(state, SPARSE, DENSE, BLACK)
    state.limits.update({(m.id, "evidence"): 10.0 for m in (SPARSE, DENSE)})
    state.limits[BLACK.id, "gradcam"] = 10.0
    for model in (SPARSE, DENSE):
        synthetic.tell(state, synthetic.analysis(1, model, evidence=synthetic.evidence()))
    maps = np.abs(synthetic.evidence())
    synthetic.tell(state, synthetic.analysis(1, BLACK, gradcam=maps))
    return state


@pytest.fixture
def grid(qtbot: Any, viewing: ViewerState) -> CompareGrid:
    made = CompareGrid(viewing, Annotator(viewing))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.wait(20)
    return made


def test_a_map_says_whose_prediction_it_is(viewing: ViewerState) -> None:
    own = describe(viewing, PaneContent("evidence"))
    assert own.badge.startswith("is the prediction · severe")
    assert "predicts" not in own.badge
    assert "predicts severe 0.88" in own.tip
    other = describe(viewing, PaneContent("evidence", DENSE.id))
    assert other.badge.startswith("is its own prediction · severe")
    assert other.badge.endswith("predicts severe 0.88")
    black = describe(viewing, PaneContent("gradcam"))
    assert black.badge.endswith("predicts severe 0.88")
    assert black.shorter[-2:] == ("post-hoc approximation · black box", "post-hoc · black box")
    viewing.set_class(SPARSE.spec.classes[0])
    # A narrow pane keeps the class where it is not the predicted one.
    assert describe(viewing, PaneContent("gradcam")).shorter[-1] == (
        f"post-hoc · {SPARSE.spec.classes[0]} · black box"
    )


def test_models_are_told_apart_in_a_word_or_by_their_titles(viewing: ViewerState) -> None:
    assert [model_kind(viewing, m) for m in (SPARSE, DENSE, BLACK)] == [
        *("sparse", "dense", "black box")
    ]
    other = synthetic.model("Dense again")
    synthetic.load(viewing, SPARSE, DENSE, other)
    assert model_kind(viewing, DENSE) == DENSE.spec.title


def test_a_narrow_label_shortens_the_middle_of_a_class(qtbot: Any) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("post-hoc approximation · moderate NPDR · black box")
    label.set_shorter(["post-hoc · moderate NPDR · black box"], "moderate NPDR")
    wide = label.fontMetrics().horizontalAdvance
    label.resize(wide(label.text()), 20)
    assert label.shown() == label.text()
    label.resize(wide("post-hoc · moderate NPDR · black box") + 1, 20)
    assert label.shown() == "post-hoc · moderate NPDR · black box"
    label.resize(wide("post-hoc · moderat… · black box"), 20)
    assert label.shown().startswith("post-hoc · m")
    assert label.shown().endswith(" · black box")
    assert "…" in label.shown()


def test_several_classes_are_called_so(grid: CompareGrid, viewing: ViewerState, qtbot: Any) -> None:
    for view, words in (("several", "several classes"), ("winner", "strongest class")):
        viewing.set_overlay(classes=view)
        qtbot.waitUntil(lambda w=words: w in grid.panes[0].badge.text())
    viewing.set_overlay(classes="one")
    qtbot.waitUntil(lambda: "severe" in grid.panes[0].badge.text())


def test_a_map_below_the_threshold_says_so(grid: CompareGrid, viewing: ViewerState) -> None:
    viewing.set_overlay(style="threshold", threshold=0.9)
    assert grid.panes[0].metrics.text() == "nothing above 90% of the limit"
    viewing.set_overlay(threshold=0.5)
    assert "nothing" not in grid.panes[0].metrics.text()
    viewing.set_overlay(style="blend")
    viewing.limits[SPARSE.id, "evidence"] = 1000.0
    grid._show_maps()
    assert "hardly to be seen" in grid.panes[0].metrics.text()


def test_an_opacity_of_its_own_stands_in_the_header(
    grid: CompareGrid, viewing: ViewerState
) -> None:
    viewing.set_pane(1, opacity=0.3)
    assert grid.panes[1].title.text() == "Grad-CAM (30%)"
    viewing.set_pane(1, opacity=None)
    assert grid.panes[1].title.text() == "Grad-CAM"


def test_the_menu_makes_its_pane_current_and_leaves_no_button_down(
    grid: CompareGrid, viewing: ViewerState
) -> None:
    grid.panes[0].canvas.setFocus()
    slot = grid._slots[1]
    slot.menu.setDown(True)
    slot.menu.menu().aboutToShow.emit()
    assert viewing.current == 1
    slot.menu.menu().aboutToHide.emit()
    assert not slot.menu.isDown()


def test_models_for_other_images_are_not_to_be_chosen(
    grid: CompareGrid, viewing: ViewerState
) -> None:
    chest = synthetic.model("Chest", modality="cxr")
    synthetic.load(viewing, SPARSE, chest)
    assert viewing.case is not None
    viewing.case = replace(viewing.case, modality="fundus")
    menu = grid._slots[0].menu
    menu.fill()
    models = menu.menu().findChild(QMenu, "paneModels")
    found = {action.text(): action for action in models.actions()}
    assert found[SPARSE.spec.title].isEnabled()
    assert not found["Chest"].isEnabled()
    assert "another kind" in found["Chest"].toolTip()
