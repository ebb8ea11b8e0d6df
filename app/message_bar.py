"""One sentence above the panes: what happened, to which file, what to do."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

_KEPT = 3
_FRESH_S = 4.0


class MessageBar(QFrame):
    """Shows the last sentences until they are closed; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._sentences: list[str] = []
        self._told = 0.0
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
        self.hide()

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence beside the last few; the same one is not repeated."""
        if sentence in self._sentences:
            self._sentences.remove(sentence)
        self._sentences = [*self._sentences, sentence][-_KEPT:]
        self._told = monotonic()
        self.label.setText("\n".join(self._sentences))
        self.show()

    def move_on(self) -> None:
        """Hide what was said before: the reader has gone to another case."""
        if monotonic() - self._told > _FRESH_S:
            self.clear()

    def clear(self) -> None:
        """Hide the bar."""
        self._sentences = []
        self.hide()

    def text(self) -> str:
        """Return what is shown."""
        return "\n".join(self._sentences)
