"""The rows that the list shows, while the cases behind it change one by one or all at once."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex
from pytestqt.modeltest import ModelTester

from app import language
from app.state import Case, Prediction
from app.worklist.filter import WorklistFilter
from app.worklist.model import Role, WorklistModel

STATUSES = ("unread", "in progress", "done", "flagged")


def case(number: int, status: str = "unread") -> Case:
    return Case(number, Path(f"/images/{number}.png"), f"eye{number * 7 % 20:02}.png", "", status)


@pytest.fixture
def model(qtbot) -> WorklistModel:
    model = WorklistModel()
    model.reset([case(n, STATUSES[n % 4]) for n in range(1, 21)])
    return model


@pytest.fixture
def rows(model: WorklistModel) -> WorklistFilter:
    return WorklistFilter(model)


def shown(rows: WorklistFilter) -> list[int]:
    return [rows.index(r, 0).data(Role.CASE).id for r in range(rows.rowCount())]


def fresh(model: WorklistModel, order: str, query: str) -> list[int]:
    """What a filter shows that has seen no change."""
    other = WorklistFilter(model)
    other.set_order(order)
    other.set_query(query)
    return shown(other)


@pytest.mark.parametrize("order", WorklistFilter.ORDERS)
@pytest.mark.parametrize("query", ["", "status:un", "p>0.5", "class:mild", "eye1"])
def test_a_changed_row_goes_where_it_belongs(
    model: WorklistModel,
    rows: WorklistFilter,
    order: str,
    query: str,
    qtmodeltester: ModelTester,
):
    rows.set_order(order)
    rows.set_query(query)
    qtmodeltester.check(rows)
    dice = random.Random(f"{order} {query}")
    for _ in range(60):
        number = dice.randint(1, 20)
        if dice.random() < 0.5:
            model.update([case(number, dice.choice(STATUSES))])
        else:
            said = Prediction(dice.choice(("mild", "severe")), dice.random(), "m")
            model.set_predictions({number: dice.choice((said, None))})
        assert shown(rows) == fresh(model, order, query)


def test_a_row_that_moves_is_still_the_one_that_was_chosen(
    model: WorklistModel, rows: WorklistFilter
):
    rows.set_order("Status")
    chosen = QPersistentModelIndex(rows.index_of(model.row_of(7)))
    model.update([case(7, "flagged")])
    assert chosen.data(Role.CASE).id == 7
    rows.set_order("Name")
    assert chosen.data(Role.CASE).id == 7
    rows.set_places(list(range(20, 0, -1)))
    assert (chosen.row(), chosen.data(Role.CASE).id) == (13, 7)
    assert shown(rows) == list(range(20, 0, -1))


def test_many_changes_are_sorted_once(model: WorklistModel, rows: WorklistFilter, qtbot):
    rows.set_order("Status")
    moves = []
    rows.layoutChanged.connect(lambda: moves.append("all"))
    rows.rowsMoved.connect(lambda: moves.append("one"))
    with rows.at_once():
        model.update([case(n, STATUSES[(n + 1) % 4]) for n in range(1, 21)])
        rows.set_places(list(range(20, 0, -1)))
        model.set_predictions({n: Prediction("mild", n / 20, "m") for n in range(1, 21)})
        assert not moves
    assert moves == ["all"]
    assert shown(rows) == list(range(20, 0, -1))


def test_a_picture_of_a_row_moves_nothing(model: WorklistModel, rows: WorklistFilter):
    rows.set_query("status:unread")
    told = []
    rows.dataChanged.connect(lambda first, last, roles: told.append((first.row(), last.row())))
    model.set_marks({8: 3})
    model.set_error(1, "a.png is damaged.")
    assert told == [(1, 1)], "the row of a hidden case changes nothing that is shown"


@pytest.mark.parametrize("order", WorklistFilter.ORDERS)
def test_new_cases_come_where_they_belong(model: WorklistModel, rows: WorklistFilter, order: str):
    rows.set_order(order)
    rows.set_query("status:un")
    chosen = QPersistentModelIndex(rows.index_of(model.row_of(8)))
    model.append([case(n, STATUSES[n % 4]) for n in range(21, 40)])
    assert shown(rows) == fresh(model, order, "status:un")
    assert len(shown(rows)) == 9
    assert chosen.data(Role.CASE).id == 8


@pytest.fixture
def german(qapp) -> Iterator[None]:
    language.install(qapp, "de")
    yield
    language.install(qapp, "en")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status:ungelesen", [4, 8, 12, 16, 20]),
        ("status:unread", [4, 8, 12, 16, 20]),
        ('status:"in arbeit"', [1, 5, 9, 13, 17]),
        ("klasse:severe", [2]),
        ("class:severe", [2]),
        ("klasse:", list(range(1, 21))),
    ],
)
def test_words_of_the_windows_language_find_what_the_list_shows(
    model: WorklistModel, rows: WorklistFilter, german: None, query: str, found: list[int]
):
    model.set_predictions({2: Prediction("severe", 0.9, "m")})
    rows.set_query(query)
    assert shown(rows) == found


def test_what_the_search_line_proposes_finds_something(
    model: WorklistModel, rows: WorklistFilter, german: None
):
    proposed = QCoreApplication.translate("WorklistPanel", "Search, e.g. status:unread p>0.8")
    rows.set_query(proposed.removeprefix("Suche: ").split(" p>")[0])
    assert proposed.startswith("Suche: status:ungelesen ")
    assert len(shown(rows)) == 5
