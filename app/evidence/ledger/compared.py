"""Three lines: the prediction, without the region's evidence, and without its pixels.

Beside the class in view stands the one that gains most where the region is taken out: that is where
the probability goes.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.canvas.elided import ElidedLabel
from app.evidence.ledger.account import Account, Entry
from app.evidence.ledger.blanked import Blanked
from app.evidence.numbers import tabular
from app.texts import MINUS, NO_VALUE, probability, probability_change
from softcam_core.explain.ledger import Values

GAPS = 5, 6
"""Screen pixels between a number and its change, and before the next number."""


class Compared(QWidget):
    """Probabilities of the class in view and of another, and how far each line moves them."""

    def __init__(self, account: Account, blanked: Blanked, parent: QWidget | None = None) -> None:
        """Show what ``account`` and ``blanked`` say."""
        super().__init__(parent)
        self.setObjectName("ledgerCompared")
        self._account = account
        self._blanked = blanked
        self.heads = ElidedLabel(), ElidedLabel()
        self.names = ["", ""]  # of the two classes, whole
        texts = (
            (
                self.tr("as predicted"),
                self.tr("The probability that the model gives to the whole image."),
            ),
            (
                self.tr("without that evidence"),
                self.tr(
                    "The probability once the region's share is taken out of every logit. Exact: "
                    "a logit is the sum of the shares of its cells."
                ),
            ),
            (
                self.tr("without those pixels"),
                self.tr(
                    "The probability of the image with the region's pixels covered: one more "
                    "pass of the network, which also sees the cover."
                ),
            ),
        )
        self.lines: list[tuple[QLabel, ...]] = []
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        # The first name may reach over the lines' titles, above which nothing else stands.
        for head, (column, columns) in zip(self.heads, ((0, 3), (3, 2)), strict=True):
            head.setProperty("role", "secondary")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            head.setContentsMargins(GAPS[1], 0, 0, 0)
            head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(head, 0, column, 1, columns)
        self.heads[0].setObjectName("ledgerShown")
        self.heads[1].setObjectName("ledgerOther")
        for row, (text, tip) in enumerate(texts, 1):
            self.lines.append(self._line(row, text, tip))
        self._titles = [line[0].text() for line in self.lines]
        for signal in (account.changed, blanked.changed):
            signal.connect(self._show)
        self._show()

    def _line(self, row: int, title: str, tip: str) -> tuple[QLabel, ...]:
        """Return the widgets of one line: its title, and number and change of each class."""
        line = [QLabel(title)]
        line[0].setProperty("role", "secondary")
        for place in (1, 2):
            value, change = tabular(QLabel(), "0.000"), tabular(QLabel(), f"{MINUS}0.00")
            for label, gap in ((value, GAPS[1]), (change, GAPS[0])):
                label.setMinimumWidth(label.minimumWidth() + gap)
                # Kept by rare numbers too, which are wider than their column: >0.999, −0.002.
                label.setContentsMargins(gap, 0, 0, 0)
            change.setProperty("role", "secondary")
            value.setObjectName(f"ledgerValue{row}{place}")
            change.setObjectName(f"ledgerChange{row}{place}")
            line += [value, change]
        font = line[1].font()
        font.setBold(True)
        line[1].setFont(font)
        for column, label in enumerate(line):
            label.setToolTip(tip)
            self._grid.addWidget(label, row, column)
        return tuple(line)

    def values(self) -> list[tuple[str, ...]]:
        """Return the lines as they are written."""
        return [tuple(label.text() for label in line) for line in self.lines]

    def _show(self) -> None:
        entry = self._account.entry
        self.setVisible(entry is not None)
        self.lines[2][0].setText(self._last_title())
        told = self._told(entry)
        other, gains = self._other(told)
        for place, index in enumerate((self._account.shown, other)):
            name = entry.names[index] if entry is not None and index is not None else ""
            self.names[place] = name
            self.heads[place].setText(name)
            self.heads[place].setToolTip(self._head_tip(name, place, gains))
            before = None
            for row, found in enumerate(told):
                value = None if found is None or index is None else float(found[index])
                self._write(row, place, name, value, before if row else None)
                before = value if row == 0 else before
        earlier = self._blanked.answer is None
        for label in self.lines[2][1:]:
            label.setEnabled(not earlier)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out changes where there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show only the lines that say something, and as many changes as leave the titles whole."""
        asked = self._account.asked
        room = self.width() - max(line[0].sizeHint().width() for line in self.lines)
        # Rare numbers are wider than their column: >0.999.
        widths = [
            max(max(line[n].minimumWidth(), line[n].sizeHint().width()) for line in self.lines)
            for n in range(1, 5)
        ]
        needed = sum(widths)
        spared = []
        for column in (4, 2):
            if needed > room:
                spared.append(column)
                needed -= widths[column - 1]
        for row, line in enumerate(self.lines):
            for column, label in enumerate(line):
                label.setVisible((asked or row == 0) and column not in spared)

    def _told(self, entry: Entry | None) -> tuple[Values | None, ...]:
        """Return the probabilities of each line, as far as they are known."""
        if entry is None:
            return None, None, None
        region, answer = self._account.region, self._blanked.answer or self._blanked.earlier
        return (
            entry.analysis.probabilities,
            None if region is None else region.without.probabilities,
            None if answer is None else answer.probabilities,
        )

    def _other(self, told: tuple[Values | None, ...]) -> tuple[int | None, bool]:
        """Return the class to show beside that in view, and whether it is the one that gains most.

        Else, where no class gains or nothing is taken out, it is the most probable other one.
        """
        answer = self._blanked.answer
        after = [told[1], None if answer is None else answer.probabilities]
        gains = [found - told[0] for found in after if found is not None and told[0] is not None]
        if not gains:
            return self._account.runner_up, False
        most = np.max(gains, axis=0)
        most[self._account.shown] = -np.inf
        best = int(most.argmax())
        return (best, True) if most[best] > 0 else (self._account.runner_up, False)

    def _head_tip(self, name: str, place: int, gains: bool) -> str:
        if not name or not place:
            return name
        why = (
            self.tr("the class that gains most once the region is taken out")
            if gains
            else self.tr("the most probable of the other classes")
        )
        return self.tr("{0}: {1}").format(name, why)

    def _last_title(self) -> str:
        """Return what the last line is about: the region, an earlier one, or nothing yet."""
        if self._blanked.busy:
            return self.tr("predicting…")
        if self._blanked.earlier is not None:
            return self.tr("of an earlier region")
        return self._titles[2]

    def _write(
        self, row: int, place: int, name: str, value: float | None, before: float | None
    ) -> None:
        title, number, change = self.lines[row][0], *self.lines[row][1 + 2 * place : 3 + 2 * place]
        nothing = NO_VALUE if name else ""
        number.setText(nothing if value is None else probability(value))
        moved = "" if value is None or before is None else probability_change(before, value)
        change.setText(moved)
        said = f"{title.text()}, {name}: {number.text()} {moved}".strip()
        number.setAccessibleName(said if name else "")
