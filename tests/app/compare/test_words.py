"""What headers and footers say: whose prediction it is, short names, and maps too faint to see."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QMenu, QWidget

from app.annotate.annotator import Annotator
from app.canvas.elided import ElidedLabel
from app.canvas.header import PaneHeader
from app.compare.description import describe
from app.compare.grid import CompareGrid
from app.compare.model_words import model_kind
from app.compare.titles import pane_title
from app.state import DIFFERENCE, PaneContent, ViewerState

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
    metrics = grid.panes[0].metrics
    assert metrics.shown() == metrics.text() == "hardly to be seen (1%)"
    assert "hardly to be seen: at most 1% of the limit" in metrics.toolTip()
    strongest = float(np.abs(synthetic.evidence()[-1]).max())
    for share, told in ((0.12, True), (0.2, False)):
        viewing.limits[SPARSE.id, "evidence"] = strongest / share
        grid._show_maps()
        assert ("hardly to be seen" in grid.panes[0].metrics.text()) is told, share


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


def test_a_difference_is_called_by_what_sets_its_sides_apart(viewing: ViewerState) -> None:
    own, other = PaneContent("evidence"), PaneContent("evidence", DENSE.id)
    between = PaneContent(DIFFERENCE, pair=(own, other))
    assert pane_title(viewing, between) == "sparse \N{MINUS SIGN} dense"
    between = PaneContent(DIFFERENCE, pair=(own, PaneContent("gradcam")))
    assert pane_title(viewing, between) == "Evidence \N{MINUS SIGN} Grad-CAM"


def test_the_agreement_of_a_difference_is_whole_in_a_narrow_pane(
    grid: CompareGrid, viewing: ViewerState, qtbot: Any
) -> None:
    own, other = PaneContent("evidence"), PaneContent("evidence", DENSE.id)
    viewing.limits[DENSE.id, "evidence"] = 195.0
    found = np.roll(30 * synthetic.evidence(), 1, axis=2)
    synthetic.tell(viewing, synthetic.analysis(1, DENSE, evidence=found))
    viewing.set_panes([own, other, PaneContent(DIFFERENCE, pair=(own, other))])
    grid.resize(3 * 340 + 16, 400)
    pane = grid.panes[2]
    qtbot.waitUntil(lambda: pane.metrics.text().startswith("rank"))
    qtbot.waitUntil(lambda: pane.metrics.shown() == pane.metrics.text())
    assert "IoU" in pane.metrics.shown()
    assert pane.footer.layout().direction().name == "LeftToRight"
    legend = pane.legend
    # Its numbers are whole, once the footer is laid out.
    qtbot.waitUntil(lambda: legend.width() >= legend.minimumSizeHint().width())
    assert not legend.geometry().intersects(pane.metrics.geometry())


def test_all_legends_say_what_their_ends_mean_or_none(
    grid: CompareGrid, viewing: ViewerState, qtbot: Any
) -> None:
    def words() -> list[bool]:
        return [pane.legend._words for pane in grid.panes]

    qtbot.waitUntil(lambda: words() == [True, True])
    viewing.set_panes([PaneContent("evidence"), PaneContent("gradcam")])
    viewing.limits[SPARSE.id, "evidence"] = 41.0
    grid._show_maps()
    for width in (700, 660, 620, 580, 540):
        grid.resize(width, 500)
        qtbot.wait(30)
        assert len(set(words())) == 1, width
    assert words() == [False, False]
    grid.resize(900, 600)
    qtbot.waitUntil(lambda: words() == [True, True])


@pytest.mark.parametrize("width", [640, 900, 1300, 1900])
def test_words_of_a_header_are_the_same_with_a_value_and_without(
    grid: CompareGrid, viewing: ViewerState, qtbot: Any, width: int
) -> None:
    grid.resize(width, 600)
    qtbot.wait(30)
    before = [pane.badge.shown() for pane in grid.panes]
    grid._cursor.move(grid._slots[0], synthetic.WIDTH / 3, synthetic.HEIGHT / 2)
    qtbot.wait(30)
    assert all(pane.readout.text() for pane in grid.panes)
    assert [pane.badge.shown() for pane in grid.panes] == before
    grid._cursor.leave()
    qtbot.wait(30)
    assert [pane.badge.shown() for pane in grid.panes] == before


def test_a_long_value_gives_its_room_back(qtbot: Any) -> None:
    picture = QWidget()
    header = PaneHeader(picture)
    for widget in (picture, header):
        qtbot.addWidget(widget)
    header.badge.setText("is the prediction")
    header.resize(240, header.height())
    header.show()
    qtbot.wait(20)
    whole = header.badge.width()
    header.set_readout("cell +206.02 logit")
    qtbot.waitUntil(lambda: header.badge.width() < whole)
    header.set_readout("")
    qtbot.waitUntil(lambda: header.badge.width() >= whole)
