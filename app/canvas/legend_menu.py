"""How the user gives maps another display limit: a small menu, and a question for the number."""

from __future__ import annotations

from collections.abc import Callable
from math import floor, log10

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.texts import tr

DIGITS = 3
"""Significant digits of a limit."""


class LegendMenu(QMenu):
    """Another limit, half of it, twice of it, or the study's again."""

    limit_chosen = Signal(float)
    reset_chosen = Signal()

    def __init__(self, limit: float, units: str, own: bool, parent: QWidget) -> None:
        """Offer limits beside ``limit`` ``units``; ``own`` says that it is the user's."""
        super().__init__(parent)
        self.setObjectName("legendMenu")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ask = self.addAction(tr("Limit of these maps…"))
        ask.setObjectName("askLimit")
        ask.triggered.connect(lambda: ask_for_limit(limit, units, parent, self.limit_chosen.emit))
        for name, text, factor in (
            ("halfLimit", tr("Half the limit: stronger colours"), 0.5),
            ("doubleLimit", tr("Twice the limit: weaker colours"), 2.0),
        ):
            action = self.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, f=factor: self.limit_chosen.emit(limit * f))
        self.addSeparator()
        reset = self.addAction(tr("The study's limit again"))
        reset.setObjectName("resetLimit")
        reset.setEnabled(own)
        reset.triggered.connect(self.reset_chosen)


def ask_for_limit(
    limit: float, units: str, parent: QWidget, then: Callable[[float], object]
) -> QInputDialog:
    """Open a question for a limit, beside the window's other work."""
    dialog = QInputDialog(parent)
    dialog.setObjectName("limitDialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(tr("Limit of these maps"))
    dialog.setLabelText(
        tr(
            "Value of full colour in {0}, the same for every case of this study.\n"
            "Maps of other methods and models keep theirs."
        ).format(units)
    )
    decimals = max(0, DIGITS - 1 - floor(log10(limit)))
    dialog.setInputMode(QInputDialog.InputMode.DoubleInput)
    dialog.setDoubleDecimals(decimals)
    dialog.setDoubleRange(10.0**-decimals, max(limit * 1000, 1000.0))
    dialog.setDoubleStep(10.0 ** floor(log10(limit)) / 2)
    dialog.setDoubleValue(limit)
    dialog.doubleValueSelected.connect(then)
    dialog.open()
    return dialog
