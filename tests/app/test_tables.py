"""A table keeps, sorts and points out rows; what has no value comes last."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from app.tables import LEFT, RIGHT, Column, Table

NAN = float("nan")


@dataclass(frozen=True)
class Fruit:
    name: str
    grams: float


COLUMNS: tuple[Column[Fruit], ...] = (
    Column("Name", lambda f: f.name, lambda f: f.name),
    Column("Weight", lambda f: f"{f.grams:g} g", lambda f: f.grams, True, "With its peel"),
)
FRUITS = [Fruit("pear", 90.0), Fruit("melon", NAN), Fruit("apple", 70.0), Fruit("stone", 80.0)]


class Fruits(Table[Fruit]):
    def sign(self, row, column):
        return "*" if column.number and row.grams == 90 else ""

    def tip(self, row, column):
        return f"{column.head} of {row.name}"

    def comes_last(self, row):
        return row.name == "stone"


@pytest.fixture
def table(qapp):
    made = Fruits(COLUMNS, str.upper)
    made.show(FRUITS)
    return made


def names(table):
    return [fruit.name for fruit in table.rows]


def test_rows_keep_their_order_until_a_column_is_sorted_by(table):
    assert names(table) == ["pear", "melon", "apple", "stone"]
    table.sort(1, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["apple", "pear", "melon", "stone"]
    table.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["pear", "apple", "melon", "stone"]
    table.show([*FRUITS, Fruit("plum", 40.0)])
    assert names(table) == ["pear", "apple", "plum", "melon", "stone"]
    table.sort(-1)
    assert names(table) == ["pear", "melon", "apple", "plum", "stone"]


def test_a_filter_holds_for_rows_to_come(table):
    table.keep(lambda fruit: "l" in fruit.name)
    assert names(table) == ["melon", "apple"]
    table.show([*FRUITS, Fruit("plum", 40.0)])
    assert names(table) == ["melon", "apple", "plum"]


def test_cells_say_text_side_sign_and_tip(table):
    pear = table.index(0, 1)
    assert table.data(pear) == "* 90 g"
    assert table.data(pear, Qt.ItemDataRole.FontRole).bold()
    assert table.data(pear, Qt.ItemDataRole.TextAlignmentRole) == RIGHT
    assert table.data(pear, Qt.ItemDataRole.ToolTipRole) == "Weight of pear"
    assert table.data(table.index(0, 0), Qt.ItemDataRole.FontRole) is None
    assert table.data(table.index(0, 0), Qt.ItemDataRole.TextAlignmentRole) == LEFT
    assert table.data(table.index(-1, -1)) is None


def test_heads_are_in_the_users_language(table):
    across = Qt.Orientation.Horizontal
    assert table.headerData(1, across) == "WEIGHT"
    assert table.headerData(1, across, Qt.ItemDataRole.ToolTipRole) == "WITH ITS PEEL"
    assert table.headerData(0, across, Qt.ItemDataRole.ToolTipRole) is None
    assert table.headerData(0, Qt.Orientation.Vertical) is None
