"""What would be trained on: images by class and split, patients, and what was left out."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.jobs.train import DataSummary
from app.language import in_language
from app.theme import scaled
from app.training.widgets import small
from app.training.words import SPLITS, tr

LINE = 20
NUMBER = 42
"""Width of a column of numbers."""
MOST = 10
"""Classes that are shown one by one."""
NOTES = 3
MOST_NOTES = 50
"""Notes that are shown at once, and those in the tip."""


class Balance(QWidget):
    """A line for each class: its bar in the training set, and its images in each split."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("trainingBalance")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._summary = DataSummary()
        self.lines: list[tuple[str, list[int]]] = []
        self._set_height()

    def show_summary(self, summary: DataSummary) -> None:
        """Show these numbers."""
        self._summary = summary
        splits = [summary.images.get(split, {}) for split in SPLITS]
        classes = summary.classes[:MOST]
        self.lines = [(name, [of.get(name, 0) for of in splits]) for name in classes]
        if len(summary.classes) > MOST:
            rest = summary.classes[MOST:]
            text = self.tr("{0} more classes").format(len(rest))
            self.lines.append((text, [sum(of.get(name, 0) for name in rest) for of in splits]))
        self._set_height()
        spoken = [f"{name}: " + ", ".join(map(str, counts)) for name, counts in self.lines]
        self.setAccessibleName(self.tr("Images by class: training, validation, test"))
        self.setAccessibleDescription("; ".join(spoken))
        self.update()

    def _set_height(self) -> None:
        self.setFixedHeight(scaled(LINE) * (len(self.lines) + 3) if self.lines else 0)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the lines."""
        if not self.lines:
            return
        painter = QPainter(self)
        palette = self.palette()
        text, faint = palette.text().color(), palette.placeholderText().color()
        bar = palette.highlight().color()
        bar.setAlphaF(0.35)
        wide = self.width() - 3 * NUMBER
        heads = [self.tr("Train"), self.tr("Val"), self.tr("Test")]
        self._row(painter, 0, self.tr("Class"), heads, faint)
        most = max(1, *(counts[0] for _, counts in self.lines))
        for number, (name, counts) in enumerate(self.lines, start=1):
            part = QRect(
                0, number * scaled(LINE) + 2, round(wide * counts[0] / most), scaled(LINE) - 4
            )
            painter.fillRect(part, bar)
            self._row(painter, number, name, list(map(str, counts)), text)
        images = [str(sum(counts[n] for _, counts in self.lines)) for n in range(3)]
        patients = [str(self._summary.patients.get(split, 0)) for split in SPLITS]
        last = len(self.lines) + 1
        painter.setPen(palette.mid().color())
        painter.drawLine(0, last * scaled(LINE), self.width(), last * scaled(LINE))
        self._row(painter, last, self.tr("Images"), images, text)
        self._row(painter, last + 1, self.tr("Patients"), patients, text)

    def _row(
        self, painter: QPainter, place: int, name: str, cells: list[str], colour: QColor
    ) -> None:
        painter.setPen(colour)
        wide = self.width() - 3 * NUMBER
        middle = Qt.AlignmentFlag.AlignVCenter
        short = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, wide - 8)
        painter.drawText(QRect(4, place * scaled(LINE), wide - 8, scaled(LINE)), middle, short)
        right = middle | Qt.AlignmentFlag.AlignRight
        for n, cell in enumerate(cells):
            column = QRect(wide + n * NUMBER, place * scaled(LINE), NUMBER - 2, scaled(LINE))
            painter.drawText(column, right, cell)


class SummaryView(QWidget):
    """The balance, and below it sentences."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("trainingSummary")
        self.balance = Balance()
        self.problem = small("trainingProblem")
        self.problem.setProperty("role", "warning")
        self.notes = small("trainingNotes")
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.balance, self.problem, self.notes):
            layout.addWidget(widget)
        self.show_summary(DataSummary())

    def show_summary(self, summary: DataSummary | None) -> None:
        """Show a summary; None: it is being made, and the last one stays meanwhile."""
        if summary is None:
            self.notes.setText(self.tr("Looking at the images…"))
            self.notes.show()
            return
        self.balance.show_summary(summary)
        self.problem.setText(in_language(summary.problem))
        self.problem.setVisible(bool(summary.problem))
        notes = [in_language(note) for note in summary.notes[:MOST_NOTES]]
        lines = notes[:NOTES]
        if len(summary.notes) > NOTES:
            lines.append(tr("… and {0} more").format(len(summary.notes) - NOTES))
        if summary.drawn:
            many = self.tr("{0} images have drawn lesions.").format(summary.drawn)
            lines.append(self.tr("1 image has drawn lesions.") if summary.drawn == 1 else many)
        self.notes.setText("\n".join(lines))
        self.notes.setToolTip("\n".join(notes))
        self.notes.setVisible(bool(lines))
