"""The strip under every image: what the program is not for, whole at any width and size of text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.state import Case
from app.texts import tr
from softcam_core.resources import resource_path

TALLEST = 10_000
"""More screen pixels than any number of lines takes."""


class ResearchStrip(QLabel):
    """One line where there is room for it, else as many as its words need; never cut."""

    def __init__(self) -> None:
        """Say what holds for every image."""
        super().__init__()
        self.setObjectName("researchStrip")
        # Its words must not widen the window.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._case: Case | None = None
        self._given: tuple[int, tuple[str, ...], str, int] | None = None
        self._fit()

    def show_case(self, case: Case | None) -> None:
        """Say what holds for an image."""
        self._case = case
        self._fit()

    def _fit(self) -> None:
        """Take the longest words that fit on a line, or lay the short ones on several."""
        room, texts = self.contentsRect().width(), strip_texts(self._case)
        given = room, texts, self.font().toString(), self.height() - self.contentsRect().height()
        if given == self._given:
            return
        self._given = given
        fitting = [text for text in texts if self.fontMetrics().horizontalAdvance(text) <= room]
        text = fitting[0] if fitting else texts[-1]
        self.setWordWrap(not fitting)
        self.setText(text)
        lines = self.fontMetrics().boundingRect(
            QRect(0, 0, max(room, 1), TALLEST), Qt.TextFlag.TextWordWrap, text
        )
        height = lines.height() + given[-1]
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew where the width is another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Break the words anew where the text is of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()


def strip_texts(case: Case | None) -> tuple[str, ...]:
    """Return what stands under an image, at length and briefly: what the program is not for."""
    text = tr("Research use only. Not for diagnosis.")
    if case is None or not case.path.is_relative_to(resource_path("demo")):
        return (text,)
    long = tr("   Demo: phantoms drawn by this program, not images of patients.")
    return text + long, text + tr("   Demo: drawn phantoms.")
