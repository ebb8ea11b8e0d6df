"""The tour over the window: everything is dimmed but what the step is about, and a card tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.theme import scaled
from app.tour.steps import Step, steps

if TYPE_CHECKING:
    from app.main_window import MainWindow

CARD = 380
GAP = 14
DIM = QColor(8, 9, 11, 165)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)


class Tour(QWidget):
    """Lies over the whole window until it is skipped or finished.

    Signals:
        ended: the window is free again.
    """

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        """Cover ``window``; `start` shows the first step."""
        super().__init__(window)
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._colours = window.look.colours
        self.steps = steps(window)
        self.place = 0
        self._build()
        window.installEventFilter(self)
        window.look.changed.connect(self._recolour)
        self.hide()

    def _build(self) -> None:
        self.card = QFrame(self)
        self.card.setObjectName("tourCard")
        self.title = QLabel()
        self.title.setObjectName("tourTitle")
        self.title.setProperty("role", "title")
        self.text = QLabel()
        self.text.setObjectName("tourText")
        self.text.setWordWrap(True)
        self.count = QLabel()
        self.count.setObjectName("tourCount")
        self.count.setProperty("role", "secondary")
        self.skip = self._button("tourSkip", self.tr("Skip the tour"))
        self.skip.clicked.connect(self.end)
        self.back = self._button("tourBack", self.tr("Back"))
        self.back.clicked.connect(lambda: self.go(self.place - 1))
        self.next = self._button("tourNext", self.tr("Next"))
        self.next.setDefault(True)
        self.next.clicked.connect(lambda: self.go(self.place + 1))
        row = QHBoxLayout()
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.back)
        row.addWidget(self.next)
        layout = self._column = QVBoxLayout(self.card)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addLayout(row)
        QWidget.setTabOrder(self.next, self.back)
        QWidget.setTabOrder(self.back, self.skip)
        self._recolour()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.installEventFilter(self)
        return button

    def _recolour(self) -> None:
        c = self._colours = self._window.look.colours
        self.card.setStyleSheet(
            f"QFrame#tourCard {{ background: {c.panel}; border: 1px solid {c.edge};"
            f" border-radius: 8px; }} QLabel#tourTitle {{ font-size: {scaled(16)}px; }}"
        )
        self._fit()

    # Walking

    def start(self) -> None:
        """Show the first step."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.go(0)

    def go(self, place: int) -> None:
        """Show a step; after the last one the window is free."""
        if place >= len(self.steps):
            self.end()
            return
        self.place = max(place, 0)
        step = self.steps[self.place]
        if step.dock:
            self._window.docks.bring_up(step.dock)
            # A dock that is brought up lies over what covers the window, too.
            self.raise_()
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.count.setText(self.tr("{0} of {1}").format(self.place + 1, len(self.steps)))
        self.back.setEnabled(self.place > 0)
        last = self.place == len(self.steps) - 1
        self.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.skip.setVisible(not last)
        self._speak(step)
        self._fit()
        self.next.setFocus()

    def _speak(self, step: Step) -> None:
        """Let a screen reader read the step aloud, wherever it is."""
        said = f"{step.title}. {step.text} {self.count.text()}"
        self.setAccessibleDescription(said)
        self.next.setAccessibleDescription(said)
        QAccessible.updateAccessibility(
            QAccessibleEvent(self.next, QAccessible.Event.DescriptionChanged)
        )

    def end(self) -> None:
        """Free the window; a second call does nothing."""
        if self.isVisible():
            self._window.removeEventFilter(self)
            self.hide()
            self._window.grid.canvas(0).setFocus()
            self.ended.emit()
            self.deleteLater()

    # Places

    def hole(self) -> QRect:
        """Return what stays bright, in the window's coordinates; empty where nothing does."""
        target = self.steps[self.place].target()
        if target is None or not target.isVisible():
            return QRect()
        corner = target.mapTo(self._window, QPoint(0, 0))
        return QRect(corner, target.size()).adjusted(-4, -4, 4, 4).intersected(self.rect())

    def _fit(self) -> None:
        layout = self._column
        layout.activate()
        # Texts wrap; the buttons below them must be whole in every language.
        frame = 2 * max(self.card.frameWidth(), 1)
        width = max(scaled(CARD), layout.minimumSize().width() + frame)
        width = max(min(width, self.width() - 2 * GAP), 1)
        self.card.setFixedSize(width, layout.totalHeightForWidth(width - frame) + frame)
        size, hole = self.card.size(), self.hole()
        space = self.rect().adjusted(GAP, GAP, -GAP, -GAP)
        middle = QPoint(
            self.rect().center().x() - size.width() // 2,
            self.rect().center().y() - size.height() // 2,
        )
        places = [
            QPoint(hole.right() + GAP, hole.top()),
            QPoint(hole.left() - GAP - size.width(), hole.top()),
            QPoint(hole.left(), hole.bottom() + GAP),
            QPoint(hole.left(), hole.top() - GAP - size.height()),
        ]
        inside = [self._within(space, QRect(place, size)) for place in places]
        # Where it cannot lie beside what it explains, it covers as little of that as can be.
        least = min(inside, key=lambda card: _area(card & hole))
        self.card.move(middle if hole.isEmpty() else least.topLeft())
        self.update()

    def _within(self, space: QRect, card: QRect) -> QRect:
        """Return the card moved sideways or up and down as far as it must be to fit in."""
        left = max(min(card.left(), space.right() - card.width() + 1), space.left())
        top = max(min(card.top(), space.bottom() - card.height() + 1), space.top())
        return QRect(QPoint(left, top), card.size())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim everything but what the step is about."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        hole = self.hole()
        if not hole.isEmpty():
            bright = QPainterPath()
            bright.addRoundedRect(QRectF(hole), 8, 8)
            shade = shade.subtracted(bright)
        painter.fillPath(shade, DIM)
        if not hole.isEmpty():
            painter.setPen(QPen(QColor(self._colours.accent), 2))
            painter.drawRoundedRect(QRectF(hole), 8, 8)

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and hear the arrow keys on the buttons too."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
            self._fit()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is not self._window and event.key() != Qt.Key.Key_Space:
                return self._walk(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            # The window's own keys wait until the tour is over.
            event.accept()
        return super().eventFilter(watched, event)

    def _walk(self, event: QKeyEvent) -> bool:
        if event.key() in _ON:
            self.go(self.place + 1)
        elif event.key() in _BACK:
            self.go(self.place - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = self.focusWidget()
            (button if isinstance(button, QPushButton) else self.next).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by keys; no key reaches the window behind."""
        self._walk(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks from the window behind."""
        event.accept()
        self.next.setFocus()


def _area(part: QRect) -> int:
    """Return how much of the screen a part takes."""
    return part.width() * part.height() if part.isValid() else 0
