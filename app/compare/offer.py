"""A strip over a pane's image: one sentence and a button that does something about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.texts import tr

MARGIN = 8


class Offer(QFrame):
    """Lies along the upper edge of ``over``; hidden until it has something to say."""

    accepted = Signal()

    def __init__(self, over: QWidget, button: str) -> None:
        """Stay on top of ``over``; ``button`` is the text of the offer."""
        super().__init__(over)
        self.setObjectName("paneOffer")
        self.text = QLabel(self)
        self.text.setObjectName("paneOfferText")
        self.text.setWordWrap(True)
        self.button = QPushButton(button, self)
        self.button.setObjectName("paneOfferButton")
        # A click leaves the keyboard with the image; the Tab key still reaches the button.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.accepted)
        self.setAccessibleName(tr("Notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.setAutoFillBackground(True)
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, with_button: bool = True) -> None:
        """Show a sentence; an empty one hides the strip."""
        self.text.setText(sentence)
        self.button.setVisible(with_button)
        self.setVisible(bool(sentence))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of what lies below."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None or self.isHidden():
            return
        width = max(over.width() - 2 * MARGIN, 0)
        self.setGeometry(MARGIN, MARGIN, width, self.heightForWidth(width))
