"""The window of evaluations stays narrow enough for a small screen, whatever its tabs say."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from app.evaluation.found import FoundTabs

LONG = "Kein Unterschied ist so; die Filter lassen nichts übrig. " * 8


def test_a_long_sentence_in_an_empty_tab_wraps(qtbot) -> None:
    tabs = FoundTabs()
    qtbot.addWidget(tabs)
    empty = [label for label in tabs.findChildren(QLabel) if label.objectName().endswith("Empty")]
    assert len(empty) >= 4
    for label in empty:
        label.setText(LONG)
    assert tabs.minimumSizeHint().width() < 1000
