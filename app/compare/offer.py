"""A strip over a pane's image: one sentence and a button that does something about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.texts import tr

MARGIN = 8


class Offer(QFrame):
    """Lies along the upper edge of ``over``; hidden until it has something to say."""

    accepted = Signal()

    def __init__(self, over: QWidget) -> None:
        """Stay on top of ``over``."""
        super().__init__(over)
        self.setObjectName("paneOffer")
        self.text = QLabel(self)
        self.text.setObjectName("paneOfferText")
        self.text.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("paneOfferProgress")
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(96, 8)
        self.bar.setMaximum(1000)
        self.button = QPushButton(self)
        self.button.setObjectName("paneOfferButton")
        self.button.setAccessibleName(tr("Answer the notice"))
        # A click leaves the keyboard with the image; the Tab key still reaches the button.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.accepted)
        self.setAccessibleName(tr("Notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.text, 1)
        row.addWidget(self.bar)
        row.addWidget(self.button)
        self.setAutoFillBackground(True)
        over.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, button: str = "", progress: float | None = None) -> None:
        """Show a sentence, a button if it has a text, and a share done; "" hides the strip."""
        self.text.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.bar.setVisible(progress is not None)
        self.bar.setValue(round(1000 * (progress or 0)))
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
