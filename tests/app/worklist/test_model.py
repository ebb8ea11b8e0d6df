"""The worklist's rows, its search line and its orders."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.colours import DARK
from app.state import Case, Prediction
from app.worklist.filter import WorklistFilter
from app.worklist.model import Role, WorklistModel
from app.worklist.panel import WorklistPanel


def case(number: int, name: str = "", status: str = "unread", label: str = "") -> Case:
    return Case(
        number, Path(f"/images/{number}.png"), name or f"eye{number}.png", "", status, label
    )


@pytest.fixture
def model(qtbot) -> WorklistModel:
    model = WorklistModel()
    model.reset(
        [
            case(1, "b.png", "done"),
            case(2, "a.png"),
            case(3, "c_left.png", "flagged", "Moderate"),
            case(4, "d.png"),
        ]
    )
    model.set_predictions({1: Prediction("No DR", 0.9, "m")})
    model.set_predictions({2: Prediction("Severe", 0.6, "m")})
    model.set_predictions({3: Prediction("Severe", 0.8, "m")})
    return model


@pytest.fixture
def shown(model):
    rows = WorklistFilter(model)
    return lambda: [rows.index(r, 0).data(Role.CASE).id for r in range(rows.rowCount())], rows


def test_the_model_keeps_qts_rules(model, qtmodeltester: ModelTester):
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", [1, 2, 3, 4]),
        ("left", [3]),
        ("LEFT", [3]),
        ("status:unread", [2, 4]),
        ("status:done", [1]),
        ("class:severe", [2, 3]),
        ("class:severe p>0.7", [3]),
        ("p<0.7", [2]),
        ("label:mod", [3]),
        ('class:"no dr"', [1]),
        ("status:unread class:severe", [2]),
        ("p>", [1, 2, 3, 4]),
        ("status:", [1, 2, 3, 4]),
        ("nothing like it", []),
    ],
)
def test_the_search_line(shown, query, ids):
    ids_shown, rows = shown
    rows.set_query(query)
    assert ids_shown() == ids


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("Folder order", [1, 2, 3, 4]),
        ("Name", [2, 1, 3, 4]),
        ("Status", [3, 2, 4, 1]),
        ("Probability, low first", [2, 3, 1, 4]),
        ("Probability, high first", [1, 3, 2, 4]),
    ],
)
def test_the_orders(shown, order, ids):
    ids_shown, rows = shown
    rows.set_order(order)
    assert ids_shown() == ids


def test_appending_skips_what_is_there(model):
    model.append([case(4), case(5)])
    assert [c.id for c in model.cases()] == [1, 2, 3, 4, 5]
    assert model.row_of(5) == 4


def test_a_row_speaks_its_name_status_and_prediction(model):
    text = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "b.png, done, predicted No DR 0.90"


def test_an_unreadable_image_says_so_in_its_tip(model):
    model.set_error(2, "a.png is damaged.")
    assert model.index(1).data(Qt.ItemDataRole.ToolTipRole) == "a.png is damaged."


def test_another_study_forgets_what_was_shown(model):
    model.set_marks({1: 3})
    model.reset([case(1)])
    assert model.index(0).data(Role.PREDICTION) is None
    assert model.index(0).data(Role.MARKS) == 0


def test_a_case_that_could_not_be_predicted_says_why(model):
    index = model.index(3)
    model.set_not_predicted({4: "The file d.png is damaged."})
    assert index.data(Role.NOT_PREDICTED) == "The file d.png is damaged."
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "The file d.png is damaged."
    model.set_not_predicted({4: ""})
    assert not index.data(Role.NOT_PREDICTED)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == str(case(4).path)


def test_a_reference_is_called_one_and_only_shown_where_it_is_wanted(model):
    def said(row):
        return model.index(row).data(Role.REFERENCE)

    assert [said(row) for row in range(4)] == [""] * 4
    changed = []
    model.dataChanged.connect(lambda *change: changed.append(change[2]))
    model.set_references("reference: {0}")
    assert [said(row) for row in range(4)] == ["", "", "reference: Moderate", ""]
    assert [Role.REFERENCE] in changed
    model.set_references("")
    assert said(2) == ""


def test_references_are_shown_only_while_no_model_is_going_to_speak(qtbot, state):
    state.cases = [case(1, label="Moderate")]
    panel = WorklistPanel(state, DARK)
    qtbot.addWidget(panel)
    state.study_changed.emit()

    def said():
        return panel.model.index(0).data(Role.REFERENCE)

    assert said() == "reference: Moderate"
    state.models_loading = True
    state.loading_changed.emit()
    assert said() == ""
    state.models_loading = False
    state.loading_changed.emit()
    assert said() == "reference: Moderate"
    state.models = [object()]
    panel._show_references()
    assert said() == ""
