"""The ledger in the whole window: its tool, its actions and its place."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea

from app.evidence.ledger.table import AGAINST, FOR, INSIDE, LOGIT, NAME, PROBABILITY, REGION
from app.main_window import MainWindow
from app.settings import Settings
from app.state import Case
from softcam_core.annotations.shapes import Shape

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
import synthetic
from conftest import SOFT

LEFT = Shape("box", [[0, 0], [32, 48]])


@pytest.fixture
def window(qtbot):
    found = MainWindow(Settings())
    qtbot.addWidget(found, before_close_func=lambda w: w.close())
    found.show()
    return found


@pytest.fixture
def speaking(window):
    """A window whose model has spoken of a case without a study."""
    state = window.state
    state.cases = [Case(1, Path("/images/jane-doe.png"), "jane-doe.png")]
    state.case, state.image = state.cases[0], synthetic.image()
    synthetic.load(state, SOFT)
    synthetic.tell(state, synthetic.analysis(1, SOFT, evidence=synthetic.evidence()))
    return window


def test_the_lasso_is_a_tool_and_numbers_still_choose_classes(speaking):
    speaking.actions_table["tool_lasso"].trigger()
    assert speaking.state.tool == "lasso"
    speaking._choose_number(1)
    assert speaking.state.chosen_class == "normal"


def test_numbers_choose_labels_while_no_map_is_in_view(speaking):
    """A key must not choose a class behind a mask of marks: the label on the button has it."""
    chosen = []
    speaking.docks.labels.choose = chosen.append
    speaking.state.set_overlay(visible=False)
    for tool in ("select", "pan", "lasso"):
        speaking.state.set_tool(tool)
        speaking._choose_number(1)
    assert chosen == [1, 1, 1]
    assert speaking.state.chosen_class is None
    speaking.state.set_overlay(visible=True)
    speaking._choose_number(1)
    assert speaking.state.chosen_class == "normal"
    assert len(chosen) == 3


def test_a_pane_whose_map_is_switched_off_says_so_and_tells_no_value(speaking, qtbot):
    pane, state = speaking.grid.panes[0], speaking.state
    qtbot.waitUntil(lambda: pane.canvas.evidence.values is not None)
    told = []
    speaking.grid.probed.connect(told.append)
    pane.cursor_moved.emit(5.0, 5.0)
    assert pane.readout.text()
    assert told[-1].evidence
    state.set_overlay(visible=False)
    qtbot.waitUntil(lambda: "maps are hidden" in pane.badge.text())
    assert "prediction" not in pane.badge.text() + pane.badge.toolTip()
    assert pane.canvas.evidence.values is None
    assert pane.legend.limit is None
    assert (pane.readout.text(), pane.metrics.text(), told[-1].evidence) == ("", "", "")
    state.set_overlay(visible=True)
    qtbot.waitUntil(lambda: pane.canvas.evidence.values is not None)
    assert pane.readout.text()
    assert "hidden" not in pane.badge.text()


def test_the_lasso_is_forgotten_by_its_action_and_its_button(speaking):
    state, ledger = speaking.state, speaking.docks.ledger
    state.set_lasso(LEFT)
    assert not ledger.forget.isHidden()
    speaking.actions_table["forget_lasso"].trigger()
    assert state.lasso is None
    assert ledger.forget.isHidden()
    state.set_lasso(LEFT)
    ledger.forget.click()
    assert state.lasso is None


@pytest.mark.parametrize("place", ["ledger", "waterfall", "table", "pane", "worklist"])
def test_esc_forgets_the_region_wherever_the_keys_go(speaking, place):
    docks = speaking.docks
    there = {
        "ledger": docks.ledger,
        "waterfall": docks.ledger.waterfall,
        "table": docks.ledger.table,
        "pane": speaking.grid.panes[0].canvas,
        "worklist": speaking.worklist.view,
    }[place]
    speaking.state.set_lasso(LEFT)
    QTest.keyClick(there, Qt.Key.Key_Escape)
    assert speaking.state.lasso is None


def test_asking_without_a_region_says_what_to_do(speaking):
    speaking.actions_table["without_pixels"].trigger()
    assert "lasso one (Q)" in speaking.messages.text()


def test_asking_without_a_model_says_what_to_open(window):
    window.actions_table["without_pixels"].trigger()
    assert "Open an image" in window.messages.text()


def test_a_region_is_asked_about_by_the_action_and_again_cancels(speaking):
    speaking.state.set_lasso(LEFT)
    speaking.actions_table["without_pixels"].trigger()
    assert speaking.docks.ledger.blanked.busy
    speaking.actions_table["without_pixels"].trigger()
    assert not speaking.docks.ledger.blanked.busy


def test_the_copied_ledger_names_no_patient(speaking):
    speaking.state.set_lasso(LEFT)
    speaking.actions_table["copy_ledger"].trigger()
    text = QGuiApplication.clipboard().text()
    assert "severe\t0.88\t+3.00" in text
    assert "jane" not in text


def test_the_wheel_over_the_covers_chooses_none(speaking):
    cover = speaking.docks.ledger.cover
    centre = QPointF(cover.rect().center())
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(
        *(centre, cover.mapToGlobal(centre), QPoint(), QPoint(0, -120), none),
        *(Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(cover, wheel)
    assert cover.currentIndex() == 0


def test_a_wide_dock_shows_all_columns_and_a_narrow_one_those_that_stand_nowhere_else(
    speaking, qtbot
):
    speaking.state.set_lasso(LEFT)
    speaking.docks.bring_up("ledger")
    table = speaking.docks.ledger.table
    dock = speaking.findChild(QDockWidget, "dock_ledger")
    dock.setFloating(True)
    for width, hidden in ((560, False), (320, True)):
        dock.resize(width, 700)
        qtbot.waitUntil(lambda w=width: abs(table.width() - w) < 60)
        assert table.isColumnHidden(PROBABILITY) is hidden
        assert table.isColumnHidden(LOGIT) is hidden
        header = table.horizontalHeader()
        shown = sum(header.sectionSize(column) for column in range(header.count()))
        assert shown <= table.viewport().width()


def test_the_titles_of_the_lines_are_whole_whatever_the_classes_are_called(speaking, qtbot):
    speaking.resize(1366, 728)
    speaking.docks.bring_up("ledger")
    speaking.docks.arrange()
    compared = speaking.docks.ledger.compared
    for head in compared.heads:
        head.setText("proliferative retinopathy of the severest kind")
    qtbot.wait(20)
    title = compared.lines[1][0]
    assert title.width() >= title.fontMetrics().horizontalAdvance(title.text())


def test_every_bar_is_spoken(speaking):
    bars = speaking.docks.ledger.waterfall.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    said = [bars.data(bars.index(row), role) for row in range(bars.rowCount())]
    assert said[-1] == "The logit of severe is +3.00."
    assert said[0].startswith("Region 1, upper left")


def test_a_region_that_is_asked_about_brings_the_sentence_into_view(speaking, qtbot):
    speaking.docks.bring_up("ledger")
    dock = speaking.findChild(QDockWidget, "dock_ledger")
    dock.setFloating(True)
    dock.resize(320, 200)
    bar = speaking.findChild(QScrollArea, "ledgerScroll").verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 20)
    bar.setValue(bar.maximum())
    speaking.state.set_lasso(LEFT)
    assert bar.value() == 0


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("width", [256, 286, 320])
def test_no_column_of_a_narrow_table_is_cut(told, state, width, asked):
    state.set_lasso(LEFT if asked else None)
    table = told.table
    table.resize(width, 200)
    header = table.horizontalHeader()
    assert sum(header.sectionSize(column) for column in range(header.count())) <= width
    assert table.isColumnHidden(REGION) is not asked
    assert table.isColumnHidden(INSIDE) is not asked
    for column in (NAME, FOR, AGAINST):
        assert not table.isColumnHidden(column)
