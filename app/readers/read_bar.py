"""The bar above the panes: who reads, how far the read is, and the button that locks it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.canvas.elided import ElidedLabel
from app.evidence.numbers import tabular
from app.readers.picker import ReaderPicker
from app.readers.reading import Reading
from app.state import AI_SECOND, BLINDED, OPEN, ViewerState
from softcam_core.annotations.seen import AFTER_REVEAL, NOT_BLIND


class ReadBar(QFrame):
    """Observes a `Reading`; the buttons call what the menu Readers calls."""

    def __init__(
        self,
        state: ViewerState,
        reading: Reading,
        lock: Callable[[], object],
        read_again: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """Show ``reading``; ``lock`` and ``read_again`` are what the two buttons do."""
        super().__init__(parent)
        self.setObjectName("readBar")
        self.setAccessibleName(self.tr("Read in progress"))
        self._state = state
        self._reading = reading
        self.picker = ReaderPicker(state)
        self.protocol = ElidedLabel()
        self.protocol.setObjectName("protocolName")
        self.protocol.setProperty("role", "secondary")
        self.text = tabular(ElidedLabel(), "")
        self.text.setObjectName("readState")
        self.text.setAccessibleName(self.tr("State of the read"))
        self.lock_button = self._button(self.tr("Lock read"), "lockRead", lock)
        self.lock_button.setToolTip(
            self.tr("End this read for good; its marks and grade then stay (Ctrl+Return)")
        )
        self.again_button = self._button(self.tr("Read again"), "readAgain", read_again)
        self.again_button.setToolTip(
            self.tr("Begin another read of this case; the locked one stays as it is")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.picker)
        row.addWidget(self.protocol, 1)
        row.addWidget(self.text)
        row.addWidget(self.lock_button)
        row.addWidget(self.again_button)
        reading.changed.connect(self._show)
        for signal in (state.sight_changed, state.study_changed):
            signal.connect(self._show_protocol)
        self._show()
        self._draw_icons()

    def _button(self, text: str, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setIconSize(QSize(16, 16))
        button.clicked.connect(lambda: act())
        return button

    def _show(self) -> None:
        reading = self._reading
        self.text.setText(reading.text())
        again = reading.can_read_again
        self.again_button.setVisible(again)
        # Its room stays while there is nothing to lock: nothing jumps.
        self.lock_button.setVisible(not again and self._state.adjudicating is None)
        self.lock_button.setEnabled(reading.can_lock)
        self._show_protocol()

    def _show_protocol(self) -> None:
        protocol = self._state.sight.mode if self._state.study is not None else ""
        # A read that has begun keeps its rules while the study's become others.
        mode = self._reading.told_mode if self._state.study is not None else ""
        over = self._reading.can_read_again
        names = {
            AI_SECOND: self.tr("Was AI second") if over else self.tr("AI second"),
            BLINDED: self.tr("Was blinded") if over else self.tr("Blinded"),
            AFTER_REVEAL: self.tr("After the reveal"),
            NOT_BLIND: self._not_blind(),
        }
        if mode != protocol:
            names[OPEN] = self.tr("Was open") if over else self.tr("Open")
        chosen = self._state.sight.protocol
        parts = [names.get(mode, ""), self.tr("shuffled") if _shuffled(chosen) else ""]
        if self._state.adjudicating is not None:
            parts = [self.tr("adjudicating {0} and {1}").format(*self._state.adjudicating)]
        self.protocol.setText(" · ".join(part for part in parts if part))

    def _not_blind(self) -> str:
        """Return since when the reader knows what a model says of the case in view."""
        case = self._state.case
        seen = self._state.sight.seen(case.id) if case is not None else None
        if seen is None:
            return ""
        at = seen.astimezone().strftime("%Y-%m-%d %H:%M")
        return self.tr("Not blind: the model was seen {0}").format(at)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icons in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    def _draw_icons(self) -> None:
        import qtawesome

        draw: Callable[..., QIcon] = qtawesome.icon
        colour = self.palette().color(QPalette.ColorRole.WindowText).name()
        self.picker.setIcon(draw("ph.user", color=colour))
        self.lock_button.setIcon(draw("ph.lock-simple", color=colour))
        self.again_button.setIcon(draw("ph.arrow-counter-clockwise", color=colour))


def _shuffled(protocol: object) -> bool:
    return getattr(protocol, "order", "") == "shuffled"
