"""A list of things to tick: as high as what it offers, whole rows only."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.output.tick_list import TickList


def held(qtbot, least: int, most: int) -> tuple[QWidget, TickList]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = TickList("ticks", "Things", least, most)
    column = QVBoxLayout(holder)
    column.addWidget(made)
    column.addStretch(1)
    holder.resize(300, 600)
    holder.show()
    return holder, made


def rows_in_view(made: TickList) -> float:
    return made.viewport().height() / made.sizeHintForRow(0)


def test_a_list_shows_all_that_it_offers(qtbot):
    _, made = held(qtbot, 2, 8)
    made.fill((f"item {n}", str(n), n == 1) for n in range(5))
    qtbot.waitUntil(lambda: 5 <= rows_in_view(made) < 6)
    assert made.ticked() == ["1"]
    assert made.offered() == ["0", "1", "2", "3", "4"]


def test_a_long_list_scrolls(qtbot):
    _, made = held(qtbot, 2, 8)
    made.fill((f"item {n}", str(n), False) for n in range(50))
    qtbot.waitUntil(lambda: 8 <= rows_in_view(made) < 9)


def test_an_empty_list_keeps_a_little_room(qtbot):
    _, made = held(qtbot, 2, 8)
    assert made.height() > 30


def test_filling_tells_nobody(qtbot):
    _, made = held(qtbot, 2, 8)
    told = []
    made.itemChanged.connect(told.append)
    made.fill([("one", "1", True)])
    assert not told
    made.item(0).setCheckState(made.item(0).checkState().Unchecked)
    assert len(told) == 1
