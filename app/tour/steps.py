"""The steps of the tour, and which part of the window each one is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.main_window import MainWindow


def tr(text: str) -> str:
    """Return a text in the user's language."""
    return QCoreApplication.translate("tour", text)


@dataclass(frozen=True)
class Step:
    """One step: a heading, two or three sentences, and what lights up.

    Attributes:
        target: returns the widget; None where it is not in view, and then the step stands alone.
        dock: the dock that is brought to the front for it.
    """

    title: str
    text: str
    target: Callable[[], QWidget | None]
    dock: str = ""


def steps(window: MainWindow) -> list[Step]:
    """Return the steps for a window."""
    docks = window.docks
    return [
        Step(
            tr("Your cases"),
            tr(
                "Each line is one image, with its status and what the model says. The arrow keys "
                "go through them, U goes to the next unread one. These ones are drawn phantoms, "
                "to try everything out."
            ),
            lambda: docks.widget("worklist"),
            "worklist",
        ),
        Step(
            tr("The image, and why"),
            tr(
                "The colours show where the evidence for the class lies. A pane that says “is the "
                "prediction” adds up to the model's answer exactly; “post-hoc approximation” is a "
                "guess made afterwards. The wheel zooms, dragging moves."
            ),
            lambda: window.grid,
        ),
        Step(
            tr("Classes and opacity"),
            tr(
                "Choose the class whose evidence you want to see, by a click or the keys 1 to 9. "
                "The slider makes the colours stronger or weaker; hold H to see the image alone."
            ),
            lambda: docks.widget("classes"),
            "classes",
        ),
        Step(
            tr("The ledger of evidence"),
            tr(
                "Move over the image: you read exactly how much each place adds to the class's "
                "score. Draw a region, and you see its share, and the answer without it."
            ),
            lambda: docks.widget("ledger") or docks.widget("classes"),
            "ledger",
        ),
        Step(
            tr("Drawing"),
            tr(
                "Box, outline, brush and more. Every mark is saved at once, in a study file of "
                "its own: the image is never changed, and there is no Save button to forget. "
                "Ctrl+Z takes anything back."
            ),
            lambda: window.menus.bar,
        ),
        Step(
            tr("Compare, and find your way"),
            tr(
                "F9 shows what all open models and methods say, side by side. Ctrl+K finds every "
                "action by its name, ? lists all keys, F1 is the help. This tour is in the menu "
                "Help."
            ),
            lambda: window.menuBar(),
        ),
    ]
