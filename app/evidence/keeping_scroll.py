"""A scroll area that keeps one of the widgets in it in view, however much room there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

BESIDE = 6
"""Screen pixels above and below the widget that are seen with it."""


class KeepingScroll(QScrollArea):
    """Scrolls to the widget it keeps, and again whenever there is less room."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        super().__init__()
        self._kept: QWidget | None = None

    def keep(self, widget: QWidget | None) -> None:
        """Bring a widget into view; None for none."""
        if widget is not self._kept:
            self._kept = widget
            self._bring()

    def _bring(self) -> None:
        if self._kept is not None and isValid(self._kept):
            self.ensureWidgetVisible(self._kept, 0, BESIDE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what lies in it when it gets its places."""
        done = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize and watched is self.widget():
            self._bring_from_top()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the widget in view."""
        super().resizeEvent(event)
        self._bring_from_top()

    def _bring_from_top(self) -> None:
        """Show the beginning again as soon as there is room for it beside the widget."""
        kept, content = self._kept, self.widget()
        if kept is None or content is None or not isValid(kept):
            return
        low = kept.mapTo(content, kept.rect().bottomLeft()).y() + BESIDE
        if low < self.viewport().height():
            self.verticalScrollBar().setValue(0)
        else:
            self._bring()
