"""The theme: what can be ticked or opened is visible in both."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

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
