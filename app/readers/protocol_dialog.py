"""The dialog that says how a study is read: what is hidden at first, and in which order."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.theme import scaled
from softcam_core.annotations.protocol import Mode, Order, Protocol

MOST = 2_147_483_647
WIDTH = 460
"""Of the dialog, px at a text size of 100 %."""


class ProtocolDialog(QDialog):
    """Modes with a sentence each, and the order of the cases."""

    def __init__(self, present: Protocol, begun: int, parent: QWidget | None = None) -> None:
        """Show the present protocol; ``begun`` reads of the study are not locked yet."""
        super().__init__(parent)
        self.setObjectName("protocolDialog")
        self.setWindowTitle(self.tr("Reading protocol"))
        self._modes = QButtonGroup(self)
        self.modes: dict[Mode, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        column.addWidget(_heading(self.tr("What a reader sees before the first read is locked")))
        for mode, name, sentence in (
            ("open", self.tr("&Open"), self.tr("Everything: the model and other readers' marks.")),
            (
                "ai-second",
                self.tr("AI &second"),
                self.tr(
                    "Not what models say. The lock of the first read reveals it, and a second "
                    "read begins, in which changes are recorded."
                ),
            ),
            (
                "blinded",
                self.tr("&Blinded"),
                self.tr(
                    "Neither what models say nor the marks, grades and progress of other readers, "
                    "until the first read is locked."
                ),
            ),
        ):
            self._add_mode(column, mode, name, sentence)  # type: ignore[arg-type]
        self.modes[present.mode].setChecked(True)
        column.addSpacing(12)
        column.addWidget(_heading(self.tr("Order of the cases")))
        self.fixed = self._radio(self.tr("&As in the folder"), "orderFixed")
        self.shuffled = self._radio(self.tr("Sh&uffled for each reader, seed"), "shuffled")
        orders = QButtonGroup(self)
        orders.addButton(self.fixed)
        orders.addButton(self.shuffled)
        (self.shuffled if present.order == "shuffled" else self.fixed).setChecked(True)
        self.seed = QSpinBox()
        self.seed.setObjectName("orderSeed")
        self.seed.setAccessibleName(self.tr("Seed of the order"))
        self.seed.setRange(0, MOST)
        self.seed.setValue(min(max(present.seed, 0), MOST))
        self.seed.setToolTip(self.tr("The same seed gives the same order on every machine"))
        self.seed.setEnabled(self.shuffled.isChecked())
        self.shuffled.toggled.connect(self.seed.setEnabled)
        row = QHBoxLayout()
        row.addWidget(self.shuffled)
        row.addWidget(self.seed)
        row.addStretch(1)
        column.addWidget(self.fixed)
        column.addLayout(row)
        column.addSpacing(8)
        self.note = _sentence("")
        self.note.setObjectName("protocolNote")
        self.note.setText(self._note(begun))
        column.addWidget(self.note)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addSpacing(8)
        column.addWidget(buttons)
        # Labels that wrap say how high they are once they know their width.
        self.setMinimumSize(scaled(WIDTH), column.totalHeightForWidth(scaled(WIDTH)))

    def _note(self, begun: int) -> str:
        """Return what a change means for the reads that are not locked yet."""
        if begun == 1:
            return self.tr(
                "One read has begun and is not locked; it keeps the rules it began with."
            )
        if begun:
            return self.tr(
                "{0} reads have begun and are not locked; they keep the rules they began with."
            ).format(begun)
        return self.tr("The study keeps the protocol; every change of it is in the audit log.")

    def _radio(self, text: str, name: str) -> QRadioButton:
        button = QRadioButton(text)
        button.setObjectName(name)
        button.setAccessibleName(text.replace("&", ""))
        return button

    def _add_mode(self, column: QVBoxLayout, mode: Mode, name: str, sentence: str) -> None:
        button = self._radio(name, f"mode_{mode}")
        button.setAccessibleDescription(sentence)
        self.modes[mode] = button
        self._modes.addButton(button)
        column.addWidget(button)
        column.addWidget(_sentence(sentence))

    def chosen(self) -> Protocol:
        """Return the protocol as it stands in the dialog."""
        mode = next(mode for mode, button in self.modes.items() if button.isChecked())
        order: Order = "shuffled" if self.shuffled.isChecked() else "fixed"
        return Protocol(mode, order, self.seed.value())


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "title")
    return label


def _sentence(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "secondary")
    label.setWordWrap(True)
    label.setContentsMargins(scaled(22), 0, 0, 8)
    return label
