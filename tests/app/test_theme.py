"""The theme: what can be ticked or opened is visible in both."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QMainWindow,
    QRadioButton,
    QSpinBox,
    QToolButton,
    QWidget,
)

from app.theme import DARK, LIGHT, Colours, apply_theme


@pytest.fixture(params=["dark", "light"])
def theme(request: Any, qapp: Any) -> Any:
    sheet, palette, style = qapp.styleSheet(), qapp.palette(), qapp.style().objectName()
    yield apply_theme(qapp, request.param)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setStyle(style)


def seen(widget: QWidget, colour: str) -> int:
    """Count the pixels of a colour."""
    picture: QImage = widget.grab().toImage()
    wanted = QColor(colour).rgb()
    return sum(
        picture.pixel(x, y) == wanted
        for x in range(picture.width())
        for y in range(picture.height())
    )


def near(widget: QWidget, colour: str, most: int = 90) -> int:
    """Count the pixels about a colour: edges of round things are mixed with what lies below."""
    picture: QImage = widget.grab().toImage()
    wanted = QColor(colour)
    return sum(
        abs(c.red() - wanted.red())
        + abs(c.green() - wanted.green())
        + abs(c.blue() - wanted.blue())
        < most
        for x in range(picture.width())
        for y in range(picture.height())
        for c in [picture.pixelColor(x, y)]
    )


def test_a_box_is_seen_ticked_or_not(qtbot: Any, theme: Colours) -> None:
    assert theme in (DARK, LIGHT)
    box = QCheckBox("")
    qtbot.addWidget(box)
    assert seen(box, theme.secondary) >= 40
    box.setChecked(True)
    assert seen(box, theme.accent) >= 80
    assert seen(box, theme.on_accent) >= 3


def test_a_choice_has_an_arrow(qtbot: Any, theme: Colours) -> None:
    choice = QComboBox()
    qtbot.addWidget(choice)
    with_arrow = seen(choice, theme.secondary)
    choice.setStyleSheet("QComboBox::down-arrow { image: none; }")
    assert with_arrow > seen(choice, theme.secondary)


def test_a_choice_of_one_is_seen_taken_or_not(qtbot: Any, theme: Colours) -> None:
    button = QRadioButton("")
    qtbot.addWidget(button)
    assert near(button, theme.secondary) >= 16
    button.setChecked(True)
    assert seen(button, theme.accent) >= 80
    assert near(button, theme.on_accent) >= 8


@pytest.mark.parametrize("kind", [QSpinBox, QDoubleSpinBox])
def test_a_number_has_both_arrows(qtbot: Any, theme: Colours, kind: type[QWidget]) -> None:
    box = kind()
    qtbot.addWidget(box)
    both = near(box, theme.secondary)
    name = kind.__name__
    box.setStyleSheet(f"{name}::up-arrow {{ image: none; }}")
    one = near(box, theme.secondary)
    box.setStyleSheet(f"{name}::up-arrow, {name}::down-arrow {{ image: none; }}")
    assert both > one > near(box, theme.secondary)


def test_buttons_that_found_no_room_are_told_of(qtbot: Any, theme: Colours) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    bar = window.addToolBar("Tools")
    for number in range(12):
        bar.addAction(f"Tool number {number}")
    window.resize(300, 200)
    window.show()
    qtbot.waitExposed(window)
    more = bar.findChild(QToolButton, "qt_toolbar_ext_button")
    assert more.isVisible()
    assert more.width() >= 18
    assert bar.rect().contains(more.geometry())
    assert near(more, theme.text) >= 6
    window.resize(3000, 200)
    qtbot.waitUntil(lambda: not more.isVisible())
