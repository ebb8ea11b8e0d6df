"""What happened, to which file, what to do: over the images, which stay where they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.language import in_language

Tone = Literal["good", "note", "warning"]

_KEPT = 2
_FRESH_S = 1.0
"""A sentence this young may speak of the case that has just come into view."""

_PASSING_MS = 8000
_MARGIN = 12
_WIDEST = 760


@dataclass
class _Line:
    sentence: str
    tone: Tone
    stays: bool
    time: float = field(default_factory=monotonic)


class MessageBar(QFrame):
    """Shows the last sentences; hidden when there is none.

    A warning stays for as long as its case is in view, one about unsaved work until it is
    closed; anything else goes after some seconds.
    """

    def __init__(self, over: QWidget) -> None:
        """Lie over the top of ``over``, which has a parent and moves for nothing."""
        super().__init__(over.parentWidget())
        self.setObjectName("messageBar")
        self._over = over
        self._top = 0
        self._lines: list[_Line] = []
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_PASSING_MS)
        self._passing.timeout.connect(self._drop_passing)
        self.label = QLabel()
        self.label.setObjectName("messageText")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setObjectName("messageClose")
        close.setAccessibleName(self.tr("Close the message"))
        close.setText("✕")
        close.setAutoRaise(True)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self.label, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        over.installEventFilter(self)
        self.hide()

    def set_top(self, top: int) -> None:
        """Leave ``top`` pixels of what it lies over free: the headers of the panes."""
        self._top = top

    def show_sentence(self, sentence: str, tone: Tone = "warning", *, stays: bool = False) -> None:
        """Show a sentence beside the last one; the same one is not repeated."""
        sentence = in_language(sentence)
        same = [line for line in self._lines if line.sentence == sentence]
        line = _Line(sentence, tone, stays or any(old.stays for old in same))
        self._show([*(old for old in self._lines if old not in same), line][-_KEPT:])
        if tone != "warning":
            self._passing.start()

    def move_on(self) -> None:
        """Hide what was said of another case; what is not saved yet is of all of them."""
        now = monotonic()
        self._show([line for line in self._lines if line.stays or now - line.time < _FRESH_S])

    def clear(self) -> None:
        """Hide the bar."""
        self._show([])

    def text(self) -> str:
        """Return what is shown."""
        return "\n".join(line.sentence for line in self._lines)

    @property
    def tone(self) -> Tone:
        """Return the gravest tone of what is shown."""
        tones = {line.tone for line in self._lines}
        grave: tuple[Tone, ...] = ("warning", "note")
        return next((tone for tone in grave if tone in tones), "good")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the place over what the bar lies over."""
        if watched is self._over and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, lines: list[_Line]) -> None:
        self._lines = lines
        self.label.setText(self.text())
        if self.property("tone") != self.tone:
            self.setProperty("tone", self.tone)
            for widget in (self, self.label):
                widget.style().unpolish(widget)
                widget.style().polish(widget)
        self.setVisible(bool(lines))
        if lines:
            self._place()
            self.raise_()

    def _place(self) -> None:
        area = self._over.geometry()
        width = min(area.width() - 2 * _MARGIN, _WIDEST)
        left = area.left() + (area.width() - width) // 2
        place = QPoint(left, area.top() + self._top + _MARGIN)
        self.setGeometry(place.x(), place.y(), width, self.heightForWidth(width))

    def _drop_passing(self) -> None:
        self._show([line for line in self._lines if line.tone == "warning"])
