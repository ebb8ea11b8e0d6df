"""A strip over a pane's image: one sentence and a button that does something about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from app.language import in_language
from app.texts import tr

MARGIN = 8
BAR = 96
"""Width of the bar of progress, in screen pixels."""


class Offer(QFrame):
    """Lies along the upper edge of ``over``; hidden until it has something to say.

    In a narrow pane it says it in few words, in the lower right corner, so that most of the image
    stays in sight; the tip has the whole sentence.
    """

    accepted = Signal()

    def __init__(self, over: QWidget) -> None:
        """Stay on top of ``over``."""
        super().__init__(over)
        self._compact = False
        self.setObjectName("paneOffer")
        self.text = QLabel(self)
        self.text.setObjectName("paneOfferText")
        self.text.setWordWrap(True)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("paneOfferProgress")
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(BAR, 8)
        self.bar.setMaximum(1000)
        self.button = QPushButton(self)
        self.button.setObjectName("paneOfferButton")
        self.button.setAccessibleName(tr("Answer the notice"))
        # A click leaves the keyboard with the image; the Tab key still reaches the button.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.accepted)
        self.setAccessibleName(tr("Notice"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 8, 8, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self.text, 1)
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(self.bar)
        answer.addWidget(self.button)
        self._row.addLayout(answer)
        self.setAutoFillBackground(True)
        over.installEventFilter(self)
        self.hide()

    def set_compact(self, compact: bool) -> None:
        """Take little room, or as much as the sentence needs."""
        self._compact = compact
        self._row.setDirection(QBoxLayout.Direction.LeftToRight)
        self.text.setWordWrap(not compact)
        self._row.setContentsMargins(*((8, 4, 4, 4) if compact else (12, 8, 8, 8)))
        self._row.setSpacing(6 if compact else 12)
        self.bar.setFixedWidth(BAR // 3 if compact else BAR)

    def say(
        self, sentence: str, button: str = "", progress: float | None = None, short: str = ""
    ) -> None:
        """Show a sentence, a button if it has a text, and a share done; "" hides the strip."""
        sentence = in_language(sentence)
        self.text.setText(short if self._compact else sentence)
        self.text.setVisible(bool(self.text.text()))
        self.setToolTip(sentence if self._compact else "")
        self.button.setText(button)
        self.button.setAccessibleDescription(sentence)
        self.button.setVisible(bool(button))
        self.bar.setVisible(progress is not None)
        self.bar.setValue(round(1000 * (progress or 0)))
        # In a narrow pane a remark without an answer is left to the header.
        self.setVisible(bool((short or button) if self._compact else sentence))
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
        margin = MARGIN // 2 if self._compact else MARGIN
        width = max(over.width() - 2 * margin, 0)
        if self._compact:
            ways = QBoxLayout.Direction
            self._row.setDirection(ways.LeftToRight)
            if self.sizeHint().width() > width:
                self._row.setDirection(ways.TopToBottom)
            size = self.sizeHint().boundedTo(over.size())
            width = min(size.width(), width)
            left = over.width() - width - margin
            self.setGeometry(left, over.height() - size.height() - margin, width, size.height())
        else:
            self.setGeometry(margin, margin, width, self.heightForWidth(width))
