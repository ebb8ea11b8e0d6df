"""Labels for numbers that stand still."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel


def tabular(label: QLabel, widest: str) -> QLabel:
    """Let a label hold numbers up to ``widest``, right-aligned, without ever changing its width."""
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setMinimumWidth(QFontMetrics(label.font()).horizontalAdvance(widest) + 4)
    return label
