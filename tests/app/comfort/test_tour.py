"""The tour: six steps over the real window, by keys or mouse, skipped whenever one likes."""

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest

from app.main_window import MainWindow
from app.tour.overlay import Tour


@pytest.fixture
def tour(reading: MainWindow, qtbot: Any) -> Tour:
    reading.actions_table["tour"].trigger()
    assert reading.tour is not None
    qtbot.waitUntil(reading.tour.next.hasFocus)
    return reading.tour


def test_every_step_lights_up_a_part_of_the_window(tour: Tour, reading: MainWindow) -> None:
    texts = []
    for number in range(len(tour.steps)):
        assert tour.place == number
        hole = tour.hole()
        assert not hole.isEmpty()
        assert reading.rect().contains(hole)
        card = QRect(tour.card.pos(), tour.card.size())
        assert reading.rect().contains(card)
        assert tour.text.height() >= tour.text.heightForWidth(tour.text.width())
        assert tour.accessibleDescription().startswith(tour.title.text())
        texts.append(tour.text.text())
        QTest.keyClick(tour.next, Qt.Key.Key_Right)
    assert len(set(texts)) == 6
    assert reading.tour is None


def test_keys_go_back_and_end(tour: Tour, reading: MainWindow) -> None:
    QTest.keyClick(tour.next, Qt.Key.Key_Return)
    QTest.keyClick(tour.next, Qt.Key.Key_Right)
    assert tour.place == 2
    QTest.keyClick(tour.next, Qt.Key.Key_Left)
    assert tour.place == 1
    QTest.keyClick(tour.next, Qt.Key.Key_Escape)
    assert reading.tour is None


def test_it_can_be_skipped_by_a_click_and_begun_again(
    tour: Tour, reading: MainWindow, qtbot: Any
) -> None:
    QTest.mouseClick(tour.skip, Qt.MouseButton.LeftButton)
    assert reading.tour is None
    reading.actions_table["tour"].trigger()
    assert reading.tour is not None
    assert reading.tour.place == 0


def test_no_key_reaches_the_window_behind(tour: Tour, reading: MainWindow) -> None:
    QTest.keyClick(tour.next, Qt.Key.Key_B)
    assert reading.state.tool == "pan"


def test_it_follows_the_windows_size_and_theme(tour: Tour, reading: MainWindow) -> None:
    reading.resize(1100, 720)
    assert tour.size() == reading.size()
    reading.look.set_theme("light")
    assert reading.look.colours.panel in tour.card.styleSheet()
    reading.look.set_scale(1.5)
    assert tour.rect().contains(QRect(tour.card.pos(), tour.card.size()))


def test_what_was_lit_before_is_dimmed_again(tour: Tour, reading: MainWindow) -> None:
    docks = [step.dock for step in tour.steps]
    assert docks[0]
    for place in range(len(tour.steps)):
        tour.go(place)
        for name in filter(None, docks):
            dock = reading.docks.widget(name)
            if dock is not None and dock.isVisible():
                over = reading.childAt(dock.mapTo(reading, dock.rect().center()))
                assert over is tour or tour.isAncestorOf(over)


def test_the_card_lies_beside_what_it_is_about(tour: Tour) -> None:
    for place in range(len(tour.steps)):
        tour.go(place)
        if tour.hole().height() < tour.height() // 2 and tour.hole().width() == tour.width():
            below = tour.card.y() - tour.hole().bottom()
            assert 0 < below < 40


def test_long_words_fit_on_the_card(tour: Tour) -> None:
    tour.skip.setText("Den ganzen Rundgang überspringen, bitte")
    tour.text.setText("Wort " * 120)
    tour._fit()
    for button in (tour.skip, tour.back, tour.next):
        assert button.width() >= button.sizeHint().width()
    tour.card.layout().activate()
    assert tour.text.height() >= tour.text.heightForWidth(tour.text.width())


def test_the_card_leaves_the_images_in_sight(tour: Tour, reading: MainWindow) -> None:
    tour.go(1)
    card, hole = tour.card.geometry(), tour.hole()
    covered = card & hole
    assert covered.width() * covered.height() < 0.06 * hole.width() * hole.height()
    assert not card.contains(hole.center())
