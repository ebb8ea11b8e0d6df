"""A remark in a pane's footer: a few words and a button that does something about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.canvas.elided import ElidedLabel
from app.language import in_language
from app.texts import tr
from app.theme import scaled

BAR, SHORT_BAR = 96, 32
"""Widths of the bar of progress, in screen pixels."""

LOW = "padding: 0px 8px; border-radius: 4px;"
"""A footer has one line: its button is no higher."""


class Offer(QFrame):
    """Lies beside the numbers below an image, never over it; hidden with nothing to say.

    Beside a map it is its button alone, and in a narrow pane a few words; the tip has the whole
    sentence. The cross hides it.

    Signals:
        accepted: the button was pressed.
        dismissed: the cross was.
    """

    accepted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self._compact = False
        self._told: tuple[str, str, float | None, str, bool, bool] = ("", "", None, "", True, False)
        self.setObjectName("paneOffer")
        self.text = ElidedLabel(self)
        self.text.setObjectName("paneOfferText")
        self.text.setProperty("secondary", True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("paneOfferProgress")
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(BAR, 8)
        self.bar.setMaximum(1000)
        self.button = QPushButton(self)
        self.button.setObjectName("paneOfferButton")
        self.button.setStyleSheet(LOW)
        self.button.setAccessibleName(tr("Answer the notice"))
        # A click leaves the keyboard with the image; the Tab key still reaches the button.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.accepted)
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("paneOfferClose")
        self.close_button.setStyleSheet("padding: 0px 2px;")
        self.close_button.setText("\N{MULTIPLICATION SIGN}")
        self.close_button.setAutoRaise(True)
        self.close_button.setAccessibleName(tr("Hide the notice"))
        self.close_button.setToolTip(tr("Hide this for such a pane"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self.dismissed)
        self.setAccessibleName(tr("Notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.text, 1)
        for widget in (self.bar, self.button, self.close_button):
            row.addWidget(widget)
        self.hide()

    def set_compact(self, compact: bool) -> None:
        """Say a few words, or the sentence."""
        if compact != self._compact:
            self._compact = compact
            self._show()

    def say(
        self,
        sentence: str,
        button: str = "",
        progress: float | None = None,
        short: str = "",
        *,
        alone: bool = True,
        closable: bool = False,
    ) -> None:
        """Show a sentence, a button if it has a text, and a share done; "" hides it all.

        Args:
            sentence: what the button is about.
            button: its text.
            progress: the share done, from 0 to 1; None for no bar.
            short: a few words instead of the sentence.
            alone: no numbers of a map stand beside it.
            closable: it may be hidden.
        """
        self._told = (in_language(sentence), button, progress, short, alone, closable)
        self._show()

    def _show(self) -> None:
        sentence, button, progress, short, alone, closable = self._told
        words = short if self._compact else sentence
        self.text.setText(words if alone else short)
        self.text.setVisible(bool(self.text.text()))
        whole = QSizePolicy.Policy.Ignored if alone and not self._compact else None
        self.text.setSizePolicy(whole or QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        across = QSizePolicy.Policy.Expanding if alone else QSizePolicy.Policy.Maximum
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setToolTip(sentence)
        self.button.setText(button)
        self.button.setToolTip(sentence)
        self.button.setAccessibleDescription(sentence)
        self.button.setVisible(bool(button))
        self.close_button.setVisible(closable)
        self.bar.setVisible(progress is not None)
        self.bar.setFixedWidth(SHORT_BAR if self._compact else BAR)
        self.bar.setValue(round(1000 * (progress or 0)))
        high = self.fontMetrics().height() + 4
        self.button.setFixedHeight(high)
        self.close_button.setFixedSize(scaled(20), high)
        # A remark without an answer is left to the header.
        self.setVisible(bool(button or (alone and sentence)))
